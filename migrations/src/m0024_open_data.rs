//! The open data stand still: what was published is kept, an edition for each time.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{date, integer, text, timestamp_with_time_zone, uuid};

use crate::parts::{drop, key, to};

#[derive(DeriveMigrationName)]
pub(crate) struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("open_data_editions")
                    .col(uuid("programme_id"))
                    // From 1: two that are made at once are the same one.
                    .col(integer("number"))
                    .col(date("to_day"))
                    .col(timestamp_with_time_zone("made_at"))
                    .col(integer("left_out"))
                    // CSV: how many rows are equal, then their columns.
                    .col(text("rows"))
                    .primary_key(&mut key("open_data_editions", &["programme_id", "number"]))
                    .foreign_key(&mut to("open_data_editions", "programme_id", "programmes"))
                    .take(),
            )
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, &["open_data_editions"]).await
    }
}
