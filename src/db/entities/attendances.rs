//! A citizen at a service. `new_citizen`: the one that made the citizen reached.

use sea_orm::entity::prelude::*;

use crate::domain::facilita::SendState;
use crate::domain::ids::{CitizenId, ServiceId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "attendances")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub service_id: ServiceId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub citizen_id: CitizenId,
    pub new_citizen: bool,
    pub facilita: SendState,
}

impl ActiveModelBehavior for ActiveModel {}
