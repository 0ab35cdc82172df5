//! Who is stuck: the desk's list of people to call back.
//!
//! Somebody is stuck at a module that they began or were given and have not completed, when they
//! have done nothing in it for [`QUIET`] days, or its last day has passed. The list is read with a
//! few statements for a whole point, and tells the very lesson or question where each one stopped.

use std::collections::{BTreeSet, HashMap};

use futures_util::TryFutureExt as _;
use futures_util::future::try_join3;
use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter, QuerySelect};
use time::{Date, OffsetDateTime};

use crate::content::Catalogue;
use crate::db::entities::{attempts, citizens};
use crate::db::{Db, audit};
use crate::domain::calendar::rome_day;
use crate::domain::ids::{AttemptId, CitizenId, LessonId, ModuleId, PointId, QuestionId};
use crate::domain::locale::Lang;

use super::LearningError;
use super::attempt::Served;
use super::hard::{self, Hard};
use super::help::{self, WaitingQuestion};
use super::progress::Next;
use super::trace::{Learners, answered, learners_of, traces};

/// After so many days without doing anything, somebody is stuck.
pub const QUIET: i64 = 7;

/// The most people on a page of the list.
pub const MOST: usize = 100;

/// The most questions shown at once: they are answered one by one, the oldest first.
const ASKED: usize = 3;

/// Where somebody stopped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StuckAt {
    /// At a lesson: it is the next one to read.
    Lesson(LessonId),
    /// At a question of a quiz under way, the first one without an answer.
    Question {
        /// Which.
        question: QuestionId,
        /// Its place, from 1.
        number: usize,
        /// Of how many.
        of: usize,
    },
    /// At the quiz: not begun, not passed, or not closed.
    Quiz,
    /// At the module: nothing more precise can be told.
    Module,
}

/// Somebody who is stuck at a module.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stuck {
    /// Who.
    pub citizen: CitizenId,
    /// Given name.
    pub first_name: String,
    /// Family name.
    pub last_name: String,
    /// The module.
    pub module: ModuleId,
    /// Whether they have done anything in it.
    pub begun: bool,
    /// Where they stopped.
    pub at: StuckAt,
    /// The day on which they last did something, or were given it.
    pub since: Date,
    /// The days since then.
    pub days: i64,
    /// The last day to do it, where it was given.
    pub due_on: Option<Date>,
    /// Whether that day has passed.
    pub overdue: bool,
}

/// The list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Return {
    /// What is overdue first, the longest overdue on top; then who stopped longest ago.
    pub people: Vec<Stuck>,
    /// How many there are in all.
    pub total: usize,
}

/// What a desk has to look after.
#[derive(Debug, Clone)]
pub struct Care {
    /// Who asks for help: those who have waited for longest.
    pub waiting: Vec<WaitingQuestion>,
    /// How many wait behind them, as far as they are counted.
    pub more_waiting: usize,
    /// Who is stuck.
    pub stuck: Return,
    /// What many get wrong.
    pub hard: Vec<Hard>,
}

/// What the desk of some points has to look after: of those who are stuck a page, counted from 1,
/// of so many.
///
/// # Errors
/// The database's.
pub async fn care(
    db: &Db,
    catalogue: &Catalogue,
    points: &[PointId],
    part: (usize, usize),
    now: OffsetDateTime,
) -> Result<Care, LearningError> {
    let learners = learners_of(db, points).await?;
    // Side by side: the desk waits for the longest only.
    let (mut waiting, stuck, hard) = try_join3(
        help::waiting(db, points).map_err(LearningError::from),
        of_points(db, catalogue, (points, &learners), part, now),
        hard::of_learners(db, catalogue, &learners, now).map_err(LearningError::from),
    )
    .await?;
    let more_waiting = waiting.len().saturating_sub(ASKED);
    waiting.truncate(ASKED);
    audit::list_seen(
        audit::Action::StuckListed,
        waiting.len() + stuck.people.len(),
    );
    Ok(Care {
        waiting,
        more_waiting,
        stuck,
        hard,
    })
}

