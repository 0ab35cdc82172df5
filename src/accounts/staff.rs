//! The staff: adding, listing, disabling, and setting a password through a link that works once.

use std::collections::HashMap;

use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, LockType};
use sea_orm::{
    ColumnTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use thiserror::Error;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use crate::citizens::vault::{Purpose, Vault};
use crate::db::audit::{Act, note};
use crate::db::entities::{account_links, account_roles, accounts, points, sessions};
use crate::db::{self, Db, insert_new, instant};
use crate::domain::codice_fiscale::CodiceFiscale;
use crate::domain::ids::{AccountId, PointId};
use crate::domain::role::Role;

use super::viewer::Grant;
use super::{no_secret, password};

/// How long a link waits.
const LINK: Duration = Duration::days(3);
/// The shortest password: length is what makes it strong.
pub const SHORTEST: usize = 10;

/// How Facilita knows a facilitator.
#[derive(Debug, Clone, Default)]
pub struct FacilitaName {
    /// Family name and given name, as Facilita has them.
    pub name: Option<String>,
    /// Facilita's own number, where the codice fiscale is not known.
    pub id: Option<String>,
    /// The codice fiscale: Facilita looks facilitators up by it.
    pub codice_fiscale: Option<CodiceFiscale>,
}

/// Somebody to add.
#[derive(Debug, Clone)]
pub struct NewStaff {
    /// What they sign in with.
    pub email: String,
    /// What others call them.
    pub name: String,
    /// The role.
    pub role: Role,
    /// Where they hold it: needed for a facilitator.
    pub point: Option<PointId>,
}

/// Why nobody was added or no password set.
#[derive(Debug, Error)]
pub enum StaffError {
    /// Not an e-mail address.
    #[error("this is not an e-mail address")]
    Email,
    /// A facilitator works at a point.
    #[error("a facilitator needs a point")]
    Point,
    /// The link is unknown, used or too old.
    #[error("the link has been used or is too old: ask for another")]
    Link,
    /// A password that is too short.
    #[error("a password has {SHORTEST} characters or more")]
    Short,
    /// No such account.
    #[error("nobody has this e-mail address")]
    Unknown,
    /// The database's.
    #[error(transparent)]
    Db(#[from] DbErr),
}

/// A member of the staff.
#[derive(Debug, Clone)]
pub struct Member {
    /// The account.
    pub id: AccountId,
    /// What they sign in with.
    pub email: String,
    /// What others call them.
    pub name: String,
    /// The roles, with the code of the point.
    pub roles: Vec<(Grant, Option<String>)>,
    /// Whether a password was ever set.
    pub has_password: bool,
    /// Whether they may no longer enter.
    pub disabled: bool,
}

/// Adds somebody, or a role to somebody who is there, and makes a link's token to set a password.
///
/// # Errors
/// [`StaffError::Email`] or [`StaffError::Point`].
pub async fn add(
    db: &Db,
    new: NewStaff,
    by: Option<AccountId>,
    now: OffsetDateTime,
) -> Result<(AccountId, String), StaffError> {
    let email = new.email.trim().to_lowercase();
    let plausible = email.split_once('@').is_some_and(|(user, host)| {
        !user.is_empty() && host.contains('.') && !email.contains(char::is_whitespace)
    });
    if !plausible {
        return Err(StaffError::Email);
    }
    if new.role == Role::Facilitator && new.point.is_none() {
        return Err(StaffError::Point);
    }
    db::write(db, async move |tx| {
        let row = accounts::ActiveModel {
            id: Set(AccountId::new()),
            email: Set(email.clone()),
            name: Set(new.name.trim().to_owned()),
            password_hash: Set(None),
            disabled_at: Set(None),
            created_at: Set(instant(now)),
            facilita_name: Set(None),
            facilita_id: Set(None),
            cf_sealed: Set(None),
        };
        insert_new(tx, row).await?;
        let account = by_email(tx, &email).await?.ok_or(StaffError::Unknown)?.id;
        let role = account_roles::ActiveModel {
            id: Set(Uuid::now_v7()),
            account_id: Set(account),
            role: Set(new.role),
            point_id: Set(new.point),
        };
        insert_new(tx, role).await?;
        audit(tx, by, "role-given", account, new.role.name(), now).await?;
        Ok((account, link_in(tx, account, now).await?))
    })
    .await
}

/// Sets a password where the link's token is good, and uses the token up. Every open session of
/// the account ends.
///
/// # Errors
/// [`StaffError::Short`] or [`StaffError::Link`].
pub async fn set_password(
    db: &Db,
    token: &str,
    secret: &str,
    now: OffsetDateTime,
) -> Result<AccountId, StaffError> {
    if secret.chars().count() < SHORTEST {
        return Err(StaffError::Short);
    }
    let hash = password::hash_off(secret.to_owned()).await?;
    let token = digest(&SHA256, token.trim().as_bytes()).as_ref().to_vec();
    db::write(db, async move |tx| {
        let link = account_links::Entity::find_by_id(token.clone())
            .lock(LockType::Update)
            .one(tx)
            .await?
            .filter(|link| link.used_at.is_none() && link.expires_at > now)
            .ok_or(StaffError::Link)?;
        account_links::Entity::update_many()
            .col_expr(account_links::Column::UsedAt, Expr::value(instant(now)))
            .filter(account_links::Column::TokenDigest.eq(token))
            .exec(tx)
            .await?;
        accounts::Entity::update_many()
            .col_expr(accounts::Column::PasswordHash, Expr::value(hash))
            .filter(accounts::Column::Id.eq(link.account_id))
            .exec(tx)
            .await?;
        close_sessions(tx, link.account_id, now).await?;
        let account = link.account_id;
        audit(tx, Some(account), "password-set", account, "", now).await?;
        Ok(account)
    })
    .await
}

/// Everybody, by e-mail.
///
/// # Errors
/// The database's.
pub async fn list(db: &Db) -> Result<Vec<Member>, DbErr> {
    let people = accounts::Entity::find()
        .order_by_asc(accounts::Column::Email)
        .all(db.read())
        .await?;
    let roles = account_roles::Entity::find()
        .order_by_asc(account_roles::Column::Id)
        .all(db.read())
        .await?;
    let codes: HashMap<PointId, String> = points::Entity::find()
        .select_only()
        .columns([points::Column::Id, points::Column::Code])
        .into_tuple()
        .all(db.read())
        .await?
        .into_iter()
        .collect();
    let member = |person: accounts::Model| Member {
        roles: roles
            .iter()
            .filter(|row| row.account_id == person.id)
            .map(|row| {
                let grant = Grant {
                    role: row.role,
                    point: row.point_id,
                };
                (
                    grant,
                    row.point_id.and_then(|point| codes.get(&point).cloned()),
                )
            })
            .collect(),
        id: person.id,
        email: person.email,
        name: person.name,
        has_password: person.password_hash.is_some(),
        disabled: person.disabled_at.is_some(),
    };
    Ok(people.into_iter().map(member).collect())
}

/// Keeps somebody out from now on; what they did stays.
///
/// # Errors
/// [`StaffError::Unknown`].
pub async fn disable(
    db: &Db,
    email: &str,
    by: Option<AccountId>,
    now: OffsetDateTime,
) -> Result<(), StaffError> {
    let email = email.trim().to_lowercase();
    db::write(db, async move |tx| {
        let account = by_email(tx, &email).await?.ok_or(StaffError::Unknown)?;
        if account.disabled_at.is_some() {
            return Ok(());
        }
        accounts::Entity::update_many()
            .col_expr(accounts::Column::DisabledAt, Expr::value(instant(now)))
            .filter(accounts::Column::Id.eq(account.id))
            .exec(tx)
            .await?;
        close_sessions(tx, account.id, now).await?;
        audit(tx, by, "account-disabled", account.id, "", now).await?;
        Ok(())
    })
    .await
}

/// Keeps how Facilita knows somebody; what is `None` is cleared.
///
/// # Errors
/// [`StaffError::Unknown`].
pub async fn set_facilita(
    db: &Db,
    vault: &Vault,
    account: AccountId,
    known: FacilitaName,
    by: Option<AccountId>,
    now: OffsetDateTime,
) -> Result<(), StaffError> {
    let sealed = known
        .codice_fiscale
        .map(|code| vault.seal(Purpose::CodiceFiscale, account.0, code.as_str()))
        .transpose()
        .map_err(DbErr::from)?;
    db::write(db, async move |tx| {
        let set = accounts::Entity::update_many()
            .col_expr(accounts::Column::FacilitaName, Expr::value(known.name))
            .col_expr(accounts::Column::FacilitaId, Expr::value(known.id))
            .col_expr(accounts::Column::CfSealed, Expr::value(sealed))
            .filter(accounts::Column::Id.eq(account))
            .exec(tx)
            .await?;
        if set.rows_affected == 0 {
            return Err(StaffError::Unknown);
        }
        audit(tx, by, "facilita-name-set", account, "", now).await?;
        Ok(())
    })
    .await
}

async fn by_email(tx: &DatabaseTransaction, email: &str) -> Result<Option<accounts::Model>, DbErr> {
    accounts::Entity::find()
        .filter(accounts::Column::Email.eq(email))
        .one(tx)
        .await
}

async fn link_in(
    tx: &DatabaseTransaction,
    account: AccountId,
    now: OffsetDateTime,
) -> Result<String, DbErr> {
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

async fn close_sessions(
    tx: &DatabaseTransaction,
    account: AccountId,
    now: OffsetDateTime,
) -> Result<(), DbErr> {
    sessions::Entity::update_many()
        .col_expr(sessions::Column::ClosedAt, Expr::value(instant(now)))
        .filter(sessions::Column::AccountId.eq(account))
        .filter(sessions::Column::ClosedAt.is_null())
        .exec(tx)
        .await?;
    Ok(())
}

async fn audit(
    tx: &DatabaseTransaction,
    by: Option<AccountId>,
    action: &'static str,
    account: AccountId,
    detail: &str,
    now: OffsetDateTime,
) -> Result<(), DbErr> {
    note(
        tx,
        Act {
            by,
            action,
            subject: "account",
            id: account.0,
            detail,
        },
        now,
    )
    .await
}
