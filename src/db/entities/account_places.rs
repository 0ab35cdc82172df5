//! Where an account was entered from, as a keyed digest that tells no address.

use sea_orm::entity::prelude::*;
use time::OffsetDateTime;

use crate::domain::ids::AccountId;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "account_places")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub account_id: AccountId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub place: Vec<u8>,
    pub seen_at: OffsetDateTime,
}

impl ActiveModelBehavior for ActiveModel {}
