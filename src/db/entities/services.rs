//! An entry of the ledger. Never deleted: a mistake is voided.

use sea_orm::entity::prelude::*;
use time::{Date, OffsetDateTime};

use crate::domain::facilita::ServiceKind;
use crate::domain::ids::{AccountId, CompletionId, PointId, ProgrammeId, ServiceId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "services")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ServiceId,
    pub programme_id: ProgrammeId,
    pub point_id: PointId,
    pub account_id: AccountId,
    pub kind: ServiceKind,
    pub day: Date,
    pub minutes: i32,
    pub competences: String,
    pub domains: String,
    pub title: String,
    pub completion_id: Option<CompletionId>,
    pub recorded_at: OffsetDateTime,
    pub recorded_by: Option<AccountId>,
    pub voided_at: Option<OffsetDateTime>,
    pub voided_by: Option<AccountId>,
    pub void_reason: Option<String>,
    /// It was entered in place of this one.
    pub corrects_id: Option<ServiceId>,
}

impl ActiveModelBehavior for ActiveModel {}
