//! The first time a learner completed a module.
//!
//! `not_counted` is the key of a `network::counting::NotCounted`.

use sea_orm::entity::prelude::*;
use time::OffsetDateTime;

use crate::domain::ids::{AccountId, AttemptId, CompletionId, LearnerId, ModuleId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "completions")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: CompletionId,
    pub learner_id: LearnerId,
    pub module: ModuleId,
    pub completed_at: OffsetDateTime,
    pub rev: i32,
    pub source: String,
    pub attempt_id: Option<AttemptId>,
    pub evidence: String,
    pub not_counted: Option<String>,
    pub recorded_by: Option<AccountId>,
    pub reason: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