/// Who is stuck among the citizens of some points.
async fn of_points(
    db: &Db,
    catalogue: &Catalogue,
    (points, learners): (&[PointId], &Learners),
    (page, many): (usize, usize),
    now: OffsetDateTime,
) -> Result<Return, LearningError> {
    let traces = traces(db, points, learners).await?;
    let today = rome_day(now);
    let mut found: Vec<(Stuck, Option<AttemptId>)> = Vec::new();
    for ((citizen, id), trace) in traces {
        let (Some(module), Some(last)) = (catalogue.module(&id), trace.progress.touched_at) else {
            continue;
        };
        let since = rome_day(last);
        let days = (today - since).whole_days();
        let overdue = trace.due_on.is_some_and(|due| due < today);
        if days < QUIET && !overdue {
            continue;
        }
        let next = trace
            .progress
            .next(module.edition(Lang::default()), trace.start.as_ref());
        let (at, attempt) = match next {
            Next::Lesson(lesson) => (StuckAt::Lesson(lesson), None),
            Next::Attempt(attempt) => (StuckAt::Quiz, Some(attempt)),
            Next::Quiz => (StuckAt::Quiz, None),
            Next::Module => (StuckAt::Module, None),
        };
        let stuck = Stuck {
            citizen,
            first_name: String::new(),
            last_name: String::new(),
            module: id,
            begun: trace.begun(),
            at,
            since,
            days,
            due_on: trace.due_on,
            overdue,
        };
        found.push((stuck, attempt));
    }
    found.sort_by(|(a, _), (b, _)| order(a).cmp(&order(b)));
    let total = found.len();
    let last = total.div_ceil(many).max(1);
    let before = (page.clamp(1, last) - 1) * many;
    found = found.into_iter().skip(before).take(many).collect();
    let mut people: Vec<Stuck> = Vec::with_capacity(found.len());
    let open: Vec<AttemptId> = found.iter().filter_map(|(_, attempt)| *attempt).collect();
    let mut questions = questions(db, &open).await?;
    let names = names(db, found.iter().map(|(stuck, _)| stuck.citizen)).await?;
    for (mut stuck, attempt) in found {
        if let Some(at) = attempt.and_then(|attempt| questions.remove(&attempt)) {
            stuck.at = at;
        }
        if let Some((first_name, last_name)) = names.get(&stuck.citizen) {
            (stuck.first_name, stuck.last_name) = (first_name.clone(), last_name.clone());
            people.push(stuck);
        }
    }
    Ok(Return { people, total })
}

fn order(stuck: &Stuck) -> (bool, Option<Date>, Date, CitizenId, &ModuleId) {
    let due = stuck.due_on.filter(|_| stuck.overdue);
    (
        !stuck.overdue,
        due,
        stuck.since,
        stuck.citizen,
        &stuck.module,
    )
}

/// The first question without an answer of attempts under way.
async fn questions(
    db: &Db,
    open: &[AttemptId],
) -> Result<HashMap<AttemptId, StuckAt>, LearningError> {
    let served: Vec<(AttemptId, String)> = attempts::Entity::find()
        .select_only()
        .columns([attempts::Column::Id, attempts::Column::Served])
        .filter(attempts::Column::Id.is_in(open.iter().copied()))
        .into_tuple()
        .all(db.read())
        .await?;
    let answered: BTreeSet<(AttemptId, QuestionId)> = answered(db, open.to_vec())
        .await?
        .into_iter()
        .map(|(attempt, question, _)| (attempt, question))
        .collect();
    let mut at = HashMap::new();
    for (attempt, served) in served {
        let served: Served = serde_json::from_str(&served)?;
        let of = served.questions.len();
        let missing = (1..)
            .zip(served.questions)
            .find(|(_, question)| !answered.contains(&(attempt, question.id.clone())));
        if let Some((number, question)) = missing {
            let question = question.id;
            at.insert(
                attempt,
                StuckAt::Question {
                    question,
                    number,
                    of,
                },
            );
        }
    }
    Ok(at)
}

async fn names(
    db: &Db,
    people: impl Iterator<Item = CitizenId>,
) -> Result<HashMap<CitizenId, (String, String)>, DbErr> {
    let rows: Vec<(CitizenId, String, String)> = citizens::Entity::find()
        .select_only()
        .columns([citizens::Column::Id, citizens::Column::FirstName])
        .column(citizens::Column::LastName)
        .filter(citizens::Column::Id.is_in(people))
        .into_tuple()
        .all(db.read())
        .await?;
    let named = rows
        .into_iter()
        .map(|(id, first, last)| (id, (first, last)));
    Ok(named.collect())
}
