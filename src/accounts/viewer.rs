//! Who is looking, and what they hold.

use sea_orm::{
    ColumnTrait, DbErr, EntityTrait, FromQueryResult, JoinType, QueryFilter, QuerySelect,
    RelationDef,
};
use time::{Duration, OffsetDateTime};

use crate::db::Db;
use crate::db::entities::{account_roles, accounts, citizens, learners, sessions};
use crate::domain::ids::{AccountId, CitizenId, LearnerId, PointId, SessionId};
use crate::domain::role::Role;

use super::token::SigningKey;
use super::{open_sessions, rules};

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
    /// Nothing opens but setting up the second factor that the roles demand.
    pub limited: bool,
    /// When a secret was last given in the session; of the staff.
    pub proven_at: Option<OffsetDateTime>,
    /// How long the session may stay unused; without limit where `None`.
    pub idle: Option<Duration>,
    /// When it ends, if it is not used again.
    pub ends_at: OffsetDateTime,
    /// Who was here before they entered, and whether that was them: not answered yet.
    pub asked: Option<LearnerId>,
    /// The guest in whose browser waited what a request brings, and whom they took over.
    pub before: Option<LearnerId>,
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

    /// A guest on a device of a point, of whom nothing stays.
    #[must_use]
    pub fn is_shared_guest(&self) -> bool {
        self.is_guest() && self.idle.is_some()
    }
}

/// Who a token stands for; `None` where it does not, or no longer: forged, ended, closed, of an
/// account that was disabled, or of a guest whose progress went to a citizen; or it was not used
/// for too long. One query; that it was used is written at most once a minute, and a database that
/// cannot write does not keep anybody out.
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
        #[sea_orm(nested)]
        session: sessions::Model,
        citizen_id: Option<CitizenId>,
        point_id: Option<PointId>,
        role: Option<Role>,
        role_point_id: Option<PointId>,
    }

    let Some(claims) = key.read(token, now) else {
        return Ok(None);
    };
    let rows = sessions::Entity::find_by_id(claims.session)
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
    let session = &first.session;
    let Some(ends_at) = open_sessions::ends_at(session, now) else {
        return Ok(None);
    };
    if session.learner_id != claims.learner {
        return Ok(None);
    }
    let idle = session.idle_minutes.map(rules::minutes);
    note_use(db, session, first.citizen_id.is_none(), now).await;
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
        learner: session.learner_id,
        citizen: first.citizen_id,
        account: session.account_id,
        grants,
        limited: session.limited,
        proven_at: session.proven_at,
        idle,
        asked: session.guest_id,
        before: None,
        ends_at: idle.map_or(ends_at, |idle| session.expires_at.min(now + idle)),
    }))
}

/// Writes that a session was used, if the last time is not from this minute; a guest's, of whom
/// there are many, if it is not from this day, unless it ends by not being used.
async fn note_use(db: &Db, session: &sessions::Model, nameless: bool, now: OffsetDateTime) {
    let lasting = session.idle_minutes.is_none();
    let every = match nameless && lasting && session.account_id.is_none() {
        true => Duration::days(1),
        false => open_sessions::WRITTEN_EVERY,
    };
    let seen = session.last_seen_at.unwrap_or(session.created_at);
    if now - seen < every {
        return;
    }
    if let Err(error) = open_sessions::touch(db, session.id, now).await {
        tracing::debug!("the use of a session was not written: {error}");
    }
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
