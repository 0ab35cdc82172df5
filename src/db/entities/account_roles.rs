//! A role of an account; without a point, it holds everywhere.

use sea_orm::entity::prelude::*;

use crate::domain::ids::{AccountId, PointId};
use crate::domain::role::Role;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "account_roles")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub account_id: AccountId,
    pub role: Role,
    pub point_id: Option<PointId>,
}

impl ActiveModelBehavior for ActiveModel {}
