//! Codes that stand for the second factor once each, when the phone is lost. Only digests are kept.

use sea_orm::entity::prelude::*;
use time::OffsetDateTime;

use crate::domain::ids::AccountId;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "recovery_codes")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub account_id: AccountId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub digest: Vec<u8>,
    pub used_at: Option<OffsetDateTime>,
}

impl ActiveModelBehavior for ActiveModel {}
