//! What the citizens of some points have begun, or were given, and not completed: read with a few
//! statements for all of them.

use std::collections::HashMap;

use sea_orm::sea_query::{Expr, ExprTrait, Query, SelectStatement};
use sea_orm::{
    ColumnTrait, DbErr, EntityTrait, JoinType, QueryFilter, QuerySelect, RelationDef, Select,
};
use time::{Date, OffsetDateTime};

use crate::db::Db;
use crate::db::entities::{
    answers, assignments, attempts, citizens, completions, group_members, groups, learners,
    lesson_reads,
};
use crate::domain::ids::{AttemptId, CitizenId, LessonId, ModuleId, PointId, QuestionId};

use super::group::citizen_members;
use super::progress::ModuleProgress;

/// What is known of a citizen in a module that they have not completed.
#[derive(Debug, Default)]
pub(super) struct Trace {
    pub(super) progress: ModuleProgress,
    pub(super) start: Option<LessonId>,
    pub(super) due_on: Option<Date>,
}

pub(super) type Traces = HashMap<(CitizenId, ModuleId), Trace>;

impl Trace {
    fn touch(&mut self, at: OffsetDateTime) {
        let last = self.progress.touched_at.get_or_insert(at);
        *last = Ord::max(*last, at);
    }

    pub(super) fn begun(&self) -> bool {
        let ModuleProgress {
            read,
            under_way,
            best,
            ..
        } = &self.progress;
        !read.is_empty() || under_way.is_some() || best.is_some()
    }
}

/// Everything begun or given at some points and not completed.
pub(super) async fn traces(db: &Db, points: &[PointId]) -> Result<Traces, DbErr> {
    let mut traces = Traces::new();
    let reads: Vec<(CitizenId, ModuleId, LessonId, OffsetDateTime)> = people(points)
        .join(JoinType::InnerJoin, citizen_learner())
        .join(JoinType::InnerJoin, learner_reads())
        .columns([lesson_reads::Column::Module, lesson_reads::Column::Lesson])
        .column(lesson_reads::Column::ReadAt)
        .filter(not_completed(Expr::col((
            lesson_reads::Entity,
            lesson_reads::Column::Module,
        ))))
        .into_tuple()
        .all(db.read())
        .await?;
    for (citizen, module, lesson, read_at) in reads {
        let trace = traces.entry((citizen, module)).or_default();
        trace.progress.read.insert(lesson);
        trace.touch(read_at);
    }
    let tries: Vec<(
        CitizenId,
        AttemptId,
        ModuleId,
        OffsetDateTime,
        Option<OffsetDateTime>,
    )> = people(points)
        .join(JoinType::InnerJoin, citizen_learner())
        .join(JoinType::InnerJoin, learner_attempts())
        .columns([attempts::Column::Id, attempts::Column::Module])
        .columns([attempts::Column::StartedAt, attempts::Column::FinishedAt])
        .filter(not_completed(Expr::col((
            attempts::Entity,
            attempts::Column::Module,
        ))))
        .into_tuple()
        .all(db.read())
        .await?;
    let mut under_way = HashMap::new();
    for (citizen, attempt, module, started_at, finished_at) in tries {
        let trace = traces.entry((citizen, module.clone())).or_default();
        trace.touch(finished_at.unwrap_or(started_at));
        if finished_at.is_none() {
            trace.progress.under_way = Some(attempt);
            under_way.insert(attempt, (citizen, module));
        } else {
            trace.progress.best = trace.progress.best.or(Some(super::attempt::percent(0)));
        }
    }
    for (attempt, _, answered_at) in answered(db, under_way.keys().copied().collect()).await? {
        if let Some(trace) = under_way.get(&attempt).and_then(|key| traces.get_mut(key)) {
            trace.touch(answered_at);
        }
    }
    for (citizen, module, lesson, due_on, assigned_at) in given(db, points).await? {
        let trace = traces.entry((citizen, module)).or_default();
        trace.touch(assigned_at);
        trace.start = trace.start.take().or(lesson);
        trace.due_on = [trace.due_on, due_on].into_iter().flatten().min();
    }
    Ok(traces)
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
            .filter(not_completed(Expr::col((
                assignments::Entity,
                assignments::Column::Module,
            ))))
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

/// The citizens of some points; the first column is who.
pub(super) fn people(points: &[PointId]) -> Select<citizens::Entity> {
    citizens::Entity::find()
        .select_only()
        .column(citizens::Column::Id)
        .filter(citizens::Column::PointId.is_in(points.iter().copied()))
        .filter(citizens::Column::MergedInto.is_null())
}

/// That the citizen of a row has not completed a module.
fn not_completed(module: Expr) -> Expr {
    let done: SelectStatement = Query::select()
        .expr(Expr::val(1))
        .from(completions::Entity)
        .inner_join(
            learners::Entity,
            Expr::col((learners::Entity, learners::Column::Id))
                .equals((completions::Entity, completions::Column::LearnerId)),
        )
        .and_where(
            Expr::col((learners::Entity, learners::Column::CitizenId))
                .equals((citizens::Entity, citizens::Column::Id)),
        )
        .and_where(Expr::col((completions::Entity, completions::Column::Module)).eq(module))
        .to_owned();
    Expr::exists(done).not()
}

pub(super) fn citizen_learner() -> RelationDef {
    citizens::Entity::belongs_to(learners::Entity)
        .from(citizens::Column::Id)
        .to(learners::Column::CitizenId)
        .into()
}

pub(super) fn learner_attempts() -> RelationDef {
    learners::Entity::belongs_to(attempts::Entity)
        .from(learners::Column::Id)
        .to(attempts::Column::LearnerId)
        .into()
}

fn learner_reads() -> RelationDef {
    learners::Entity::belongs_to(lesson_reads::Entity)
        .from(learners::Column::Id)
        .to(lesson_reads::Column::LearnerId)
        .into()
}
