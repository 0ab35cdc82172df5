//! The staff: adding, disabling, and the roles they hold.

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, LockType};
use sea_orm::{
    ColumnTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use thiserror::Error;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::db::audit::{Act, Action, note};
use crate::db::entities::{account_roles, accounts};
use crate::db::{self, Db, insert_new, instant};
use crate::domain::ids::{AccountId, PointId};
use crate::domain::role::Role;
use crate::domain::text;

use super::links::{link_in, settle_in, use_up_links};
use super::strength::Weak;
use super::viewer::Grant;
use super::{open_sessions, rules, second_factor, stewardship};

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
    /// A password that is not taken.
    #[error(transparent)]
    Weak(#[from] Weak),
    /// The password in use was not given rightly.
    #[error("this is not the password in use")]
    Current,
    /// The account is disabled, and gets neither role nor link.
    #[error("this account is disabled: `autonomia user enable --email …` lets it in again")]
    Disabled,
    /// The account, or the role, is not of those that the one who acts keeps.
    #[error("this account is kept by an administrator")]
    NotYours,
    /// Somebody has to be left who runs the installation.
    #[error("this is the last administrator who can enter")]
    LastAdmin,
    /// No such account.
    #[error("nobody has this e-mail address")]
    Unknown,
    /// The database's.
    #[error(transparent)]
    Db(#[from] DbErr),
}

/// Adds somebody, or a role to somebody who is there, and makes a link's token to set a password.
/// Links made earlier stop working. Nobody gets a link to their own account: they know their
/// password, and whoever found their browser open does not.
///
/// # Errors
/// [`StaffError::Email`], [`StaffError::Point`], [`StaffError::Disabled`] or
/// [`StaffError::NotYours`].
pub async fn add(
    db: &Db,
    new: NewStaff,
    by: Option<AccountId>,
    now: OffsetDateTime,
) -> Result<(AccountId, Option<String>), StaffError> {
    let email = text::email(&new.email).ok_or(StaffError::Email)?;
    db::write(db, async move |tx| {
        let row = accounts::ActiveModel {
            id: Set(AccountId::new()),
            email: Set(email.clone()),
            name: Set(text::line(&new.name)),
            password_hash: Set(None),
            disabled_at: Set(None),
            created_at: Set(instant(now)),
            facilita_name: Set(None),
            facilita_id: Set(None),
            cf_sealed: Set(None),
            entered_at: Set(None),
        };
        insert_new(tx, row).await?;
        let row = by_email(tx, &email).await?.ok_or(StaffError::Unknown)?;
        let account = row.id;
        let grant = Grant {
            role: new.role,
            point: new.point,
        };
        give_in(tx, account, grant, by, now).await?;
        let link = match by == Some(account) {
            true => None,
            false => {
                audit(tx, by, Action::LinkMade, account, "", now).await?;
                Some(link_in(tx, account, now).await?)
            }
        };
        Ok((account, link))
    })
    .await
}

/// Gives somebody who is there a role, and no link: they know their password. Again, it changes
/// nothing.
///
/// # Errors
/// [`StaffError::Point`], [`StaffError::Disabled`], [`StaffError::Unknown`] or
/// [`StaffError::NotYours`].
pub async fn give_role(
    db: &Db,
    account: AccountId,
    grant: Grant,
    by: AccountId,
    now: OffsetDateTime,
) -> Result<(), StaffError> {
    db::write(db, async move |tx| {
        give_in(tx, account, grant, Some(by), now).await
    })
    .await
}

async fn give_in(
    tx: &DatabaseTransaction,
    account: AccountId,
    grant: Grant,
    by: Option<AccountId>,
    now: OffsetDateTime,
) -> Result<(), StaffError> {
    if grant.role == Role::Facilitator && grant.point.is_none() {
        return Err(StaffError::Point);
    }
    stewardship::check_in(tx, by, account).await?;
    stewardship::check_role_in(tx, by, grant.role).await?;
    let row = accounts::Entity::find_by_id(account).one(tx).await?;
    if row.ok_or(StaffError::Unknown)?.disabled_at.is_some() {
        return Err(StaffError::Disabled);
    }
    let role = account_roles::ActiveModel {
        id: Set(Uuid::now_v7()),
        account_id: Set(account),
        role: Set(grant.role),
        point_id: Set(grant.point),
    };
    insert_new(tx, role).await?;
    // A session that is open has not shown the second factor that the role may demand.
    let demanded = rules::read(tx).await?.demands(std::iter::once(grant.role));
    if demanded && !second_factor::has_in(tx, account).await? {
        open_sessions::close_others_in(tx, account, None, now).await?;
    }
    audit(tx, by, Action::RoleGiven, account, grant.role.name(), now).await?;
    Ok(())
}

/// Keeps somebody out from now on, also by a link that was made for them; what they did stays.
///
/// # Errors
/// [`StaffError::Unknown`], or [`StaffError::LastAdmin`] in the browser: the shell may lock all out.
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
        stewardship::check_in(tx, by, account.id).await?;
        if by.is_some() && is_last_admin_in(tx, account.id).await? {
            return Err(StaffError::LastAdmin);
        }
        accounts::Entity::update_many()
            .col_expr(accounts::Column::DisabledAt, Expr::value(instant(now)))
            .filter(accounts::Column::Id.eq(account.id))
            .exec(tx)
            .await?;
        use_up_links(tx, account.id, now).await?;
        open_sessions::close_others_in(tx, account.id, None, now).await?;
        // Whoever may not enter waits for no password.
        settle_in(tx, account.id, by, now).await?;
        audit(tx, by, Action::AccountDisabled, account.id, "", now).await?;
        Ok(())
    })
    .await
}

