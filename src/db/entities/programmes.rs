//! A programme of the network.

use sea_orm::entity::prelude::*;
use time::Date;

use crate::domain::ids::ProgrammeId;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "programmes")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ProgrammeId,
    pub code: String,
    pub name: String,
    pub starts_on: Date,
    pub ends_on: Date,
    pub age_min: i16,
    pub age_max: i16,
    pub rule: String,
    pub facilita_body: Option<String>,
    pub facilita_project: Option<String>,
    pub facilita_until: Option<Date>,
    pub minors_from: Option<Date>,
}

impl ActiveModelBehavior for ActiveModel {}
