//! The audit for people to read: for who answers for it, and for the person whom it is about.

use std::collections::{HashMap, HashSet};

use sea_orm::{ColumnTrait, Condition, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use crate::db::entities::{accounts, audit as rows, citizens, points, services};
use crate::db::{Db, audit, staff};
use crate::domain::ids::{AccountId, CitizenId, PointId, ServiceId};
use crate::domain::role::Role;

/// Rows on a page.
const PAGE: usize = 20;

/// Which rows; what is left out is any.
#[derive(Debug, Clone, Default)]
pub struct TrailFilter {
    /// Who acted.
    pub account: Option<AccountId>,
    /// What was done.
    pub action: Option<String>,
    /// The id of what it was done to.
    pub subject: Option<String>,
    /// On which day.
    pub day: Option<Date>,
    /// Only rows before this one.
    pub before: Option<i64>,
}

/// A row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrailRow {
    /// Its number.
    pub sequence: i64,
    /// When.
    pub at: OffsetDateTime,
    /// Its day in Rome.
    pub day: Date,
    /// Who acted, and their name.
    pub account: Option<(AccountId, String)>,
    /// In which role.
    pub role: Option<Role>,
    /// `page`, `api`, `shell`, `program` or `unknown`.
    pub through: String,
    /// The name of the point at which they acted.
    pub point: Option<String>,
    /// What was done.
    pub action: String,
    /// The kind of what it was done to.
    pub subject_kind: String,
    /// Its id; empty for nobody in particular.
    pub subject_id: String,
    /// Whether it was a person whose data were erased since.
    pub erased: bool,
    /// What else was written down.
    pub detail: String,
}

/// A page of rows, the newest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TrailPage {
    /// At most 20.
    pub rows: Vec<TrailRow>,
    /// What the next page is before; `None` on the last one.
    pub next: Option<i64>,
}

/// The rows of a filter, for an administrator: reading them leaves one too.
///
/// # Errors
/// The database's.
pub async fn list(db: &Db, filter: &TrailFilter) -> Result<TrailPage, DbErr> {
    use rows::Column;
    let mut which = Condition::all();
    if let Some(account) = filter.account {
        which = which.add(Column::AccountId.eq(account));
    }
    if let Some(action) = &filter.action {
        which = which.add(Column::Action.eq(action.as_str()));
    }
    if let Some(subject) = &filter.subject {
        which = which.add(Column::SubjectId.eq(subject.as_str()));
    }
    if let Some(day) = filter.day {
        which = which.add(Column::Day.eq(day));
    }
    let page = page(db, which, filter.before).await?;
    audit::list_seen(audit::Action::AuditListed, page.rows.len());
    Ok(page)
}

/// What was done to a citizen's data and who looked at them, records that became a part of theirs
/// included.
///
/// # Errors
/// The database's.
pub async fn about(db: &Db, citizen: CitizenId, before: Option<i64>) -> Result<TrailPage, DbErr> {
    let mut ids = vec![citizen];
    let mut at = 0;
    while at < ids.len() {
        let merged: Vec<CitizenId> = citizens::Entity::find()
            .select_only()
            .column(citizens::Column::Id)
            .filter(citizens::Column::MergedInto.eq(ids[at]))
            .into_tuple()
            .all(db.read())
            .await?;
        ids.extend(merged);
        at += 1;
    }
    let ids = ids.iter().map(ToString::to_string);
    let which = Condition::all()
        .add(rows::Column::SubjectKind.eq("citizen"))
        .add(rows::Column::SubjectId.is_in(ids));
    page(db, which, before).await
}

async fn page(db: &Db, which: Condition, before: Option<i64>) -> Result<TrailPage, DbErr> {
    let mut query = rows::Entity::find().filter(which);
    if let Some(before) = before {
        query = query.filter(rows::Column::Sequence.lt(before));
    }
    let mut found = query
        .order_by_desc(rows::Column::Sequence)
        .limit(u64::try_from(PAGE + 1).unwrap_or(u64::MAX))
        .all(db.read())
        .await?;
    let more = found.len() > PAGE;
    found.truncate(PAGE);
    let next = found.last().filter(|_| more).map(|row| row.sequence);
    let people = found.iter().filter_map(|row| row.account_id);
    let people = staff::names(db, people).await?;
    let places = found.iter().filter_map(|row| row.point_id);
    let places: HashMap<PointId, String> = points::Entity::find()
        .select_only()
        .columns([points::Column::Id, points::Column::Name])
        .filter(points::Column::Id.is_in(places))
        .into_tuple()
        .all(db.read())
        .await?
        .into_iter()
        .collect();
    let erased = erased(db, &found).await?;
    let row = |row: rows::Model| TrailRow {
        erased: row.subject_id.parse().is_ok_and(|id| erased.contains(&id)),
        sequence: row.sequence,
        at: row.at,
        day: row.day,
        account: row
            .account_id
            .map(|id| (id, people.get(&id).cloned().unwrap_or_default())),
        role: row.role,
        through: row.through,
        point: row.point_id.and_then(|id| places.get(&id).cloned()),
        action: row.action,
        subject_kind: row.subject_kind,
        subject_id: row.subject_id,
        detail: row.detail,
    };
    Ok(TrailPage {
        rows: found.into_iter().map(row).collect(),
        next,
    })
}

/// The people among the subjects of these rows whose data were erased.
async fn erased(db: &Db, found: &[rows::Model]) -> Result<HashSet<CitizenId>, DbErr> {
    let people = found.iter().filter(|row| row.subject_kind == "citizen");
    let people = people.filter_map(|row| row.subject_id.parse::<CitizenId>().ok());
    let erased = citizens::Entity::find()
        .select_only()
        .column(citizens::Column::Id)
        .filter(citizens::Column::Id.is_in(people))
        .filter(citizens::Column::ErasedAt.is_not_null());
    let erased: Vec<CitizenId> = erased.into_tuple().all(db.read()).await?;
    Ok(erased.into_iter().collect())
}

