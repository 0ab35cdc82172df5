//! What the citizens of some points have begun, or were given, and not completed: read with a few
//! statements for all of them.

use std::collections::HashMap;

use futures_util::future::try_join3;
use sea_orm::sea_query::{Expr, ExprTrait, Query, SelectStatement, SubQueryStatement};
use sea_orm::{
    ColumnTrait, DbErr, EntityTrait, JoinType, QueryFilter, QuerySelect, RelationDef, Select,
};
use time::{Date, OffsetDateTime};

use crate::citizens::follow::all_open_to;
use crate::db::Db;
use crate::db::entities::{
    answers, assignments, attempts, citizens, completions, group_members, groups, learners,
    lesson_reads,
};
use crate::domain::ids::{
    AttemptId, CitizenId, LearnerId, LessonId, ModuleId, PointId, QuestionId,
};

use super::group::citizen_members;
use super::progress::ModuleProgress;

/// What is known of a citizen in a module that they have not completed.
#[derive(Debug, Default)]
pub(super) struct Trace {
    pub(super) progress: ModuleProgress,
    pub(super) start: Option<LessonId>,
    pub(super) due_on: Option<Date>,
    /// A quiz was ended, and not passed.
    tried: bool,
}

pub(super) type Traces = HashMap<(CitizenId, ModuleId), Trace>;

impl Trace {
    fn touch(&mut self, at: OffsetDateTime) {
        let last = self.progress.touched_at.get_or_insert(at);
        *last = Ord::max(*last, at);
    }

    pub(super) fn begun(&self) -> bool {
        let ModuleProgress {
            read, under_way, ..
        } = &self.progress;
        self.tried || !read.is_empty() || under_way.is_some()
    }
}

/// Everything begun or given at some points and not completed.
pub(super) async fn traces(
    db: &Db,
    points: &[PointId],
    learners: &Learners,
) -> Result<Traces, DbErr> {
    let mut traces = Traces::new();
    let (reads, tries, given) =
        try_join3(reads(db, learners), tries(db, learners), given(db, points)).await?;
    for read in reads {
        let Some(citizen) = learners.get(&read.learner_id) else {
            continue;
        };
        let trace = traces.entry((*citizen, read.module)).or_default();
        trace.progress.read.insert(read.lesson);
        trace.touch(read.read_at);
    }
    let mut under_way = HashMap::new();
    for (learner, attempt, module, started_at, finished_at) in tries {
        let Some(citizen) = learners.get(&learner) else {
            continue;
        };
        let trace = traces.entry((*citizen, module.clone())).or_default();
        trace.touch(finished_at.unwrap_or(started_at));
        if finished_at.is_none() {
            trace.progress.under_way = Some(attempt);
            under_way.insert(attempt, (*citizen, module));
        } else {
            trace.tried = true;
        }
    }
    for (attempt, _, answered_at) in answered(db, under_way.keys().copied().collect()).await? {
        let trace = under_way.get(&attempt);
        if let Some(trace) = trace.and_then(|key| traces.get_mut(key)) {
            trace.touch(answered_at);
        }
    }
    for (citizen, module, lesson, due_on, assigned_at) in given {
        let trace = traces.entry((citizen, module)).or_default();
        trace.touch(assigned_at);
        trace.start = trace.start.take().or(lesson);
        trace.due_on = [trace.due_on, due_on].into_iter().flatten().min();
    }
    Ok(traces)
}

/// Whose learning is whose.
pub(super) type Learners = HashMap<LearnerId, CitizenId>;

/// Those of the citizens of some points who have learned here.
pub(super) async fn learners_of(db: &Db, points: &[PointId]) -> Result<Learners, DbErr> {
    let rows: Vec<(CitizenId, LearnerId)> = people(points)
        .join(JoinType::InnerJoin, citizen_learner())
        .column(learners::Column::Id)
        .into_tuple()
        .all(db.read())
        .await?;
    Ok(rows
        .into_iter()
        .map(|(who, learner)| (learner, who))
        .collect())
}

/// The lessons they read of modules that they have not completed.
async fn reads(db: &Db, learners: &Learners) -> Result<Vec<lesson_reads::Model>, DbErr> {
    lesson_reads::Entity::find()
        .filter(lesson_reads::Column::LearnerId.is_in(learners.keys().copied()))
        .filter(not_completed(
            Expr::col((lesson_reads::Entity, lesson_reads::Column::LearnerId)),
            Expr::col((lesson_reads::Entity, lesson_reads::Column::Module)),
        ))
        .all(db.read())
        .await
}

