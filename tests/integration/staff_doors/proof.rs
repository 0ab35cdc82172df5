//! A session that is open is not the person: what opens a door for good asks who one is, and what
//! one session began to set up is nobody else's.

use autonomia::domain::role::Role;
use awc::http::Method;
use serde_json::json;

use super::{BOSS, DESK, boss, code, credentials, enter, inside, link, minutes, secret, set_up};
use crate::actor::encode;
use crate::app::{COORDINATOR, PASSWORD, TestApp};
use crate::audit::rows;
use crate::browser::{Browser, Seen};

const GOOD: &str = "tre lumache sul balcone";
const FACTOR: &str = "/accesso/secondo-fattore";

/// Chooses a password by a link.
async fn choose(app: &TestApp, token: &str, password: &str) -> Seen {
    let fields = [
        ("token", token),
        ("password", password),
        ("again", password),
    ];
    Browser::new(app).post("/accedi/password", &fields).await
}

#[actix_web::test]
async fn a_second_factor_that_one_session_began_is_no_other_sessions_and_ends_with_it() {
    let app = TestApp::new().await;
    let (thief, own) = (inside(&app, DESK).await, inside(&app, DESK).await);
    let noted = secret(&thief.get(FACTOR).await);
    let mine = secret(&own.get(FACTOR).await);
    assert_ne!(noted, mine, "each session has its own");
    assert_eq!(secret(&own.get(FACTOR).await), mine, "and keeps it");
    // What somebody else noted confirms nothing here.
    let seen = own.post(FACTOR, &[("code", &code(&app, &noted))]).await;
    assert_eq!(seen.status, 422);
    // A new password, though the session that changed it stays.
    let change = [("current", PASSWORD), ("password", GOOD), ("again", GOOD)];
    own.post("/accesso/password", &change)
        .await
        .expect(200, "La password è cambiata");
    assert!(thief.get(FACTOR).await.at.starts_with("/accedi"));
    let next = secret(&own.get(FACTOR).await);
    assert!(next != mine && next != noted);
    // A link, from the moment it is made; and the password that is chosen by it.
    let (boss, id) = (boss(&app).await, app.account(DESK).await);
    let made = boss
        .post(&format!("/amministrazione/{id}/collegamento"), &[])
        .await;
    assert!(
        own.get(FACTOR).await.at.starts_with("/accedi"),
        "out at once"
    );
    choose(&app, &link(&made), "quattro lumache in giardino")
        .await
        .expect(200, "La password è salvata");
    assert_eq!(
        enter(&own, DESK, "quattro lumache in giardino").await.at,
        "/punto"
    );
    let after = secret(&own.get(FACTOR).await);
    assert!(![&noted, &mine, &next].contains(&&after));
    // One that is confirmed, and then taken away.
    let (kept, _) = set_up(&app, &own).await;
    assert_eq!(kept, after);
    let pending = secret(&own.get(FACTOR).await);
    boss.post(&format!("/amministrazione/{id}/secondo-fattore"), &[])
        .await
        .expect(200, "è tolto");
    assert!(own.get(FACTOR).await.at.starts_with("/accedi"));
    enter(&own, DESK, "quattro lumache in giardino").await;
    assert_ne!(secret(&own.get(FACTOR).await), pending);
}

#[actix_web::test]
async fn whoever_knows_the_password_and_guesses_the_code_does_not_keep_the_owner_out() {
    let app = TestApp::behind_proxy().await;
    let from = |address: &str| Browser::new(&app).with_header("x-forwarded-for", address);
    let own = from("198.51.100.9");
    assert_eq!(enter(&own, DESK, PASSWORD).await.status, 200);
    let (key, _) = set_up(&app, &own).await;
    let with = |code: &str| {
        let mut body = credentials(DESK, PASSWORD);
        body["code"] = json!(code);
        body
    };
    let mut last = 0;
    for number in 0..12 {
        let thief = app.visitor().from(&format!("203.0.{number}.7"));
        let tried = thief.post("/sessions", with("000000")).await;
        last = tried.status.as_u16();
    }
    assert_eq!(last, 429, "the others wait");
    app.clock.set(app.clock.now() + minutes(1));
    let owner = app.visitor().from("198.51.100.9");
    owner
        .post("/sessions", with(&code(&app, &key)))
        .await
        .json(201);
    // Inside, too: the present password is asked of the thief and of the owner apart.
    let change = [("current", "x"), ("password", GOOD), ("again", GOOD)];
    let right = [("current", PASSWORD), ("password", GOOD), ("again", GOOD)];
    own.post("/accesso/password", &change).await.expect(422, "");
    own.post("/accesso/password", &right).await.expect(200, "");
    // And from the usual address it is bounded as well.
    let mut seen = Vec::new();
    for _ in 0..8 {
        seen.push(own.post("/accesso/password", &change).await.status);
    }
    assert!(seen.contains(&429), "{seen:?}");
}

