//! What an edition of the open data is made from: the services that were recorded in its period and
//! stand when it is made.
//!
//! Who attended a service is published once. A service that stands for one of an earlier edition is
//! in none: its rows are there already, as they were.

use std::collections::{HashMap, HashSet};

use sea_orm::sea_query::Query;
use sea_orm::{
    ColumnTrait, Condition, DbErr, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect,
};
use time::{Date, OffsetDateTime};

use crate::db::Db;
use crate::db::entities::{attendances, citizens, kept_attendances, services};
use crate::domain::facilita::{AgeBand, Education, Gender, Occupation, ServiceKind};
use crate::domain::ids::{CitizenId, CompletionId, PointId, ServiceId};
use crate::network::point::{self, Point};
use crate::network::programme::Programme;

use super::edition::Period;

/// A service that stands.
pub(super) struct Service {
    pub(super) point: PointId,
    pub(super) kind: ServiceKind,
    pub(super) day: Date,
    pub(super) competences: String,
    pub(super) domains: String,
    /// Of a course; what a facilitator wrote is not read.
    pub(super) title: Option<String>,
}

/// Who attended.
pub(super) struct Attendee {
    pub(super) id: CitizenId,
    pub(super) birth: Option<Date>,
    /// Of their first service, whenever it was recorded.
    pub(super) first: Option<Date>,
    /// At their first service, of somebody whose record was erased.
    pub(super) kept: Option<AgeBand>,
    pub(super) gender: Option<Gender>,
    pub(super) education: Option<Education>,
    pub(super) occupation: Option<Occupation>,
}

impl Attendee {
    /// Somebody of whom nothing is known.
    const fn new(id: CitizenId) -> Self {
        Self {
            id,
            birth: None,
            first: None,
            kept: None,
            gender: None,
            education: None,
            occupation: None,
        }
    }
}

type ServiceRow = (
    ServiceId,
    PointId,
    ServiceKind,
    Date,
    String,
    String,
    String,
    Option<CompletionId>,
    OffsetDateTime,
);

/// What an edition is made from: the earliest services first.
pub(super) struct Ledger {
    pub(super) points: HashMap<PointId, Point>,
    pub(super) services: Vec<Service>,
    pub(super) people: Vec<Attendee>,
    /// Who attended what, by place in the lists above.
    pub(super) rows: Vec<(usize, usize)>,
}

impl Ledger {
    pub(super) async fn read(
        db: &Db,
        programme: &Programme,
        period: &Period,
    ) -> Result<Self, DbErr> {
        let points = point::list(db.read(), Some(programme.id)).await?;
        let published = corrections_of_earlier(db, programme, period).await?;
        let rows = standing(db, programme).await?;
        let mut place: HashMap<ServiceId, usize> = HashMap::new();
        let mut days = HashMap::with_capacity(rows.len());
        let mut all = Vec::new();
        for (id, point, kind, day, competences, domains, title, completion, recorded) in rows {
            days.insert(id, day);
            if !period.has(recorded) || published.contains(&id) {
                continue;
            }
            place.insert(id, all.len());
            all.push(Service {
                point,
                kind,
                day,
                competences,
                domains,
                title: completion.map(|_| title),
            });
        }
        let attended = attended(db, programme).await?;
        let mut first: HashMap<CitizenId, Date> = HashMap::new();
        for (service, citizen) in &attended {
            if let Some(day) = days.get(service) {
                let first = first.entry(*citizen).or_insert(*day);
                *first = (*first).min(*day);
            }
        }
        let known = |(service, citizen): (ServiceId, CitizenId)| {
            place.get(&service).map(|service| (*service, citizen))
        };
        let mut attended: Vec<_> = attended.into_iter().filter_map(known).collect();
        attended.sort_unstable();
        let mut numbers: HashMap<CitizenId, usize> = HashMap::new();
        let mut rows = Vec::with_capacity(attended.len());
        for (service, citizen) in attended {
            let next = numbers.len();
            rows.push((*numbers.entry(citizen).or_insert(next), service));
        }
        let mut people = people(db, &numbers).await?;
        for person in &mut people {
            person.first = first.get(&person.id).copied();
        }
        Ok(Self {
            points: points.into_iter().map(|point| (point.id, point)).collect(),
            services: all,
            people,
            rows,
        })
    }
}

