//! Giving somebody, or a group, something to learn; and recording what somebody has done.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use time::Date;

use crate::citizens::Citizen;
use crate::content::Catalogue;
use crate::content::module::Module;
use crate::domain::facilita::PublicDomain;
use crate::domain::ids::ModuleId;
use crate::domain::locale::Lang;
use crate::learning::assignment::{Assigned, LONGEST_NOTE};
use crate::learning::behalf::LONGEST_REASON;
use crate::learning::group::Group;
use crate::learning::progress::ModuleProgress;
use crate::search::{Results, SearchQuery};
use crate::web::desk::frame::chrome;
use crate::web::desk::group_page as group;
use crate::web::desk::group_page::{GivenModule, GroupCell};
use crate::web::error::FieldFault;
use crate::web::learn::catalogue::SelectChoice;
use crate::web::own::path as mine;
use crate::web::own::path::ModuleLine;
use crate::web::parts::chrome::Chrome;
use crate::web::templates::text;

/// What is looked for in the catalogue, and what was done just now.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct AssignQuery {
    /// In the facilitator's words.
    #[serde(default)]
    pub q: String,
    /// Facilita's code of a domain.
    #[serde(default)]
    pub ambito: String,
    fatto: Option<String>,
}

impl AssignQuery {
    /// The need of a form, which keeps it.
    #[must_use]
    pub fn new(q: &str, ambito: &str) -> Self {
        Self {
            q: q.to_owned(),
            ambito: ambito.to_owned(),
            fatto: None,
        }
    }

    fn domain(&self) -> Option<PublicDomain> {
        PublicDomain::from_code(&self.ambito)
    }

    /// The question for the index; `None` where only a domain is asked for, or nothing.
    #[must_use]
    pub fn query(&self) -> Option<SearchQuery> {
        let q = self.q.trim();
        (!q.is_empty()).then(|| SearchQuery {
            domain: self.domain(),
            limit: 20,
            ..SearchQuery::new(q)
        })
    }
}

/// What was typed in the form.
#[derive(Debug, Default)]
pub struct AssignTyped {
    /// Ids of modules.
    pub modules: BTreeSet<String>,
    /// The id of a path, or nothing.
    pub path: String,
    /// `module/lesson`, or nothing.
    pub lesson: String,
    /// `YYYY-MM-DD`, or nothing.
    pub due_on: String,
    /// What the citizen reads.
    pub note: String,
}

/// To whom something is given.
#[derive(Debug)]
pub enum Whom<'a> {
    /// One person.
    Citizen(&'a Citizen, &'a BTreeMap<ModuleId, ModuleProgress>),
    /// A group.
    Group(&'a Group),
}

/// `assign.html`
#[derive(Debug, Serialize)]
pub struct AssignPage {
    chrome: Chrome,
    name: String,
    back: String,
    action: String,
    q: String,
    ambito: String,
    domains: Vec<SelectChoice>,
    suggestions: Vec<String>,
    modules: Vec<ModuleChoice>,
    lessons: Vec<Lessons>,
    paths: Vec<SelectChoice>,
    due_on: Input,
    note: Input,
    modules_error: String,
    lesson_error: String,
    wrong: usize,
    given: Vec<GivenModule>,
    /// It is a group's page.
    group: bool,
    /// Where what was given is taken back.
    withdraw: String,
    said: Option<&'static str>,
    behalf: Option<Behalf>,
}

#[derive(Debug, Serialize)]
struct ModuleChoice {
    id: String,
    title: String,
    lang: Lang,
    minutes: u16,
    chosen: bool,
    given: bool,
    standing: Option<GroupCell>,
}

/// The lessons of a module, to begin with.
#[derive(Debug, Serialize)]
struct Lessons {
    label: String,
    lang: Lang,
    choices: Vec<SelectChoice>,
}

#[derive(Debug, Default, Serialize)]
struct Input {
    value: String,
    error: String,
    longest: usize,
}

/// The form of a completion that a facilitator saw, and what the person has done so far.
#[derive(Debug, Serialize)]
struct Behalf {
    action: String,
    modules: Vec<SelectChoice>,
    module_error: String,
    reason: Input,
    wrong: usize,
    learning: Vec<ModuleLine>,
}

