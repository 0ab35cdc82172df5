//! What follows from what is theirs, once lessons and attempts that two learners shared for a while
//! are parted again: a takeover given back, a merge undone.
//!
//! A completion stays where its proof is: the attempt that passed the quiz, the lessons that were
//! read, the word of a facilitator. It goes along with a proof that went; where the proof is nobody's
//! it is withdrawn, and a quiz that a learner passed themselves completes the module instead. What
//! was counted since they had things in common counts only if it would count now.

use std::collections::{BTreeSet, HashMap, HashSet};

use sea_orm::ActiveValue::{Set, Unchanged};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter,
    QueryOrder, QuerySelect,
};
use time::OffsetDateTime;

use crate::db::entities::{attempts, attendances, completions, learners, lesson_reads, services};
use crate::domain::ids::{
    AccountId, AttemptId, CitizenId, CompletionId, LearnerId, LessonId, ModuleId,
};
use crate::domain::void::VoidReason;
use crate::network::counting::counts_still_in;
use crate::network::reached::settle_all_in;
use crate::network::service::{ServiceError, void_in};

use super::LearningError;
use super::certificate;
use super::completion::{self, count_pending_in};
use super::finish::complete_again_in;

/// Two learners whose lessons and attempts were parted already.
pub(super) struct Parted<'a> {
    /// The one and the other, each followed by those of the records merged into theirs.
    pub(super) sides: [&'a [LearnerId]; 2],
    /// Since when they had things in common.
    pub(super) since: OffsetDateTime,
    /// The modules that it may change; every one where the codice fiscale was shared too.
    pub(super) modules: Option<BTreeSet<ModuleId>>,
    /// What the ledger says of a service that stands no more.
    pub(super) reason: VoidReason,
    pub(super) by: Option<AccountId>,
    pub(super) now: OffsetDateTime,
}

impl Parted<'_> {
    fn all(&self) -> impl Iterator<Item = LearnerId> {
        self.sides.iter().flat_map(|side| side.iter().copied())
    }

    /// The learner who has what a learner's side has: themselves, or that of the record they were
    /// merged into.
    fn head_of(&self, learner: LearnerId) -> Option<LearnerId> {
        let side = self.sides.iter().find(|side| side.contains(&learner))?;
        side.first().copied()
    }

    fn heads(&self) -> impl Iterator<Item = LearnerId> {
        self.sides.iter().filter_map(|side| side.first()).copied()
    }

    fn concerns(&self, module: &ModuleId) -> bool {
        self.modules
            .as_ref()
            .is_none_or(|modules| modules.contains(module))
    }
}

/// Brings completions, services and totals in line with the lessons and attempts that each has now.
pub(super) async fn follow_in(
    tx: &DatabaseTransaction,
    parted: &Parted<'_>,
) -> Result<(), LearningError> {
    let proofs = Proofs::of(tx, parted).await?;
    let mut done: HashSet<(LearnerId, ModuleId)> = HashSet::new();
    let (mut astray, all) = (Vec::new(), completed(tx, parted).await?);
    for row in all {
        match proofs.holder(parted, &row)? {
            holder if holder.is_some() && holder == parted.head_of(row.learner_id) => {
                done.insert((row.learner_id, row.module));
            }
            holder => astray.push((row, holder)),
        }
    }
    for (row, holder) in astray {
        match holder.filter(|holder| !done.contains(&(*holder, row.module.clone()))) {
            Some(holder) => {
                give_in(tx, row.id, holder).await?;
                done.insert((holder, row.module));
            }
            None => Box::pin(withdraw_in(tx, parted, row.id)).await?,
        }
    }
    complete_own_in(tx, parted, &done).await?;
    count_again_in(tx, parted).await
}

/// Who has what completes a module.
struct Proofs {
    attempts: HashMap<AttemptId, LearnerId>,
    lessons: HashSet<(LearnerId, ModuleId, LessonId)>,
}

