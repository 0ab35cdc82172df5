//! What an installation decides about its doors. It is data: one row, changed without a restart.

use sea_orm::ActiveValue::Set;
use sea_orm::{ActiveModelTrait, ConnectionTrait, DbErr, EntityTrait};
use thiserror::Error;
use time::{Duration, OffsetDateTime};

use crate::db::audit::{Act, Action, note};
use crate::db::entities::door_rules;
use crate::db::{self, Db, installation};
use crate::domain::role::Role;

/// The one row.
const ROW: i32 = 1;
/// Minutes that a session may stay unused.
const IDLE: std::ops::RangeInclusive<i32> = 5..=240;

/// What an installation decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DoorRules {
    /// Coordinators and administrators need a second factor.
    pub second_factor: bool,
    /// Minutes that the browser of a member of the staff may stay unused.
    pub staff_idle: i32,
    /// Minutes that a browser may stay unused which others use too.
    pub shared_idle: i32,
}

/// A rule that makes no sense.
#[derive(Debug, Error)]
pub enum RuleError {
    /// Too few minutes to work, or too many to protect anybody.
    #[error("a session may stay unused for {} to {} minutes", IDLE.start(), IDLE.end())]
    Minutes,
    /// The database's.
    #[error(transparent)]
    Db(#[from] DbErr),
}

/// The rules in force.
///
/// # Errors
/// The database's.
pub async fn read(connection: &impl ConnectionTrait) -> Result<DoorRules, DbErr> {
    let row = door_rules::Entity::find_by_id(ROW).one(connection).await?;
    let row = row.ok_or_else(|| DbErr::RecordNotFound("the rules of the doors".to_owned()))?;
    Ok(DoorRules {
        second_factor: row.second_factor,
        staff_idle: row.staff_idle,
        shared_idle: row.shared_idle,
    })
}

/// Changes the rules. Sessions that are open keep theirs.
///
/// # Errors
/// [`RuleError::Minutes`].
pub async fn set(db: &Db, rules: DoorRules, now: OffsetDateTime) -> Result<(), RuleError> {
    if !IDLE.contains(&rules.staff_idle) || !IDLE.contains(&rules.shared_idle) {
        return Err(RuleError::Minutes);
    }
    db::write(db, async move |tx| {
        let row = door_rules::ActiveModel {
            id: Set(ROW),
            second_factor: Set(rules.second_factor),
            staff_idle: Set(rules.staff_idle),
            shared_idle: Set(rules.shared_idle),
        };
        row.update(tx).await?;
        let act = Act {
            by: None,
            action: Action::DoorRulesChanged,
            subject: "installation",
            id: installation::row_in(tx).await?.id,
            detail: &format!(
                "second factor {}, staff {} minutes, shared {} minutes",
                rules.second_factor, rules.staff_idle, rules.shared_idle
            ),
        };
        note(tx, act, now).await?;
        Ok(())
    })
    .await
}

impl DoorRules {
    /// Whether somebody with these roles needs a second factor.
    #[must_use]
    pub fn demands(&self, mut roles: impl Iterator<Item = Role>) -> bool {
        self.second_factor && roles.any(|role| matches!(role, Role::Coordinator | Role::Admin))
    }
}

/// How long a session may stay unused.
pub(super) fn minutes(minutes: i32) -> Duration {
    Duration::minutes(minutes.into())
}
