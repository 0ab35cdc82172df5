//! Whose it is what was done on a device before somebody entered.

mod back;
mod devices;
mod since;
mod waiting;

use awc::http::Method;
use serde_json::{Value, json};

use crate::actor::Actor;
use crate::app::{PASSWORD, TestApp};
use crate::browser::{Browser, Seen};
use crate::office::DESK;

const QUESTION: &str = "/accedi/sei-tu";
const SENTENCE: &str =
    "Su questo dispositivo qualcuno ha finito «SPID: la tua identità digitale». Sei tu?";

/// A browser in which a guest has read a lesson and passed the quiz of SPID.
async fn learned(app: &TestApp) -> Browser {
    let browser = Browser::new(app);
    learn(app, &browser).await;
    browser
}

async fn learn(app: &TestApp, browser: &Browser) {
    let read = browser.post("/moduli/spid/che-cose-spid/letta", &[]).await;
    read.expect(200, "Lezione 2 di");
    app.pass(&holder(app, browser), "spid").await;
}

/// Whoever has a browser open, as a program.
fn holder(app: &TestApp, browser: &Browser) -> Actor {
    let token = browser.cookie("autonomia").unwrap();
    app.visitor().with_token(&json!({ "token": token }))
}

async fn by_card(browser: &Browser, card: &Value) -> Seen {
    let text = |name: &str| card[name].as_str().unwrap().to_owned();
    let fields = [("tessera", text("card")), ("pin", text("pin"))];
    let fields: Vec<_> = fields.iter().map(|(n, v)| (*n, v.as_str())).collect();
    browser.post("/tessera", &fields).await
}

async fn says(browser: &Browser, answer: &str) -> Seen {
    browser.post(QUESTION, &[("risposta", answer)]).await
}

/// The modules that somebody has begun or done.
async fn modules(who: &Actor) -> Vec<(String, bool)> {
    let progress = who.api("/me/progress").await;
    let modules = progress["modules"].as_array().unwrap().iter();
    let name = |one: &Value| one["module"].as_str().unwrap().to_owned();
    modules
        .map(|one| (name(one), one["completed_at"].is_string()))
        .collect()
}

#[actix_web::test]
async fn entering_asks_whose_it_is_and_until_somebody_says_yes_nothing_moves_and_nothing_counts() {
    let app = TestApp::new().await;
    let card = app.card(&app.somebody()).await;
    let browser = learned(&app).await;
    let before = app.totals().await;

    let page = by_card(&browser, &card).await.expect(200, SENTENCE);
    assert_eq!(page.at, QUESTION);
    // No comes first, so it is what the key Enter presses too.
    let buttons = page.all("name=\"risposta\" value=\"", '"');
    assert_eq!(buttons, ["no", "si"]);
    // A second tab, or going on where one left off: the question is there still.
    for path in ["/mio-percorso", "/riprendi"] {
        assert!(browser.get(path).await.at.starts_with(QUESTION), "{path}");
    }
    let person = holder(&app, &browser);
    assert_eq!(modules(&person).await, []);
    assert_eq!(app.totals().await, before);

    let mine = says(&browser, "si").await.expect(200, "Completati");
    assert_eq!(mine.at, "/mio-percorso");
    assert_eq!(modules(&person).await, [("spid".to_owned(), true)]);
    let after = app.totals().await;
    assert_eq!(
        (after.citizens, after.online),
        (before.citizens + 1, before.online + 1)
    );
    // Sent again, or otherwise from another tab: it was answered.
    for answer in ["no", "si"] {
        says(&browser, answer).await.expect(200, "Completati");
    }
    assert_eq!(browser.get(QUESTION).await.at, "/mio-percorso");
    assert_eq!(app.totals().await, after);
    app.verify_totals().await;
}

#[actix_web::test]
async fn after_a_no_the_guest_is_this_browsers_still_and_no_other_ones() {
    let app = TestApp::new().await;
    let (one, other) = (
        app.card(&app.somebody()).await,
        app.card(&app.somebody()).await,
    );
    let before = app.totals().await;
    let browser = learned(&app).await;
    let guest = browser.cookie("autonomia").unwrap();
    by_card(&browser, &one).await.expect(200, SENTENCE);
    // A no by itself: whatever is not a yes is one.
    let next = says(&browser, "forse").await;
    assert_eq!(next.at, "/mio-percorso");
    assert_eq!(modules(&holder(&app, &browser)).await, []);
    // Said again, it is over.
    assert_eq!(says(&browser, "si").await.at, "/mio-percorso");
    assert_eq!(modules(&holder(&app, &browser)).await, []);

    // Who learned here finds it again, whoever pressed the first button without reading included.
    browser.post("/esci", &[]).await;
    let mine = browser.get("/mio-percorso").await.expect(200, "Completati");
    assert!(mine.says("SPID"), "{}", mine.text);
    browser.post("/moduli/spid/che-cose-spid/letta", &[]).await;
    assert_eq!(browser.cookie("autonomia"), None, "it is no new guest");
    // The next person is asked, and so is the same one again.
    by_card(&browser, &other).await.expect(200, SENTENCE);
    says(&browser, "no").await;
    assert_eq!(modules(&holder(&app, &browser)).await, []);
    // The session ends by itself.
    app.clock.set(app.clock.now() + time::Duration::hours(13));
    browser.get("/mio-percorso").await.expect(200, "Completati");
    assert_eq!(app.totals().await, before);
    by_card(&browser, &one).await.expect(200, SENTENCE);
    says(&browser, "si").await.expect(200, "Completati");
    browser.post("/esci", &[]).await;
    assert!(!browser.get("/mio-percorso").await.says("Completati"));
    // The cookie of then opens nothing any more.
    browser.set_cookie("autonomia", &guest);
    assert!(!browser.get("/mio-percorso").await.says("Completati"));
    app.verify_totals().await;
}

