//! Wrong PINs from an address, whatever the card: at cards that are usual there, and at others.

use sea_orm::entity::prelude::*;
use time::{Date, OffsetDateTime};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "address_tries")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub place: Vec<u8>,
    #[sea_orm(primary_key, auto_increment = false)]
    pub usual: bool,
    pub busy_until: OffsetDateTime,
    pub tried_on: Date,
}

impl ActiveModelBehavior for ActiveModel {}
