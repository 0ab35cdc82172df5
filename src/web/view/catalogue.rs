//! Home, the list of modules, learning paths.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::content::Catalogue;
use crate::content::catalogue::LearningPath;
use crate::content::module::Module;
use crate::domain::digcomp::Competence;
use crate::domain::facilita::PublicDomain;
use crate::domain::ids::ModuleId;
use crate::domain::locale::Lang;
use crate::web::templates::text;

use super::chrome::{Chrome, Section};

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
pub(super) fn title_of(catalogue: &Catalogue, module: &ModuleId, lang: Lang) -> String {
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
            chrome: Chrome::new(lang, text(lang, "home-title"), Section::Home, "/")
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

/// The filters of the list of modules, as the address holds them. What no module has is passed
/// over, so that an old address shows something.
#[derive(Debug, Default, Deserialize)]
pub struct Filter {
    livello: Option<String>,
    ambito: Option<String>,
    competenza: Option<String>,
    pagina: Option<String>,
}

impl Filter {
    /// Filters as an address holds them.
    #[must_use]
    pub fn new(
        livello: Option<String>,
        ambito: Option<String>,
        competenza: Option<String>,
    ) -> Self {
        Self {
            livello,
            ambito,
            competenza,
            pagina: None,
        }
    }

    /// DigComp level.
    #[must_use]
    pub fn level(&self) -> Option<u8> {
        self.livello
            .as_deref()?
            .parse()
            .ok()
            .filter(|level| (1..=8).contains(level))
    }

    /// Domain of the public digital service.
    #[must_use]
    pub fn domain(&self) -> Option<PublicDomain> {
        PublicDomain::from_code(self.ambito.as_deref()?)
    }

    /// DigComp competence.
    #[must_use]
    pub fn competence(&self) -> Option<Competence> {
        Competence::from_code(self.competenza.as_deref()?)
    }

    fn page(&self) -> usize {
        self.pagina
            .as_deref()
            .and_then(|page| page.parse().ok())
            .unwrap_or(1)
            .max(1)
    }

    fn keeps(&self, module: &Module) -> bool {
        self.level().is_none_or(|level| module.level == level)
            && self
                .domain()
                .is_none_or(|domain| module.domains.contains(&domain))
            && self
                .competence()
                .is_none_or(|one| module.digcomp.contains(&one))
    }

    /// The address of the list with these filters.
    fn address(&self, page: usize) -> String {
        let mut parts = Vec::new();
        if let Some(level) = self.level() {
            parts.push(format!("livello={level}"));
        }
        if let Some(domain) = self.domain() {
            parts.push(format!("ambito={}", domain.code()));
        }
        if let Some(competence) = self.competence() {
            parts.push(format!("competenza={}", competence.code()));
        }
        if page > 1 {
            parts.push(format!("pagina={page}"));
        }
        if parts.is_empty() {
            "/moduli".to_owned()
        } else {
            format!("/moduli?{}", parts.join("&"))
        }
    }
}

/// One choice of a `<select>`.
#[derive(Debug, Serialize)]
pub struct Choice {
    /// What the form sends.
    pub value: String,
    /// What a person reads.
    pub label: String,
    /// Whether it is the one.
    pub selected: bool,
}

/// The choices of the filters: only what occurs in the catalogue.
#[derive(Debug, Serialize)]
pub struct Filters {
    levels: Vec<Choice>,
    domains: Vec<Choice>,
    competences: Vec<Choice>,
    active: bool,
}

impl Filters {
    /// The filters of a catalogue, with what is chosen marked.
    #[must_use]
    pub fn new(catalogue: &Catalogue, filter: &Filter, lang: Lang) -> Self {
        let modules = catalogue.modules();
        let levels: BTreeSet<u8> = modules.iter().map(|m| m.level).collect();
        let domains: BTreeSet<_> = modules
            .iter()
            .flat_map(|m| m.domains.iter().copied())
            .collect();
        let competences: BTreeSet<_> = modules
            .iter()
            .flat_map(|m| m.digcomp.iter().copied())
            .collect();
        Self {
            levels: levels
                .into_iter()
                .map(|level| Choice {
                    value: level.to_string(),
                    label: text(lang, &format!("level-{level}")),
                    selected: filter.level() == Some(level),
                })
                .collect(),
            domains: domains
                .into_iter()
                .map(|domain| Choice {
                    value: domain.code().to_owned(),
                    label: domain.label(lang).to_owned(),
                    selected: filter.domain() == Some(domain),
                })
                .collect(),
            competences: competences
                .into_iter()
                .map(|one| Choice {
                    value: one.code().to_owned(),
                    label: one.title(lang).to_owned(),
                    selected: filter.competence() == Some(one),
                })
                .collect(),
            active: filter.level().is_some()
                || filter.domain().is_some()
                || filter.competence().is_some(),
        }
    }
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
    /// The modules that pass the filters.
    #[must_use]
    pub fn new(catalogue: &Catalogue, filter: &Filter, lang: Lang) -> Self {
        let found: Vec<_> = catalogue
            .modules()
            .iter()
            .filter(|m| filter.keeps(m))
            .collect();
        let pages = found.len().div_ceil(A_PAGE).max(1);
        let page = filter.page().min(pages);
        let chrome = Chrome::new(
            lang,
            text(lang, "modules-title"),
            Section::Modules,
            &filter.address(page),
        )
        .described(text(lang, "modules-description"));
        Self {
            chrome,
            filters: Filters::new(catalogue, filter, lang),
            modules: found
                .iter()
                .skip((page - 1) * A_PAGE)
                .take(A_PAGE)
                .map(|module| ModuleCard::new(module, lang))
                .collect(),
            found: found.len(),
            page,
            pages,
            previous: (page > 1).then(|| filter.address(page - 1)),
            next: (page < pages).then(|| filter.address(page + 1)),
        }
    }
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
            chrome: Chrome::new(lang, path.title(lang), Section::Modules, &address)
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
