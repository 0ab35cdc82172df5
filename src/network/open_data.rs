//! The open data: a row for each person at each service, in the columns of Facilita's public files,
//! about nobody in particular.
//!
//! - The days are those of months, and ages are bands.
//! - A title that a facilitator wrote may name somebody: only those of the courses are published,
//!   and of other services what they were about.
//! - Numbers of people and services are drawn anew for each file, and so is their order.
//! - What the public totals hide is blank here ([`super::public`]): two points, months, kinds, ages
//!   or provinces that hide each other look the same, so that no count of rows tells them apart.
//! - Then rows are made alike ([`super::anonymous`]).

use std::collections::HashMap;

use rand::seq::SliceRandom as _;
use sea_orm::{ColumnTrait, DbErr, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect};
use time::{Date, OffsetDateTime};

use crate::db::Db;
use crate::db::entities::{attendances, citizens, services};
use crate::domain::age::full_years;
use crate::domain::calendar::month;
use crate::domain::facilita::{AgeBand, Education, Gender, Occupation, PublicDomain, ServiceKind};
use crate::domain::ids::{CitizenId, PointId, ServiceId};
use crate::domain::locale::Lang;
use crate::domain::table::{self, Reader};

use super::anonymous::{
    AGE, BLANK, COMPETENCES, DOMAINS, EDUCATION, GENDER, KIND, MONTH, OCCUPATION, POINT, PROVINCE,
    Sheet, TITLE,
};
use super::point::{self, Point};
use super::programme::Programme;
use super::public::{self, Figure};
use super::totals::Totals;

/// The columns, as Facilita names them.
pub const HEADERS: [&str; 20] = [
    "ID",
    "FASCIA_DI_ETA",
    "GENERE",
    "OCCUPAZIONE",
    "TITOLO_DI_STUDIO",
    "SERVIZIO_ID",
    "NOME_SERVIZIO",
    "DATA_FRUIZIONE_SERVIZIO",
    "AMBITO_SERVIZI_PUBBLICI_DIGITALI",
    "TIPOLOGIA_SERVIZIO",
    "COMPETENZE_TRATTATE",
    "SEDE_ID",
    "NOME_SEDE",
    "REGIONE",
    "PROVINCIA",
    "COMUNE",
    "CAP",
    "INTERVENTO",
    "ID_PROGRAMMA",
    "ID_PROGETTO",
];

/// What Facilita calls the measure's networks.
const NETWORK: &str = "RFD";

/// The file of a programme, made in a thread of its own.
///
/// # Errors
/// The database's.
pub async fn csv(db: &Db, programme: &Programme, now: OffsetDateTime) -> Result<Vec<u8>, DbErr> {
    let shown = public::of(db, programme, now).await?;
    let ledger = Ledger::read(db, programme).await?;
    let programme = programme.clone();
    let made = tokio::task::spawn_blocking(move || {
        let mut words = Words::default();
        let mut sheet = ledger.sheet(&shown, &mut words);
        sheet.generalise();
        write(&programme, &ledger, &sheet, &words)
    });
    let made = made
        .await
        .map_err(|error| DbErr::Custom(error.to_string()))?;
    made.map_err(|error| DbErr::Custom(error.to_string()))
}

struct Service {
    point: PointId,
    kind: ServiceKind,
    day: Date,
    competences: String,
    domains: String,
    title: Option<String>,
}

#[derive(Default)]
struct Person {
    birth: Option<Date>,
    gender: Option<Gender>,
    education: Option<Education>,
    occupation: Option<Occupation>,
}

/// What the file is made from: the services that stand, the earliest first.
struct Ledger {
    points: HashMap<PointId, Point>,
    services: Vec<Service>,
    people: Vec<Person>,
    rows: Vec<(usize, usize)>,
}

