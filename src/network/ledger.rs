//! Reading the ledger: its entries in [pages](mod@list), and one of them whole.

use std::collections::HashMap;

use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter, QuerySelect};
use time::{Date, OffsetDateTime};

use crate::db::entities::{
    attendances, citizen_points, citizens, completions, kept_attendances, points, services,
};
use crate::db::{Db, audit, staff};
use crate::domain::facilita::{PublicDomain, SendState, ServiceKind};
use crate::domain::ids::{AccountId, CitizenId, CompletionId, PointId, ServiceId};

use super::counting::NotCounted;
use super::programme::{self, Programme};
use super::reached;

mod list;

pub use list::{Cursor, EntriesPage, EntryFilter, EntryOrder, list};

/// How a service came into the ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// Somebody recorded it.
    Desk,
    /// A citizen completed a module.
    Learned,
    /// A facilitator recorded a module that a citizen completed.
    OnBehalf,
}

/// An entry, as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Permanent.
    pub id: ServiceId,
    /// Where.
    pub point: PointId,
    /// Its name.
    pub point_name: String,
    /// Who gave it.
    pub facilitator: String,
    /// When.
    pub day: Date,
    /// How long.
    pub minutes: u16,
    /// SE3.
    pub kind: ServiceKind,
    /// SE7.
    pub title: String,
    /// How many attended.
    pub people: u64,
    /// Whether it counts no more.
    pub voided: bool,
    /// How it came here.
    pub origin: Origin,
}

/// An entry with all that is known of it.
#[derive(Debug, Clone)]
pub struct Whole {
    /// What the list shows.
    pub entry: Entry,
    /// SE5 codes.
    pub competences: Vec<u8>,
    /// SE6.
    pub domains: Vec<PublicDomain>,
    /// When it was recorded.
    pub recorded_at: OffsetDateTime,
    /// Who recorded it; nobody where the program did.
    pub recorded_by: Option<String>,
    /// Why a completion was recorded for somebody.
    pub reason: Option<String>,
    /// When it was voided, by whom, and why.
    pub voided: Option<(OffsetDateTime, String, String)>,
    /// Who attended, by name.
    pub attendances: Vec<Attendance>,
}

/// What an attendance is for the programme's count of citizens reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CountedAs {
    /// This service made them reached.
    New,
    /// Another one had made them reached.
    Known,
    /// It counts nobody, and why.
    Not(NotCounted),
    /// It counted nobody, and why is not kept: the record is erased.
    Erased,
}

/// What decides how an attendance counts.
#[derive(Debug, Clone, Copy)]
pub(super) struct Counting {
    pub(super) voided: bool,
    pub(super) new_citizen: bool,
    pub(super) born: Option<Date>,
    pub(super) verified: Option<OffsetDateTime>,
    pub(super) day: Date,
    /// Of somebody whose record is erased: whether the service could count them.
    pub(super) kept: Option<bool>,
}

impl CountedAs {
    /// What an attendance is under a programme.
    pub(super) fn of(programme: Option<&Programme>, one: Counting) -> Self {
        let why_not = || reached::why_not(programme?, one.born, one.verified, one.day);
        match one.kept {
            _ if one.voided => Self::Not(NotCounted::Voided),
            _ if one.new_citizen => Self::New,
            Some(true) => Self::Known,
            Some(false) => Self::Erased,
            None => why_not().map_or(Self::Known, Self::Not),
        }
    }

    /// `service-counted-` and this is the key of its words.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Known => "known",
            Self::Not(why) => why.key(),
            Self::Erased => "erased",
        }
    }
}

/// Somebody at a service.
#[derive(Debug, Clone)]
pub struct Attendance {
    /// Who.
    pub citizen: CitizenId,
    /// Family name and given name.
    pub name: String,
    /// The point that registered them.
    pub point: PointId,
    /// The other points that follow them, and the name there where it is all that one sees.
    pub others: Vec<(PointId, Option<String>)>,
    /// What it is for the programme's count.
    pub counted: CountedAs,
    /// On the way to Facilita.
    pub facilita: SendState,
}

/// An entry; `None` where there is none.
///
/// # Errors
/// The database's.
pub async fn read(db: &Db, service: ServiceId) -> Result<Option<Whole>, DbErr> {
    let Some(row) = services::Entity::find_by_id(service).one(db.read()).await? else {
        return Ok(None);
    };
    let acted = [row.recorded_by, row.voided_by].into_iter().flatten();
    let names = staff::names(db, acted).await?;
    let name = |id: Option<AccountId>| id.and_then(|id| names.get(&id).cloned());
    let reason = match row.completion_id {
        Some(id) => completions::Entity::find_by_id(id).one(db.read()).await?,
        None => None,
    };
    let codes = |text: &str| -> Vec<String> { text.split(':').map(str::to_owned).collect() };
    let whole = Whole {
        competences: codes(&row.competences)
            .iter()
            .filter_map(|code| code.parse().ok())
            .collect(),
        domains: codes(&row.domains)
            .iter()
            .filter_map(|code| PublicDomain::from_code(code))
            .collect(),
        recorded_at: row.recorded_at,
        recorded_by: name(row.recorded_by),
        reason: reason.and_then(|row| row.reason),
        voided: row.voided_at.map(|at| {
            let why = row.void_reason.clone().unwrap_or_default();
            (at, name(row.voided_by).unwrap_or_default(), why)
        }),
        attendances: attended(db, &row).await?,
        entry: match entries(db, vec![row]).await?.pop() {
            Some(entry) => entry,
            None => return Ok(None),
        },
    };
    audit::saw(audit::Action::ServiceRead, "service", service.0, "");
    Ok(Some(whole))
}

