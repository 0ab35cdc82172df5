//! A lesson that a learner said to have read.

use sea_orm::entity::prelude::*;
use time::OffsetDateTime;

use crate::domain::ids::{LearnerId, LessonId, ModuleId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "lesson_reads")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub learner_id: LearnerId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub module: ModuleId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub lesson: LessonId,
    pub read_at: OffsetDateTime,
}

impl ActiveModelBehavior for ActiveModel {}
