//! What the desk would do twice or undo without a word: a second card, a person registered again, two
//! records of one person; and searches, which leave no name in an address.

use autonomia::db::entities::cards;
use sea_orm::EntityTrait;
use serde_json::{Value, json};
use time::Duration;

use crate::actor::Actor;
use crate::app::{PASSWORD, TestApp};
use crate::audit::rows;
use crate::browser::{Browser, Seen};

const DESK: &str = "sportello@example.org";

async fn desk(app: &TestApp) -> Browser {
    let browser = Browser::new(app);
    let fields = [("email", DESK), ("password", PASSWORD)];
    browser.post("/accedi", &fields).await;
    browser
}

/// Somebody of the point with these fields besides the name.
async fn person(api: &Actor, (last, first): (&str, &str), more: Value) -> String {
    let mut record = json!({ "point": "bari-centro", "last_name": last, "first_name": first });
    let fields = more.as_object().unwrap().clone();
    record.as_object_mut().unwrap().extend(fields);
    let made = api.post("/citizens", record).await.json(201);
    made["id"].as_str().unwrap().to_owned()
}

async fn card(api: &Actor, citizen: &str) -> Value {
    let path = format!("/citizens/{citizen}/card");
    let card = api.post(&path, json!({})).await.json(201);
    json!({ "card": card["card"], "pin": card["pin"] })
}

/// Whether a card opens the door, and whose record it is then.
async fn opens(app: &TestApp, card: &Value) -> Option<String> {
    let opened = app.visitor().post("/sessions", card.clone()).await;
    if opened.status != 201 {
        return None;
    }
    let who = app.visitor().with_token(&opened.json(201));
    Some(who.api("/me").await["citizen"].as_str().unwrap().to_owned())
}

#[actix_web::test]
async fn another_card_is_asked_for_first_and_says_why_it_is_needed() {
    let app = TestApp::new().await;
    let api = app.facilitator().await;
    let id = person(&api, ("Neri", "Pia"), json!({})).await;
    let desk = desk(&app).await;
    let (record, issue) = (
        format!("/punto/cittadini/{id}"),
        format!("/punto/cittadini/{id}/tessera"),
    );
    desk.get(&record).await.expect(200, "Dai una tessera");
    let page = desk.post(&issue, &[]).await.expect(200, "PIN");
    let shown = page.all("<dd>", '<');
    let first = json!({ "card": shown[0], "pin": shown[1] });
    let issued = async || {
        cards::Entity::find()
            .all(app.db.read())
            .await
            .unwrap()
            .len()
    };

    desk.get(&record).await.expect(200, "Dai un'altra tessera");
    let asked = desk.post(&issue, &[]).await;
    let asked = asked.expect(200, "quella che ha adesso smetterà di funzionare");
    let now = asked.hidden("al_posto_di");
    let without = desk.post(&issue, &[("al_posto_di", &now)]).await;
    without.expect(422, "Scegli il motivo");
    let other = [
        ("al_posto_di", "019ab000-0000-7000-8000-000000000000"),
        ("perche", "lost"),
    ];
    desk.post(&issue, &other)
        .await
        .expect(422, "Un'altra tessera?");
    assert_eq!(issued().await, 1);
    assert_eq!(opens(&app, &first).await.as_deref(), Some(&*id));

    let because = [("al_posto_di", now.as_str()), ("perche", "pin")];
    let page = desk.post(&issue, &because).await.expect(200, "PIN");
    let second = page.all("<dd>", '<');
    assert_eq!(issued().await, 2);
    assert_eq!(opens(&app, &first).await, None);
    let second = json!({ "card": second[0], "pin": second[1] });
    assert_eq!(opens(&app, &second).await.as_deref(), Some(&*id));
    let told = rows(&app.db).await.into_iter();
    let why: Vec<_> = told
        .filter(|row| row.action == "card-issued")
        .map(|row| row.detail)
        .collect();
    assert_eq!(why, ["", "pin"]);
    // The form of before is about a card that has stopped.
    desk.post(&issue, &because)
        .await
        .expect(422, "Un'altra tessera?");
    assert_eq!(issued().await, 2);
}

