//! What stands still, and why: of a service, of a person, and how many in all.

use std::collections::HashMap;

use sea_orm::sea_query::{Expr, ExprTrait as _, SimpleExpr};
use sea_orm::{
    ColumnTrait, Condition, DbErr, EntityTrait, JoinType, PaginatorTrait, QueryFilter, QuerySelect,
    QueryTrait, Select,
};
use time::Date;

use crate::citizens::vault::Vault;
use crate::db::entities::attendances::Column as A;
use crate::db::entities::citizens::Column as C;
use crate::db::entities::services::Column as S;
use crate::db::entities::{attendances, programmes, services};
use crate::db::{Db, as_it_is};
use crate::domain::facilita::SendState;
use crate::domain::ids::{AccountId, CitizenId, PointId, ServiceId};
use crate::network::programme::{self, Programme};

use super::check::Reason;
use super::sent::{attended, whose};
use super::standing;
use super::waiting::{AttendanceFilter, WAITING, WaitingFacts, judge};

/// The years after which a page of Facilita takes a birth for one of this century.
const CENTURY: i32 = 100;
/// Nobody as old as this is a minor anywhere.
const ADULT: i32 = 18;

/// Why something waits, as a statement counts it: nothing seen yet, the record, or [`place`].
const NONE: i32 = 0;
const LACKING: i32 = 1;
const OF_PLACE: i32 = 2;

/// Why attendances cannot be sent, by service and person; what may go, or has gone, is not there.
pub type HeldReasons = HashMap<(ServiceId, CitizenId), Vec<Reason>>;

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
) -> Result<HeldReasons, DbErr> {
    let only = S::Id.is_in(services.iter().copied());
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
    let only = A::CitizenId.eq(citizen);
    let held = Box::pin(held(db, vault, Condition::all().add(only), today)).await?;
    let ids = held.keys().map(|(service, _)| *service);
    let rows: Vec<(ServiceId, Date, String)> = services::Entity::find()
        .select_only()
        .columns([S::Id, S::Day, S::Title])
        .filter(S::Id.is_in(ids))
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

async fn held(db: &Db, vault: &Vault, only: Condition, today: Date) -> Result<HeldReasons, DbErr> {
    let mut all = HeldReasons::new();
    for programme in programme::list(db.read()).await? {
        let wanted = AttendanceFilter {
            only: only.clone(),
            ..AttendanceFilter::of(&WAITING)
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
        false => {
            let lacking = waiting(programme).filter(C::Held.is_not_null());
            lacking.count(db.read()).await?
        }
    };
    let known = WaitingFacts::of(db, vault, programme, &[SendState::Ready], today).await?;
    let place = at_services(place(programme, &known));
    let whole = waiting(programme).filter(C::Held.is_null());
    let by_place = whole.filter(place).count(db.read()).await?;
    let by_age = by_age(db, vault, (programme, &known), Condition::all(), today);
    Ok((by_record, by_place + Box::pin(by_age).await?))
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

/// Counts it: of few points at once.
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
    let here = S::PointId.is_in(points.iter().copied());
    for programme in programme::list(db.read()).await? {
        let known = WaitingFacts::of(db, vault, &programme, &[SendState::Ready], today).await?;
        let why = Expr::case(C::Held.is_not_null(), LACKING)
            .case(place(&programme, &known), OF_PLACE)
            .finally(NONE);
        let given = at_services(Condition::all().add(here.clone()));
        let rows: Vec<(i32, i64)> = waiting(&programme)
            .filter(given)
            .select_only()
            .expr_as(why, "why")
            .column_as(A::ServiceId.count(), "number")
            .group_by(Expr::col("why"))
            .into_tuple()
            .all(db.read())
            .await?;
        let numbers_of: HashMap<i32, i64> = rows.into_iter().collect();
        let of = |why| {
            numbers_of
                .get(&why)
                .map_or(0, |one| u64::try_from(*one).unwrap_or(0))
        };
        // So that it begins with the people, not with all services of a point.
        let here = as_it_is((services::Entity, S::PointId)).is_in(points.iter().copied());
        let by_age = by_age(db, vault, (&programme, &known), here.into(), today);
        let by_age = Box::pin(by_age).await?;
        numbers.ready += of(NONE).saturating_sub(by_age);
        numbers.others += of(OF_PLACE) + by_age;
    }
    Ok(numbers)
}

/// Attendances of the services that a condition is true of: said like this, a database begins with
/// them, and not with all that was never sent.
fn at_services(which: Condition) -> SimpleExpr {
    let ids = services::Entity::find()
        .select_only()
        .column(S::Id)
        .filter(which)
        .into_query();
    A::ServiceId.in_subquery(ids)
}

/// What was never sent of a programme, with its services and citizens.
fn waiting(programme: &Programme) -> Select<attendances::Entity> {
    attendances::Entity::find()
        .join(JoinType::InnerJoin, attended())
        .join(JoinType::InnerJoin, whose())
        .filter(A::Facilita.eq(SendState::Ready))
        .filter(S::ProgrammeId.eq(programme.id))
        .filter(S::VoidedAt.is_null())
}

/// How many are held back by an age, of people whose record lacks nothing, and by nothing of [`place`].
async fn by_age(
    db: &Db,
    vault: &Vault,
    (programme, known): (&Programme, &WaitingFacts),
    only: Condition,
    today: Date,
) -> Result<u64, DbErr> {
    let mut all = 0;
    let wanted = AttendanceFilter {
        people: Some(age(today)),
        only: only.add(C::Held.is_null()),
        ..AttendanceFilter::of(&[SendState::Ready])
    };
    let judged = known.judge(db, vault, programme, wanted, |service| {
        let why = service.iter().filter_map(|one| one.row.as_ref().err());
        all += why.filter(|why| !why.iter().any(of_place)).count();
        true
    });
    Box::pin(judged).await?;
    Ok(u64::try_from(all).unwrap_or(0))
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
fn place(programme: &Programme, known: &WaitingFacts) -> Condition {
    let last = programme.facilita_until.unwrap_or(programme.ends_on);
    // Each part says what an index begins with: one that does not, and all services are read.
    let day = |outside| {
        let of = Condition::all().add(S::ProgrammeId.eq(programme.id));
        of.add(outside)
    };
    let mut place = Condition::any()
        .add(day(S::Day.lt(programme.starts_on)))
        .add(day(S::Day.gt(Ord::min(last, programme.ends_on))));
    let empty = |text: Option<&str>| text.is_none_or(|text| text.trim().is_empty());
    let points: Vec<PointId> = known
        .points
        .values()
        .filter(|point| empty(point.facilita_id.as_deref()) || empty(Some(&point.name)))
        .map(|point| point.id)
        .collect();
    let people: Vec<AccountId> = known
        .facilitators
        .iter()
        .filter(|(_, known)| empty(known.id.as_deref()) || empty(known.name.as_deref()))
        .map(|(account, _)| *account)
        .collect();
    if !points.is_empty() {
        place = place.add(S::PointId.is_in(points));
    }
    if !people.is_empty() {
        place = place.add(S::AccountId.is_in(people));
    }
    place
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
        .add(C::BirthDate.is_null())
        .add(C::BirthDate.gt(years_ago(ADULT)))
        .add(C::BirthDate.lt(turned))
}
