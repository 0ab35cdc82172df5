//! What is published: catalogue, search and the pages that are the same for everyone, swapped in
//! together.
//!
//! A lesson's page in its own languages is rendered when it is published; the same page around a
//! text in another language, and the few pages that show several modules, when first asked for.
//! Publishing again renders only what has changed.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;
use serde::Serialize;

use crate::content::Catalogue;
use crate::content::module::Module;
use crate::content::teaching::{LessonsBehind, lessons_behind};
use crate::domain::ids::{LessonId, ModuleId, PathId};
use crate::domain::locale::Lang;
use crate::domain::progress;
use crate::search::{Results, Search};

use super::frame::{self, Frame};
use super::kept::Kept;
use super::page::Page;
use super::templates::Templates;
use crate::web::learn::catalogue::{HomePage, ModulesPage, PathPage, pages};
use crate::web::learn::filters::{Chosen, FilterQuery};
use crate::web::learn::module_page::{LessonPage, ModulePage};
use crate::web::learn::search::{SearchPage, SearchResults};

/// How many pages of the list of modules are kept: some 5 MB.
pub const MOST_LISTS: usize = 512;

/// Around how many kinds of results: some 1 MB.
const MOST_FRAMES: usize = 64;

/// What was found for how many questions is kept: some 4 MB.
pub const MOST_FOUND: usize = 512;

/// The longest question of which it is kept, in bytes: longer ones are asked once.
const LONGEST_KEPT: usize = 64;

/// Everything that is read without asking the database. Immutable.
pub struct Published {
    /// What can be learned.
    pub catalogue: Arc<Catalogue>,
    /// What can be found: the sections of this very catalogue.
    pub search: Search,
    templates: Arc<Templates>,
    home: InLanguages,
    /// Pages of the list of modules, by what is chosen and the number of the page.
    lists: Kept<(Lang, Chosen, usize), Page>,
    /// What is around the results of a search.
    frames: Kept<(Lang, Chosen), Frame>,
    /// The results of questions that the courses answer, drawn: many people ask the same.
    found: Kept<(Lang, Chosen, String), String>,
    paths: HashMap<PathId, InLanguages>,
    modules: HashMap<ModuleId, Arc<ModulePages>>,
}

/// A page in each language, rendered or still to be.
type InLanguages = [OnceLock<Page>; Lang::ALL.len()];

struct ModulePages {
    module: Arc<Module>,
    front: InLanguages,
    lessons: HashMap<LessonId, InLanguages>,
    /// The lesson to read again for each question of the quiz.
    behind: LessonsBehind,
}

impl Published {
    /// The pages of a catalogue. Those of modules that are not in `changed` are taken over from
    /// what was published before.
    ///
    /// # Errors
    /// A mistake in a template.
    pub fn new(
        catalogue: Arc<Catalogue>,
        search: Search,
        templates: Arc<Templates>,
        before: Option<&Self>,
        changed: &HashSet<ModuleId>,
    ) -> Result<Self, minijinja::Error> {
        let _step = progress::begin("drawing the pages", catalogue.modules().len());
        let modules = catalogue
            .modules()
            .par_iter()
            .map(|module| {
                progress::advance(1);
                let kept = before
                    .and_then(|before| before.modules.get(&module.id))
                    // A module's page names those it requires.
                    .filter(|_| !changed.contains(&module.id))
                    .filter(|_| !module.requires.iter().any(|id| changed.contains(id)))
                    .filter(|kept| kept.requires_are_in(&catalogue));
                let pages = match kept {
                    Some(kept) => Arc::clone(kept),
                    None => Arc::new(ModulePages::new(&catalogue, module, &templates)?),
                };
                Ok((module.id.clone(), pages))
            })
            .collect::<Result<_, minijinja::Error>>()?;
        let paths = catalogue
            .paths()
            .iter()
            .map(|path| (path.id.clone(), InLanguages::default()));
        Ok(Self {
            home: InLanguages::default(),
            lists: Kept::at_most(MOST_LISTS),
            frames: Kept::at_most(MOST_FRAMES),
            found: Kept::at_most(MOST_FOUND),
            paths: paths.collect(),
            modules,
            templates,
            search,
            catalogue,
        })
    }

    /// The home page.
    ///
    /// # Errors
    /// A mistake in a template.
    pub fn home(&self, lang: Lang) -> Result<&Page, minijinja::Error> {
        get(&self.home, lang, || {
            render(
                &self.templates,
                "home.html",
                lang,
                &HomePage::new(&self.catalogue, lang),
            )
        })
    }

    /// A page of the list of modules.
    ///
    /// # Errors
    /// A mistake in a template.
    pub fn modules(&self, filter: &FilterQuery, lang: Lang) -> Result<Arc<Page>, minijinja::Error> {
        let chosen = filter.chosen();
        // Behind the last page is the last page: numbers that are made up are not keys.
        let page = filter.page().min(pages(self.catalogue.modules().len()));
        self.lists.get((lang, chosen, page), || {
            let view = ModulesPage::new(&self.catalogue, chosen, page, lang);
            render(&self.templates, "modules.html", lang, &view)
        })
    }

    /// What a search found, where the same was asked before and found an answer.
    #[must_use]
    pub fn found_before(&self, words: &str, chosen: Chosen, lang: Lang) -> Option<Arc<String>> {
        self.found.find(&(lang, chosen, words.to_owned()))
    }

