//! What was published of a programme's open data at a time. Never changed: whoever has two files
//! would see by what they differ.

use sea_orm::entity::prelude::*;
use time::{Date, OffsetDateTime};

use crate::domain::ids::ProgrammeId;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "open_data_editions")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub programme_id: ProgrammeId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i32,
    pub to_day: Date,
    pub made_at: OffsetDateTime,
    pub left_out: i32,
    #[sea_orm(column_type = "Text")]
    pub rows: String,
}

impl ActiveModelBehavior for ActiveModel {}
