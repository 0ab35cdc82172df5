//! Who acts, through what, and what of people they have read so far: one value for each request,
//! command or task of the program.
//!
//! It travels with the task and not through parameters, so that a function that reads personal data
//! can say so wherever it is called from, and `db::write` can take it along to the writer.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use uuid::Uuid;

use crate::domain::ids::{AccountId, CitizenId, PointId, SessionId};
use crate::domain::role::Role;

use super::{Act, Action};

/// The way in which something is done.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Through {
    /// A page.
    Page,
    /// The interface for programs.
    Interface,
    /// A command of whoever has the machine.
    Shell,
    /// The program by itself.
    #[default]
    Program,
}

impl Through {
    /// As it is stored.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Interface => "api",
            Self::Shell => "shell",
            Self::Program => "program",
        }
    }
}

/// What a row says of who acted.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Who {
    pub(super) role: Option<Role>,
    pub(super) through: Through,
    pub(super) session: Option<SessionId>,
    pub(super) point: Option<PointId>,
}

/// Personal data that were read.
#[derive(Debug, Clone)]
pub(super) struct DataRead {
    action: Action,
    subject: &'static str,
    id: Uuid,
    detail: String,
}

impl DataRead {
    pub(super) fn act(&self, by: Option<AccountId>) -> Act<'_> {
        Act {
            by,
            action: self.action,
            subject: self.subject,
            id: self.id,
            detail: &self.detail,
        }
    }
}

/// What an answer shows of people and to whom, for when it is shown again.
#[derive(Debug, Clone, Default)]
pub struct ShownPeople {
    seen: Vec<DataRead>,
    role: Option<Role>,
    points: Vec<PointId>,
    point: Option<PointId>,
}

#[derive(Debug, Default)]
struct Inner {
    session: Option<SessionId>,
    account: Option<AccountId>,
    citizen: Option<CitizenId>,
    role: Option<Role>,
    points: Vec<PointId>,
    point: Option<PointId>,
    seen: Vec<DataRead>,
    acted: Vec<(&'static str, Uuid)>,
    wrote: bool,
}

/// Who acts, and what they have read.
#[derive(Debug)]
pub struct Context {
    through: Through,
    inner: Mutex<Inner>,
}

tokio::task_local! {
    static CONTEXT: Arc<Context>;
}

/// Somebody who is known was not given what they asked for.
#[derive(Debug)]
pub struct AccessRefused {
    /// The kind of record in the address.
    pub subject: &'static str,
    /// Its id, as asked for.
    pub id: Uuid,
    /// Status, method and the pattern of the address.
    pub detail: String,
}

impl Context {
    /// Nobody is known yet.
    #[must_use]
    pub fn new(through: Through) -> Arc<Self> {
        Arc::new(Self {
            through,
            inner: Mutex::default(),
        })
    }

    /// Whose session it is.
    pub fn entered(
        &self,
        session: SessionId,
        account: Option<AccountId>,
        citizen: Option<CitizenId>,
    ) {
        let mut inner = self.inner();
        inner.session = Some(session);
        (inner.account, inner.citizen) = (account, citizen);
    }

    /// In which role they act, and at which points.
    pub fn acts_as(&self, role: Role, points: Vec<PointId>) {
        let mut inner = self.inner();
        (inner.role, inner.points) = (Some(role), points);
    }

