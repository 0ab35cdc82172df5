//! A module's own page and its lessons.

use serde::Serialize;
use serde_json::Value;

use crate::content::Catalogue;
use crate::content::lesson::{Block, Lesson};
use crate::content::module::{Edition, Module};
use crate::content::question::Question;
use crate::content::teaching::LessonsBehind;
use crate::domain::ids::LessonId;
use crate::domain::locale::Lang;
use crate::web::learn::course_page::course;
use crate::web::learn::question::QuestionForm;
use crate::web::parts::chrome::{Chrome, SiteSection};
use crate::web::templates::{day, text};

/// Practice questions are shown in the same order every time: nothing is counted.
pub const PRACTICE_SEED: u64 = 0;

/// `module.html`
#[derive(Debug, Serialize)]
pub struct ModulePage {
    chrome: Chrome,
    id: String,
    title: String,
    summary: String,
    content_lang: Lang,
    level: String,
    minutes: u16,
    competences: Vec<&'static str>,
    domains: Vec<&'static str>,
    intro_html: String,
    lessons: Vec<LessonLink>,
    quiz: Option<QuizFacts>,
    requires: Vec<ContentLink>,
    sources: Vec<String>,
    verified: String,
    rev: u32,
    /// The module for search engines.
    course: Value,
}

/// A lesson in a list.
#[derive(Debug, Serialize)]
pub struct LessonLink {
    href: String,
    title: String,
    minutes: u16,
    current: bool,
}

#[derive(Debug, Serialize)]
struct QuizFacts {
    href: String,
    questions: usize,
    pass: u8,
}

/// A link to content.
#[derive(Debug, Clone, Serialize)]
pub struct ContentLink {
    /// Where it leads.
    pub href: String,
    /// Its words.
    pub title: String,
    /// The language of its words.
    pub lang: Lang,
}

impl ModulePage {
    /// The page of a module.
    #[must_use]
    pub fn new(catalogue: &Catalogue, module: &Module, lang: Lang) -> Self {
        let edition = module.edition(lang);
        let address = format!("/moduli/{}", module.id);
        Self {
            chrome: Chrome::new(lang, &edition.title, SiteSection::Modules, &address)
                .described(&edition.summary)
                .under("/moduli", text(lang, "nav-modules"), lang),
            id: module.id.to_string(),
            title: edition.title.clone(),
            summary: edition.summary.clone(),
            content_lang: edition.lang,
            level: text(lang, &format!("level-{}", module.level)),
            minutes: module.minutes,
            competences: module.digcomp.iter().map(|one| one.title(lang)).collect(),
            domains: module.domains.iter().map(|one| one.label(lang)).collect(),
            intro_html: edition.intro_html.clone(),
            lessons: lesson_links(module, edition, None),
            quiz: edition.quiz.as_ref().map(|quiz| QuizFacts {
                href: format!("{address}/quiz"),
                questions: quiz.questions.len(),
                pass: module.pass.value(),
            }),
            requires: module
                .requires
                .iter()
                .filter_map(|id| catalogue.module(id))
                .map(|other| module_link(other, lang))
                .collect(),
            sources: module.sources.clone(),
            verified: day(lang, edition.verified),
            rev: module.rev,
            course: course(module, lang),
        }
    }
}

/// The module that follows this one in a learning path, if there is one.
#[must_use]
pub fn next_in_a_path(catalogue: &Catalogue, module: &Module, lang: Lang) -> Option<ContentLink> {
    catalogue.paths().iter().find_map(|path| {
        let mut after = path.modules.iter().skip_while(|id| **id != module.id);
        let next = catalogue.module(after.nth(1)?)?;
        Some(module_link(next, lang))
    })
}

/// The link to a module's page.
#[must_use]
pub fn module_link(module: &Module, lang: Lang) -> ContentLink {
    let edition = module.edition(lang);
    ContentLink {
        href: format!("/moduli/{}", module.id),
        title: edition.title.clone(),
        lang: edition.lang,
    }
}

