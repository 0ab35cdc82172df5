//! What waits to be sent: read in a few statements, and made rows or held back.

use std::collections::{HashMap, HashSet};

use sea_orm::sea_query::{Expr, ExprTrait as _, Func, Query};
use sea_orm::{
    ColumnTrait, Condition, DbErr, EntityTrait, FromQueryResult, QueryFilter, QueryOrder,
    QuerySelect,
};
use time::Date;

use crate::citizens::vault::{Purpose, Sealed, Vault};
use crate::db::Db;
use crate::db::entities::{accounts, attendances, citizens, facilita_rows, services};
use crate::domain::codice_fiscale::CodiceFiscale;
use crate::domain::facilita::{Citizenship, Education, Occupation, SendState, ServiceKind};
use crate::domain::ids::{AccountId, BatchId, CitizenId, PointId, ServiceId};
use crate::network::point::{self, Point};
use crate::network::programme::Programme;

use super::check::{Case, Limits, Reason, row};
use super::row::Row;

/// What has to go to Facilita, if it may.
pub(super) const WAITING: [SendState; 3] =
    [SendState::Ready, SendState::Rejected, SendState::Corrected];
/// As many services as a file has rows: one page nearly always fills it.
const PAGE: u64 = 9_000;
/// Values in one statement; SQLite takes 32,766.
const VALUES: usize = 10_000;

/// An attendance, and its row or why there is none.
#[derive(Debug, Clone)]
pub(super) struct Judged {
    pub(super) service: ServiceId,
    pub(super) citizen: CitizenId,
    pub(super) row: Result<Row, Vec<Reason>>,
}

/// Services in the order of the files: by day, then as they were recorded.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wanted<'a> {
    pub(super) states: &'a [SendState],
    /// First and last day; all of them where `None`.
    pub(super) span: Option<(Date, Date)>,
    /// Those that come after this one.
    pub(super) after: Option<(Date, ServiceId)>,
}

#[derive(Debug, FromQueryResult)]
struct Service {
    id: ServiceId,
    account_id: AccountId,
    point_id: PointId,
    kind: ServiceKind,
    day: Date,
    minutes: i32,
    competences: String,
    domains: String,
    title: String,
}

#[derive(Debug, FromQueryResult)]
struct Person {
    id: CitizenId,
    cf_sealed: Option<Vec<u8>>,
    first_name: String,
    last_name: String,
    birth_date: Option<Date>,
    education: Option<Education>,
    occupation: Option<Occupation>,
    citizenship: Option<Citizenship>,
    province: Option<String>,
}

/// A facilitator, as Facilita knows them.
struct Facilitator {
    id: Option<String>,
    name: Option<String>,
}

/// A page of what waits, and where the next one begins; `None` after the last.
pub(super) async fn page(
    db: &Db,
    vault: &Vault,
    programme: &Programme,
    wanted: Wanted<'_>,
    today: Date,
) -> Result<(Vec<Judged>, Option<(Date, ServiceId)>), DbErr> {
    let found = services_of(db, programme, wanted).await?;
    let next = found.last().map(|last| (last.day, last.id));
    let full = u64::try_from(found.len()).unwrap_or(PAGE) == PAGE;
    let judged = judge(db, vault, programme, &found, wanted.states, today).await?;
    Ok((judged, next.filter(|_| full)))
}