    /// What a search found, as HTML.
    ///
    /// # Errors
    /// A mistake in a template.
    pub fn found(
        &self,
        words: &str,
        chosen: Chosen,
        results: &Results,
        lang: Lang,
    ) -> Result<Arc<String>, minijinja::Error> {
        let found = SearchResults::new(&self.catalogue, words, results, lang);
        let html = self.templates.render("partials/found.html", lang, &found)?;
        let html = Arc::new(html);
        // Words that nothing answers may be anything that somebody typed.
        if results.answers && words.len() <= LONGEST_KEPT {
            let key = (lang, chosen, words.to_owned());
            self.found.put(key, Arc::clone(&html));
        }
        Ok(html)
    }

    /// The page around what a search found.
    ///
    /// # Errors
    /// A mistake in a template.
    pub fn search_page(
        &self,
        words: &str,
        chosen: Chosen,
        found: &str,
        lang: Lang,
    ) -> Result<String, minijinja::Error> {
        let draw = |words, found: &str| {
            let page = SearchPage::new(&self.catalogue, chosen, words, found, lang);
            self.templates.render("search.html", lang, &page)
        };
        if words.is_empty() {
            return draw(("", ""), found);
        }
        let frame = self.frames.get((lang, chosen), || {
            let page = draw((frame::WORDS, frame::ADDRESS), frame::REST)?;
            Ok::<_, minijinja::Error>(Frame::new(&page))
        })?;
        Ok(frame.filled(words, found))
    }

    /// How many pages of the list of modules, and results of searches, are kept.
    #[must_use]
    pub fn kept(&self) -> (usize, usize) {
        (self.lists.count(), self.found.count())
    }

    /// The page of a learning path; `None` where there is no such path.
    ///
    /// # Errors
    /// A mistake in a template.
    pub fn path(&self, id: &PathId, lang: Lang) -> Result<Option<&Page>, minijinja::Error> {
        let (Some(pages), Some(path)) = (self.paths.get(id), self.catalogue.path(id)) else {
            return Ok(None);
        };
        get(pages, lang, || {
            let page = PathPage::new(&self.catalogue, path, lang);
            render(&self.templates, "path.html", lang, &page)
        })
        .map(Some)
    }

    /// The page of a module; `None` where there is no such module.
    ///
    /// # Errors
    /// A mistake in a template.
    pub fn module(&self, id: &ModuleId, lang: Lang) -> Result<Option<&Page>, minijinja::Error> {
        let Some(pages) = self.modules.get(id) else {
            return Ok(None);
        };
        pages
            .front(&self.catalogue, &self.templates, lang)
            .map(Some)
    }

    /// The page of a lesson; `None` where there is no such lesson.
    ///
    /// # Errors
    /// A mistake in a template.
    pub fn lesson(
        &self,
        module: &ModuleId,
        lesson: &LessonId,
        lang: Lang,
    ) -> Result<Option<&Page>, minijinja::Error> {
        match self.modules.get(module) {
            Some(pages) => pages.lesson(lesson, &self.templates, lang),
            None => Ok(None),
        }
    }

    /// The lesson that teaches what each question of a module's quiz asks.
    #[must_use]
    pub fn lessons_behind(&self, module: &ModuleId) -> &LessonsBehind {
        static NONE: LessonsBehind = LessonsBehind::new();
        self.modules
            .get(module)
            .map_or(&NONE, |pages| &pages.behind)
    }
}

impl ModulePages {
    fn new(
        catalogue: &Catalogue,
        module: &Arc<Module>,
        templates: &Templates,
    ) -> Result<Self, minijinja::Error> {
        let lessons = module.original.lessons.iter();
        let pages = Self {
            module: Arc::clone(module),
            front: InLanguages::default(),
            lessons: lessons
                .map(|lesson| (lesson.id.clone(), InLanguages::default()))
                .collect(),
            behind: lessons_behind(module),
        };
        for lang in module.langs() {
            pages.front(catalogue, templates, lang)?;
            for lesson in &module.original.lessons {
                pages.lesson(&lesson.id, templates, lang)?;
            }
        }
        Ok(pages)
    }

    fn requires_are_in(&self, catalogue: &Catalogue) -> bool {
        self.module
            .requires
            .iter()
            .all(|id| catalogue.module(id).is_some())
    }

    fn front(
        &self,
        catalogue: &Catalogue,
        templates: &Templates,
        lang: Lang,
    ) -> Result<&Page, minijinja::Error> {
        get(&self.front, lang, || {
            render(
                templates,
                "module.html",
                lang,
                &ModulePage::new(catalogue, &self.module, lang),
            )
        })
    }

    fn lesson(
        &self,
        id: &LessonId,
        templates: &Templates,
        lang: Lang,
    ) -> Result<Option<&Page>, minijinja::Error> {
        let edition = self.module.edition(lang);
        let Some(pages) = self.lessons.get(id) else {
            return Ok(None);
        };
        if let Some(page) = pages[lang as usize].get() {
            return Ok(Some(page));
        }
        match LessonPage::new(&self.module, edition, id, lang) {
            Some(view) => get(pages, lang, || {
                render(templates, "lesson.html", lang, &view)
            })
            .map(Some),
            None => Ok(None),
        }
    }
}

/// The page in a language, made if it is not there. Two that ask at once may both make it; one of
/// the two, which are equal, is kept.
fn get(
    pages: &InLanguages,
    lang: Lang,
    make: impl FnOnce() -> Result<Page, minijinja::Error>,
) -> Result<&Page, minijinja::Error> {
    let cell = &pages[lang as usize];
    match cell.get() {
        Some(page) => Ok(page),
        None => {
            let page = make()?;
            Ok(cell.get_or_init(|| page))
        }
    }
}

fn render(
    templates: &Templates,
    name: &str,
    lang: Lang,
    view: &impl Serialize,
) -> Result<Page, minijinja::Error> {
    templates.render(name, lang, view).map(Page::text)
}