/// The link to the lesson that teaches what a question asks, in the language of the question.
#[must_use]
pub fn lesson_behind(
    module: &Module,
    behind: &LessonsBehind,
    question: &Question,
    lang: Lang,
) -> Option<ContentLink> {
    let edition = module.edition(lang);
    let lesson = edition.lesson(behind.get(&question.id)?)?;
    Some(ContentLink {
        href: format!("/moduli/{}/{}", module.id, lesson.id),
        title: lesson.title.clone(),
        lang: edition.lang,
    })
}

fn lesson_links(module: &Module, edition: &Edition, current: Option<&Lesson>) -> Vec<LessonLink> {
    edition
        .lessons
        .iter()
        .map(|lesson| LessonLink {
            href: format!("/moduli/{}/{}", module.id, lesson.id),
            title: lesson.title.clone(),
            minutes: lesson.minutes,
            current: current.is_some_and(|current| current.id == lesson.id),
        })
        .collect()
}

/// `lesson.html`
#[derive(Debug, Serialize)]
pub struct LessonPage {
    chrome: Chrome,
    href: String,
    title: String,
    content_lang: Lang,
    minutes: u16,
    /// From 1.
    number: usize,
    of: usize,
    body: Vec<Part>,
    lessons: Vec<LessonLink>,
    previous: Option<ContentLink>,
    /// The next lesson, or the quiz after the last.
    next: Option<ContentLink>,
    next_is_quiz: bool,
    verified: String,
}

#[derive(Debug, Serialize)]
struct Part {
    html: Option<String>,
    question: Option<QuestionForm>,
}

impl LessonPage {
    /// The page of a lesson; `None` where the edition does not have it.
    #[must_use]
    pub fn new(module: &Module, edition: &Edition, id: &LessonId, lang: Lang) -> Option<Self> {
        let at = edition.lessons.iter().position(|lesson| lesson.id == *id)?;
        let lesson = edition.lessons.get(at)?;
        let link = |lesson: &Lesson| ContentLink {
            href: format!("/moduli/{}/{}", module.id, lesson.id),
            title: lesson.title.clone(),
            lang: edition.lang,
        };
        let here = link(lesson);
        let after = edition.lessons.get(at + 1).map(link);
        let quiz = edition.quiz.as_ref().map(|quiz| ContentLink {
            href: format!("/moduli/{}/quiz", module.id),
            title: quiz.title.clone(),
            lang: edition.lang,
        });
        Some(Self {
            chrome: lesson_chrome(module, edition, lesson, lang),
            href: here.href,
            title: here.title,
            content_lang: edition.lang,
            minutes: lesson.minutes,
            number: at + 1,
            of: edition.lessons.len(),
            body: lesson
                .body
                .iter()
                .map(|block| Part::new(block, edition.lang))
                .collect(),
            lessons: lesson_links(module, edition, Some(lesson)),
            previous: at
                .checked_sub(1)
                .and_then(|at| edition.lessons.get(at))
                .map(link),
            next_is_quiz: after.is_none() && quiz.is_some(),
            next: after.or(quiz),
            verified: day(lang, edition.verified),
        })
    }
}

/// The surroundings of a lesson's page.
pub(crate) fn lesson_chrome(
    module: &Module,
    edition: &Edition,
    lesson: &Lesson,
    lang: Lang,
) -> Chrome {
    let address = format!("/moduli/{}/{}", module.id, lesson.id);
    Chrome::new(
        lang,
        format!("{} - {}", lesson.title, edition.title),
        SiteSection::Modules,
        &address,
    )
    .described(lesson.summary.as_deref().unwrap_or(&edition.summary))
    .under("/moduli", text(lang, "nav-modules"), lang)
    .under(
        format!("/moduli/{}", module.id),
        &edition.title,
        edition.lang,
    )
}

impl Part {
    fn new(block: &Block, lang: Lang) -> Self {
        match block {
            Block::Html(html) => Self {
                html: Some(html.text().into_owned()),
                question: None,
            },
            Block::Practice(question) => Self {
                html: None,
                question: Some(QuestionForm::new(question, PRACTICE_SEED, None, lang)),
            },
        }
    }
}
