//! What a citizen asks their point to correct: name, birth or codice fiscale. `about`: which, by a
//! comma.

use sea_orm::entity::prelude::*;
use time::OffsetDateTime;

use crate::domain::ids::{AccountId, CitizenId, CorrectionId, PointId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "corrections")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: CorrectionId,
    pub citizen_id: CitizenId,
    pub point_id: PointId,
    pub about: String,
    pub text: String,
    pub asked_at: OffsetDateTime,
    pub answer: Option<String>,
    pub answered_by: Option<AccountId>,
    pub answered_at: Option<OffsetDateTime>,
}

impl ActiveModelBehavior for ActiveModel {}
