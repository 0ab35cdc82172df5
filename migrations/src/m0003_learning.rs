//! Lessons read, attempts and their answers, completions.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, boolean, boolean_null, integer, integer_null, small_integer_null, text, text_null,
    timestamp_with_time_zone, timestamp_with_time_zone_null, uuid, uuid_null, uuid_uniq,
};

use crate::parts::{drop, id, index, key, to, unique};

#[derive(DeriveMigrationName)]
pub(crate) struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("lesson_reads")
                    .col(uuid("learner_id"))
                    .col(text("module"))
                    .col(text("lesson"))
                    .col(timestamp_with_time_zone("read_at"))
                    .primary_key(&mut key(
                        "lesson_reads",
                        &["learner_id", "module", "lesson"],
                    ))
                    .foreign_key(&mut to("lesson_reads", "learner_id", "learners"))
                    .take(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("question_snapshots")
                    .col(text("hash").primary_key().take())
                    .col(text("question"))
                    .take(),
            )
            .await?;
        attempts(manager).await?;
        completions(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let tables = [
            "completions",
            "answers",
            "attempts",
            "question_snapshots",
            "lesson_reads",
        ];
        drop(manager, &tables).await
    }
}

async fn attempts(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("attempts")
                .col(id())
                .col(uuid("learner_id"))
                .col(text("module"))
                .col(text("lang"))
                .col(integer("rev"))
                .col(big_integer("seed"))
                .col(text("served"))
                .col(timestamp_with_time_zone("started_at"))
                .col(timestamp_with_time_zone_null("finished_at"))
                .col(integer_null("points"))
                .col(integer("max_points"))
                .col(small_integer_null("score"))
                .col(boolean_null("passed"))
                .foreign_key(&mut to("attempts", "learner_id", "learners"))
                .take(),
        )
        .await?;
    manager
        .create_index(index("attempts", &["learner_id", "module"]))
        .await?;
    manager
        .get_connection()
        .execute_unprepared(
            "CREATE UNIQUE INDEX attempts_under_way ON attempts (learner_id, module) \
             WHERE finished_at IS NULL",
        )
        .await?;
    manager
        .create_table(
            Table::create()
                .table("answers")
                .col(uuid("attempt_id"))
                .col(text("question"))
                .col(uuid_uniq("submission"))
                .col(text("given"))
                .col(boolean("correct"))
                .col(integer("points"))
                .col(integer("max_points"))
                .col(timestamp_with_time_zone("answered_at"))
                .col(text("grade"))
                .primary_key(&mut key("answers", &["attempt_id", "question"]))
                .foreign_key(&mut to("answers", "attempt_id", "attempts"))
                .take(),
        )
        .await
}

async fn completions(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("completions")
                .col(id())
                .col(uuid("learner_id"))
                .col(text("module"))
                .col(timestamp_with_time_zone("completed_at"))
                .col(integer("rev"))
                .col(text("source"))
                .col(uuid_null("attempt_id"))
                .col(text("evidence"))
                .col(text_null("not_counted"))
                .foreign_key(&mut to("completions", "learner_id", "learners"))
                .foreign_key(&mut to("completions", "attempt_id", "attempts"))
                .take(),
        )
        .await?;
    manager
        .create_index(unique("completions", &["learner_id", "module"]))
        .await?;
    manager
        .create_index(index("completions", &["not_counted"]))
        .await
}
