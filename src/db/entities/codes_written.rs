//! How many codici fiscali that were new to their points somebody wrote on a day.

use sea_orm::entity::prelude::*;
use time::Date;

use crate::domain::ids::AccountId;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "codes_written")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub account_id: AccountId,
    pub written_on: Date,
    pub number: i32,
}

impl ActiveModelBehavior for ActiveModel {}
