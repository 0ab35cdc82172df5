//! The shapes of the API's answers about courses, as INTERFACE fixes them: made from the catalogue
//! and from what a learner did, never holding a key.

use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::content::lesson::Lesson;
use crate::content::module::Module;
use crate::content::question::{Grade, Labelled, Question};
use crate::domain::digcomp::Competence;
use crate::domain::facilita::PublicDomain;
use crate::domain::ids::{LessonId, ModuleId, QuestionId};
use crate::domain::locale::Lang;
use crate::learning::attempt::Attempt;
use crate::web::learn::module_page::PRACTICE_SEED;

use super::schema::question_kind;

/// A module of the catalogue.
#[derive(Debug, Serialize, ToSchema)]
pub struct ModuleView {
    id: ModuleId,
    title: String,
    summary: String,
    /// DigComp level, 1 to 8.
    #[schema(minimum = 1, maximum = 8)]
    level: u8,
    /// Declared learning time, in minutes.
    minutes: u16,
    /// DigComp 2.2 codes.
    digcomp: Vec<Competence>,
    /// Facilita SE6 codes.
    domains: Vec<PublicDomain>,
    /// The language of the title, summary and lessons.
    lang: Lang,
    /// The revision, counted up by the author.
    rev: u32,
    /// How many lessons it has.
    lessons: usize,
}

impl ModuleView {
    pub(super) fn new(module: &Module, lang: Lang) -> Self {
        let edition = module.edition(lang);
        Self {
            id: module.id.clone(),
            title: edition.title.clone(),
            summary: edition.summary.clone(),
            level: module.level,
            minutes: module.minutes,
            digcomp: module.digcomp.clone(),
            domains: module.domains.clone(),
            lang: edition.lang,
            rev: module.rev,
            lessons: edition.lessons.len(),
        }
    }
}

/// A module with its lessons.
#[derive(Debug, Serialize, ToSchema)]
pub struct ModuleDetail {
    id: ModuleId,
    title: String,
    summary: String,
    /// DigComp level, 1 to 8.
    #[schema(minimum = 1, maximum = 8)]
    level: u8,
    /// Declared learning time, in minutes.
    minutes: u16,
    /// DigComp 2.2 codes.
    digcomp: Vec<Competence>,
    /// Facilita SE6 codes.
    domains: Vec<PublicDomain>,
    /// The language of the title, summary and lessons.
    lang: Lang,
    /// The revision, counted up by the author.
    rev: u32,
    /// In reading order.
    lessons: Vec<LessonLine>,
    /// Absent for a module of lessons alone.
    quiz: Option<QuizView>,
    rule: RuleView,
}

/// A lesson in a module's list.
#[derive(Debug, Serialize, ToSchema)]
pub struct LessonLine {
    id: LessonId,
    title: String,
    /// Reading time, in minutes.
    minutes: u16,
}

/// What the graded quiz asks.
#[derive(Debug, Serialize, ToSchema)]
pub struct QuizView {
    /// How many questions.
    questions: usize,
    /// What all of them are worth.
    points: u32,
    /// What passes: whole per cent of the points.
    #[schema(maximum = 100)]
    pass: u8,
}

/// What completes the module.
#[derive(Debug, Serialize, ToSchema)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum RuleView {
    /// The quiz, at `pass` per cent or more.
    #[schema(title = "QuizRule")]
    Quiz {
        /// Whole per cent.
        #[schema(maximum = 100)]
        pass: u8,
    },
    /// Every lesson read.
    #[schema(title = "LessonsRule")]
    Lessons,
}

impl ModuleDetail {
    pub(super) fn new(module: &Module, lang: Lang) -> Self {
        let edition = module.edition(lang);
        let pass = module.pass.value();
        Self {
            id: module.id.clone(),
            title: edition.title.clone(),
            summary: edition.summary.clone(),
            level: module.level,
            minutes: module.minutes,
            digcomp: module.digcomp.clone(),
            domains: module.domains.clone(),
            lang: edition.lang,
            rev: module.rev,
            lessons: edition.lessons.iter().map(LessonLine::new).collect(),
            quiz: edition.quiz.as_ref().map(|quiz| QuizView {
                questions: quiz.questions.len(),
                points: quiz.points(),
                pass,
            }),
            rule: match edition.quiz {
                Some(_) => RuleView::Quiz { pass },
                None => RuleView::Lessons,
            },
        }
    }
}

