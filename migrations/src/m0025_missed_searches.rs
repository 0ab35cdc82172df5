//! What people look for in the lessons and do not find: words and how often, never who.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{date, integer, text};

use crate::parts::{drop, key};

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
                    .table("missed_searches")
                    // The Monday.
                    .col(date("week"))
                    .col(text("lang"))
                    .col(text("words"))
                    .col(integer("times"))
                    .check(Expr::col("times").gt(0))
                    .primary_key(&mut key("missed_searches", &["week", "lang", "words"]))
                    .take(),
            )
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, &["missed_searches"]).await
    }
}
