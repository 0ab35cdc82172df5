//! Whoever is asking, and how far they are.

use std::collections::BTreeMap;

use serde::Serialize;
use time::{Date, OffsetDateTime};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::domain::ids::{LessonId, ModuleId};
use crate::domain::role::Role;
use crate::learning::assignment::{self, Assigned};
use crate::learning::own::{self, OwnData};
use crate::learning::progress;
use crate::network::point;
use crate::web::error::Error;
use crate::web::extract::{Language, Learner};
use crate::web::read::Json;
use crate::web::state::App;

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
}

/// How far a learner is in a module.
#[derive(Debug, Serialize, ToSchema)]
pub struct ModuleProgressView {
    #[serde(flatten)]
    read: ReadView,
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
    let mut assigned = BTreeMap::new();
    if let Some(citizen) = learner.viewer.citizen {
        for one in assignment::of_citizen(&app.db, citizen, app.today()).await? {
            modules.entry(one.module.clone()).or_default();
            assigned.insert(one.module.clone(), one);
        }
    }
    let mut view = |(id, progress): (ModuleId, progress::ModuleProgress)| ModuleProgressView {
        assigned: assigned.remove(&id).map(AssignedView::from),
        read: ReadView::new(&app, id, &progress),
        attempt: progress.under_way.map(|attempt| attempt.0),
        completion: progress
            .completion
            .as_ref()
            .map(|done| CompletionView::new(done, lang.0)),
    };
    Ok(Json(ProgressView {
        modules: modules.into_iter().map(&mut view).collect(),
    }))
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