impl AssignPage {
    /// The page, with the modules that meet a need.
    #[must_use]
    pub fn new(
        catalogue: &Catalogue,
        whom: &Whom<'_>,
        need: &AssignQuery,
        results: Option<Results>,
        assigned: &[Assigned],
        lang: Lang,
    ) -> Self {
        let (name, back, chrome) = surroundings(whom, lang);
        let domain = need.domain();
        let suits = |module: &&Module| domain.is_none_or(|one| module.domains.contains(&one));
        let (modules, suggestions) = match results {
            Some(results) => (found(catalogue, &results), results.suggestions),
            None => (all(catalogue).filter(suits).collect(), Vec::new()),
        };
        let given = |id: &ModuleId| assigned.iter().any(|one| one.module == *id);
        let choice = |module: &&Module| ModuleChoice {
            id: module.id.to_string(),
            title: module.edition(lang).title.clone(),
            lang: module.edition(lang).lang,
            minutes: module.minutes,
            chosen: false,
            given: given(&module.id),
            standing: match whom {
                Whom::Citizen(_, progress) => progress
                    .get(&module.id)
                    .map(|progress| GroupCell::new(module, Some(progress), lang)),
                Whom::Group(_) => None,
            },
        };
        let domains: BTreeSet<PublicDomain> = all(catalogue)
            .flat_map(|module| module.domains.iter().copied())
            .collect();
        Self {
            chrome,
            name,
            action: format!("{back}/assegna"),
            withdraw: format!("{back}/assegna/ritira"),
            q: need.q.trim().to_owned(),
            ambito: need.ambito.clone(),
            domains: domains
                .into_iter()
                .map(|one| choose(one.code(), one.label(lang), Some(one) == domain))
                .collect(),
            suggestions,
            lessons: modules.iter().map(|module| lessons(module, lang)).collect(),
            modules: modules.iter().map(choice).collect(),
            paths: catalogue
                .paths()
                .iter()
                .map(|path| choose(path.id.as_str(), path.title(lang), false))
                .collect(),
            due_on: Input::default(),
            note: Input {
                longest: LONGEST_NOTE,
                ..Input::default()
            },
            modules_error: String::new(),
            lesson_error: String::new(),
            wrong: 0,
            group: matches!(whom, Whom::Group(_)),
            given: match whom {
                Whom::Citizen(_, all) => GivenModule::lines(catalogue, assigned, Some(*all), lang),
                Whom::Group(_) => GivenModule::lines(catalogue, assigned, None, lang),
            },
            said: match need.fatto.as_deref() {
                Some("assegnato") => Some("assign-done"),
                Some("ritirato") => Some("assign-withdrawn"),
                Some("completato") => Some("behalf-done"),
                _ => None,
            },
            behalf: match whom {
                Whom::Citizen(_, progress) => Some(Behalf::new(catalogue, progress, &back, lang)),
                Whom::Group(_) => None,
            },
            back,
        }
    }

    /// The page with what was typed in the form, and what is wrong with it.
    #[must_use]
    pub fn refused(mut self, typed: &AssignTyped, faults: &[FieldFault], lang: Lang) -> Self {
        for module in &mut self.modules {
            module.chosen = typed.modules.contains(&module.id);
        }
        for choice in self.lessons.iter_mut().flat_map(|one| &mut one.choices) {
            choice.selected = choice.value == typed.lesson;
        }
        for choice in &mut self.paths {
            choice.selected = choice.value == typed.path;
        }
        let error = |field: &str| said(faults, field, lang);
        self.modules_error = [error("modules"), error("path"), error("citizens")].concat();
        self.lesson_error = error("lesson");
        self.due_on.value.clone_from(&typed.due_on);
        self.due_on.error = error("due_on");
        self.note.value.clone_from(&typed.note);
        self.note.error = error("note");
        self.wrong = faults.len();
        self
    }

