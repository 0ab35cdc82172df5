//! What programs ask a site for: the addresses of its pages, and what can be learned.

use serde::Serialize;
use time::Date;

use crate::content::Catalogue;
use crate::content::module::Module;
use crate::domain::locale::Lang;

/// Pages that are the same for everybody, beside those of the courses.
const PAGES: [&str; 8] = [
    "/",
    "/moduli",
    "/punti",
    "/rete/totali",
    "/sviluppatori",
    "/privacy",
    "/accessibilita",
    "/cookie",
];

/// `sitemap.xml`
#[derive(Debug, Serialize)]
pub struct SiteMap {
    langs: [&'static str; Lang::ALL.len()],
    pages: Vec<MappedPage>,
}

#[derive(Debug, Serialize)]
struct MappedPage {
    path: String,
    /// The day its facts were last checked.
    checked: Option<String>,
}

impl SiteMap {
    /// The pages of a catalogue, and those that are always there.
    #[must_use]
    pub fn new(catalogue: &Catalogue) -> Self {
        let page = |path: String, checked: Option<Date>| MappedPage {
            path,
            checked: checked.map(|day| day.to_string()),
        };
        let mut pages: Vec<_> = PAGES.map(|path| page(path.to_owned(), None)).into();
        let paths = catalogue.paths().iter();
        pages.extend(paths.map(|path| page(format!("/percorsi/{}", path.id), None)));
        for module in catalogue.modules() {
            let front = format!("/moduli/{}", module.id);
            let checked = Some(module.original.verified);
            let lessons = module.original.lessons.iter();
            let lessons = lessons.map(|lesson| page(format!("{front}/{}", lesson.id), checked));
            pages.extend(lessons);
            pages.push(page(front, checked));
        }
        Self {
            langs: Lang::ALL.map(Lang::code),
            pages,
        }
    }
}

/// `feed.xml`: the modules, those last checked first.
#[derive(Debug, Serialize)]
pub struct Feed {
    updated: String,
    entries: Vec<FeedEntry>,
}

#[derive(Debug, Serialize)]
struct FeedEntry {
    id: String,
    title: String,
    summary: String,
    lang: Lang,
    updated: String,
}

impl Feed {
    /// The modules of a catalogue in a language.
    #[must_use]
    pub fn new(catalogue: &Catalogue, lang: Lang) -> Self {
        let mut modules: Vec<&Module> = catalogue.modules().iter().map(AsRef::as_ref).collect();
        let checked = |module: &Module| module.edition(lang).verified;
        modules.sort_by_key(|module| (std::cmp::Reverse(checked(module)), module.id.clone()));
        let moment = |day: Date| format!("{day}T00:00:00Z");
        let first = modules.first().map(|module| checked(module));
        Self {
            updated: moment(first.unwrap_or(time::macros::date!(2026 - 01 - 01))),
            entries: modules
                .into_iter()
                .map(|module| {
                    let edition = module.edition(lang);
                    FeedEntry {
                        id: module.id.to_string(),
                        title: edition.title.clone(),
                        summary: edition.summary.clone(),
                        lang: edition.lang,
                        updated: moment(edition.verified),
                    }
                })
                .collect(),
        }
    }
}
