//! Every address that writes leaves a row with the id of each person it touches, or stands in a
//! list that says why it does not. The addresses are those of the routes: a new one that is in
//! neither is a fault.

use std::collections::BTreeSet;

use awc::http::Method;
use serde_json::json;

use super::walk::{self, Walk, another_point, cards, records};
use crate::access::addresses;
use crate::app::TestApp;
use crate::desk;
use crate::office::known_to_facilita;
use crate::services::body;

/// Addresses that name no citizen, and why.
const SILENT: [(&str, &[&str]); 10] = [
    (
        "what somebody learns by themselves is in their attempts and completions",
        &[
            "POST /moduli/{module}/quiz",
            "POST /moduli/{module}/quiz/{attempt}/fine",
            "POST /moduli/{module}/quiz/{attempt}/ripasso/{number}",
            "POST /moduli/{module}/quiz/{attempt}/{number}",
            "POST /moduli/{module}/{lesson}/letta",
            "POST /moduli/{module}/{lesson}/risposte",
            "POST /api/v1/guests",
            "POST /api/v1/modules/{module}/lessons/{lesson}/answers",
            "POST /api/v1/modules/{module}/lessons/{lesson}/read",
            "POST /api/v1/modules/{module}/attempts",
            "POST /api/v1/attempts/{attempt}/answers",
            "POST /api/v1/attempts/{attempt}/finish",
        ],
    ),
    (
        "it only looks: a search, or a trial that keeps nothing, with rows of its own",
        &[
            "POST /punto/cerca",
            "POST /punto/cittadini/importa",
            "POST /punto/cittadini/{id}/unisci",
            "POST /punto/gruppi/{id}/cerca",
            "POST /api/v1/citizens/find",
            "POST /stile",
        ],
    ),
    (
        "one's own sessions, password and second factor, which are about an account",
        &[
            "POST /accedi",
            "POST /accedi/codice",
            "POST /accedi/dimenticata",
            "POST /accedi/password",
            "POST /accesso/codici",
            "POST /accesso/conferma",
            "POST /accesso/password",
            "POST /accesso/resta",
            "POST /accesso/secondo-fattore",
            "POST /accesso/sessioni/chiudi",
            "POST /accesso/sessioni/{session}/chiudi",
            "POST /esci",
            "DELETE /api/v1/sessions/current",
        ],
    ),
    (
        "a tablet or computer of a point",
        &["POST /punto/dispositivo", "POST /punto/dispositivo/togli"],
    ),
    (
        "a group that has nobody yet, or its name alone",
        &[
            "POST /punto/gruppi",
            "POST /punto/gruppi/{id}",
            "POST /api/v1/groups",
        ],
    ),
    (
        "one row for a file of up to 9,000 people, whose rows say who they are",
        &[
            "POST /rete/facilita/{batch}",
            "POST /rete/facilita/{batch}/nessuna",
            "POST /api/v1/facilita/batches/{id}/rejects",
        ],
    ),
    (
        "points and programmes",
        &[
            "POST /rete/programmi/nuovo",
            "POST /rete/programmi/{code}",
            "POST /rete/punti/importa",
            "POST /rete/punti/nuovo",
            "POST /rete/punti/{code}",
            "POST /rete/punti/{code}/facilitatori/{account}",
        ],
    ),
    (
        "an auditor's list, which is read and not kept: one row says how many were found",
        &["POST /rete/verifica"],
    ),
    (
        "reports about a page, which come without a name",
        &[
            "POST /accessibilita/segnala",
            "POST /rete/segnalazioni/{id}",
        ],
    ),
    (
        "accounts of the staff",
        &[
            "POST /amministrazione/cerca",
            "POST /amministrazione/nuovo",
            "POST /amministrazione/{account}/ruoli",
            "POST /amministrazione/{account}/sessioni/chiudi",
            "POST /amministrazione/{account}/ruoli/togli",
            "POST /amministrazione/{account}/{act}",
        ],
    ),
];

