//! What is known of each attendance: all that the public totals do not hide, as numbers.
//!
//! What those hide is not known here: two points, months, kinds, ages or provinces that hide each
//! other look the same, so that no count of rows tells them apart. Nor is what is coarser and has no
//! table there: of a hidden month neither quarter nor year, of a hidden point not the municipality,
//! or the others of that year or municipality would tell it.
//!
//! Ages and genders are of people, whose rows nobody can count: beside the few that the totals hide,
//! only [`K`] people of each value that hides them stay without it, not all of them.

use std::collections::HashMap;

use crate::domain::age::full_years;
use crate::domain::calendar::month;
use crate::domain::digcomp::se5_title;
use crate::domain::facilita::{AgeBand, Area, Gender, PublicDomain, ServiceKind};
use crate::domain::locale::Lang;
use crate::network::anonymous::{BLANK, K, LEVELS, Level, LevelValues, PersonRow};
use crate::network::public::Figure;
use crate::network::totals::Totals;

use super::ledger::{Attendee, Ledger, Service};

/// A row for each attendance, in the ledger's order.
pub(super) fn rows(
    ledger: &Ledger,
    shown: &Totals<Figure>,
    words: &mut TextNumbers,
) -> Vec<PersonRow> {
    let seen = ShownTotals::new(shown);
    let services: Vec<LevelValues> = ledger
        .services
        .iter()
        .map(|service| of_service(ledger, service, &seen, words))
        .collect();
    let people = of_people(&ledger.people, &seen, words);
    let row = |(person, service): &(usize, usize)| {
        let (of_person, of_service) = (people[*person], services[*service]);
        let known = std::array::from_fn(|at| of_person[at].max(of_service[at]));
        PersonRow {
            person: *person,
            known,
        }
    };
    ledger.rows.iter().map(row).collect()
}

fn of_service(
    ledger: &Ledger,
    service: &Service,
    seen: &ShownTotals,
    words: &mut TextNumbers,
) -> LevelValues {
    let mut known = [BLANK; LEVELS];
    let mut say = |level: Level, text: String| known[level.at()] = words.number(text);
    let month = month(service.day);
    if seen.months.contains(&month) {
        let (year, quarter) = (
            service.day.year(),
            u8::from(service.day.month()).div_ceil(3),
        );
        say(Level::Year, year.to_string());
        say(Level::Quarter, format!("{year}-T{quarter}"));
        say(Level::Month, month);
    }
    if seen.kinds.contains(&service.kind) {
        say(Level::Kind, service.kind.label(Lang::It).to_owned());
    }
    let domains = labels(&service.domains, |code| {
        PublicDomain::from_code(code).map(|domain| domain.label(Lang::It))
    });
    let title = service.title.clone();
    say(Level::Title, title.unwrap_or_else(|| domains.clone()));
    say(Level::Domains, domains);
    let mut codes: Vec<u8> = service
        .competences
        .split(':')
        .filter_map(|code| code.parse().ok())
        .collect();
    codes.sort_unstable();
    codes.dedup();
    let mut areas: Vec<_> = codes
        .iter()
        .map(|code| Area::of_competence(*code))
        .collect();
    areas.dedup();
    let areas: Vec<_> = areas.iter().map(|area| area.label(Lang::It)).collect();
    say(Level::Areas, areas.join(":"));
    let titles: Vec<_> = codes
        .iter()
        .map(|code| se5_title(*code, Lang::It))
        .collect();
    say(Level::Competences, titles.join(":"));
    if let Some(point) = ledger.points.get(&service.point) {
        let open = seen.points.contains(&point.code);
        // A point that is shown says where it is.
        if open || seen.provinces.contains(&point.province) {
            say(Level::Region, point.region.clone());
            say(Level::Province, point.province.clone());
        }
        if open {
            say(Level::Municipality, point.municipality.clone());
            say(Level::Point, point.code.clone());
        }
    }
    known
}

fn of_people(people: &[Attendee], seen: &ShownTotals, words: &mut TextNumbers) -> Vec<LevelValues> {
    let age = |person: &Attendee| {
        let years = person.birth.zip(person.first);
        let years = years.and_then(|(birth, day)| full_years(birth, day));
        years.and_then(AgeBand::of_age).or(person.kept)
    };
    let ages = hidden_among(people.iter().map(age), &seen.ages);
    let gender = |person: &Attendee| Some(person.gender.unwrap_or(Gender::Undisclosed));
    let genders = hidden_among(people.iter().map(gender), &seen.genders);
    let all = people.iter().zip(ages).zip(genders);
    all.map(|((person, age), gender)| of_person(person, age, gender, words))
        .collect()
}

/// What can be said of each: a value that is shown; of the others those of all but [`K`] people.
fn hidden_among<T: Copy + PartialEq>(
    values: impl Iterator<Item = Option<T>>,
    shown: &[T],
) -> Vec<Option<T>> {
    let mut without: Vec<(T, usize)> = Vec::new();
    let mut said = |value: T| {
        if shown.contains(&value) {
            return true;
        }
        match without.iter_mut().find(|(one, _)| *one == value) {
            Some((_, people)) => {
                *people += 1;
                *people > K
            }
            None => {
                without.push((value, 1));
                false
            }
        }
    };
    values.map(|value| value.filter(|one| said(*one))).collect()
}

fn of_person(
    person: &Attendee,
    age: Option<AgeBand>,
    gender: Option<Gender>,
    words: &mut TextNumbers,
) -> LevelValues {
    let mut known = [BLANK; LEVELS];
    let labels = [
        (Level::Age, age.map(|age| age.label(Lang::It))),
        (Level::Gender, gender.map(|gender| gender.label(Lang::It))),
        (
            Level::Education,
            person.education.map(|one| one.label(Lang::It)),
        ),
        (
            Level::Occupation,
            person.occupation.map(|one| one.label(Lang::It)),
        ),
    ];
    for (level, label) in labels {
        known[level.at()] = label.map_or(BLANK, |label| words.number(label.to_owned()));
    }
    known
}

/// What the public totals show.
pub(super) struct ShownTotals {
    months: Vec<String>,
    kinds: Vec<ServiceKind>,
    points: Vec<String>,
    provinces: Vec<String>,
    ages: Vec<AgeBand>,
    genders: Vec<Gender>,
}

impl ShownTotals {
    pub(super) fn new(shown: &Totals<Figure>) -> Self {
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

/// Texts by number, from 1; one without a word is [`BLANK`].
#[derive(Default)]
pub(super) struct TextNumbers {
    numbers: HashMap<String, u32>,
    texts: Vec<String>,
}

impl TextNumbers {
    fn number(&mut self, text: String) -> u32 {
        if text.is_empty() {
            return BLANK;
        }
        if let Some(number) = self.numbers.get(&text) {
            return *number;
        }
        self.texts.push(text.clone());
        let number = u32::try_from(self.texts.len()).unwrap_or(BLANK);
        self.numbers.insert(text, number);
        number
    }

    pub(super) fn text(&self, number: u32) -> &str {
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