impl Proofs {
    async fn of(tx: &DatabaseTransaction, parted: &Parted<'_>) -> Result<Self, DbErr> {
        let attempts: Vec<(AttemptId, LearnerId)> = attempts::Entity::find()
            .select_only()
            .columns([attempts::Column::Id, attempts::Column::LearnerId])
            .filter(attempts::Column::LearnerId.is_in(parted.all()))
            .into_tuple()
            .all(tx)
            .await?;
        let lessons = lesson_reads::Entity::find()
            .filter(lesson_reads::Column::LearnerId.is_in(parted.heads()))
            .all(tx)
            .await?;
        let lesson = |row: lesson_reads::Model| (row.learner_id, row.module, row.lesson);
        Ok(Self {
            attempts: attempts.into_iter().collect(),
            lessons: lessons.into_iter().map(lesson).collect(),
        })
    }

    /// Whose side has the proof of a completion, by its first learner.
    fn holder(
        &self,
        parted: &Parted<'_>,
        row: &completions::Model,
    ) -> Result<Option<LearnerId>, LearningError> {
        let own = parted.head_of(row.learner_id);
        if let Some(attempt) = &row.attempt_id {
            let learner = self.attempts.get(attempt);
            return Ok(learner.and_then(|learner| parted.head_of(*learner)));
        }
        let Some(lessons) = completion::lessons_that_prove(row)? else {
            return Ok(own);
        };
        let read = |learner: &LearnerId| {
            let one = |lesson| (*learner, row.module.clone(), lesson);
            lessons
                .iter()
                .cloned()
                .map(one)
                .all(|one| self.lessons.contains(&one))
        };
        Ok(own.into_iter().chain(parted.heads()).find(read))
    }
}

/// The completions of both that it may change.
async fn completed(
    tx: &DatabaseTransaction,
    parted: &Parted<'_>,
) -> Result<Vec<completions::Model>, DbErr> {
    let rows = completions::Entity::find()
        .filter(completions::Column::LearnerId.is_in(parted.all()))
        .order_by_asc(completions::Column::Id)
        .all(tx)
        .await?;
    let mut rows = rows;
    rows.retain(|row| parted.concerns(&row.module));
    Ok(rows)
}

async fn give_in(
    tx: &DatabaseTransaction,
    completion: CompletionId,
    to: LearnerId,
) -> Result<(), DbErr> {
    let change = completions::ActiveModel {
        id: Unchanged(completion),
        learner_id: Set(to),
        ..Default::default()
    };
    change.update(tx).await.map(drop)
}

/// Takes a completion back that nothing proves any more. The ledger keeps its service, void.
async fn withdraw_in(
    tx: &DatabaseTransaction,
    parted: &Parted<'_>,
    completion: CompletionId,
) -> Result<(), DbErr> {
    for service in standing(tx, &[completion]).await? {
        refuse_in(tx, parted, &service).await?;
    }
    services::Entity::update_many()
        .col_expr(
            services::Column::CompletionId,
            Expr::value(None::<CompletionId>),
        )
        .filter(services::Column::CompletionId.eq(completion))
        .exec(tx)
        .await?;
    certificate::withdraw_in(tx, &[completion], parted.now).await?;
    completions::Entity::delete_by_id(completion)
        .exec(tx)
        .await?;
    Ok(())
}

/// Completes what a learner passed the quiz of themselves, since when they did.
async fn complete_own_in(
    tx: &DatabaseTransaction,
    parted: &Parted<'_>,
    done: &HashSet<(LearnerId, ModuleId)>,
) -> Result<(), LearningError> {
    let passed = attempts::Entity::find()
        .filter(attempts::Column::LearnerId.is_in(parted.heads()))
        .filter(attempts::Column::Passed.eq(true))
        .order_by_asc(attempts::Column::FinishedAt)
        .all(tx)
        .await?;
    for attempt in passed {
        let theirs = (attempt.learner_id, attempt.module.clone());
        if parted.concerns(&attempt.module) && !done.contains(&theirs) {
            complete_again_in(tx, attempt).await?;
        }
    }
    Ok(())
}

