//! The catalogue, a module, its lessons and images.

use actix_web::http::header;
use actix_web::web::Path;
use actix_web::{HttpRequest, HttpResponse};
use serde::Serialize;

use crate::content::Catalogue;
use crate::content::catalogue::LearningPath;
use crate::content::module::Module;
use crate::domain::ids::{LessonId, ModuleId};
use crate::domain::locale::Lang;
use crate::web::error::Error;
use crate::web::extract::Language;
use crate::web::learn::filters::{Chosen, FilterQuery, Filters};
use crate::web::parts::chrome::{Chrome, SiteSection};
use crate::web::parts::shared;
use crate::web::read::Query;
use crate::web::state::App;
use crate::web::templates::text;

/// `GET /moduli`
pub async fn list(
    request: HttpRequest,
    app: App,
    Language(lang): Language,
    filter: Query<FilterQuery>,
) -> Result<HttpResponse, Error> {
    let page = app.published().modules(&filter, lang)?;
    Ok(shared(&request, &page))
}

/// `GET /moduli/{module}`
pub async fn module(
    request: HttpRequest,
    app: App,
    Language(lang): Language,
    module: Path<ModuleId>,
) -> Result<HttpResponse, Error> {
    let published = app.published();
    let page = published.module(&module, lang)?.ok_or(Error::NotFound)?;
    Ok(shared(&request, page))
}

/// `GET /moduli/{module}/{lesson}`
pub async fn lesson(
    request: HttpRequest,
    app: App,
    Language(lang): Language,
    path: Path<(ModuleId, LessonId)>,
) -> Result<HttpResponse, Error> {
    let published = app.published();
    let page = published
        .lesson(&path.0, &path.1, lang)?
        .ok_or(Error::NotFound)?;
    Ok(shared(&request, page))
}

/// `GET /moduli/{module}/immagini/{file}`
pub async fn image(
    request: HttpRequest,
    app: App,
    path: Path<(ModuleId, String)>,
) -> Result<HttpResponse, Error> {
    let catalogue = app.catalogue();
    let module = catalogue.module(&path.0).ok_or(Error::NotFound)?;
    let image = module.images.get(&path.1).ok_or(Error::NotFound)?;
    let current = request.query_string().strip_prefix("v=") == Some(image.hash.as_str());
    Ok(HttpResponse::Ok()
        .content_type(image.media_type)
        .insert_header((
            header::CACHE_CONTROL,
            if current {
                "public, max-age=31536000, immutable"
            } else {
                "no-cache"
            },
        ))
        // An image that is opened by itself runs nothing, whatever it holds.
        .insert_header((
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; style-src 'unsafe-inline'",
        ))
        .body(image.bytes.clone()))
}

/// Modules on one page of the list.
const A_PAGE: usize = 24;

/// A module in a list.
#[derive(Debug, Serialize)]
pub struct ModuleCard {
    id: ModuleId,
    href: String,
    title: String,
    summary: String,
    lang: Lang,
    level: u8,
    minutes: u16,
    lessons: usize,
}

impl ModuleCard {
    /// The card of a module.
    #[must_use]
    pub fn new(module: &Module, lang: Lang) -> Self {
        let edition = module.edition(lang);
        Self {
            id: module.id.clone(),
            href: format!("/moduli/{}", module.id),
            title: edition.title.clone(),
            summary: edition.summary.clone(),
            lang: edition.lang,
            level: module.level,
            minutes: module.minutes,
            lessons: edition.lessons.len(),
        }
    }
}

/// A learning path in a list.
#[derive(Debug, Serialize)]
pub struct PathCard {
    href: String,
    title: String,
    summary: String,
    modules: usize,
    minutes: u32,
}

impl PathCard {
    fn new(path: &LearningPath, catalogue: &Catalogue, lang: Lang) -> Self {
        Self {
            href: format!("/percorsi/{}", path.id),
            title: path.title(lang).to_owned(),
            summary: path.summary(lang).to_owned(),
            modules: path.modules.len(),
            minutes: minutes(path, catalogue),
        }
    }
}