async fn services_of(
    db: &Db,
    programme: &Programme,
    wanted: Wanted<'_>,
) -> Result<Vec<Service>, DbErr> {
    use services::Column as C;
    let attended = Query::select()
        .column(attendances::Column::ServiceId)
        .from(attendances::Entity)
        .and_where(attendances::Column::Facilita.is_in(wanted.states.iter().copied()))
        .take();
    let mut query = services::Entity::find()
        .select_only()
        .columns([C::Id, C::AccountId, C::PointId, C::Kind, C::Day])
        .columns([C::Minutes, C::Competences, C::Domains, C::Title])
        // Of a programme's services few wait: said like this, no database begins with all of them.
        .filter(
            Expr::expr(Func::coalesce([
                Expr::col(C::ProgrammeId),
                Expr::col(C::ProgrammeId),
            ]))
            .eq(programme.id),
        )
        .filter(C::VoidedAt.is_null())
        .filter(C::Id.in_subquery(attended));
    if let Some((from, to)) = wanted.span {
        query = query.filter(C::Day.between(from, to));
    }
    if let Some((day, id)) = wanted.after {
        let same_day = Condition::all().add(C::Day.eq(day)).add(C::Id.gt(id));
        query = query.filter(Condition::any().add(C::Day.gt(day)).add(same_day));
    }
    query
        .order_by_asc(C::Day)
        .order_by_asc(C::Id)
        .limit(PAGE)
        .into_model()
        .all(db.read())
        .await
}

/// The rows of the attendances of these services that are in one of the states.
async fn judge(
    db: &Db,
    vault: &Vault,
    programme: &Programme,
    found: &[Service],
    states: &[SendState],
    today: Date,
) -> Result<Vec<Judged>, DbErr> {
    let mut attended = attended(db, found, states).await?;
    let refused = attended
        .values()
        .flatten()
        .any(|(_, state)| *state == SendState::Rejected);
    let sent = if refused {
        last_sent(db, found).await?
    } else {
        HashMap::new()
    };
    let who: HashSet<_> = attended.values().flatten().map(|(who, _)| *who).collect();
    let people = people(db, who.into_iter().collect()).await?;
    let facilitators = facilitators(db, vault, found).await?;
    let points: HashMap<PointId, Point> = point::list(db.read(), Some(programme.id))
        .await?
        .into_iter()
        .map(|point| (point.id, point))
        .collect();
    let limits = Limits {
        starts_on: programme.starts_on,
        ends_on: programme.ends_on,
        until: programme.facilita_until,
        minors_from: programme.minors_from,
        today,
    };
    let mut judged = Vec::new();
    for service in found {
        let mut codes = HashSet::new();
        let mut who = attended.remove(&service.id).unwrap_or_default();
        who.sort_unstable_by_key(|(citizen, _)| *citizen);
        for (citizen, state) in who {
            let Some(person) = people.get(&citizen) else {
                continue;
            };
            let code = opened(vault, person.id.0, person.cf_sealed.as_deref())?;
            let place = points.get(&service.point_id);
            let by = facilitators.get(&service.account_id);
            let case = case(service, person, code.as_ref(), place, by);
            let mut row = row(&case, &limits);
            if let Some(code) = &code
                && !codes.insert(code.as_str().to_owned())
            {
                row = Err(vec![Reason::Twice]);
            }
            let same = |row: &Row| sent.get(&(service.id, citizen)) == Some(&row.hash());
            if state == SendState::Rejected && row.as_ref().is_ok_and(same) {
                row = Err(vec![Reason::Unchanged]);
            }
            judged.push(Judged {
                service: service.id,
                citizen,
                row,
            });
        }
    }
    Ok(judged)
}

fn case<'a>(
    service: &'a Service,
    person: &'a Person,
    code: Option<&'a CodiceFiscale>,
    point: Option<&'a Point>,
    facilitator: Option<&'a Facilitator>,
) -> Case<'a> {
    Case {
        service: service.id,
        day: service.day,
        minutes: service.minutes,
        kind: service.kind,
        competences: &service.competences,
        domains: &service.domains,
        title: &service.title,
        facilitator_id: facilitator.and_then(|known| known.id.as_deref()),
        facilitator_name: facilitator.and_then(|known| known.name.as_deref()),
        point_id: point.and_then(|point| point.facilita_id.as_deref()),
        point_name: point.map_or("", |point| point.name.as_str()),
        first_name: &person.first_name,
        last_name: &person.last_name,
        codice_fiscale: code,
        birth_date: person.birth_date,
        education: person.education,
        occupation: person.occupation,
        citizenship: person.citizenship,
        province: person.province.as_deref(),
    }
}

