//! Whoever has entered lands in their own room, and every page shows who they are, their rooms and
//! the way out, while its bytes stay everybody's.

use autonomia::db;
use autonomia::db::entities::accounts;
use autonomia::domain::role::Role;
use awc::http::Method;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use time::macros::date;

use super::{BOSS, DESK, boss, code, enter, inside, link, minutes, set_up};
use crate::app::{COORDINATOR, PASSWORD, TestApp};
use crate::browser::{Browser, Seen};
use crate::people::Person;

const EDITOR: &str = "redazione@example.org";
const STYLE: &str = "/io.css";
/// The classes of the rooms in the header.
const ROOMS: [&str; 6] = [
    "to-desk",
    "to-network",
    "to-accounts",
    "to-lessons",
    "to-editorial",
    "to-mine",
];
/// Pages that are the same for everybody.
const SHARED: [&str; 7] = [
    "/",
    "/moduli",
    "/moduli/spid",
    "/moduli/spid/che-cose-spid",
    "/percorsi/pagare-online",
    "/privacy",
    "/cookie",
];

/// A citizen at a shared computer, entered with a card.
async fn citizen(app: &TestApp) -> Browser {
    let card = app.card(&Person::born(date!(1954 - 03 - 02), 1)).await;
    let fields = ["card", "pin"].map(|name| card[name].as_str().unwrap());
    let fields = [("tessera", fields[0]), ("pin", fields[1])];
    let browser = Browser::new(app);
    assert_eq!(browser.post("/tessera", &fields).await.at, "/mio-percorso");
    browser
}

async fn rename(app: &TestApp, email: &str, name: &str) {
    let (email, name) = (email.to_owned(), name.to_owned());
    db::write(&app.db, async move |tx| {
        let all = accounts::Entity::update_many();
        all.col_expr(accounts::Column::Name, Expr::value(name))
            .filter(accounts::Column::Email.eq(email))
            .exec(tx)
            .await
    })
    .await
    .unwrap();
}

#[actix_web::test]
async fn every_role_sees_its_name_and_rooms_on_pages_that_are_the_same_bytes_for_everybody() {
    let app = TestApp::new().await;
    app.add_staff(EDITOR, Role::Editor).await;
    let several = "tutto@example.org";
    for role in [Role::Admin, Role::Coordinator, Role::Editor] {
        app.add_staff(several, role).await;
    }
    rename(&app, DESK, "Zoe \"}</style> D'Amico").await;
    let guest = Browser::new(&app);
    guest.post("/moduli/spid/che-cose-spid/letta", &[]).await;
    assert!(guest.cookie("autonomia").is_some());
    let name = "Persona\\000020Inventata";
    let everybody: [(Browser, &[&str], &str); 8] = [
        (Browser::new(&app), &[], ""),
        (guest, &[], ""),
        (citizen(&app).await, &["to-mine"], "Prova\\000020CBB"),
        (
            inside(&app, DESK).await,
            &["to-desk"],
            "Zoe\\000020\\000022\\00007d\\00003c\\00002fstyle\\00003e\\000020D\\000027Amico",
        ),
        (
            inside(&app, COORDINATOR).await,
            &["to-network", "to-accounts"],
            name,
        ),
        (boss(&app).await, &["to-accounts"], name),
        (
            inside(&app, EDITOR).await,
            &["to-lessons", "to-editorial"],
            name,
        ),
        (
            inside(&app, several).await,
            &["to-network", "to-accounts", "to-lessons", "to-editorial"],
            name,
        ),
    ];
    for path in SHARED {
        let first = everybody[0].0.get(path).await;
        assert_eq!(first.status, 200, "{path}");
        for mark in ["class=\"own\"", "action=\"/esci\"", "href=\"/io.css\""] {
            assert_eq!(first.text.matches(mark).count(), 1, "{mark} on {path}");
        }
        for (browser, _, _) in &everybody[1..] {
            let seen = browser.get(path).await;
            assert!(
                seen.text == first.text,
                "{path} is not the same for everybody"
            );
            assert_eq!(seen.header("etag"), first.header("etag"));
        }
    }
    for (browser, rooms, name) in &everybody {
        let style = browser.get(STYLE).await;
        assert_eq!(style.header("cache-control"), Some("private, no-store"));
        assert_eq!(
            style.header("content-type"),
            Some("text/css; charset=utf-8")
        );
        assert_eq!(
            style.header("cross-origin-resource-policy"),
            Some("same-origin")
        );
        for room in ROOMS {
            let shown = style.text.contains(&format!(".{room}{{"));
            assert_eq!(shown, rooms.contains(&room), "{room}: {}", style.text);
        }
        match rooms.is_empty() {
            true => assert_eq!(style.text, ""),
            false => assert!(
                style.text.ends_with(&format!("content:\"{name}\"}}")),
                "{}",
                style.text
            ),
        }
        // Scripts ask for the style only where somebody entered.
        assert_eq!(browser.cookie("resta").is_some(), !rooms.is_empty());
    }
}

