//! What a programme is to reach by a day.

use sea_orm::entity::prelude::*;
use time::Date;

use crate::domain::ids::ProgrammeId;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "programme_targets")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub programme_id: ProgrammeId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub kind: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub due_on: Date,
    pub value: i64,
}

impl ActiveModelBehavior for ActiveModel {}
