//! A believable history of a network, made in memory: who came, when, for what, and what they went
//! on to learn at home.

use std::collections::HashSet;

use rand::RngExt as _;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom as _;
use time::{Date, Duration, Month, Weekday};

use crate::citizens::Details;
use crate::domain::age::{AgeRange, full_years};
use crate::domain::codice_fiscale::CodiceFiscale;
use crate::domain::facilita::{PublicDomain, ServiceKind};
use crate::domain::ids::{AccountId, CitizenId, PointId};

use super::people;

/// Services for two citizens: Umbria's targets are 49,500 services and 33,000 citizens.
const SERVICES_FOR_TWO: usize = 3;

/// A point, who works there, and how many people it follows.
#[derive(Debug, Clone)]
pub(super) struct SampleDesk {
    pub(super) point: PointId,
    pub(super) province: String,
    pub(super) facilitator: AccountId,
    pub(super) people: usize,
}

/// Somebody, and the day they first came.
#[derive(Debug)]
pub(super) struct SamplePerson {
    pub(super) id: CitizenId,
    /// Which of the desks follows them.
    pub(super) desk: usize,
    pub(super) details: Details,
    pub(super) since: Date,
}

/// A service that was given.
#[derive(Debug)]
pub(super) struct SampleVisit {
    pub(super) desk: usize,
    pub(super) kind: ServiceKind,
    pub(super) day: Date,
    pub(super) minutes: i32,
    pub(super) topic: &'static Topic,
    /// Who attended; of [`SampleHistory::people`].
    pub(super) people: Vec<usize>,
    /// The module that was completed at home, for a service that is one.
    pub(super) module: Option<usize>,
}

/// Something begun at home and not finished.
#[derive(Debug)]
pub(super) struct Begun {
    pub(super) person: usize,
    pub(super) module: usize,
    pub(super) day: Date,
    /// Lessons read, out of ten.
    pub(super) tenths: usize,
    /// Whether the quiz was tried, and not passed.
    pub(super) tried: bool,
}

/// Everything that happened.
#[derive(Debug, Default)]
pub(super) struct SampleHistory {
    pub(super) people: Vec<SamplePerson>,
    /// In the order of their days.
    pub(super) visits: Vec<SampleVisit>,
    pub(super) begun: Vec<Begun>,
}

/// What people come for.
#[derive(Debug)]
pub(super) struct Topic {
    pub(super) competences: &'static [u8],
    pub(super) domain: PublicDomain,
    pub(super) title: &'static str,
}

const TOPICS: [Topic; 8] = [
    topic(
        &[9, 12],
        PublicDomain::AppIo,
        "Attivazione di SPID e dell'app IO",
    ),
    topic(
        &[9],
        PublicDomain::Anpr,
        "Carta d'identità elettronica e certificati",
    ),
    topic(&[6], PublicDomain::PagoPa, "Pagamento di un avviso pagoPA"),
    topic(
        &[1, 6],
        PublicDomain::HealthRecord,
        "Fascicolo sanitario elettronico",
    ),
    topic(&[6], PublicDomain::Health, "Prenotazione di una visita"),
    topic(&[1, 6], PublicDomain::Welfare, "Accesso ai servizi INPS"),
    topic(
        &[4],
        PublicDomain::None,
        "Videochiamate e posta elettronica",
    ),
    topic(&[11, 12], PublicDomain::None, "Riconoscere le truffe"),
];

const fn topic(competences: &'static [u8], domain: PublicDomain, title: &'static str) -> Topic {
    Topic {
        competences,
        domain,
        title,
    }
}

/// Makes the history of these desks between two days, with this many modules to learn at home.
pub(super) fn make(
    random: &mut StdRng,
    desks: &[SampleDesk],
    modules: usize,
    ages: AgeRange,
    (from, to): (Date, Date),
) -> SampleHistory {
    let days = open_days(from, to);
    let mut codes = HashSet::new();
    let mut history = SampleHistory::default();
    for (number, desk) in desks.iter().enumerate() {
        let first = history.people.len();
        for _ in 0..desk.people {
            let details = somebody(random, &mut codes, to, &desk.province);
            history.people.push(SamplePerson {
                id: CitizenId::new(),
                desk: number,
                details,
                since: to,
            });
        }
        let people = first..history.people.len();
        visits(random, &mut history, number, people, (modules, ages), &days);
    }
    history.visits.sort_by_key(|visit| visit.day);
    for person in &mut history.people {
        hurry(random, person, to);
    }
    begun(random, &mut history, modules, to);
    history
}

/// A person whose code nobody else has; one in sixty has left it at home, and it was never added.
fn somebody(
    random: &mut StdRng,
    codes: &mut HashSet<String>,
    today: Date,
    province: &str,
) -> Details {
    loop {
        let mut details = people::person(random, today);
        let code = details.codice_fiscale.as_deref().map(CodiceFiscale::parse);
        let Some(Ok(code)) = code else {
            continue;
        };
        if !codes.insert(code.as_str().to_owned()) {
            continue;
        }
        details.birth_date = code.birth_date(today).map(|day| day.to_string());
        details.gender = Some(code.gender().code().to_owned());
        details.province = Some(province.to_owned());
        if random.random_ratio(1, 60) {
            details.codice_fiscale = None;
        }
        return details;
    }
}

/// Whoever came in the last weeks may have been written down in a hurry, with a queue waiting: one in
/// eight lacks something that Facilita wants. Of the others it was asked for the next time.
fn hurry(random: &mut StdRng, person: &mut SamplePerson, to: Date) {
    let often = match (to - person.since).whole_days() {
        ..=45 => 8,
        _ => 150,
    };
    if !random.random_ratio(1, often) {
        return;
    }
    let details = &mut person.details;
    match random.random_range(0..4) {
        0 => details.education = None,
        1 => details.occupation = None,
        2 => details.province = None,
        _ => (details.education, details.occupation) = (None, None),
    }
}

