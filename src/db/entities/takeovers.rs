//! What a guest did, taken over by the person who said that it was them.

use sea_orm::entity::prelude::*;
use time::OffsetDateTime;

use crate::domain::ids::{AccountId, LearnerId, TakeoverId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "takeovers")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: TakeoverId,
    /// May be cleared by now.
    pub guest_id: LearnerId,
    pub learner_id: LearnerId,
    /// How it was said: `yes`, or `token` for a program.
    pub answer: String,
    /// What to give back, as JSON.
    pub moved: String,
    pub taken_at: OffsetDateTime,
    pub undone_at: Option<OffsetDateTime>,
    /// Empty where the person gave it back themselves.
    pub undone_by: Option<AccountId>,
}

impl ActiveModelBehavior for ActiveModel {}
