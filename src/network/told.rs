//! What the audit is told of a service.

use sea_orm::{DatabaseTransaction, DbErr};
use time::OffsetDateTime;

use crate::db::audit::{Act, Action, note_to_each};
use crate::db::entities::citizens;
use crate::domain::ids::{AccountId, ServiceId};

/// An act about a service, and about each who attended.
pub(super) async fn told(
    tx: &DatabaseTransaction,
    (action, detail): (Action, &str),
    service: ServiceId,
    people: &[citizens::Model],
    (by, now): (Option<AccountId>, OffsetDateTime),
) -> Result<(), DbErr> {
    let act = Act {
        by,
        action,
        subject: "service",
        id: service.0,
        detail,
    };
    note_to_each(tx, act, action, people.iter().map(|one| one.id), now).await
}
