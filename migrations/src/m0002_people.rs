//! Staff accounts, citizens and their cards, learners and their sessions, and the audit.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    binary, binary_null, date_null, integer, text, text_null, text_uniq, timestamp_with_time_zone,
    timestamp_with_time_zone_null, uuid, uuid_null,
};

use crate::parts::{drop, id, index, sort_key, to, unique};

#[derive(DeriveMigrationName)]
pub(crate) struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        accounts(manager).await?;
        citizens(manager).await?;
        sessions(manager).await?;
        audit(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let tables = [
            "audit",
            "sessions",
            "learners",
            "cards",
            "citizens",
            "account_links",
            "account_roles",
            "accounts",
        ];
        drop(manager, &tables).await
    }
}

async fn accounts(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("accounts")
                .col(id())
                .col(text_uniq("email"))
                .col(text("name"))
                .col(text_null("password_hash"))
                .col(timestamp_with_time_zone_null("disabled_at"))
                .col(timestamp_with_time_zone("created_at"))
                .take(),
        )
        .await?;
    manager
        .create_table(
            Table::create()
                .table("account_roles")
                .col(id())
                .col(uuid("account_id"))
                .col(text("role"))
                .col(uuid_null("point_id"))
                .foreign_key(&mut to("account_roles", "account_id", "accounts"))
                .foreign_key(&mut to("account_roles", "point_id", "points"))
                .take(),
        )
        .await?;
    manager
        .create_index(unique("account_roles", &["account_id", "role", "point_id"]))
        .await?;
    // Two empty points are not equal to a unique index.
    manager
        .get_connection()
        .execute_unprepared(
            "CREATE UNIQUE INDEX account_roles_everywhere ON account_roles (account_id, role) \
             WHERE point_id IS NULL",
        )
        .await?;
    manager
        .create_table(
            Table::create()
                .table("account_links")
                .col(binary("token_digest").primary_key().take())
                .col(uuid("account_id"))
                .col(timestamp_with_time_zone("expires_at"))
                .col(timestamp_with_time_zone_null("used_at"))
                .foreign_key(&mut to("account_links", "account_id", "accounts"))
                .take(),
        )
        .await?;
    manager
        .create_index(index("account_links", &["account_id"]))
        .await
}

async fn citizens(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("citizens")
                .col(id())
                .col(binary_null("cf_digest").unique_key().take())
                .col(binary_null("cf_sealed"))
                .col(timestamp_with_time_zone_null("cf_verified_at"))
                .col(text("first_name"))
                .col(text("last_name"))
                .col(sort_key(manager, "last_first"))
                .col(sort_key(manager, "first_last"))
                .col(date_null("birth_date"))
                .col(text_null("gender"))
                .col(text_null("education"))
                .col(text_null("occupation"))
                .col(text_null("citizenship"))
                .col(text_null("province"))
                .col(text_null("email"))
                .col(text_null("phone"))
                .col(uuid("point_id"))
                .col(uuid("registered_by"))
                .col(timestamp_with_time_zone("created_at"))
                .col(timestamp_with_time_zone("updated_at"))
                .foreign_key(&mut to("citizens", "point_id", "points"))
                .foreign_key(&mut to("citizens", "registered_by", "accounts"))
                .take(),
        )
        .await?;
    for columns in [&["point_id"], &["last_first"], &["first_last"]] {
        manager.create_index(index("citizens", columns)).await?;
    }
    manager
        .create_table(
            Table::create()
                .table("cards")
                .col(id())
                .col(uuid("citizen_id"))
                .col(binary("code_digest").unique_key().take())
                .col(binary("code_sealed"))
                .col(text("pin_hash"))
                .col(uuid("issued_by"))
                .col(timestamp_with_time_zone("issued_at"))
                .col(timestamp_with_time_zone_null("revoked_at"))
                .col(integer("failures"))
                .col(timestamp_with_time_zone_null("locked_until"))
                .foreign_key(&mut to("cards", "citizen_id", "citizens"))
                .foreign_key(&mut to("cards", "issued_by", "accounts"))
                .take(),
        )
        .await?;
    // A citizen has one card that works.
    manager
        .get_connection()
        .execute_unprepared(
            "CREATE UNIQUE INDEX cards_in_use ON cards (citizen_id) WHERE revoked_at IS NULL",
        )
        .await?;
    Ok(())
}

async fn sessions(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("learners")
                .col(id())
                .col(uuid_null("citizen_id").unique_key().take())
                .col(uuid_null("account_id").unique_key().take())
                .col(uuid_null("moved_to"))
                .col(timestamp_with_time_zone("created_at"))
                .foreign_key(&mut to("learners", "citizen_id", "citizens"))
                .foreign_key(&mut to("learners", "account_id", "accounts"))
                .foreign_key(&mut to("learners", "moved_to", "learners"))
                .take(),
        )
        .await?;
    manager
        .create_table(
            Table::create()
                .table("sessions")
                .col(id())
                .col(uuid("learner_id"))
                .col(uuid_null("account_id"))
                .col(timestamp_with_time_zone("created_at"))
                .col(timestamp_with_time_zone("expires_at"))
                .col(timestamp_with_time_zone_null("closed_at"))
                .foreign_key(&mut to("sessions", "learner_id", "learners"))
                .foreign_key(&mut to("sessions", "account_id", "accounts"))
                .take(),
        )
        .await?;
    manager
        .create_index(index("sessions", &["learner_id"]))
        .await?;
    manager
        .create_index(index("sessions", &["account_id"]))
        .await
}

async fn audit(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("audit")
                .col(id())
                .col(timestamp_with_time_zone("at"))
                .col(uuid_null("account_id"))
                .col(text("action"))
                .col(text("subject_kind"))
                .col(text("subject_id"))
                .col(text("detail"))
                .foreign_key(&mut to("audit", "account_id", "accounts"))
                .take(),
        )
        .await?;
    manager
        .create_index(index("audit", &["subject_kind", "subject_id"]))
        .await
}
