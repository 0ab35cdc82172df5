//! Whose it is what was done on a device before somebody entered: asked about, taken over by who
//! says that it was them, and given back by them or at the desk.
//!
//! Whoever enters ends the guest who was there: nobody else goes on with what they did. It waits
//! with the session that was opened until the question is answered; without an answer, and after a
//! no, it stays nobody's, and `tidy` clears it in its time. On a device of a point there is no
//! question. What is taken over is written down ([`Moved`]), so that it can be given back.

mod back;
mod question;

use std::collections::BTreeSet;

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::LockType;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, DatabaseTransaction, DbErr,
    EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
};
use serde::{Deserialize, Serialize};
use time::{Duration, OffsetDateTime};

use crate::db::audit::{Act, Action, note};
use crate::db::entities::{attempts, citizens, completions, learners, takeovers};
use crate::db::{Db, instant};
use crate::domain::ids::{
    AccountId, AttemptId, CitizenId, CompletionId, LearnerId, LessonId, ModuleId, TakeoverId,
};

use super::LearningError;
use super::attempt::open_one;
use super::completion::count_pending_in;
use super::finish::close_in;
use super::merge::learned;
use question::nobody;

pub use back::{GiveBackError, give_back};
pub use question::answer;
pub(super) use question::enter_in;

/// How long what was taken over can be given back: who comes to the desk once a month finds out
/// there, and a body that sends its services to Facilita each month has to take few of them out.
pub const UNDO: Duration = Duration::days(30);

/// Who said that it was them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Answer {
    /// The person, on the page that asks.
    Yes,
    /// A program, which sent the guest's token.
    Token,
}

impl Answer {
    const fn name(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::Token => "token",
        }
    }
}

/// What to give back.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Moved {
    reads: Vec<(ModuleId, LessonId)>,
    attempts: Vec<AttemptId>,
    completions: Vec<CompletionId>,
    /// The modules that were completed, and those that were only begun.
    done: BTreeSet<ModuleId>,
    begun: BTreeSet<ModuleId>,
}

impl Moved {
    /// The modules that it was about.
    fn modules(&self) -> BTreeSet<ModuleId> {
        self.done.union(&self.begun).cloned().collect()
    }
}

/// What was taken over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Takeover {
    /// Permanent.
    pub id: TakeoverId,
    /// When it was taken over.
    pub taken_at: OffsetDateTime,
    /// Until when it can be given back.
    pub until: OffsetDateTime,
    /// The modules that had been completed.
    pub done: BTreeSet<ModuleId>,
    /// Those that had been begun.
    pub begun: BTreeSet<ModuleId>,
    /// It was given back.
    pub undone: bool,
}

impl TryFrom<takeovers::Model> for Takeover {
    type Error = LearningError;

    fn try_from(row: takeovers::Model) -> Result<Self, LearningError> {
        let moved: Moved = serde_json::from_str(&row.moved)?;
        Ok(Self {
            id: row.id,
            taken_at: row.taken_at,
            until: row.taken_at + UNDO,
            done: moved.done,
            begun: moved.begun,
            undone: row.undone_at.is_some(),
        })
    }
}

/// Moves everything a guest learned to a person's learner, and counts what can be counted now.
///
/// What the person already had stands: a lesson read, a completion; the guest's stays where it is.
/// Where both have an attempt under way at the same quiz, the person's older one is closed as it
/// stands and the guest's, the one in their hands, goes on. Again, it changes nothing; somebody who
/// is not a guest is left alone.
async fn adopt_in(
    tx: &DatabaseTransaction,
    guest: LearnerId,
    person: LearnerId,
    answer: Answer,
    now: OffsetDateTime,
) -> Result<(), LearningError> {
    let owner = hold(tx, person).await?;
    let row = learners::Entity::find_by_id(guest)
        .lock_exclusive()
        .one(tx)
        .await?;
    let Some(row) = row.filter(nobody).filter(|_| guest != person) else {
        return Ok(());
    };
    let mut moved = Moved::default();
    moved.reads = learned::reads(tx, guest, person).await?;
    moved.begun = moved
        .reads
        .iter()
        .map(|(module, _)| module.clone())
        .collect();
    // Boxed: all of it in one future is too much for the stack of a worker.
    Box::pin(move_attempts(tx, guest, person, &mut moved, now)).await?;
    moved.completions = learned::completions(tx, guest, person).await?;
    moved.done = modules_of(tx, &moved.completions).await?;
    moved.begun.retain(|module| !moved.done.contains(module));
    let mut row = row.into_active_model();
    row.moved_to = Set(Some(person));
    row.update(tx).await?;
    if !moved.modules().is_empty() {
        write_down(tx, (guest, person), &moved, answer, now).await?;
        audit(tx, Action::ProgressTaken, &owner, owner.account_id, now).await?;
    }
    Box::pin(count_pending_in(tx, person, now)).await
}

