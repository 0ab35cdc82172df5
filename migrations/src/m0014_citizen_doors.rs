//! A citizen with more than one point, who printed a card and which sessions it opened, and wrong
//! PINs by card and by address.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, binary, boolean, date, date_null, integer, text, text_null,
    timestamp_with_time_zone, timestamp_with_time_zone_null, uuid, uuid_null,
};

use sea_orm_migration::sea_orm::DbBackend;

use crate::parts::{add, drop, index, key, remove, to};

#[derive(DeriveMigrationName)]
pub(crate) struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        citizen_points(manager).await?;
        limits(manager).await?;
        tries(manager).await?;
        cards(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let failures = integer("failures").default(0).take();
        add(manager, "cards", failures).await?;
        let locked = timestamp_with_time_zone_null("locked_until");
        add(manager, "cards", locked).await?;
        manager
            .get_connection()
            .execute_unprepared(
                "UPDATE cards SET failures = COALESCE((SELECT MAX(t.failures) FROM card_tries t \
                 WHERE t.code_digest = cards.code_digest), 0)",
            )
            .await?;
        let index = Index::drop()
            .name("sessions_card_id")
            .table("sessions")
            .to_owned();
        manager.drop_index(index).await?;
        remove(manager, "sessions", &["card_id"]).await?;
        remove(manager, "cards", &["point_id"]).await?;
        let tables = [
            "address_tries",
            "card_tries",
            "codes_written",
            "limits",
            "citizen_points",
        ];
        drop(manager, &tables).await
    }
}

/// The points that follow a person besides the one that registered them.
async fn citizen_points(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = Table::create()
        .table("citizen_points")
        .col(uuid("citizen_id"))
        .col(uuid("point_id"))
        .col(timestamp_with_time_zone("since"))
        // The day of `since`: instants are not compared in SQL.
        .col(date("brought_on"))
        .col(uuid("brought_by"))
        // As the new point wrote them: until it may see the record, it sees its own words.
        .col(text("first_name"))
        .col(text("last_name"))
        .col(text_null("document"))
        .col(timestamp_with_time_zone_null("opened_at"))
        .col(uuid_null("opened_by"))
        .col(text_null("opened_how"))
        .col(timestamp_with_time_zone_null("ended_at"))
        .col(uuid_null("ended_by"))
        // A point that was stopped once and came again: whoever is asked reads it.
        .col(timestamp_with_time_zone_null("stopped_at"))
        .col(timestamp_with_time_zone_null("home_seen_at"))
        .col(timestamp_with_time_zone_null("office_seen_at"))
        .primary_key(&mut key("citizen_points", &["citizen_id", "point_id"]))
        .take();
    for (column, parent) in [
        ("citizen_id", "citizens"),
        ("point_id", "points"),
        ("brought_by", "accounts"),
        ("opened_by", "accounts"),
        ("ended_by", "accounts"),
    ] {
        table.foreign_key(&mut to("citizen_points", column, parent));
    }
    manager.create_table(table).await?;
    manager
        .create_index(index("citizen_points", &["point_id"]))
        .await
}

/// Bounds that an installation may change.
async fn limits(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("limits")
                .col(text("name").primary_key().take())
                .col(big_integer("value"))
                .take(),
        )
        .await?;
    manager
        .get_connection()
        .execute_unprepared(
            "INSERT INTO limits (name, value) VALUES ('brought-a-day', 20), \
             ('reports-waiting', 2000)",
        )
        .await?;
    // How many codes somebody wrote that were new to their points, on the last day they did. Counted
    // here and not from `citizen_points`: a code that nobody has leaves no row there, and this row
    // is what two requests at once wait for.
    manager
        .create_table(
            Table::create()
                .table("codes_written")
                .col(uuid("account_id").primary_key().take())
                .col(date("written_on"))
                .col(integer("number"))
                .foreign_key(&mut to("codes_written", "account_id", "accounts"))
                .take(),
        )
        .await
}

async fn tries(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("card_tries")
                // Of the code that was typed, whether a card has it or not.
                .col(binary("code_digest"))
                // Of the address; empty for all those that the card was never opened from.
                .col(binary("place"))
                .col(integer("failures"))
                .col(timestamp_with_time_zone_null("locked_until"))
                .col(date("tried_on"))
                .col(date_null("right_on"))
                .primary_key(&mut key("card_tries", &["code_digest", "place"]))
                .take(),
        )
        .await?;
    manager
        .create_index(index("card_tries", &["tried_on"]))
        .await?;
    manager
        .create_table(
            Table::create()
                .table("address_tries")
                .col(binary("place"))
                .col(boolean("usual"))
                .col(timestamp_with_time_zone("busy_until"))
                .col(date("tried_on"))
                .primary_key(&mut key("address_tries", &["place", "usual"]))
                .take(),
        )
        .await?;
    manager
        .create_index(index("address_tries", &["tried_on"]))
        .await
}

async fn cards(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    add(manager, "cards", uuid_null("point_id")).await?;
    add(manager, "sessions", uuid_null("card_id")).await?;
    manager
        .create_index(index("sessions", &["card_id"]))
        .await?;
    let db = manager.get_connection();
    // Only the point of the record could print a card until now.
    db.execute_unprepared(
        "UPDATE cards SET point_id = (SELECT c.point_id FROM citizens c \
         WHERE c.id = cards.citizen_id)",
    )
    .await?;
    // A citizen's session was opened by their card: by the one that works, or by one that is
    // stopped already, whose sessions end with it.
    db.execute_unprepared(
        "UPDATE sessions SET card_id = (SELECT k.id FROM learners l \
         JOIN cards k ON k.citizen_id = l.citizen_id AND k.revoked_at IS NULL \
         WHERE l.id = sessions.learner_id) WHERE account_id IS NULL",
    )
    .await?;
    let nowhere = match manager.get_database_backend() {
        DbBackend::Postgres => "''::bytea",
        _ => "x''",
    };
    db.execute_unprepared(&format!(
        "INSERT INTO card_tries (code_digest, place, failures, locked_until, tried_on) \
         SELECT code_digest, {nowhere}, failures, locked_until, CURRENT_DATE \
         FROM cards WHERE failures > 0"
    ))
    .await?;
    remove(manager, "cards", &["failures", "locked_until"]).await
}
