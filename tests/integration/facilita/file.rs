//! The file: its columns and codes, what is held back, what is one service.

use std::collections::{BTreeMap, BTreeSet};

use autonomia::citizens::Details;
use autonomia::db::entities::{facilita_rows, programmes};
use autonomia::domain::ids::ServiceId;
use autonomia::network::facilita::FacilitaError;
use autonomia::network::facilita::batch::{self, Made, Order};
use autonomia::network::facilita::state;
use sea_orm::EntityTrait;
use time::OffsetDateTime;
use time::macros::{date, datetime};

use super::{BORN, known, reader, reasons, services_of, whole};
use crate::ground::{Ground, NOW};

#[actix_web::test]
async fn a_service_becomes_the_row_that_facilita_wants() {
    let ground = known().await;
    let mut details = whole(BORN, 1);
    details.last_name = Some("D'Amico, detto il Sarto".to_owned());
    details.name_differs = true;
    let ada = ground.register(details).await.unwrap();
    let mut new = ground.service("Fare lo \"SPID\",\n passo per passo", &[ada]);
    (new.minutes, new.competences) = (95, vec![13, 9, 1, 10, 12, 9]);
    ground.record(new).await.unwrap();
    let made = ground.make().await;
    assert_eq!((made.rows, made.held_back.len(), made.waiting), (1, 0, 0));
    let file = ground.file(&made).await;
    let row = &ground.rows(&made).await[0];
    let of = |column: &str| row[column].as_str();
    assert_eq!(
        (of("IDFacilitatore"), of("NominativoFacilitatore")),
        ("RSSMRA85M01H501Q", "Bianchi Maria, Mimma")
    );
    assert_eq!((of("IDSede"), of("NominativoSede")), ("4711", "Punto BA-1"));
    assert_eq!((of("AN1"), of("AN2")), ("Nives", "D'Amico, detto il Sarto"));
    assert_eq!((of("AN7"), of("AN8"), of("AN9")), ("B", "C", "C"));
    assert_eq!(
        (of("AN12"), of("SE1")),
        ("Barletta-Andria-Trani", "2026-11-21")
    );
    assert_eq!((of("SE2"), of("SE3"), of("SE6")), ("01:35", "A", "A"));
    assert_eq!((of("SE4"), of("SE5")), ("A:B:C:D:E", "1:9:10:12:13"));
    assert!(of("SE7").starts_with("Fare lo SPID, passo per passo ["));
    // Only what has a comma is quoted.
    assert_eq!(file.matches('"').count(), 6);
    // Again it is the same bytes.
    let (again, sha256) = batch::file(&ground.db, &ground.vault, made.batch.unwrap())
        .await
        .unwrap();
    assert_eq!(again, file);
    let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, file.as_bytes());
    let hex: String = digest.as_ref().iter().map(|b| format!("{b:02x}")).collect();
    assert_eq!(sha256, hex);
}

#[actix_web::test]
async fn what_facilita_would_refuse_is_held_back_with_every_reason() {
    let ground = known().await;
    let plain = ground.citizen(BORN, 1).await;
    let without = Details {
        codice_fiscale: None,
        ..whole(BORN, 2)
    };
    let without = ground.register(without).await.unwrap();
    let ada = ground.whole(BORN, 3).await;
    ground
        .record(ground.service("Scheda vuota", &[plain]))
        .await
        .unwrap();
    ground
        .record(ground.service("Senza codice", &[without]))
        .await
        .unwrap();
    let mut long = ground.service("Tutto il giorno", &[ada]);
    long.minutes = 24 * 60;
    ground.record(long).await.unwrap();
    ground.record(ground.service(" \" ", &[ada])).await.unwrap();
    let made = ground.make().await;
    assert_eq!((made.batch, made.rows), (None, 0));
    let blank = vec!["education", "occupation", "citizenship", "province"];
    let expected = [blank, vec!["no-code"], vec!["duration"], vec!["title"]];
    assert_eq!(reasons(&made), expected);
    assert_eq!(ground.counts().await, [4, 0, 0, 0, 0]);
    // What a record lacks is kept with it; a service that was recorded wrong shows when it is tried.
    assert_eq!(ground.never_sent().await, (2, 2));

    let bare = Ground::new().await;
    let ada = bare.whole(BORN, 3).await;
    bare.record(bare.service("SPID", &[ada])).await.unwrap();
    let expected = [vec!["facilitator-id", "facilitator-name", "point-id"]];
    assert_eq!(reasons(&bare.make().await), expected);
    assert_eq!(bare.never_sent().await, (0, 1));
}