#[actix_web::test]
async fn a_search_leaves_no_name_in_an_address_and_is_there_after_going_back() {
    let app = TestApp::new().await;
    let api = app.facilitator().await;
    for number in 0..21_u8 {
        let [tens, units] = [number / 10, number % 10].map(|digit| char::from(b'a' + digit));
        person(&api, ("Quercia", &format!("Nome{tens}{units}")), json!({})).await;
    }
    let id = person(&api, ("Olmo", "Rita"), json!({})).await;
    let twin = person(&api, ("Olmo", "Rina"), json!({})).await;
    let group = crate::desk::group(&api, "Corso", &[]).await;
    let desk = desk(&app).await;
    for (send, back) in [
        ("/punto/cerca".to_owned(), "/punto/persone".to_owned()),
        (
            format!("/punto/gruppi/{group}/cerca"),
            format!("/punto/gruppi/{group}"),
        ),
        (
            format!("/punto/cittadini/{id}/unisci"),
            format!("/punto/cittadini/{id}/unisci"),
        ),
    ] {
        let found = desk
            .post(&send, &[("q", "olmo ri")])
            .await
            .expect(200, "Olmo Rina");
        assert!(
            found.at.starts_with(&format!("{back}?ricerca=")),
            "{}",
            found.at
        );
        app.clock.set(app.clock.now() + Duration::minutes(20));
        desk.get(&found.at).await.expect(200, "Olmo Rina");
        let other = self::desk(&app).await;
        assert!(!other.get(&found.at).await.says("value=\"olmo ri\""));
    }
    // What is found is what is there now, and further pages belong to the same search.
    let found = desk.post("/punto/cerca", &[("q", "quercia")]).await;
    let next = found.all("rel=\"next\" href=\"", '"');
    let next = next[0].replace("&amp;", "&").replace("&#x2f;", "/");
    assert!(
        next.starts_with("/punto/persone?ricerca=") && next.contains("&dopo="),
        "{next}"
    );
    let next = desk.get(next.split('#').next().unwrap()).await;
    let next = next.expect(200, "value=\"quercia\"");
    assert_eq!(next.all("<th scope=\"row\"", '>').len(), 1);
    person(&api, ("Quercia", "Aaa"), json!({})).await;
    desk.get(&found.at).await.expect(200, "Quercia Aaa");
    let asked = rows(&app.db).await.into_iter();
    let asked = asked.filter(|row| row.action == "people-searched");
    assert!(asked.count() >= 6, "every look leaves a row");
    assert!(!twin.is_empty());
}

fn compare(kept: &str, merged: &str) -> String {
    format!("/punto/cittadini/{kept}/unisci/{merged}")
}

/// The cells of a row of the table that compares.
fn cells(page: &Seen, label: &str) -> Vec<String> {
    let mark = format!("<th scope=\"row\">{label}</th>");
    let (_, rest) = page.text.split_once(&mark).unwrap();
    let row = rest.split("</tr>").next().unwrap();
    let cells = row.split("<td").skip(1);
    let text = |cell: &str| {
        cell.split_once('>')
            .unwrap()
            .1
            .split('<')
            .next()
            .unwrap()
            .to_owned()
    };
    cells.map(text).collect()
}

#[actix_web::test]
async fn merging_keeps_the_fuller_record_and_shows_what_both_have() {
    let app = TestApp::new().await;
    let api = app.facilitator().await;
    let bare = person(&api, ("Neri", "Pia"), json!({})).await;
    let full = json!({ "birth_date": "1950-02-01", "province": "Bari", "phone": "080123456" });
    let full = person(&api, ("Neri", "Pia"), full).await;
    card(&api, &bare).await;
    let served = crate::services::body("individual", &[&bare]);
    api.post("/services", served).await.json(201);
    let desk = desk(&app).await;
    let page = desk
        .get(&compare(&bare, &full))
        .await
        .expect(200, "È la stessa persona?");
    assert!(page.at.starts_with(&compare(&full, &bare)), "{}", page.at);
    assert_eq!(cells(&page, "Tessera"), ["-", "dal 21 novembre 2026"]);
    assert_eq!(cells(&page, "Servizi"), ["-", "1"]);
    assert_eq!(cells(&page, "Corsi finiti"), ["-", "-"]);
    // Whoever wants the other one to stay has it so.
    let swap = page
        .all("href=\"", '"')
        .into_iter()
        .map(|href| href.replace("&#x2f;", "/"));
    let swap = swap
        .into_iter()
        .find(|href| href.contains("scelta=1"))
        .unwrap();
    let page = desk.get(&swap).await;
    assert!(page.at.starts_with(&compare(&bare, &full)), "{}", page.at);
    assert_eq!(cells(&page, "Servizi"), ["1", "-"]);
}

