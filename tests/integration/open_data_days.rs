//! Somebody who keeps the open data's file of every day, and looks at what it differs by.

use std::collections::{BTreeMap, BTreeSet};

use autonomia::db;
use autonomia::db::entities::{attendances, citizens, services};
use autonomia::domain::calendar::{end_of_last_quarter, rome_day};
use autonomia::domain::facilita::{Gender, PublicDomain, ServiceKind};
use autonomia::domain::ids::{CitizenId, ServiceId};
use autonomia::learning::erase::{self, erase};
use autonomia::network::anonymous::K;
use autonomia::network::correction::{ServiceCorrection, correct};
use autonomia::network::open_data;
use autonomia::network::service::{NewService, Reach, record_in, void_in};
use rand::rngs::StdRng;
use rand::seq::IndexedRandom as _;
use rand::{RngExt as _, SeedableRng as _};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use time::macros::datetime;
use time::{Date, Duration, OffsetDateTime};

use crate::ground::Ground;
use crate::third_visit::nobody_stands_out;

/// Lines of a file, and how often each is there.
fn lines(file: &[u8]) -> BTreeMap<String, usize> {
    let mut lines = BTreeMap::new();
    for line in std::str::from_utf8(file).unwrap().lines().skip(1) {
        *lines.entry(line.to_owned()).or_default() += 1;
    }
    lines
}

/// People, and what was recorded of them that could be corrected or voided.
struct Desk<'g> {
    ground: &'g Ground,
    random: StdRng,
    people: Vec<CitizenId>,
    standing: Vec<ServiceId>,
}

impl<'g> Desk<'g> {
    /// Forty people, and nothing recorded yet.
    async fn of(ground: &'g Ground, seed: u64) -> Self {
        let mut people = Vec::new();
        for number in 0..40 {
            let birth = Date::from_ordinal_date(1955, 10 + u16::try_from(number).unwrap()).unwrap();
            people.push(ground.citizen(birth, number).await);
        }
        Self {
            ground,
            random: StdRng::seed_from_u64(seed),
            people,
            standing: Vec::new(),
        }
    }

    /// What a desk does on a day: services of today and of weeks ago; a void, a correction, a gender
    /// told anew, somebody erased.
    async fn works(&mut self, number: i64, at: OffsetDateTime) {
        let (db, by) = (&self.ground.db, self.ground.facilitator);
        let new = self.service(number, at);
        let made = db::write(db, async move |tx| record_in(tx, &new, by, at).await);
        self.standing.push(made.await.unwrap().service);
        let place = self.random.random_range(0..self.standing.len());
        if number % 4 == 1 {
            let service = self.standing.swap_remove(place);
            let void = async move |tx: &_| void_in(tx, service, "doppione", Some(by), at).await;
            db::write(db, void).await.unwrap();
        } else if number % 4 == 3 {
            let service = self.standing.swap_remove(place);
            let instead = self.correct(service, at).await;
            self.standing.push(instead);
        }
        if number % 5 == 2 {
            let who = *self.people.choose(&mut self.random).unwrap();
            let changed = citizens::Entity::update_many()
                .col_expr(citizens::Column::Gender, Expr::value(Gender::Undisclosed))
                .filter(citizens::Column::Id.eq(who));
            db::write(db, async move |tx| changed.exec(tx).await)
                .await
                .unwrap();
        }
        if number % 9 == 8 {
            let who = self.people.swap_remove(place % self.people.len());
            let asked = (erase::Ground::AskedAtDesk, Some(by));
            erase(db, &self.ground.vault, who, asked, at).await.unwrap();
        }
    }

    fn service(&mut self, number: i64, at: OffsetDateTime) -> NewService {
        let people: Vec<CitizenId> = self.people.sample(&mut self.random, 3).copied().collect();
        let late = Duration::days(if number % 3 == 0 { 40 } else { 0 });
        NewService {
            kind: ServiceKind::Group,
            day: rome_day(at) - late,
            domains: vec![PublicDomain::PagoPa],
            ..self.ground.service("Insieme", &people)
        }
    }

    async fn correct(&self, service: ServiceId, at: OffsetDateTime) -> ServiceId {
        let attended = attendances::Entity::find()
            .filter(attendances::Column::ServiceId.eq(service))
            .all(self.ground.db.read());
        let attended = attended.await.unwrap();
        let citizens = attended.iter().map(|one| one.citizen_id);
        let right = ServiceCorrection {
            kind: ServiceKind::Group,
            day: rome_day(at) - Duration::days(1),
            minutes: 60,
            competences: vec![6],
            domains: vec![PublicDomain::AppIo],
            title: "Insieme".to_owned(),
            citizens: citizens.filter(|one| self.people.contains(one)).collect(),
            reason: "il giorno era un altro".to_owned(),
        };
        let (db, by) = (&self.ground.db, self.ground.facilitator);
        let all = Reach { points: None };
        correct(db, service, right, all, by, at).await.unwrap()
    }
}

