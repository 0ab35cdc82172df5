//! What was learned, moved from one learner to another. What both have (a lesson read, an attempt
//! under way, a completion) stays where it is: the merged record's is hidden with it.

use std::collections::HashSet;

use sea_orm::ActiveValue::{Set, Unchanged};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter,
};
use serde::{Deserialize, Serialize};

use crate::db::entities::{attempts, completions, learners, lesson_reads};
use crate::domain::ids::{AttemptId, CitizenId, CompletionId, LearnerId, LessonId, ModuleId};

/// What moved, to be given back.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct LearnedMoves {
    reads: Vec<(ModuleId, LessonId)>,
    attempts: Vec<AttemptId>,
    completions: Vec<CompletionId>,
}

/// Moves what a record's learner has to another learner; their sessions end.
pub(super) async fn to(
    tx: &DatabaseTransaction,
    from: CitizenId,
    to: LearnerId,
) -> Result<LearnedMoves, DbErr> {
    let mut learned = LearnedMoves::default();
    let from = learners::Entity::find()
        .filter(learners::Column::CitizenId.eq(from))
        .one(tx)
        .await?
        .map(|row| row.id);
    let Some(from) = from else {
        return Ok(learned);
    };
    learned.reads = reads(tx, from, to).await?;
    learned.attempts = attempts(tx, from, to).await?;
    learned.completions = completions(tx, from, to).await?;
    moved_to(tx, from, Some(to)).await?;
    Ok(learned)
}

/// Gives everything back that is still with the kept record: what was taken over from a guest may
/// have been given back meanwhile.
pub(super) async fn back(
    tx: &DatabaseTransaction,
    learned: &LearnedMoves,
    kept: LearnerId,
    merged: LearnerId,
) -> Result<(), DbErr> {
    for (module, lesson) in &learned.reads {
        lesson_reads::Entity::update_many()
            .col_expr(lesson_reads::Column::LearnerId, Expr::value(merged))
            .filter(lesson_reads::Column::LearnerId.eq(kept))
            .filter(lesson_reads::Column::Module.eq(module.clone()))
            .filter(lesson_reads::Column::Lesson.eq(lesson.clone()))
            .exec(tx)
            .await?;
    }
    give_attempts(tx, &learned.attempts, &[kept], merged).await?;
    give_completions(tx, &learned.completions, &[kept], merged).await?;
    moved_to(tx, merged, None).await
}

pub(in crate::learning) async fn reads(
    tx: &DatabaseTransaction,
    from: LearnerId,
    to: LearnerId,
) -> Result<Vec<(ModuleId, LessonId)>, DbErr> {
    let of = async |learner: LearnerId| {
        lesson_reads::Entity::find()
            .filter(lesson_reads::Column::LearnerId.eq(learner))
            .all(tx)
            .await
    };
    let own: HashSet<_> = of(to)
        .await?
        .into_iter()
        .map(|row| (row.module, row.lesson))
        .collect();
    let mut moved = Vec::new();
    for row in of(from).await? {
        let lesson = (row.module, row.lesson);
        if own.contains(&lesson) {
            continue;
        }
        lesson_reads::Entity::update_many()
            .col_expr(lesson_reads::Column::LearnerId, Expr::value(to))
            .filter(lesson_reads::Column::LearnerId.eq(from))
            .filter(lesson_reads::Column::Module.eq(lesson.0.clone()))
            .filter(lesson_reads::Column::Lesson.eq(lesson.1.clone()))
            .exec(tx)
            .await?;
        moved.push(lesson);
    }
    Ok(moved)
}

async fn attempts(
    tx: &DatabaseTransaction,
    from: LearnerId,
    to: LearnerId,
) -> Result<Vec<AttemptId>, DbErr> {
    let of = async |learner: LearnerId| {
        attempts::Entity::find()
            .filter(attempts::Column::LearnerId.eq(learner))
            .all(tx)
            .await
    };
    let under_way = |row: &attempts::Model| row.finished_at.is_none();
    let own: HashSet<_> = of(to)
        .await?
        .into_iter()
        .filter(under_way)
        .map(|row| row.module)
        .collect();
    let moved: Vec<_> = of(from)
        .await?
        .into_iter()
        .filter(|row| !(under_way(row) && own.contains(&row.module)))
        .map(|row| row.id)
        .collect();
    give_attempts(tx, &moved, &[from], to).await?;
    Ok(moved)
}

pub(in crate::learning) async fn completions(
    tx: &DatabaseTransaction,
    from: LearnerId,
    to: LearnerId,
) -> Result<Vec<CompletionId>, DbErr> {
    let of = async |learner: LearnerId| {
        completions::Entity::find()
            .filter(completions::Column::LearnerId.eq(learner))
            .all(tx)
            .await
    };
    let own: HashSet<_> = of(to).await?.into_iter().map(|row| row.module).collect();
    let moved: Vec<_> = of(from)
        .await?
        .into_iter()
        .filter(|row| !own.contains(&row.module))
        .map(|row| row.id)
        .collect();
    give_completions(tx, &moved, &[from], to).await?;
    Ok(moved)
}

pub(in crate::learning) async fn give_attempts(
    tx: &DatabaseTransaction,
    ids: &[AttemptId],
    from: &[LearnerId],
    to: LearnerId,
) -> Result<(), DbErr> {
    attempts::Entity::update_many()
        .col_expr(attempts::Column::LearnerId, Expr::value(to))
        .filter(attempts::Column::Id.is_in(ids.iter().copied()))
        .filter(attempts::Column::LearnerId.is_in(from.iter().copied()))
        .exec(tx)
        .await?;
    Ok(())
}

pub(in crate::learning) async fn give_completions(
    tx: &DatabaseTransaction,
    ids: &[CompletionId],
    from: &[LearnerId],
    to: LearnerId,
) -> Result<(), DbErr> {
    completions::Entity::update_many()
        .col_expr(completions::Column::LearnerId, Expr::value(to))
        .filter(completions::Column::Id.is_in(ids.iter().copied()))
        .filter(completions::Column::LearnerId.is_in(from.iter().copied()))
        .exec(tx)
        .await?;
    Ok(())
}

async fn moved_to(
    tx: &DatabaseTransaction,
    learner: LearnerId,
    to: Option<LearnerId>,
) -> Result<(), DbErr> {
    let change = learners::ActiveModel {
        id: Unchanged(learner),
        moved_to: Set(to),
        ..Default::default()
    };
    change.update(tx).await?;
    Ok(())
}