/// Every open day, as often as it is likely: few Saturdays, no Sundays, little in August, and more
/// as the network becomes known.
fn open_days(from: Date, to: Date) -> Vec<Date> {
    let length = (to - from).whole_days().max(1);
    let mut days = Vec::new();
    let mut day = from;
    while day <= to {
        let known = 4 + 4 * (day - from).whole_days() / length;
        let often = match (day.weekday(), day.month()) {
            (Weekday::Sunday, _) => 0,
            (Weekday::Saturday, _) | (_, Month::August) => known / 4,
            (_, Month::December) => known / 2,
            _ => known,
        };
        days.extend((0..often).map(|_| day));
        day += Duration::DAY;
    }
    days
}

/// The services of a desk: its people come one after another, and come again.
fn visits(
    random: &mut StdRng,
    history: &mut SampleHistory,
    desk: usize,
    people: std::ops::Range<usize>,
    (modules, ages): (usize, AgeRange),
    days: &[Date],
) {
    let services = people.len() * SERVICES_FOR_TWO / 2;
    let mut when: Vec<Date> = (0..services)
        .filter_map(|_| days.choose(random).copied())
        .collect();
    when.sort_unstable();
    let mut known = people.start;
    let mut done = HashSet::new();
    for (nth, day) in when.into_iter().enumerate() {
        let (mut kind, size) = match random.random_range(0..100) {
            0..=71 => (ServiceKind::Individual, 1),
            72..=79 => (ServiceKind::Group, random.random_range(3..=6)),
            80..=83 => (ServiceKind::Classroom, random.random_range(6..=12)),
            84..=97 => (ServiceKind::Online, 1),
            _ => (ServiceKind::Other, 1),
        };
        let mut who: Vec<usize> = Vec::with_capacity(size);
        for _ in 0..size {
            // As many new faces as it takes for everybody to have come by the end.
            let late = (known - people.start) * services < people.len() * (nth + 1);
            let person = if late && known < people.end {
                history.people[known].since = day;
                known += 1;
                known - 1
            } else if known > people.start {
                random.random_range(people.start..known)
            } else {
                continue;
            };
            if !who.contains(&person) {
                who.push(person);
            }
        }
        let Some(first) = who.first().copied() else {
            continue;
        };
        let mut module = None;
        if kind == ServiceKind::Online {
            // What is learned at home is a service only where it counts.
            let one = random.random_range(0..modules.max(1));
            let counts = counts(&history.people[first], ages, day);
            if modules > 0 && counts && done.insert((first, one)) {
                module = Some(one);
            } else {
                kind = ServiceKind::Individual;
            }
        }
        history.visits.push(SampleVisit {
            desk,
            kind,
            day,
            minutes: *[15, 30, 30, 45, 60, 90].choose(random).unwrap_or(&30),
            topic: TOPICS.choose(random).unwrap_or(&TOPICS[0]),
            people: who,
            module,
        });
    }
}

fn counts(person: &SamplePerson, ages: AgeRange, day: Date) -> bool {
    let age = birth(person).and_then(|birth| full_years(birth, day));
    person.details.codice_fiscale.is_some()
        && age.is_some_and(|age| (ages.min..=ages.max).contains(&age))
}

/// The day of birth, which every invented person has.
pub(super) fn birth(person: &SamplePerson) -> Option<Date> {
    let form = time::macros::format_description!("[year]-[month]-[day]");
    Date::parse(person.details.birth_date.as_deref()?, form).ok()
}

/// One in six has begun something in the last two months and not finished it.
fn begun(random: &mut StdRng, history: &mut SampleHistory, modules: usize, to: Date) {
    let finished: HashSet<(usize, usize)> = history
        .visits
        .iter()
        .filter_map(|visit| Some((*visit.people.first()?, visit.module?)))
        .collect();
    for person in 0..history.people.len() {
        if modules == 0 || !random.random_ratio(1, 6) {
            continue;
        }
        let module = random.random_range(0..modules);
        let day = to - Duration::days(random.random_range(0..60));
        if !finished.contains(&(person, module)) && history.people[person].since <= day {
            history.begun.push(Begun {
                person,
                module,
                day,
                tenths: random.random_range(1..=10),
                tried: random.random_ratio(1, 3),
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng as _;
    use time::macros::date;

    #[test]
    fn everybody_comes_and_nobody_completes_a_module_twice() {
        let desk = SampleDesk {
            point: PointId::new(),
            province: "Bari".to_owned(),
            facilitator: AccountId::new(),
            people: 200,
        };
        let span = (date!(2025 - 11 - 22), date!(2026 - 11 - 21));
        let desks = [desk.clone(), desk];
        let ages = AgeRange { min: 18, max: 74 };
        let history = make(&mut StdRng::seed_from_u64(5), &desks, 3, ages, span);
        assert_eq!(history.people.len(), 400);
        assert!((590..=600).contains(&history.visits.len()));
        let came: HashSet<_> = history.visits.iter().flat_map(|v| &v.people).collect();
        assert_eq!(came.len(), 400);
        let mut done = HashSet::new();
        for visit in &history.visits {
            assert!(
                (span.0..=span.1).contains(&visit.day) && visit.day.weekday() != Weekday::Sunday
            );
            for person in &visit.people {
                assert!(history.people[*person].since <= visit.day);
                assert_eq!(history.people[*person].desk, visit.desk);
            }
            if let Some(module) = visit.module {
                assert!(done.insert((visit.people[0], module)));
            }
        }
        assert!(done.len() > 40 && history.begun.len() > 30);
    }
}
