//! Every form leads to a page that is only read: reload and Back never send it again, and what is
//! sent twice is done once.

use std::collections::BTreeSet;

use autonomia::domain::role::Role;
use awc::http::Method;
use time::Duration;

use crate::access::{self, Person, person};
use crate::app::{COORDINATOR, PASSWORD, TestApp, add_staff};
use crate::audit::{rows, writes::writes};
use crate::browser::{Browser, Seen};

const DESK: &str = "sportello@example.org";
const ADMIN: &str = "admin@example.org";

/// A script asks for it, and gets no page.
const NO_PAGE: &str = "/accesso/resta";

/// Where the values of this test find nothing: the page of that is what they lead to.
const NOTHING_THERE: [&str; 11] = [
    "/accesso/sessioni/{session}/chiudi",
    "/aiuto",
    "/amministrazione/{account}/ruoli",
    "/amministrazione/{account}/ruoli/togli",
    "/amministrazione/{account}/sessioni/chiudi",
    "/amministrazione/{account}/{act}",
    "/moduli/{module}/{lesson}/risposte",
    "/rete/facilita/cancellati/{service}/{citizen}",
    "/rete/facilita/tolti/{service}",
    "/rete/punti/{code}/facilitatori/{account}",
    "/rete/segnalazioni/{id}",
];

async fn staff(app: &TestApp, email: &str) -> Browser {
    let browser = Browser::new(app);
    let fields = [("email", email), ("password", PASSWORD)];
    browser.post("/accedi", &fields).await;
    assert!(browser.cookie("autonomia").is_some());
    browser
}

/// One of each who may send a form.
async fn everybody(app: &TestApp, person: &Person) -> Vec<Browser> {
    add_staff(&app.db, ADMIN, Role::Admin, None, app.clock.now()).await;
    let citizen = Browser::new(app);
    let card = ["card", "pin"].map(|name| person.card[name].as_str().unwrap());
    let fields = [("tessera", card[0]), ("pin", card[1])];
    citizen.post("/tessera", &fields).await;
    vec![
        staff(app, DESK).await,
        staff(app, COORDINATOR).await,
        staff(app, ADMIN).await,
        citizen,
        Browser::new(app),
    ]
}

/// Where a form leads, after checking that it leads somewhere.
#[track_caller]
fn led(sent: &Seen, what: &str) -> String {
    assert_eq!(sent.status, 303, "{what}: {}", sent.text);
    sent.header("location").unwrap().to_owned()
}

#[actix_web::test]
async fn every_form_of_the_site_leads_to_a_page_that_can_be_reloaded() {
    let app = TestApp::new().await;
    let person = person(&app).await;
    let everybody = everybody(&app, &person).await;
    let all = writes(&app).await;
    let forms = all.iter().filter_map(|one| one.strip_prefix("POST "));
    let mut forms: Vec<_> = forms.filter(|one| !one.starts_with("/api/")).collect();
    assert!(forms.len() > 60, "{forms:?}");
    // What ends a thing comes after what needs it.
    let ends = ["/annulla", "/chiudi", "/ritira", "/unisci/{other}"];
    forms.sort_by_key(|one| (*one == "/esci", ends.iter().any(|end| one.ends_with(end))));
    let mut reached = BTreeSet::new();
    for address in forms {
        let path = access::filled(address, &person);
        let whole = access::form(&access::fields(address, app.point(), &person));
        for browser in &everybody {
            for body in [String::new(), whole.clone()] {
                let what = format!("POST {path} {body}");
                let sent = browser.bare(Method::POST, &path, Some(body)).await;
                if address == NO_PAGE && sent.status == 204 {
                    reached.insert(address);
                    continue;
                }
                let to = led(&sent, &what);
                if to == "/accedi"
                    || to.starts_with("/accedi?ritorno")
                    || to.starts_with("/accedi?finita")
                {
                    continue;
                }
                let page = browser.once(Method::GET, &to, None).await;
                assert!(
                    page.status != 405 && page.status < 500,
                    "{what}: {to} {}",
                    page.status
                );
                if !matches!(page.status, 403 | 404) {
                    reached.insert(address);
                }
                if to.contains("risposta=") {
                    assert_eq!(page.header("cache-control"), Some("private, no-store"));
                    let again = browser.once(Method::GET, &to, None).await;
                    assert_eq!(
                        (again.status, again.text),
                        (page.status, page.text),
                        "{what}"
                    );
                }
            }
        }
    }
    let all = all.iter().filter_map(|one| one.strip_prefix("POST "));
    let all = all.filter(|one| !one.starts_with("/api/"));
    let never: Vec<_> = all.filter(|one| !reached.contains(one)).collect();
    assert_eq!(never, NOTHING_THERE, "nobody could send these");
    app.verify_totals().await;
}

