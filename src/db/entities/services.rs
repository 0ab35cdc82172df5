//! An entry of the ledger. Never deleted: a mistake is voided.

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Expr;
use sea_orm::sea_query::ExprTrait as _;
use time::{Date, OffsetDateTime};

use crate::db::as_it_is;
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

/// Somebody gave it to people who were there: what was learned at home has a completion.
pub fn in_person() -> Expr {
    as_it_is((Entity, Column::CompletionId)).is_null()
}