#[actix_web::test]
async fn the_days_are_those_of_the_project_and_of_the_month_that_is_open() {
    let ground = known().await;
    let ada = ground.whole(BORN, 1).await;
    for day in [date!(2026 - 10 - 31), date!(2026 - 11 - 01)] {
        let mut new = ground.service("SPID", &[ada]);
        new.day = day;
        ground.record(new).await.unwrap();
    }
    let order = ground
        .set(
            programmes::Column::FacilitaUntil,
            Some(date!(2026 - 10 - 31)),
        )
        .await;
    let made = ground.make_of(&order).await;
    assert_eq!(
        (made.rows, reasons(&made)),
        (1, vec![vec!["after-cut-off"]])
    );
    let programme = &order.programme;
    let counts = state::counts(&ground.db, &ground.vault, programme, NOW);
    let counts = counts.await.unwrap();
    assert_eq!((counts.ready, counts.held, counts.sent), (0, 1, 1));
    let mut order = ground.set(programmes::Column::FacilitaUntil, None).await;
    order.programme.starts_on = date!(2026 - 11 - 02);
    assert_eq!(trial(&ground, &order).await, [vec!["before-project"]]);
    order.programme.starts_on = date!(2026 - 01 - 01);
    order.programme.ends_on = date!(2026 - 10 - 31);
    assert_eq!(trial(&ground, &order).await, [vec!["after-project"]]);
    order.to = date!(2026 - 10 - 31);
    assert!(trial(&ground, &order).await.is_empty());
}

async fn trial(ground: &Ground, order: &Order) -> Vec<Vec<&'static str>> {
    reasons(&trial_on(ground, order, NOW).await)
}

async fn trial_on(ground: &Ground, order: &Order, now: OffsetDateTime) -> Made {
    batch::preview(&ground.db, &ground.vault, order, now)
        .await
        .unwrap()
}

#[actix_web::test]
async fn who_turns_18_this_year_waits_for_the_birthday() {
    let ground = known().await;
    let young = ground.whole(date!(2008 - 12 - 05), 1).await;
    let child = ground.whole(date!(2013 - 01 - 01), 2).await;
    let service = ground.service("SPID", &[young, child]);
    ground.record(service).await.unwrap();
    let order = ground.order();
    let minor = || vec!["minor"];
    assert_eq!(trial(&ground, &order).await, [minor(), minor()]);
    let birthday = datetime!(2026-12-05 09:00 UTC);
    let made = trial_on(&ground, &order, birthday).await;
    assert_eq!((made.rows, reasons(&made)), (1, vec![minor()]));
    let later = ground
        .set(programmes::Column::MinorsFrom, Some(date!(2026 - 12 - 01)))
        .await;
    assert_eq!(trial(&ground, &later).await, [minor(), minor()]);
    let order = ground
        .set(programmes::Column::MinorsFrom, Some(date!(2026 - 09 - 01)))
        .await;
    let made = ground.make_of(&order).await;
    assert_eq!((made.rows, reasons(&made)), (1, vec![minor()]));
    let rows = reader::read(&ground.file(&made).await, (2026, 11, 21), true);
    assert_eq!(rows[0].as_ref().unwrap()["AN8"], "E");
}

