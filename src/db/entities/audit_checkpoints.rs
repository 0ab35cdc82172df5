//! Where the audit's chain stood, under a key that is not in the database.

use sea_orm::entity::prelude::*;
use time::OffsetDateTime;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_checkpoints")]
pub struct Model {
    /// From 1, without a gap.
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i64,
    pub at: OffsetDateTime,
    pub sequence: i64,
    pub hash: Vec<u8>,
    /// HMAC-SHA-256 of the others.
    pub seal: Vec<u8>,
}

impl ActiveModelBehavior for ActiveModel {}