/// How often somebody did what, on a day; of services that they recorded, only those that stand.
pub type DayCounts = HashMap<String, i64>;

/// Services that are looked up at once.
const AT_ONCE: usize = 500;

/// What somebody did themselves on a day: a page of the acts, the newest first, how often each
/// was done, and which services of the day were voided since. Looks are not acts; an
/// act upon several people is one, and each of them has a row of the register.
///
/// # Errors
/// The database's.
pub async fn of_day(
    db: &Db,
    account: AccountId,
    day: Date,
    before: Option<i64>,
) -> Result<(TrailPage, DayCounts, HashSet<ServiceId>), DbErr> {
    use rows::Column;
    let looks = audit::Action::ALL.iter().filter(|action| action.is_look());
    let of_services = [
        audit::Action::ServiceRecorded.name(),
        audit::Action::ServiceVoided.name(),
    ];
    let each = Condition::all()
        .add(Column::Action.is_in(of_services))
        .add(Column::SubjectKind.eq("citizen"));
    let which = Condition::all()
        .add(Column::AccountId.eq(account))
        .add(Column::Day.eq(day))
        .add(Column::Action.is_not_in(looks.map(|action| action.name())))
        .add(each.not());
    let recorded = audit::Action::ServiceRecorded.name();
    let voided = voided(db, which.clone().add(Column::Action.eq(recorded))).await?;
    let counts: Vec<(String, i64)> = rows::Entity::find()
        .select_only()
        .column(Column::Action)
        .column_as(Column::Sequence.count(), "times")
        .filter(which.clone())
        .group_by(Column::Action)
        .into_tuple()
        .all(db.read())
        .await?;
    let page = page(db, which, before).await?;
    let mut counts: DayCounts = counts.into_iter().collect();
    if let Some(services) = counts.get_mut(recorded) {
        *services -= i64::try_from(voided.len()).unwrap_or(*services);
    }
    Ok((page, counts, voided))
}

/// The services of some acts that were voided since; one that was corrected is one of them, and the
/// one that stands for it is not.
async fn voided(db: &Db, acts: Condition) -> Result<HashSet<ServiceId>, DbErr> {
    let ids: Vec<String> = rows::Entity::find()
        .select_only()
        .column(rows::Column::SubjectId)
        .filter(acts)
        .into_tuple()
        .all(db.read())
        .await?;
    let ids: Vec<ServiceId> = ids.iter().filter_map(|id| id.parse().ok()).collect();
    let mut voided = HashSet::new();
    for some in ids.chunks(AT_ONCE) {
        let found: Vec<ServiceId> = services::Entity::find()
            .select_only()
            .column(services::Column::Id)
            .filter(services::Column::Id.is_in(some.iter().copied()))
            .filter(services::Column::VoidedAt.is_not_null())
            .into_tuple()
            .all(db.read())
            .await?;
        voided.extend(found);
    }
    Ok(voided)
}

/// Everybody who may have acted, by name. Namesakes are told apart by their e-mail.
///
/// # Errors
/// The database's.
pub async fn actors(db: &Db) -> Result<Vec<(AccountId, String)>, DbErr> {
    let rows: Vec<(AccountId, String, String)> = accounts::Entity::find()
        .select_only()
        .columns([
            accounts::Column::Id,
            accounts::Column::Name,
            accounts::Column::Email,
        ])
        .order_by_asc(accounts::Column::Name)
        .order_by_asc(accounts::Column::Email)
        .into_tuple()
        .all(db.read())
        .await?;
    let label = |(id, name, email): (AccountId, String, String)| match name.is_empty() {
        true => (id, email),
        false => (id, format!("{name} ({email})")),
    };
    Ok(rows.into_iter().map(label).collect())
}

/// Leaves the trace of somebody who was not let in, known or not: it takes the same time.
pub(super) async fn failed(
    db: &Db,
    subject: &'static str,
    known: Option<Uuid>,
    now: OffsetDateTime,
) -> Result<(), DbErr> {
    let act = audit::Act {
        by: None,
        action: audit::Action::SignInFailed,
        subject,
        id: known.unwrap_or_default(),
        detail: "",
    };
    audit::trace(db, act, now).await
}

/// Leaves the trace of somebody whose password was right, and the code of their second factor wrong.
///
/// # Errors
/// The database's.
pub async fn code_failed(db: &Db, account: AccountId, now: OffsetDateTime) -> Result<(), DbErr> {
    let act = audit::Act {
        by: None,
        action: audit::Action::SignInFailed,
        subject: "account",
        id: account.0,
        detail: "second factor",
    };
    audit::trace(db, act, now).await
}

/// Leaves the trace of a link to set a password that opens nothing: false, used, too old.
pub(super) async fn link_refused(
    db: &Db,
    whose: Option<AccountId>,
    now: OffsetDateTime,
) -> Result<(), DbErr> {
    let act = audit::Act {
        by: None,
        action: audit::Action::LinkRefused,
        subject: "account",
        id: whose.map(|account| account.0).unwrap_or_default(),
        detail: "",
    };
    audit::trace(db, act, now).await
}

/// Leaves the trace of somebody who is in and gave a wrong password or code where they are asked for
/// it again.
pub(super) async fn proof_failed(
    db: &Db,
    account: AccountId,
    now: OffsetDateTime,
) -> Result<(), DbErr> {
    let act = audit::Act {
        by: Some(account),
        action: audit::Action::ProofFailed,
        subject: "account",
        id: account.0,
        detail: "",
    };
    audit::trace(db, act, now).await
}