#[actix_web::test]
async fn by_every_door_each_role_lands_in_its_room_or_where_it_was_going() {
    let app = TestApp::new().await;
    app.add_staff(EDITOR, Role::Editor).await;
    let boss = boss(&app).await;
    for (email, room) in [
        (DESK, "/punto"),
        (COORDINATOR, "/rete"),
        (BOSS, "/amministrazione"),
        (EDITOR, "/moduli"),
    ] {
        let by = async |back: &str| {
            let fields = [("email", email), ("password", PASSWORD), ("ritorno", back)];
            Browser::new(&app).post("/accedi", &fields).await.at
        };
        assert_eq!(by("").await, room);
        assert_eq!(by("/moduli/spid").await, "/moduli/spid");
        assert_eq!(by("//example.org").await, room);
        // A room of somebody else's, at a browser that others use.
        let others = if email == DESK {
            "/amministrazione"
        } else {
            "/punto"
        };
        assert_eq!(by(others).await, room, "{email}");
    }
    // A first password, a forgotten one, and a code.
    let new = [
        ("email", "nuova@example.org"),
        ("name", "Persona Nuova"),
        ("role", "facilitator"),
        ("point", "lecce"),
    ];
    let mut given = boss.post("/amministrazione/nuovo", &new).await;
    let id = app.account(new[0].1).await;
    for secret in ["tre lumache sul balcone", "due gatti sotto la pioggia"] {
        let token = link(&given);
        let own = Browser::new(&app);
        let fields = [("token", &*token), ("password", secret), ("again", secret)];
        own.post("/accedi/password", &fields)
            .await
            .expect(200, "/accedi");
        assert_eq!(enter(&own, new[0].1, secret).await.at, "/punto");
        own.post("/accedi/dimenticata", &[("email", new[0].1)])
            .await;
        given = boss
            .post(&format!("/amministrazione/{id}/collegamento"), &[])
            .await;
    }
    let desk = inside(&app, DESK).await;
    let (secret, _) = set_up(&app, &desk).await;
    app.clock.set(app.clock.now() + minutes(1));
    let half = enter(&desk, DESK, PASSWORD).await.hidden("half");
    let fields = [("half", &*half), ("code", &code(&app, &secret))];
    assert_eq!(desk.post("/accedi/codice", &fields).await.at, "/punto");
}

