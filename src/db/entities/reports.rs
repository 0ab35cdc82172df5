//! What somebody reports of a page that they cannot use.

use sea_orm::entity::prelude::*;
use time::OffsetDateTime;

use crate::domain::ids::{AccountId, ReportId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "reports")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ReportId,
    pub page: String,
    pub text: String,
    pub email: Option<String>,
    pub sent_at: OffsetDateTime,
    pub answered_at: Option<OffsetDateTime>,
    pub answered_by: Option<AccountId>,
}

impl ActiveModelBehavior for ActiveModel {}
