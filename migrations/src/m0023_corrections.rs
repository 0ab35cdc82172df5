//! The service that was entered in place of one that was wrong. Of those that are there already
//! nobody knows: they were voided and recorded apart. And what is due at the desk of today.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::uuid_null;

use crate::parts::{add, index, remove};

#[derive(DeriveMigrationName)]
pub(crate) struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        add(manager, "services", uuid_null("corrects_id")).await?;
        // One service stands for another, and few do.
        let corrects = index("services", &["corrects_id"])
            .unique()
            .and_where(Expr::col("corrects_id").is_not_null())
            .take();
        manager.create_index(corrects).await?;
        let due = index("assignments", &["due_on"])
            .and_where(Expr::col("due_on").is_not_null())
            .take();
        manager.create_index(due).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (table, name) in [
            ("assignments", "assignments_due_on"),
            ("services", "services_corrects_id"),
        ] {
            manager
                .drop_index(Index::drop().name(name).table(table).to_owned())
                .await?;
        }
        remove(manager, "services", &["corrects_id"]).await
    }
}
