//! Every form that names no citizen, sent by who may, so that it succeeds.

use autonomia::accounts::{links, totp};
use autonomia::domain::role::Role;
use autonomia::network::report;
use serde_json::json;
use time::Duration;

use super::twice::{FORM, coded, with_file};
use super::walk::{Walk, id as field};
use crate::actor::Actor;
use crate::app::{COORDINATOR, PASSWORD, TestApp};
use crate::browser::{Browser, Seen};
use crate::office::{DESK, OTHER, entered, registered};
use crate::services::body;
use crate::{facilita, forms, key, network, tables};

const BOSS: &str = "gestione@example.org";
const NEW: &str = "due gatti sotto la pioggia";

pub(super) async fn silent(walk: &Walk<'_>, id: &str) {
    learning(walk).await;
    desk(walk, id).await;
    facilita(walk).await;
    office(walk).await;
    // Far from any limit of tries, and to a new code.
    wait(walk.app, 20);
    let secret = doors(walk).await;
    wait(walk.app, 20);
    accounts(walk).await;
    leaving(walk, &secret).await;
}

fn wait(app: &TestApp, minutes: i64) {
    app.clock.set(app.clock.now() + Duration::minutes(minutes));
}

/// The part of the address of a page that stands at this place.
fn part(page: &Seen, at: usize) -> String {
    page.at.split(['/', '?', '#']).nth(at).unwrap().to_owned()
}

async fn learning(walk: &Walk<'_>) {
    let app = walk.app;
    let lesson = ["spid", "che-cose-spid"];
    let read = "/moduli/{module}/{lesson}/letta";
    walk.press(&Browser::new(app), read, &lesson, &[]).await;
    let guest = Browser::new(app);
    let question = guest.get("/moduli/spid/che-cose-spid").await;
    let given = [("domanda", &*question.hidden("domanda")), ("risposta", "a")];
    let practice = "/moduli/{module}/{lesson}/risposte";
    walk.press(&guest, practice, &lesson, &given).await;

    let quiz = "/moduli/{module}/quiz";
    let page = walk.press(&guest, quiz, &["spid"], &[]).await;
    let attempt = part(&page, 4);
    let learner = Actor::new(&app.address, guest.cookie("autonomia"));
    let questions = learner.start("spid").await;
    let asked = page.hidden("domanda");
    let shown = questions["questions"].as_array().unwrap();
    let shown = shown.iter().find(|one| one["id"] == *asked).unwrap();
    let right = key::right(&app.question("spid", &asked), shown);
    let mut given = forms::fields(shown["kind"].as_str().unwrap(), &right);
    given.extend(["domanda", "invio"].map(|name| (name.to_owned(), page.hidden(name))));
    let given = given
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()));
    let given: Vec<_> = given.collect();
    let number = "/moduli/{module}/quiz/{attempt}/{number}";
    walk.press(&guest, number, &["spid", &attempt, "1"], &given)
        .await;
    app.answer_all(&learner, "spid").await;
    let end = "/moduli/{module}/quiz/{attempt}/fine";
    walk.press(&guest, end, &["spid", &attempt], &[]).await;
    let other = Browser::new(app);
    let attempt = part(&other.post("/moduli/spid/quiz", &[]).await, 4);
    let end = format!("/moduli/spid/quiz/{attempt}/fine");
    other.post(&end, &[]).await;
    let review = "/moduli/{module}/quiz/{attempt}/ripasso/{number}";
    let number = ["spid", &*attempt, "1"];
    walk.press(&other, review, &number, &[("risposta", "a")])
        .await;

    let said = [
        ("page", "/moduli"),
        ("text", "Non si legge."),
        ("email", "nina@example.org"),
    ];
    walk.press(&guest, "/accessibilita/segnala", &[], &said)
        .await;
    let waiting = report::waiting(&app.db).await.unwrap();
    let sent = waiting[0].id.to_string();
    let office = entered(app, COORDINATOR).await;
    walk.press(&office, "/rete/segnalazioni/{id}", &[&sent], &[])
        .await;
    walk.press(&guest, "/stile", &[], &[]).await;
}

