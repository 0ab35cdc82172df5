//! Programmes, their dated targets, and the points of the network.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, date, small_integer, text, text_null, text_uniq, timestamp_with_time_zone, uuid,
};

use crate::parts::{drop, id, index, key, to};

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
                    .table("programmes")
                    .col(id())
                    .col(text_uniq("code"))
                    .col(text("name"))
                    .col(date("starts_on"))
                    .col(date("ends_on"))
                    .col(small_integer("age_min"))
                    .col(small_integer("age_max"))
                    .col(text("rule"))
                    .col(text_null("facilita_body"))
                    .col(text_null("facilita_project"))
                    .check(Expr::col("starts_on").lte(Expr::col("ends_on")))
                    .check(Expr::col("age_min").lte(Expr::col("age_max")))
                    .take(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("programme_targets")
                    .col(uuid("programme_id"))
                    .col(text("kind"))
                    .col(date("due_on"))
                    .col(big_integer("value"))
                    .primary_key(&mut key(
                        "programme_targets",
                        &["programme_id", "kind", "due_on"],
                    ))
                    .foreign_key(&mut to("programme_targets", "programme_id", "programmes"))
                    .take(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("points")
                    .col(id())
                    .col(uuid("programme_id"))
                    .col(text_uniq("code"))
                    .col(text("name"))
                    .col(text("municipality"))
                    .col(text("province"))
                    .col(text("region"))
                    .col(text_null("address"))
                    .col(text_null("facilita_id"))
                    .col(timestamp_with_time_zone("created_at"))
                    .foreign_key(&mut to("points", "programme_id", "programmes"))
                    .take(),
            )
            .await?;
        manager
            .create_index(index("points", &["programme_id"]))
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, &["points", "programme_targets", "programmes"]).await
    }
}
