//! Something given to learn, to a citizen or to a group.

use sea_orm::entity::prelude::*;
use time::{Date, OffsetDateTime};

use crate::domain::ids::{AccountId, AssignmentId, CitizenId, GroupId, LessonId, ModuleId, PathId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "assignments")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: AssignmentId,
    pub citizen_id: Option<CitizenId>,
    pub group_id: Option<GroupId>,
    pub module: ModuleId,
    pub lesson: Option<LessonId>,
    pub path: Option<PathId>,
    pub due_on: Option<Date>,
    pub note: String,
    pub assigned_by: AccountId,
    pub assigned_at: OffsetDateTime,
    pub withdrawn_at: Option<OffsetDateTime>,
}

impl ActiveModelBehavior for ActiveModel {}
