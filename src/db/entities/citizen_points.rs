//! A point that follows a citizen besides the one that registered them.

use sea_orm::entity::prelude::*;
use time::{Date, OffsetDateTime};

use crate::domain::ids::{AccountId, CitizenId, PointId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "citizen_points")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub citizen_id: CitizenId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub point_id: PointId,
    pub since: OffsetDateTime,
    pub brought_on: Date,
    pub brought_by: AccountId,
    pub first_name: String,
    pub last_name: String,
    pub document: Option<String>,
    pub opened_at: Option<OffsetDateTime>,
    pub opened_by: Option<AccountId>,
    pub opened_how: Option<String>,
    pub ended_at: Option<OffsetDateTime>,
    pub ended_by: Option<AccountId>,
    pub stopped_at: Option<OffsetDateTime>,
    pub home_seen_at: Option<OffsetDateTime>,
    pub office_seen_at: Option<OffsetDateTime>,
}

impl ActiveModelBehavior for ActiveModel {}
