//! A row of a file for Facilita: whose attendance it is, and what became of it.

use sea_orm::entity::prelude::*;

use crate::domain::facilita::SendState;
use crate::domain::ids::{BatchId, CitizenId, ServiceId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "facilita_rows")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub batch_id: BatchId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i32,
    pub service_id: ServiceId,
    pub citizen_id: CitizenId,
    pub hash: String,
    pub state: SendState,
    pub note: Option<String>,
    pub reason: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
