//! A citizen reached by a programme, and by which service.

use sea_orm::entity::prelude::*;
use time::Date;

use crate::domain::facilita::{AgeBand, Gender, ServiceKind};
use crate::domain::ids::{CitizenId, PointId, ProgrammeId, ServiceId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "citizens_reached")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub programme_id: ProgrammeId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub citizen_id: CitizenId,
    pub service_id: ServiceId,
    pub point_id: PointId,
    pub day: Date,
    pub kind: ServiceKind,
    pub age_band: Option<AgeBand>,
    pub gender: Option<Gender>,
}

impl ActiveModelBehavior for ActiveModel {}
