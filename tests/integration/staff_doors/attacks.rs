//! Guessing passwords, by account and by address.

use std::collections::BTreeSet;

use autonomia::accounts::links;
use awc::http::Method;
use serde_json::json;

use super::{DESK, ENDED, credentials, enter, inside, minutes};
use crate::actor::encode;
use crate::app::{PASSWORD, TestApp};
use crate::browser::{Browser, Seen};

fn from(app: &TestApp, address: &str) -> Browser {
    Browser::new(app).with_header("x-forwarded-for", address)
}

/// One guess at an account.
async fn guess(browser: &Browser, email: &str) -> u16 {
    let form = format!("email={}&password=sbagliata-davvero", encode(email));
    browser
        .once(Method::POST, "/accedi", Some(form))
        .await
        .status
}

#[actix_web::test]
async fn guessing_one_account_from_many_addresses_slows_down_and_its_owner_still_enters() {
    let app = TestApp::behind_proxy().await;
    let own = from(&app, "198.51.100.9");
    assert_eq!(enter(&own, DESK, PASSWORD).await.status, 200);
    // Every half hour for a day, from forty addresses that were never seen before.
    let (mut judged, mut refused) = (0, 0);
    for half in 0..48_u32 {
        let several = if half == 0 { 40 } else { 2 };
        for number in 0..several {
            let net = format!("203.{}.{}.7", half, number);
            match guess(&from(&app, &net), DESK).await {
                401 => judged += 1,
                429 => refused += 1,
                other => panic!("{other}"),
            }
        }
        if half % 12 == 5 {
            let fresh = from(&app, "198.51.100.9");
            assert_eq!(enter(&fresh, DESK, PASSWORD).await.status, 200, "the owner");
        }
        app.clock.set(app.clock.now() + minutes(30));
    }
    assert!((30..=90).contains(&judged), "{judged} guesses in a day");
    assert!(refused > 40, "{refused}");
}

#[actix_web::test]
async fn whoever_sets_a_password_by_a_link_enters_from_there_while_others_guess() {
    let app = TestApp::behind_proxy().await;
    for number in 0..34 {
        guess(&from(&app, &format!("203.0.{number}.7")), DESK).await;
    }
    // Of an address that the account was never entered from, even the right one waits.
    let own = from(&app, "198.51.100.9");
    assert_eq!(enter(&own, DESK, PASSWORD).await.status, 429);
    let account = app.account(DESK).await.parse().unwrap();
    let made = links::new_link(&app.db, account, None, app.clock.now()).await;
    let token = made.unwrap();
    let word = "tre lumache sul balcone";
    let fields = [
        ("token", token.as_str()),
        ("password", word),
        ("again", word),
    ];
    assert_eq!(own.post("/accedi/password", &fields).await.status, 200);
    assert_eq!(enter(&own, DESK, word).await.status, 200);
}

#[actix_web::test]
async fn an_account_that_is_not_there_is_refused_in_the_same_words_and_as_soon() {
    let app = TestApp::behind_proxy().await;
    let mut told = Vec::new();
    for email in [DESK, "nessuno@example.org"] {
        let mut seen: Vec<(u16, String)> = Vec::new();
        for number in 0..8 {
            let browser = from(&app, &format!("203.0.{}.1", email.len()));
            let form = format!("email={}&password=sbagliata{number}", encode(email));
            let page: Seen = browser.once(Method::POST, "/accedi", Some(form)).await;
            seen.push((page.status, page.without_ids().replace(email, "")));
        }
        told.push(seen);
    }
    assert_eq!(told[0], told[1]);
    let statuses: Vec<u16> = told[0].iter().map(|(status, _)| *status).collect();
    assert_eq!(statuses, [401, 401, 401, 401, 401, 429, 429, 429]);
}

