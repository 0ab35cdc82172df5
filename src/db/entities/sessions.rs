//! One sign-in, until it is closed or ends.

use sea_orm::entity::prelude::*;
use time::OffsetDateTime;

use crate::domain::ids::{AccountId, CardId, LearnerId, SessionId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sessions")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SessionId,
    pub learner_id: LearnerId,
    pub account_id: Option<AccountId>,
    pub created_at: OffsetDateTime,
    pub expires_at: OffsetDateTime,
    pub closed_at: Option<OffsetDateTime>,
    pub card_id: Option<CardId>,
    /// Written at most once a minute.
    pub last_seen_at: Option<OffsetDateTime>,
    /// How long it may stay unused; without limit where empty.
    pub idle_minutes: Option<i32>,
    /// A coarse word for the device and its browser.
    pub device: Option<String>,
    /// Opens nothing but setting up a second factor.
    pub limited: bool,
    /// When a secret was last given in it; of the staff.
    pub proven_at: Option<OffsetDateTime>,
    /// The secret of a second factor that it has begun to set up, under seal.
    pub pending_factor: Option<Vec<u8>>,
    /// The guest whom it asks about: whose progress it is, until somebody answers.
    pub guest_id: Option<LearnerId>,
}

impl ActiveModelBehavior for ActiveModel {}