#[actix_web::test]
async fn whoever_read_and_answered_nothing_is_asked_about_nothing() {
    let app = TestApp::new().await;
    let card = app.card(&app.somebody()).await;
    let browser = Browser::new(&app);
    browser
        .post("/moduli/spid/quiz", &[])
        .await
        .expect(200, "Domanda 1 di 10");
    assert_eq!(by_card(&browser, &card).await.at, "/mio-percorso");

    // One lesson is something.
    let reader = Browser::new(&app);
    reader.post("/moduli/spid/che-cose-spid/letta", &[]).await;
    let words = "qualcuno ha cominciato «SPID: la tua identità digitale». Sei tu?";
    by_card(&reader, &card).await.expect(200, words);
}

#[actix_web::test]
async fn a_question_left_open_goes_on_with_the_same_person_and_ends_with_another() {
    let app = TestApp::new().await;
    let (one, other) = (
        app.card(&app.somebody()).await,
        app.card(&app.somebody()).await,
    );
    let before = app.totals().await;
    let browser = learned(&app).await;
    let guest = browser.cookie("autonomia").unwrap();
    by_card(&browser, &one).await.expect(200, SENTENCE);
    // Entering again: they never said anything.
    by_card(&browser, &one).await.expect(200, SENTENCE);
    // Also after that session ended by itself.
    app.clock.set(app.clock.now() + time::Duration::minutes(30));
    by_card(&browser, &one).await.expect(200, SENTENCE);
    // The form sent twice: the first answer is lost, and the browser has the guest's cookie still.
    browser.set_cookie("autonomia", &guest);
    by_card(&browser, &one).await.expect(200, SENTENCE);
    // Somebody else with that cookie is asked nothing, and whose question it was keeps it.
    let thief = Browser::new(&app);
    thief.set_cookie("autonomia", &guest);
    assert_eq!(by_card(&thief, &other).await.at, "/mio-percorso");
    browser.get(QUESTION).await.expect(200, SENTENCE);
    // Somebody else enters here: it is over.
    assert_eq!(by_card(&browser, &other).await.at, "/mio-percorso");
    assert_eq!(says(&browser, "si").await.at, "/mio-percorso");
    assert_eq!(by_card(&browser, &one).await.at, "/mio-percorso");
    assert_eq!(app.totals().await, before);
}

#[actix_web::test]
async fn the_staff_are_asked_too_and_registering_or_another_guests_id_moves_nothing() {
    let app = TestApp::new().await;
    let before = app.totals().await;
    let browser = learned(&app).await;
    let fields = [
        ("email", DESK),
        ("password", PASSWORD),
        ("ritorno", "/punto"),
    ];
    let page = browser.post("/accedi", &fields).await.expect(200, SENTENCE);
    assert_eq!(page.at, "/accedi/sei-tu?ritorno=%2Fpunto");
    assert_eq!(page.hidden("ritorno"), "/punto");

    // Whoever is registered at this desk now is not the guest.
    let record = app.somebody().record(app.point());
    let mut record: Vec<_> = record
        .as_object()
        .unwrap()
        .iter()
        .filter(|(name, _)| *name != "point")
        .map(|(name, value)| (name.as_str(), value.as_str().unwrap()))
        .collect();
    record.push(("notice", "1"));
    let made = browser.post("/punto/cittadini", &record).await;
    assert!(made.at.starts_with("/punto/cittadini/"), "{}", made.at);
    assert_eq!(app.totals().await, before);
    let no = browser
        .post(QUESTION, &[("risposta", "no"), ("ritorno", "/punto")])
        .await;
    assert_eq!(no.at, "/punto");

    // Whatever else is sent, the answer is about the session's own question.
    let victim = learned(&app).await;
    let victim = holder(&app, &victim);
    let id = victim.api("/me").await["learner"]
        .as_str()
        .unwrap()
        .to_owned();
    let thief = Browser::new(&app);
    by_card(&thief, &app.card(&app.somebody()).await).await;
    let fields = [
        ("risposta", "si"),
        ("guest", &id),
        ("ospite", &id),
        ("guest_id", &id),
    ];
    thief.post(QUESTION, &fields).await.expect(200, "percorso");
    assert_eq!(modules(&holder(&app, &thief)).await, []);
    assert_eq!(modules(&victim).await, [("spid".to_owned(), true)]);
    assert_eq!(app.totals().await, before);
}

#[actix_web::test]
async fn a_program_gives_a_guests_progress_along_by_its_token_alone() {
    let app = TestApp::new().await;
    let card = app.card(&app.somebody()).await;
    let body = card.to_string();
    // A page's cookie is no answer: nothing moves, and the guest goes on.
    let browser = learned(&app).await;
    let before = app.totals().await;
    assert_eq!(browser.json("/api/v1/sessions", &body).await, 201);
    assert_eq!(app.totals().await, before);
    browser.get("/mio-percorso").await.expect(200, "Completati");

    // The token in the header is. It is dead afterwards.
    let token = browser.cookie("autonomia").unwrap();
    let guest = holder(&app, &browser);
    let person = app.enter(&guest, &card).await;
    assert_eq!(modules(&person).await, [("spid".to_owned(), true)]);
    assert_eq!(app.totals().await.online, before.online + 1);
    assert_eq!(guest.get("/api/v1/me").await.status, 401);
    browser.set_cookie("autonomia", &token);
    browser.get("/punto").await.expect(200, "Accedi");
    let answer = browser.once(Method::GET, QUESTION, None).await;
    assert_eq!(
        answer
            .header("location")
            .map(|to| to.starts_with("/accedi")),
        Some(true)
    );
    app.verify_totals().await;
}
