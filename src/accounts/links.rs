//! How somebody of the staff gets a password and changes it: a link that works once, a password
//! known, or a request for another link when it is forgotten.
//!
//! A request waits for somebody who knows the person: they give the link by hand. A message that
//! brings it can be sent from [`ask`], which alone knows whom it is for.

use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, LockType};
use sea_orm::{ColumnTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter, QuerySelect};
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use crate::citizens::Vault;
use crate::db::audit::Action;
use crate::db::entities::{account_links, account_roles, accounts, password_requests, points};
use crate::db::{self, Db, insert_new, instant};
use crate::domain::ids::{AccountId, SessionId};

use super::staff::{StaffError, audit, by_email};
use super::{no_secret, open_sessions, password, place, proof, stewardship, strength, trail};

/// How long a link waits.
const LINK: Duration = Duration::days(3);

/// Sets a password where the link's token is good, and uses the token up. Every open session of
/// the account ends, and the address it was set from is a usual one: whoever holds a link has shown
/// more than a password does, and must get in although somebody else is guessing.
///
/// # Errors
/// [`StaffError::Weak`] or [`StaffError::Link`].
pub async fn set_password(
    db: &Db,
    (vault, address): (&Vault, &str),
    token: &str,
    secret: &str,
    now: OffsetDateTime,
) -> Result<AccountId, StaffError> {
    strength::check_length(secret)?;
    // Looked up before anything is computed: a false link costs next to nothing.
    let token = digest(&SHA256, token.trim().as_bytes()).as_ref().to_vec();
    let link = account_links::Entity::find_by_id(token.clone())
        .one(db.read())
        .await?;
    let whose = link.as_ref().map(|link| link.account_id);
    let Some(link) = link.filter(|link| link.used_at.is_none() && link.expires_at > now) else {
        trail::link_refused(db, whose, now).await?;
        return Err(StaffError::Link);
    };
    check_strength(db, link.account_id, secret).await?;
    let from = place::place(vault, link.account_id, address);
    let hash = password::hash_off(secret.to_owned()).await?;
    db::write(db, async move |tx| {
        let link = account_links::Entity::find_by_id(token)
            .lock(LockType::Update)
            .one(tx)
            .await?
            .filter(|link| link.used_at.is_none() && link.expires_at > now)
            .ok_or(StaffError::Link)?;
        let account = accounts::Entity::find_by_id(link.account_id)
            .lock(LockType::Update)
            .one(tx)
            .await?;
        account
            .filter(|account| account.disabled_at.is_none())
            .ok_or(StaffError::Link)?;
        use_up_links(tx, link.account_id, now).await?;
        keep_in(tx, link.account_id, hash, None, now).await?;
        place::remember_in(tx, link.account_id, from, now).await?;
        let account = link.account_id;
        audit(tx, Some(account), Action::PasswordSet, account, "", now).await?;
        Ok(account)
    })
    .await
}

/// Changes the password of somebody who gives the one in use. Their other sessions end, and so do
/// links that were made for them.
///
/// # Errors
/// [`StaffError::Current`] or [`StaffError::Weak`].
pub async fn change_password(
    db: &Db,
    (account, session): (AccountId, SessionId),
    current: &str,
    secret: &str,
    now: OffsetDateTime,
) -> Result<(), StaffError> {
    strength::check_length(secret)?;
    let used = proof::check(db, account, current, now).await?;
    check_strength(db, account, secret).await?;
    let hash = password::hash_off(secret.to_owned()).await?;
    db::write(db, async move |tx| {
        // Somebody else may have changed it meanwhile.
        accounts::Entity::find_by_id(account)
            .lock(LockType::Update)
            .one(tx)
            .await?
            .filter(|row| row.password_hash == used)
            .ok_or(StaffError::Current)?;
        use_up_links(tx, account, now).await?;
        keep_in(tx, account, hash, Some(session), now).await?;
        audit(tx, Some(account), Action::PasswordChanged, account, "", now).await?;
        Ok(())
    })
    .await
}

/// Sets a password that somebody has chosen to be known to all: of an invented network.
///
/// # Errors
/// The database's.
pub async fn set_known_password(
    db: &Db,
    account: AccountId,
    secret: &str,
    now: OffsetDateTime,
) -> Result<(), DbErr> {
    let hash = password::hash_off(secret.to_owned()).await?;
    db::write(db, async move |tx| {
        use_up_links(tx, account, now).await?;
        keep_in(tx, account, hash, None, now).await
    })
    .await
}

/// A new link for somebody who is there: whoever is in with what they had, perhaps somebody else,
/// is out. Links made earlier stop working, and a request that waits is settled.
///
/// # Errors
/// [`StaffError::Unknown`], [`StaffError::Disabled`] or [`StaffError::NotYours`].
pub async fn new_link(
    db: &Db,
    account: AccountId,
    by: Option<AccountId>,
    now: OffsetDateTime,
) -> Result<String, StaffError> {
    db::write(db, async move |tx| {
        let row = accounts::Entity::find_by_id(account).one(tx).await?;
        if row.ok_or(StaffError::Unknown)?.disabled_at.is_some() {
            return Err(StaffError::Disabled);
        }
        stewardship::check_in(tx, by, account).await?;
        settle_in(tx, account, by, now).await?;
        open_sessions::close_others_in(tx, account, None, now).await?;
        audit(tx, by, Action::LinkMade, account, "", now).await?;
        Ok(link_in(tx, account, now).await?)
    })
    .await
}