#[actix_web::test]
async fn an_account_that_is_disabled_gets_no_password_by_a_link_and_has_its_own_when_it_is_back() {
    let app = TestApp::new().await;
    let (boss, id) = (boss(&app).await, app.account(DESK).await);
    let act = async |what: &str| {
        boss.post(&format!("/amministrazione/{id}/{what}"), &[])
            .await
    };
    let token = link(&act("collegamento").await);
    act("disattiva").await.expect(200, "non può più entrare");
    choose(&app, &token, GOOD)
        .await
        .expect(422, "già stato usato");
    act("riattiva").await.expect(200, "di nuovo");
    choose(&app, &token, GOOD)
        .await
        .expect(422, "già stato usato");
    assert_eq!(enter(&Browser::new(&app), DESK, GOOD).await.status, 401);
    assert_eq!(enter(&Browser::new(&app), DESK, PASSWORD).await.status, 200);
    // A false link leaves its trace, with whose it was where that is known.
    choose(&app, "falso", GOOD).await;
    let refused: Vec<_> = rows(&app.db)
        .await
        .into_iter()
        .filter(|row| row.action == "link-refused")
        .map(|row| row.subject_id)
        .collect();
    assert_eq!(refused, [id.clone(), id, String::new()]);
}

#[actix_web::test]
async fn an_open_session_is_not_enough_to_take_an_account() {
    let app = TestApp::new().await;
    let boss = boss(&app).await;
    let (own, desk) = (app.account(BOSS).await, app.account(DESK).await);
    // One's own are changed where one shows who one is; the page leads there.
    for act in ["collegamento", "secondo-fattore"] {
        let seen = boss
            .post(&format!("/amministrazione/{own}/{act}"), &[])
            .await;
        assert_eq!(seen.at, "/accesso?fatto=proprio", "{act}");
        assert!(seen.says("si cambiano qui") && !seen.says("token="));
    }
    let page = boss.get(&format!("/amministrazione/{own}")).await;
    assert!(!page.says("/collegamento\"") && page.says("href=\"/accesso\""));
    // Nor by a role for oneself, which is given without a link.
    let role = [("email", BOSS), ("name", "x"), ("role", "coordinator")];
    let given = boss.post("/amministrazione/nuovo", &role).await;
    let given = given.expect(200, "Il ruolo è dato");
    assert!(!given.says("token="));
    // Others' after a while only with the password again.
    app.clock.set(app.clock.now() + minutes(16));
    let wanted = format!("/amministrazione/{desk}");
    let asked = format!("/accesso/conferma?ritorno={}", encode(&wanted));
    for act in ["collegamento", "secondo-fattore"] {
        let seen = boss.post(&format!("{wanted}/{act}"), &[]).await;
        assert_eq!(seen.at, asked, "{act}");
        assert!(!seen.says("token="));
    }
    let new = [
        ("email", "nuova@example.org"),
        ("name", "x"),
        ("role", "editor"),
    ];
    // A form that was filled in asks for it itself, and keeps what was typed.
    let seen = boss.post("/amministrazione/nuovo", &new).await;
    let seen = seen.expect(422, "Conferma che sei tu");
    assert!(seen.says("value=\"nuova@example.org\"") && !seen.says("token="));
    assert!(
        boss.get("/amministrazione/nuovo")
            .await
            .says("Conferma che sei tu")
    );
    let show = async |current: &str, back: &str| {
        let fields = [("current", current), ("ritorno", back)];
        boss.post("/accesso/conferma", &fields).await
    };
    show("sbagliata", &wanted).await.expect(422, "non è questa");
    let last = rows(&app.db).await.pop().unwrap();
    assert_eq!(
        (last.action.as_str(), last.subject_id.as_str()),
        ("proof-failed", own.as_str())
    );
    assert_eq!(show(PASSWORD, "https://example.org/").await.at, "/accesso");
    assert_eq!(show(PASSWORD, &wanted).await.at, wanted);
    boss.post(&format!("{wanted}/collegamento"), &[])
        .await
        .expect(200, "token=");
    // It holds a quarter of an hour, in this session alone.
    app.clock.set(app.clock.now() + minutes(16));
    let seen = boss.post(&format!("{wanted}/collegamento"), &[]).await;
    assert!(seen.at.starts_with("/accesso/conferma"));
}

