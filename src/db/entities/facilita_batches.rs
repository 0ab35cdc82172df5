//! A file for Facilita and the report that came back, both sealed, with their hashes. One that was called back was
//! never sent, and gets no report.

use sea_orm::entity::prelude::*;
use time::{Date, OffsetDateTime};

use crate::domain::ids::{AccountId, BatchId, ProgrammeId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "facilita_batches")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: BatchId,
    pub programme_id: ProgrammeId,
    pub from_day: Date,
    pub to_day: Date,
    pub rows: i32,
    pub sha256: String,
    pub made_by: Option<AccountId>,
    pub made_at: OffsetDateTime,
    pub rejected: Option<i32>,
    pub reported_at: Option<OffsetDateTime>,
    pub reported_by: Option<AccountId>,
    pub report_sha256: Option<String>,
    pub file_sealed: Vec<u8>,
    pub report_sealed: Option<Vec<u8>>,
    pub called_back_at: Option<OffsetDateTime>,
    pub called_back_by: Option<AccountId>,
}

impl ActiveModelBehavior for ActiveModel {}