#[actix_web::test]
async fn trying_stolen_passwords_of_many_accounts_from_one_address_ends() {
    let app = TestApp::behind_proxy().await;
    let thief = from(&app, "203.0.113.7");
    let mut judged = 0;
    for number in 0..80 {
        let status = guess(&thief, &format!("persona{number}@example.org")).await;
        judged += u32::from(status == 401);
    }
    assert_eq!(judged, 60);
    // A right sign-in of the thief's own account wins no more guesses.
    app.clock.set(app.clock.now() + minutes(1));
    assert_eq!(guess(&thief, "persona90@example.org").await, 401);
    assert_eq!(guess(&thief, "persona91@example.org").await, 429);
    assert_eq!(guess(&from(&app, "203.0.113.8"), DESK).await, 401);
}

#[actix_web::test]
async fn false_links_are_slowed_and_a_new_link_ends_the_older_ones() {
    let app = TestApp::behind_proxy().await;
    let boss = super::boss(&app).await;
    let id = app.account(DESK).await;
    let make = async || {
        let address = format!("/amministrazione/{id}/collegamento");
        boss.post(&address, &[]).await
    };
    let old = super::link(&make().await.expect(200, "una volta sola"));
    let asked = make().await;
    let asked = asked.expect(200, "quello di prima smette di funzionare");
    assert!(!asked.says("token="), "nothing is ended before the answer");
    let sure = [("altro", asked.hidden("altro"))];
    let sure = sure.each_ref().map(|(name, value)| (*name, value.as_str()));
    let address = format!("/amministrazione/{id}/collegamento");
    let new = super::link(&boss.post(&address, &sure).await);
    let visitor = from(&app, "203.0.113.20");
    let choose = async |token: &str, password: &str| {
        let fields = [
            ("token", token),
            ("password", password),
            ("again", password),
        ];
        visitor.post("/accedi/password", &fields).await
    };
    let good = "tre lumache sul balcone";
    choose(&old, good).await.expect(422, "già stato usato");
    choose(&new, "corta").await.expect(422, "troppo corta");
    choose(&new, DESK).await.expect(422, "facile da indovinare");
    choose(&new, &good.repeat(6))
        .await
        .expect(422, "troppo lunga");
    choose(&new, good)
        .await
        .expect(200, "La password è salvata");
    choose(&new, good).await.expect(422, "già stato usato");
    let fresh = Browser::new(&app);
    assert_eq!(enter(&fresh, DESK, good).await.status, 200);
    // The link is shown once: the account's page has none.
    let page = boss.get(&format!("/amministrazione/{id}")).await;
    assert!(!page.says("token="));
    let mut seen = BTreeSet::new();
    for number in 0..30 {
        seen.insert(choose(&format!("falso{number}"), good).await.status);
    }
    assert_eq!(seen, BTreeSet::from([422, 429]));
}

#[actix_web::test]
async fn signing_in_ends_the_token_that_the_browser_had_before() {
    let app = TestApp::new().await;
    let browser = Browser::new(&app);
    // A guest's token that somebody else put there is worth nothing afterwards.
    browser.post("/moduli/spid/quiz", &[]).await;
    let planted = browser.cookie("autonomia").unwrap();
    assert_eq!(enter(&browser, DESK, PASSWORD).await.status, 200);
    let first = browser.cookie("autonomia").unwrap();
    assert_ne!(planted, first);
    assert_eq!(enter(&browser, DESK, PASSWORD).await.status, 200);
    let second = browser.cookie("autonomia").unwrap();
    let answers = async |token: &str| {
        let other = Browser::new(&app);
        other.set_cookie("autonomia", token);
        other.once(Method::GET, "/punto", None).await.status
    };
    assert_eq!(answers(&planted).await, 303);
    assert_eq!(answers(&first).await, 303, "the older session is over");
    assert_eq!(answers(&second).await, 200);
}

