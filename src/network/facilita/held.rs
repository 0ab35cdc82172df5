//! What stands still, and why: of a service, of a person, and how many in all.

use std::collections::HashMap;

use sea_orm::sea_query::SimpleExpr;
use sea_orm::{
    ColumnTrait, Condition, DbErr, EntityTrait, JoinType, PaginatorTrait, QueryFilter, QuerySelect,
    QueryTrait,
};
use time::Date;

use crate::citizens::vault::Vault;
use crate::db::Db;
use crate::db::entities::{attendances, citizens, programmes, services};
use crate::domain::facilita::SendState;
use crate::domain::ids::{AccountId, CitizenId, PointId, ProgrammeId, ServiceId};
use crate::network::point;
use crate::network::programme::{self, Programme};

use super::check::Reason;
use super::sent::attended;
use super::standing;
use super::waiting::{WAITING, Wanted, facilitators, judge};

/// The years after which a page of Facilita takes a birth for one of this century.
const CENTURY: i32 = 100;
/// Nobody as old as this is a minor anywhere.
const ADULT: i32 = 18;

/// Why attendances cannot be sent, by service and person; what may go, or has gone, is not there.
pub type Held = HashMap<(ServiceId, CitizenId), Vec<Reason>>;

/// A service of a person that stands still.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldEntry {
    /// Which.
    pub service: ServiceId,
    /// Its day.
    pub day: Date,
    /// What it was about.
    pub title: String,
    /// Why.
    pub reasons: Vec<Reason>,
}

/// Why the attendances of these services cannot be sent. Ask for no more than are shown.
///
/// # Errors
/// The database's.
pub async fn of_services(
    db: &Db,
    vault: &Vault,
    services: &[ServiceId],
    today: Date,
) -> Result<Held, DbErr> {
    let only = services::Column::Id.is_in(services.iter().copied());
    Box::pin(held(db, vault, Condition::all().add(only), today)).await
}

/// The services of a person that stand still, the latest first.
///
/// # Errors
/// The database's.
pub async fn of_citizen(
    db: &Db,
    vault: &Vault,
    citizen: CitizenId,
    today: Date,
) -> Result<Vec<HeldEntry>, DbErr> {
    let only = attendances::Column::CitizenId.eq(citizen);
    let held = Box::pin(held(db, vault, Condition::all().add(only), today)).await?;
    let ids = held.keys().map(|(service, _)| *service);
    let rows: Vec<(ServiceId, Date, String)> = services::Entity::find()
        .select_only()
        .columns([
            services::Column::Id,
            services::Column::Day,
            services::Column::Title,
        ])
        .filter(services::Column::Id.is_in(ids))
        .into_tuple()
        .all(db.read())
        .await?;
    let mut all: Vec<_> = rows
        .into_iter()
        .map(|(service, day, title)| HeldEntry {
            service,
            day,
            title,
            reasons: held.get(&(service, citizen)).cloned().unwrap_or_default(),
        })
        .collect();
    all.sort_by_key(|one| std::cmp::Reverse((one.day, one.service)));
    Ok(all)
}

async fn held(db: &Db, vault: &Vault, only: Condition, today: Date) -> Result<Held, DbErr> {
    let mut all = Held::new();
    for programme in programme::list(db.read()).await? {
        let wanted = Wanted {
            only: only.clone(),
            ..Wanted::of(&WAITING)
        };
        let judged = judge(db, vault, &programme, wanted, today, |service| {
            let reasons = service.iter().filter_map(|one| {
                let why = one.row.as_ref().err()?;
                Some(((one.service, one.citizen), why.clone()))
            });
            all.extend(reasons);
            true
        });
        Box::pin(judged).await?;
    }
    Ok(all)
}

/// How many attendances were never sent and cannot be: since a record lacks something, which is kept
/// with it, and for anything else, of which only those are judged that the day, the place or the age
/// may hold back.
pub(super) async fn count(
    db: &Db,
    vault: &Vault,
    programme: &Programme,
    today: Date,
) -> Result<(u64, u64), DbErr> {
    let one = programmes::Entity::find().count(db.read()).await? == 1;
    let by_record = match one {
        true => standing::of_points(db, None).await?.services,
        false => count_of(db, programme.id, lacking()).await?,
    };
    let others = of_whole(db, vault, programme, None, today);
    Ok((by_record, Box::pin(others).await?))
}

/// What was never sent of services given at these points, but for what stands still since a record
/// lacks something: that is counted with the records ([`standing`]), where it is put right.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Numbers {
    /// It can be sent.
    pub ready: u64,
    /// It cannot, though the record lacks nothing.
    pub others: u64,
}

/// Counts it, point by point: few points at once.
///
/// # Errors
/// The database's.
pub async fn at_points(
    db: &Db,
    vault: &Vault,
    points: &[PointId],
    today: Date,
) -> Result<Numbers, DbErr> {
    let mut numbers = Numbers::default();
    let given = || Condition::all().add(services::Column::PointId.is_in(points.iter().copied()));
    let here = || Condition::all().add(at_services(given()));
    for programme in programme::list(db.read()).await? {
        let id = programme.id;
        let all = count_of(db, id, here()).await?;
        let others = of_whole(db, vault, &programme, Some(given()), today);
        let others = Box::pin(others).await?;
        let lacking = count_of(db, id, here().add(lacking())).await?;
        numbers.ready += all.saturating_sub(lacking + others);
        numbers.others += others;
    }
    Ok(numbers)
}