/// Until when a link of an account waits that nobody has used; `None` where none does.
///
/// # Errors
/// The database's.
pub async fn waits(
    db: &Db,
    account: AccountId,
    now: OffsetDateTime,
) -> Result<Option<OffsetDateTime>, DbErr> {
    let link = account_links::Entity::find()
        .filter(account_links::Column::AccountId.eq(account))
        .filter(account_links::Column::UsedAt.is_null())
        .filter(account_links::Column::ExpiresAt.gt(instant(now)))
        .one(db.read())
        .await?;
    Ok(link.map(|link| link.expires_at))
}

/// Somebody says that they forgot the password of an e-mail address. The answer is the same whether
/// there is such an account or not, and takes as long: something is written in any case.
///
/// # Errors
/// The database's.
pub async fn ask(db: &Db, email: &str, now: OffsetDateTime) -> Result<(), DbErr> {
    let email = email.trim().to_lowercase();
    db::write(db, async move |tx| {
        let known = by_email(tx, &email).await?;
        let account = known.filter(|row| row.disabled_at.is_none());
        let Some(account) = account.map(|row| row.id) else {
            let nobody = AccountId(Uuid::nil());
            return audit(tx, None, Action::PasswordAsked, nobody, "", now).await;
        };
        let row = password_requests::ActiveModel {
            id: Set(Uuid::now_v7()),
            account_id: Set(account),
            asked_at: Set(instant(now)),
            settled_at: Set(None),
            settled_by: Set(None),
        };
        insert_new(tx, row).await?;
        audit(tx, None, Action::PasswordAsked, account, "", now).await
    })
    .await
}

/// Settles a request without a link: it was not the person. Again, it changes nothing.
///
/// # Errors
/// [`StaffError::NotYours`].
pub async fn refuse(
    db: &Db,
    account: AccountId,
    by: AccountId,
    now: OffsetDateTime,
) -> Result<(), StaffError> {
    db::write(db, async move |tx| {
        stewardship::check_in(tx, Some(by), account).await?;
        if settle_in(tx, account, Some(by), now).await? {
            audit(
                tx,
                Some(by),
                Action::PasswordRequestRefused,
                account,
                "",
                now,
            )
            .await?;
        }
        Ok(())
    })
    .await
}

pub(super) async fn settle_in(
    tx: &DatabaseTransaction,
    account: AccountId,
    by: Option<AccountId>,
    now: OffsetDateTime,
) -> Result<bool, DbErr> {
    let settled = password_requests::Entity::update_many()
        .col_expr(
            password_requests::Column::SettledAt,
            Expr::value(instant(now)),
        )
        .col_expr(password_requests::Column::SettledBy, Expr::value(by))
        .filter(password_requests::Column::AccountId.eq(account))
        .filter(password_requests::Column::SettledAt.is_null())
        .exec(tx)
        .await?;
    Ok(settled.rows_affected > 0)
}

/// What is known of the person must not be their password.
async fn check_strength(db: &Db, account: AccountId, secret: &str) -> Result<(), StaffError> {
    let row = accounts::Entity::find_by_id(account).one(db.read()).await?;
    let row = row.ok_or(StaffError::Unknown)?;
    let at: Vec<_> = account_roles::Entity::find()
        .filter(account_roles::Column::AccountId.eq(account))
        .all(db.read())
        .await?
        .into_iter()
        .filter_map(|role| role.point_id)
        .collect();
    let names: Vec<String> = points::Entity::find()
        .select_only()
        .column(points::Column::Name)
        .filter(points::Column::Id.is_in(at))
        .into_tuple()
        .all(db.read())
        .await?;
    let about = [row.email.as_str(), row.name.as_str()];
    let about: Vec<&str> = about
        .into_iter()
        .chain(names.iter().map(String::as_str))
        .collect();
    Ok(strength::check(secret, &about)?)
}

async fn keep_in(
    tx: &DatabaseTransaction,
    account: AccountId,
    hash: String,
    kept: Option<SessionId>,
    now: OffsetDateTime,
) -> Result<(), DbErr> {
    accounts::Entity::update_many()
        .col_expr(accounts::Column::PasswordHash, Expr::value(hash))
        .filter(accounts::Column::Id.eq(account))
        .exec(tx)
        .await?;
    open_sessions::close_others_in(tx, account, kept, now).await
}

/// A link of an account; the ones before stop working.
pub(super) async fn link_in(
    tx: &DatabaseTransaction,
    account: AccountId,
    now: OffsetDateTime,
) -> Result<String, DbErr> {
    // Two people at once who make a link: the second waits, and its link is the one that works.
    accounts::Entity::find_by_id(account)
        .lock(LockType::NoKeyUpdate)
        .one(tx)
        .await?;
    use_up_links(tx, account, now).await?;
    open_sessions::forget_pending_in(tx, account).await?;
    let mut bytes = [0_u8; 32];
    aws_lc_rs::rand::fill(&mut bytes).map_err(no_secret)?;
    let token = URL_SAFE_NO_PAD.encode(bytes);
    let row = account_links::ActiveModel {
        token_digest: Set(digest(&SHA256, token.as_bytes()).as_ref().to_vec()),
        account_id: Set(account),
        expires_at: Set(instant(now + LINK)),
        used_at: Set(None),
    };
    account_links::Entity::insert(row)
        .exec_without_returning(tx)
        .await?;
    Ok(token)
}

/// Ends the links of an account.
pub(super) async fn use_up_links(
    tx: &DatabaseTransaction,
    account: AccountId,
    now: OffsetDateTime,
) -> Result<(), DbErr> {
    account_links::Entity::update_many()
        .col_expr(account_links::Column::UsedAt, Expr::value(instant(now)))
        .filter(account_links::Column::AccountId.eq(account))
        .filter(account_links::Column::UsedAt.is_null())
        .exec(tx)
        .await?;
    Ok(())
}
