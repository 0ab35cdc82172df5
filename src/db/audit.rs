//! Who did what to whom, written in the transaction of the act itself.

use sea_orm::{ActiveValue::Set, DatabaseTransaction, DbErr, EntityTrait};
use time::OffsetDateTime;
use uuid::Uuid;

use crate::domain::ids::AccountId;

use super::entities::audit;
use super::instant;

/// An act worth remembering.
#[derive(Debug, Clone)]
pub struct Act<'a> {
    /// Who did it; `None` for the citizen's own act or the program's.
    pub by: Option<AccountId>,
    /// Such as `citizen-registered`.
    pub action: &'static str,
    /// The table of the subject, in the singular.
    pub subject: &'static str,
    /// The subject's id.
    pub id: Uuid,
    /// What else matters, without names or codes of people.
    pub detail: &'a str,
}

/// Remembers an act.
///
/// # Errors
/// The database's.
pub async fn note(
    tx: &DatabaseTransaction,
    act: Act<'_>,
    now: OffsetDateTime,
) -> Result<(), DbErr> {
    let row = audit::ActiveModel {
        id: Set(Uuid::now_v7()),
        at: Set(instant(now)),
        account_id: Set(act.by),
        action: Set(act.action.to_owned()),
        subject_kind: Set(act.subject.to_owned()),
        subject_id: Set(act.id.to_string()),
        detail: Set(act.detail.to_owned()),
    };
    audit::Entity::insert(row)
        .exec_without_returning(tx)
        .await?;
    Ok(())
}
