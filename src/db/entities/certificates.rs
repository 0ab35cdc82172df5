//! A certificate of a module: its serial, and the completion it is of. Without a completion, or
//! with `withdrawn_at`, it is no longer valid.

use sea_orm::entity::prelude::*;
use time::OffsetDateTime;

use crate::domain::ids::CompletionId;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "certificates")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub serial: String,
    #[sea_orm(unique)]
    pub completion_id: Option<CompletionId>,
    pub issued_at: OffsetDateTime,
    pub withdrawn_at: Option<OffsetDateTime>,
}

impl ActiveModelBehavior for ActiveModel {}
