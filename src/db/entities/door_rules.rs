//! What an installation decides about its doors: one row. Idle limits are in minutes.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "door_rules")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i32,
    pub second_factor: bool,
    pub staff_idle: i32,
    pub shared_idle: i32,
}

impl ActiveModelBehavior for ActiveModel {}