async fn standing(db: &Db, programme: &Programme) -> Result<Vec<ServiceRow>, DbErr> {
    services::Entity::find()
        .select_only()
        .columns([
            services::Column::Id,
            services::Column::PointId,
            services::Column::Kind,
            services::Column::Day,
            services::Column::Competences,
            services::Column::Domains,
            services::Column::Title,
            services::Column::CompletionId,
            services::Column::RecordedAt,
        ])
        .filter(services::Column::ProgrammeId.eq(programme.id))
        .filter(services::Column::VoidedAt.is_null())
        .order_by_asc(services::Column::Day)
        .order_by_asc(services::Column::Id)
        .into_tuple()
        .all(db.read())
        .await
}

async fn attended(db: &Db, programme: &Programme) -> Result<Vec<(ServiceId, CitizenId)>, DbErr> {
    attendances::Entity::find()
        .select_only()
        .columns([
            attendances::Column::ServiceId,
            attendances::Column::CitizenId,
        ])
        .join(
            JoinType::InnerJoin,
            attendances::Entity::belongs_to(services::Entity)
                .from(attendances::Column::ServiceId)
                .to(services::Column::Id)
                .into(),
        )
        .filter(services::Column::ProgrammeId.eq(programme.id))
        .filter(services::Column::VoidedAt.is_null())
        .into_tuple()
        .all(db.read())
        .await
}

/// The services that stand for one that was published, or for one that does.
async fn corrections_of_earlier(
    db: &Db,
    programme: &Programme,
    period: &Period,
) -> Result<HashSet<ServiceId>, DbErr> {
    let of = Condition::any()
        .add(services::Column::CorrectsId.is_not_null())
        .add(
            services::Column::Id.in_subquery(
                Query::select()
                    .column(services::Column::CorrectsId)
                    .from(services::Entity)
                    .and_where(services::Column::CorrectsId.is_not_null())
                    .take(),
            ),
        );
    type Row = (
        ServiceId,
        Option<ServiceId>,
        OffsetDateTime,
        Option<OffsetDateTime>,
    );
    let rows: Vec<Row> = services::Entity::find()
        .select_only()
        .columns([
            services::Column::Id,
            services::Column::CorrectsId,
            services::Column::RecordedAt,
            services::Column::VoidedAt,
        ])
        .filter(services::Column::ProgrammeId.eq(programme.id))
        .filter(of)
        .into_tuple()
        .all(db.read())
        .await?;
    let all: HashMap<_, _> = rows.iter().map(|row| (row.0, row)).collect();
    let was_there = |(id, corrects, ..): &Row| {
        let mut before = *corrects;
        while let Some((_, corrects, recorded, voided)) = before.and_then(|one| all.get(&one)) {
            if period.was_published(*recorded, *voided) {
                return Some(*id);
            }
            before = *corrects;
        }
        None
    };
    Ok(rows.iter().filter_map(was_there).collect())
}

async fn people(db: &Db, numbers: &HashMap<CitizenId, usize>) -> Result<Vec<Attendee>, DbErr> {
    use citizens::Column;
    type Row = (
        CitizenId,
        Option<Date>,
        Option<Gender>,
        Option<Education>,
        Option<Occupation>,
    );
    let rows: Vec<Row> = citizens::Entity::find()
        .select_only()
        .columns([
            Column::Id,
            Column::BirthDate,
            Column::Gender,
            Column::Education,
            Column::Occupation,
        ])
        .into_tuple()
        .all(db.read())
        .await?;
    let mut people: Vec<_> = numbers.iter().collect();
    people.sort_unstable_by_key(|(_, number)| **number);
    let mut people: Vec<Attendee> = people
        .into_iter()
        .map(|(id, _)| Attendee::new(*id))
        .collect();
    for (id, birth, gender, education, occupation) in rows {
        if let Some(number) = numbers.get(&id) {
            people[*number] = Attendee {
                id,
                birth,
                first: None,
                kept: None,
                gender,
                education,
                occupation,
            };
        }
    }
    for (id, band) in kept(db).await? {
        if let Some(number) = numbers.get(&id) {
            let person = &mut people[*number];
            person.kept = person.kept.or(band);
        }
    }
    Ok(people)
}

/// What was kept of people whose record was erased, the earliest service first.
async fn kept(db: &Db) -> Result<Vec<(CitizenId, Option<AgeBand>)>, DbErr> {
    kept_attendances::Entity::find()
        .select_only()
        .columns([
            kept_attendances::Column::CitizenId,
            kept_attendances::Column::AgeBand,
        ])
        .join(
            JoinType::InnerJoin,
            kept_attendances::Entity::belongs_to(services::Entity)
                .from(kept_attendances::Column::ServiceId)
                .to(services::Column::Id)
                .into(),
        )
        .filter(services::Column::VoidedAt.is_null())
        .order_by_asc(services::Column::Day)
        .order_by_asc(services::Column::Id)
        .into_tuple()
        .all(db.read())
        .await
}