impl Ledger {
    async fn read(db: &Db, programme: &Programme) -> Result<Self, DbErr> {
        let points = point::list(db.read(), Some(programme.id)).await?;
        let rows: Vec<services::Model> = services::Entity::find()
            .filter(services::Column::ProgrammeId.eq(programme.id))
            .filter(services::Column::VoidedAt.is_null())
            .order_by_asc(services::Column::Day)
            .order_by_asc(services::Column::Id)
            .all(db.read())
            .await?;
        let mut place: HashMap<ServiceId, usize> = HashMap::new();
        let mut all = Vec::with_capacity(rows.len());
        for row in rows {
            place.insert(row.id, all.len());
            all.push(Service {
                point: row.point_id,
                kind: row.kind,
                day: row.day,
                competences: row.competences,
                domains: row.domains,
                title: row.completion_id.map(|_| row.title),
            });
        }
        let attended: Vec<(ServiceId, CitizenId)> = attendances::Entity::find()
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
            .await?;
        let mut numbers: HashMap<CitizenId, usize> = HashMap::new();
        let mut rows = Vec::with_capacity(attended.len());
        for (service, citizen) in attended {
            let next = numbers.len();
            let number = *numbers.entry(citizen).or_insert(next);
            // Recorded since the services were read: of the next file.
            if let Some(service) = place.get(&service) {
                rows.push((number, *service));
            }
        }
        Ok(Self {
            points: points.into_iter().map(|point| (point.id, point)).collect(),
            services: all,
            people: people(db, &numbers).await?,
            rows,
        })
    }

    /// Columns as numbers, those that the public totals hide blank.
    fn sheet(&self, shown: &Totals<Figure>, words: &mut Words) -> Sheet {
        let seen = Seen::new(shown);
        let services = self
            .services
            .iter()
            .map(|service| self.of_service(service, &seen, words))
            .collect();
        let mut first: Vec<Option<Date>> = vec![None; self.people.len()];
        for (person, service) in &self.rows {
            let day = self.services[*service].day;
            let first = &mut first[*person];
            *first = Some(first.map_or(day, |known: Date| known.min(day)));
        }
        let people = self
            .people
            .iter()
            .zip(first)
            .map(|(person, day)| of_person(person, day, &seen, words))
            .collect();
        Sheet {
            people,
            services,
            rows: self.rows.clone(),
        }
    }

    fn of_service(&self, service: &Service, seen: &Seen, words: &mut Words) -> [u32; 7] {
        let mut columns = [BLANK; 7];
        let month = month(service.day);
        if seen.months.contains(&month) {
            columns[MONTH] = words.number(format!("{month}-01"));
        }
        if seen.kinds.contains(&service.kind) {
            columns[KIND] = words.number(service.kind.label(Lang::It).to_owned());
        }
        let domains = labels(&service.domains, |code| {
            PublicDomain::from_code(code).map(|domain| domain.label(Lang::It))
        });
        columns[TITLE] = words.number(service.title.clone().unwrap_or_else(|| domains.clone()));
        columns[DOMAINS] = words.number(domains);
        columns[COMPETENCES] = words.number(service.competences.clone());
        if let Some(point) = self.points.get(&service.point) {
            let open = seen.points.contains(&point.code);
            if open {
                columns[POINT] = words.number(point.code.clone());
            }
            // A point that is shown says where it is.
            if open || seen.provinces.contains(&point.province) {
                columns[PROVINCE] = words.number(point.province.clone());
            }
        }
        columns
    }
}

fn of_person(person: &Person, day: Option<Date>, seen: &Seen, words: &mut Words) -> [u32; 4] {
    let mut columns = [BLANK; 4];
    let age = person.birth.zip(day);
    let age = age.and_then(|(birth, day)| full_years(birth, day));
    let age = age
        .and_then(AgeBand::of_age)
        .filter(|age| seen.ages.contains(age));
    let gender = Some(person.gender.unwrap_or(Gender::Undisclosed));
    let gender = gender.filter(|gender| seen.genders.contains(gender));
    let labels = [
        (AGE, age.map(|age| age.label(Lang::It))),
        (GENDER, gender.map(|gender| gender.label(Lang::It))),
        (EDUCATION, person.education.map(|one| one.label(Lang::It))),
        (OCCUPATION, person.occupation.map(|one| one.label(Lang::It))),
    ];
    for (column, label) in labels {
        columns[column] = label.map_or(BLANK, |label| words.number(label.to_owned()));
    }
    columns
}

async fn people(db: &Db, numbers: &HashMap<CitizenId, usize>) -> Result<Vec<Person>, DbErr> {
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
    let mut people: Vec<Person> = numbers.iter().map(|_| Person::default()).collect();
    for (id, birth, gender, education, occupation) in rows {
        if let Some(number) = numbers.get(&id) {
            people[*number] = Person {
                birth,
                gender,
                education,
                occupation,
            };
        }
    }
    Ok(people)
}

