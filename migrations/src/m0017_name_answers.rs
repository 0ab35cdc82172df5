//! Who said, and when, that a codice fiscale is of somebody whose name it does not fit. Of records
//! that are there already nobody was asked: they are when names or code are next written.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{timestamp_with_time_zone_null, uuid_null};

use crate::parts::{add, remove};

#[derive(DeriveMigrationName)]
pub(crate) struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let at = timestamp_with_time_zone_null("name_differs_at");
        add(manager, "citizens", at).await?;
        add(manager, "citizens", uuid_null("name_differs_by")).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let columns = ["name_differs_at", "name_differs_by"];
        remove(manager, "citizens", &columns).await
    }
}
