//! What the people of a sample learned at home: lessons read, quizzes tried, modules completed.

use std::collections::HashMap;

use sea_orm::ActiveValue::Set;
use sea_orm::DbErr;
use uuid::Uuid;

use crate::content::lesson::Quiz;
use crate::content::module::{Edition, Module};
use crate::content::question::{Given, Grade, Question};
use crate::db::entities::{
    answers, attempts, completions, learners, lesson_reads, question_snapshots, services,
};
use crate::domain::facilita::PublicDomain;
use crate::domain::ids::{AttemptId, CompletionId, LearnerId};
use crate::domain::locale::Lang;
use crate::domain::progress;
use crate::domain::score::Percent;
use crate::learning::attempt::freeze;
use crate::learning::completion::proof_of_quiz;

use super::history::{Begun, SampleHistory};
use super::rows::{Network, at, joined, keep};

/// Rows of one round.
const ROUND: usize = 5_000;

/// Which visit is which completion.
#[derive(Debug, Default)]
pub(super) struct SampleCompletions {
    completions: HashMap<usize, (CompletionId, Entry)>,
}

/// What the ledger says of a module.
#[derive(Debug, Clone)]
struct Entry {
    competences: String,
    domains: String,
    title: String,
    minutes: i32,
}

/// A module with what an attempt at its quiz keeps.
struct Course<'a> {
    module: &'a Module,
    edition: &'a Edition,
    quiz: &'a Quiz,
    served: String,
}

/// The modules that can be completed by a quiz, as [`super::history::make`] numbers them.
pub(super) fn with_quiz(catalogue: &crate::content::Catalogue) -> Vec<&Module> {
    catalogue
        .modules()
        .iter()
        .map(AsRef::as_ref)
        .filter(|module| module.edition(Lang::It).quiz.is_some())
        .filter(|module| module.digcomp.iter().any(|one| one.se5().is_some()))
        .collect()
}

/// Rows of the tables of learning, gathered.
#[derive(Default)]
struct Rows {
    learners: Vec<learners::ActiveModel>,
    reads: Vec<lesson_reads::ActiveModel>,
    attempts: Vec<attempts::ActiveModel>,
    answers: Vec<answers::ActiveModel>,
    completions: Vec<completions::ActiveModel>,
}

impl SampleCompletions {
    /// Writes what was learned, before the ledger that refers to it.
    pub(super) async fn write(
        network: &Network<'_>,
        history: &SampleHistory,
    ) -> Result<Self, DbErr> {
        let courses = courses(network).await?;
        let mut learned = Self::default();
        let mut who: HashMap<usize, LearnerId> = HashMap::new();
        let mut rows = Rows::default();
        let _step = progress::begin("learning", history.visits.len() + history.begun.len());
        for (number, visit) in history.visits.iter().enumerate() {
            progress::advance(1);
            let (Some(module), Some(&person)) = (visit.module, visit.people.first()) else {
                continue;
            };
            let Some(course) = courses.get(module) else {
                continue;
            };
            let learner = rows.learner(&mut who, history, person);
            let completion = rows.completed(course, learner, visit.day)?;
            let entry = entry(course.module, course.edition);
            learned.completions.insert(number, (completion, entry));
            rows.keep_when(network, ROUND).await?;
        }
        for begun in &history.begun {
            progress::advance(1);
            let Some(course) = courses.get(begun.module) else {
                continue;
            };
            let learner = rows.learner(&mut who, history, begun.person);
            rows.begun(course, learner, begun)?;
            rows.keep_when(network, ROUND).await?;
        }
        rows.keep_when(network, 0).await?;
        Ok(learned)
    }

    /// The entry of a visit: a completed module's has its facts.
    pub(super) fn online(
        &self,
        visit: usize,
        mut row: services::ActiveModel,
    ) -> services::ActiveModel {
        if let Some((completion, entry)) = self.completions.get(&visit) {
            row.completion_id = Set(Some(*completion));
            row.competences = Set(entry.competences.clone());
            row.domains = Set(entry.domains.clone());
            row.title = Set(entry.title.clone());
            row.minutes = Set(entry.minutes);
            row.recorded_by = Set(None);
        }
        row
    }
}

fn entry(module: &Module, edition: &Edition) -> Entry {
    let mut competences: Vec<u8> = module.digcomp.iter().filter_map(|c| c.se5()).collect();
    competences.sort_unstable();
    competences.dedup();
    let mut domains: Vec<_> = module.domains.iter().map(|domain| domain.code()).collect();
    domains.sort_unstable();
    Entry {
        competences: joined(&competences),
        domains: match domains.is_empty() {
            true => PublicDomain::None.code().to_owned(),
            false => domains.join(":"),
        },
        title: format!("{} (rev. {})", edition.title, module.rev),
        minutes: i32::from(module.minutes.max(1)),
    }
}

/// The courses, whose questions are kept as a real attempt keeps them.
async fn courses<'a>(network: &Network<'a>) -> Result<Vec<Course<'a>>, DbErr> {
    let mut courses = Vec::new();
    let mut snapshots: HashMap<String, question_snapshots::ActiveModel> = HashMap::new();
    for module in with_quiz(network.catalogue) {
        let edition = module.edition(Lang::It);
        let Some(quiz) = &edition.quiz else { continue };
        let (served, questions) = freeze(module, edition, quiz).map_err(unwritable)?;
        for question in questions {
            let hash = question.hash.clone().unwrap();
            snapshots.insert(hash, question);
        }
        courses.push(Course {
            module,
            edition,
            quiz,
            served,
        });
    }
    keep(network.db, snapshots.into_values().collect()).await?;
    Ok(courses)
}

