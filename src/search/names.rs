//! What lessons are called, and what people ask when they need them: `asks`, titles, keywords and
//! headings, as numbers of stems. It decides among what the index found ([`super::rank`]).
//!
//! Kept in memory beside the index, a few hundred bytes a lesson; texts are not.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::content::compiler::Changed;
use crate::domain::ids::{LessonId, ModuleId};
use crate::domain::locale::Lang;

use super::meaning::{Meaning, Vocabulary, is_small, number};

/// What a name is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NameKind {
    /// The page.
    Title,
    /// A question that the page answers.
    Ask,
    /// A keyword of the module.
    Keyword,
    /// The heading of this number.
    Heading(u32),
}

/// A page in a language.
type Page = (u64, Lang);

/// The names of every page.
#[derive(Clone, Default)]
pub(super) struct Names {
    /// Of each page its names, one after the other: kind, how many stems, the stems.
    pages: FxHashMap<Page, Arc<[u32]>>,
    /// The stems of the names of each language.
    stems: FxHashMap<(Lang, u32), Stem>,
    /// The pages of each module.
    modules: HashMap<ModuleId, Vec<Page>>,
    /// How many names there are in each language.
    counts: HashMap<Lang, u32>,
}

/// A stem in the names of a language.
#[derive(Clone, Copy, Default)]
struct Stem {
    /// How many names have it.
    names: u32,
    /// How much it says: see [`Names::weigh`].
    weight: f32,
}

/// A number for module and lesson, whatever the language.
pub(super) fn group(module: &ModuleId, lesson: Option<&LessonId>) -> u64 {
    let mut hasher = DefaultHasher::new();
    (module, lesson).hash(&mut hasher);
    hasher.finish()
}

/// A number for the heading of a section: 0 before the first.
fn heading(anchor: Option<&str>) -> u32 {
    anchor.map_or(0, |anchor| number(anchor).max(FIRST_HEADING))
}

/// A number for language and heading.
pub(super) fn place(lang: Lang, anchor: Option<&str>) -> u64 {
    let lang = u64::from(lang == Lang::En);
    lang << 32 | u64::from(heading(anchor))
}

/// Language and heading of a [`place`].
pub(super) fn placed(place: u64) -> (Lang, u32) {
    let lang = match place >> 32 {
        0 => Lang::It,
        _ => Lang::En,
    };
    (
        lang,
        u32::try_from(place & u64::from(u32::MAX)).unwrap_or(0),
    )
}

/// What people call a module who ask for the whole of it.
const fn course(lang: Lang) -> &'static str {
    match lang {
        Lang::It => "corso",
        Lang::En => "course",
    }
}

const TITLE: u32 = 1;
const ASK: u32 = 2;
const KEYWORD: u32 = 3;
const FIRST_HEADING: u32 = 4;

impl Names {
    /// Takes in a new or changed module.
    pub(super) fn add(&mut self, changed: &Changed, vocabulary: &Arc<Vocabulary>) {
        let module = &changed.module;
        self.remove(&module.id);
        let mut pages = Vec::new();
        for lang in module.langs() {
            let mut meaning = Meaning::new(lang, vocabulary);
            let edition = module.edition(lang);
            let mut own: HashMap<u64, Vec<u32>> = HashMap::new();
            let mut name = |lesson: Option<&LessonId>, kind: u32, text: &str| {
                let stems = meaning.numbers(text);
                let names = own.entry(group(&module.id, lesson)).or_default();
                if let Ok(count @ 1..) = u32::try_from(stems.len()) {
                    names.extend([kind, count]);
                    names.extend(stems);
                }
            };
            let course = course(lang);
            name(None, TITLE, &edition.title);
            name(None, ASK, &format!("{course} {}", edition.title));
            name(None, ASK, &format!("{course} {}", module.id));
            for keyword in &edition.keywords {
                name(None, KEYWORD, keyword);
                name(None, ASK, &format!("{course} {keyword}"));
            }
            for lesson in &edition.lessons {
                name(Some(&lesson.id), TITLE, &lesson.title);
                for ask in &lesson.asks {
                    name(Some(&lesson.id), ASK, ask);
                }
            }
            let sections = changed.sections.iter().filter(|one| one.lang == lang);
            for section in sections {
                if let Some(anchor) = &section.anchor {
                    let lesson = section.lesson.as_ref();
                    name(lesson, heading(Some(anchor)), &section.heading);
                }
            }
            for (group, names) in own {
                self.put((group, lang), names);
                pages.push((group, lang));
            }
        }
        self.modules.insert(module.id.clone(), pages);
    }

