//! Services and citizens reached of a point, a month and a kind: kept in step with the ledger.

use sea_orm::entity::prelude::*;

use crate::domain::facilita::ServiceKind;
use crate::domain::ids::{PointId, ProgrammeId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "tallies")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub programme_id: ProgrammeId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub point_id: PointId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub month: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub kind: ServiceKind,
    pub services: i64,
    pub citizens: i64,
}

impl ActiveModelBehavior for ActiveModel {}
