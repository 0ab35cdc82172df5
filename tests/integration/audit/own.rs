//! What people do with their own data, and what is done for them at the desk.

use autonomia::db;
use autonomia::db::entities::{attendances, corrections};
use autonomia::domain::facilita::SendState;
use sea_orm::sea_query::Expr;
use sea_orm::{DbErr, EntityTrait};
use serde_json::{Value, json};

use super::walk::{Walk, id};
use crate::actor::Actor;
use crate::app::TestApp;
use crate::services::body;

/// Somebody with a card: their id, the card, and them.
async fn somebody(app: &TestApp) -> (String, Value, Actor) {
    let desk = app.facilitator().await;
    let record = app.somebody().record(app.point());
    let citizen = id(&desk.post("/citizens", record).await.json(201), "id");
    let path = format!("/citizens/{citizen}/card");
    let card = desk.post(&path, json!({})).await.json(201);
    let opens = json!({ "card": card["card"], "pin": card["pin"] });
    let who = app.enter(&app.visitor(), &opens).await;
    (citizen, opens, who)
}

pub(super) async fn own(walk: &Walk<'_>) {
    let app = walk.app;
    let (citizen, card, who) = somebody(app).await;
    let contacts = [("email", "prova@example.org"), ("phone", "")];
    walk.form(&who, "/mio-percorso/dati/contatti", &[], &contacts)
        .await
        .names("citizen-corrected", &[&citizen]);
    let yes = [("consenso", "contact")];
    walk.form(&who, "/mio-percorso/dati/consenso", &[], &yes)
        .await
        .names("consent-recorded", &[&citizen]);
    let wrong = [("about", "name"), ("text", "Con la zeta.")];
    walk.form(&who, "/mio-percorso/dati/correzione", &[], &wrong)
        .await
        .names("correction-asked", &[&citizen]);
    let asked = corrections::Entity::find().one(app.db.read()).await;
    let asked = asked.unwrap().unwrap().id.to_string();
    let desk = app.facilitator().await;
    let answer = [("answer", "Fatto.")];
    walk.form(&desk, "/punto/correzioni/{id}", &[&asked], &answer)
        .await
        .names("correction-answered", &[&citizen]);
    let pin = [("pin", card["pin"].as_str().unwrap())];
    walk.form(&who, "/mio-percorso/dati/cancella", &[], &pin)
        .await
        .names("citizen-erased", &[&citizen]);

    let (citizen, ..) = somebody(app).await;
    let service = desk
        .post("/services", body("individual", &[&citizen]))
        .await
        .json(201);
    let service = id(&service, "service");
    db::write(&app.db, async move |tx| {
        let sent = Expr::value(SendState::Sent);
        attendances::Entity::update_many()
            .col_expr(attendances::Column::Facilita, sent)
            .exec(tx)
            .await?;
        Ok::<_, DbErr>(())
    })
    .await
    .unwrap();
    let why = [("motivo", "mistake")];
    walk.form(&desk, "/punto/cittadini/{id}/cancella", &[&citizen], &why)
        .await
        .names("citizen-erased", &[&citizen]);
    let office = app.coordinator().await;
    let pattern = "/rete/facilita/cancellati/{service}/{citizen}";
    walk.form(&office, pattern, &[&service, &citizen], &[])
        .await
        .names("taken-out-of-facilita", &[&citizen]);
}
