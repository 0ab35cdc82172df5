//! What people looked for in the lessons and did not find: how often in a week, never who.

use sea_orm::entity::prelude::*;
use time::Date;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "missed_searches")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub week: Date,
    #[sea_orm(primary_key, auto_increment = false)]
    pub lang: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub words: String,
    pub times: i32,
}

impl ActiveModelBehavior for ActiveModel {}
