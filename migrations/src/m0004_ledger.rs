//! The ledger: services and who attended them, citizens reached, and the tallies kept beside it.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, boolean, date, integer, text, text_null, timestamp_with_time_zone,
    timestamp_with_time_zone_null, uuid, uuid_null,
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
        services(manager).await?;
        reached(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(
            manager,
            &["tallies", "citizens_reached", "attendances", "services"],
        )
        .await
    }
}

async fn services(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("services")
                .col(id())
                .col(uuid("programme_id"))
                .col(uuid("point_id"))
                .col(uuid("account_id"))
                .col(text("kind"))
                .col(date("day"))
                .col(integer("minutes"))
                .col(text("competences"))
                .col(text("domains"))
                .col(text("title"))
                .col(uuid_null("completion_id").unique_key().take())
                .col(timestamp_with_time_zone("recorded_at"))
                .col(uuid_null("recorded_by"))
                .col(timestamp_with_time_zone_null("voided_at"))
                .col(uuid_null("voided_by"))
                .col(text_null("void_reason"))
                .foreign_key(&mut to("services", "programme_id", "programmes"))
                .foreign_key(&mut to("services", "point_id", "points"))
                .foreign_key(&mut to("services", "account_id", "accounts"))
                .foreign_key(&mut to("services", "completion_id", "completions"))
                .foreign_key(&mut to("services", "recorded_by", "accounts"))
                .foreign_key(&mut to("services", "voided_by", "accounts"))
                .check(Expr::col("minutes").gt(0))
                .take(),
        )
        .await?;
    for columns in [
        ["programme_id", "day"],
        ["point_id", "day"],
        ["account_id", "day"],
    ] {
        manager.create_index(index("services", &columns)).await?;
    }
    manager
        .create_table(
            Table::create()
                .table("attendances")
                .col(uuid("service_id"))
                .col(uuid("citizen_id"))
                .col(boolean("new_citizen"))
                .primary_key(&mut key("attendances", &["service_id", "citizen_id"]))
                .foreign_key(&mut to("attendances", "service_id", "services"))
                .foreign_key(&mut to("attendances", "citizen_id", "citizens"))
                .take(),
        )
        .await?;
    manager
        .create_index(index("attendances", &["citizen_id"]))
        .await
}

async fn reached(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("citizens_reached")
                .col(uuid("programme_id"))
                .col(uuid("citizen_id"))
                .col(uuid("service_id"))
                .col(uuid("point_id"))
                .col(date("day"))
                .col(text("kind"))
                .primary_key(&mut key(
                    "citizens_reached",
                    &["programme_id", "citizen_id"],
                ))
                .foreign_key(&mut to("citizens_reached", "programme_id", "programmes"))
                .foreign_key(&mut to("citizens_reached", "citizen_id", "citizens"))
                .foreign_key(&mut to("citizens_reached", "service_id", "services"))
                .foreign_key(&mut to("citizens_reached", "point_id", "points"))
                .take(),
        )
        .await?;
    for columns in [["programme_id", "day"], ["service_id", "citizen_id"]] {
        manager
            .create_index(index("citizens_reached", &columns))
            .await?;
    }
    manager
        .create_table(
            Table::create()
                .table("tallies")
                .col(uuid("programme_id"))
                .col(uuid("point_id"))
                .col(text("month"))
                .col(text("kind"))
                .col(big_integer("services"))
                .col(big_integer("citizens"))
                .primary_key(&mut key(
                    "tallies",
                    &["programme_id", "point_id", "month", "kind"],
                ))
                .foreign_key(&mut to("tallies", "programme_id", "programmes"))
                .foreign_key(&mut to("tallies", "point_id", "points"))
                .take(),
        )
        .await
}
