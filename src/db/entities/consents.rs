//! That a notice was given to a citizen, or a consent by them. `own`: they gave it themselves, and
//! `recorded_by` is who registered them.

use sea_orm::entity::prelude::*;
use time::{Date, OffsetDateTime};

use crate::domain::consent::ConsentKind;
use crate::domain::ids::{AccountId, CitizenId, ConsentId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "consents")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ConsentId,
    pub citizen_id: CitizenId,
    pub kind: ConsentKind,
    pub version: String,
    pub day: Date,
    pub recorded_by: AccountId,
    pub recorded_at: OffsetDateTime,
    pub withdrawn_at: Option<OffsetDateTime>,
    pub own: bool,
}

impl ActiveModelBehavior for ActiveModel {}
