//! Somebody of the staff who forgot their password and asks for a new link.

use sea_orm::entity::prelude::*;
use time::OffsetDateTime;

use crate::domain::ids::AccountId;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "password_requests")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub account_id: AccountId,
    pub asked_at: OffsetDateTime,
    pub settled_at: Option<OffsetDateTime>,
    pub settled_by: Option<AccountId>,
}

impl ActiveModelBehavior for ActiveModel {}