async fn desk(walk: &Walk<'_>, id: &str) {
    let desk = entered(walk.app, DESK).await;
    let neri = [("q", "Neri")];
    walk.press(&desk, "/punto/cerca", &[], &neri).await;
    let unite = "/punto/cittadini/{id}/unisci";
    walk.press(&desk, unite, &[id], &neri).await;
    let (kind, file) = with_file(&[], "file", "first_name,last_name\nUgo,Bruni\n");
    let import = "/punto/cittadini/importa";
    walk.press_body(&desk, import, &[], (&kind, file)).await;
    let name = [("name", "Gruppo del giovedì")];
    let group = walk.press(&desk, "/punto/gruppi", &[], &name).await;
    let group = part(&group, 3);
    let name = [("name", "Gruppo del venerdì")];
    walk.press(&desk, "/punto/gruppi/{id}", &[&group], &name)
        .await;
    walk.press(&desk, "/punto/gruppi/{id}/cerca", &[&group], &neri)
        .await;
    let marked = walk.press(&desk, "/punto/dispositivo", &[], &[]).await;
    let device = marked.hidden("id");
    walk.press(&desk, "/punto/dispositivo/togli", &[], &[("id", &device)])
        .await;
}

/// A file that Facilita answered with a report, and one of which it refused nothing.
async fn facilita(walk: &Walk<'_>) {
    let app = walk.app;
    let (desk, program) = (app.facilitator().await, app.coordinator().await);
    let office = entered(app, COORDINATOR).await;
    let mut files = Vec::new();
    for pattern in ["/rete/facilita/{batch}", "/rete/facilita/{batch}/nessuna"] {
        let (person, _) = registered(app).await;
        let given = body("individual", &[&person]);
        desk.post("/services", given).await.json(201);
        let order = json!({ "programme": "puglia", "from": "2026-11-01", "to": "2026-11-30" });
        let made = program.post("/facilita/batches", order).await.json(201);
        let batch = field(&made, "batch");
        let report = facilita::brief(&[(1, "Dati del servizio errati")]);
        let (kind, file) = with_file(&[("refused", "1")], "report", &report);
        let sent = match files.is_empty() {
            true => (kind.as_str(), file),
            false => (FORM, coded(&[])),
        };
        walk.press_body(&office, pattern, &[&batch], sent).await;
        files.push(batch);
    }
}

async fn office(walk: &Walk<'_>) {
    let office = entered(walk.app, COORDINATOR).await;
    let new = network::fields(&[("code", "umbria"), ("name", "Umbria")]);
    walk.press(&office, "/rete/programmi/nuovo", &[], &new)
        .await;
    let older = network::fields(&[("age_max", "80"), ("confirmed", "yes")]);
    walk.press(&office, "/rete/programmi/{code}", &["puglia"], &older)
        .await;
    let table = tables::table().replace(",prova", ",puglia");
    let few: String = table.split_inclusive('\n').take(4).collect();
    let table = [("text", few.as_str()), ("act", "keep")];
    walk.press(&office, "/rete/punti/importa", &[], &table)
        .await;
    let point = [
        ("programme", "puglia"),
        ("code", "BT-9"),
        ("name", "Biblioteca di prova"),
        ("municipality", "Bitonto"),
        ("province", "Bari"),
        ("region", "Puglia"),
    ];
    walk.press(&office, "/rete/punti/nuovo", &[], &point).await;
    let changed = [&point[2..], &[("hours", "Il lunedì")]].concat();
    walk.press(&office, "/rete/punti/{code}", &["BT-9"], &changed)
        .await;
    let page = office.get("/rete/punti/lecce").await;
    let account = page.all("/facilitatori/", '"').remove(0);
    let known = [
        ("facilita_name", "Inventata Persona"),
        ("facilita_id", "12"),
    ];
    let pattern = "/rete/punti/{code}/facilitatori/{account}";
    walk.press(&office, pattern, &["lecce", &account], &known)
        .await;
    let hash = "AB".repeat(32) + "\n";
    let (kind, list) = with_file(&[("programma", "puglia")], "file", &hash);
    walk.press_body(&office, "/rete/verifica", &[], (&kind, list))
        .await;
}