    fn put(&mut self, page: Page, names: Vec<u32>) {
        let names: Arc<[u32]> = names.into();
        for (_, stems) in each(&names) {
            for stem in stems {
                self.stems.entry((page.1, *stem)).or_default().names += 1;
            }
            *self.counts.entry(page.1).or_default() += 1;
        }
        self.pages.insert(page, names);
    }

    /// Forgets a module.
    pub(super) fn remove(&mut self, module: &ModuleId) {
        for page in self.modules.remove(module).unwrap_or_default() {
            let Some(names) = self.pages.remove(&page) else {
                continue;
            };
            for (_, stems) in each(&names) {
                for stem in stems {
                    if let Some(stem) = self.stems.get_mut(&(page.1, *stem)) {
                        stem.names -= 1;
                    }
                }
                if let Some(count) = self.counts.get_mut(&page.1) {
                    *count -= 1;
                }
            }
        }
    }

    /// Works out anew how much each stem says, when modules were taken in or forgotten: the rarer it is
    /// among the names, the more. A search asks for it thousands of times.
    #[expect(clippy::cast_precision_loss, reason = "counts of names")]
    pub(super) fn weigh(&mut self) {
        self.stems.retain(|_, stem| stem.names > 0);
        for ((lang, stem), of) in &mut self.stems {
            let names = self.counts.get(lang).copied().unwrap_or_default() as f32;
            let rarity = |having: f32| ((names - having + 0.5).max(0.5) / (having + 0.5)).ln_1p();
            let weight = MOST_WEIGHT * rarity(of.names as f32) / rarity(0.0);
            of.weight = with_meaning(*stem, weight.max(LEAST_WEIGHT));
        }
    }

    /// How much a stem says.
    pub(super) fn weight(&self, lang: Lang, stem: u32) -> f32 {
        let known = self.stems.get(&(lang, stem));
        known.map_or_else(|| with_meaning(stem, MOST_WEIGHT), |known| known.weight)
    }

    /// Whether any name of a language has a stem.
    pub(super) fn has(&self, lang: Lang, stem: u32) -> bool {
        self.stems.contains_key(&(lang, stem))
    }

    /// The names of a page.
    pub(super) fn of(&self, page: Page) -> impl Iterator<Item = (NameKind, &[u32])> {
        let names = self.pages.get(&page).map(AsRef::as_ref);
        each(names.unwrap_or_default())
    }
}

/// How much a stem says of this weight: less if it has no meaning of its own.
const fn with_meaning(stem: u32, weight: f32) -> f32 {
    if is_small(stem) {
        SMALL * weight
    } else {
        weight
    }
}

/// How much of that a word says that has no meaning of its own.
const SMALL: f32 = 0.2;

/// What a stem says that no name has, whatever the number of names.
const MOST_WEIGHT: f32 = 4.8;

/// What a stem says at least that most names have.
const LEAST_WEIGHT: f32 = 0.3;

fn each(mut names: &[u32]) -> impl Iterator<Item = (NameKind, &[u32])> {
    std::iter::from_fn(move || {
        let ([kind, count], rest) = names.split_first_chunk::<2>()?;
        let (stems, rest) = rest.split_at_checked(usize::try_from(*count).ok()?)?;
        names = rest;
        let kind = match *kind {
            TITLE => NameKind::Title,
            ASK => NameKind::Ask,
            KEYWORD => NameKind::Keyword,
            heading => NameKind::Heading(heading),
        };
        Some((kind, stems))
    })
}