/// Voids the services that count no more, gives the others to whom they are of, and counts what may
/// count by itself.
async fn count_again_in(
    tx: &DatabaseTransaction,
    parted: &Parted<'_>,
) -> Result<(), LearningError> {
    let citizens = citizens_of(tx, parted).await?;
    let done = completed(tx, parted).await?;
    let ids: Vec<_> = done.iter().map(|row| row.id).collect();
    let done: HashMap<_, _> = done.into_iter().map(|row| (row.id, row)).collect();
    for service in standing(tx, &ids).await? {
        let row = service.completion_id.and_then(|id| done.get(&id));
        let Some((row, head)) = row.and_then(|row| Some((row, parted.head_of(row.learner_id)?)))
        else {
            continue;
        };
        let Some(citizen) = citizens.get(&head) else {
            refuse_in(tx, parted, &service).await?;
            continue;
        };
        if service.recorded_at < parted.since {
            continue;
        }
        attend_in(tx, &service, *citizen).await?;
        let facts = completion::facts_in(tx, row, head).await?;
        if !counts_still_in(tx, &service, &facts, *citizen, parted.now).await? {
            Box::pin(refuse_in(tx, parted, &service)).await?;
            // It is free to count another day.
            let free = services::ActiveModel {
                id: Unchanged(service.id),
                completion_id: Set(None),
                ..Default::default()
            };
            free.update(tx).await?;
        }
    }
    let people: Vec<_> = citizens.values().copied().collect();
    settle_all_in(tx, &people).await?;
    for head in parted.heads().filter(|head| citizens.contains_key(head)) {
        Box::pin(count_pending_in(tx, head, parted.now)).await?;
    }
    Ok(())
}

/// The citizens that the two are; a guest is none.
async fn citizens_of(
    tx: &DatabaseTransaction,
    parted: &Parted<'_>,
) -> Result<HashMap<LearnerId, CitizenId>, DbErr> {
    let rows = learners::Entity::find()
        .filter(learners::Column::Id.is_in(parted.heads()))
        .all(tx)
        .await?;
    let known = rows
        .into_iter()
        .filter_map(|row| Some((row.id, row.citizen_id?)));
    Ok(known.collect())
}

/// The services of some completions that stand.
async fn standing(
    tx: &DatabaseTransaction,
    of: &[CompletionId],
) -> Result<Vec<services::Model>, DbErr> {
    services::Entity::find()
        .filter(services::Column::CompletionId.is_in(of.iter().copied()))
        .filter(services::Column::VoidedAt.is_null())
        .order_by_asc(services::Column::Id)
        .all(tx)
        .await
}

async fn refuse_in(
    tx: &DatabaseTransaction,
    parted: &Parted<'_>,
    service: &services::Model,
) -> Result<(), DbErr> {
    let reason = parted.reason.key();
    match Box::pin(void_in(tx, service.id, reason, parted.by, parted.now)).await {
        Err(ServiceError::Db(error)) => Err(error),
        // It was read a moment ago, and the reason says something.
        Err(error) => Err(DbErr::Custom(error.to_string())),
        Ok(()) => Ok(()),
    }
}

/// Whom a service makes reached is settled afterwards.
async fn attend_in(
    tx: &DatabaseTransaction,
    service: &services::Model,
    citizen: CitizenId,
) -> Result<(), DbErr> {
    attendances::Entity::update_many()
        .col_expr(attendances::Column::CitizenId, Expr::value(citizen))
        .col_expr(attendances::Column::NewCitizen, Expr::value(false))
        .filter(attendances::Column::ServiceId.eq(service.id))
        .filter(attendances::Column::CitizenId.ne(citizen))
        .exec(tx)
        .await?;
    Ok(())
}