/// Attendances of the services that a condition is true of: said like this, a database begins with
/// them, and not with all that was never sent.
fn at_services(which: Condition) -> SimpleExpr {
    let ids = services::Entity::find()
        .select_only()
        .column(services::Column::Id)
        .filter(which)
        .into_query();
    attendances::Column::ServiceId.in_subquery(ids)
}

/// As [`at_services`], of the people that a condition is true of.
fn of_people(who: Condition) -> SimpleExpr {
    let ids = citizens::Entity::find()
        .select_only()
        .column(citizens::Column::Id)
        .filter(who)
        .into_query();
    attendances::Column::CitizenId.in_subquery(ids)
}

fn lacking() -> Condition {
    Condition::all().add(citizens::Column::Held.is_not_null())
}

/// Those of people whose record lacks nothing, of the services that a condition is true of, or of all.
async fn of_whole(
    db: &Db,
    vault: &Vault,
    programme: &Programme,
    given: Option<Condition>,
    today: Date,
) -> Result<u64, DbErr> {
    let whole = Condition::all().add(citizens::Column::Held.is_null());
    let place = place(db, vault, programme).await?;
    let by_place = whole.clone().add(at_services(match &given {
        Some(given) => given.clone().add(place),
        None => place,
    }));
    let by_place = count_of(db, programme.id, by_place).await?;
    let whole = whole.add_option(given.map(at_services));
    let mut by_age = 0;
    let wanted = Wanted {
        only: whole.add(of_people(age(today))),
        ..Wanted::of(&[SendState::Ready])
    };
    let judged = judge(db, vault, programme, wanted, today, |service| {
        let why = service.iter().filter_map(|one| one.row.as_ref().err());
        by_age += why.filter(|why| !why.iter().any(of_place)).count();
        true
    });
    Box::pin(judged).await?;
    Ok(by_place + u64::try_from(by_age).unwrap_or(0))
}

/// Whether a reason is one of those of [`place`].
fn of_place(reason: &Reason) -> bool {
    use Reason as R;
    matches!(
        reason,
        R::FacilitatorId
            | R::FacilitatorName
            | R::PointId
            | R::PointName
            | R::BeforeProject
            | R::AfterProject
            | R::AfterCutOff
    )
}

/// A day that Facilita does not take, or a point or a facilitator that it does not know.
async fn place(db: &Db, vault: &Vault, programme: &Programme) -> Result<Condition, DbErr> {
    use services::Column as S;
    let last = programme.facilita_until.unwrap_or(programme.ends_on);
    // Each part says what an index begins with: one that does not, and all services are read.
    let day = |outside| {
        let of = Condition::all().add(S::ProgrammeId.eq(programme.id));
        of.add(outside)
    };
    let mut place = Condition::any()
        .add(day(S::Day.lt(programme.starts_on)))
        .add(day(S::Day.gt(last.min(programme.ends_on))));
    let empty = |text: Option<&str>| text.is_none_or(|text| text.trim().is_empty());
    let points = point::list(db.read(), Some(programme.id))
        .await?
        .into_iter();
    let points: Vec<PointId> = points
        .filter(|point| empty(point.facilita_id.as_deref()) || empty(Some(&point.name)))
        .map(|point| point.id)
        .collect();
    let people = facilitators(db, vault).await?.into_iter();
    let people: Vec<AccountId> = people
        .filter(|(_, known)| empty(known.id.as_deref()) || empty(known.name.as_deref()))
        .map(|(account, _)| account)
        .collect();
    if !points.is_empty() {
        place = place.add(S::PointId.is_in(points));
    }
    if !people.is_empty() {
        place = place.add(S::AccountId.is_in(people));
    }
    Ok(place)
}

/// Those whose age may hold them back: minors, whose birth is not written, and whose year of birth a page takes for another.
fn age(today: Date) -> Condition {
    let years_ago = |years| {
        let year = today.year() - years;
        let day = today.replace_year(year);
        day.unwrap_or_else(|_| Date::from_ordinal_date(year, 60).unwrap_or(today))
    };
    let turned = Date::from_ordinal_date(today.year() - CENTURY + 1, 1).unwrap_or(today);
    Condition::any()
        .add(citizens::Column::BirthDate.is_null())
        .add(citizens::Column::BirthDate.gt(years_ago(ADULT)))
        .add(citizens::Column::BirthDate.lt(turned))
}

/// How many attendances of a programme were never sent, of those that the condition is true of.
async fn count_of(db: &Db, programme: ProgrammeId, of: Condition) -> Result<u64, DbErr> {
    attendances::Entity::find()
        .join(JoinType::InnerJoin, attended())
        .join(
            JoinType::InnerJoin,
            attendances::Entity::belongs_to(citizens::Entity)
                .from(attendances::Column::CitizenId)
                .to(citizens::Column::Id)
                .into(),
        )
        .filter(attendances::Column::Facilita.eq(SendState::Ready))
        .filter(services::Column::ProgrammeId.eq(programme))
        .filter(services::Column::VoidedAt.is_null())
        .filter(of)
        .count(db.read())
        .await
}
