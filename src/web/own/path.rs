//! "Il mio percorso", and the way back to where somebody left off.

use std::collections::BTreeMap;

use actix_web::HttpResponse;
use serde::Serialize;
use time::Date;

use crate::accounts::Viewer;
use crate::citizens::follow::{self, Following};
use crate::content::Catalogue;
use crate::domain::ids::ModuleId;
use crate::domain::locale::Lang;
use crate::domain::role::Role;
use crate::learning::assignment::{self, Assigned};
use crate::learning::completion::{Completion, CompletionSource};
use crate::learning::help::{self, HelpQuestion};
use crate::learning::progress::{self, ModuleProgress};
use crate::learning::resume as going_on;
use crate::learning::takeover::{self, Takeover};
use crate::network::counting::NotCounted;
use crate::web::desk::citizen_page::PointLine;
use crate::web::doors::whose::{self, TakenLine};
use crate::web::error::Error;
use crate::web::extract::{Anyone, Language};
use crate::web::learn::help::AskedLine;
use crate::web::own::next_step::{NextStep, next_address};
use crate::web::parts::chrome::{Chrome, SiteSection};
use crate::web::parts::{see_other, show};
use crate::web::point_device::ThisDevice;
use crate::web::state::App;
use crate::web::templates::{day, day_of, text};

/// `GET /mio-percorso`: for guests too, whose progress is in their browser's session.
pub async fn mine(
    app: App,
    Language(lang): Language,
    Anyone(viewer): Anyone,
    here: ThisDevice,
) -> Result<HttpResponse, Error> {
    let (mut own, today) = (Own::default(), app.today());
    own.shared = here.point.is_some();
    if let Some(viewer) = &viewer {
        if viewer.asked.is_some() {
            return Ok(see_other(&whose::question("/mio-percorso")));
        }
        own.progress = progress::of_learner(&app.db, viewer.learner).await?;
        own.taken = takeover::undoable(&app.db, viewer.learner, app.now()).await?;
    }
    if let Some(citizen) = viewer.as_ref().and_then(|viewer| viewer.citizen) {
        own.assigned = assignment::of_citizen(&app.db, citizen, today).await?;
        own.asked = help::of_citizen(&app.db, citizen).await?;
        own.points = follow::of_citizen(&app.db, citizen).await?;
    }
    let page = MinePage::new(&app.catalogue(), viewer.as_ref(), &own, today, lang);
    show(&app, "mine.html", lang, &page)
}

/// `GET /riprendi`: the very lesson or quiz to go on with; without a session, the way in.
pub async fn resume(app: App, Anyone(viewer): Anyone) -> Result<HttpResponse, Error> {
    let Some(viewer) = viewer else {
        return Ok(see_other("/tessera"));
    };
    if viewer.asked.is_some() {
        return Ok(see_other(&whose::question("/riprendi")));
    }
    let (catalogue, today) = (app.catalogue(), app.today());
    let (learner, citizen) = (viewer.learner, viewer.citizen);
    let next = going_on::resume(&app.db, &catalogue, learner, citizen, today).await?;
    Ok(see_other(&match next {
        Some((module, next)) => next_address(&module, &next),
        None => "/mio-percorso".to_owned(),
    }))
}

/// Assigned courses that a browser keeps by itself; it has room for twenty.
const KEPT: usize = 10;

/// `mine.html`
#[derive(Debug, Serialize)]
pub struct MinePage {
    chrome: Chrome,
    /// `none` (no session yet), `guest`, `citizen` or `staff`.
    who: &'static str,
    /// Nobody who is known, on a device of a point: whoever comes next is somebody else.
    shared: bool,
    facilitator: bool,
    coordinator: bool,
    /// They keep the accounts of others.
    admin: bool,
    /// Where to go on: the first thing that the page says.
    next: Option<NextStep>,
    assigned: Vec<Task>,
    /// The courses that are kept to be read without a network, with spaces between.
    keep: String,
    asked: Vec<AskedLine>,
    /// The points that follow a citizen.
    points: Vec<PointLine>,
    /// What can be given back.
    taken: Vec<TakenLine>,
    under_way: Vec<ModuleLine>,
    done: Vec<ModuleLine>,
}

