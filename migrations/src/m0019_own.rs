//! What is somebody's own: corrections that they ask for, certificates, and records of which only
//! what a programme must keep is left.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    binary, boolean, integer, text, text_null, timestamp_with_time_zone,
    timestamp_with_time_zone_null, uuid, uuid_null,
};

use crate::parts::{add, drop, id, index, key, remove, to};

#[derive(DeriveMigrationName)]
pub(crate) struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        add(
            manager,
            "citizens",
            timestamp_with_time_zone_null("erased_at"),
        )
        .await?;
        add(manager, "consents", boolean("own").default(false).take()).await?;
        kept(manager).await?;
        asked(manager).await?;
        retention(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let tables = [
            "programme_retention",
            "certificates",
            "corrections",
            "kept_digests",
            "kept_attendances",
        ];
        drop(manager, &tables).await?;
        remove(manager, "consents", &["own"]).await?;
        remove(manager, "citizens", &["erased_at"]).await
    }
}

/// What the totals need of people whose record is gone.
async fn kept(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("kept_attendances")
                .col(uuid("service_id"))
                .col(uuid("citizen_id"))
                // Of the day of the service; empty where the birth was not known.
                .col(text_null("age_band"))
                // Whether the service could make them reached.
                .col(boolean("counts"))
                .primary_key(&mut key("kept_attendances", &["service_id", "citizen_id"]))
                .foreign_key(&mut to("kept_attendances", "service_id", "services"))
                .foreign_key(&mut to("kept_attendances", "citizen_id", "citizens"))
                .take(),
        )
        .await?;
    manager
        .create_index(index("kept_attendances", &["citizen_id"]))
        .await?;
    manager
        .create_table(
            Table::create()
                .table("kept_digests")
                .col(uuid("programme_id"))
                .col(uuid("citizen_id"))
                // Of the codice fiscale, under the digest key: whoever comes again counts once.
                .col(binary("cf_digest"))
                // The hashes by which auditors ask, sealed: what Facilita has stays provable.
                .col(binary("hashes_sealed"))
                .primary_key(&mut key("kept_digests", &["programme_id", "citizen_id"]))
                .foreign_key(&mut to("kept_digests", "programme_id", "programmes"))
                .foreign_key(&mut to("kept_digests", "citizen_id", "citizens"))
                .take(),
        )
        .await?;
    manager
        .create_index(index("kept_digests", &["cf_digest"]))
        .await
}

async fn asked(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("corrections")
                .col(id())
                .col(uuid("citizen_id"))
                .col(uuid("point_id"))
                .col(text("about"))
                .col(text("text"))
                .col(timestamp_with_time_zone("asked_at"))
                .col(text_null("answer"))
                .col(uuid_null("answered_by"))
                .col(timestamp_with_time_zone_null("answered_at"))
                .foreign_key(&mut to("corrections", "citizen_id", "citizens"))
                .foreign_key(&mut to("corrections", "point_id", "points"))
                .foreign_key(&mut to("corrections", "answered_by", "accounts"))
                .take(),
        )
        .await?;
    for columns in [["citizen_id"], ["point_id"]] {
        manager.create_index(index("corrections", &columns)).await?;
    }
    manager
        .create_table(
            Table::create()
                .table("certificates")
                .col(text("serial").primary_key().take())
                // None once the completion is nobody's any more: the serial stays withdrawn.
                .col(uuid_null("completion_id").unique_key().take())
                .col(timestamp_with_time_zone("issued_at"))
                .col(timestamp_with_time_zone_null("withdrawn_at"))
                .foreign_key(
                    to("certificates", "completion_id", "completions")
                        .on_delete(ForeignKeyAction::SetNull),
                )
                .take(),
        )
        .await
}

/// For how long a programme keeps records, where not as long as the installation does.
async fn retention(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("programme_retention")
                .col(uuid("programme_id").primary_key().take())
                .col(integer("years"))
                .foreign_key(&mut to("programme_retention", "programme_id", "programmes"))
                .take(),
        )
        .await
}
