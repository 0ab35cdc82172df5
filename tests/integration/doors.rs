//! Entering with the QR of a card, and trying many of them.

use std::collections::BTreeSet;

use awc::http::Method;
use futures_util::future::join_all;
use serde_json::json;
use time::Duration;
use time::macros::date;

use crate::app::{PASSWORD, TestApp};
use crate::browser::Browser;
use crate::desk_people::desk;
use crate::people::Person;

#[actix_web::test]
async fn the_qr_of_a_card_asks_for_the_pin_alone_and_leads_back_to_learning() {
    let app = TestApp::new().await;
    let card = app.card(&Person::born(date!(1954 - 03 - 02), 1)).await;
    let (code, pin) = (
        card["card"].as_str().unwrap(),
        card["pin"].as_str().unwrap(),
    );
    let phone = Browser::new(&app);
    let address = format!("/tessera/{code}");
    let form = phone.get(&address).await.expect(200, "Scrivi solo il PIN");
    assert_eq!(form.hidden("tessera"), code);
    assert!(!form.says("id=\"tessera\""));
    let back = form.hidden("ritorno");
    let with = |pin: &str| {
        let fields = [
            ("tessera", code),
            ("letta", "1"),
            ("ritorno", &back),
            ("pin", pin),
        ];
        let pairs = fields.map(|(name, value)| format!("{name}={}", crate::actor::encode(value)));
        pairs.join("&")
    };
    let wrong = phone.once(Method::POST, "/tessera", Some(with("no"))).await;
    let wrong = wrong.expect(401, "non corrisponde");
    assert_eq!(wrong.hidden("tessera"), code, "only the PIN is asked again");
    let entered = phone.once(Method::POST, "/tessera", Some(with(pin))).await;
    assert_eq!(entered.status, 303);
    assert_eq!(entered.header("location"), Some("/riprendi"));
    // Who is in already goes on at once; anybody else is asked.
    let again = phone.once(Method::GET, &address, None).await;
    assert_eq!(again.header("location"), Some("/riprendi"));
    let other = Browser::new(&app).get("/tessera/CIAO-0000-1").await;
    assert!(other.status == 200 && other.says("id=\"tessera\""));
}

#[actix_web::test]
async fn the_sheet_of_a_card_has_its_qr_its_steps_and_the_address_of_the_site() {
    let app = TestApp::new().await;
    let api = app.facilitator().await;
    let record = Person::born(date!(1954 - 03 - 02), 1).record(app.point());
    let made = api.post("/citizens", record).await.json(201);
    let desk = desk(&app, "sportello@example.org").await;
    let path = format!("/punto/cittadini/{}", made["id"].as_str().unwrap());
    let sheet = desk.post(&format!("{path}/tessera"), &[]).await;
    let sheet = sheet.expect(200, "Ritaglia la tessera");
    assert!(sheet.says("src=\"data:image/svg+xml;base64,"));
    let site = app.address.rsplit("//").next().unwrap();
    assert!(sheet.says(&format!("{site}/tessera")));
    assert_eq!(
        sheet
            .all("<li>", '<')
            .iter()
            .filter(|li| li.contains("PIN"))
            .count(),
        1
    );
    let page = desk.get(&path).await;
    let again = page.all("<a class=\"btn\" href=\"", '"');
    let again = desk.get(&again[0]).await.expect(200, "Ritaglia la tessera");
    assert!(!again.says("<dt>PIN</dt>"), "the PIN is shown once");
}