#[actix_web::test]
async fn whoever_finds_a_browser_open_cannot_set_up_a_second_factor_of_their_own() {
    let app = TestApp::new().await;
    let desk = inside(&app, DESK).await;
    let noted = secret(&desk.get(FACTOR).await);
    app.clock.set(app.clock.now() + minutes(16));
    let seen = desk.get(FACTOR).await;
    assert!(seen.at.starts_with("/accesso/conferma"), "{}", seen.at);
    let sent = desk.post(FACTOR, &[("code", &code(&app, &noted))]).await;
    assert!(sent.at.starts_with("/accesso/conferma"), "{}", sent.at);
    assert_eq!(
        enter(&Browser::new(&app), DESK, PASSWORD).await.at,
        "/punto"
    );
    // Trying passwords there is bounded.
    let mut seen = Vec::new();
    for _ in 0..8 {
        let tried = [("current", "sbagliata"), ("ritorno", FACTOR)];
        seen.push(desk.post("/accesso/conferma", &tried).await.status);
    }
    assert!(seen.contains(&422) && seen.ends_with(&[429]), "{seen:?}");
    app.clock.set(app.clock.now() + minutes(10));
    let right = [("current", PASSWORD), ("ritorno", FACTOR)];
    assert_eq!(desk.post("/accesso/conferma", &right).await.at, FACTOR);
    set_up(&app, &desk).await;
    // Whoever has one is asked for its code, and for nothing else.
    app.clock.set(app.clock.now() + minutes(20));
    assert_eq!(desk.get(FACTOR).await.at, FACTOR);
    let noted = secret(&desk.get(FACTOR).await);
    let sent = desk.post(FACTOR, &[("code", &code(&app, &noted))]).await;
    assert_eq!(sent.status, 422);
    // A session that opens nothing else yet may show who it is, and a citizen has nothing to show.
    super::demand_second_factor(&app.db, true).await;
    let limited = inside(&app, COORDINATOR).await;
    app.clock.set(app.clock.now() + minutes(16));
    let seen = limited.get(FACTOR).await;
    assert!(seen.says("Conferma che sei tu"), "{}", seen.at);
    assert_eq!(limited.post("/accesso/conferma", &right).await.at, FACTOR);
}

#[actix_web::test]
async fn a_role_that_was_taken_ends_the_sessions_that_it_opened() {
    let app = TestApp::new().await;
    app.add_staff("redazione2@example.org", Role::Editor).await;
    let (boss, id) = (
        boss(&app).await,
        app.account("redazione2@example.org").await,
    );
    let old = inside(&app, "redazione2@example.org").await;
    let take = format!("/amministrazione/{id}/ruoli/togli");
    boss.post(&take, &[("role", "editor")])
        .await
        .expect(200, "Il ruolo è tolto");
    let again = [
        ("email", "redazione2@example.org"),
        ("name", "x"),
        ("role", "editor"),
    ];
    boss.post("/amministrazione/nuovo", &again).await;
    assert!(old.get("/accesso").await.at.starts_with("/accedi"));
}