/// What the site answers to a method that an address does not take.
const NOT_TAKEN: u16 = 405;

/// Every write of the routes, such as `POST /esci`.
pub(crate) async fn writes(app: &TestApp) -> BTreeSet<String> {
    let visitor = app.visitor();
    let mut found = BTreeSet::new();
    for address in addresses() {
        let path = address.replace(['{', '}'], "").replace(":.*", "");
        for method in [Method::POST, Method::PUT, Method::PATCH, Method::DELETE] {
            if visitor.send(method.clone(), &path, None).await.status != NOT_TAKEN {
                found.insert(format!("{method} {address}"));
            }
        }
    }
    found
}

#[actix_web::test]
async fn every_address_that_writes_names_whom_it_touches_or_says_why_not() {
    let app = TestApp::new().await;
    known_to_facilita(&app).await;
    let walk = Walk::new(&app).await;
    let id = records(&walk).await;
    cards(&walk, &id).await;
    another_point(&walk).await;
    learning(&walk, &id).await;
    ledger(&walk, &id).await;
    merging(&walk, &id).await;
    taking_over(&walk).await;
    super::own::own(&walk).await;
    super::silent::silent(&walk, &id).await;

    let silent: BTreeSet<String> = SILENT
        .iter()
        .flat_map(|(_, all)| all.iter().map(|one| (*one).to_owned()))
        .collect();
    let done = walk.done.take();
    let both: Vec<_> = done.intersection(&silent).collect();
    assert!(both.is_empty(), "they do name somebody: {both:?}");
    let known: BTreeSet<_> = done.union(&silent).cloned().collect();
    let writes = writes(&app).await;
    assert!(writes.len() > 80, "{writes:?}");
    // Each form was sent twice, and is there once.
    let faults = walk.faults.take();
    assert!(faults.is_empty(), "{faults:#?}");
    let twice = walk.twice.take();
    let form = |write: &&String| write.starts_with("POST /") && !write.starts_with("POST /api/");
    let forms: BTreeSet<String> = writes.iter().filter(form).cloned().collect();
    let once: Vec<_> = forms.difference(&twice).collect();
    assert!(
        once.is_empty(),
        "what happens when they come twice? {once:#?}"
    );
    let unknown: Vec<_> = writes.difference(&known).collect();
    assert!(unknown.is_empty(), "whom do they touch? {unknown:#?}");
    let gone: Vec<_> = known.difference(&writes).collect();
    assert!(gone.is_empty(), "not in the routes: {gone:#?}");
    assert_eq!(super::verified(&app.db).await.broken, None);
    app.verify_totals().await;
}

/// Groups, what is given to learn, and what was done at the desk.
async fn learning(walk: &Walk<'_>, id: &str) {
    let desk = walk.app.facilitator().await;
    let group = desk::group(&desk, "Gruppo", &[]).await;
    let members = ("PUT", "/groups/{id}/members");
    for (people, action) in [(json!([id]), "joined-group"), (json!([]), "left-group")] {
        walk.json(&desk, members, &[&group], json!({ "citizens": people }))
            .await
            .names(action, &[id]);
    }
    walk.form(
        &desk,
        "/punto/gruppi/{id}/persone",
        &[&group],
        &[("add", id)],
    )
    .await
    .names("joined-group", &[id]);
    let given = ("POST", "/assignments");
    let to_group = json!({ "modules": ["spid"], "group": group });
    let made = walk.json(&desk, given, &[], to_group).await;
    let made = made.names("assigned", &[id]).json(201);
    let of_group = made["assignments"][0].as_str().unwrap();
    let to_one = json!({ "modules": ["spid"], "citizens": [id] });
    let made = walk.json(&desk, given, &[], to_one).await;
    let made = made.names("assigned", &[id]).json(201);
    let of_one = made["assignments"][0].as_str().unwrap();
    let chosen = [("modules", "pagamenti-online")];
    for (pattern, whose, assignment) in [
        ("/punto/gruppi/{id}/assegna", group.as_str(), of_group),
        ("/punto/cittadini/{id}/assegna", id, of_one),
    ] {
        let given = walk.form(&desk, pattern, &[whose], &chosen).await;
        given.names("assigned", &[id]);
        let back = format!("{pattern}/ritira");
        let fields = [("id", assignment)];
        let taken = walk.form(&desk, &back, &[whose], &fields).await;
        taken.names("unassigned", &[id]);
    }
    walk.form(&desk, "/punto/gruppi/{id}/chiudi", &[&group], &[])
        .await
        .names("left-group", &[id]);
    let fields = [("module", "pagamenti-online"), ("reason", "Fatto qui")];
    walk.form(&desk, "/punto/cittadini/{id}/completamenti", &[id], &fields)
        .await
        .names("completion-recorded", &[id]);
}

