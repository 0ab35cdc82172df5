//! Who keeps whose account: the one place that says so.
//!
//! An administrator keeps every account and gives every role. A coordinator keeps the accounts that
//! hold no role but those of the network (facilitators and editors), and gives and takes these
//! alone; never their own, and never one that also runs the network or the installation: a link to
//! such an account would be a way up. The shell is whoever runs the machine, and asks nobody.

use sea_orm::{ColumnTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter, QuerySelect};

use crate::db::entities::account_roles;
use crate::domain::ids::AccountId;
use crate::domain::role::Role;

use super::staff::StaffError;

/// Whose accounts somebody keeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stewardship {
    /// Everybody's.
    Installation,
    /// Those of facilitators and editors.
    Network,
}

impl Stewardship {
    /// Of somebody with these roles; `None` where they keep nobody's.
    pub fn of(roles: impl IntoIterator<Item = Role>) -> Option<Self> {
        let mut found = None;
        for role in roles {
            match role {
                Role::Admin => return Some(Self::Installation),
                Role::Coordinator => found = Some(Self::Network),
                Role::Citizen | Role::Facilitator | Role::Editor => {}
            }
        }
        found
    }

    /// The roles that they give and take.
    #[must_use]
    pub const fn roles(self) -> &'static [Role] {
        match self {
            Self::Installation => &[
                Role::Facilitator,
                Role::Editor,
                Role::Coordinator,
                Role::Admin,
            ],
            Self::Network => &[Role::Facilitator, Role::Editor],
        }
    }

    /// Whether an account with these roles, their own or not, is theirs to keep.
    pub fn keeps(self, own: bool, roles: impl IntoIterator<Item = Role>) -> bool {
        let lesser = |role| role == Role::Citizen || self.roles().contains(&role);
        match self {
            Self::Installation => true,
            Self::Network => !own && roles.into_iter().all(lesser),
        }
    }
}

/// Refuses whoever acts on an account that is not theirs to keep. It is asked in the transaction
/// that acts: roles change.
pub(super) async fn check_in(
    tx: &DatabaseTransaction,
    by: Option<AccountId>,
    account: AccountId,
) -> Result<(), StaffError> {
    let Some(by) = by else {
        return Ok(());
    };
    let kept = Stewardship::of(roles_in(tx, by).await?);
    let roles = roles_in(tx, account).await?;
    match kept.is_some_and(|kept| kept.keeps(by == account, roles)) {
        true => Ok(()),
        false => Err(StaffError::NotYours),
    }
}

/// Refuses whoever gives or takes a role that is not theirs to give.
pub(super) async fn check_role_in(
    tx: &DatabaseTransaction,
    by: Option<AccountId>,
    role: Role,
) -> Result<(), StaffError> {
    let Some(by) = by else {
        return Ok(());
    };
    match Stewardship::of(roles_in(tx, by).await?) {
        Some(kept) if kept.roles().contains(&role) => Ok(()),
        // A role from before, that nobody gives any more, can still be taken.
        Some(Stewardship::Installation) => Ok(()),
        _ => Err(StaffError::NotYours),
    }
}

async fn roles_in(tx: &DatabaseTransaction, account: AccountId) -> Result<Vec<Role>, DbErr> {
    account_roles::Entity::find()
        .select_only()
        .column(account_roles::Column::Role)
        .filter(account_roles::Column::AccountId.eq(account))
        .into_tuple()
        .all(tx)
        .await
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at a surprise")]

    use super::*;

    #[test]
    fn a_coordinator_keeps_those_below_and_never_themselves() {
        let coordinator = Stewardship::of([Role::Facilitator, Role::Coordinator]).unwrap();
        for (own, roles, kept) in [
            (false, &[Role::Facilitator][..], true),
            (false, &[Role::Facilitator, Role::Editor], true),
            (false, &[], true),
            (true, &[Role::Facilitator], false),
            (false, &[Role::Coordinator], false),
            (false, &[Role::Facilitator, Role::Coordinator], false),
            (false, &[Role::Editor, Role::Admin], false),
        ] {
            let roles = roles.iter().copied();
            assert_eq!(
                coordinator.keeps(own, roles.clone()),
                kept,
                "{own} {roles:?}"
            );
        }
        assert_eq!(coordinator.roles(), [Role::Facilitator, Role::Editor]);
    }

    #[test]
    fn an_administrator_keeps_everybody_and_others_nobody() {
        let both = Stewardship::of([Role::Coordinator, Role::Admin]).unwrap();
        assert_eq!(both, Stewardship::Installation);
        assert!(both.keeps(true, [Role::Admin]));
        assert_eq!(Stewardship::of([Role::Facilitator, Role::Editor]), None);
        assert_eq!(Stewardship::of([]), None);
    }
}
