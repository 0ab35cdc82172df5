//! Who did what to whom. Never a name or a codice fiscale.

use sea_orm::entity::prelude::*;
use time::OffsetDateTime;

use crate::domain::ids::AccountId;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub at: OffsetDateTime,
    pub account_id: Option<AccountId>,
    pub action: String,
    pub subject_kind: String,
    pub subject_id: String,
    pub detail: String,
}

impl ActiveModelBehavior for ActiveModel {}
