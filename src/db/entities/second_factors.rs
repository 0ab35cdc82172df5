//! The secret of an account's second factor, under seal, once it was confirmed with a code.
//!
//! `last_step` is the step of the last code that was accepted: none is accepted twice.

use sea_orm::entity::prelude::*;
use time::OffsetDateTime;

use crate::domain::ids::AccountId;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "second_factors")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub account_id: AccountId,
    pub sealed: Vec<u8>,
    pub confirmed_at: OffsetDateTime,
    pub last_step: i64,
}

impl ActiveModelBehavior for ActiveModel {}
