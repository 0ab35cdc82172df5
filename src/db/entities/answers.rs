//! An answer of an attempt, with its grade.

use sea_orm::entity::prelude::*;
use time::OffsetDateTime;

use crate::domain::ids::{AttemptId, QuestionId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "answers")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub attempt_id: AttemptId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub question: QuestionId,
    pub submission: Uuid,
    pub given: String,
    pub correct: bool,
    pub points: i32,
    pub max_points: i32,
    pub answered_at: OffsetDateTime,
    pub grade: String,
}

impl ActiveModelBehavior for ActiveModel {}
