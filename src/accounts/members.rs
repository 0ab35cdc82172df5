//! The accounts of the staff, to look through: who they are, whether they can enter, and when they
//! last did.

use std::collections::{HashMap, HashSet};

use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use time::{Duration, OffsetDateTime};

use crate::db::Db;
use crate::db::audit::{Action, list_seen};
use crate::db::entities::{account_roles, accounts, password_requests, points, second_factors};
use crate::domain::ids::{AccountId, PointId};
use crate::domain::role::Role;

use super::stewardship::Stewardship;
use super::viewer::Grant;

/// After how long an account that nobody enters with is worth a look: somebody may have left.
const UNUSED: Duration = Duration::days(180);

/// A member of the staff.
#[derive(Debug, Clone)]
pub struct StaffMember {
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
    /// When they last entered.
    pub last_entered: Option<OffsetDateTime>,
    /// Since when they are there.
    pub created_at: OffsetDateTime,
    /// When they asked for a new password that nobody gave them yet.
    pub asked_at: Option<OffsetDateTime>,
}

/// What an account is like, to find those that ask for something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MemberState {
    /// Asked for a new password.
    Asked,
    /// Never chose a password.
    Invited,
    /// May enter, and has not for half a year.
    Unused,
    /// Runs the network or the installation, with a password alone.
    OneFactor,
    /// May enter.
    Active,
    /// May not enter.
    Disabled,
}

impl MemberState {
    /// All of them, those that ask for something first.
    pub const ALL: [Self; 6] = [
        Self::Asked,
        Self::Invited,
        Self::Unused,
        Self::OneFactor,
        Self::Active,
        Self::Disabled,
    ];
}

/// Which accounts; what is left out is any.
#[derive(Debug, Clone, Default)]
pub struct MemberFilter {
    /// A part of the name or of the e-mail, capitals or not.
    pub text: String,
    /// Who holds this role.
    pub role: Option<Role>,
    /// Who holds a role at the point of this code.
    pub point: Option<String>,
    /// What the account is like.
    pub state: Option<MemberState>,
}

impl StaffMember {
    /// What others call them; the e-mail where nobody wrote a name.
    #[must_use]
    pub fn called(&self) -> &str {
        match self.name.as_str() {
            "" => &self.email,
            name => name,
        }
    }

    /// Whether they hold a role.
    #[must_use]
    pub fn is(&self, role: Role) -> bool {
        self.roles.iter().any(|(grant, _)| grant.role == role)
    }

    /// Whether somebody who keeps accounts keeps this one.
    #[must_use]
    pub fn is_kept_by(&self, stewardship: Stewardship, account: AccountId) -> bool {
        let roles = self.roles.iter().map(|(grant, _)| grant.role);
        stewardship.keeps(self.id == account, roles)
    }

    /// Whether the account is like this.
    #[must_use]
    pub fn has_state(&self, state: MemberState, now: OffsetDateTime) -> bool {
        let enters = !self.disabled && self.has_password;
        let since = self.last_entered.unwrap_or(self.created_at);
        match state {
            MemberState::Asked => self.asked_at.is_some(),
            MemberState::Invited => !self.disabled && !self.has_password,
            MemberState::Unused => enters && now - since > UNUSED,
            MemberState::OneFactor => {
                let demanding = self.is(Role::Admin) || self.is(Role::Coordinator);
                enters && demanding && !self.second_factor
            }
            MemberState::Active => enters,
            MemberState::Disabled => self.disabled,
        }
    }

    /// Whether a filter takes them.
    #[must_use]
    pub fn is_taken_by(&self, filter: &MemberFilter, now: OffsetDateTime) -> bool {
        let text = filter.text.trim().to_lowercase();
        let at = |code: &String| {
            self.roles
                .iter()
                .any(|(_, point)| point.as_ref() == Some(code))
        };
        (text.is_empty() || self.name.to_lowercase().contains(&text) || self.email.contains(&text))
            && filter.role.is_none_or(|role| self.is(role))
            && filter.point.as_ref().is_none_or(at)
            && filter.state.is_none_or(|state| self.has_state(state, now))
    }
}

/// Everybody, by e-mail. That they were read is written down.
///
/// # Errors
/// The database's.
pub async fn list(db: &Db) -> Result<Vec<StaffMember>, DbErr> {
    let all = read(db, None).await?;
    list_seen(Action::StaffListed, all.len());
    Ok(all)
}

/// Those whom somebody keeps, by name.
///
/// # Errors
/// The database's.
pub async fn kept(
    db: &Db,
    stewardship: Stewardship,
    by: AccountId,
) -> Result<Vec<StaffMember>, DbErr> {
    let mut all = read(db, None).await?;
    all.retain(|member| member.is_kept_by(stewardship, by));
    all.sort_by_cached_key(|member| member.called().to_lowercase());
    list_seen(Action::StaffListed, all.len());
    Ok(all)
}

/// One of them.
///
/// # Errors
/// The database's.
pub async fn one(db: &Db, account: AccountId) -> Result<Option<StaffMember>, DbErr> {
    let found = read(db, Some(account)).await?.pop();
    list_seen(Action::StaffListed, usize::from(found.is_some()));
    Ok(found)
}

async fn read(db: &Db, only: Option<AccountId>) -> Result<Vec<StaffMember>, DbErr> {
    let mut people = accounts::Entity::find().order_by_asc(accounts::Column::Email);
    let mut held = account_roles::Entity::find().order_by_asc(account_roles::Column::Id);
    if let Some(only) = only {
        people = people.filter(accounts::Column::Id.eq(only));
        held = held.filter(account_roles::Column::AccountId.eq(only));
    }
    let codes: HashMap<PointId, String> = points::Entity::find()
        .select_only()
        .columns([points::Column::Id, points::Column::Code])
        .into_tuple()
        .all(db.read())
        .await?
        .into_iter()
        .collect();
    let mut roles = HashMap::<AccountId, Vec<(Grant, Option<String>)>>::new();
    for row in held.all(db.read()).await? {
        let grant = Grant {
            role: row.role,
            point: row.point_id,
        };
        let code = row.point_id.and_then(|point| codes.get(&point).cloned());
        roles.entry(row.account_id).or_default().push((grant, code));
    }
    let factors: HashSet<AccountId> = second_factors::Entity::find()
        .select_only()
        .column(second_factors::Column::AccountId)
        .into_tuple()
        .all(db.read())
        .await?
        .into_iter()
        .collect();
    let asked: HashMap<AccountId, OffsetDateTime> = password_requests::Entity::find()
        .filter(password_requests::Column::SettledAt.is_null())
        .order_by_desc(password_requests::Column::Id)
        .all(db.read())
        .await?
        .into_iter()
        .map(|row| (row.account_id, row.asked_at))
        .collect();
    let member = |person: accounts::Model| StaffMember {
        roles: roles.remove(&person.id).unwrap_or_default(),
        second_factor: factors.contains(&person.id),
        asked_at: asked.get(&person.id).copied(),
        id: person.id,
        email: person.email,
        name: person.name,
        has_password: person.password_hash.is_some(),
        disabled: person.disabled_at.is_some(),
        last_entered: person.entered_at,
        created_at: person.created_at,
    };
    Ok(people
        .all(db.read())
        .await?
        .into_iter()
        .map(member)
        .collect())
}
