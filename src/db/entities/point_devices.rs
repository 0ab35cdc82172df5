//! Tablets and computers of a point, which many people use one after the other.

use sea_orm::entity::prelude::*;
use time::OffsetDateTime;

use crate::domain::ids::{AccountId, PointDeviceId, PointId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "point_devices")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PointDeviceId,
    pub point_id: PointId,
    /// Of what its browser keeps.
    pub token_digest: Vec<u8>,
    /// A coarse word for it.
    pub device: String,
    pub marked_by: AccountId,
    pub marked_at: OffsetDateTime,
    pub ended_at: Option<OffsetDateTime>,
    pub ended_by: Option<AccountId>,
}

impl ActiveModelBehavior for ActiveModel {}