#[actix_web::test]
async fn a_password_is_changed_with_the_one_in_use_and_the_other_sessions_end() {
    let app = TestApp::new().await;
    let (here, there) = (inside(&app, DESK).await, inside(&app, DESK).await);
    let change = async |current: &str, new: &str| {
        let fields = [("current", current), ("password", new), ("again", new)];
        here.post("/accesso/password", &fields).await
    };
    let good = "tre lumache sul balcone";
    change("sbagliata", good).await.expect(422, "non è questa");
    change(PASSWORD, "passwordpassword")
        .await
        .expect(422, "facile da indovinare");
    change(PASSWORD, good)
        .await
        .expect(200, "La password è cambiata");
    assert_eq!(there.get("/punto").await.at, ENDED);
    assert_eq!(here.get("/punto").await.status, 200);
    let api = app.visitor();
    assert_eq!(
        api.post("/sessions", credentials(DESK, PASSWORD))
            .await
            .status,
        401
    );
    api.post("/sessions", credentials(DESK, good))
        .await
        .json(201);
    // Guessing the present password in a browser that was left open is bounded too.
    let mut seen = BTreeSet::new();
    for _ in 0..8 {
        seen.insert(
            change("sbagliata", "quattro lumache in giardino")
                .await
                .status,
        );
    }
    assert_eq!(seen, BTreeSet::from([422, 429]));
}

#[actix_web::test]
async fn a_forgotten_password_is_asked_for_and_given_by_somebody_who_knows_the_person() {
    let app = TestApp::behind_proxy().await;
    let ask = async |browser: &Browser, email: &str| {
        browser
            .post("/accedi/dimenticata", &[("email", email)])
            .await
    };
    let far = from(&app, "203.0.113.30");
    let known = ask(&far, DESK).await.expect(200, "La richiesta è arrivata");
    let unknown = ask(&far, "nessuno@example.org").await;
    assert_eq!(known.text, unknown.text, "the same answer for both");
    ask(&far, DESK).await;
    let boss = super::boss(&app).await;
    let list = boss.get("/amministrazione").await;
    let list = list.expect(200, "Chi ha dimenticato la password");
    assert_eq!(list.text.matches("Chiesto il").count(), 1, "asked once");
    let id = app.account(DESK).await;
    let page = boss
        .post(&format!("/amministrazione/{id}/collegamento"), &[])
        .await;
    page.expect(200, "una volta sola");
    let list = boss.get("/amministrazione").await;
    assert!(!list.says("Chi ha dimenticato la password"), "settled");
    // Nor does one wait of whoever may not enter any more.
    ask(&far, DESK).await;
    let out = format!("/amministrazione/{id}/disattiva");
    assert!(
        !boss
            .post(&out, &[])
            .await
            .says("Ha chiesto una nuova password")
    );
    let list = boss.get("/amministrazione").await;
    assert!(!list.says("Chi ha dimenticato la password"), "out");
    let back = format!("/amministrazione/{id}/riattiva");
    boss.post(&back, &[])
        .await
        .expect(200, "può entrare di nuovo");
    let mut seen = BTreeSet::new();
    for _ in 0..6 {
        seen.insert(ask(&far, DESK).await.status);
    }
    assert!(seen.contains(&429), "{seen:?}");
}

#[actix_web::test]
async fn what_a_role_opened_is_shut_from_the_moment_it_is_taken() {
    let app = TestApp::new().await;
    let desk = inside(&app, DESK).await;
    let api = app.visitor();
    let opened = api.post("/sessions", credentials(DESK, PASSWORD)).await;
    let api = api.with_token(&opened.json(201));
    assert_eq!(desk.get("/punto").await.status, 200);
    let (boss, id) = (super::boss(&app).await, app.account(DESK).await);
    let role = [("role", "facilitator"), ("point", "bari-centro")];
    let take = format!("/amministrazione/{id}/ruoli/togli");
    boss.post(&take, &role)
        .await
        .expect(200, "Il ruolo è tolto");
    assert!(desk.get("/punto").await.at.starts_with("/accedi"));
    assert_eq!(api.get("/api/v1/citizens?q=a").await.status, 401);
    let opened = app
        .visitor()
        .post("/sessions", credentials(DESK, PASSWORD))
        .await;
    assert_eq!(opened.json(201)["roles"], json!([]));
}
