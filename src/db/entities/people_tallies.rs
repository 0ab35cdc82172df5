//! Citizens reached, by point, age band and gender.

use sea_orm::entity::prelude::*;

use crate::domain::facilita::{AgeBand, Gender};
use crate::domain::ids::{PointId, ProgrammeId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "people_tallies")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub programme_id: ProgrammeId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub point_id: PointId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub age_band: AgeBand,
    #[sea_orm(primary_key, auto_increment = false)]
    pub gender: Gender,
    pub citizens: i64,
}

impl ActiveModelBehavior for ActiveModel {}
