//! A point of the network.

use sea_orm::entity::prelude::*;
use time::{Date, OffsetDateTime};

use crate::domain::ids::{PointId, ProgrammeId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "points")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PointId,
    pub programme_id: ProgrammeId,
    pub code: String,
    pub name: String,
    pub municipality: String,
    pub province: String,
    pub region: String,
    pub address: Option<String>,
    pub facilita_id: Option<String>,
    pub created_at: OffsetDateTime,
    pub postcode: Option<String>,
    pub phone: Option<String>,
    pub email: Option<String>,
    pub hours: Option<String>,
    pub offers: Option<String>,
    pub workstations: Option<i16>,
    pub itinerant: bool,
    pub latitude: Option<f64>,
    pub longitude: Option<f64>,
    pub closed_on: Option<Date>,
}

impl ActiveModelBehavior for ActiveModel {}
