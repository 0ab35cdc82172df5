//! Who did what to whom, and who looked: only ever added to. Never a name or a codice fiscale.

use sea_orm::entity::prelude::*;
use time::{Date, OffsetDateTime};

use crate::domain::ids::{AccountId, PointId, SessionId};
use crate::domain::role::Role;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub sequence: i64,
    pub at: OffsetDateTime,
    /// In Rome.
    pub day: Date,
    pub account_id: Option<AccountId>,
    /// In which they acted.
    pub role: Option<Role>,
    /// `page`, `api`, `shell` or `program`; `unknown` for the rows of before.
    pub through: String,
    pub session_id: Option<SessionId>,
    /// At which they acted.
    pub point_id: Option<PointId>,
    pub action: String,
    pub subject_kind: String,
    /// Empty where it is about nobody in particular.
    pub subject_id: String,
    pub detail: String,
    /// SHA-256 of the hash before and of this row.
    pub hash: Vec<u8>,
}

impl ActiveModelBehavior for ActiveModel {}
