//! A person in the citizen records.
//!
//! `held` is how many services stand still since the record lacks something (`citizens::lacking`);
//! none where it lacks nothing. `name_differs_*` say who answered, and when, that the codice fiscale is
//! of a person whose name it does not fit. `last_first` and `first_last` are the names folded for
//! searching (`citizens::record`), `name_key` the first of them as it is compared where somebody
//! mistyped it (`citizens::near`).

use sea_orm::entity::prelude::*;
use time::{Date, OffsetDateTime};

use crate::domain::facilita::{Citizenship, Education, Gender, Occupation};
use crate::domain::ids::{AccountId, CitizenId, PointId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "citizens")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: CitizenId,
    pub cf_digest: Option<Vec<u8>>,
    pub cf_sealed: Option<Vec<u8>>,
    pub cf_verified_at: Option<OffsetDateTime>,
    pub first_name: String,
    pub last_name: String,
    pub last_first: String,
    pub first_last: String,
    pub name_key: String,
    pub birth_date: Option<Date>,
    pub gender: Option<Gender>,
    pub education: Option<Education>,
    pub occupation: Option<Occupation>,
    pub citizenship: Option<Citizenship>,
    pub province: Option<String>,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub point_id: PointId,
    pub registered_by: AccountId,
    pub created_at: OffsetDateTime,
    pub updated_at: OffsetDateTime,
    pub merged_into: Option<CitizenId>,
    pub held: Option<i32>,
    pub name_differs_at: Option<OffsetDateTime>,
    pub name_differs_by: Option<AccountId>,
    pub erased_at: Option<OffsetDateTime>,
}

impl ActiveModelBehavior for ActiveModel {}
