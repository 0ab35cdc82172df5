//! Who is looking, and what they hold.

use sea_orm::{
    ColumnTrait, DbErr, EntityTrait, FromQueryResult, JoinType, QueryFilter, QuerySelect,
    RelationDef,
};
use time::OffsetDateTime;

use crate::db::Db;
use crate::db::entities::{account_roles, accounts, citizens, learners, sessions};
use crate::domain::ids::{AccountId, CitizenId, LearnerId, PointId, SessionId};
use crate::domain::role::Role;

use super::token::SigningKey;

/// Who is looking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Viewer {
    /// The session.
    pub session: SessionId,
    /// Everybody who looks can learn.
    pub learner: LearnerId,
    /// The citizen, if it is one.
    pub citizen: Option<CitizenId>,
    /// The member of the staff, if it is one.
    pub account: Option<AccountId>,
    /// The roles held. A citizen's is tied to the point that follows them.
    pub grants: Vec<Grant>,
}

/// A role, at a point or everywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Grant {
    /// The role.
    pub role: Role,
    /// Where; `None` is everywhere.
    pub point: Option<PointId>,
}

impl Viewer {
    /// Whether a role is held, anywhere.
    #[must_use]
    pub fn is(&self, role: Role) -> bool {
        self.grants.iter().any(|grant| grant.role == role)
    }

    /// Whether a role is held at a point.
    #[must_use]
    pub fn is_at(&self, role: Role, point: PointId) -> bool {
        let here = |grant: &Grant| grant.point.is_none_or(|at| at == point);
        self.grants
            .iter()
            .any(|grant| grant.role == role && here(grant))
    }

    /// The points where a role is held.
    #[must_use]
    pub fn points(&self, role: Role) -> Vec<PointId> {
        let held = self.grants.iter().filter(|grant| grant.role == role);
        held.filter_map(|grant| grant.point).collect()
    }

    /// Nobody that is known: neither a citizen nor a member of the staff.
    #[must_use]
    pub fn is_guest(&self) -> bool {
        self.citizen.is_none() && self.account.is_none()
    }
}

/// Who a token stands for; `None` where it does not, or no longer: forged, ended, closed, of an
/// account that was disabled, or of a guest whose progress went to a citizen. One query.
///
/// # Errors
/// The database's.
pub async fn viewer(
    db: &Db,
    key: &SigningKey,
    token: &str,
    now: OffsetDateTime,
) -> Result<Option<Viewer>, DbErr> {
    #[derive(FromQueryResult)]
    struct Row {
        learner_id: LearnerId,
        account_id: Option<AccountId>,
        expires_at: OffsetDateTime,
        citizen_id: Option<CitizenId>,
        point_id: Option<PointId>,
        role: Option<Role>,
        role_point_id: Option<PointId>,
    }

    let Some(claims) = key.read(token, now) else {
        return Ok(None);
    };
    let rows = sessions::Entity::find_by_id(claims.session)
        .select_only()
        .columns([
            sessions::Column::LearnerId,
            sessions::Column::AccountId,
            sessions::Column::ExpiresAt,
        ])
        .column(learners::Column::CitizenId)
        .column(citizens::Column::PointId)
        .column(account_roles::Column::Role)
        .column_as(account_roles::Column::PointId, "role_point_id")
        .join(JoinType::InnerJoin, session_learner())
        .join(JoinType::LeftJoin, learner_citizen())
        .join(JoinType::LeftJoin, session_account())
        .join(JoinType::LeftJoin, session_roles())
        .filter(sessions::Column::ClosedAt.is_null())
        .filter(learners::Column::MovedTo.is_null())
        .filter(accounts::Column::DisabledAt.is_null())
        .into_model::<Row>()
        .all(db.read())
        .await?;
    let Some(first) = rows.first() else {
        return Ok(None);
    };
    if first.learner_id != claims.learner || first.expires_at <= now {
        return Ok(None);
    }
    let citizen = first.citizen_id.map(|_| Grant {
        role: Role::Citizen,
        point: first.point_id,
    });
    let staff = rows.iter().filter_map(|row| {
        row.role.map(|role| Grant {
            role,
            point: row.role_point_id,
        })
    });
    let mut grants: Vec<_> = citizen.into_iter().chain(staff).collect();
    grants.sort();
    Ok(Some(Viewer {
        session: claims.session,
        learner: first.learner_id,
        citizen: first.citizen_id,
        account: first.account_id,
        grants,
    }))
}

fn session_learner() -> RelationDef {
    sessions::Entity::belongs_to(learners::Entity)
        .from(sessions::Column::LearnerId)
        .to(learners::Column::Id)
        .into()
}

fn learner_citizen() -> RelationDef {
    learners::Entity::belongs_to(citizens::Entity)
        .from(learners::Column::CitizenId)
        .to(citizens::Column::Id)
        .into()
}

fn session_account() -> RelationDef {
    sessions::Entity::belongs_to(accounts::Entity)
        .from(sessions::Column::AccountId)
        .to(accounts::Column::Id)
        .into()
}

fn session_roles() -> RelationDef {
    sessions::Entity::belongs_to(account_roles::Entity)
        .from(sessions::Column::AccountId)
        .to(account_roles::Column::AccountId)
        .into()
}
