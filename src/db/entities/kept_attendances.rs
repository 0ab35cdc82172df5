//! Of a service that somebody attended whose record is gone: their age on its day, and whether it
//! could make them reached.

use sea_orm::entity::prelude::*;

use crate::domain::facilita::AgeBand;
use crate::domain::ids::{CitizenId, ServiceId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "kept_attendances")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub service_id: ServiceId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub citizen_id: CitizenId,
    pub age_band: Option<AgeBand>,
    pub counts: bool,
}

impl ActiveModelBehavior for ActiveModel {}
