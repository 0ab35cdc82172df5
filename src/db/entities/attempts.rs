//! A try at a module's quiz. `served` is what it was frozen with when it began, as JSON.

use sea_orm::entity::prelude::*;
use time::OffsetDateTime;

use crate::domain::ids::{AttemptId, LearnerId, ModuleId};
use crate::domain::locale::Lang;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "attempts")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: AttemptId,
    pub learner_id: LearnerId,
    pub module: ModuleId,
    pub lang: Lang,
    pub rev: i32,
    pub seed: i64,
    pub served: String,
    pub started_at: OffsetDateTime,
    pub finished_at: Option<OffsetDateTime>,
    pub points: Option<i32>,
    pub max_points: i32,
    pub score: Option<i16>,
    pub passed: Option<bool>,
}

impl ActiveModelBehavior for ActiveModel {}
