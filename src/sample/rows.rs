//! A history written as rows, many at a time: through the functions that write real ones a region
//! would take an hour. `network::verify` says whether the sums are what those would have kept.

use std::collections::{BTreeMap, HashSet};

use sea_orm::ActiveValue::Set;
use sea_orm::{ActiveModelTrait, DbErr, EntityTrait, IntoActiveModel, Iterable};
use time::macros::time;
use time::{Date, OffsetDateTime};

use crate::citizens::Vault;
use crate::citizens::lacking::{Lacking, WrittenFields};
use crate::citizens::near::name_key;
use crate::citizens::record::folded;
use crate::citizens::vault::Purpose;
use crate::content::Catalogue;
use crate::db::entities::{
    attendances, citizens, citizens_reached, consents, people_tallies, services, tallies,
};
use crate::db::{self, Db, instant};
use crate::domain::age::full_years;
use crate::domain::codice_fiscale::CodiceFiscale;
use crate::domain::consent::ConsentKind;
use crate::domain::facilita::{AgeBand, Citizenship, Education, Gender, Occupation, SendState};
use crate::domain::ids::{ConsentId, PointId, ServiceId};
use crate::domain::progress;
use crate::network::programme::Programme;
use crate::network::reached::counted_on;
use crate::network::tally::TallyPlace;

use super::history::{SampleDesk, SampleHistory, SamplePerson, birth};
use super::learned::SampleCompletions;

/// Values of one statement: both databases take 32,766.
const VALUES: usize = 16_000;
/// Rows of one transaction.
const ROWS: usize = 20_000;

/// Where a history is written.
pub(super) struct Network<'a> {
    pub(super) db: &'a Db,
    pub(super) vault: &'a Vault,
    pub(super) programme: &'a Programme,
    pub(super) desks: &'a [SampleDesk],
    pub(super) catalogue: &'a Catalogue,
}

/// The moment of a day when things happened.
pub(super) fn at(day: Date) -> OffsetDateTime {
    instant(day.with_time(time!(10:00)).assume_utc())
}

/// Writes it all.
pub(super) async fn write(network: &Network<'_>, history: &SampleHistory) -> Result<(), DbErr> {
    people(network, history).await?;
    let learned = SampleCompletions::write(network, history).await?;
    ledger(network, history, &learned).await
}

async fn people(network: &Network<'_>, history: &SampleHistory) -> Result<(), DbErr> {
    let _step = progress::begin("people", history.people.len());
    for some in history.people.chunks(ROWS) {
        let rows = some
            .iter()
            .map(|person| citizen(network, person))
            .collect::<Result<Vec<_>, DbErr>>()?;
        keep(network.db, rows).await?;
        let notice = |person: &SamplePerson| consents::ActiveModel {
            id: Set(ConsentId::new()),
            citizen_id: Set(person.id),
            kind: Set(ConsentKind::Notice),
            // The text of that year: nobody was given one that was not written yet.
            version: Set(format!("{}-01-01", person.since.year())),
            day: Set(person.since),
            recorded_by: Set(network.desks[person.desk].facilitator),
            recorded_at: Set(at(person.since)),
            withdrawn_at: Set(None),
            own: Set(false),
        };
        keep(network.db, some.iter().map(notice).collect()).await?;
        progress::advance(some.len());
    }
    Ok(())
}

fn code(person: &SamplePerson) -> Option<CodiceFiscale> {
    CodiceFiscale::parse(person.details.codice_fiscale.as_deref()?).ok()
}

fn gender(person: &SamplePerson) -> Option<Gender> {
    Gender::from_code(person.details.gender.as_deref()?)
}

fn verified_at(person: &SamplePerson) -> Option<OffsetDateTime> {
    let known = person.details.codice_fiscale.is_some();
    known.then(|| at(person.since))
}

fn citizen(network: &Network<'_>, person: &SamplePerson) -> Result<citizens::ActiveModel, DbErr> {
    let desk = &network.desks[person.desk];
    let details = &person.details;
    let code = code(person);
    let seal = |code: &CodiceFiscale| {
        network
            .vault
            .seal(Purpose::CodiceFiscale, person.id.0, code.as_str())
    };
    let first = details.first_name.clone().unwrap_or_default();
    let last = details.last_name.clone().unwrap_or_default();
    Ok(citizens::ActiveModel {
        id: Set(person.id),
        cf_digest: Set(code.as_ref().map(|code| network.vault.find_by(code))),
        cf_sealed: Set(code.as_ref().map(seal).transpose()?),
        cf_verified_at: Set(verified_at(person)),
        name_key: Set(name_key(&folded(&format!("{last} {first}")))),
        last_first: Set(folded(&format!("{last} {first}"))),
        first_last: Set(folded(&format!("{first} {last}"))),
        first_name: Set(first),
        last_name: Set(last),
        birth_date: Set(birth(person)),
        gender: Set(gender(person)),
        education: Set(details.education.as_deref().and_then(Education::from_code)),
        occupation: Set(details
            .occupation
            .as_deref()
            .and_then(Occupation::from_code)),
        citizenship: Set(details
            .citizenship
            .as_deref()
            .and_then(Citizenship::from_code)),
        province: Set(details.province.clone()),
        email: Set(None),
        phone: Set(None),
        point_id: Set(desk.point),
        registered_by: Set(desk.facilitator),
        created_at: Set(at(person.since)),
        updated_at: Set(at(person.since)),
        merged_into: Set(None),
        // How many is counted once all is written.
        held: Set((!lacking(person).is_empty()).then_some(0)),
        name_differs_at: Set(None),
        name_differs_by: Set(None),
        erased_at: Set(None),
    })
}

