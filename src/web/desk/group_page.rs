//! Groups: their list, and one with what its people have done.

use std::collections::{BTreeMap, HashMap};

use serde::Serialize;

use crate::citizens::find::FoundCitizen;
use crate::content::Catalogue;
use crate::content::module::Module;
use crate::domain::ids::{CitizenId, ModuleId, PointId};
use crate::domain::locale::Lang;
use crate::learning::assignment::Assigned;
use crate::learning::completion::CompletionSource;
use crate::learning::group::{Group, GroupMember, LARGEST, LONGEST_NAME, Listed};
use crate::learning::progress::ModuleProgress;
use crate::network::point::Point;
use crate::web::desk::frame::chrome;
use crate::web::error::FieldFault;
use crate::web::learn::catalogue::SelectChoice;
use crate::web::learn::module_page::{ContentLink, module_link};
use crate::web::parts::chrome::Chrome;
use crate::web::parts::list::{ListPart, Pager, ROWS};
use crate::web::templates::{day, text, text_with};

/// `groups.html`: the groups of a facilitator's points.
#[derive(Debug, Serialize)]
pub struct GroupsPage {
    chrome: Chrome,
    groups: Vec<GroupLine>,
    pager: Pager,
    /// Where a new group can be, for a facilitator of several points.
    points: Vec<SelectChoice>,
    name: Name,
}

#[derive(Debug, Serialize)]
struct GroupLine {
    href: String,
    name: String,
    point: String,
    members: usize,
}

/// The field of a group's name.
#[derive(Debug, Serialize)]
struct Name {
    value: String,
    error: String,
    longest: usize,
}

impl Name {
    fn new(value: &str, faults: &[FieldFault], lang: Lang) -> Self {
        let fault = faults.iter().find(|fault| fault.field == "name");
        Self {
            value: value.to_owned(),
            error: fault.map_or_else(String::new, |fault| text(lang, &fault.key)),
            longest: LONGEST_NAME,
        }
    }
}

impl GroupsPage {
    /// The groups, and the form of a new one with what was typed and what is wrong with it.
    #[must_use]
    pub fn new(
        points: &[Point],
        (groups, page): (&[Listed], usize),
        (name, at, faults): (&str, Option<PointId>, &[FieldFault]),
        lang: Lang,
    ) -> Self {
        let place = |id: PointId| {
            let point = points.iter().find(|point| point.id == id);
            point.map_or_else(String::new, |point| point.name.clone())
        };
        let part = ListPart::of(groups.len(), page, ROWS);
        let line = |one: &Listed| GroupLine {
            href: address(&one.group),
            name: one.group.name.clone(),
            point: place(one.group.point),
            members: one.members,
        };
        let choice = |point: &Point| SelectChoice {
            value: point.id.to_string(),
            label: point.name.clone(),
            selected: at == Some(point.id),
        };
        Self {
            chrome: chrome(text(lang, "groups-title"), "/punto/gruppi", lang),
            groups: part.cut(groups).map(line).collect(),
            pager: part.pager(|page| format!("/punto/gruppi?pagina={page}#gruppi")),
            points: match points {
                [_] => Vec::new(),
                several => several.iter().map(choice).collect(),
            },
            name: Name::new(name, faults, lang),
        }
    }
}

/// How far somebody is in a module, in words and with a mark that is not colour alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GroupCell {
    /// `done`, `begun` or `none`: chooses the mark.
    pub kind: &'static str,
    /// The words.
    pub text: String,
}

impl GroupCell {
    /// The cell of somebody's progress in a module.
    #[must_use]
    pub fn new(module: &Module, progress: Option<&ModuleProgress>, lang: Lang) -> Self {
        let edition = module.edition(lang);
        let read = |progress: &ModuleProgress| {
            let read = |one: &&crate::content::lesson::Lesson| progress.read.contains(&one.id);
            edition.lessons.iter().filter(read).count()
        };
        let done = progress.and_then(|progress| progress.completion.as_ref());
        let (kind, text) = match (done, progress) {
            (Some(done), _) if done.source == CompletionSource::Facilitator => {
                ("done", text(lang, "standing-done-behalf"))
            }
            (Some(_), _) => ("done", text(lang, "standing-done")),
            (None, Some(progress)) => {
                let places = [
                    ("read".into(), read(progress).into()),
                    ("of".into(), edition.lessons.len().into()),
                ];
                ("begun", text_with(lang, "standing-begun", &places.into()))
            }
            (None, None) => ("none", text(lang, "standing-none")),
        };
        Self { kind, text }
    }
}

/// People by modules: the page shows it, and the CSV has the same cells.
#[derive(Debug, Serialize)]
pub struct GroupStanding {
    /// Above the names.
    who: String,
    modules: Vec<ContentLink>,
    rows: Vec<Row>,
}

#[derive(Debug, Serialize)]
struct Row {
    id: String,
    href: String,
    name: String,
    cells: Vec<GroupCell>,
}

