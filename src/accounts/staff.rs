//! The staff: adding, listing, disabling, and the roles they hold.

use std::collections::{HashMap, HashSet};

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, LockType};
use sea_orm::{
    ColumnTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use thiserror::Error;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::db::audit::{Act, Action, note};
use crate::db::entities::{account_roles, accounts, points, second_factors};
use crate::db::{self, Db, audit as trail, insert_new, instant};
use crate::domain::ids::{AccountId, PointId};
use crate::domain::role::Role;
use crate::domain::text;

use super::links::{link_in, settle_in, use_up_links};
use super::strength::Weak;
use super::viewer::Grant;
use super::{open_sessions, rules, second_factor};

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
    /// Whether they have a second factor.
    pub second_factor: bool,
    /// When they last entered, as far as their sessions are still kept.
    pub last_entered: Option<OffsetDateTime>,
}

impl Member {
    /// Whether they hold no role but a facilitator's, or a citizen's: a coordinator answers for
    /// those.
    #[must_use]
    pub fn is_facilitator(&self) -> bool {
        self.roles
            .iter()
            .all(|(grant, _)| matches!(grant.role, Role::Facilitator | Role::Citizen))
    }
}

/// Adds somebody, or a role to somebody who is there, and makes a link's token to set a password.
/// Links made earlier stop working. Nobody gets a link to their own account: they know their
/// password, and whoever found their browser open does not.
///
/// # Errors
/// [`StaffError::Email`], [`StaffError::Point`] or [`StaffError::Disabled`].
pub async fn add(
    db: &Db,
    new: NewStaff,
    by: Option<AccountId>,
    now: OffsetDateTime,
) -> Result<(AccountId, Option<String>), StaffError> {
    let email = text::email(&new.email).ok_or(StaffError::Email)?;
    if new.role == Role::Facilitator && new.point.is_none() {
        return Err(StaffError::Point);
    }
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
        if row.disabled_at.is_some() {
            return Err(StaffError::Disabled);
        }
        let account = row.id;
        let role = account_roles::ActiveModel {
            id: Set(Uuid::now_v7()),
            account_id: Set(account),
            role: Set(new.role),
            point_id: Set(new.point),
        };
        insert_new(tx, role).await?;
        // A session that is open has not shown the second factor that the role may demand.
        let demanded = rules::read(tx).await?.demands(std::iter::once(new.role));
        if demanded && !second_factor::has_in(tx, account).await? {
            open_sessions::close_others_in(tx, account, None, now).await?;
        }
        audit(tx, by, Action::RoleGiven, account, new.role.name(), now).await?;
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

/// Everybody, by e-mail.
///
/// # Errors
/// The database's.
pub async fn list(db: &Db) -> Result<Vec<Member>, DbErr> {
    let people = accounts::Entity::find()
        .order_by_asc(accounts::Column::Email)
        .all(db.read())
        .await?;
    trail::list_seen(Action::StaffListed, people.len());
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
    let factors: HashSet<AccountId> = second_factors::Entity::find()
        .select_only()
        .column(second_factors::Column::AccountId)
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
        second_factor: factors.contains(&person.id),
        last_entered: person.entered_at,
    };
    Ok(people.into_iter().map(member).collect())
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
    let admins: Vec<AccountId> = account_roles::Entity::find()
        .select_only()
        .column(account_roles::Column::AccountId)
        .filter(account_roles::Column::Role.eq(Role::Admin))
        .into_tuple()
        .all(tx)
        .await?;
    let able = accounts::Entity::find()
        .filter(accounts::Column::Id.is_in(admins))
        .filter(accounts::Column::DisabledAt.is_null())
        .order_by_asc(accounts::Column::Id)
        .lock(LockType::Update)
        .all(tx)
        .await?;
    Ok(able.iter().any(|one| one.id == account) && able.len() == 1)
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