type Attended = HashMap<ServiceId, Vec<(CitizenId, SendState)>>;

async fn attended(db: &Db, found: &[Service], states: &[SendState]) -> Result<Attended, DbErr> {
    use attendances::Column as C;
    let mut all = Attended::new();
    for some in found.chunks(VALUES) {
        let rows: Vec<(ServiceId, CitizenId, SendState)> = attendances::Entity::find()
            .select_only()
            .columns([C::ServiceId, C::CitizenId, C::Facilita])
            .filter(C::ServiceId.is_in(some.iter().map(|service| service.id)))
            .filter(C::Facilita.is_in(states.iter().copied()))
            .into_tuple()
            .all(db.read())
            .await?;
        for (service, citizen, state) in rows {
            all.entry(service).or_default().push((citizen, state));
        }
    }
    Ok(all)
}

/// The hash of the row that was last sent of each attendance of these services.
async fn last_sent(
    db: &Db,
    found: &[Service],
) -> Result<HashMap<(ServiceId, CitizenId), String>, DbErr> {
    use facilita_rows::Column as C;
    let mut sent = Vec::new();
    for some in found.chunks(VALUES) {
        let rows: Vec<(BatchId, ServiceId, CitizenId, String)> = facilita_rows::Entity::find()
            .select_only()
            .columns([C::BatchId, C::ServiceId, C::CitizenId, C::Hash])
            .filter(C::ServiceId.is_in(some.iter().map(|service| service.id)))
            .into_tuple()
            .all(db.read())
            .await?;
        sent.extend(rows);
    }
    sent.sort_unstable_by_key(|(batch, ..)| *batch);
    let last = sent.into_iter();
    Ok(last
        .map(|(_, service, citizen, hash)| ((service, citizen), hash))
        .collect())
}

async fn people(db: &Db, who: Vec<CitizenId>) -> Result<HashMap<CitizenId, Person>, DbErr> {
    use citizens::Column as C;
    let mut all = HashMap::with_capacity(who.len());
    for some in who.chunks(VALUES) {
        let rows: Vec<Person> = citizens::Entity::find()
            .select_only()
            .columns([C::Id, C::CfSealed, C::FirstName, C::LastName, C::BirthDate])
            .columns([C::Education, C::Occupation, C::Citizenship, C::Province])
            .filter(C::Id.is_in(some.iter().copied()))
            .into_model()
            .all(db.read())
            .await?;
        all.extend(rows.into_iter().map(|person| (person.id, person)));
    }
    Ok(all)
}

async fn facilitators(
    db: &Db,
    vault: &Vault,
    found: &[Service],
) -> Result<HashMap<AccountId, Facilitator>, DbErr> {
    let ids: HashSet<_> = found.iter().map(|service| service.account_id).collect();
    let rows = accounts::Entity::find()
        .filter(accounts::Column::Id.is_in(ids))
        .all(db.read())
        .await?;
    let mut all = HashMap::new();
    for row in rows {
        let code = opened(vault, row.id.0, row.cf_sealed.as_deref())?;
        let code = code.map(|code| code.as_str().to_owned());
        let known = Facilitator {
            id: code.or(row.facilita_id),
            name: row.facilita_name,
        };
        all.insert(row.id, known);
    }
    Ok(all)
}

fn opened(
    vault: &Vault,
    row: uuid::Uuid,
    sealed: Option<&[u8]>,
) -> Result<Option<CodiceFiscale>, DbErr> {
    let Some(sealed) = sealed else {
        return Ok(None);
    };
    let text = vault.open(Purpose::CodiceFiscale, row, sealed)?;
    Ok(Some(CodiceFiscale::parse(&text).map_err(|_| Sealed)?))
}
