//! Every write of the routes that touches a citizen, done once by who may.

use std::cell::RefCell;
use std::collections::BTreeSet;

use autonomia::network::point;
use serde_json::{Value, json};

use super::rows;
use super::twice::{FORM, Kept, coded};
use crate::actor::{Actor, Answer};
use crate::app::TestApp;
use crate::browser::Browser;
use crate::desk;

/// Rows about citizens that tell of reading.
const READ: [&str; 3] = ["record-read", "card-printed", "access-refused"];

/// What was done so far, by address.
pub(super) struct Walk<'a> {
    pub(super) app: &'a TestApp,
    pub(super) done: RefCell<BTreeSet<String>>,
    /// The forms that were sent twice, by address.
    pub(super) twice: RefCell<BTreeSet<String>>,
    /// What was not as it should be when a form came twice.
    pub(super) faults: RefCell<Vec<String>>,
    /// How to read everything that is kept.
    pub(super) kept: Kept,
}

/// An answer, and what was written of citizens meanwhile: action and id.
pub(super) struct Step {
    answer: Answer,
    told: Vec<(String, String)>,
    what: String,
}

impl Step {
    /// Each of these is named, by this action.
    #[track_caller]
    pub(super) fn names(self, action: &str, people: &[&str]) -> Answer {
        for id in people {
            let found = self
                .told
                .iter()
                .any(|told| told == &(action.to_owned(), (*id).to_owned()));
            assert!(found, "{} does not name {id}: {:?}", self.what, self.told);
        }
        self.answer
    }
}

/// An address as the routes have it, with what stands in its places.
pub(super) fn path_of(pattern: &str, places: &[&str]) -> String {
    let mut places = places.iter();
    let parts = pattern.split('/').map(|part| match part.starts_with('{') {
        true => *places.next().unwrap(),
        false => part,
    });
    parts.collect::<Vec<_>>().join("/")
}

impl<'a> Walk<'a> {
    pub(super) async fn new(app: &'a TestApp) -> Self {
        Self {
            app,
            done: RefCell::default(),
            twice: RefCell::default(),
            faults: RefCell::default(),
            kept: Kept::new(&app.db).await,
        }
    }
}

impl Walk<'_> {
    /// One write: its address as the routes have it, and what stands in its places. A form is sent
    /// by a browser, and then once more.
    async fn step(
        &self,
        who: &Actor,
        (method, pattern): (&str, &str),
        places: &[&str],
        body: (&str, String),
    ) -> Step {
        let what = format!("{method} {pattern}");
        let path = path_of(pattern, places);
        let before = rows(&self.app.db).await.len();
        let browser = Browser::new(self.app);
        if let Some(token) = who.token() {
            browser.set_cookie("autonomia", token);
        }
        let twin = browser.copy();
        let answer = match body.0 {
            FORM => browser.sent(&path, &body).await.into(),
            _ => {
                who.send(method.parse().unwrap(), &path, Some(body.clone()))
                    .await
            }
        };
        let status = answer.status.as_u16();
        assert!(
            (200..400).contains(&status),
            "{what}: {status} {}",
            answer.text
        );
        let told = rows(&self.app.db).await.split_off(before).into_iter();
        let about = told.filter(|row| row.subject_kind == "citizen");
        let about = about.filter(|row| !READ.contains(&row.action.as_str()));
        self.done.borrow_mut().insert(what.clone());
        if body.0 == FORM {
            self.again(&what, &answer, (&browser, twin), (&path, &body))
                .await;
        }
        Step {
            answer,
            told: about.map(|row| (row.action, row.subject_id)).collect(),
            what,
        }
    }

    pub(super) async fn form(
        &self,
        who: &Actor,
        pattern: &str,
        places: &[&str],
        fields: &[(&str, &str)],
    ) -> Step {
        let body = (FORM, coded(fields));
        self.step(who, ("POST", pattern), places, body).await
    }

    pub(super) async fn json(
        &self,
        who: &Actor,
        address: (&str, &str),
        places: &[&str],
        body: Value,
    ) -> Step {
        let pattern = format!("/api/v1{}", address.1);
        let body = ("application/json", body.to_string());
        self.step(who, (address.0, &pattern), places, body).await
    }
}

pub(super) fn id(made: &Value, field: &str) -> String {
    made[field].as_str().unwrap().to_owned()
}

async fn point_id(app: &TestApp, code: &str) -> String {
    let all = point::list(app.db.read(), None).await.unwrap();
    let found = all.iter().find(|point| point.code == code);
    found.unwrap().id.to_string()
}

fn fields_of(record: &Value) -> Vec<(&str, &str)> {
    let fields = record.as_object().unwrap().iter();
    let fields = fields.filter(|(name, _)| *name != "point");
    fields
        .map(|(name, value)| (name.as_str(), value.as_str().unwrap()))
        .collect()
}