    /// A refusal of somebody who is known; `None` where nobody is.
    #[must_use]
    pub fn refused<'r>(&self, refused: &'r AccessRefused) -> Option<Act<'r>> {
        let inner = self.inner();
        let known = inner.account.is_some() || inner.citizen.is_some();
        known.then_some(Act {
            by: inner.account,
            action: Action::AccessRefused,
            subject: refused.subject,
            id: refused.id,
            detail: &refused.detail,
        })
    }

    /// Whether personal data were read.
    #[must_use]
    pub fn has_seen(&self) -> bool {
        !self.inner().seen.is_empty()
    }

    /// Forgets what was read: it was not shown.
    pub fn forget(&self) {
        self.inner().seen.clear();
    }

    /// What was read so far, whether or not a row of an act tells of it.
    #[must_use]
    pub fn shown(&self) -> ShownPeople {
        let inner = self.inner();
        ShownPeople {
            seen: inner.seen.clone(),
            role: inner.role,
            points: inner.points.clone(),
            point: inner.point,
        }
    }

    /// The same is shown again, to the same person.
    pub fn shows(&self, again: ShownPeople) {
        let mut inner = self.inner();
        inner.seen.extend(again.seen);
        (inner.role, inner.points, inner.point) = (again.role, again.points, again.point);
    }

    /// Whether anything was written.
    #[must_use]
    pub fn has_written(&self) -> bool {
        self.inner().wrote
    }

    /// Something was written about a subject: that somebody read it for this goes without saying.
    pub(super) fn acted(&self, subject: &'static str, id: Uuid) {
        self.inner().acted.push((subject, id));
    }

    pub(super) fn who(&self, by: Option<AccountId>) -> Who {
        let inner = self.inner();
        let own = by.is_none() && inner.account.is_none() && inner.citizen.is_some();
        let theirs = by.is_some() && by == inner.account;
        let (role, point) = match (own, theirs) {
            (true, _) => (Some(Role::Citizen), None),
            (_, true) => (inner.role, inner.point.or(inner.only_point())),
            _ => (None, None),
        };
        Who {
            role,
            through: self.through,
            session: inner.session,
            point,
        }
    }

    /// What was read and is not told by a row of its own, and by whom.
    pub(super) fn take_seen(&self) -> (Option<AccountId>, Vec<DataRead>) {
        let mut inner = self.inner();
        let mut seen = std::mem::take(&mut inner.seen);
        seen.retain(|one| !inner.acted.contains(&(one.subject, one.id)));
        (inner.account, seen)
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Inner {
    /// The point of a role that is held at one only.
    fn only_point(&self) -> Option<PointId> {
        match self.points.as_slice() {
            [one] => Some(*one),
            _ => None,
        }
    }
}

/// Runs `work` for whoever the context is about.
pub async fn within<T>(context: Arc<Context>, work: impl Future<Output = T>) -> T {
    // On the heap: a request's future is large, and every layer around it would move it.
    CONTEXT.scope(context, Box::pin(work)).await
}

/// The context of what runs now.
#[must_use]
pub fn context() -> Option<Arc<Context>> {
    CONTEXT.try_with(Arc::clone).ok()
}

/// At which of their points somebody acts, where they have several.
pub fn at(point: PointId) {
    if let Some(context) = context() {
        let mut inner = context.inner();
        if inner.points.contains(&point) {
            inner.point = Some(point);
        }
    }
}

/// Personal data of a subject were read. What was read of it before is told by this; of nobody in
/// particular, what was read in the same way.
///
/// Nothing is written yet: [`super::settle`] does, before anything is shown.
pub fn saw(action: Action, subject: &'static str, id: Uuid, detail: impl Into<String>) {
    let Some(context) = context() else { return };
    let mut inner = context.inner();
    inner.seen.retain(|one| match id.is_nil() {
        true => (one.action, one.subject) != (action, subject),
        false => (one.subject, one.id) != (subject, id),
    });
    inner.seen.push(DataRead {
        action,
        subject,
        id,
        detail: detail.into(),
    });
}

/// A subject with a list of people was read.
pub fn counted(action: Action, subject: &'static str, id: Uuid, people: usize) {
    saw(action, subject, id, format!("{people} people"));
}

/// A list of people was read: how many, and neither who nor what was asked for.
pub fn list_seen(action: Action, found: usize) {
    saw(action, "people", Uuid::nil(), format!("{found} found"));
}

/// Something was written.
pub(in crate::db) fn wrote() {
    if let Some(context) = context() {
        context.inner().wrote = true;
    }
}
