//! What was sent to Facilita and what came back: files, their rows, and the state of each
//! attendance.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    binary, binary_null, date, integer, integer_null, text, text_null, timestamp_with_time_zone,
    timestamp_with_time_zone_null, uuid, uuid_null,
};

use crate::parts::{add, drop, id, index, key, remove, to};

const VOIDED: &str = "services_voided";

#[derive(DeriveMigrationName)]
pub(crate) struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let state = text("facilita").default("ready").take();
        add(manager, "attendances", state).await?;
        manager
            .create_index(index("attendances", &["facilita", "service_id"]))
            .await?;
        // Few are voided, and those that Facilita has are to be found among all the others.
        let voided = index("services", &["programme_id", "day"])
            .name(VOIDED)
            .and_where(Expr::col("voided_at").is_not_null())
            .take();
        manager.create_index(voided).await?;
        manager
            .create_table(
                Table::create()
                    .table("facilita_batches")
                    .col(id())
                    .col(uuid("programme_id"))
                    .col(date("from_day"))
                    .col(date("to_day"))
                    .col(integer("rows"))
                    .col(text("sha256"))
                    .col(uuid_null("made_by"))
                    .col(timestamp_with_time_zone("made_at"))
                    // How many of the rows Facilita refused; the others are there.
                    .col(integer_null("rejected"))
                    .col(timestamp_with_time_zone_null("reported_at"))
                    .col(uuid_null("reported_by"))
                    .col(text_null("report_sha256"))
                    // Last: SQLite reads through them to what stands behind.
                    .col(binary("file_sealed"))
                    .col(binary_null("report_sealed"))
                    .foreign_key(&mut to("facilita_batches", "programme_id", "programmes"))
                    .foreign_key(&mut to("facilita_batches", "made_by", "accounts"))
                    .foreign_key(&mut to("facilita_batches", "reported_by", "accounts"))
                    .take(),
            )
            .await?;
        manager
            .create_index(index("facilita_batches", &["programme_id"]))
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("facilita_rows")
                    .col(uuid("batch_id"))
                    .col(integer("number"))
                    .col(uuid("service_id"))
                    .col(uuid("citizen_id"))
                    // Of the row as it was written: a rejected one goes again once it differs.
                    .col(text("hash"))
                    .col(text("state"))
                    .col(text_null("note"))
                    // Why somebody settled a refused row by hand.
                    .col(text_null("reason"))
                    .primary_key(&mut key("facilita_rows", &["batch_id", "number"]))
                    .foreign_key(&mut to("facilita_rows", "batch_id", "facilita_batches"))
                    .foreign_key(&mut to("facilita_rows", "service_id", "services"))
                    .foreign_key(&mut to("facilita_rows", "citizen_id", "citizens"))
                    .take(),
            )
            .await?;
        manager
            .create_index(index("facilita_rows", &["service_id", "citizen_id"]))
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, &["facilita_rows", "facilita_batches"]).await?;
        for (name, table) in [
            (VOIDED, "services"),
            ("attendances_facilita_service_id", "attendances"),
        ] {
            manager
                .drop_index(Index::drop().name(name).table(table).to_owned())
                .await?;
        }
        remove(manager, "attendances", &["facilita"]).await
    }
}