/// What the public totals show.
struct Seen {
    months: Vec<String>,
    kinds: Vec<ServiceKind>,
    points: Vec<String>,
    provinces: Vec<String>,
    ages: Vec<AgeBand>,
    genders: Vec<Gender>,
}

impl Seen {
    fn new(shown: &Totals<Figure>) -> Self {
        let (people, services) = (&shown.citizens, &shown.services);
        let kind = |kind: &ServiceKind| {
            people.by_kind.of(*kind).is_some() && services.by_kind.of(*kind).is_some()
        };
        let months = shown.by_month.iter().filter(|row| !row.hidden);
        let points = shown.by_point.iter().filter(|row| !row.hidden);
        let provinces = shown.by_province.iter().filter(|row| !row.hidden);
        let ages = people.by_age.iter().filter(|row| row.citizens.is_some());
        let genders = people.by_gender.iter().filter(|row| row.citizens.is_some());
        Self {
            months: months.map(|row| row.month.clone()).collect(),
            kinds: ServiceKind::ALL.iter().copied().filter(kind).collect(),
            points: points.map(|row| row.point.clone()).collect(),
            provinces: provinces.map(|row| row.province.clone()).collect(),
            ages: ages.map(|row| row.age).collect(),
            genders: genders.map(|row| row.gender).collect(),
        }
    }
}

/// Texts by number, from 1.
#[derive(Default)]
struct Words {
    numbers: HashMap<String, u32>,
    texts: Vec<String>,
}

impl Words {
    fn number(&mut self, text: String) -> u32 {
        if let Some(number) = self.numbers.get(&text) {
            return *number;
        }
        self.texts.push(text.clone());
        let number = u32::try_from(self.texts.len()).unwrap_or(BLANK);
        self.numbers.insert(text, number);
        number
    }

    fn text(&self, number: u32) -> &str {
        let place = usize::try_from(number).ok().and_then(|n| n.checked_sub(1));
        place
            .and_then(|place| self.texts.get(place))
            .map_or("", String::as_str)
    }
}

/// Codes joined by colons, in words.
fn labels<'l>(codes: &str, label: impl Fn(&str) -> Option<&'l str>) -> String {
    let labels: Vec<_> = codes.split(':').filter_map(label).collect();
    labels.join(":")
}

fn write(
    programme: &Programme,
    ledger: &Ledger,
    sheet: &Sheet,
    words: &Words,
) -> Result<Vec<u8>, csv::Error> {
    let (people, services) = (drawn(sheet.people.len()), drawn(sheet.services.len()));
    let mut rows = sheet.rows.clone();
    rows.sort_unstable_by_key(|(person, service)| (people[*person], services[*service]));
    let all = ledger.points.values();
    let points: HashMap<&str, &Point> = all.map(|point| (point.code.as_str(), point)).collect();
    let regions: HashMap<&str, &str> = ledger
        .points
        .values()
        .map(|point| (point.province.as_str(), point.region.as_str()))
        .collect();
    let row = |(person, service): (usize, usize)| {
        let who = sheet.people[person].map(|number| words.text(number));
        let what = sheet.services[service].map(|number| words.text(number));
        let point = points.get(what[POINT]);
        let place = |of: fn(&Point) -> &str| point.map_or("", |point| of(point));
        let (person, service) = (people[person].to_string(), services[service].to_string());
        [
            &person,
            who[AGE],
            who[GENDER],
            who[OCCUPATION],
            who[EDUCATION],
            &service,
            what[TITLE],
            what[MONTH],
            what[DOMAINS],
            what[KIND],
            what[COMPETENCES],
            what[POINT],
            place(|point| &point.name),
            regions.get(what[PROVINCE]).copied().unwrap_or(""),
            what[PROVINCE],
            place(|point| &point.municipality),
            place(|point| point.postcode.as_deref().unwrap_or("")),
            NETWORK,
            &programme.code,
            programme.facilita_project.as_deref().unwrap_or(""),
        ]
        .map(str::to_owned)
    };
    let head = [HEADERS.map(str::to_owned)].into_iter();
    table::csv(Reader::Program, head.chain(rows.into_iter().map(row)))
}

/// Numbers from 1 in an order of chance.
fn drawn(count: usize) -> Vec<usize> {
    let mut numbers: Vec<usize> = (1..=count).collect();
    numbers.shuffle(&mut rand::rng());
    numbers
}
