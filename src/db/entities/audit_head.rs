//! The end of the audit's chain, in one row: whoever appends holds it.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_head")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i32,
    pub sequence: i64,
    pub hash: Vec<u8>,
    /// The last row that the seal covers: commands without keys append behind it.
    pub sealed_sequence: i64,
    pub seal: Option<Vec<u8>>,
}

impl ActiveModelBehavior for ActiveModel {}
