//! The second factor: who must have it, and who tries to get round it.

use awc::http::Method;
use serde_json::json;
use time::Duration;

use super::{
    BOSS, DESK, ENDED, code, credentials, demand_second_factor, enter, inside, minutes, set_up,
};
use crate::app::{COORDINATOR, PASSWORD, TestApp};
use crate::browser::Browser;

/// The half-token of the form that asks for a code.
async fn half(browser: &Browser, email: &str) -> String {
    let asked = enter(browser, email, PASSWORD).await;
    asked.expect(200, "Scrivi il codice").hidden("half")
}

async fn with_code(browser: &Browser, half: &str, code: &str) -> u16 {
    let form = format!("half={half}&code={code}");
    let seen = browser
        .once(Method::POST, "/accedi/codice", Some(form))
        .await;
    match seen.header("location") {
        Some("/accedi") => 403,
        _ => seen.status,
    }
}

#[actix_web::test]
async fn a_coordinator_sets_it_up_before_anything_else_opens() {
    let app = TestApp::new().await;
    demand_second_factor(&app.db, true).await;
    // A program is told to set it up in a browser, and gets no token.
    let api = app.visitor();
    let refused = api
        .post("/sessions", credentials(COORDINATOR, PASSWORD))
        .await;
    let refused = refused.json(403);
    assert_eq!(refused["type"], "/problems/second-factor-missing");
    let browser = Browser::new(&app);
    let led = enter(&browser, COORDINATOR, PASSWORD).await;
    assert_eq!(led.at, "/accesso/secondo-fattore");
    for shut in [
        "/rete",
        "/rete/facilita",
        "/mio-percorso",
        "/accesso",
        "/amministrazione",
    ] {
        let seen = browser.once(Method::GET, shut, None).await;
        assert_eq!(
            seen.header("location"),
            Some("/accesso/secondo-fattore"),
            "{shut}"
        );
    }
    let token = browser.cookie("autonomia").unwrap();
    let thief = crate::actor::Actor::new(&app.address, Some(token));
    assert_eq!(thief.get("/api/v1/me").await.status, 401);
    let wrong = browser
        .post("/accesso/secondo-fattore", &[("code", "000000")])
        .await;
    wrong.expect(422, "Il codice non va bene");
    let (secret, codes) = set_up(&app, &browser).await;
    assert_eq!(codes.len(), 10);
    assert_eq!(browser.get("/rete").await.status, 200);
    // From now on the password alone opens nothing, in a browser or for a program.
    let needed = api
        .post("/sessions", credentials(COORDINATOR, PASSWORD))
        .await;
    assert_eq!(needed.json(401)["type"], "/problems/code-needed");
    app.clock.set(app.clock.now() + minutes(1));
    let mut with = credentials(COORDINATOR, PASSWORD);
    with["code"] = json!(code(&app, &secret));
    let opened = api.post("/sessions", with).await.json(201);
    assert_eq!(opened["roles"], json!(["coordinator"]));
    // Facilitators may have it, and need not.
    let desk = enter(&Browser::new(&app), DESK, PASSWORD).await;
    assert_eq!(desk.at, "/punto");
}

#[actix_web::test]
async fn a_code_opens_once_and_a_recovery_code_once() {
    let app = TestApp::new().await;
    let own = inside(&app, DESK).await;
    let (secret, codes) = set_up(&app, &own).await;
    let browser = Browser::new(&app);
    let half = half(&browser, DESK).await;
    // The code that confirmed it has been used.
    assert_eq!(with_code(&browser, &half, &code(&app, &secret)).await, 401);
    app.clock.set(app.clock.now() + minutes(1));
    let fresh = code(&app, &secret);
    // Seen over the shoulder and sent at the same moment: one of them enters.
    let thief = Browser::new(&app);
    let (one, other) = futures_util::join!(
        with_code(&browser, &half, &fresh),
        with_code(&thief, &half, &fresh),
    );
    let mut both = [one, other];
    both.sort_unstable();
    assert_eq!(both, [303, 401]);
    assert_eq!(
        with_code(&thief, &half, &codes[3].to_uppercase()).await,
        303
    );
    assert_eq!(with_code(&thief, &half, &codes[3]).await, 401, "used");
    // What was wrong is written down, beside what opened.
    let id = app.account(DESK).await;
    let rows = crate::audit::rows(&app.db).await;
    let about = rows.iter().filter(|row| row.subject_id == id);
    let failed = about.clone().filter(|row| row.action == "sign-in-failed");
    assert_eq!(failed.clone().count(), 3);
    assert!(failed.clone().all(|row| row.detail == "second factor"));
    // And where they are asked again, once inside.
    let wrong = own.post("/accesso/codici", &[("code", "000000")]).await;
    wrong.expect(422, "Il codice non va bene");
    assert!(app.audited("proof-failed", &id).await);
    // One step of clock difference is forgiven, two are not.
    let ahead = autonomia::accounts::totp::code(&secret, app.clock.now() + Duration::seconds(60));
    assert_eq!(with_code(&thief, &half, &ahead).await, 401);
    let ahead = autonomia::accounts::totp::code(&secret, app.clock.now() + Duration::seconds(30));
    assert_eq!(with_code(&thief, &half, &ahead).await, 303);
    // What is between password and code is no session, and does not wait for ever.
    let token = crate::actor::Actor::new(&app.address, Some(half.clone()));
    assert_eq!(token.get("/api/v1/me").await.status, 401);
    app.clock.set(app.clock.now() + minutes(5));
    assert_eq!(with_code(&thief, &half, &code(&app, &secret)).await, 403);
}

#[actix_web::test]
async fn guessing_the_code_is_bounded_whatever_the_address() {
    let app = TestApp::behind_proxy().await;
    let own = inside(&app, DESK).await;
    set_up(&app, &own).await;
    let mut judged = 0;
    for hour in 0..24_u32 {
        for number in 0..8 {
            let net = format!("203.{hour}.{number}.9");
            let mut body = credentials(DESK, PASSWORD);
            body["code"] = json!(format!("{:06}", 100_000 + hour * 8 + number));
            let thief = app.visitor().from(&net);
            let answer = thief.post("/sessions", body).await;
            judged += u32::from(answer.status == 401);
        }
        app.clock.set(app.clock.now() + minutes(60));
    }
    // Of a million codes three hold: below one in five thousand for a day of trying.
    assert!((5..=60).contains(&judged), "{judged} codes judged in a day");
}

#[actix_web::test]
async fn who_lost_the_phone_is_let_in_by_an_administrator_and_it_is_written_down() {
    let app = TestApp::new().await;
    let own = inside(&app, DESK).await;
    set_up(&app, &own).await;
    let (boss, id) = (super::boss(&app).await, app.account(DESK).await);
    let reset = format!("/amministrazione/{id}/secondo-fattore");
    boss.post(&reset, &[]).await.expect(200, "è tolto");
    assert_eq!(own.get("/punto").await.at, ENDED);
    assert_eq!(enter(&own, DESK, PASSWORD).await.at, "/punto");
    assert!(app.audited("second-factor-reset", &id).await);
    // And by the shell, where the only administrator lost theirs.
    set_up(&app, &boss).await;
    let output = crate::administration::autonomia(
        app.db.url(),
        &["user", "reset-second-factor", "--email", BOSS],
    );
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    assert_eq!(
        enter(&Browser::new(&app), BOSS, PASSWORD).await.at,
        "/amministrazione"
    );
}
