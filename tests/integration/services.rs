//! The ledger at the desk: recording every kind of service, who may see and write what, voiding.

use autonomia::db::{self, entities};
use autonomia::domain::ids::{CitizenId, GroupId, PointId};
use sea_orm::ActiveValue::Set;
use sea_orm::{DbErr, EntityTrait};
use serde_json::{Value, json};

use crate::app::TestApp;
use crate::browser::Seen;
use crate::ground::NOW;
use crate::office::{DESK, entered, recorded, registered};

const NEW: &str = "/punto/servizi/nuovo";
const GROUP: &str = "/punto/servizi/gruppo";

pub(crate) fn body(kind: &str, citizens: &[&str]) -> Value {
    json!({
        "kind": kind, "point": "bari-centro", "date": "2026-11-20", "minutes": 45,
        "competences": ["2.6"], "domains": ["A"], "title": format!("Prova {kind}"),
        "citizens": citizens,
    })
}

#[actix_web::test]
async fn quick_help_for_somebody_is_two_presses() {
    let app = TestApp::new().await;
    let (id, _) = registered(&app).await;
    let desk = entered(&app, DESK).await;
    let form = desk.get(&format!("{NEW}?cittadino={id}")).await;
    let form = form.expect(200, "Chi hai aiutato?");
    // Today, half an hour and the person are there already.
    for there in [
        "value=\"2026-11-21\"",
        "value=\"30\"",
        &format!("value=\"{id}\" id=\"persona-1\" checked"),
    ] {
        assert!(form.text.contains(there), "{there}: {}", form.text);
    }
    let sent = [
        ("point", "bari-centro"),
        ("citizens", &id),
        ("need", "spid"),
        ("date", "2026-11-21"),
        ("minutes", "30"),
        ("act", "save"),
    ];
    let done = desk
        .post(NEW, &sent)
        .await
        .expect(200, "Il servizio è registrato");
    let service = recorded(&done);
    for shown in [
        "SPID e CIE",
        "Gestire l’identità digitale",
        "App IO",
        "Nuova persona",
        // Facilita does not know the point yet.
        "Manca il numero che il punto ha in Facilita",
    ] {
        assert!(done.says(shown), "{shown}: {}", done.text);
    }
    // Sent twice, recorded once.
    let again = desk.post(NEW, &sent).await.expect(200, "era già scritto");
    let there = format!("/punto/servizi/{service}?fatto=there");
    assert_eq!(again.at, there);
    let totals = app.totals().await;
    assert_eq!((totals.citizens, totals.services), (1, 1));
    app.verify_totals().await;
}

#[actix_web::test]
async fn a_refused_form_keeps_what_was_written_and_names_each_field() {
    let app = TestApp::new().await;
    let (id, _) = registered(&app).await;
    let desk = entered(&app, DESK).await;
    let wrong = [
        ("point", "bari-centro"),
        ("citizens", &id),
        ("date", ""),
        ("minutes", "mezzora"),
        ("title", "Bolletta"),
    ];
    let page = desk
        .post(NEW, &wrong)
        .await
        .expect(422, "Ci sono 3 dati da correggere");
    for there in [
        "href=\"#need\"",
        "href=\"#date\"",
        "href=\"#minutes\"",
        "value=\"mezzora\"",
        "value=\"Bolletta\"",
        "checked",
    ] {
        assert!(page.text.contains(there), "{there}: {}", page.text);
    }
    let ahead = [
        ("point", "bari-centro"),
        ("citizens", &id),
        ("need", "health"),
        ("date", "2026-11-22"),
        ("minutes", "30"),
    ];
    let page = desk
        .post(NEW, &ahead)
        .await
        .expect(422, "Questo giorno deve ancora venire");
    assert!(
        page.text
            .contains("value=\"health\" id=\"need-health\" checked")
    );
    assert_eq!(app.totals().await.services, 0);
}

