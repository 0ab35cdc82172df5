//! What keeps an installation: whose keys it was filled with, when it was last copied and cleared,
//! and for how long what nobody needs is kept. And step 10 added ages and genders of the citizens
//! reached without those who were reached before: they are filled in here, and counted anew.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    binary_null, integer, small_integer, text, timestamp_with_time_zone_null, uuid,
};
use sea_orm_migration::sea_orm::DbBackend;

use crate::parts::{drop, index};

#[derive(DeriveMigrationName)]
pub(crate) struct Step;

/// For how many days each kind of thing is kept that counted for nothing. An installation changes
/// its rows; a kind without one is kept for ever.
const RETENTION: [(&str, i32); 9] = [
    // A guest who read and answered nothing, from the day they came.
    ("guest-idle", 14),
    // A guest's progress, from the last thing they did.
    ("guest", 180),
    // A guest who completed something; their session has ended by then.
    ("guest-completed", 400),
    // A session, from its end.
    ("session", 30),
    // A quiz that was begun and left, from the last answer.
    ("attempt", 365),
    // A link to set a password, from its use or its end.
    ("account-link", 30),
    // A report about a page, from its answer; the answer itself is due within thirty days.
    ("report", 30),
    // Wrong PINs at a code that opens nothing, from the last one; an address that a card was opened
    // from, from the day it is no longer usual.
    ("card-try", 30),
    // Wrong PINs from an address, from when they no longer keep it busy.
    ("address-try", 1),
];

#[async_trait::async_trait]
impl MigrationTrait for Step {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        fill_people(manager).await?;
        manager
            .create_table(
                Table::create()
                    .table("installation")
                    // There is one row.
                    .col(small_integer("one").primary_key().take())
                    .col(uuid("id"))
                    .col(binary_null("digest_mark"))
                    .col(binary_null("seal_mark"))
                    .col(binary_null("signing_mark"))
                    .col(timestamp_with_time_zone_null("marked_at"))
                    .col(timestamp_with_time_zone_null("backed_up_at"))
                    .col(timestamp_with_time_zone_null("tidied_at"))
                    .check(Expr::col("one").eq(1))
                    .take(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("retention")
                    .col(text("kind").primary_key().take())
                    .col(integer("days"))
                    .check(Expr::col("days").gte(0))
                    .take(),
            )
            .await?;
        let mut rows = Query::insert()
            .into_table("retention")
            .columns(["kind", "days"])
            .take();
        for (kind, days) in RETENTION {
            rows.values_panic([kind.into(), days.into()]);
        }
        manager.execute(rows).await?;
        // Whoever clears a learner or an attempt is asked what still refers to it: without an index
        // each one takes a look at all of them.
        let moved = index("learners", &["moved_to"])
            .and_where(Expr::col("moved_to").is_not_null())
            .take();
        manager.create_index(moved).await?;
        manager
            .create_index(index("completions", &["attempt_id"]))
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (name, table) in [
            ("completions_attempt_id", "completions"),
            ("learners_moved_to", "learners"),
        ] {
            manager
                .drop_index(Index::drop().name(name).table(table).to_owned())
                .await?;
        }
        // Ages and genders that were filled in are right for the step before, too.
        drop(manager, &["retention", "installation"]).await
    }
}

/// Writes age and gender of everybody reached from their record, as they were on the day, and adds
/// them up by point. Below Facilita's youngest band, or without a birth, people are counted in it.
async fn fill_people(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    /// What a part of a day is in the database's language.
    type Part = fn(&str) -> String;
    let (year, birthday): (Part, Part) = match manager.get_database_backend() {
        DbBackend::Postgres => (
            |day| format!("CAST(EXTRACT(YEAR FROM {day}) AS INTEGER)"),
            |day| format!("TO_CHAR({day}, 'MM-DD')"),
        ),
        _ => (
            |day| format!("CAST(STRFTIME('%Y', {day}) AS INTEGER)"),
            |day| format!("STRFTIME('%m-%d', {day})"),
        ),
    };
    let (on, birth) = ("citizens_reached.day", "citizens.birth_date");
    let years = format!(
        "{} - {} - CASE WHEN {} < {} THEN 1 ELSE 0 END",
        year(on),
        year(birth),
        birthday(on),
        birthday(birth)
    );
    let connection = manager.get_connection();
    connection
        .execute_unprepared(&format!(
            "UPDATE citizens_reached SET \
             age_band = (SELECT CASE \
                 WHEN {years} >= 75 THEN 'D' WHEN {years} >= 55 THEN 'C' \
                 WHEN {years} >= 30 THEN 'B' WHEN {years} >= 18 THEN 'A' ELSE 'E' END \
                 FROM citizens WHERE citizens.id = citizens_reached.citizen_id), \
             gender = (SELECT COALESCE(citizens.gender, 'D') \
                 FROM citizens WHERE citizens.id = citizens_reached.citizen_id)"
        ))
        .await?;
    connection
        .execute_unprepared("DELETE FROM people_tallies")
        .await?;
    connection
        .execute_unprepared(
            "INSERT INTO people_tallies (programme_id, point_id, age_band, gender, citizens) \
             SELECT programme_id, point_id, age_band, gender, COUNT(*) FROM citizens_reached \
             GROUP BY programme_id, point_id, age_band, gender",
        )
        .await?;
    Ok(())
}
