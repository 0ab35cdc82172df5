//! The doors of the staff: rules of an installation, second factors, places somebody entered from,
//! requests for a new password; and what a session is ended by.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, binary, binary_null, boolean, integer, integer_null, text_null,
    timestamp_with_time_zone, timestamp_with_time_zone_null, uuid, uuid_null,
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
        rules(manager).await?;
        sessions(manager).await?;
        second_factors(manager).await?;
        places(manager).await?;
        requests(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let tables = [
            "password_requests",
            "account_places",
            "recovery_codes",
            "second_factors",
            "door_rules",
        ];
        drop(manager, &tables).await?;
        remove(manager, "accounts", &["entered_at"]).await?;
        remove(
            manager,
            "sessions",
            &[
                "last_seen_at",
                "idle_minutes",
                "device",
                "limited",
                "proven_at",
                "pending_factor",
            ],
        )
        .await
    }
}

/// One row: what this installation decides. Minutes that may pass without a request.
async fn rules(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("door_rules")
                .col(integer("id").primary_key().take())
                .col(boolean("second_factor"))
                .col(integer("staff_idle"))
                .col(integer("shared_idle"))
                .take(),
        )
        .await?;
    let values = "INSERT INTO door_rules (id, second_factor, staff_idle, shared_idle) \
                  VALUES (1, TRUE, 30, 20)";
    manager
        .get_connection()
        .execute_unprepared(values)
        .await
        .map(drop_result)
}

/// Sessions that are open keep their end, and have no idle limit.
async fn sessions(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    add(
        manager,
        "sessions",
        timestamp_with_time_zone_null("last_seen_at"),
    )
    .await?;
    add(manager, "sessions", integer_null("idle_minutes")).await?;
    add(manager, "sessions", text_null("device")).await?;
    // When a secret was last given in this session; one that is open gave it too long ago.
    let proven = timestamp_with_time_zone_null("proven_at");
    add(manager, "sessions", proven).await?;
    // The secret of a second factor that this session has begun to set up, under seal.
    add(manager, "sessions", binary_null("pending_factor")).await?;
    add(
        manager,
        "accounts",
        timestamp_with_time_zone_null("entered_at"),
    )
    .await?;
    // Ids are in the order in which they were made; instants, as SQLite keeps them, are not.
    let entered = "UPDATE accounts SET entered_at = (SELECT created_at FROM sessions \
                   WHERE account_id = accounts.id ORDER BY id DESC LIMIT 1)";
    manager.get_connection().execute_unprepared(entered).await?;
    let limited = boolean("limited").default(false).take();
    add(manager, "sessions", limited).await?;
    manager
        .get_connection()
        .execute_unprepared("UPDATE sessions SET last_seen_at = created_at")
        .await
        .map(drop_result)
}

async fn second_factors(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("second_factors")
                .col(uuid("account_id").primary_key().take())
                .col(binary("sealed"))
                .col(timestamp_with_time_zone("confirmed_at"))
                .col(big_integer("last_step"))
                .foreign_key(&mut to("second_factors", "account_id", "accounts"))
                .take(),
        )
        .await?;
    manager
        .create_table(
            Table::create()
                .table("recovery_codes")
                .col(uuid("account_id"))
                .col(binary("digest"))
                .col(timestamp_with_time_zone_null("used_at"))
                .primary_key(&mut key("recovery_codes", &["account_id", "digest"]))
                .foreign_key(&mut to("recovery_codes", "account_id", "accounts"))
                .take(),
        )
        .await
}

/// Where an account was entered from, as a keyed digest that tells no address.
async fn places(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("account_places")
                .col(uuid("account_id"))
                .col(binary("place"))
                .col(timestamp_with_time_zone("seen_at"))
                .primary_key(&mut key("account_places", &["account_id", "place"]))
                .foreign_key(&mut to("account_places", "account_id", "accounts"))
                .take(),
        )
        .await
}

async fn requests(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("password_requests")
                .col(id())
                .col(uuid("account_id"))
                .col(timestamp_with_time_zone("asked_at"))
                .col(timestamp_with_time_zone_null("settled_at"))
                .col(uuid_null("settled_by"))
                .foreign_key(&mut to("password_requests", "account_id", "accounts"))
                .foreign_key(&mut to("password_requests", "settled_by", "accounts"))
                .take(),
        )
        .await?;
    manager
        .create_index(index("password_requests", &["account_id"]))
        .await?;
    // Asking again while one waits changes nothing.
    manager
        .get_connection()
        .execute_unprepared(
            "CREATE UNIQUE INDEX password_requests_open ON password_requests (account_id) \
             WHERE settled_at IS NULL",
        )
        .await
        .map(drop_result)
}

fn drop_result<T>(_: T) {}
