//! A citizen's question to the facilitator, and the answer.

use sea_orm::entity::prelude::*;
use time::OffsetDateTime;

use crate::domain::ids::{
    AccountId, CitizenId, HelpRequestId, LessonId, ModuleId, PointId, QuestionId,
};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "help_requests")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: HelpRequestId,
    pub citizen_id: CitizenId,
    pub point_id: PointId,
    pub module: ModuleId,
    pub lesson: Option<LessonId>,
    pub question: Option<QuestionId>,
    pub text: String,
    pub asked_at: OffsetDateTime,
    pub answer: Option<String>,
    pub answered_by: Option<AccountId>,
    pub answered_at: Option<OffsetDateTime>,
}

impl ActiveModelBehavior for ActiveModel {}