#[actix_web::test]
async fn a_list_of_who_attended_is_made_from_a_group_and_from_searches_without_losing_anybody() {
    let app = TestApp::new().await;
    let ((ada, _), (bea, _), (carla, code)) = (
        registered(&app).await,
        registered(&app).await,
        registered(&app).await,
    );
    let group = group_of(&app, &[&ada, &bea]).await;
    let desk = entered(&app, DESK).await;
    let form = desk.get(GROUP).await.expect(200, "Martedì digitale");
    assert!(form.says("Formazione in presenza") && !form.says("Facilitazione individuale"));
    let written = [
        ("point", "bari-centro"),
        ("kind", "classroom"),
        ("need", "safety"),
        ("date", "2026-11-20"),
        ("minutes", "90"),
        ("title", "Truffe"),
    ];
    let with = |more: &[(&'static str, &str)]| -> Vec<(&'static str, String)> {
        let all = written.iter().chain(more);
        all.map(|(name, value)| (*name, (*value).to_owned()))
            .collect()
    };
    let post = async |fields: Vec<(&'static str, String)>| {
        let fields: Vec<_> = fields
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        desk.post(GROUP, &fields).await
    };
    let ticked = |page: &Seen, id: &str| {
        page.text.contains(&format!("value=\"{id}\" id=\"persona-"))
            && page
                .text
                .split(id)
                .nth(1)
                .is_some_and(|rest| rest[..40].contains("checked"))
    };
    let page = post(with(&[("act", "group"), ("group", &group)])).await;
    assert!(ticked(&page, &ada) && ticked(&page, &bea), "{}", page.text);
    // A search by name keeps the ticks, and offers the others without one.
    let page = post(with(&[
        ("act", "search"),
        ("q", "inventata"),
        ("citizens", &ada),
        ("citizens", &bea),
    ]))
    .await;
    assert!(ticked(&page, &ada) && ticked(&page, &bea) && !ticked(&page, &carla));
    assert!(page.text.contains(&carla) && page.text.contains("value=\"Truffe\""));
    // A codice fiscale puts its person on the list.
    let page = post(with(&[("act", "search"), ("q", &code), ("citizens", &ada)])).await;
    assert!(ticked(&page, &ada) && ticked(&page, &carla) && page.status == 200);
    let page = post(with(&[("act", "search"), ("q", "Nessuno Così")])).await;
    page.expect(200, "nessuna persona così");
    let done = post(with(&[
        ("act", "save"),
        ("citizens", &ada),
        ("citizens", &bea),
        ("citizens", &carla),
    ]))
    .await;
    recorded(&done);
    assert!(done.says("Formazione in presenza") && done.says("90") && done.says("Truffe"));
    let totals = app.totals().await;
    assert_eq!((totals.citizens, totals.services), (3, 1));
    app.verify_totals().await;
}

#[actix_web::test]
async fn every_kind_is_recorded_from_its_page_and_from_the_api() {
    let app = TestApp::new().await;
    let ((ada, _), (bea, _)) = (registered(&app).await, registered(&app).await);
    let (desk, api) = (entered(&app, DESK).await, app.facilitator().await);
    for (kind, label) in [
        ("individual", "Facilitazione individuale"),
        ("group", "Facilitazione di gruppo"),
        ("classroom", "Formazione in presenza"),
        ("online", "Formazione online"),
        ("other", "Altro"),
    ] {
        let people: &[&str] = match kind {
            "individual" => &[&ada],
            _ => &[&ada, &bea],
        };
        let made = api.post("/services", body(kind, people)).await.json(201);
        assert_eq!(made["attendances"].as_array().unwrap().len(), people.len());
        let path = if kind == "individual" { NEW } else { GROUP };
        let mut fields = vec![
            ("point", "bari-centro"),
            ("kind", kind),
            ("need", "phone"),
            ("date", "2026-11-19"),
            ("minutes", "30"),
            ("act", "save"),
        ];
        fields.extend(people.iter().map(|id| ("citizens", *id)));
        let done = desk.post(path, &fields).await.expect(200, label);
        recorded(&done);
        let list = desk.get(&format!("/punto/servizi?tipo={kind}")).await;
        assert_eq!(
            list.all("href=\"/punto/servizi/", '"')
                .iter()
                .filter(|at| at.len() == 36)
                .count(),
            2,
            "{kind}"
        );
        assert!(list.says("Prova ") && list.says("Posta e telefono"));
    }
    assert_eq!(app.totals().await.services, 10);
    let some = desk
        .get("/punto/servizi?dal=2026-11-20&al=2026-11-20")
        .await;
    assert!(some.says("Prova group") && !some.says("Posta e telefono"));
    app.verify_totals().await;
}

#[actix_web::test]
async fn a_void_wants_a_reason_and_the_totals_follow() {
    let app = TestApp::new().await;
    let (ada, _) = registered(&app).await;
    let api = app.facilitator().await;
    let made = api
        .post("/services", body("individual", &[&ada]))
        .await
        .json(201);
    let at = format!("/punto/servizi/{}", made["service"].as_str().unwrap());
    let desk = entered(&app, DESK).await;
    let refused = desk
        .post(&format!("{at}/annulla"), &[("reason", " ")])
        .await;
    assert!(
        refused
            .expect(422, "Questo dato serve")
            .text
            .contains("href=\"#reason\"")
    );
    assert_eq!(app.totals().await.citizens, 1);
    let done = desk
        .post(
            &format!("{at}/annulla"),
            &[("reason", "Era il giorno prima")],
        )
        .await;
    let done = done.expect(200, "Il servizio è annullato");
    assert!(done.says("Era il giorno prima") && done.says("da Persona Inventata"));
    assert!(!done.text.contains("/annulla\""));
    let totals = app.totals().await;
    assert_eq!((totals.citizens, totals.services), (0, 0));
    desk.get("/punto/servizi").await.expect(200, "Annullato");
    app.verify_totals().await;
}

#[actix_web::test]
async fn what_was_learned_at_home_stands_in_the_list_as_such() {
    let app = TestApp::new().await;
    let citizen = app.citizen().await;
    app.pass(&citizen, "spid").await;
    let desk = entered(&app, DESK).await;
    let list = desk
        .get("/punto/servizi")
        .await
        .expect(200, "Imparato da casa");
    let service = list
        .all("href=\"/punto/servizi/", '"')
        .into_iter()
        .find(|at| at.len() == 36);
    desk.get(&format!("/punto/servizi/{}", service.unwrap()))
        .await
        .expect(200, "Nuova persona");
}

/// A group of the first point with these people.
async fn group_of(app: &TestApp, people: &[&str]) -> String {
    let point = autonomia::network::point::by_code(app.db.read(), app.point())
        .await
        .unwrap()
        .unwrap();
    let people: Vec<CitizenId> = people.iter().map(|id| id.parse().unwrap()).collect();
    let id = GroupId::new();
    db::write(&app.db, async move |tx| {
        fill(tx, id, point.id, people).await
    })
    .await
    .unwrap();
    id.to_string()
}

async fn fill(
    tx: &sea_orm::DatabaseTransaction,
    id: GroupId,
    point: PointId,
    people: Vec<CitizenId>,
) -> Result<(), DbErr> {
    let account = entities::accounts::Entity::find().one(tx).await?.unwrap();
    let group = entities::groups::ActiveModel {
        id: Set(id),
        point_id: Set(point),
        name: Set("Martedì digitale".to_owned()),
        created_by: Set(account.id),
        created_at: Set(NOW),
        closed_at: Set(None),
    };
    entities::groups::Entity::insert(group)
        .exec_without_returning(tx)
        .await?;
    let members = people
        .into_iter()
        .map(|citizen| entities::group_members::ActiveModel {
            group_id: Set(id),
            citizen_id: Set(citizen),
            added_at: Set(NOW),
        });
    entities::group_members::Entity::insert_many(members)
        .exec_without_returning(tx)
        .await?;
    Ok(())
}