fn lacking(person: &SamplePerson) -> Vec<Lacking> {
    let details = &person.details;
    let written = WrittenFields {
        first_name: details.first_name.as_deref().unwrap_or_default(),
        last_name: details.last_name.as_deref().unwrap_or_default(),
        codice_fiscale: details.codice_fiscale.is_some(),
        education: details.education.as_deref().and_then(Education::from_code),
        occupation: details
            .occupation
            .as_deref()
            .and_then(Occupation::from_code),
        citizenship: details
            .citizenship
            .as_deref()
            .and_then(Citizenship::from_code),
        province: details.province.as_deref(),
    };
    written.lacking()
}

/// The sums beside the ledger, as they grow.
#[derive(Default)]
struct Sums {
    tallies: BTreeMap<TallyPlace, (i64, i64)>,
    people: BTreeMap<(PointId, AgeBand, Gender), i64>,
    reached: HashSet<usize>,
}

async fn ledger(
    network: &Network<'_>,
    history: &SampleHistory,
    learned: &SampleCompletions,
) -> Result<(), DbErr> {
    let mut sums = Sums::default();
    let programme = network.programme;
    let _step = progress::begin("services", history.visits.len());
    for (first, some) in (0..).step_by(ROWS).zip(history.visits.chunks(ROWS)) {
        let (mut entries, mut attended, mut reached) = (Vec::new(), Vec::new(), Vec::new());
        for (number, visit) in (first..).zip(some) {
            let desk = &network.desks[visit.desk];
            let id = ServiceId::new();
            let place = TallyPlace::new(programme.id, desk.point, visit.day, visit.kind);
            sums.tallies.entry(place.clone()).or_default().0 += 1;
            let entry = services::ActiveModel {
                id: Set(id),
                programme_id: Set(programme.id),
                point_id: Set(desk.point),
                account_id: Set(desk.facilitator),
                kind: Set(visit.kind),
                day: Set(visit.day),
                minutes: Set(visit.minutes),
                competences: Set(joined(visit.topic.competences)),
                domains: Set(visit.topic.domain.code().to_owned()),
                title: Set(visit.topic.title.to_owned()),
                completion_id: Set(None),
                recorded_at: Set(at(visit.day)),
                recorded_by: Set(Some(desk.facilitator)),
                voided_at: Set(None),
                voided_by: Set(None),
                void_reason: Set(None),
                corrects_id: Set(None),
            };
            entries.push(learned.online(number, entry));
            for &who in &visit.people {
                let person = &history.people[who];
                let counts = counted_on(programme, birth(person), verified_at(person), visit.day);
                let new = counts && sums.reached.insert(who);
                attended.push(attendances::ActiveModel {
                    service_id: Set(id),
                    citizen_id: Set(person.id),
                    new_citizen: Set(new),
                    facilita: Set(SendState::Ready),
                });
                if !new {
                    continue;
                }
                sums.tallies.entry(place.clone()).or_default().1 += 1;
                let band = birth(person)
                    .and_then(|birth| full_years(birth, visit.day))
                    .and_then(AgeBand::of_age);
                let gender = gender(person).unwrap_or(Gender::Undisclosed);
                if let Some(band) = band {
                    *sums.people.entry((desk.point, band, gender)).or_default() += 1;
                }
                reached.push(citizens_reached::ActiveModel {
                    programme_id: Set(programme.id),
                    citizen_id: Set(person.id),
                    service_id: Set(id),
                    point_id: Set(desk.point),
                    day: Set(visit.day),
                    kind: Set(visit.kind),
                    age_band: Set(band),
                    gender: Set(Some(gender)),
                });
            }
        }
        keep(network.db, entries).await?;
        keep(network.db, attended).await?;
        keep(network.db, reached).await?;
        progress::advance(some.len());
    }
    write_sums(network, sums).await
}

async fn write_sums(network: &Network<'_>, sums: Sums) -> Result<(), DbErr> {
    let tally = |(place, (services, citizens)): (TallyPlace, (i64, i64))| tallies::ActiveModel {
        programme_id: Set(place.programme),
        point_id: Set(place.point),
        month: Set(place.month),
        kind: Set(place.kind),
        services: Set(services),
        citizens: Set(citizens),
    };
    keep(network.db, sums.tallies.into_iter().map(tally).collect()).await?;
    let programme = network.programme.id;
    let person = |((point, age_band, gender), citizens)| people_tallies::ActiveModel {
        programme_id: Set(programme),
        point_id: Set(point),
        age_band: Set(age_band),
        gender: Set(gender),
        citizens: Set(citizens),
    };
    keep(network.db, sums.people.into_iter().map(person).collect()).await
}

/// SE5 as the ledger writes it.
pub(super) fn joined(codes: &[u8]) -> String {
    codes
        .iter()
        .map(u8::to_string)
        .collect::<Vec<_>>()
        .join(":")
}

/// Inserts rows, a statement for as many as it takes, in one transaction.
pub(super) async fn keep<A>(db: &Db, rows: Vec<A>) -> Result<(), DbErr>
where
    A: ActiveModelTrait + Send + 'static,
    <A::Entity as EntityTrait>::Model: IntoActiveModel<A>,
{
    let columns = <A::Entity as EntityTrait>::Column::iter().count();
    let each = VALUES / columns.max(1);
    db::write(db, async move |tx| {
        let mut rows = rows.into_iter();
        loop {
            let some: Vec<A> = rows.by_ref().take(each).collect();
            if some.is_empty() {
                return Ok(());
            }
            A::Entity::insert_many(some)
                .exec_without_returning(tx)
                .await?;
        }
    })
    .await
}