/// How many attendances there are of the services that stand and were first recorded after a day.
async fn attended_since(ground: &Ground, after: Option<Date>) -> usize {
    let all = services::Entity::find().all(ground.db.read()).await;
    let all: BTreeMap<ServiceId, services::Model> =
        all.unwrap().into_iter().map(|one| (one.id, one)).collect();
    let first = |one: ServiceId| {
        let mut one = one;
        while let Some(before) = all[&one].corrects_id {
            one = before;
        }
        rome_day(all[&one].recorded_at)
    };
    let attended = attendances::Entity::find().all(ground.db.read()).await;
    let counts = |one: &&attendances::Model| {
        let service = &all[&one.service_id];
        service.voided_at.is_none() && after.is_none_or(|after| first(service.id) > after)
    };
    attended.unwrap().iter().filter(counts).count()
}

#[actix_web::test]
async fn who_keeps_the_file_of_every_day_never_sees_fewer_than_five() {
    let ground = Ground::new().await;
    let mut desk = Desk::of(&ground, 11).await;
    let (mut before, mut last, mut grown) = (Vec::new(), None, Vec::new());
    for number in 0..58 {
        let at = datetime!(2026-08-12 22:30 UTC) + Duration::days(3 * number);
        let published = end_of_last_quarter(rome_day(at));
        let due = open_data::whose(&ground.db, &ground.programme, at);
        let due = due.await.unwrap();
        let expected = attended_since(&ground, last).await;
        let file = open_data::make(&ground.db, &ground.programme, at).await;
        let file = file.unwrap();
        let (old, new) = (lines(&before), lines(&file.csv));
        // Nothing ever goes, and what comes comes in groups of which nobody has more than one in five.
        for (line, times) in &old {
            assert!(new.get(line) >= Some(times), "{at}: {line} went");
        }
        let added = |(line, times): (&String, &usize)| times - old.get(line).unwrap_or(&0);
        let added: Vec<usize> = new.iter().map(added).filter(|times| *times > 0).collect();
        assert!(added.iter().all(|times| *times >= K), "{at}: {added:?}");
        nobody_stands_out(&due);
        let told: usize = due.iter().map(|rows| rows.whose.len()).sum();
        assert_eq!(added.iter().sum::<usize>(), told);
        if told > 0 {
            // Each person at each service once, also where it was corrected since.
            assert_eq!(told, expected, "{at}");
            for rows in &due {
                let people: BTreeSet<_> = rows.whose.iter().collect();
                assert!(people.len() >= K, "{at}: {people:?}");
            }
            (last, grown) = (Some(published), [grown, vec![rome_day(at)]].concat());
        } else if !before.is_empty() {
            assert_eq!(file.csv, before, "{at}: another file on another day");
        }
        before = file.csv;
        // The programme ends with the year.
        let later = at + Duration::minutes(10);
        if rome_day(later).year() == 2026 {
            desk.works(number, later).await;
        }
    }
    let months: Vec<_> = grown.iter().map(|day| u8::from(day.month())).collect();
    assert_eq!(months, [10, 1], "{grown:?}");
}

/// An edition may be made weeks after its quarter: what was corrected meanwhile is of the next one.
#[actix_web::test]
async fn what_is_corrected_before_its_edition_is_made_is_published_once() {
    let ground = Ground::new().await;
    let mut desk = Desk::of(&ground, 12).await;
    let mut told = Vec::new();
    for (quarter, made) in [
        (
            datetime!(2026-08-03 9:00 UTC),
            datetime!(2026-10-10 9:00 UTC),
        ),
        (
            datetime!(2026-10-12 9:00 UTC),
            datetime!(2027-01-10 9:00 UTC),
        ),
    ] {
        for number in 0..20 {
            let at = quarter + Duration::days(number);
            let new = desk.service(number, at);
            let by = ground.facilitator;
            let recorded = db::write(&ground.db, async move |tx| {
                record_in(tx, &new, by, at).await
            });
            desk.standing.push(recorded.await.unwrap().service);
        }
        // After the first quarter, before its file. The programme ends with the second one.
        if made.year() == 2026 {
            let wrong = desk.standing.pop().unwrap();
            desk.correct(wrong, made - Duration::days(5)).await;
        }
        let due = open_data::whose(&ground.db, &ground.programme, made).await;
        told.push(
            due.unwrap()
                .iter()
                .map(|rows| rows.whose.len())
                .sum::<usize>(),
        );
        let file = open_data::make(&ground.db, &ground.programme, made).await;
        assert_eq!(file.unwrap().left_out, 0);
    }
    // Three people at each service: all but the corrected one, which comes with the second quarter.
    assert_eq!(told, [19 * 3, 21 * 3]);
}