    /// The page with what was typed in the form of a completion, and what is wrong with it.
    #[must_use]
    pub fn unrecorded(
        mut self,
        module: &str,
        reason: &str,
        faults: &[FieldFault],
        lang: Lang,
    ) -> Self {
        if let Some(behalf) = &mut self.behalf {
            for choice in &mut behalf.modules {
                choice.selected = choice.value == module;
            }
            behalf.module_error = said(faults, "module", lang);
            behalf.reason.value = reason.to_owned();
            behalf.reason.error = said(faults, "reason", lang);
            behalf.wrong = faults.len();
        }
        self
    }
}

impl Behalf {
    fn new(
        catalogue: &Catalogue,
        progress: &BTreeMap<ModuleId, ModuleProgress>,
        back: &str,
        lang: Lang,
    ) -> Self {
        let open = |module: &&Module| {
            let progress = progress.get(&module.id);
            progress.is_none_or(|progress| progress.completion.is_none())
        };
        Self {
            action: format!("{back}/completamenti"),
            modules: all(catalogue)
                .filter(open)
                .map(|one| choose(one.id.as_str(), &one.edition(lang).title, false))
                .collect(),
            module_error: String::new(),
            reason: Input {
                longest: LONGEST_REASON,
                ..Input::default()
            },
            wrong: 0,
            learning: mine::lines(catalogue, progress, lang),
        }
    }
}

fn surroundings(whom: &Whom<'_>, lang: Lang) -> (String, String, Chrome) {
    let title = text(lang, "assign-title");
    match whom {
        Whom::Citizen(citizen, _) => {
            let name = format!("{} {}", citizen.first_name, citizen.last_name);
            let back = format!("/punto/cittadini/{}", citizen.id);
            let chrome = chrome(title, &format!("{back}/assegna"), lang);
            let chrome = chrome.under(back.clone(), text(lang, "citizen-record"), lang);
            (name, back, chrome)
        }
        Whom::Group(group) => {
            let back = group::address(group);
            let chrome = chrome(title, &format!("{back}/assegna"), lang)
                .under("/punto/gruppi", text(lang, "groups-title"), lang)
                .under(back.clone(), group.name.clone(), lang);
            (group.name.clone(), back, chrome)
        }
    }
}

fn all(catalogue: &Catalogue) -> impl Iterator<Item = &Module> {
    catalogue.modules().iter().map(AsRef::as_ref)
}

/// The modules that a search found, the best first, each once.
fn found<'c>(catalogue: &'c Catalogue, results: &Results) -> Vec<&'c Module> {
    let mut modules: Vec<&Module> = Vec::new();
    let found = results.hits.iter().map(|hit| &hit.module);
    for id in found.chain(&results.near) {
        if let Some(module) = catalogue.module(id)
            && modules.iter().all(|one| one.id != module.id)
        {
            modules.push(module);
        }
    }
    modules
}

fn lessons(module: &Module, lang: Lang) -> Lessons {
    let edition = module.edition(lang);
    let lesson = |one: &crate::content::lesson::Lesson| {
        choose(&format!("{}/{}", module.id, one.id), &one.title, false)
    };
    Lessons {
        label: edition.title.clone(),
        lang: edition.lang,
        choices: edition.lessons.iter().map(lesson).collect(),
    }
}

fn choose(value: &str, label: &str, selected: bool) -> SelectChoice {
    SelectChoice {
        value: value.to_owned(),
        label: label.to_owned(),
        selected,
    }
}

fn said(faults: &[FieldFault], field: &str, lang: Lang) -> String {
    let fault = faults.iter().find(|fault| fault.field == field);
    fault.map_or_else(String::new, |fault| text(lang, &fault.key))
}

/// A day as a form writes it; nothing for no day.
///
/// # Errors
/// The field at fault.
pub fn day_of_form(text: &str) -> Result<Option<Date>, FieldFault> {
    let form = time::macros::format_description!("[year]-[month]-[day]");
    match text.trim() {
        "" => Ok(None),
        text => Date::parse(text, form).map(Some).map_err(|_| FieldFault {
            field: "due_on".into(),
            key: "not-a-date".into(),
        }),
    }
}