/// Something to do that was assigned.
#[derive(Debug, Serialize)]
struct Task {
    id: String,
    title: String,
    lang: Lang,
    note: String,
    due: Option<String>,
    /// The last day is today, or has passed.
    late: bool,
    /// Where to go on.
    step: NextStep,
    /// The day it was done.
    done: Option<String>,
    recorded: bool,
}

/// What somebody has to do, asked and did.
#[derive(Debug, Default)]
pub struct Own {
    /// Module by module.
    pub progress: BTreeMap<ModuleId, ModuleProgress>,
    /// What a citizen was given, in the order in which to do it.
    pub assigned: Vec<Assigned>,
    /// What a citizen asked the desk.
    pub asked: Vec<HelpQuestion>,
    /// The points that follow a citizen.
    pub points: Vec<Following>,
    /// What was done before they entered, and they said was theirs.
    pub taken: Vec<Takeover>,
    /// The device is a point's.
    pub shared: bool,
}

/// A module begun or done.
#[derive(Debug, Serialize)]
pub struct ModuleLine {
    id: String,
    href: String,
    title: String,
    content_lang: Lang,
    lessons: usize,
    read: usize,
    /// Where to go on.
    step: NextStep,
    best: Option<u8>,
    pass: u8,
    completed: Option<String>,
    updated: bool,
    counted: Option<String>,
    /// A facilitator recorded that it is done.
    recorded: bool,
    /// Where its certificate is, for the person themselves.
    certificate: Option<String>,
}

impl MinePage {
    /// What a person has begun and done; modules that are no longer in the catalogue are passed
    /// over, but not lost.
    #[must_use]
    pub fn new(
        catalogue: &Catalogue,
        viewer: Option<&Viewer>,
        own: &Own,
        today: Date,
        lang: Lang,
    ) -> Self {
        let (mut done, mut under_way): (Vec<ModuleLine>, Vec<ModuleLine>) =
            lines(catalogue, &own.progress, lang)
                .into_iter()
                .partition(|line| line.completed.is_some());
        let shared = own.shared && viewer.is_none_or(Viewer::is_guest);
        for (line, one) in done.iter_mut().filter_map(|line| {
            let module = ModuleId::parse(&line.id).ok()?;
            let one = own.progress.get(&module)?.completion.as_ref()?;
            Some((line, one))
        }) {
            line.counted = Some(counted_as(one, shared));
        }
        if viewer.is_some_and(|viewer| viewer.citizen.is_some()) {
            for line in &mut done {
                line.certificate = line.made(&own.progress);
            }
        }
        let task = |one: &Assigned| Task::new(catalogue, one, &own.progress, today, lang);
        let mut assigned: Vec<Task> = own.assigned.iter().filter_map(task).collect();
        // What is done stays, ticked, under what is not.
        assigned.sort_by_key(|task| task.done.is_some());
        under_way.retain(|line| assigned.iter().all(|task| task.id != line.id));
        let open = assigned.iter().filter(|task| task.done.is_none());
        let keep: Vec<&str> = open.take(KEPT).map(|task| task.id.as_str()).collect();
        Self {
            chrome: Chrome::new(
                lang,
                text(lang, "mine-title"),
                SiteSection::Mine,
                "/mio-percorso",
            ),
            who: match viewer {
                None => "none",
                Some(viewer) if viewer.is_guest() => "guest",
                Some(viewer) if viewer.account.is_some() => "staff",
                Some(_) => "citizen",
            },
            shared,
            facilitator: viewer.is_some_and(|viewer| viewer.is(Role::Facilitator)),
            coordinator: viewer.is_some_and(|viewer| viewer.is(Role::Coordinator)),
            admin: viewer
                .is_some_and(|viewer| viewer.is(Role::Admin) || viewer.is(Role::Coordinator)),
            keep: keep.join(" "),
            next: NextStep::of_all(catalogue, &own.progress, &own.assigned, lang),
            assigned,
            asked: AskedLine::lines(catalogue, &own.asked, lang),
            points: PointLine::lines(&own.points, lang),
            taken: TakenLine::lines(&own.taken, "/mio-percorso", catalogue, lang),
            under_way,
            done,
        }
    }
}