/// The point of a service; `None` where there is no such service.
///
/// # Errors
/// The database's.
pub async fn point_of(db: &Db, service: ServiceId) -> Result<Option<PointId>, DbErr> {
    let row = services::Entity::find_by_id(service).one(db.read()).await?;
    Ok(row.map(|row| row.point_id))
}

async fn attended(db: &Db, service: &services::Model) -> Result<Vec<Attendance>, DbErr> {
    let programme = programme::by_id(db.read(), service.programme_id).await?;
    let kept = kept_attendances::Entity::find()
        .filter(kept_attendances::Column::ServiceId.eq(service.id))
        .all(db.read())
        .await?;
    let counted = |row: &attendances::Model, person: &citizens::Model| {
        let kept = kept.iter().find(|one| one.citizen_id == person.id);
        let counting = Counting {
            voided: service.voided_at.is_some(),
            new_citizen: row.new_citizen,
            born: person.birth_date,
            verified: person.cf_verified_at,
            day: service.day,
            kept: kept.map(|one| one.counts),
        };
        CountedAs::of(programme.as_ref(), counting)
    };
    let rows = attendances::Entity::find()
        .filter(attendances::Column::ServiceId.eq(service.id))
        .all(db.read())
        .await?;
    let ids = rows.iter().map(|row| row.citizen_id);
    let people: HashMap<_, _> = citizens::Entity::find()
        .filter(citizens::Column::Id.is_in(ids))
        .all(db.read())
        .await?
        .into_iter()
        .map(|person| (person.id, person))
        .collect();
    let links = citizen_points::Entity::find()
        .filter(citizen_points::Column::CitizenId.is_in(people.keys().copied()))
        .filter(citizen_points::Column::EndedAt.is_null())
        .all(db.read())
        .await?;
    let others = |citizen: CitizenId| {
        let of = links.iter().filter(move |link| link.citizen_id == citizen);
        of.map(|link| {
            let written = format!("{} {}", link.last_name, link.first_name);
            (
                link.point_id,
                Some(written).filter(|_| link.opened_at.is_none()),
            )
        })
        .collect()
    };
    let mut all: Vec<_> = rows
        .into_iter()
        .filter_map(|row| {
            let person = people.get(&row.citizen_id)?;
            Some(Attendance {
                citizen: row.citizen_id,
                name: format!("{} {}", person.last_name, person.first_name),
                point: person.point_id,
                others: others(person.id),
                counted: counted(&row, person),
                facilita: row.facilita,
            })
        })
        .collect();
    all.sort_by(|a, b| (&a.name, a.citizen).cmp(&(&b.name, b.citizen)));
    Ok(all)
}

/// Rows with what other tables say of them, a query for each table.
async fn entries(db: &Db, rows: Vec<services::Model>) -> Result<Vec<Entry>, DbErr> {
    let people: Vec<(ServiceId, i64)> = attendances::Entity::find()
        .select_only()
        .column(attendances::Column::ServiceId)
        .column_as(attendances::Column::CitizenId.count(), "n")
        .filter(attendances::Column::ServiceId.is_in(rows.iter().map(|row| row.id)))
        .group_by(attendances::Column::ServiceId)
        .into_tuple()
        .all(db.read())
        .await?;
    let people: HashMap<_, _> = people.into_iter().collect();
    let facilitators = staff::names(db, rows.iter().map(|row| row.account_id)).await?;
    let places: Vec<(PointId, String)> = points::Entity::find()
        .select_only()
        .columns([points::Column::Id, points::Column::Name])
        .filter(points::Column::Id.is_in(rows.iter().map(|row| row.point_id)))
        .into_tuple()
        .all(db.read())
        .await?;
    let places: HashMap<_, _> = places.into_iter().collect();
    let behalf: Vec<CompletionId> = completions::Entity::find()
        .select_only()
        .column(completions::Column::Id)
        .filter(completions::Column::Id.is_in(rows.iter().filter_map(|row| row.completion_id)))
        .filter(completions::Column::RecordedBy.is_not_null())
        .into_tuple()
        .all(db.read())
        .await?;
    let entry = |row: services::Model| Entry {
        id: row.id,
        point: row.point_id,
        point_name: places.get(&row.point_id).cloned().unwrap_or_default(),
        facilitator: facilitators
            .get(&row.account_id)
            .cloned()
            .unwrap_or_default(),
        day: row.day,
        minutes: u16::try_from(row.minutes).unwrap_or(u16::MAX),
        kind: row.kind,
        title: row.title,
        people: people
            .get(&row.id)
            .and_then(|n| u64::try_from(*n).ok())
            .unwrap_or(0),
        voided: row.voided_at.is_some(),
        origin: match row.completion_id {
            None => Origin::Desk,
            Some(id) if behalf.contains(&id) => Origin::OnBehalf,
            Some(_) => Origin::Learned,
        },
    };
    Ok(rows.into_iter().map(entry).collect())
}