async fn write_down(
    tx: &DatabaseTransaction,
    (guest, person): (LearnerId, LearnerId),
    moved: &Moved,
    answer: Answer,
    now: OffsetDateTime,
) -> Result<(), LearningError> {
    let row = takeovers::ActiveModel {
        id: Set(TakeoverId::new()),
        guest_id: Set(guest),
        learner_id: Set(person),
        answer: Set(answer.name().to_owned()),
        moved: Set(serde_json::to_string(moved)?),
        taken_at: Set(instant(now)),
        undone_at: Set(None),
        undone_by: Set(None),
    };
    takeovers::Entity::insert(row)
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

async fn move_attempts(
    tx: &DatabaseTransaction,
    guest: LearnerId,
    person: LearnerId,
    moved: &mut Moved,
    now: OffsetDateTime,
) -> Result<(), LearningError> {
    let made = attempts::Entity::find()
        .filter(attempts::Column::LearnerId.eq(guest))
        .all(tx)
        .await?;
    for attempt in made {
        if attempt.finished_at.is_none()
            && let Some(older) = open_one(tx, person, &attempt.module).await?
        {
            close_in(tx, older, now).await?;
        }
        moved.attempts.push(attempt.id);
        moved.begun.insert(attempt.module);
    }
    learned::give_attempts(tx, &moved.attempts, &[guest], person).await?;
    Ok(())
}

async fn modules_of(
    tx: &DatabaseTransaction,
    done: &[CompletionId],
) -> Result<BTreeSet<ModuleId>, DbErr> {
    let rows = completions::Entity::find()
        .filter(completions::Column::Id.is_in(done.iter().copied()))
        .all(tx)
        .await?;
    Ok(rows.into_iter().map(|row| row.module).collect())
}

/// The row of a person's learner. Their record is locked first, as everything that counts does.
async fn hold(tx: &DatabaseTransaction, person: LearnerId) -> Result<learners::Model, DbErr> {
    let row = learners::Entity::find_by_id(person).one(tx).await?;
    let row = row.ok_or_else(|| DbErr::RecordNotFound("whoever entered".to_owned()))?;
    if let Some(citizen) = row.citizen_id {
        citizens::Entity::find_by_id(citizen)
            .lock(LockType::NoKeyUpdate)
            .one(tx)
            .await?;
    }
    Ok(row)
}

async fn audit(
    tx: &DatabaseTransaction,
    action: Action,
    whose: &learners::Model,
    by: Option<AccountId>,
    now: OffsetDateTime,
) -> Result<(), DbErr> {
    let (subject, id) = match (whose.citizen_id, whose.account_id) {
        (Some(citizen), _) => ("citizen", citizen.0),
        (None, Some(account)) => ("account", account.0),
        (None, None) => return Ok(()),
    };
    let act = Act {
        by,
        action,
        subject,
        id,
        detail: "",
    };
    note(tx, act, now).await
}

/// What a person took over and can give back still, the last one first.
///
/// # Errors
/// The database's.
pub async fn undoable(
    db: &Db,
    learner: LearnerId,
    now: OffsetDateTime,
) -> Result<Vec<Takeover>, LearningError> {
    let rows = rows(db, learner).await?;
    rows.into_iter()
        .filter(|row| row.undone_at.is_none() && now - row.taken_at <= UNDO)
        .map(Takeover::try_from)
        .collect()
}

/// Everything that a person took over, given back or not, the last one first.
pub(super) async fn rows(db: &Db, learner: LearnerId) -> Result<Vec<takeovers::Model>, DbErr> {
    let whose = with_merged(db.read(), learner).await?;
    takeovers::Entity::find()
        .filter(takeovers::Column::LearnerId.is_in(whose))
        .order_by_desc(takeovers::Column::Id)
        .all(db.read())
        .await
}

/// One thing that a person took over, given back or not.
///
/// # Errors
/// [`LearningError::NotFound`], also for somebody else's.
pub async fn one(
    db: &Db,
    takeover: TakeoverId,
    learner: LearnerId,
) -> Result<Takeover, LearningError> {
    let whose = with_merged(db.read(), learner).await?;
    takeovers::Entity::find_by_id(takeover)
        .filter(takeovers::Column::LearnerId.is_in(whose))
        .one(db.read())
        .await?
        .ok_or(LearningError::NotFound)?
        .try_into()
}

/// [`undoable`] for somebody in the citizen records.
///
/// # Errors
/// The database's.
pub async fn undoable_of_citizen(
    db: &Db,
    citizen: CitizenId,
    now: OffsetDateTime,
) -> Result<Vec<Takeover>, LearningError> {
    match learner_of(db, citizen).await? {
        Some(learner) => undoable(db, learner, now).await,
        None => Ok(Vec::new()),
    }
}

/// The learner of somebody in the citizen records, who learned something already.
///
/// # Errors
/// The database's.
pub async fn learner_of(db: &Db, citizen: CitizenId) -> Result<Option<LearnerId>, DbErr> {
    let row = learners::Entity::find()
        .filter(learners::Column::CitizenId.eq(citizen))
        .one(db.read())
        .await?;
    Ok(row.map(|row| row.id))
}

/// A learner, and those of the records that were merged into theirs: nearest first.
pub(super) async fn with_merged(
    db: &impl ConnectionTrait,
    learner: LearnerId,
) -> Result<Vec<LearnerId>, DbErr> {
    let mut all = vec![learner];
    let mut last = vec![learner];
    while !last.is_empty() {
        let rows = learners::Entity::find()
            .filter(learners::Column::MovedTo.is_in(last))
            .filter(
                Condition::any()
                    .add(learners::Column::CitizenId.is_not_null())
                    .add(learners::Column::AccountId.is_not_null()),
            )
            .all(db)
            .await?;
        last = rows.into_iter().map(|row| row.id).collect();
        all.extend(&last);
    }
    Ok(all)
}

/// A lesson that waited in the browser of a guest whom somebody took over is theirs as long as the
/// rest is: it is given back with it.
///
/// # Errors
/// [`LearningError::NotFound`] where it was given back.
pub(super) async fn waited_in(
    tx: &DatabaseTransaction,
    guest: LearnerId,
    person: LearnerId,
    (module, lesson): (&ModuleId, &LessonId),
) -> Result<(), LearningError> {
    hold(tx, person).await?;
    let taken = takeovers::Entity::find()
        .filter(takeovers::Column::GuestId.eq(guest))
        .filter(takeovers::Column::LearnerId.eq(person))
        .filter(takeovers::Column::UndoneAt.is_null())
        .lock_exclusive()
        .one(tx)
        .await?;
    let Some(taken) = taken else {
        // Taken over before it was written down, or with nothing to write: it is not given back.
        let row = learners::Entity::find_by_id(guest).one(tx).await?;
        let theirs = row.is_some_and(|row| row.moved_to == Some(person));
        return theirs.then_some(()).ok_or(LearningError::NotFound);
    };
    let mut moved: Moved = serde_json::from_str(&taken.moved)?;
    moved.reads.push((module.clone(), lesson.clone()));
    if !moved.done.contains(module) {
        moved.begun.insert(module.clone());
    }
    let mut row = taken.into_active_model();
    row.moved = Set(serde_json::to_string(&moved)?);
    row.update(tx).await?;
    Ok(())
}

/// Whether a guest's learning was taken over by a learner and not given back: what still waits in
/// their browser is this learner's too.
///
/// # Errors
/// The database's.
pub async fn guests_of(db: &Db, learner: LearnerId) -> Result<Vec<LearnerId>, DbErr> {
    let rows = learners::Entity::find()
        .filter(learners::Column::MovedTo.eq(learner))
        .all(db.read())
        .await?;
    Ok(rows
        .into_iter()
        .filter(|row| row.citizen_id.is_none())
        .map(|row| row.id)
        .collect())
}
