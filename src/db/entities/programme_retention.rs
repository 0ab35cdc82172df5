//! For how many years after its end a programme keeps the records of people, where it is not as long
//! as `retention` says.

use sea_orm::entity::prelude::*;

use crate::domain::ids::ProgrammeId;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "programme_retention")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub programme_id: ProgrammeId,
    pub years: i32,
}

impl ActiveModelBehavior for ActiveModel {}
