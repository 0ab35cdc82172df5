//! The filters of the modules: as an address holds them, what they choose, and as a form shows them.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::content::Catalogue;
use crate::content::module::Module;
use crate::domain::digcomp::Competence;
use crate::domain::facilita::PublicDomain;
use crate::domain::locale::Lang;
use crate::web::learn::catalogue::SelectChoice;
use crate::web::templates::text;

/// The filters of the list of modules, as the address holds them. What no module has is passed
/// over, so that an old address shows something.
#[derive(Debug, Default, Deserialize)]
pub struct FilterQuery {
    livello: Option<String>,
    ambito: Option<String>,
    competenza: Option<String>,
    pagina: Option<String>,
}

impl FilterQuery {
    /// Which modules are asked for.
    #[must_use]
    pub fn chosen(&self) -> Chosen {
        Chosen::of(
            self.livello.as_deref(),
            self.ambito.as_deref(),
            self.competenza.as_deref(),
        )
    }

    /// Which page of them, from 1.
    #[must_use]
    pub fn page(&self) -> usize {
        let page = self.pagina.as_deref().and_then(|page| page.parse().ok());
        page.unwrap_or(1).max(1)
    }
}

/// Which modules are asked for: addresses that mean the same are one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Chosen {
    /// DigComp level.
    pub level: Option<u8>,
    /// Domain of the public digital service.
    pub domain: Option<PublicDomain>,
    /// DigComp competence.
    pub competence: Option<Competence>,
}

impl Chosen {
    /// What the fields of an address choose.
    #[must_use]
    pub fn of(level: Option<&str>, domain: Option<&str>, competence: Option<&str>) -> Self {
        let level = level.and_then(|level| level.parse().ok());
        Self {
            level: level.filter(|level| (1..=8).contains(level)),
            domain: domain.and_then(PublicDomain::from_code),
            competence: competence.and_then(Competence::from_code),
        }
    }

    /// Whether nothing is chosen, so that all modules are meant.
    #[must_use]
    pub fn is_all(&self) -> bool {
        *self == Self::default()
    }

    pub(crate) fn keeps(&self, module: &Module) -> bool {
        self.level.is_none_or(|level| module.level == level)
            && self.domain.is_none_or(|one| module.domains.contains(&one))
            && (self.competence).is_none_or(|one| module.digcomp.contains(&one))
    }

    /// The address of a page of the list.
    pub(crate) fn address(&self, page: usize) -> String {
        let mut parts = Vec::new();
        if let Some(level) = self.level {
            parts.push(format!("livello={level}"));
        }
        if let Some(domain) = self.domain {
            parts.push(format!("ambito={}", domain.code()));
        }
        if let Some(competence) = self.competence {
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

/// The choices of the filters: only what occurs in the catalogue.
#[derive(Debug, Serialize)]
pub struct Filters {
    levels: Vec<SelectChoice>,
    domains: Vec<SelectChoice>,
    competences: Vec<SelectChoice>,
    active: bool,
}

impl Filters {
    /// The filters of a catalogue, with what is chosen marked.
    #[must_use]
    pub fn new(catalogue: &Catalogue, chosen: Chosen, lang: Lang) -> Self {
        let modules = catalogue.modules();
        let levels: BTreeSet<u8> = modules.iter().map(|m| m.level).collect();
        let domains: BTreeSet<_> = modules.iter().flat_map(|m| &m.domains).copied().collect();
        let competences: BTreeSet<_> = modules.iter().flat_map(|m| &m.digcomp).copied().collect();
        let level = |level: u8| SelectChoice {
            value: level.to_string(),
            label: text(lang, &format!("level-{level}")),
            selected: chosen.level == Some(level),
        };
        let domain = |domain: PublicDomain| SelectChoice {
            value: domain.code().to_owned(),
            label: domain.label(lang).to_owned(),
            selected: chosen.domain == Some(domain),
        };
        let competence = |one: Competence| SelectChoice {
            value: one.code().to_owned(),
            label: one.title(lang).to_owned(),
            selected: chosen.competence == Some(one),
        };
        Self {
            levels: levels.into_iter().map(level).collect(),
            domains: domains.into_iter().map(domain).collect(),
            competences: competences.into_iter().map(competence).collect(),
            active: !chosen.is_all(),
        }
    }
}
