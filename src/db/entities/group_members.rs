//! Who is in a group.

use sea_orm::entity::prelude::*;
use time::OffsetDateTime;

use crate::domain::ids::{CitizenId, GroupId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "group_members")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub group_id: GroupId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub citizen_id: CitizenId,
    pub added_at: OffsetDateTime,
}

impl ActiveModelBehavior for ActiveModel {}
