//! The installation itself: one row.

use sea_orm::entity::prelude::*;
use time::OffsetDateTime;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "installation")]
pub struct Model {
    /// 1: there is no other row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub one: i16,
    pub id: Uuid,
    /// A digest of `id` under the digest key: tells those keys from others.
    pub digest_mark: Option<Vec<u8>>,
    /// `id` under seal.
    pub seal_mark: Option<Vec<u8>>,
    pub signing_mark: Option<Vec<u8>>,
    pub marked_at: Option<OffsetDateTime>,
    pub backed_up_at: Option<OffsetDateTime>,
    pub tidied_at: Option<OffsetDateTime>,
}

impl ActiveModelBehavior for ActiveModel {}