/// The page with the PIN of a card that replaces another, and its address.
async fn card(browser: &Browser, person: &Person) -> (String, Seen) {
    let path = format!("/punto/cittadini/{}/tessera", person.id);
    let asked = browser.post(&path, &[]).await.hidden("al_posto_di");
    let because = format!("al_posto_di={asked}&perche=lost");
    let sent = browser.bare(Method::POST, &path, Some(because)).await;
    let to = led(&sent, &path);
    let page = browser.once(Method::GET, &to, None).await;
    (to, page.expect(200, "PIN"))
}

#[actix_web::test]
async fn a_pin_is_shown_again_to_its_session_alone_and_leaves_a_row_each_time() {
    let app = TestApp::new().await;
    let person = person(&app).await;
    let desk = staff(&app, DESK).await;
    let before = rows(&app.db).await.len();
    let (to, page) = card(&desk, &person).await;
    let told = |rows: Vec<autonomia::db::entities::audit::Model>| {
        let told = rows.into_iter().skip(before).map(|row| row.action);
        told.collect::<Vec<_>>()
    };
    let told = told(rows(&app.db).await);
    assert_eq!(told.last().map(String::as_str), Some("card-issued"));
    assert_eq!(told.iter().filter(|one| *one == "card-issued").count(), 1);
    let again = desk.once(Method::GET, &to, None).await;
    assert_eq!(again.text, page.text);
    let read = rows(&app.db).await;
    let last = read.last().unwrap();
    assert_eq!(
        (last.action.as_str(), last.subject_id.as_str()),
        ("record-read", &*person.id)
    );
    assert_eq!(last.role, Some(Role::Facilitator));

    // Another session of the same person, and whoever has no session, read nothing.
    for other in [staff(&app, DESK).await, Browser::new(&app)] {
        let gone = other.once(Method::GET, &to, None).await;
        let gone = gone.expect(200, "Questa risposta non c'è più");
        assert!(!gone.says("PIN"));
        let on = gone.all("class=\"btn btn-primary\" href=\"", '"');
        assert_eq!(on, ["/punto"]);
    }
    let token = desk.cookie("autonomia").unwrap();
    desk.post("/esci", &[]).await;
    desk.set_cookie("autonomia", &token);
    let gone = desk.once(Method::GET, &to, None).await;
    assert!(gone.says("Questa risposta non c'è più"));

    let desk = staff(&app, DESK).await;
    let (to, _) = card(&desk, &person).await;
    app.clock.set(app.clock.now() + Duration::minutes(9));
    desk.once(Method::GET, &to, None).await.expect(200, "PIN");
    app.clock.set(app.clock.now() + Duration::minutes(1));
    let gone = desk.once(Method::GET, &to, None).await;
    gone.expect(200, "Questa risposta non c'è più");
}

#[actix_web::test]
async fn an_answer_stands_on_the_page_of_its_form_and_a_script_gets_it_at_once() {
    let app = TestApp::new().await;
    let desk = staff(&app, DESK).await;
    let path = "/punto/cittadini";
    let from = format!("{}/punto/cittadini/nuovo?risposta=x&a=b", app.address);
    let token = desk.cookie("autonomia").unwrap();
    let at = |name, value: &str| {
        let browser = Browser::new(&app).with_header(name, value);
        browser.set_cookie("autonomia", &token);
        browser
    };
    let send =
        async |browser: &Browser| browser.bare(Method::POST, path, Some(String::new())).await;
    let to = led(&send(&at("referer", &from)).await, path);
    assert!(
        to.starts_with("/punto/cittadini/nuovo?a=b&risposta="),
        "{to}"
    );
    let elsewhere = at("referer", "http://altrove.example/punto/servizi");
    assert!(led(&send(&elsewhere).await, path).starts_with("/punto?risposta="));
    assert_eq!(send(&at("sec-fetch-mode", "cors")).await.status, 422);
    assert_eq!(send(&at("sec-fetch-mode", "navigate")).await.status, 303);
    let strange = at("sec-fetch-site", "cross-site");
    assert_eq!(send(&strange).await.status, 403);

    // Whoever enters or leaves takes along what a browser without a session was answered.
    let browser = Browser::new(&app);
    let wrong = [("email", "qualcuno@example.org"), ("password", "sbagliata")];
    let page = browser.post("/accedi", &wrong).await;
    let page = page.expect(401, "qualcuno@example.org");
    browser
        .get(&page.at)
        .await
        .expect(401, "qualcuno@example.org");
    let other = Browser::new(&app);
    assert!(!other.get(&page.at).await.says("qualcuno@"));
    let right = [("email", DESK), ("password", PASSWORD)];
    browser.post("/accedi", &right).await;
    assert!(!browser.get(&page.at).await.says("qualcuno@"));
}

/// A form as its page has it, with the id that is in it.
fn with_id(page: &Seen, fields: &[(&str, &str)]) -> String {
    let id = page.hidden("una-volta");
    let pairs = fields
        .iter()
        .map(|(name, value)| format!("&{name}={}", crate::actor::encode(value)));
    format!("una-volta={id}{}", pairs.collect::<String>())
}