type Try = (
    LearnerId,
    AttemptId,
    ModuleId,
    OffsetDateTime,
    Option<OffsetDateTime>,
);

/// Their attempts at modules that they have not completed, without what was served.
async fn tries(db: &Db, learners: &Learners) -> Result<Vec<Try>, DbErr> {
    attempts::Entity::find()
        .select_only()
        .columns([attempts::Column::LearnerId, attempts::Column::Id])
        .column(attempts::Column::Module)
        .columns([attempts::Column::StartedAt, attempts::Column::FinishedAt])
        .filter(attempts::Column::LearnerId.is_in(learners.keys().copied()))
        .filter(not_completed(
            Expr::col((attempts::Entity, attempts::Column::LearnerId)),
            Expr::col((attempts::Entity, attempts::Column::Module)),
        ))
        .into_tuple()
        .all(db.read())
        .await
}

type Given = (
    CitizenId,
    ModuleId,
    Option<LessonId>,
    Option<Date>,
    OffsetDateTime,
);

/// What is assigned at some points, to people and to groups, and not completed.
async fn given(db: &Db, points: &[PointId]) -> Result<Vec<Given>, DbErr> {
    let what = |query: Select<citizens::Entity>| {
        query
            .columns([assignments::Column::Module, assignments::Column::Lesson])
            .columns([assignments::Column::DueOn, assignments::Column::AssignedAt])
            .filter(assignments::Column::WithdrawnAt.is_null())
            .join(JoinType::LeftJoin, citizen_learner())
            .filter(not_completed(
                Expr::col((learners::Entity, learners::Column::Id)),
                Expr::col((assignments::Entity, assignments::Column::Module)),
            ))
            .into_tuple()
    };
    let alone = people(points).join(
        JoinType::InnerJoin,
        citizens::Entity::belongs_to(assignments::Entity)
            .from(citizens::Column::Id)
            .to(assignments::Column::CitizenId)
            .into(),
    );
    let together = people(points)
        .join(JoinType::InnerJoin, citizen_members())
        .join(
            JoinType::InnerJoin,
            group_members::Entity::belongs_to(groups::Entity)
                .from(group_members::Column::GroupId)
                .to(groups::Column::Id)
                .into(),
        )
        .join(
            JoinType::InnerJoin,
            groups::Entity::belongs_to(assignments::Entity)
                .from(groups::Column::Id)
                .to(assignments::Column::GroupId)
                .into(),
        )
        .filter(groups::Column::ClosedAt.is_null())
        .filter(groups::Column::PointId.is_in(points.iter().copied()));
    let mut given: Vec<Given> = what(alone).all(db.read()).await?;
    given.extend(what(together).all(db.read()).await?);
    Ok(given)
}

pub(super) async fn answered(
    db: &Db,
    attempts: Vec<AttemptId>,
) -> Result<Vec<(AttemptId, QuestionId, OffsetDateTime)>, DbErr> {
    answers::Entity::find()
        .select_only()
        .columns([answers::Column::AttemptId, answers::Column::Question])
        .column(answers::Column::AnsweredAt)
        .filter(answers::Column::AttemptId.is_in(attempts))
        .into_tuple()
        .all(db.read())
        .await
}

/// The citizens whose records some points see; the first column is who.
fn people(points: &[PointId]) -> Select<citizens::Entity> {
    citizens::Entity::find()
        .select_only()
        .column(citizens::Column::Id)
        .filter(citizens::Column::Id.in_subquery(all_open_to(points)))
        .filter(citizens::Column::MergedInto.is_null())
        .filter(citizens::Column::ErasedAt.is_null())
}

/// That a learner has not completed a module; true where there is no learner.
pub(super) fn not_completed(learner: Expr, module: Expr) -> Expr {
    let column = |column| Expr::col((completions::Entity, column));
    let done: SelectStatement = Query::select()
        .expr(column(completions::Column::LearnerId).count())
        .from(completions::Entity)
        .and_where(column(completions::Column::LearnerId).eq(learner))
        .and_where(column(completions::Column::Module).eq(module))
        .to_owned();
    // A look-up for each row; PostgreSQL would read all completions of the network to say the same
    // with NOT EXISTS.
    let done = SubQueryStatement::SelectStatement(done);
    Expr::SubQuery(None, Box::new(done)).eq(0)
}

fn citizen_learner() -> RelationDef {
    citizens::Entity::belongs_to(learners::Entity)
        .from(citizens::Column::Id)
        .to(learners::Column::CitizenId)
        .into()
}