/// The key of how a completion is counted. On a device of a point nothing of a guest stays.
pub(crate) fn counted_as(done: &Completion, shared: bool) -> String {
    match done.counted {
        Ok(_) => "counted".to_owned(),
        Err(NotCounted::Guest) if shared => "not-counted-guest-shared".to_owned(),
        Err(reason) => format!("not-counted-{}", reason.key()),
    }
}

impl ModuleLine {
    /// The address of its certificate.
    fn made(&self, progress: &BTreeMap<ModuleId, ModuleProgress>) -> Option<String> {
        let module = ModuleId::parse(&self.id).ok()?;
        let done = progress.get(&module)?.completion.as_ref()?;
        Some(format!("/mio-percorso/attestati/{}", done.id))
    }
}

impl Task {
    /// `None` where the module is no longer in the catalogue.
    fn new(
        catalogue: &Catalogue,
        assigned: &Assigned,
        progress: &BTreeMap<ModuleId, ModuleProgress>,
        today: Date,
        lang: Lang,
    ) -> Option<Self> {
        let module = catalogue.module(&assigned.module)?;
        let edition = module.edition(lang);
        let untouched = ModuleProgress::default();
        let progress = progress.get(&module.id).unwrap_or(&untouched);
        let next = progress.next(edition, assigned.lesson.as_ref());
        let done = progress.completion.as_ref();
        Some(Self {
            id: module.id.to_string(),
            title: edition.title.clone(),
            lang: edition.lang,
            note: assigned.note.clone(),
            due: assigned.due_on.map(|due| day(lang, due)),
            late: assigned.due_on.is_some_and(|due| due <= today),
            step: NextStep::new(module, progress, &next, lang),
            done: done.map(|done| day_of(lang, done.completed_at)),
            recorded: done.is_some_and(|done| done.source == CompletionSource::Facilitator),
        })
    }
}

/// The modules begun or done, in the catalogue's order.
#[must_use]
pub fn lines(
    catalogue: &Catalogue,
    progress: &BTreeMap<ModuleId, ModuleProgress>,
    lang: Lang,
) -> Vec<ModuleLine> {
    let begun = catalogue.modules().iter().filter_map(|module| {
        let progress = progress.get(&module.id)?;
        let edition = module.edition(lang);
        let href = format!("/moduli/{}", module.id);
        let read = edition
            .lessons
            .iter()
            .filter(|one| progress.read.contains(&one.id))
            .count();
        let next = progress.next(edition, None);
        Some(ModuleLine {
            id: module.id.to_string(),
            title: edition.title.clone(),
            content_lang: edition.lang,
            lessons: edition.lessons.len(),
            read,
            step: NextStep::new(module, progress, &next, lang),
            best: progress.best.map(|best| best.value()),
            pass: module.pass.value(),
            completed: progress
                .completion
                .as_ref()
                .map(|done| day_of(lang, done.completed_at)),
            updated: progress
                .completion
                .as_ref()
                .is_some_and(|done| done.rev < module.rev),
            recorded: progress
                .completion
                .as_ref()
                .is_some_and(|done| done.source == CompletionSource::Facilitator),
            certificate: None,
            counted: progress
                .completion
                .as_ref()
                .map(|done| counted_as(done, false)),
            href,
        })
    });
    begun.collect()
}
