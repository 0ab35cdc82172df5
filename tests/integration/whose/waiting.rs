//! What waited in a browser without a network.

use serde_json::json;

use super::{by_card, holder, learned, modules, says};
use crate::app::TestApp;
use crate::browser::Browser;
use crate::office::{DESK, entered};

const READ: &str = "/moduli/pagamenti-online/carte/letta";

/// Sends what waited for somebody, as the service worker does: its status, and where it led.
async fn send(browser: &Browser, app: &TestApp, mark: &str) -> (u16, String) {
    let sender = Browser::new(app)
        .with_header("sec-fetch-mode", "cors")
        .with_header("waited-for", mark);
    for name in ["autonomia", "punto"] {
        if let Some(value) = browser.cookie(name) {
            sender.set_cookie(name, &value);
        }
    }
    let answer = sender
        .once(awc::http::Method::POST, READ, Some(String::new()))
        .await;
    let to = answer.header("location").unwrap_or_default().to_owned();
    if let Some(session) = sender.cookie("autonomia") {
        browser.set_cookie("autonomia", &session);
    }
    (answer.status, to)
}

#[actix_web::test]
async fn what_waited_is_taken_only_from_whom_it_was_of() {
    let app = TestApp::new().await;
    let (one, other) = (
        app.card(&app.somebody()).await,
        app.card(&app.somebody()).await,
    );
    let before = app.totals().await;
    let browser = learned(&app).await;
    let guest = browser.cookie("chi").unwrap();
    by_card(&browser, &one).await;
    let person = browser.cookie("chi").unwrap();
    assert_ne!(guest, person);

    // Until they say that the guest was them it waits. What waited before anybody was here is not
    // theirs.
    for (mark, status) in [(guest.as_str(), 503), ("", 409), ("inventato", 409)] {
        assert_eq!(send(&browser, &app, mark).await.0, status, "{mark}");
    }
    assert_eq!(modules(&holder(&app, &browser)).await, []);
    says(&browser, "si").await;
    let own = holder(&app, &browser);
    let spid = ("spid".to_owned(), true);
    assert_eq!(modules(&own).await, std::slice::from_ref(&spid));
    // Now the guest's is theirs, and so is what they read themselves.
    for mark in [guest.as_str(), person.as_str()] {
        assert_eq!(send(&browser, &app, mark).await.0, 303, "{mark}");
    }
    assert_eq!(modules(&own).await.len(), 2);

    // The next person at the same browser gets nothing of it.
    browser.post("/esci", &[]).await;
    assert_eq!(browser.cookie("chi"), None);
    // With nobody in it waits for who it is of.
    let (status, to) = send(&browser, &app, &person).await;
    assert!(status == 303 && to.starts_with("/accedi"), "{status} {to}");
    by_card(&browser, &other).await;
    for mark in [guest.as_str(), person.as_str(), ""] {
        assert_eq!(send(&browser, &app, mark).await.0, 409, "{mark}");
    }
    assert_eq!(modules(&holder(&app, &browser)).await, []);
    assert_eq!(app.totals().await.services, before.services + 1);
    app.verify_totals().await;
}

#[actix_web::test]
async fn what_a_guest_did_before_there_was_a_session_is_theirs_but_not_on_a_device_of_a_point() {
    let app = TestApp::new().await;
    let browser = Browser::new(&app);
    assert_eq!(send(&browser, &app, "").await.0, 303);
    assert_eq!(send(&browser, &app, "").await.0, 303, "the next one too");
    let guest = holder(&app, &browser);
    let read = guest.api("/me/progress").await["modules"][0]["lessons_read"].clone();
    assert_eq!(read, json!(1));

    let tablet = entered(&app, DESK).await;
    tablet.post("/punto/dispositivo", &[]).await;
    tablet.post("/esci", &[]).await;
    assert_eq!(send(&tablet, &app, "").await.0, 409);
    tablet.post("/moduli/spid/che-cose-spid/letta", &[]).await;
    let mark = tablet.cookie("chi").unwrap();
    assert_eq!(
        send(&tablet, &app, &mark).await.0,
        303,
        "their own, a moment ago"
    );
    assert_eq!(send(&tablet, &app, "").await.0, 409);
    // The guest is over: what waited is nobody's.
    app.clock.set(app.clock.now() + time::Duration::minutes(30));
    assert_eq!(send(&tablet, &app, &mark).await.0, 409);
}
