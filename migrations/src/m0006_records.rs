//! Notices and consents, records merged with another, and the desk's lists of people by point.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    date, text, timestamp_with_time_zone, timestamp_with_time_zone_null, uuid, uuid_null,
};

use crate::parts::{add, drop, id, index, remove, to};

#[derive(DeriveMigrationName)]
pub(crate) struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        add(manager, "citizens", uuid_null("merged_into")).await?;
        for columns in [["point_id", "last_first"], ["point_id", "first_last"]] {
            manager.create_index(index("citizens", &columns)).await?;
        }
        manager
            .create_table(
                Table::create()
                    .table("consents")
                    .col(id())
                    .col(uuid("citizen_id"))
                    .col(text("kind"))
                    .col(text("version"))
                    .col(date("day"))
                    .col(uuid("recorded_by"))
                    .col(timestamp_with_time_zone("recorded_at"))
                    .col(timestamp_with_time_zone_null("withdrawn_at"))
                    .foreign_key(&mut to("consents", "citizen_id", "citizens"))
                    .foreign_key(&mut to("consents", "recorded_by", "accounts"))
                    .take(),
            )
            .await?;
        manager
            .create_index(index("consents", &["citizen_id"]))
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("merges")
                    .col(id())
                    .col(uuid("kept_id"))
                    .col(uuid("merged_id"))
                    .col(text("moved"))
                    .col(uuid("merged_by"))
                    .col(timestamp_with_time_zone("merged_at"))
                    .col(uuid_null("undone_by"))
                    .col(timestamp_with_time_zone_null("undone_at"))
                    .foreign_key(&mut to("merges", "kept_id", "citizens"))
                    .foreign_key(&mut to("merges", "merged_id", "citizens"))
                    .foreign_key(&mut to("merges", "merged_by", "accounts"))
                    .foreign_key(&mut to("merges", "undone_by", "accounts"))
                    .take(),
            )
            .await?;
        for column in ["kept_id", "merged_id"] {
            manager.create_index(index("merges", &[column])).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, &["merges", "consents"]).await?;
        for name in [
            "citizens_point_id_last_first",
            "citizens_point_id_first_last",
        ] {
            manager
                .drop_index(Index::drop().name(name).table("citizens").to_owned())
                .await?;
        }
        remove(manager, "citizens", &["merged_into"]).await
    }
}
