//! Whoever is asking, and how far they are.

use std::collections::BTreeMap;

use serde::Serialize;
use time::{Date, OffsetDateTime};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::domain::ids::{LessonId, ModuleId};
use crate::domain::locale::Lang;
use crate::domain::role::Role;
use crate::learning::assignment::{self, Assigned};
use crate::learning::own::{self, OwnData};
use crate::learning::progress::{self, ModuleProgress};
use crate::network::point;
use crate::web::error::Error;
use crate::web::extract::{Language, Learner};
use crate::web::own::next_step::NextStep;
use crate::web::read::Json;
use crate::web::state::App;
use crate::web::templates::{day_of, text_with};

use super::attempts::CompletionView;
use super::modules::ReadView;

/// Whoever is asking.
#[derive(Debug, Serialize, ToSchema)]
pub struct MeView {
    /// Under whom what they learn is kept.
    learner: Uuid,
    /// Their record; none for guests and for the staff.
    citizen: Option<Uuid>,
    /// What they may do; empty for a guest.
    roles: Vec<Role>,
    /// A facilitator's points.
    points: Vec<PointView>,
}

/// A point.
#[derive(Debug, Serialize, ToSchema)]
pub struct PointView {
    #[schema(example = "BA-001")]
    code: String,
    name: String,
}

/// `GET /api/v1/me`: whose token this is.
#[utoipa::path(get, path = "/me", tag = "learning", operation_id = "read_me",
    responses((status = 200, body = MeView)))]
pub async fn me(app: App, learner: Learner) -> Result<Json<MeView>, Error> {
    let grants = &learner.viewer.grants;
    let mut roles: Vec<Role> = grants.iter().map(|grant| grant.role).collect();
    roles.dedup();
    let staff = grants
        .iter()
        .filter(|grant| grant.role == Role::Facilitator);
    let mut points = Vec::new();
    for id in staff.filter_map(|grant| grant.point) {
        let point = point::by_id(app.db.read(), id).await?;
        points.extend(point.map(|point| PointView {
            code: point.code,
            name: point.name,
        }));
    }
    Ok(Json(MeView {
        learner: learner.id.0,
        citizen: learner.viewer.citizen.map(|citizen| citizen.0),
        roles,
        points,
    }))
}

/// Every module begun, completed, assigned.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProgressView {
    modules: Vec<ModuleProgressView>,
    /// Where to go on: in what is assigned, else in what was touched last, else what is left of a path.
    next: Option<NextStep>,
}

/// How far a learner is in a module.
#[derive(Debug, Serialize, ToSchema)]
pub struct ModuleProgressView {
    #[serde(flatten)]
    read: ReadView,
    /// The lessons of the module read so far.
    read_lessons: Vec<LessonId>,
    /// Where to go on; none in a module that is completed or not in the catalogue any more.
    next: Option<NextStep>,
    /// For people, in the language of the request: how far they are.
    #[schema(example = "Lezioni lette: 2 su 7")]
    detail: String,
    /// The attempt under way.
    attempt: Option<Uuid>,
    /// When it was completed, and whether it counts.
    completion: Option<CompletionView>,
    /// What a facilitator asks, where it was assigned.
    assigned: Option<AssignedView>,
}

/// That a module was assigned.
#[derive(Debug, Serialize, ToSchema)]
pub struct AssignedView {
    /// The lesson to begin with.
    lesson: Option<LessonId>,
    /// The last day to do it.
    due_on: Option<Date>,
    /// What the facilitator wrote.
    note: String,
    #[serde(with = "time::serde::rfc3339")]
    assigned_at: OffsetDateTime,
}

impl From<Assigned> for AssignedView {
    fn from(assigned: Assigned) -> Self {
        Self {
            lesson: assigned.lesson,
            due_on: assigned.due_on,
            note: assigned.note,
            assigned_at: assigned.assigned_at,
        }
    }
}

/// `GET /api/v1/me/progress`: every module begun, completed or assigned.
#[utoipa::path(get, path = "/me/progress", tag = "learning", operation_id = "read_progress",
    responses((status = 200, body = ProgressView)))]
pub async fn progress(
    app: App,
    learner: Learner,
    lang: Language,
) -> Result<Json<ProgressView>, Error> {
    let mut modules = progress::of_learner(&app.db, learner.id).await?;
    let given = match learner.viewer.citizen {
        Some(citizen) => assignment::of_citizen(&app.db, citizen, app.today()).await?,
        None => Vec::new(),
    };
    let next = NextStep::of_all(&app.catalogue(), &modules, &given, lang.0);
    let mut assigned = BTreeMap::new();
    for one in given {
        modules.entry(one.module.clone()).or_default();
        assigned.insert(one.module.clone(), one);
    }
    let view = |(id, progress)| {
        let assigned = assigned.remove(&id);
        ModuleProgressView::new(&app, id, &progress, assigned, lang.0)
    };
    let modules = modules.into_iter().map(view).collect();
    Ok(Json(ProgressView { modules, next }))
}

impl ModuleProgressView {
    fn new(
        app: &App,
        id: ModuleId,
        progress: &ModuleProgress,
        assigned: Option<Assigned>,
        lang: Lang,
    ) -> Self {
        let catalogue = app.catalogue();
        let (open, start) = (progress.completion.is_none(), assigned.as_ref());
        let start = start.and_then(|assigned| assigned.lesson.as_ref());
        let module = catalogue.module(&id);
        let lessons = module.map_or(&[][..], |module| &module.original.lessons);
        let read = lessons.iter().filter(|one| progress.read.contains(&one.id));
        let read_lessons: Vec<LessonId> = read.map(|one| one.id.clone()).collect();
        let next = module.filter(|_| open).map(|module| {
            let next = progress.next(module.edition(lang), start);
            NextStep::new(module, progress, &next, lang)
        });
        Self {
            detail: how_far(progress, read_lessons.len(), lessons.len(), lang),
            read_lessons,
            next,
            assigned: assigned.map(AssignedView::from),
            read: ReadView::new(app, id, progress),
            attempt: progress.under_way.map(|attempt| attempt.0),
            completion: progress
                .completion
                .as_ref()
                .map(|done| CompletionView::new(done, lang)),
        }
    }
}

fn how_far(progress: &ModuleProgress, read: usize, of: usize, lang: Lang) -> String {
    match &progress.completion {
        Some(done) => {
            let day = day_of(lang, done.completed_at);
            text_with(lang, "mine-completed", &[("day".into(), day.into())].into())
        }
        None => {
            let places = [("read".into(), read.into()), ("of".into(), of.into())];
            text_with(lang, "mine-read", &places.into())
        }
    }
}

/// `GET /api/v1/me/data`: everything that is kept of whose token it is.
///
/// For citizens: the record, what was learned to the last answer, the services and where they were
/// sent, cards, sessions, consents, questions, and who looked when. Reading it leaves no row.
#[utoipa::path(get, path = "/me/data", tag = "learning", operation_id = "read_own_data",
    security(("token" = ["citizen"])), responses((status = 200, body = OwnData)))]
pub async fn data(app: App, learner: Learner) -> Result<Json<OwnData>, Error> {
    let citizen = learner.viewer.citizen.ok_or(Error::Forbidden)?;
    let data = own::of_citizen(&app.db, &app.vault, citizen, app.now()).await?;
    Ok(Json(data))
}
