//! Someone who learns: a citizen, a member of the staff, or a guest, who is neither.
//!
//! `moved_to` is set on a guest whose progress went to a citizen.

use sea_orm::entity::prelude::*;
use time::OffsetDateTime;

use crate::domain::ids::{AccountId, CitizenId, LearnerId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "learners")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: LearnerId,
    pub citizen_id: Option<CitizenId>,
    pub account_id: Option<AccountId>,
    pub moved_to: Option<LearnerId>,
    pub created_at: OffsetDateTime,
}

impl ActiveModelBehavior for ActiveModel {}