fn unwritable(error: serde_json::Error) -> DbErr {
    DbErr::Json(error.to_string())
}

impl Rows {
    fn learner(
        &mut self,
        known: &mut HashMap<usize, LearnerId>,
        history: &SampleHistory,
        person: usize,
    ) -> LearnerId {
        *known.entry(person).or_insert_with(|| {
            let id = LearnerId::new();
            let person = &history.people[person];
            self.learners.push(learners::ActiveModel {
                id: Set(id),
                citizen_id: Set(Some(person.id)),
                account_id: Set(None),
                moved_to: Set(None),
                created_at: Set(at(person.since)),
            });
            id
        })
    }

    fn read(&mut self, course: &Course<'_>, learner: LearnerId, lessons: usize, day: time::Date) {
        for lesson in course.edition.lessons.iter().take(lessons) {
            self.reads.push(lesson_reads::ActiveModel {
                learner_id: Set(learner),
                module: Set(course.module.id.clone()),
                lesson: Set(lesson.id.clone()),
                read_at: Set(at(day)),
            });
        }
    }

    /// A finished attempt; every `wrong`th answer is wrong.
    fn attempt(
        &mut self,
        course: &Course<'_>,
        learner: LearnerId,
        day: time::Date,
        wrong: usize,
    ) -> Result<(AttemptId, Percent), DbErr> {
        let id = AttemptId::new();
        let (mut points, max) = (0, course.quiz.points());
        for (number, question) in (1..).zip(&course.quiz.questions) {
            let right = number % wrong != 0;
            points += if right { u32::from(question.points) } else { 0 };
            self.answers.push(answer(id, question, right, day)?);
        }
        let score = Percent::of(points, max);
        self.attempts.push(attempts::ActiveModel {
            id: Set(id),
            learner_id: Set(learner),
            module: Set(course.module.id.clone()),
            lang: Set(Lang::It),
            rev: Set(i32::try_from(course.module.rev).unwrap_or(i32::MAX)),
            seed: Set(1),
            served: Set(course.served.clone()),
            started_at: Set(at(day)),
            finished_at: Set(Some(at(day))),
            points: Set(i32::try_from(points).ok()),
            max_points: Set(i32::try_from(max).unwrap_or(i32::MAX)),
            score: Set(Some(i16::from(score.value()))),
            passed: Set(Some(score >= course.module.pass)),
        });
        Ok((id, score))
    }

    fn completed(
        &mut self,
        course: &Course<'_>,
        learner: LearnerId,
        day: time::Date,
    ) -> Result<CompletionId, DbErr> {
        self.read(course, learner, usize::MAX, day);
        let (attempt, score) = self.attempt(course, learner, day, usize::MAX)?;
        let id = CompletionId::new();
        let proof = proof_of_quiz(course.module, course.edition, score, attempt);
        self.completions.push(completions::ActiveModel {
            id: Set(id),
            learner_id: Set(learner),
            module: Set(course.module.id.clone()),
            completed_at: Set(at(day)),
            rev: Set(i32::try_from(course.module.rev).unwrap_or(i32::MAX)),
            source: Set("online".to_owned()),
            attempt_id: Set(Some(attempt)),
            evidence: Set(proof.map_err(unwritable)?),
            not_counted: Set(None),
            recorded_by: Set(None),
            reason: Set(None),
        });
        Ok(id)
    }

    fn begun(
        &mut self,
        course: &Course<'_>,
        learner: LearnerId,
        begun: &Begun,
    ) -> Result<(), DbErr> {
        let lessons = course.edition.lessons.len();
        self.read(course, learner, lessons * begun.tenths / 10, begun.day);
        if begun.tried {
            self.attempt(course, learner, begun.day, 2)?;
        }
        Ok(())
    }

    async fn keep_when(&mut self, network: &Network<'_>, many: usize) -> Result<(), DbErr> {
        if self.attempts.len() < many {
            return Ok(());
        }
        let rows = std::mem::take(self);
        keep(network.db, rows.learners).await?;
        keep(network.db, rows.reads).await?;
        keep(network.db, rows.attempts).await?;
        keep(network.db, rows.answers).await?;
        keep(network.db, rows.completions).await
    }
}

fn answer(
    attempt: AttemptId,
    question: &Question,
    right: bool,
    day: time::Date,
) -> Result<answers::ActiveModel, DbErr> {
    let grade = Grade {
        correct: right,
        points: if right { question.points } else { 0 },
        max_points: question.points,
        feedback_html: None,
        explanation_html: None,
    };
    Ok(answers::ActiveModel {
        attempt_id: Set(attempt),
        question: Set(question.id.clone()),
        submission: Set(Uuid::now_v7()),
        given: Set(serde_json::to_string(&Given::Text(String::new())).map_err(unwritable)?),
        correct: Set(right),
        points: Set(i32::from(grade.points)),
        max_points: Set(i32::from(grade.max_points)),
        answered_at: Set(at(day)),
        grade: Set(serde_json::to_string(&grade).map_err(unwritable)?),
    })
}