#[actix_web::test]
async fn guessing_codes_from_one_address_comes_to_an_end() {
    let app = TestApp::new().await;
    let card = app.card(&Person::born(date!(1954 - 03 - 02), 1)).await;
    let thief = Browser::new(&app).with_header("x-forwarded-for", "203.0.113.7");
    let mut seen = BTreeSet::new();
    for number in 0..70 {
        let guess = format!("{number:05}");
        let tried = match number % 2 {
            0 => {
                let card = [("tessera", "AAAA-AAAA-A"), ("pin", &guess)];
                thief.post("/tessera", &card).await
            }
            _ => {
                let account = format!("persona{number}@example.org");
                let account = [("email", account.as_str()), ("password", &guess)];
                thief.post("/accedi", &account).await
            }
        };
        seen.insert((number >= 60, tried.status));
        if number == 69 {
            let tried = tried.expect(429, "Troppe richieste");
            let wait: u32 = tried.header("retry-after").unwrap().parse().unwrap();
            assert!((1..=600).contains(&wait));
        }
    }
    assert_eq!(seen, BTreeSet::from([(false, 401), (true, 429)]));
    // The other doors are the same door; a right card has to wait too.
    let fields = [("email", "x@example.org"), ("password", "no")];
    assert_eq!(thief.post("/accedi", &fields).await.status, 429);
    let right = [
        ("tessera", card["card"].as_str().unwrap()),
        ("pin", card["pin"].as_str().unwrap()),
    ];
    assert_eq!(thief.post("/tessera", &right).await.status, 429);
    // Somebody at another address is not held up.
    let other = Browser::new(&app).with_header("x-forwarded-for", "203.0.113.8");
    assert_eq!(other.post("/tessera", &right).await.at, "/mio-percorso");
    app.clock.set(app.clock.now() + Duration::minutes(10));
    assert_eq!(thief.post("/tessera", &right).await.at, "/mio-percorso");
}

#[actix_web::test]
async fn a_class_of_thirty_enters_from_one_address_all_at_once() {
    let app = TestApp::new().await;
    let mut cards = Vec::new();
    for number in 1..=30 {
        cards.push(app.card(&Person::born(date!(1954 - 03 - 02), number)).await);
    }
    // Each of them mistypes once, and enters.
    let enter = async |card: &serde_json::Value| {
        let mut mistyped = card.clone();
        mistyped["pin"] = json!("0");
        let wrong = app.visitor().post("/sessions", mistyped).await.status;
        let right = app.visitor().post("/sessions", card.clone()).await.status;
        (wrong.as_u16(), right.as_u16())
    };
    let class = join_all(cards.iter().map(enter)).await;
    assert_eq!(class, [(401, 201); 30]);
    // A desk of forty with the right password: none of them waits for the others to be judged.
    let staff = json!({ "email": "sportello@example.org", "password": PASSWORD });
    let post = async |body: &serde_json::Value| app.visitor().post("/sessions", body.clone()).await;
    let desk = join_all((0..40).map(|_| post(&staff))).await;
    assert!(desk.iter().all(|answer| answer.status == 201));
    // Thirty wrong tries more are enough for this address; a right one waits as well.
    let wrong = (0..60).map(|n| json!({ "card": format!("AAAA-{n:04}-A"), "pin": "00000" }));
    let wrong: Vec<_> = wrong.collect();
    let tries = join_all(wrong.iter().map(post)).await;
    let judged = tries.iter().filter(|answer| answer.status == 401).count();
    assert_eq!(judged, 30);
    let waits = app.visitor().post("/sessions", staff).await;
    assert_eq!(waits.status, 429);
    assert!(waits.header("retry-after").is_some());
}

#[actix_web::test]
async fn guests_and_reports_from_one_address_are_so_many_and_no_more() {
    let app = TestApp::new().await;
    let far = Browser::new(&app).with_header("x-forwarded-for", "2001:db8::7");
    let mut made = 0;
    while far.once(Method::POST, "/api/v1/guests", None).await.status == 201 {
        made += 1;
        assert!(made <= 120);
    }
    assert_eq!(made, 120);
    let lesson = far
        .once(Method::POST, "/moduli/spid/quiz", Some(String::new()))
        .await;
    assert_eq!(lesson.status, 429, "a guest of the pages is a guest too");
    // A program on this machine is its administrator's.
    for _ in 0..130 {
        app.guest().await;
    }
    let report = [
        ("text", "Il bottone non si vede."),
        ("page", ""),
        ("email", ""),
    ];
    for number in 0..21 {
        let sent = far.post("/accessibilita/segnala", &report).await;
        assert_eq!(sent.status, if number < 20 { 200 } else { 429 });
    }
}
