//! A citizen's access card.

use sea_orm::entity::prelude::*;
use time::OffsetDateTime;

use crate::domain::ids::{AccountId, CardId, CitizenId, PointId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "cards")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: CardId,
    pub citizen_id: CitizenId,
    pub code_digest: Vec<u8>,
    pub code_sealed: Vec<u8>,
    pub pin_hash: String,
    pub issued_by: AccountId,
    pub issued_at: OffsetDateTime,
    pub revoked_at: Option<OffsetDateTime>,
    pub point_id: Option<PointId>,
}

impl ActiveModelBehavior for ActiveModel {}