/// How somebody of the staff enters, and what they keep of their own. Gives the secret of their
/// second factor.
async fn doors(walk: &Walk<'_>) -> Vec<u8> {
    let app = walk.app;
    let code = |secret: &[u8]| totp::code(secret, app.clock.now());
    let known = [("email", DESK), ("password", PASSWORD)];
    let own = Browser::new(app);
    walk.press(&own, "/accedi", &[], &known).await;
    let stays = (FORM, coded(&[]));
    let stay = walk.send(&own, "/accesso/resta", &[], stays).await;
    assert!(stay.is_none(), "a script is answered with a page");

    let page = own.get("/accesso/secondo-fattore").await;
    let shown = page.all("<strong>", '<');
    let secret = shown.iter().find(|text| text.len() > 30).unwrap();
    let secret = totp::from_base32(secret).unwrap();
    let pattern = "/accesso/secondo-fattore";
    let now = code(&secret);
    let set = walk.press(&own, pattern, &[], &[("code", &now)]).await;
    assert_eq!(set.all("<code>", '<').len(), 10);
    wait(app, 1);
    let renewed = [("code", &*code(&secret))];
    walk.press(&own, "/accesso/codici", &[], &renewed).await;
    let sure = [("current", PASSWORD), ("ritorno", "/accesso")];
    walk.press(&own, "/accesso/conferma", &[], &sure).await;

    wait(app, 1);
    let other = Browser::new(app);
    let half = other.post("/accedi", &known).await.hidden("half");
    let given = [("half", &*half), ("code", &*code(&secret))];
    walk.press(&other, "/accedi/codice", &[], &given).await;
    let page = own.get("/accesso").await;
    let mut open = page.all("action=\"/accesso/sessioni/", '"');
    open.retain(|rest| rest.ends_with("/chiudi"));
    assert!(open.len() > 1, "{open:?}");
    // The latest is the other one.
    let pattern = "/accesso/sessioni/{session}/chiudi";
    let (last, _) = open.last().unwrap().split_once('/').unwrap();
    walk.press(&own, pattern, &[last], &[]).await;
    walk.press(&own, "/accesso/sessioni/chiudi", &[], &[]).await;
    let change = [("current", PASSWORD), ("password", NEW), ("again", NEW)];
    walk.press(&own, "/accesso/password", &[], &change).await;

    let visitor = Browser::new(app);
    walk.press(&visitor, "/accedi/dimenticata", &[], &[("email", OTHER)])
        .await;
    let account = app.account(OTHER).await.parse().unwrap();
    let link = links::new_link(&app.db, account, None, app.clock.now());
    let chosen = [
        ("token", &*link.await.unwrap()),
        ("password", NEW),
        ("again", NEW),
    ];
    walk.press(&visitor, "/accedi/password", &[], &chosen).await;
    secret
}

/// What an administrator does with the accounts of others.
async fn accounts(walk: &Walk<'_>) {
    let app = walk.app;
    app.add_staff(BOSS, Role::Admin).await;
    let boss = entered(app, BOSS).await;
    walk.press(&boss, "/amministrazione/cerca", &[], &[("q", "Inventata")])
        .await;
    let new = [
        ("email", "nuova@example.org"),
        ("name", "Persona Nuova"),
        ("role", "facilitator"),
        ("point", "lecce"),
    ];
    walk.press(&boss, "/amministrazione/nuovo", &[], &new).await;
    let account = app.account(new[0].1).await;
    let role = [("role", "facilitator"), ("point", "bari-centro")];
    for pattern in [
        "/amministrazione/{account}/ruoli",
        "/amministrazione/{account}/ruoli/togli",
    ] {
        walk.press(&boss, pattern, &[&account], &role).await;
    }
    let desk = app.account(DESK).await;
    let page = boss.get(&format!("/amministrazione/{desk}")).await;
    let session = page.hidden("session");
    let close = "/amministrazione/{account}/sessioni/chiudi";
    walk.press(&boss, close, &[&desk], &[("session", &session)])
        .await;
    let forgot = [("email", DESK)];
    Browser::new(app).post("/accedi/dimenticata", &forgot).await;
    for (whose, act, fields) in [
        (&desk, "rifiuta", &[][..]),
        (&account, "collegamento", &[("altro", "1")]),
        (&account, "disattiva", &[]),
        (&account, "riattiva", &[]),
    ] {
        let pattern = "/amministrazione/{account}/{act}";
        walk.press(&boss, pattern, &[whose, act], fields).await;
    }
}

/// The way out; and the second factor, which an administrator takes away.
async fn leaving(walk: &Walk<'_>, secret: &[u8]) {
    let app = walk.app;
    wait(app, 1);
    let own = Browser::new(app);
    let known = [("email", DESK), ("password", NEW)];
    let half = own.post("/accedi", &known).await.hidden("half");
    let code = totp::code(secret, app.clock.now());
    own.post("/accedi/codice", &[("half", &half), ("code", &code)])
        .await
        .expect(200, "");
    walk.press(&own, "/esci", &[], &[]).await;
    assert_eq!(own.cookie("autonomia"), None);
    let boss = entered(app, BOSS).await;
    let desk = app.account(DESK).await;
    let pattern = "/amministrazione/{account}/{act}";
    walk.press(&boss, pattern, &[&desk, "secondo-fattore"], &[])
        .await;
}
