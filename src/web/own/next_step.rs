//! Where somebody goes on in a module, in words: the same on every page, and for programs.

use std::collections::BTreeMap;

use serde::Serialize;
use utoipa::ToSchema;

use crate::content::Catalogue;
use crate::content::module::Module;
use crate::domain::ids::{LessonId, ModuleId};
use crate::domain::locale::Lang;
use crate::learning::assignment::Assigned;
use crate::learning::progress::{ModuleProgress, Next};
use crate::learning::resume::next_of;
use crate::web::templates::{text, text_with};

/// The step that somebody takes next in a module.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct NextStep {
    /// The address of its page.
    #[schema(example = "/moduli/spid/riconoscimento")]
    pub href: String,
    /// What a button to it says, in the language of the request.
    #[schema(example = "Continua dalla lezione 3")]
    pub label: String,
    /// The title of the lesson, the quiz or the module.
    pub title: String,
    /// The title of the module.
    pub module: String,
    /// The language of both titles.
    pub lang: Lang,
    /// The lesson, where it is one.
    pub lesson: Option<LessonId>,
}

impl NextStep {
    /// The one step to take of all: in what was given to do, else in what was touched last, else the
    /// module that is left in a path of which another one is done.
    #[must_use]
    pub fn of_all(
        catalogue: &Catalogue,
        progress: &BTreeMap<ModuleId, ModuleProgress>,
        assigned: &[Assigned],
        lang: Lang,
    ) -> Option<Self> {
        let untouched = ModuleProgress::default();
        if let Some((id, next)) = next_of(catalogue, progress, assigned) {
            let progress = progress.get(&id).unwrap_or(&untouched);
            return Some(Self::new(catalogue.module(&id)?, progress, &next, lang));
        }
        let begun = |id: &ModuleId| progress.contains_key(id);
        let mut paths = catalogue.paths().iter();
        let left = paths.find_map(|path| {
            let known = path.modules.iter().any(begun);
            path.modules.iter().find(|id| known && !begun(id))
        });
        let module = catalogue.module(left?)?;
        let next = untouched.next(module.edition(lang), None);
        Some(Self::new(module, &untouched, &next, lang))
    }

    /// The step in words.
    #[must_use]
    pub fn new(module: &Module, progress: &ModuleProgress, next: &Next, lang: Lang) -> Self {
        let edition = module.edition(lang);
        let (label, title, lesson) = match next {
            Next::Lesson(id) => {
                let at = edition.lessons.iter().position(|lesson| lesson.id == *id);
                let title = at.and_then(|at| edition.lessons.get(at));
                let begins = progress.read.is_empty() && at == Some(0);
                let number = at.map_or(0, |at| at + 1);
                let label = match begins {
                    true => text(lang, "module-begin"),
                    false => text_with(
                        lang,
                        "next-lesson",
                        &[("number".into(), number.into())].into(),
                    ),
                };
                (label, title.map(|lesson| &lesson.title), Some(id.clone()))
            }
            Next::Attempt(_) => {
                let title = edition.quiz.as_ref().map(|quiz| &quiz.title);
                (text(lang, "next-attempt"), title, None)
            }
            Next::Quiz => {
                let title = edition.quiz.as_ref().map(|quiz| &quiz.title);
                (text(lang, "module-quiz"), title, None)
            }
            Next::Module => (text(lang, "next-module"), None, None),
        };
        Self {
            href: next_address(&module.id, next),
            label,
            title: title.unwrap_or(&edition.title).clone(),
            module: edition.title.clone(),
            lang: edition.lang,
            lesson,
        }
    }
}

/// The page where somebody goes on in a module.
#[must_use]
pub fn next_address(module: &ModuleId, next: &Next) -> String {
    match next {
        Next::Lesson(lesson) => format!("/moduli/{module}/{lesson}"),
        Next::Attempt(attempt) => format!("/moduli/{module}/quiz/{attempt}"),
        Next::Quiz => format!("/moduli/{module}/quiz"),
        Next::Module => format!("/moduli/{module}"),
    }
}
