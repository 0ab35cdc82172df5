//! One sign-in, until it is closed or ends.

use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter};
use time::{Duration, OffsetDateTime};

use crate::citizens::Vault;
use crate::db::audit::{self, Act, Action, note};
use crate::db::entities::{account_roles, accounts, citizens, learners, sessions};
use crate::db::{self, Db, insert_new, instant};
use crate::domain::ids::{AccountId, CardId, CitizenId, LearnerId, SessionId};
use crate::domain::role::Role;

use super::entry::{Screen, WayIn};
use super::token::{Claims, SigningKey};
use super::viewer::{Grant, Viewer};
use super::{SignInError, open_sessions, password, place, rules, second_factor, trail};

/// A guest's progress is in this browser only: it is kept long.
const GUEST: Duration = Duration::days(365);
/// A citizen may sit at somebody else's computer.
const CITIZEN: Duration = Duration::hours(12);
/// A working day.
const STAFF: Duration = Duration::hours(10);

/// A member of the staff whose password was right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identified {
    /// The account.
    pub account: AccountId,
    /// A mark of the password in use: what it opened does not outlive it.
    pub mark: String,
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

/// A session for a learner without a name. On a screen that others use too it ends when it is not
/// used: the next guest goes on with nothing of theirs.
///
/// # Errors
/// The database's.
pub async fn open_guest(
    db: &Db,
    key: &SigningKey,
    screen: Screen,
    now: OffsetDateTime,
) -> Result<Opened, DbErr> {
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
        open_guest_in(tx, &key, &learner, screen, now).await
    })
    .await
}

/// A session for a guest: also another one, in a browser that is nobody else's.
///
/// # Errors
/// The database's.
pub async fn open_guest_in(
    tx: &DatabaseTransaction,
    key: &SigningKey,
    guest: &learners::Model,
    screen: Screen,
    now: OffsetDateTime,
) -> Result<Opened, DbErr> {
    let lasts = Lasts {
        whole: GUEST,
        idle: idle_of(tx, screen).await?,
        limited: false,
    };
    open(tx, key, guest, Vec::new(), &WayIn::default(), now, lasts).await
}

/// The member of the staff of an e-mail and a password.
///
/// # Errors
/// [`SignInError::Wrong`], after the same time whatever was wrong.
pub async fn identify_staff(
    db: &Db,
    email: &str,
    secret: &str,
    now: OffsetDateTime,
) -> Result<Identified, SignInError> {
    let account = accounts::Entity::find()
        .filter(accounts::Column::Email.eq(email.trim().to_lowercase()))
        .one(db.read())
        .await?;
    let known = account.as_ref().map(|one| one.id.0);
    let account = account.filter(|account| account.disabled_at.is_none());
    let hash = account
        .as_ref()
        .and_then(|account| account.password_hash.clone());
    let right = password::verify_off(secret.to_owned(), hash).await?;
    let Some(account) = account.filter(|_| right) else {
        trail::failed(db, "account", known, now).await?;
        return Err(SignInError::Wrong);
    };
    Ok(Identified {
        mark: mark(account.password_hash.as_deref()),
        account: account.id,
    })
}

/// A mark of a password that does not tell it: of its hash, with a salt of its own.
fn mark(hash: Option<&str>) -> String {
    let digest = digest(&SHA256, hash.unwrap_or_default().as_bytes());
    URL_SAFE_NO_PAD.encode(&digest.as_ref()[..12])
}

/// Whether somebody who was identified a moment ago may still enter, with this code of their second
/// factor if they have one; the code is used up.
///
/// # Errors
/// [`SignInError::Wrong`], [`SignInError::CodeNeeded`] or [`SignInError::Code`].
pub async fn admit_in(
    tx: &DatabaseTransaction,
    vault: &Vault,
    who: &Identified,
    code: Option<&str>,
    now: OffsetDateTime,
) -> Result<(), SignInError> {
    accounts::Entity::find_by_id(who.account)
        .one(tx)
        .await?
        .filter(|account| account.disabled_at.is_none())
        .filter(|account| mark(account.password_hash.as_deref()) == who.mark)
        .ok_or(SignInError::Wrong)?;
    if !second_factor::has_in(tx, who.account).await? {
        return Ok(());
    }
    let code = code.ok_or(SignInError::CodeNeeded)?;
    match second_factor::use_code_in(tx, vault, who.account, code, now).await? {
        true => Ok(()),
        false => Err(SignInError::Code),
    }
}

