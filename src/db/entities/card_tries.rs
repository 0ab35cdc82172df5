//! Wrong PINs at a code, from an address; an empty `place` is every address that the card was never
//! opened from.

use sea_orm::entity::prelude::*;
use time::{Date, OffsetDateTime};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "card_tries")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub code_digest: Vec<u8>,
    #[sea_orm(primary_key, auto_increment = false)]
    pub place: Vec<u8>,
    pub failures: i32,
    pub locked_until: Option<OffsetDateTime>,
    pub tried_on: Date,
    pub right_on: Option<Date>,
}

impl ActiveModelBehavior for ActiveModel {}
