//! "Is this code registered?" has no answer for who may not know: the words and the time are the same
//! for known and unknown codes, and whoever asks by registering is counted and told of.

use std::time::Instant;

use autonomia::citizens::find;
use autonomia::citizens::register::register;
use autonomia::db;
use autonomia::db::entities::{citizen_points, citizens, limits};
use autonomia::domain::import::Manner;
use autonomia::learning::import;
use sea_orm::ActiveValue::Set;
use sea_orm::{ActiveModelTrait, EntityTrait, PaginatorTrait};
use serde_json::json;
use time::Duration;
use time::macros::date;

use crate::actor::Actor;
use crate::app::TestApp;
use crate::browser::{Browser, without_ids};
use crate::desk_people::desk;
use crate::following::{ASKED, DESK, OTHER, known, lecce};
use crate::ground::{Ground, NOW, person};
use crate::people::Person;

pub(crate) async fn limit(db: &db::Db, name: &'static str, to: i64) {
    db::write(db, async move |tx| {
        let row = limits::ActiveModel {
            name: Set(name.to_owned()),
            value: Set(to),
        };
        row.update(tx).await
    })
    .await
    .unwrap();
}

#[actix_web::test]
async fn nothing_tells_a_known_code_from_an_unknown_one_before_it_is_counted() {
    let app = TestApp::new().await;
    let (somebody, id, _) = known(&app).await;
    let known = somebody.codice_fiscale;
    let unknown = Person::born(date!(1954 - 03 - 02), 8).codice_fiscale;
    let (other, api) = (desk(&app, OTHER).await, app.other_facilitator().await);
    let mine = json!({ "first_name": "Senza", "last_name": "Codice", "point": "lecce" });
    let mine = api.post("/citizens", mine).await.json(201)["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let point = lecce(&app).await;
    let mut said = Vec::new();
    for code in [&known, &unknown] {
        let mut all = String::new();
        for (address, fields) in [
            (
                "/punto/cittadini",
                vec![("codice_fiscale", code.as_str()), ("leggi", "1")],
            ),
            ("/punto/cerca", vec![("q", code.as_str())]),
            (
                &format!("/punto/cittadini/{mine}/unisci"),
                vec![("q", code.as_str())],
            ),
            (
                "/punto/servizi/gruppo",
                vec![("point", "lecce"), ("act", "search"), ("q", code.as_str())],
            ),
        ] {
            let page = other.post(address, &fields).await;
            assert!(
                page.status == 200 && !page.text.contains(&id),
                "{address}: {}",
                page.status
            );
            all.push_str(&page.without_ids().replace(code.as_str(), ""));
        }
        let file =
            format!("codice_fiscale,first_name,last_name,name_differs\n{code},Nome,Scritta,yes\n");
        let looked = look(&app, &other, &point, &file).await;
        assert!(!looked.contains("altro punto"));
        all.push_str(&without_ids(&looked).replace(code.as_str(), ""));
        let found = api.post("/citizens/find", json!({ "q": code })).await;
        all.push_str(&found.text);
        said.push(all);
    }
    assert_eq!(said[0], said[1]);
    // The registration's own answer is the same too; by then it is counted, and told.
    let mut said = Vec::new();
    for code in [&known, &unknown] {
        let body = json!({
            "codice_fiscale": code, "first_name": "Nome", "last_name": "Scritta", "name_differs": true,
        });
        let made = api.post("/citizens", body).await;
        let at = made.json(201)["id"].as_str().unwrap().to_owned();
        assert!(
            other
                .post("/punto/cerca", &[("q", "scritta")])
                .await
                .text
                .contains(&at)
        );
        said.push(at.len());
    }
    assert_eq!(said[0], said[1]);
    desk(&app, DESK)
        .await
        .get("/punto")
        .await
        .expect(200, ASKED);
    // A code that is added to a record later goes the same way.
    let third = app.card(&Person::born(date!(1954 - 03 - 02), 9)).await;
    assert!(third["card"].is_string());
    let third = Person::born(date!(1954 - 03 - 02), 9).codice_fiscale;
    let form = [
        ("codice_fiscale", third.as_str()),
        ("first_name", "Senza"),
        ("last_name", "Codice"),
        ("name_differs", "1"),
    ];
    let page = other
        .post(&format!("/punto/cittadini/{mine}/dati"), &form)
        .await;
    let page = page.expect(200, "era già nella rete");
    assert!(!page.at.contains(&mine) && !page.says("Inventata"));
    let links = citizen_points::Entity::find()
        .count(app.db.read())
        .await
        .unwrap();
    assert_eq!(links, 2);
}

#[actix_web::test]
async fn every_code_that_a_correction_writes_counts_whoever_has_it() {
    let app = TestApp::new().await;
    limit(&app.db, "brought-a-day", 4).await;
    let (own, other) = (app.facilitator().await, app.other_facilitator().await);
    let person = |number: u32| Person::born(date!(1954 - 03 - 02), number);
    for number in 0..4 {
        let record = person(number).record(app.point());
        own.post("/citizens", record).await.json(201);
    }
    let mine = json!({ "first_name": "Senza", "last_name": "Codice", "point": "lecce" });
    let mine = other.post("/citizens", mine).await.json(201);
    let mine = format!("/api/v1/citizens/{}", mine["id"].as_str().unwrap());
    let write = async |number: u32| {
        let code = person(number).codice_fiscale;
        let body = json!({ "codice_fiscale": code, "name_differs": true }).to_string();
        let body = Some(("application/json", body));
        other.send(awc::http::Method::PATCH, &mine, body).await
    };
    // Two that nobody has, one twice; one that another point has.
    for (number, status) in [(100, 200), (101, 200), (101, 200), (0, 409), (100, 200)] {
        assert_eq!(write(number).await.status.as_u16(), status, "{number}");
    }
    let (known, unknown) = (write(1).await.json(422), write(102).await.json(422));
    assert_eq!(known, unknown);
    // Who is followed already is told without counting; at the form of a new person the day is over too.
    assert_eq!(write(0).await.status.as_u16(), 409);
    for number in [2, 103] {
        let record = person(number).record("lecce");
        other.post("/citizens", record).await.json(422);
    }
    let links = citizen_points::Entity::find().count(app.db.read()).await;
    assert_eq!(links.unwrap(), 1);
    app.clock.set(app.clock.now() + Duration::days(1));
    let other = app.other_facilitator().await;
    let code = person(102).codice_fiscale;
    let body = json!({ "codice_fiscale": code, "name_differs": true }).to_string();
    let body = Some(("application/json", body));
    let tomorrow = other.send(awc::http::Method::PATCH, &mine, body).await;
    assert_eq!(tomorrow.status.as_u16(), 200);
}

async fn look(app: &TestApp, browser: &Browser, point: &str, file: &str) -> String {
    let mark = "limite";
    let body = format!(
        "--{mark}\r\nContent-Disposition: form-data; name=\"point\"\r\n\r\n{point}\r\n--{mark}\r\n\
         Content-Disposition: form-data; name=\"testo\"\r\n\r\n{file}\r\n--{mark}--\r\n"
    );
    let kind = format!("multipart/form-data; boundary={mark}");
    let actor = Actor::new(&app.address, browser.cookie("autonomia"));
    let sent = Some((kind.as_str(), body));
    let looked = actor
        .send(awc::http::Method::POST, "/punto/cittadini/importa", sent)
        .await;
    assert_eq!(looked.status, 200, "{}", looked.text);
    looked.text
}

#[actix_web::test]
async fn bringing_is_bounded_by_the_day_and_then_known_and_unknown_codes_are_refused_alike() {
    let app = TestApp::new().await;
    limit(&app.db, "brought-a-day", 3).await;
    let (own, other) = (app.facilitator().await, app.other_facilitator().await);
    for number in 0..6 {
        let record = Person::born(date!(1954 - 03 - 02), number).record(app.point());
        own.post("/citizens", record).await.json(201);
    }
    let here = |number: u32| Person::born(date!(1954 - 03 - 02), number).record("lecce");
    for number in 0..3 {
        other.post("/citizens", here(number)).await.json(201);
    }
    // Again, one of those counts once.
    let again = other.post("/citizens", here(0)).await.json(409);
    assert!(again["id"].is_string(), "it is on the caller's list");
    let mut said = Vec::new();
    for number in [3, 100] {
        said.push(other.post("/citizens", here(number)).await.json(422));
    }
    assert_eq!(said[0], said[1]);
    assert!(
        said[0]
            .to_string()
            .contains("molti codici di persone nuove")
    );
    let page = desk(&app, OTHER).await;
    let form = [(
        "codice_fiscale",
        here(3)["codice_fiscale"].as_str().unwrap().to_owned(),
    )];
    let form = [
        ("codice_fiscale", form[0].1.as_str()),
        ("first_name", "A"),
        ("last_name", "B"),
        ("name_differs", "1"),
        ("notice", "1"),
    ];
    page.post("/punto/cittadini", &form)
        .await
        .expect(422, "Riprova domani");
    // Without a code there is nothing to learn, and work goes on; so it does tomorrow.
    let without = json!({ "first_name": "Senza", "last_name": "Codice", "point": "lecce" });
    other.post("/citizens", without).await.json(201);
    own.post(
        "/citizens",
        Person::born(date!(1954 - 03 - 02), 50).record(app.point()),
    )
    .await
    .json(201);
    app.clock.set(app.clock.now() + Duration::days(1));
    let other = app.other_facilitator().await;
    other.post("/citizens", here(3)).await.json(201);
}

#[actix_web::test]
async fn a_file_tells_nobody_from_anybody_and_holds_back_what_the_day_has_no_room_for() {
    let ground = Ground::new().await;
    let (db, vault, by) = (&ground.db, &ground.vault, ground.facilitator);
    limit(db, "brought-a-day", 5).await;
    let far = ground.points[1];
    let code = |number: u32| {
        person(date!(1960 - 05 - 01), number)
            .codice_fiscale
            .unwrap()
    };
    let file = |numbers: std::ops::Range<u32>| {
        let rows = numbers.map(|n| format!("{},Nome,Scritta,yes\n", code(n)));
        format!(
            "codice_fiscale,first_name,last_name,name_differs\n{}",
            rows.collect::<String>()
        )
    };
    for number in 0..25 {
        let somebody = person(date!(1960 - 05 - 01), number);
        register(db, vault, somebody, far, by, NOW).await.unwrap();
    }
    let take = async |file: String, manner: Manner| {
        let point = ground.points[0];
        import::citizens(db, vault, file.as_bytes(), point, by, manner, NOW)
            .await
            .unwrap()
    };
    let trial = Manner {
        trial: true,
        ..Manner::default()
    };
    let (known, unknown) = (
        take(file(0..25), trial).await,
        take(file(100..125), trial).await,
    );
    assert_eq!(known, unknown, "looking tells nothing");
    assert_eq!((known.added, known.refused.len()), (25, 0));
    assert_eq!(
        citizen_points::Entity::find()
            .count(db.read())
            .await
            .unwrap(),
        0
    );
    let mixed = format!(
        "{}{}",
        file(0..10),
        file(100..110).split_once('\n').unwrap().1
    );
    let strict = Manner {
        strict: true,
        ..Manner::default()
    };
    let done = take(mixed.clone(), strict).await;
    assert_eq!(
        (done.added, done.refused.len()),
        (5, 15),
        "whoever comes after is held, known or not"
    );
    assert!(
        done.kept
            && done
                .refused
                .iter()
                .all(|row| row.key == "citizen-enough-today")
    );
    assert_eq!(
        citizen_points::Entity::find()
            .count(db.read())
            .await
            .unwrap(),
        5
    );
    let records = citizens::Entity::find().count(db.read()).await.unwrap();
    assert_eq!(records, 25);
    // Nobody's record was written over by the other point's file.
    let rows = citizens::Entity::find().all(db.read()).await.unwrap();
    assert!(rows.iter().all(|row| row.first_name == "Nives"));
    // Whoever runs the installation moves a point's list whole.
    let whole = Manner {
        unbounded: true,
        ..Manner::default()
    };
    let done = take(mixed, whole).await;
    assert_eq!((done.added, done.unchanged, done.refused.len()), (15, 5, 0));
}

#[actix_web::test]
async fn looking_up_a_known_code_takes_as_long_as_an_unknown_one() {
    let ground = Ground::new().await;
    let (db, vault) = (&ground.db, &ground.vault);
    for number in 0..200 {
        let somebody = person(date!(1960 - 05 - 01), number);
        register(
            db,
            vault,
            somebody,
            ground.points[1],
            ground.facilitator,
            NOW,
        )
        .await
        .unwrap();
    }
    // The quickest of as many as it takes, in turns, whatever else the machine does meanwhile.
    let mut quickest = [f64::MAX; 2];
    for round in 0..2_000 {
        for (at, number) in [(0, round % 200), (1, 500 + round % 200)] {
            let code = person(date!(1960 - 05 - 01), number)
                .codice_fiscale
                .unwrap();
            let begun = Instant::now();
            let found = find::find(db, vault, &code, Some(&ground.points[..1]))
                .await
                .unwrap();
            quickest[at] = f64::min(quickest[at], begun.elapsed().as_secs_f64());
            assert!(found.is_empty());
        }
        if round >= 100 && quickest[0] / quickest[1] < 1.5 {
            break;
        }
    }
    println!("known {:.6} s, unknown {:.6} s", quickest[0], quickest[1]);
    assert!(quickest[0] / quickest[1] < 1.5, "{quickest:?}");
}