/// Services, and what goes to Facilita.
async fn ledger(walk: &Walk<'_>, id: &str) {
    let (desk, office) = (walk.app.facilitator().await, walk.app.coordinator().await);
    let recorded = "service-recorded";
    let common = [
        ("point", "bari-centro"),
        ("citizens", id),
        ("need", "spid"),
        ("date", "2026-11-20"),
        ("minutes", "30"),
        ("title", "Prova"),
        ("act", "save"),
    ];
    walk.form(&desk, "/punto/servizi/nuovo", &[], &common)
        .await
        .names(recorded, &[id]);
    let group = [&common[..], &[("kind", "classroom")]].concat();
    let made = walk.form(&desk, "/punto/servizi/gruppo", &[], &group).await;
    let made = desk::leads(&made.names(recorded, &[id]));
    let made = made.split(['/', '?']).nth(3).unwrap();
    let correct = [&group[..], &[("reason", "prova"), ("minutes", "31")]].concat();
    let mut correct = correct;
    correct.retain(|field| *field != ("minutes", "30"));
    let corrected = "/punto/servizi/{id}/correggi";
    let done = walk.form(&desk, corrected, &[made], &correct).await;
    let made = desk::leads(&done.names(recorded, &[id]));
    let made = made.split(['/', '?']).nth(3).unwrap();
    let reason = [("reason", "prova")];
    walk.form(&desk, "/punto/servizi/{id}/annulla", &[made], &reason)
        .await
        .names("service-voided", &[id]);

    // A row that Facilita refused is settled; then it goes again.
    let days = [
        ("programma", "puglia"),
        ("from", "2026-11-01"),
        ("to", "2026-11-30"),
    ];
    let sent = walk.form(&office, "/rete/facilita", &[], &days).await;
    let file = desk::leads(&sent.names("sent-to-facilita", &[id]));
    let batch = file.rsplit('/').next().unwrap();
    // Called back before it is sent, and made again.
    walk.form(&office, "/rete/facilita/{batch}/richiama", &[batch], &[])
        .await
        .names("called-back-from-facilita", &[id]);
    let sent = walk.form(&office, "/rete/facilita", &[], &days).await;
    let file = desk::leads(&sent.names("sent-to-facilita", &[id]));
    let batch = file.rsplit('/').next().unwrap();
    let report = crate::facilita::brief(&[(1, "Dati del servizio errati")]);
    let path = format!("/facilita/batches/{batch}/rejects");
    office.post_text(&path, &report).await.json(200);
    let decided = [("decision", "again"), ("reason", "per prova")];
    walk.form(
        &office,
        "/rete/facilita/{batch}/{row}",
        &[batch, "1"],
        &decided,
    )
    .await
    .names("facilita-row-settled", &[id]);

    // A service that Facilita has, and that is voided, is taken out there.
    let made = walk
        .json(&desk, ("POST", "/services"), &[], body("individual", &[id]))
        .await;
    let service = walk::id(&made.names(recorded, &[id]).json(201), "service");
    let order = json!({ "programme": "puglia", "from": "2026-11-01", "to": "2026-11-30" });
    let made = walk
        .json(&office, ("POST", "/facilita/batches"), &[], order)
        .await;
    let made = made.names("sent-to-facilita", &[id]).json(201);
    let batch = walk::id(&made, "batch");
    let path = format!("/facilita/batches/{batch}/rejects?none=true");
    office.post_text(&path, "").await.json(200);
    let reason = json!({ "reason": "prova" });
    walk.json(&desk, ("POST", "/services/{id}/void"), &[&service], reason)
        .await
        .names("service-voided", &[id]);
    let taken = "/rete/facilita/tolti/{service}";
    walk.form(&office, taken, &[&service], &[])
        .await
        .names("taken-out-of-facilita", &[id]);
}