#[actix_web::test]
async fn merging_carries_the_card_and_undoing_gives_it_back() {
    let app = TestApp::new().await;
    let api = app.facilitator().await;
    let desk = desk(&app).await;
    let undo = async |kept: &str| {
        let page = desk.get(&format!("/punto/cittadini/{kept}")).await;
        let merge = page
            .text
            .split("/unioni/")
            .nth(1)
            .unwrap()
            .split('/')
            .next()
            .unwrap();
        let path = format!("/punto/cittadini/{kept}/unioni/{merge}/annulla");
        desk.post(&path, &[]).await.expect(200, "Neri");
    };
    // The only card.
    let [kept, merged] = [
        person(&api, ("Neri", "Pia"), json!({})).await,
        person(&api, ("Neri", "Pia"), json!({})).await,
    ];
    let own = card(&api, &merged).await;
    let page = desk.get(&compare(&kept, &merged)).await;
    page.expect(200, "La tessera dell'altra scheda funziona ancora");
    desk.post(&compare(&kept, &merged), &[])
        .await
        .expect(200, "Neri");
    assert_eq!(opens(&app, &own).await, Some(kept.clone()));
    undo(&kept).await;
    assert_eq!(opens(&app, &own).await, Some(merged.clone()));

    // Both have one: the desk says which.
    let first = card(&api, &kept).await;
    for (chosen, works, stops) in [("resta", &first, &own), ("altra", &own, &first)] {
        let page = desk.get(&compare(&kept, &merged)).await;
        page.expect(200, "Tutte e due hanno una tessera");
        let fields = [("tessera", chosen)];
        desk.post(&compare(&kept, &merged), &fields)
            .await
            .expect(200, "Neri");
        assert_eq!(opens(&app, works).await, Some(kept.clone()), "{chosen}");
        assert_eq!(opens(&app, stops).await, None, "{chosen}");
        undo(&kept).await;
        assert_eq!(opens(&app, &first).await, Some(kept.clone()), "{chosen}");
        assert_eq!(opens(&app, &own).await, Some(merged.clone()), "{chosen}");
    }
    // A card that was replaced meanwhile stays stopped: nobody has two.
    desk.post(&compare(&kept, &merged), &[("tessera", "altra")])
        .await;
    let newest = card(&api, &kept).await;
    undo(&kept).await;
    assert_eq!(opens(&app, &newest).await, Some(kept.clone()));
    assert_eq!(opens(&app, &first).await, None);
    assert_eq!(opens(&app, &own).await, None);
    app.verify_totals().await;
}

#[actix_web::test]
async fn registering_somebody_of_the_same_name_and_day_warns_and_lets_go_on() {
    let app = TestApp::new().await;
    let api = app.facilitator().await;
    let born = json!({ "birth_date": "1950-02-01" });
    let there = person(&api, ("D'Alò", "Pia"), born.clone()).await;
    let mut elsewhere = json!({ "point": "lecce", "last_name": "Bruni", "first_name": "Ugo" });
    elsewhere["birth_date"] = born["birth_date"].clone();
    app.other_facilitator()
        .await
        .post("/citizens", elsewhere)
        .await
        .json(201);
    let desk = desk(&app).await;
    let with = |last, first, day| {
        [
            ("last_name", last),
            ("first_name", first),
            ("birth_date", day),
            ("notice", "1"),
        ]
    };
    let send = async |fields: &[(&str, &str)]| desk.post("/punto/cittadini", fields).await;
    let same = with("d'alo", "PIA", "1950-02-01");
    let warned = send(&same).await.expect(422, "Forse c'è già");
    assert!(warned.says(&format!("/punto/cittadini/{there}")));
    assert!(
        warned.says("value=\"PIA\""),
        "nothing that was written is lost"
    );
    send(&with("d'alo", "PIA", ""))
        .await
        .expect(422, "Forse c'è già");
    send(&with("d'alo", "PIA", "1951-02-01"))
        .await
        .expect(200, "1º febbraio 1951");
    // Of another point's people nothing is told.
    send(&with("Bruni", "Ugo", "1950-02-01"))
        .await
        .expect(200, "1º febbraio 1950");
    let all = [&same[..], &[("altra", "1")]].concat();
    send(&all).await.expect(200, "1º febbraio 1950");
}