/// The title of a module; its id where it is not there any more.
pub(crate) fn title_of(catalogue: &Catalogue, module: &ModuleId, lang: Lang) -> String {
    let found = catalogue.module(module);
    found.map_or_else(
        || module.to_string(),
        |module| module.edition(lang).title.clone(),
    )
}

fn minutes(path: &LearningPath, catalogue: &Catalogue) -> u32 {
    path.modules
        .iter()
        .filter_map(|id| catalogue.module(id))
        .map(|module| u32::from(module.minutes))
        .sum()
}

/// `home.html`
#[derive(Debug, Serialize)]
pub struct HomePage {
    chrome: Chrome,
    paths: Vec<PathCard>,
    modules: Vec<ModuleCard>,
    /// Whether there are more modules than these.
    more: bool,
}

impl HomePage {
    /// The home page.
    #[must_use]
    pub fn new(catalogue: &Catalogue, lang: Lang) -> Self {
        const SHOWN: usize = 6;
        let modules = catalogue.modules();
        Self {
            chrome: Chrome::new(lang, text(lang, "home-title"), SiteSection::Home, "/")
                .described(text(lang, "home-description")),
            paths: catalogue
                .paths()
                .iter()
                .map(|path| PathCard::new(path, catalogue, lang))
                .collect(),
            modules: modules
                .iter()
                .take(SHOWN)
                .map(|m| ModuleCard::new(m, lang))
                .collect(),
            more: modules.len() > SHOWN,
        }
    }
}

/// One choice of a `<select>`.
#[derive(Debug, Serialize)]
pub struct SelectChoice {
    /// What the form sends.
    pub value: String,
    /// What a person reads.
    pub label: String,
    /// Whether it is the one.
    pub selected: bool,
}

/// `modules.html`
#[derive(Debug, Serialize)]
pub struct ModulesPage {
    chrome: Chrome,
    filters: Filters,
    modules: Vec<ModuleCard>,
    found: usize,
    page: usize,
    pages: usize,
    previous: Option<String>,
    next: Option<String>,
}

impl ModulesPage {
    /// The modules that are chosen, of which this is a page: the last one where there are not so many.
    #[must_use]
    pub fn new(catalogue: &Catalogue, chosen: Chosen, page: usize, lang: Lang) -> Self {
        let found: Vec<_> = catalogue
            .modules()
            .iter()
            .filter(|module| chosen.keeps(module))
            .collect();
        let pages = pages(found.len());
        let page = page.clamp(1, pages);
        let chrome = Chrome::new(
            lang,
            text(lang, "modules-title"),
            SiteSection::Modules,
            &chosen.address(page),
        )
        .described(text(lang, "modules-description"));
        Self {
            chrome,
            filters: Filters::new(catalogue, chosen, lang),
            modules: found
                .iter()
                .skip((page - 1) * A_PAGE)
                .take(A_PAGE)
                .map(|module| ModuleCard::new(module, lang))
                .collect(),
            found: found.len(),
            page,
            pages,
            previous: (page > 1).then(|| chosen.address(page - 1)),
            next: (page < pages).then(|| chosen.address(page + 1)),
        }
    }
}

/// How many pages so many modules fill.
#[must_use]
pub fn pages(modules: usize) -> usize {
    modules.div_ceil(A_PAGE).max(1)
}

/// `path.html`
#[derive(Debug, Serialize)]
pub struct PathPage {
    chrome: Chrome,
    title: String,
    summary: String,
    minutes: u32,
    modules: Vec<ModuleCard>,
}

impl PathPage {
    /// A learning path.
    #[must_use]
    pub fn new(catalogue: &Catalogue, path: &LearningPath, lang: Lang) -> Self {
        let address = format!("/percorsi/{}", path.id);
        Self {
            chrome: Chrome::new(lang, path.title(lang), SiteSection::Modules, &address)
                .described(path.summary(lang))
                .under("/moduli", text(lang, "nav-modules"), lang),
            title: path.title(lang).to_owned(),
            summary: path.summary(lang).to_owned(),
            minutes: minutes(path, catalogue),
            modules: path
                .modules
                .iter()
                .filter_map(|id| catalogue.module(id))
                .map(|module| ModuleCard::new(module, lang))
                .collect(),
        }
    }
}
