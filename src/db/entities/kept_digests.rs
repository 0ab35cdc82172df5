//! The keyed digest of the codice fiscale of somebody whose record is gone, as long as the programme
//! has to know whom it reached: whoever comes again counts once. And, sealed, the hashes of it by
//! which an auditor asks for what was counted.

use sea_orm::entity::prelude::*;

use crate::domain::ids::{CitizenId, ProgrammeId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "kept_digests")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub programme_id: ProgrammeId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub citizen_id: CitizenId,
    pub cf_digest: Vec<u8>,
    pub hashes_sealed: Vec<u8>,
}

impl ActiveModelBehavior for ActiveModel {}
