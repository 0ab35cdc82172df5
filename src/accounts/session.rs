//! One sign-in, until it is closed or ends.

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter};
use time::{Duration, OffsetDateTime};

use crate::db::audit::{Act, note};
use crate::db::entities::{account_roles, accounts, citizens, learners, sessions};
use crate::db::{self, Db, insert_new, instant};
use crate::domain::ids::{AccountId, CardId, CitizenId, LearnerId, SessionId};
use crate::domain::role::Role;

use super::token::{Claims, SigningKey};
use super::viewer::{Grant, Viewer};
use super::{SignInError, password};

/// A guest's progress is in this browser only: it is kept long.
const GUEST: Duration = Duration::days(365);
/// A citizen may sit at somebody else's computer.
const CITIZEN: Duration = Duration::hours(12);
/// A working day.
const STAFF: Duration = Duration::hours(10);

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
        open(tx, &key, &learner, Vec::new(), None, (now, GUEST)).await
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
    let opened = open(tx, key, &learner, grants, None, (now, STAFF)).await?;
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

/// A session for a citizen whom a card, SPID or CIE has identified; it ends with the card.
///
/// # Errors
/// The database's, also where there is no such citizen.
pub async fn open_for_citizen_in(
    tx: &DatabaseTransaction,
    key: &SigningKey,
    citizen: CitizenId,
    card: Option<CardId>,
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
    let opened = open(tx, key, &learner, vec![grant], card, (now, CITIZEN)).await?;
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

/// Ends every session that some cards opened.
///
/// # Errors
/// The database's.
pub async fn close_of_cards_in(
    tx: &DatabaseTransaction,
    cards: &[CardId],
    now: OffsetDateTime,
) -> Result<(), DbErr> {
    sessions::Entity::update_many()
        .col_expr(sessions::Column::ClosedAt, Expr::value(instant(now)))
        .filter(sessions::Column::CardId.is_in(cards.iter().copied()))
        .filter(sessions::Column::ClosedAt.is_null())
        .exec(tx)
        .await?;
    Ok(())
}

async fn open(
    tx: &DatabaseTransaction,
    key: &SigningKey,
    learner: &learners::Model,
    grants: Vec<Grant>,
    card: Option<CardId>,
    (now, lasts): (OffsetDateTime, Duration),
) -> Result<Opened, DbErr> {
    let expires_at = instant(now + lasts);
    let row = sessions::ActiveModel {
        id: Set(SessionId::new()),
        learner_id: Set(learner.id),
        account_id: Set(learner.account_id),
        created_at: Set(instant(now)),
        expires_at: Set(expires_at),
        closed_at: Set(None),
        card_id: Set(card),
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