/// Born in 1924, 1925 or 1926: the server takes them, and the page reads a child. Each January it is
/// one year more.
#[actix_web::test]
async fn who_the_page_or_the_server_takes_for_a_child_is_held_back_and_the_year_moves_it() {
    let ground = known().await;
    ground
        .set(programmes::Column::EndsOn, Some(date!(2027 - 12 - 31)))
        .await;
    let years = [1922, 1923, 1924, 1925, 1926, 1927, 1928, 2007];
    for (number, year) in (0..).zip(years) {
        let birth = time::Date::from_calendar_date(year, time::Month::May, 1).unwrap();
        let who = ground.whole(birth, number).await;
        let title = year.to_string();
        ground.record(ground.service(&title, &[who])).await.unwrap();
    }
    let order = ground
        .set(programmes::Column::EndsOn, Some(date!(2027 - 12 - 31)))
        .await;
    let sent = async |now: OffsetDateTime| {
        let made = trial_on(&ground, &order, now).await;
        let all = vec!["century"];
        assert!(reasons(&made).iter().all(|why| *why == all), "{made:?}");
        (made.rows, made.held_back.len())
    };
    assert_eq!(sent(NOW).await, (3, 5), "1922 to 1926");
    assert_eq!(sent(datetime!(2026-12-31 22:59 UTC)).await, (3, 5));
    // In Rome it is the first of January.
    assert_eq!(
        sent(datetime!(2026-12-31 23:00 UTC)).await,
        (2, 6),
        "and 1927"
    );
    assert_eq!(ground.never_sent().await, (3, 5));
    let made = ground.make_of(&order).await;
    let file = ground.file(&made).await;
    let read = |today| {
        reader::read(&file, today, false)
            .into_iter()
            .filter(Result::is_ok)
            .count()
    };
    assert_eq!(
        (made.rows, read((2026, 11, 21)), read((2027, 1, 1))),
        (3, 3, 2)
    );
}

#[actix_web::test]
async fn rows_of_one_service_are_one_service_there_and_no_others_are() {
    let ground = known().await;
    let mut people = Vec::new();
    for number in 0..4 {
        people.push(ground.whole(BORN, number).await);
    }
    // Equal in everything that a person would write: only the people differ.
    for group in [&people[..2], &people[2..], &people[1..3], &people[..4]] {
        ground.record(ground.service("SPID", group)).await.unwrap();
    }
    let long = "è".repeat(600);
    ground
        .record(ground.service(&long, &people[..1]))
        .await
        .unwrap();
    ground
        .record(ground.service(&long, &people[1..2]))
        .await
        .unwrap();
    let made = ground.make().await;
    let rows = ground.rows(&made).await;
    assert_eq!(rows.len(), 12);
    let services = services_of(&ground, &made).await;
    let mut there: BTreeMap<Vec<&str>, BTreeSet<ServiceId>> = BTreeMap::new();
    for (row, service) in rows.iter().zip(&services) {
        there
            .entry(reader::identity(row))
            .or_default()
            .insert(*service);
    }
    assert_eq!(there.len(), 6, "as many there as here");
    assert!(there.values().all(|here| here.len() == 1), "{there:?}");
    // Rows of a service stand together.
    let mut order = services.clone();
    order.dedup();
    assert_eq!(order.len(), 6);
}
#[actix_web::test]
async fn two_files_made_at_once_send_nothing_twice() {
    let ground = known().await;
    for number in 0..6 {
        let who = ground.whole(BORN, number).await;
        ground.record(ground.service("SPID", &[who])).await.unwrap();
    }
    let mut order = ground.order();
    order.force = true;
    let makes = (0..4).map(|_| batch::make(&ground.db, &ground.vault, &order, None, NOW));
    let made = futures_util::future::join_all(makes).await;
    let rows = facilita_rows::Entity::find()
        .all(ground.db.read())
        .await
        .unwrap();
    assert_eq!(rows.len(), 6, "{made:?}");
    let fine =
        |one: &Result<Made, FacilitaError>| matches!(one, Ok(_) | Err(FacilitaError::Changed));
    assert!(made.iter().all(fine), "{made:?}");
}