#[actix_web::test]
async fn the_way_out_works_from_any_page_and_whoever_is_out_sees_what_everybody_sees() {
    let app = TestApp::new().await;
    let (desk, other_tab) = (inside(&app, DESK).await, Browser::new(&app));
    other_tab.set_cookie("autonomia", &desk.cookie("autonomia").unwrap());
    let left = desk.once(Method::POST, "/esci", Some(String::new())).await;
    assert_eq!((left.status, left.header("location")), (303, Some("/")));
    for browser in [&desk, &other_tab] {
        assert_eq!(browser.get(STYLE).await.text, "");
        // Pressed again, in a tab that shows the old page: out is out.
        let again = browser
            .once(Method::POST, "/esci", Some(String::new()))
            .await;
        assert_eq!((again.status, again.header("location")), (303, Some("/")));
    }
    assert_eq!(desk.cookie("resta"), None);
    // A session that ended, or that was ended elsewhere.
    let citizen = citizen(&app).await;
    assert_ne!(citizen.get(STYLE).await.text, "");
    app.clock.set(app.clock.now() + minutes(25));
    assert_eq!(citizen.get(STYLE).await.text, "");
    // Who still has to set up a second factor is told who they are, and the way out.
    super::demand_second_factor(&app.db, true).await;
    let limited = Browser::new(&app);
    let seen = enter(&limited, COORDINATOR, PASSWORD).await;
    assert_eq!(seen.at, "/accesso/secondo-fattore");
    let style = limited
        .get(STYLE)
        .await
        .expect(200, ".own.own{display:flex}");
    assert!(ROOMS.iter().all(|room| !style.says(room)), "{}", style.text);
    limited.post("/esci", &[]).await;
    assert_eq!(limited.get(STYLE).await.text, "");
}

/// The addresses that a page leads to, of this site.
fn leads_to(page: &Seen) -> Vec<String> {
    let hidden = page.text.split_once("<div class=\"own\">");
    let hidden = hidden.and_then(|(_, rest)| rest.split_once("</form>"));
    let own = hidden.map_or("", |(own, _)| own);
    let mut all = page.all("href=\"/", '"');
    // The rooms in the header are those of everybody, shown by `/io.css`.
    all.retain(|href| !own.contains(&format!("href=\"/{href}\"")));
    all.retain(|href| {
        let elsewhere = ["assets/", "api/"]
            .iter()
            .any(|part| href.starts_with(part));
        // Another language is the same page.
        !elsewhere && !href.contains("lingua=")
    });
    all.into_iter()
        .map(|href| format!("/{}", href.replace("&amp;", "&")))
        .collect()
}

#[actix_web::test]
async fn no_page_leads_its_reader_to_what_is_refused_to_them() {
    let app = TestApp::new().await;
    app.add_staff(EDITOR, Role::Editor).await;
    let api = app.facilitator().await;
    let record = app.somebody().record(app.point());
    let made = api.post("/citizens", record).await.json(201);
    let id = made["id"].as_str().unwrap();
    let service = api.post("/services", crate::services::body("individual", &[id]));
    let service = service.await.json(201);
    let service = format!("/punto/servizi/{}", service["service"].as_str().unwrap());
    let person = format!("/punto/cittadini/{id}");
    let (edit, merge) = (format!("{person}/dati"), format!("{person}/unisci"));
    let erase = format!("{person}/cancella");
    let list = format!("/punto/schede?punto={}", app.point());
    let people = [&*person, &edit, &merge, &erase, &service, "/punto", &list];
    for (email, browser, room, pages) in [
        (DESK, inside(&app, DESK).await, "/punto", &people[..]),
        (
            COORDINATOR,
            inside(&app, COORDINATOR).await,
            "/rete",
            &[&people[..], &["/rete", "/rete/facilita", "/accesso/oggi"]].concat(),
        ),
        (
            BOSS,
            boss(&app).await,
            "/amministrazione",
            &["/amministrazione", "/accesso"],
        ),
        (EDITOR, inside(&app, EDITOR).await, "/moduli", &["/moduli"]),
    ] {
        let mut seen = std::collections::BTreeSet::new();
        for path in pages {
            let page = browser.get(path).await;
            assert_eq!(page.status, 200, "{path}");
            for href in leads_to(&page) {
                if seen.insert(href.clone()) {
                    let there = browser.get(&href).await;
                    assert_ne!(there.status, 403, "{email} on {path}: {href}");
                }
            }
        }
        assert_eq!(seen.contains("/rete/verifica"), room == "/rete");
        // Whoever is in is led to their own room, also by the link at the foot of every page.
        let enter = browser.get("/accedi").await;
        let main = enter.text.split_once("<main").unwrap().1;
        let here = main.split_once("Hai già fatto l").unwrap().1;
        let (_, href) = here.split_once("href=\"").unwrap();
        assert_eq!(href.split_once('"').unwrap().0, room, "{email}");
    }
}