/// A session for a member of the staff who has been identified.
///
/// # Errors
/// The database's.
pub async fn open_for_account_in(
    tx: &DatabaseTransaction,
    key: &SigningKey,
    account: AccountId,
    entry: &WayIn,
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
    let rules = rules::read(tx).await?;
    let lasts = Lasts {
        whole: STAFF,
        idle: (entry.screen != Screen::Program).then_some(rules.staff_idle),
        limited: rules.demands(grants.iter().map(|grant| grant.role))
            && !second_factor::has_in(tx, account).await?,
    };
    let opened = open(tx, key, &learner, grants, entry, now, lasts).await?;
    accounts::Entity::update_many()
        .col_expr(accounts::Column::EnteredAt, Expr::value(instant(now)))
        .filter(accounts::Column::Id.eq(account))
        .exec(tx)
        .await?;
    if let Some(from) = &entry.place {
        place::remember_in(tx, account, from.clone(), now).await?;
    }
    let act = Act {
        by: Some(account),
        action: Action::SignedIn,
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
    entry: &WayIn,
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
    let lasts = Lasts {
        whole: CITIZEN,
        idle: idle_of(tx, entry.screen).await?,
        limited: false,
    };
    let opened = open(tx, key, &learner, vec![grant], entry, now, lasts).await?;
    let act = Act {
        by: None,
        action: Action::SignedIn,
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
        open_sessions::close_in(tx, sessions::Column::Id.eq(session), now).await?;
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
    let of_cards = sessions::Column::CardId.is_in(cards.iter().copied());
    open_sessions::close_in(tx, of_cards, now).await?;
    Ok(())
}

/// For how many minutes a screen may stay unused; without limit where nobody else uses it.
async fn idle_of(tx: &DatabaseTransaction, screen: Screen) -> Result<Option<i32>, DbErr> {
    Ok(match screen {
        Screen::Shared => Some(rules::read(tx).await?.shared_idle),
        Screen::Own | Screen::Program => None,
    })
}

/// How long a session lasts, and what it opens.
struct Lasts {
    whole: Duration,
    /// Minutes.
    idle: Option<i32>,
    limited: bool,
}

async fn open(
    tx: &DatabaseTransaction,
    key: &SigningKey,
    learner: &learners::Model,
    grants: Vec<Grant>,
    entry: &WayIn,
    now: OffsetDateTime,
    lasts: Lasts,
) -> Result<Opened, DbErr> {
    if let Some(earlier) = entry.replaces {
        open_sessions::close_in(tx, sessions::Column::Id.eq(earlier), now).await?;
    }
    let expires_at = instant(now + lasts.whole);
    let proven_at = learner.account_id.map(|_| instant(now));
    let row = sessions::ActiveModel {
        id: Set(SessionId::new()),
        learner_id: Set(learner.id),
        account_id: Set(learner.account_id),
        created_at: Set(instant(now)),
        expires_at: Set(expires_at),
        closed_at: Set(None),
        card_id: Set(entry.card),
        last_seen_at: Set(Some(instant(now))),
        idle_minutes: Set(lasts.idle),
        device: Set(Some(entry.device.clone()).filter(|device| !device.is_empty())),
        limited: Set(lasts.limited),
        proven_at: Set(proven_at),
        pending_factor: Set(None),
        guest_id: Set(None),
    };
    let session = sessions::Entity::insert(row)
        .exec_with_returning(tx)
        .await?
        .id;
    // From here on it is they who act, whoever had the browser before.
    if let Some(context) = audit::context() {
        context.entered(session, learner.account_id, learner.citizen_id);
    }
    let claims = Claims {
        session,
        learner: learner.id,
        exp: expires_at.unix_timestamp(),
    };
    let idle = lasts.idle.map(rules::minutes);
    let viewer = Viewer {
        session,
        learner: learner.id,
        citizen: learner.citizen_id,
        account: learner.account_id,
        grants,
        limited: lasts.limited,
        proven_at,
        idle,
        asked: None,
        before: None,
        ends_at: idle.map_or(expires_at, |idle| expires_at.min(now + idle)),
    };
    Ok(Opened {
        token: key.sign(&claims)?,
        expires_at,
        viewer,
    })
}
