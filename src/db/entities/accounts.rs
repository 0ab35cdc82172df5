//! A member of the staff who may enter.

use sea_orm::entity::prelude::*;
use time::OffsetDateTime;

use crate::domain::ids::AccountId;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "accounts")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: AccountId,
    pub email: String,
    pub name: String,
    pub password_hash: Option<String>,
    pub disabled_at: Option<OffsetDateTime>,
    pub created_at: OffsetDateTime,
    pub facilita_name: Option<String>,
    pub facilita_id: Option<String>,
    pub cf_sealed: Option<Vec<u8>>,
    /// When they last entered.
    pub entered_at: Option<OffsetDateTime>,
}

impl ActiveModelBehavior for ActiveModel {}