#[actix_web::test]
async fn a_form_that_is_sent_twice_is_done_once() {
    let app = TestApp::new().await;
    let desk = staff(&app, DESK).await;
    let path = "/punto/cittadini";
    let form = desk.get("/punto/cittadini/nuovo").await;
    let fields = |last_name| {
        [
            ("first_name", "Pia"),
            ("last_name", last_name),
            ("notice", "1"),
            ("altra", "1"),
        ]
    };
    let send = async |body: &String| {
        let sent = desk.bare(Method::POST, path, Some(body.clone())).await;
        led(&sent, path)
    };
    let people = async || {
        let rows = rows(&app.db).await.into_iter();
        rows.filter(|row| row.action == "citizen-registered")
            .count()
    };

    // What is refused can be put right and sent from the same page.
    let wrong = send(&with_id(&form, &fields(""))).await;
    assert!(wrong.contains("risposta="), "{wrong}");
    let body = with_id(&form, &fields("Neri"));
    let pressed = futures_util::future::join_all([send(&body), send(&body), send(&body)]).await;
    assert_eq!(people().await, 1, "{pressed:?}");
    assert!(pressed.iter().all(|to| *to == pressed[0]), "{pressed:?}");
    app.clock.set(app.clock.now() + Duration::minutes(20));
    assert_eq!(send(&body).await, pressed[0], "sent again after going back");
    assert_eq!(people().await, 1);

    // With other words it is another form, and a new page has another id.
    send(&with_id(&form, &fields("Bruni"))).await;
    assert_eq!(people().await, 2);
    let form = desk.get("/punto/cittadini/nuovo").await;
    assert_ne!(send(&with_id(&form, &fields("Neri"))).await, pressed[0]);
    assert_eq!(people().await, 3);

    // A card: whoever presses twice sees the one card twice.
    let page = desk.get(&pressed[0]).await;
    let (issue, body) = (format!("{}/tessera", pressed[0]), with_id(&page, &[]));
    let press = async || desk.bare(Method::POST, &issue, Some(body.clone())).await;
    let (first, second) = futures_util::future::join(press(), press()).await;
    let to = led(&first, &issue);
    assert_eq!(to, led(&second, &issue));
    let pin = desk.get(&to).await.expect(200, "PIN");
    let issued = rows(&app.db).await.into_iter();
    let issued = issued.filter(|row| row.action == "card-issued");
    assert_eq!(issued.count(), 1);
    assert_eq!(desk.get(&to).await.text, pin.text);
    app.verify_totals().await;
}

/// What the first press told the browser to remember is lost with its answer: the second tells it.
#[actix_web::test]
async fn two_presses_at_the_door_let_in_and_later_the_door_asks_again() {
    let app = TestApp::new().await;
    let door = Browser::new(&app);
    let page = door.get("/accedi").await;
    let body = with_id(&page, &[("email", DESK), ("password", PASSWORD)]);
    let press = async |browser: &Browser| {
        let sent = browser
            .bare(Method::POST, "/accedi", Some(body.clone()))
            .await;
        led(&sent, "/accedi")
    };
    // Nothing of the first answer arrived.
    let first = press(&door.copy()).await;
    let second = door.copy();
    assert_eq!(press(&second).await, first);
    second.get("/punto").await.expect(200, "Il mio punto");
    let opened = async || {
        let rows = rows(&app.db).await.into_iter();
        rows.filter(|row| row.action == "signed-in").count()
    };
    assert_eq!(opened().await, 1, "one session");
    // Who leaves and comes back to the page of the door enters, and does not find it done.
    second.post("/esci", &[]).await;
    app.clock.set(app.clock.now() + Duration::minutes(2));
    let later = door.copy();
    press(&later).await;
    later.get("/punto").await.expect(200, "Il mio punto");
    assert_eq!(opened().await, 2);

    // A visitor who begins a quiz is one guest.
    let visitor = Browser::new(&app);
    let body = with_id(&visitor.get("/moduli/spid/quiz").await, &[]);
    let begin = async |browser: &Browser| {
        let path = "/moduli/spid/quiz";
        let sent = browser.bare(Method::POST, path, Some(body.clone())).await;
        led(&sent, path)
    };
    let first = begin(&visitor.copy()).await;
    assert_eq!(begin(&visitor).await, first);
    visitor.get(&first).await.expect(200, "Domanda 1 di 10");
}

/// A second press breaks off the request of the first, which is done to its end all the same.
#[actix_web::test]
async fn a_press_that_breaks_the_first_one_off_makes_no_second() {
    let app = TestApp::new().await;
    let desk = staff(&app, DESK).await;
    let page = desk.get("/punto/gruppi").await;
    let body = with_id(&page, &[("name", "Gruppo del martedì")]);
    let send = || desk.bare(Method::POST, "/punto/gruppi", Some(body.clone()));
    for micros in [200, 1_000, 3_000, 8_000] {
        let brief = std::time::Duration::from_micros(micros);
        drop(tokio::time::timeout(brief, send()).await);
    }
    led(&send().await, "/punto/gruppi");
    let groups = app.facilitator().await.get("/punto/gruppi").await.text;
    assert_eq!(groups.matches("Gruppo del martedì").count(), 1, "{groups}");
}