/// Two records made one and parted again name both people.
async fn merging(walk: &Walk<'_>, id: &str) {
    let desk = walk.app.facilitator().await;
    // Two codes are two people: only a record without one is joined to another.
    let mut twin = walk.app.somebody().record(walk.app.point());
    twin.as_object_mut().unwrap().remove("codice_fiscale");
    let twin = walk::id(&desk.post("/citizens", twin).await.json(201), "id");
    let both = [id, twin.as_str()];
    let merged = ("POST", "/citizens/{id}/merge");
    let made = walk
        .json(&desk, merged, &[id], json!({ "other": twin }))
        .await;
    let merge = walk::id(&made.names("citizens-merged", &both).json(201), "merge");
    let undo = ("DELETE", "/citizens/{id}/merge/{merge}");
    walk.json(&desk, undo, &[id, &merge], json!({}))
        .await
        .names("merge-undone", &both);
    let pattern = "/punto/cittadini/{id}/unisci/{other}";
    walk.form(&desk, pattern, &[id, &twin], &[])
        .await
        .names("citizens-merged", &both);
    let page = desk.get(&format!("/punto/cittadini/{id}")).await.text;
    let merge = page
        .split("/unioni/")
        .nth(1)
        .unwrap()
        .split('/')
        .next()
        .unwrap();
    let pattern = "/punto/cittadini/{id}/unioni/{merge}/annulla";
    walk.form(&desk, pattern, &[id, merge], &[])
        .await
        .names("merge-undone", &both);
}

/// What a guest did is taken over, and given back by the desk and by the person.
async fn taking_over(walk: &Walk<'_>) {
    let (app, desk) = (walk.app, walk.app.facilitator().await);
    let (id, _) = app.citizen_from(app.somebody().record(app.point())).await;
    let card = format!("/citizens/{id}/card");
    let card = desk.post(&card, json!({})).await.json(201);
    for (pattern, own) in [
        ("/punto/cittadini/{id}/presi/{takeover}", false),
        ("/mio-percorso/presi/{id}", true),
    ] {
        let guest = app.guest().await;
        let read = "/moduli/spid/che-cose-spid/letta";
        assert_eq!(guest.form(read, &[]).await.status, 303);
        let fields = [("tessera", &card["card"]), ("pin", &card["pin"])];
        let fields = fields.map(|(name, value)| (name, value.as_str().unwrap()));
        let entered = guest.form("/tessera", &fields).await;
        let cookies = entered
            .headers
            .iter()
            .filter(|(name, _)| *name == "set-cookie");
        let mut tokens = cookies.filter_map(|(_, value)| value.strip_prefix("autonomia="));
        let token = tokens.next().unwrap().split(';').next().unwrap();
        let person = app.visitor().with_token(&json!({ "token": token }));
        walk.form(&person, "/accedi/sei-tu", &[], &[("risposta", "si")])
            .await
            .names("progress-taken", &[&id]);
        let page = person.get("/mio-percorso").await.text;
        let way = page.split("/mio-percorso/presi/").nth(1).unwrap();
        let takeover = way.split('"').next().unwrap();
        let (who, places) = match own {
            true => (&person, vec![takeover]),
            false => (&desk, vec![id.as_str(), takeover]),
        };
        walk.form(who, pattern, &places, &[])
            .await
            .names("progress-given-back", &[&id]);
    }
}
