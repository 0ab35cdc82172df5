//! Every row of the demo, read as Facilita's page and its server read it.

use std::collections::{BTreeMap, BTreeSet};

use autonomia::citizens::register::register;
use autonomia::citizens::vault::Purpose;
use autonomia::db::entities::{attendances, citizens, facilita_batches, facilita_rows, services};
use autonomia::domain::ids::{CitizenId, ServiceId};
use autonomia::network::facilita::batch::{self, Order};
use autonomia::network::facilita::check::Reason;
use autonomia::network::facilita::report::{self, ReportAnswer};
use autonomia::network::programme::Programme;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use time::macros::datetime;
use time::{Date, Month, OffsetDateTime};

use super::{reader, whole};
use crate::ground::{Ground, NOW};

/// The day of the ground, as the reader has it.
const ON: (i32, u32, u32) = (2026, 11, 21);

/// Somebody born in each of these years, who was given something today.
async fn very_old(ground: &Ground) -> BTreeMap<CitizenId, i32> {
    let given = services::Entity::find().filter(services::Column::VoidedAt.is_null());
    let given = given.one(ground.db.read()).await.unwrap().unwrap();
    let (point, by) = (given.point_id, given.account_id);
    let mut people = BTreeMap::new();
    for (number, year) in (900..).zip(1923..=1928) {
        let birth = Date::from_calendar_date(year, Month::May, 4).unwrap();
        let details = whole(birth, number);
        let who = register(&ground.db, &ground.vault, details, point, by, NOW);
        let who = who.await.unwrap();
        let mut new = ground.service("SPID", &[who]);
        (new.point, new.facilitator) = (point, by);
        ground.record(new).await.unwrap();
        people.insert(who, year);
    }
    people
}

/// Sends whatever can be sent, and reads each row of each file there is. Nothing is refused, nothing
/// is left, and what is held back for a birth is what Facilita would refuse for it.
pub(crate) async fn every_row_is_taken(ground: &Ground, programme: &Programme) {
    let (db, vault) = (&ground.db, &ground.vault);
    let people = very_old(ground).await;
    let order = Order {
        programme: programme.clone(),
        from: programme.starts_on,
        to: programme.ends_on,
        force: true,
    };
    let held_on = async |now: OffsetDateTime| {
        let made = batch::preview(db, vault, &order, now).await.unwrap();
        let born = made.held_back.iter().filter_map(|held| {
            let year = people.get(&held.citizen)?;
            assert_eq!(held.reasons, [Reason::Century], "{year}");
            Some(*year)
        });
        born.collect::<BTreeSet<_>>()
    };
    // In Rome it is still 2026, and then it is not.
    let last = datetime!(2026-12-31 22:59 UTC);
    let first = datetime!(2026-12-31 23:00 UTC);
    assert_eq!(held_on(last).await, (1923..=1926).collect());
    assert_eq!(held_on(first).await, (1923..=1927).collect());

    let held = loop {
        let made = batch::make(db, vault, &order, None, NOW).await.unwrap();
        let Some(id) = made.batch else {
            break made.held_back;
        };
        let taken = report::receive(db, vault, id, ReportAnswer::NoneRefused, None, NOW);
        taken.await.unwrap();
    };
    let files = facilita_batches::Entity::find().all(db.read()).await;
    let mut read = 0;
    for file in files.unwrap() {
        let (text, _) = batch::file(db, vault, file.id).await.unwrap();
        for row in reader::read(&text, ON, false) {
            assert!(row.is_ok(), "{:?}", row.err());
            read += 1;
        }
    }
    let rows = facilita_rows::Entity::find().all(db.read()).await.unwrap();
    assert_eq!(read, rows.len());
    assert!(read > 10_000, "{read} rows of the whole demo");

    // All of the ledger is in a file, or held back.
    let sent: BTreeSet<(ServiceId, CitizenId)> = rows
        .iter()
        .map(|row| (row.service_id, row.citizen_id))
        .collect();
    let held: BTreeMap<_, _> = held
        .into_iter()
        .map(|one| ((one.service, one.citizen), one.reasons))
        .collect();
    let voided = services::Entity::find().filter(services::Column::VoidedAt.is_not_null());
    let voided = voided.all(db.read()).await.unwrap();
    let voided: BTreeSet<ServiceId> = voided.iter().map(|row| row.id).collect();
    let stands = attendances::Entity::find().all(db.read()).await.unwrap();
    let left: Vec<_> = stands
        .iter()
        .filter(|row| !voided.contains(&row.service_id))
        .map(|row| (row.service_id, row.citizen_id))
        .filter(|one| !sent.contains(one) && !held.contains_key(one))
        .collect();
    assert!(left.is_empty(), "{} are nowhere: {left:?}", left.len());

    // Where it is a matter of birth, and nowhere else, the reader refuses the code.
    let records = citizens::Entity::find().all(db.read()).await.unwrap();
    let code = |who: CitizenId| {
        let row = records.iter().find(|row| row.id == who).unwrap();
        let sealed = row.cf_sealed.as_ref()?;
        Some(vault.open(Purpose::CodiceFiscale, who.0, sealed).unwrap())
    };
    let mut births = BTreeSet::new();
    for ((_, who), reasons) in &held {
        let of_birth = |one: &Reason| matches!(one, Reason::Century | Reason::Minor);
        let of_birth = reasons.iter().any(of_birth);
        match code(*who) {
            Some(code) => assert_eq!(reader::refuses_birth(&code, ON), of_birth, "{reasons:?}"),
            None => assert!(reasons.contains(&Reason::NoCode), "{reasons:?}"),
        }
        births.extend(people.get(who).filter(|_| of_birth));
    }
    assert_eq!(births, (1923..=1926).collect());
    for (who, year) in &people {
        let code = code(*who).unwrap();
        assert_eq!(reader::refuses_birth(&code, (2026, 12, 31)), *year < 1927);
        assert_eq!(reader::refuses_birth(&code, (2027, 1, 1)), *year < 1928);
    }
}