/// Lets somebody in again who was kept out, with the password they had. Again, it changes nothing.
///
/// # Errors
/// [`StaffError::Unknown`].
pub async fn enable(
    db: &Db,
    email: &str,
    by: Option<AccountId>,
    now: OffsetDateTime,
) -> Result<(), StaffError> {
    let email = email.trim().to_lowercase();
    db::write(db, async move |tx| {
        let account = by_email(tx, &email).await?.ok_or(StaffError::Unknown)?;
        if account.disabled_at.is_none() {
            return Ok(());
        }
        stewardship::check_in(tx, by, account.id).await?;
        let none: Option<OffsetDateTime> = None;
        accounts::Entity::update_many()
            .col_expr(accounts::Column::DisabledAt, Expr::value(none))
            .filter(accounts::Column::Id.eq(account.id))
            .exec(tx)
            .await?;
        audit(tx, by, Action::AccountEnabled, account.id, "", now).await?;
        Ok(())
    })
    .await
}

/// Takes a role away: it holds no more from the next request on, and the sessions that it opened
/// end, so that a role given back later does not open them again. Again, it changes nothing.
///
/// # Errors
/// [`StaffError::LastAdmin`].
pub async fn take_role(
    db: &Db,
    account: AccountId,
    grant: Grant,
    by: AccountId,
    now: OffsetDateTime,
) -> Result<(), StaffError> {
    db::write(db, async move |tx| {
        stewardship::check_in(tx, Some(by), account).await?;
        stewardship::check_role_in(tx, Some(by), grant.role).await?;
        if grant.role == Role::Admin && is_last_admin_in(tx, account).await? {
            return Err(StaffError::LastAdmin);
        }
        let at = match grant.point {
            Some(point) => account_roles::Column::PointId.eq(point),
            None => account_roles::Column::PointId.is_null(),
        };
        let gone = account_roles::Entity::delete_many()
            .filter(account_roles::Column::AccountId.eq(account))
            .filter(account_roles::Column::Role.eq(grant.role))
            .filter(at)
            .exec(tx)
            .await?;
        if gone.rows_affected > 0 {
            open_sessions::close_others_in(tx, account, None, now).await?;
            let detail = grant.role.name();
            audit(tx, Some(by), Action::RoleTaken, account, detail, now).await?;
        }
        Ok(())
    })
    .await
}

/// Whether nobody but this account can enter as an administrator. The accounts stay locked until
/// the end: two administrators who disable each other at once do not both succeed.
async fn is_last_admin_in(tx: &DatabaseTransaction, account: AccountId) -> Result<bool, DbErr> {
    let able = accounts::Entity::find()
        .filter(accounts::Column::Id.is_in(admins_in(tx).await?))
        .filter(accounts::Column::DisabledAt.is_null())
        .order_by_asc(accounts::Column::Id)
        .lock(LockType::Update)
        .all(tx)
        .await?;
    // Whoever held the locks before may have taken a role.
    let still = admins_in(tx).await?;
    let able: Vec<AccountId> = able.iter().map(|one| one.id).collect();
    let able: Vec<AccountId> = able.into_iter().filter(|id| still.contains(id)).collect();
    Ok(able == [account])
}

async fn admins_in(tx: &DatabaseTransaction) -> Result<Vec<AccountId>, DbErr> {
    account_roles::Entity::find()
        .select_only()
        .column(account_roles::Column::AccountId)
        .filter(account_roles::Column::Role.eq(Role::Admin))
        .into_tuple()
        .all(tx)
        .await
}

/// The account of an e-mail address.
///
/// # Errors
/// [`StaffError::Unknown`].
pub async fn by_address(db: &Db, email: &str) -> Result<AccountId, StaffError> {
    let row = accounts::Entity::find()
        .filter(accounts::Column::Email.eq(email.trim().to_lowercase()))
        .one(db.read())
        .await?;
    Ok(row.ok_or(StaffError::Unknown)?.id)
}

pub(super) async fn by_email(
    tx: &DatabaseTransaction,
    email: &str,
) -> Result<Option<accounts::Model>, DbErr> {
    accounts::Entity::find()
        .filter(accounts::Column::Email.eq(email))
        .one(tx)
        .await
}

pub(super) async fn audit(
    tx: &DatabaseTransaction,
    by: Option<AccountId>,
    action: Action,
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
