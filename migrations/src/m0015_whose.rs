//! Whose learning it is: what was taken over from a guest, the question that waits for an answer,
//! and the devices of a point, where nothing is ever taken over.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    binary, text, timestamp_with_time_zone, timestamp_with_time_zone_null, uuid, uuid_null,
};

use crate::parts::{add, drop, id, index, remove, to, unique};

#[derive(DeriveMigrationName)]
pub(crate) struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // The guest whom a session asks about until somebody answers.
        add(manager, "sessions", uuid_null("guest_id")).await?;
        takeovers(manager).await?;
        devices(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, &["point_devices", "takeovers"]).await?;
        remove(manager, "sessions", &["guest_id"]).await
    }
}

/// What was taken over before this step is not known: there was no question, and no row.
async fn takeovers(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("takeovers")
                .col(id())
                // No foreign key: the row outlives the guest.
                .col(uuid("guest_id"))
                .col(uuid("learner_id"))
                .col(text("answer"))
                .col(text("moved"))
                .col(timestamp_with_time_zone("taken_at"))
                .col(timestamp_with_time_zone_null("undone_at"))
                .col(uuid_null("undone_by"))
                .foreign_key(&mut to("takeovers", "learner_id", "learners"))
                .foreign_key(&mut to("takeovers", "undone_by", "accounts"))
                .take(),
        )
        .await?;
    manager
        .create_index(index("takeovers", &["learner_id"]))
        .await?;
    manager
        .create_index(index("takeovers", &["guest_id"]))
        .await
}

async fn devices(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("point_devices")
                .col(id())
                .col(uuid("point_id"))
                .col(binary("token_digest"))
                .col(text("device"))
                .col(uuid("marked_by"))
                .col(timestamp_with_time_zone("marked_at"))
                .col(timestamp_with_time_zone_null("ended_at"))
                .col(uuid_null("ended_by"))
                .foreign_key(&mut to("point_devices", "point_id", "points"))
                .foreign_key(&mut to("point_devices", "marked_by", "accounts"))
                .foreign_key(&mut to("point_devices", "ended_by", "accounts"))
                .take(),
        )
        .await?;
    manager
        .create_index(unique("point_devices", &["token_digest"]))
        .await?;
    manager
        .create_index(index("point_devices", &["point_id"]))
        .await
}