#[actix_web::test]
async fn a_header_that_lets_a_request_of_another_site_pass_lets_no_cookie_in() {
    let app = TestApp::new().await;
    let desk = inside(&app, DESK).await;
    let cookie = desk.cookie("autonomia").unwrap();
    let with = |header: &str| {
        let browser = Browser::new(&app)
            .with_header("authorization", header)
            .with_header("sec-fetch-site", "cross-site")
            .with_header("origin", "https://example.net");
        browser.set_cookie("autonomia", &cookie);
        browser
    };
    for (header, status) in [
        ("x", 403),
        ("Basic eDp5", 403),
        ("Bearer x", 303),
        ("bearer x", 303),
        ("Bearer", 303),
    ] {
        let tried = with(header)
            .once(
                Method::POST,
                "/accesso/sessioni/chiudi",
                Some(String::new()),
            )
            .await;
        assert_eq!(tried.status, status, "{header}");
        if status == 303 {
            assert_eq!(tried.header("location"), Some("/accedi"), "{header}");
        }
    }
    // The token of one's own is one's own, wherever the request comes from.
    let own = with(&format!("Bearer {cookie}"));
    assert_eq!(own.once(Method::GET, "/punto", None).await.status, 200);
    // A proxy that asks for a password of its own does not sign anybody out.
    let proxied = Browser::new(&app).with_header("authorization", "Basic eDp5");
    proxied.set_cookie("autonomia", &cookie);
    assert_eq!(proxied.once(Method::GET, "/punto", None).await.status, 200);
}

#[actix_web::test]
async fn names_and_addresses_are_kept_without_what_only_looks_like_something() {
    let app = TestApp::new().await;
    let boss = boss(&app).await;
    for email in [
        "\u{430}da@example.org",
        "ada\u{202e}@example.org",
        "ada\u{7}@example.org",
        "ada@example.org\r\nx@example.org",
    ] {
        let new = [("email", email), ("name", "x"), ("role", "editor")];
        let refused = boss.post("/amministrazione/nuovo", &new).await;
        assert_eq!(refused.status, 422, "{email:?}");
    }
    let new = [
        ("email", " Ada@Example.ORG "),
        ("name", "Ada\u{202e}\r\nRossi"),
        ("role", "editor"),
    ];
    boss.post("/amministrazione/nuovo", &new)
        .await
        .expect(200, "token=");
    let page = boss
        .get("/amministrazione")
        .await
        .expect(200, "ada@example.org");
    assert!(page.says("Ada Rossi"));
    let (office, id) = (inside(&app, COORDINATOR).await, app.account(DESK).await);
    let at = format!("/rete/punti/bari-centro/facilitatori/{id}");
    let known = async |name: &str| {
        let fields = [
            ("facilita_name", name),
            ("facilita_id", ""),
            ("codice_fiscale", ""),
        ];
        office.post(&at, &fields).await
    };
    known("Rossi\u{202e} Ada\u{7}\r\n")
        .await
        .expect(200, "value=\"Rossi Ada\"");
    known("R\u{43e}ssi Ada")
        .await
        .expect(422, "lettere del nostro alfabeto");
}

#[actix_web::test]
async fn what_the_shell_does_to_the_doors_and_reads_of_the_staff_is_written_down() {
    let app = TestApp::new().await;
    let user =
        |args: &[&str]| crate::administration::autonomia(app.db.url(), &[&["user"], args].concat());
    let last = async || {
        let row = rows(&app.db).await.pop().unwrap();
        (row.action, row.through, row.detail)
    };
    user(&["rules", "--staff-idle", "15"]);
    let (action, through, detail) = last().await;
    assert_eq!(
        (action.as_str(), through.as_str()),
        ("door-rules-changed", "shell")
    );
    assert!(detail.contains("staff 15 minutes"), "{detail}");
    let before = rows(&app.db).await.len();
    user(&["rules"]);
    assert_eq!(rows(&app.db).await.len(), before, "nothing was changed");
    let listed = user(&["list"]);
    assert!(String::from_utf8_lossy(&listed.stdout).contains(DESK));
    let (action, through, _) = last().await;
    assert_eq!(
        (action.as_str(), through.as_str()),
        ("staff-listed", "shell")
    );
    user(&["add", "--email", "nuova@example.org", "--role", "editor"]);
    let told: Vec<_> = rows(&app.db).await;
    let told: Vec<_> = told.iter().rev().take(2).map(|row| &*row.action).collect();
    assert_eq!(told, ["link-made", "role-given"]);
}
