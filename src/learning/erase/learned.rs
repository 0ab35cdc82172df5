//! What somebody learned goes; what of it is in the ledger stays as its proof.

use std::collections::HashSet;

use sea_orm::ActiveValue::{Set, Unchanged};
use sea_orm::sea_query::{Expr, LockType};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter,
    QueryOrder, QuerySelect, QueryTrait,
};
use time::OffsetDateTime;

use crate::accounts::session::learner_of_citizen_in;
use crate::citizens::erased::NamedBy;
use crate::db::entities::{
    answers, attempts, completions, learners, lesson_reads, services, sessions, takeovers,
};
use crate::domain::ids::{AttemptId, CitizenId, CompletionId, LearnerId};
use crate::learning::certificate;

/// Everything that was learned, but the completions that are in the ledger: they move to a learner
/// who has nothing else, so that whoever is in the middle of something finds nobody any more.
pub(super) async fn forget_in(
    tx: &DatabaseTransaction,
    ids: &[CitizenId],
    named: &NamedBy,
    now: OffsetDateTime,
) -> Result<(), DbErr> {
    for citizen in ids {
        let learners = learners_of(tx, *citizen).await?;
        let Some(first) = learners.first() else {
            continue;
        };
        let of_them = || learners.iter().copied();
        sessions::Entity::delete_many()
            .filter(sessions::Column::LearnerId.is_in(of_them()))
            .exec(tx)
            .await?;
        lesson_reads::Entity::delete_many()
            .filter(lesson_reads::Column::LearnerId.is_in(of_them()))
            .exec(tx)
            .await?;
        let attempts_of = attempts::Entity::find()
            .select_only()
            .column(attempts::Column::Id)
            .filter(attempts::Column::LearnerId.is_in(of_them()))
            .into_query();
        answers::Entity::delete_many()
            .filter(answers::Column::AttemptId.in_subquery(attempts_of))
            .exec(tx)
            .await?;
        let done = completions::Entity::find()
            .filter(completions::Column::LearnerId.is_in(of_them()))
            .all(tx)
            .await?;
        let all: Vec<_> = done.iter().map(|row| row.id).collect();
        certificate::withdraw_in(tx, &all, now).await?;
        let counted = counted(tx, &done).await?;
        let (kept, gone): (Vec<_>, Vec<_>) =
            done.into_iter().partition(|row| counted.contains(&row.id));
        completions::Entity::delete_many()
            .filter(completions::Column::Id.is_in(gone.iter().map(|row| row.id)))
            .exec(tx)
            .await?;
        // The learner gives the citizen up, and is gone after what they did.
        let nobody = learners::ActiveModel {
            id: Unchanged(*first),
            citizen_id: Set(None),
            ..Default::default()
        };
        nobody.update(tx).await?;
        if !kept.is_empty() {
            let heir = learner_of_citizen_in(tx, *citizen, now).await?;
            inherit(tx, &kept, heir, named).await?;
        }
        attempts::Entity::delete_many()
            .filter(attempts::Column::LearnerId.is_in(of_them()))
            .exec(tx)
            .await?;
        takeovers::Entity::delete_many()
            .filter(takeovers::Column::LearnerId.is_in(of_them()))
            .exec(tx)
            .await?;
        // Guests who became them refer to their learner.
        for learner in learners.iter().rev() {
            learners::Entity::delete_by_id(*learner).exec(tx).await?;
        }
    }
    Ok(())
}

/// The learner that a citizen is, and those that moved to it, locked; who others moved to comes first.
async fn learners_of(
    tx: &DatabaseTransaction,
    citizen: CitizenId,
) -> Result<Vec<LearnerId>, DbErr> {
    let own = learners::Entity::find()
        .filter(learners::Column::CitizenId.eq(citizen))
        .lock(LockType::Update)
        .one(tx)
        .await?;
    let mut all: Vec<LearnerId> = own.into_iter().map(|row| row.id).collect();
    let mut at = 0;
    while at < all.len() {
        let moved: Vec<LearnerId> = learners::Entity::find()
            .select_only()
            .column(learners::Column::Id)
            .filter(learners::Column::MovedTo.eq(all[at]))
            .order_by_asc(learners::Column::Id)
            .lock(LockType::Update)
            .into_tuple()
            .all(tx)
            .await?;
        all.extend(moved);
        at += 1;
    }
    Ok(all)
}

async fn counted(
    tx: &DatabaseTransaction,
    done: &[completions::Model],
) -> Result<HashSet<CompletionId>, DbErr> {
    let rows: Vec<Option<CompletionId>> = services::Entity::find()
        .select_only()
        .column(services::Column::CompletionId)
        .filter(services::Column::CompletionId.is_in(done.iter().map(|row| row.id)))
        .into_tuple()
        .all(tx)
        .await?;
    Ok(rows.into_iter().flatten().collect())
}

/// Completions of the ledger, and the attempts that are their proof, without the answers.
async fn inherit(
    tx: &DatabaseTransaction,
    kept: &[completions::Model],
    heir: LearnerId,
    named: &NamedBy,
) -> Result<(), DbErr> {
    let proofs: Vec<AttemptId> = kept.iter().filter_map(|row| row.attempt_id).collect();
    attempts::Entity::update_many()
        .col_expr(attempts::Column::LearnerId, Expr::value(heir))
        .filter(attempts::Column::Id.is_in(proofs))
        .exec(tx)
        .await?;
    for row in kept {
        let reason = row.reason.as_deref();
        let change = completions::ActiveModel {
            id: Unchanged(row.id),
            learner_id: Set(heir),
            reason: Set(reason.map(|text| named.without(text).unwrap_or_else(|| text.to_owned()))),
            ..Default::default()
        };
        change.update(tx).await?;
    }
    Ok(())
}