impl LessonLine {
    fn new(lesson: &Lesson) -> Self {
        Self {
            id: lesson.id.clone(),
            title: lesson.title.clone(),
            minutes: lesson.minutes,
        }
    }
}

/// A lesson to read.
#[derive(Debug, Serialize, ToSchema)]
pub struct LessonView {
    id: LessonId,
    title: String,
    /// The text, without the practice questions.
    html: String,
    /// Reading time, in minutes.
    minutes: u16,
    /// The lesson before, if there is one.
    previous: Option<LessonId>,
    /// The lesson after, if there is one.
    next: Option<LessonId>,
    /// The practice questions.
    questions: Vec<QuestionView>,
}

impl LessonView {
    /// `None` where the module has no such lesson.
    pub(super) fn new(module: &Module, lang: Lang, id: &LessonId) -> Option<Self> {
        let lessons = &module.edition(lang).lessons;
        let at = lessons.iter().position(|lesson| lesson.id == *id)?;
        let lesson = lessons.get(at)?;
        let neighbour = |at: Option<usize>| Some(lessons.get(at?)?.id.clone());
        Some(Self {
            id: lesson.id.clone(),
            title: lesson.title.clone(),
            html: lesson.html(),
            minutes: lesson.minutes,
            previous: neighbour(at.checked_sub(1)),
            next: neighbour(at.checked_add(1)),
            questions: lesson
                .questions()
                .map(|question| QuestionView::new(question, PRACTICE_SEED))
                .collect(),
        })
    }
}

/// A question as it may be seen before grading.
#[derive(Debug, Serialize, ToSchema)]
pub struct QuestionView {
    id: QuestionId,
    /// How it is answered, and the shape of `given`.
    #[schema(schema_with = question_kind)]
    kind: &'static str,
    /// The question.
    prompt_html: String,
    /// Help that the author gives beforehand.
    hint_html: Option<String>,
    /// What there is to choose, order or pair; empty where one writes.
    options: Vec<OptionView>,
    /// What a `match` pairs the options with.
    right_options: Vec<OptionView>,
}

/// Something to choose, order or pair.
#[derive(Debug, Serialize, ToSchema)]
pub struct OptionView {
    /// What an answer names it by.
    #[schema(example = "a")]
    key: String,
    html: String,
}

impl QuestionView {
    pub(super) fn new(question: &Question, seed: u64) -> Self {
        let shown = question.shown(seed);
        let options = |labels: Vec<Labelled>| {
            labels
                .into_iter()
                .map(|label| OptionView {
                    key: label.key,
                    html: label.html,
                })
                .collect()
        };
        Self {
            id: question.id.clone(),
            kind: shown.kind,
            prompt_html: format!("<p>{}</p>{}", question.title_html, question.text_html),
            hint_html: question.hint_html.clone(),
            options: options(shown.options),
            right_options: options(shown.right_options),
        }
    }
}

/// An attempt at a quiz.
#[derive(Debug, Serialize, ToSchema)]
pub struct AttemptView {
    attempt: Uuid,
    module: ModuleId,
    /// The revision that is asked.
    rev: u32,
    questions: Vec<QuestionView>,
    /// The questions that have an answer.
    answered: Vec<QuestionId>,
}

impl AttemptView {
    pub(super) fn new(attempt: &Attempt) -> Self {
        Self {
            attempt: attempt.id.0,
            module: attempt.module.clone(),
            rev: attempt.rev,
            questions: attempt
                .questions
                .iter()
                .map(|question| QuestionView::new(question, attempt.seed))
                .collect(),
            answered: attempt.answered.keys().cloned().collect(),
        }
    }
}

/// A graded answer.
#[derive(Debug, Serialize, ToSchema)]
pub struct GradeView {
    question: QuestionId,
    correct: bool,
    /// Points earned: all or none.
    points: u16,
    /// Points the question is worth.
    max_points: u16,
    /// The author's word on what was chosen.
    feedback_html: Option<String>,
    /// Why the right answer is right.
    explanation_html: Option<String>,
}

impl GradeView {
    pub(super) fn new(question: QuestionId, grade: Grade) -> Self {
        Self {
            question,
            correct: grade.correct,
            points: grade.points,
            max_points: grade.max_points,
            feedback_html: grade.feedback_html,
            explanation_html: grade.explanation_html,
        }
    }
}
