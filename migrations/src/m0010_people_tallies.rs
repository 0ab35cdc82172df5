//! Citizens reached by age and gender, as they were on the day.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, text, text_null, uuid};

use crate::parts::{add, drop, index, key, remove, to};

/// Indexes that have all a sum needs.
const SUMMED: [(&str, &[&str]); 3] = [
    (
        "tallies",
        &["programme_id", "point_id", "services", "citizens"],
    ),
    (
        "tallies",
        &["programme_id", "month", "kind", "services", "citizens"],
    ),
    (
        "citizens_reached",
        &["programme_id", "kind", "service_id", "point_id", "day"],
    ),
];

#[derive(DeriveMigrationName)]
pub(crate) struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for name in ["age_band", "gender"] {
            add(manager, "citizens_reached", text_null(name)).await?;
        }
        manager
            .create_table(
                Table::create()
                    .table("people_tallies")
                    .col(uuid("programme_id"))
                    .col(uuid("point_id"))
                    .col(text("age_band"))
                    .col(text("gender"))
                    .col(big_integer("citizens"))
                    .primary_key(&mut key(
                        "people_tallies",
                        &["programme_id", "point_id", "age_band", "gender"],
                    ))
                    .foreign_key(&mut to("people_tallies", "programme_id", "programmes"))
                    .foreign_key(&mut to("people_tallies", "point_id", "points"))
                    .take(),
            )
            .await?;
        // The totals are added up by point, and by month and kind, from the index alone.
        for (table, columns) in SUMMED {
            manager.create_index(index(table, columns)).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (table, columns) in SUMMED {
            let name = format!("{table}_{}", columns.join("_"));
            manager
                .drop_index(Index::drop().name(name).table(table).to_owned())
                .await?;
        }
        drop(manager, &["people_tallies"]).await?;
        remove(manager, "citizens_reached", &["gender", "age_band"]).await
    }
}
