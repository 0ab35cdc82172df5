//! Two records of one person, made one; `moved` says what to give back.

use sea_orm::entity::prelude::*;
use time::OffsetDateTime;

use crate::domain::ids::{AccountId, CitizenId, MergeId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "merges")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: MergeId,
    pub kept_id: CitizenId,
    pub merged_id: CitizenId,
    pub moved: String,
    pub merged_by: AccountId,
    pub merged_at: OffsetDateTime,
    pub undone_by: Option<AccountId>,
    pub undone_at: Option<OffsetDateTime>,
}

impl ActiveModelBehavior for ActiveModel {}