impl GroupStanding {
    /// The table of a group: who is in it, by what it was given.
    #[must_use]
    pub fn new(
        catalogue: &Catalogue,
        members: &[GroupMember],
        assigned: &[Assigned],
        progress: &HashMap<CitizenId, BTreeMap<ModuleId, ModuleProgress>>,
        lang: Lang,
    ) -> Self {
        let modules: Vec<&Module> = assigned
            .iter()
            .filter_map(|one| catalogue.module(&one.module).map(AsRef::as_ref))
            .collect();
        let row = |member: &GroupMember| {
            let begun = progress.get(&member.id);
            let cell = |module: &&Module| {
                GroupCell::new(module, begun.and_then(|all| all.get(&module.id)), lang)
            };
            Row {
                id: member.id.to_string(),
                href: format!("/punto/cittadini/{}", member.id),
                name: format!("{} {}", member.last_name, member.first_name),
                cells: modules.iter().map(cell).collect(),
            }
        };
        Self {
            who: text(lang, "point-name"),
            rows: members.iter().map(row).collect(),
            modules: modules.iter().map(|one| module_link(one, lang)).collect(),
        }
    }

    /// The same as lines of cells, the heads first.
    #[must_use]
    pub fn lines(&self) -> Vec<Vec<&str>> {
        let titles = self.modules.iter().map(|module| module.title.as_str());
        let mut lines: Vec<Vec<&str>> =
            vec![std::iter::once(self.who.as_str()).chain(titles).collect()];
        lines.extend(self.rows.iter().map(|row| {
            let cells = row.cells.iter().map(|cell| cell.text.as_str());
            std::iter::once(row.name.as_str()).chain(cells).collect()
        }));
        lines
    }
}

/// Cells of the table on a page, so that a page with many modules has fewer people.
const CELLS: usize = 48;

/// `group.html`
#[derive(Debug, Serialize)]
pub struct GroupPage {
    chrome: Chrome,
    title: String,
    href: String,
    /// The people of this page.
    standing: GroupStanding,
    pager: Pager,
    /// The ids of everybody in the group.
    #[serde(skip)]
    members: Vec<String>,
    given: Vec<GivenModule>,
    /// There is room for one more.
    room: bool,
    largest: usize,
    /// What was searched for, where somebody is looked for.
    query: Option<String>,
    found: Vec<Person>,
    name: Name,
    /// Why nobody was added.
    refused: String,
}

/// Something that was given, in a list where it can be taken back.
#[derive(Debug, Serialize)]
pub struct GivenModule {
    id: String,
    module: ContentLink,
    due: Option<String>,
    note: String,
    /// Given to a group, and taken back there.
    to_group: bool,
    standing: Option<GroupCell>,
}

impl GivenModule {
    /// The lines of what was given, with the progress of the one person it was given to; modules
    /// that are no longer in the catalogue are passed over.
    #[must_use]
    pub fn lines(
        catalogue: &Catalogue,
        assigned: &[Assigned],
        progress: Option<&BTreeMap<ModuleId, ModuleProgress>>,
        lang: Lang,
    ) -> Vec<Self> {
        let line = |one: &Assigned| {
            let module = catalogue.module(&one.module)?;
            Some(Self {
                id: one.id.to_string(),
                module: module_link(module, lang),
                due: one.due_on.map(|due| day(lang, due)),
                note: one.note.clone(),
                to_group: one.group.is_some(),
                standing: progress.map(|all| GroupCell::new(module, all.get(&module.id), lang)),
            })
        };
        assigned.iter().filter_map(line).collect()
    }
}

#[derive(Debug, Serialize)]
struct Person {
    id: String,
    name: String,
    born: Option<String>,
    /// In the group already.
    member: bool,
}

impl GroupPage {
    /// The page of a group. `at`: which page of its people, counted from 1.
    #[must_use]
    pub fn new(
        group: &Group,
        mut standing: GroupStanding,
        given: Vec<GivenModule>,
        at: usize,
        lang: Lang,
    ) -> Self {
        let href = address(group);
        let members: Vec<_> = standing.rows.iter().map(|row| row.id.clone()).collect();
        let each = (CELLS / (standing.modules.len() + 1)).clamp(4, 12);
        let part = ListPart::of(members.len(), at, each);
        standing.rows = standing.rows.split_off((part.page - 1) * each);
        standing.rows.truncate(each);
        Self {
            chrome: chrome(group.name.clone(), &href, lang).under(
                "/punto/gruppi",
                text(lang, "groups-title"),
                lang,
            ),
            title: group.name.clone(),
            room: members.len() < LARGEST,
            largest: LARGEST,
            pager: part.pager(|page| format!("{href}?pagina={page}#progressi")),
            href,
            standing,
            members,
            given,
            query: None,
            found: Vec::new(),
            name: Name::new(&group.name, &[], lang),
            refused: String::new(),
        }
    }

    /// With the people who were found, to add.
    #[must_use]
    pub fn found(mut self, query: &str, found: Vec<FoundCitizen>, lang: Lang) -> Self {
        let person = |one: FoundCitizen| Person {
            member: self.members.contains(&one.id.to_string()),
            id: one.id.to_string(),
            name: format!("{} {}", one.last_name, one.first_name),
            born: one.birth_date.map(|born| day(lang, born)),
        };
        self.found = found.into_iter().map(person).collect();
        self.query = Some(query.to_owned());
        self
    }

    /// With what was typed as its name, and what is wrong with it or with who was to join.
    #[must_use]
    pub fn refused(mut self, name: Option<&str>, faults: &[FieldFault], lang: Lang) -> Self {
        if let Some(name) = name {
            self.name = Name::new(name, faults, lang);
        }
        let fault = faults.iter().find(|fault| fault.field == "citizens");
        self.refused = fault.map_or_else(String::new, |fault| text(lang, &fault.key));
        self
    }
}

/// The address of a group.
#[must_use]
pub fn address(group: &Group) -> String {
    format!("/punto/gruppi/{}", group.id)
}
