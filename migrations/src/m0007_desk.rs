//! What the desk gives people to learn: groups, assignments, questions to the facilitator, and
//! completions that a facilitator records for somebody.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    date_null, text, text_null, timestamp_with_time_zone, timestamp_with_time_zone_null, uuid,
    uuid_null,
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
        groups(manager).await?;
        assignments(manager).await?;
        help_requests(manager).await?;
        add(manager, "completions", uuid_null("recorded_by")).await?;
        add(manager, "completions", text_null("reason")).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        remove(manager, "completions", &["reason", "recorded_by"]).await?;
        let tables = ["help_requests", "assignments", "group_members", "groups"];
        drop(manager, &tables).await
    }
}

async fn groups(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("groups")
                .col(id())
                .col(uuid("point_id"))
                .col(text("name"))
                .col(uuid("created_by"))
                .col(timestamp_with_time_zone("created_at"))
                .col(timestamp_with_time_zone_null("closed_at"))
                .foreign_key(&mut to("groups", "point_id", "points"))
                .foreign_key(&mut to("groups", "created_by", "accounts"))
                .take(),
        )
        .await?;
    manager.create_index(index("groups", &["point_id"])).await?;
    manager
        .create_table(
            Table::create()
                .table("group_members")
                .col(uuid("group_id"))
                .col(uuid("citizen_id"))
                .col(timestamp_with_time_zone("added_at"))
                .primary_key(&mut key("group_members", &["group_id", "citizen_id"]))
                .foreign_key(&mut to("group_members", "group_id", "groups"))
                .foreign_key(&mut to("group_members", "citizen_id", "citizens"))
                .take(),
        )
        .await?;
    manager
        .create_index(index("group_members", &["citizen_id"]))
        .await
}

async fn assignments(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("assignments")
                .col(id())
                .col(uuid_null("citizen_id"))
                .col(uuid_null("group_id"))
                .col(text("module"))
                .col(text_null("lesson"))
                .col(text_null("path"))
                .col(date_null("due_on"))
                .col(text("note"))
                .col(uuid("assigned_by"))
                .col(timestamp_with_time_zone("assigned_at"))
                .col(timestamp_with_time_zone_null("withdrawn_at"))
                .foreign_key(&mut to("assignments", "citizen_id", "citizens"))
                .foreign_key(&mut to("assignments", "group_id", "groups"))
                .foreign_key(&mut to("assignments", "assigned_by", "accounts"))
                // To one person or to one group.
                .check(Expr::cust("(citizen_id IS NULL) <> (group_id IS NULL)"))
                .take(),
        )
        .await?;
    // The same module is assigned once: assigning it again changes the day and the note.
    for whom in ["citizen_id", "group_id"] {
        manager
            .get_connection()
            .execute_unprepared(&format!(
                "CREATE UNIQUE INDEX assignments_{whom}_module ON assignments ({whom}, module) \
                 WHERE withdrawn_at IS NULL"
            ))
            .await?;
    }
    Ok(())
}

async fn help_requests(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("help_requests")
                .col(id())
                .col(uuid("citizen_id"))
                .col(uuid("point_id"))
                .col(text("module"))
                .col(text_null("lesson"))
                .col(text_null("question"))
                .col(text("text"))
                .col(timestamp_with_time_zone("asked_at"))
                .col(text_null("answer"))
                .col(uuid_null("answered_by"))
                .col(timestamp_with_time_zone_null("answered_at"))
                .foreign_key(&mut to("help_requests", "citizen_id", "citizens"))
                .foreign_key(&mut to("help_requests", "point_id", "points"))
                .foreign_key(&mut to("help_requests", "answered_by", "accounts"))
                .take(),
        )
        .await?;
    for column in ["citizen_id", "point_id"] {
        manager
            .create_index(index("help_requests", &[column]))
            .await?;
    }
    Ok(())
}
