//! One sign-in, until it is closed or ends: who is looking, and what they hold.

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, DatabaseTransaction, DbErr, EntityTrait, FromQueryResult, JoinType, QueryFilter,
    QuerySelect, RelationDef,
};
use time::{Duration, OffsetDateTime};

use crate::db::audit::{Act, note};
use crate::db::entities::{account_roles, accounts, citizens, learners, sessions};
use crate::db::{self, Db, insert_new, instant};
use crate::domain::ids::{AccountId, CitizenId, LearnerId, PointId, SessionId};
use crate::domain::role::Role;

use super::token::{Claims, SigningKey};
use super::{SignInError, password};

/// A guest's progress is in this browser only: it is kept long.
const GUEST: Duration = Duration::days(365);
/// A citizen may sit at somebody else's computer.
const CITIZEN: Duration = Duration::hours(12);
/// A working day.
const STAFF: Duration = Duration::hours(10);

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

    /// Nobody that is known: neither a citizen nor a member of the staff.
    #[must_use]
    pub fn is_guest(&self) -> bool {
        self.citizen.is_none() && self.account.is_none()
    }
}

/// A session just opened.
#[derive(Debug, Clone)]
pub struct Opened {
    /// What the browser keeps.
    pub token: String,
    /// When it ends.
    pub expires_at: OffsetDateTime,
    /// Who entered.
    pub viewer: Viewer,
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

/// A session for a learner without a name.
///
/// # Errors
/// The database's.
pub async fn open_guest(db: &Db, key: &SigningKey, now: OffsetDateTime) -> Result<Opened, DbErr> {
    let key = key.clone();
    db::write(db, async move |tx| {
        let learner = learners::ActiveModel {
            id: Set(LearnerId::new()),
            citizen_id: Set(None),
            account_id: Set(None),
            moved_to: Set(None),
            created_at: Set(instant(now)),
        };
        let learner = learners::Entity::insert(learner)
            .exec_with_returning(tx)
            .await?;
        open(tx, &key, &learner, Vec::new(), now, GUEST).await
    })
    .await
}

/// The member of the staff of an e-mail and a password.
///
/// # Errors
/// [`SignInError::Wrong`], after the same time whatever was wrong.
pub async fn identify_staff(db: &Db, email: &str, secret: &str) -> Result<AccountId, SignInError> {
    let account = accounts::Entity::find()
        .filter(accounts::Column::Email.eq(email.trim().to_lowercase()))
        .one(db.read())
        .await?
        .filter(|account| account.disabled_at.is_none());
    let hash = account
        .as_ref()
        .and_then(|account| account.password_hash.clone());
    let right = password::verify_off(secret.to_owned(), hash).await?;
    account
        .filter(|_| right)
        .map(|account| account.id)
        .ok_or(SignInError::Wrong)
}

/// A session for a member of the staff who has been identified.
///
/// # Errors
/// The database's.
pub async fn open_for_account_in(
    tx: &DatabaseTransaction,
    key: &SigningKey,
    account: AccountId,
    now: OffsetDateTime,
) -> Result<Opened, DbErr> {
    let row = learners::ActiveModel {
        id: Set(LearnerId::new()),
        citizen_id: Set(None),
        account_id: Set(Some(account)),
        moved_to: Set(None),
        created_at: Set(instant(now)),
    };
    insert_new(tx, row).await?;
    let learner = learners::Entity::find()
        .filter(learners::Column::AccountId.eq(account))
        .one(tx)
        .await?
        .ok_or_else(|| DbErr::RecordNotFound("the account's learner".to_owned()))?;
    let roles = account_roles::Entity::find()
        .filter(account_roles::Column::AccountId.eq(account))
        .all(tx)
        .await?;
    let mut grants: Vec<_> = roles
        .iter()
        .map(|row| Grant {
            role: row.role,
            point: row.point_id,
        })
        .collect();
    grants.sort();
    let opened = open(tx, key, &learner, grants, now, STAFF).await?;
    let act = Act {
        by: Some(account),
        action: "signed-in",
        subject: "account",
        id: account.0,
        detail: "",
    };
    note(tx, act, now).await?;
    Ok(opened)
}

/// A session for a citizen whom a card, SPID or CIE has identified.
///
/// # Errors
/// The database's, also where there is no such citizen.
pub async fn open_for_citizen_in(
    tx: &DatabaseTransaction,
    key: &SigningKey,
    citizen: CitizenId,
    now: OffsetDateTime,
) -> Result<Opened, DbErr> {
    let id = learner_of_citizen_in(tx, citizen, now).await?;
    let none = || DbErr::RecordNotFound("the citizen's learner".to_owned());
    let learner = learners::Entity::find_by_id(id)
        .one(tx)
        .await?
        .ok_or_else(none)?;
    let person = citizens::Entity::find_by_id(citizen)
        .one(tx)
        .await?
        .ok_or_else(none)?;
    let grant = Grant {
        role: Role::Citizen,
        point: Some(person.point_id),
    };
    let opened = open(tx, key, &learner, vec![grant], now, CITIZEN).await?;
    let act = Act {
        by: None,
        action: "signed-in",
        subject: "citizen",
        id: citizen.0,
        detail: "",
    };
    note(tx, act, now).await?;
    Ok(opened)
}

/// The learner that a citizen is, made at the first need.
///
/// # Errors
/// The database's, also where there is no such citizen.
pub async fn learner_of_citizen_in(
    tx: &DatabaseTransaction,
    citizen: CitizenId,
    now: OffsetDateTime,
) -> Result<LearnerId, DbErr> {
    let row = learners::ActiveModel {
        id: Set(LearnerId::new()),
        citizen_id: Set(Some(citizen)),
        account_id: Set(None),
        moved_to: Set(None),
        created_at: Set(instant(now)),
    };
    insert_new(tx, row).await?;
    learners::Entity::find()
        .filter(learners::Column::CitizenId.eq(citizen))
        .one(tx)
        .await?
        .map(|learner| learner.id)
        .ok_or_else(|| DbErr::RecordNotFound("the citizen's learner".to_owned()))
}

/// Ends a session at once; ending it again changes nothing.
///
/// # Errors
/// The database's.
pub async fn close(db: &Db, session: SessionId, now: OffsetDateTime) -> Result<(), DbErr> {
    db::write(db, async move |tx| {
        sessions::Entity::update_many()
            .col_expr(sessions::Column::ClosedAt, Expr::value(instant(now)))
            .filter(sessions::Column::Id.eq(session))
            .filter(sessions::Column::ClosedAt.is_null())
            .exec(tx)
            .await?;
        Ok(())
    })
    .await
}

async fn open(
    tx: &DatabaseTransaction,
    key: &SigningKey,
    learner: &learners::Model,
    grants: Vec<Grant>,
    now: OffsetDateTime,
    lasts: Duration,
) -> Result<Opened, DbErr> {
    let expires_at = instant(now + lasts);
    let row = sessions::ActiveModel {
        id: Set(SessionId::new()),
        learner_id: Set(learner.id),
        account_id: Set(learner.account_id),
        created_at: Set(instant(now)),
        expires_at: Set(expires_at),
        closed_at: Set(None),
    };
    let session = sessions::Entity::insert(row)
        .exec_with_returning(tx)
        .await?
        .id;
    let claims = Claims {
        session,
        learner: learner.id,
        exp: expires_at.unix_timestamp(),
    };
    let viewer = Viewer {
        session,
        learner: learner.id,
        citizen: learner.citizen_id,
        account: learner.account_id,
        grants,
    };
    Ok(Opened {
        token: key.sign(&claims)?,
        expires_at,
        viewer,
    })
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
