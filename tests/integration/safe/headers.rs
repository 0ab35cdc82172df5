//! What browsers are told, and what is believed of what they say.

use autonomia::web::state::Settings;
use awc::http::Method;
use serde_json::json;
use time::macros::date;

use crate::app::{COORDINATOR, PASSWORD, TestApp};
use crate::browser::Browser;
use crate::desk_people::desk;
use crate::people::Person;

#[actix_web::test]
async fn every_answer_keeps_other_sites_and_old_connections_out() {
    let settings = Settings {
        secure_cookies: true,
        ..Settings::default()
    };
    let app = TestApp::with_settings(settings).await;
    let browser = Browser::new(&app);
    for path in [
        "/",
        "/nulla",
        "/api/v1/me",
        "/api/v1/modules",
        "/assets/nulla.css",
    ] {
        let seen = browser.once(Method::GET, path, None).await;
        assert_eq!(
            seen.header("cross-origin-resource-policy"),
            Some("same-origin"),
            "{path}"
        );
        assert_eq!(
            seen.header("strict-transport-security"),
            Some("max-age=63072000"),
            "{path}"
        );
    }
    let plain = TestApp::new().await;
    let seen = Browser::new(&plain).get("/").await;
    assert_eq!(
        seen.header("strict-transport-security"),
        None,
        "not where there is no TLS"
    );
}

#[actix_web::test]
async fn behind_tls_only_cookies_that_are_this_hosts_alone_open_anything() {
    let settings = Settings {
        secure_cookies: true,
        ..Settings::default()
    };
    let app = TestApp::with_settings(settings).await;
    let browser = Browser::new(&app);
    let fields = [("email", COORDINATOR), ("password", PASSWORD)];
    let pairs = fields.map(|(name, value)| format!("{name}={}", crate::actor::encode(value)));
    let entered = browser
        .once(Method::POST, "/accedi", Some(pairs.join("&")))
        .await;
    assert_eq!(entered.status, 303);
    let set = entered.header("set-cookie").unwrap();
    let mut lines = set.lines();
    let session = lines.find(|line| line.starts_with("__Host-autonomia="));
    let set = session.unwrap_or_else(|| panic!("{set}"));
    for part in ["Secure", "HttpOnly", "Path=/", "SameSite=Lax"] {
        assert!(set.contains(part), "{set}");
    }
    assert!(!set.contains("Domain"));
    assert_eq!(browser.get("/rete").await.status, 200);
    // A neighbour's host can plant the name without the prefix: it enters as nobody.
    let token = browser.cookie("__Host-autonomia").unwrap();
    let planted = Browser::new(&app);
    planted.set_cookie("autonomia", &token);
    let sent_away = planted.once(Method::GET, "/rete", None).await;
    assert_eq!(
        sent_away.header("location"),
        Some("/accedi?ritorno=%2Frete")
    );
    // A guest from before TLS goes on.
    let guest = app.guest().await;
    let token = guest.token().unwrap();
    let before = Browser::new(&app);
    before.set_cookie("autonomia", token);
    assert_eq!(before.get("/mio-percorso").await.status, 200);
    // The language is remembered under the other name too.
    let seen = browser.once(Method::GET, "/?lingua=en", None).await;
    assert!(
        seen.header("set-cookie")
            .unwrap()
            .starts_with("__Host-lingua=en")
    );
    assert!(browser.get("/").await.text.contains("lang=\"en\""));
}

#[actix_web::test]
async fn what_is_about_a_person_is_never_kept() {
    let app = TestApp::new().await;
    let person = Person::born(date!(1954 - 03 - 02), 1);
    let citizen = app.citizen_with(&person).await;
    let api = app.facilitator().await;
    let made = api
        .post("/citizens", app.somebody().record(app.point()))
        .await
        .json(201);
    let id = made["id"].as_str().unwrap().to_owned();
    for (who, path) in [
        (&citizen, "/api/v1/me".to_owned()),
        (&citizen, "/api/v1/me/progress".to_owned()),
        (&api, format!("/api/v1/citizens/{id}")),
        (&api, "/api/v1/citizens?q=ro".to_owned()),
        (&api, "/api/v1/points/bari-centro/stuck".to_owned()),
    ] {
        let answer = who.get(&path).await;
        assert_eq!(answer.status, 200, "{path}");
        let kept = answer.header("cache-control").unwrap();
        assert!(kept.contains("no-store"), "{path}: {kept}");
    }
    let desk = desk(&app, "sportello@example.org").await;
    for path in [
        "/punto",
        &format!("/punto/cittadini/{id}"),
        "/punto/fermi",
        "/mio-percorso",
    ] {
        let kept = desk.get(path).await;
        let kept = kept.header("cache-control").unwrap();
        assert!(kept.contains("no-store"), "{path}: {kept}");
    }
    let left = desk.once(Method::POST, "/esci", Some(String::new())).await;
    assert_eq!(
        left.header("clear-site-data"),
        Some("\"cache\", \"storage\"")
    );
}

#[actix_web::test]
async fn what_a_browser_calls_the_site_is_never_printed() {
    let app = TestApp::plain(Settings {
        behind_proxy: true,
        ..Settings::default()
    })
    .await;
    let evil = Browser::new(&app)
        .with_header("host", "evil.example.org")
        .with_header("x-forwarded-host", "evil.example.org")
        .with_header("forwarded", "host=evil.example.org");
    let desk = desk(&app, "sportello@example.org").await;
    let api = app.facilitator().await;
    let made = api
        .post("/citizens", app.somebody().record(app.point()))
        .await
        .json(201);
    let card = desk
        .with_header("host", "evil.example.org")
        .post(
            &format!("/punto/cittadini/{}/tessera", made["id"].as_str().unwrap()),
            &[],
        )
        .await
        .expect(200, "Qui manca l'indirizzo del sito");
    assert!(!card.says("evil.example") && !card.says("svg+xml;base64"));
    for path in [
        "/",
        "/moduli/spid",
        "/moduli/spid/scheda",
        "/moduli/spid/stampa",
        "/nulla",
        "/robots.txt",
    ] {
        let seen = evil.get(path).await;
        assert!(!seen.says("evil.example"), "{path}");
    }
    let sheet = evil.get("/moduli/spid/scheda").await;
    sheet.expect(200, "Qui manca l'indirizzo del sito");
    assert_eq!(evil.get("/moduli/spid/scheda/qr.svg").await.status, 404);
}

#[actix_web::test]
async fn another_address_is_believed_only_of_a_proxy() {
    let app = TestApp::plain(Settings::default()).await;
    let wrong = json!({ "card": "AAAA-AAAA-A", "pin": "00000" }).to_string();
    let mut seen = Vec::new();
    for number in 0..25 {
        let browser =
            Browser::new(&app).with_header("x-forwarded-for", &format!("203.0.113.{number}"));
        seen.push(browser.json("/api/v1/sessions", &wrong).await);
    }
    assert!(seen.contains(&429), "25 addresses that are one: {seen:?}");
}