/// Registering and correcting: the first of three people.
pub(super) async fn records(walk: &Walk<'_>) -> String {
    let desk = walk.app.facilitator().await;
    let record = walk.app.somebody().record(walk.app.point());
    let made = walk
        .json(&desk, ("POST", "/citizens"), &[], record.clone())
        .await;
    let (_, id) = made.told[0].clone();
    made.names("citizen-registered", &[&id]);
    let second = walk.app.somebody().record(walk.app.point());
    let told = [&fields_of(&second)[..], &[("notice", "1")]].concat();
    let made = walk.form(&desk, "/punto/cittadini", &[], &told).await;
    let (_, other) = made.told[0].clone();
    let led = desk::leads(&made.names("citizen-registered", &[&other]));
    assert!(led.contains(&other), "{led}");
    let point = &point_id(walk.app, walk.app.point()).await;
    let table = "first_name,last_name\nPia,Neri\n";
    let fields = [("point", point.as_str()), ("testo", table)];
    let confirm = "/punto/cittadini/importa/conferma";
    let made = walk.form(&desk, confirm, &[], &fields).await;
    let (_, third) = made.told[0].clone();
    made.names("citizen-registered", &[&third]);
    let found = desk.api("/citizens?q=Neri").await.to_string();
    assert!(found.contains(&third), "{found}");

    let corrected = "citizen-corrected";
    let change = json!({ "province": "Lecce" });
    walk.json(&desk, ("PATCH", "/citizens/{id}"), &[&id], change)
        .await
        .names(corrected, &[&id]);
    walk.form(
        &desk,
        "/punto/cittadini/{id}/dati",
        &[&id],
        &fields_of(&record),
    )
    .await
    .names(corrected, &[&id]);
    for (said, action) in [
        ("contact", "consent-recorded"),
        ("ritira", "consent-withdrawn"),
    ] {
        let fields = [("consenso", said)];
        walk.form(&desk, "/punto/cittadini/{id}/consensi", &[&id], &fields)
            .await
            .names(action, &[&id]);
    }
    id
}

/// A card, and who enters with it.
pub(super) async fn cards(walk: &Walk<'_>, id: &str) {
    let desk = walk.app.facilitator().await;
    let printed = "card-issued";
    walk.form(&desk, "/punto/cittadini/{id}/tessera", &[id], &[])
        .await
        .names(printed, &[id]);
    let card = walk
        .json(&desk, ("POST", "/citizens/{id}/card"), &[id], json!({}))
        .await;
    let card = card.names(printed, &[id]).json(201);
    let (code, pin) = (self::id(&card, "card"), self::id(&card, "pin"));
    let visitor = walk.app.visitor();
    let fields = [("tessera", code.as_str()), ("pin", &pin)];
    walk.form(&visitor, "/tessera", &[], &fields)
        .await
        .names("signed-in", &[id]);
    let fields = json!({ "card": code, "pin": pin });
    let opened = walk
        .json(&visitor, ("POST", "/sessions"), &[], fields)
        .await;
    let learner = visitor.with_token(&opened.names("signed-in", &[id]).json(201));
    let fields = [
        ("da", "/moduli/spid/che-cose-spid"),
        ("text", "Non capisco."),
    ];
    let asked = walk.form(&learner, "/aiuto", &[], &fields).await;
    asked.names("help-asked", &[id]);
    let help = self::id(
        &desk.api("/points/bari-centro/stuck").await["help"][0],
        "id",
    );
    walk.form(
        &desk,
        "/punto/fermi/{id}",
        &[&help],
        &[("answer", "Vieni.")],
    )
    .await
    .names("help-answered", &[id]);
    for (pattern, action) in [
        ("/punto/cittadini/{id}/tessera/riapri", "card-reopened"),
        ("/punto/cittadini/{id}/tessera/ferma", "card-revoked"),
    ] {
        walk.form(&desk, pattern, &[id], &[])
            .await
            .names(action, &[id]);
    }
}

/// Somebody who goes to another point.
pub(super) async fn another_point(walk: &Walk<'_>) {
    let app = walk.app;
    let (desk, other) = (app.facilitator().await, app.other_facilitator().await);
    let bring = async || {
        let somebody = app.somebody();
        let made = desk.post("/citizens", somebody.record(app.point())).await;
        let id = self::id(&made.json(201), "id");
        let card = desk.post(&format!("/citizens/{id}/card"), json!({})).await;
        let known = somebody.record("lecce");
        let brought = walk.json(&other, ("POST", "/citizens"), &[], known).await;
        brought.names("citizen-brought", &[&id]);
        (id, card.json(201))
    };
    let (id, card) = bring().await;
    let fields = [("documento", "passport")];
    walk.form(&other, "/punto/cittadini/{id}/documento", &[&id], &fields)
        .await
        .names("document-seen", &[&id]);
    let own = [
        ("tessera", self::id(&card, "card")),
        ("pin", self::id(&card, "pin")),
    ];
    let own = own.each_ref().map(|(name, value)| (*name, value.as_str()));
    walk.form(&other, "/punto/cittadini/{id}/apri", &[&id], &own)
        .await
        .names("record-opened", &[&id]);
    let point = point_id(app, "lecce").await;
    for (said, action) in [("accetta", "record-opened"), ("rifiuta", "record-closed")] {
        let (id, _) = bring().await;
        let fields = [("punto", point.as_str()), ("risposta", said)];
        walk.form(&desk, "/punto/cittadini/{id}/punti", &[&id], &fields)
            .await
            .names(action, &[&id]);
    }
}
