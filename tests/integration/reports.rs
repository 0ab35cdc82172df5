//! Reporting a page that one cannot use.

use autonomia::accounts::staff::{self, NewStaff};
use autonomia::domain::role::Role;
use autonomia::network::report;

use crate::app::{PASSWORD, TestApp};
use crate::browser::Browser;
use crate::ground::NOW;
use crate::office::give_password;

async fn entered(app: &TestApp, email: &str) -> Browser {
    let browser = Browser::new(app);
    let fields = [("email", email), ("password", PASSWORD)];
    assert_eq!(browser.post("/accedi", &fields).await.status, 200);
    browser
}

#[actix_web::test]
async fn a_report_is_sent_without_an_account_and_answered_by_a_coordinator() {
    let app = TestApp::new().await;
    let visitor = Browser::new(&app);
    let path = "/accessibilita/segnala";
    let asks = visitor.get("/accessibilita").await;
    assert!(asks.text.contains("href=\"/accessibilita/segnala\""));
    let page = ("page", "La lezione su SPID");
    let wrong = visitor
        .post(path, &[page, ("text", " "), ("email", "boh")])
        .await;
    let wrong = wrong.expect(422, "Scrivi che cosa non va.");
    assert!(wrong.text.contains("href=\"#email\""));
    assert!(wrong.says("Questo non è un indirizzo e-mail") && wrong.says("La lezione su SPID"));
    let text = ("text", "Con il lettore di schermo <non> trovo il bottone.");
    let email = ("email", "nina@example.org");
    visitor
        .post(path, &[page, text, email])
        .await
        .expect(200, "la tua segnalazione è arrivata");

    let list = "/rete/segnalazioni";
    assert!(visitor.get(list).await.at.starts_with("/accedi?ritorno="));
    let desk = entered(&app, "sportello@example.org").await;
    desk.get(list).await.expect(403, "");
    let new = NewStaff {
        email: "ufficio@example.org".to_owned(),
        name: "Ufficio".to_owned(),
        role: Role::Coordinator,
        point: None,
    };
    let (account, _) = staff::add(&app.db, new, None, NOW).await.unwrap();
    give_password(&app.db, account).await;
    let office = entered(&app, "ufficio@example.org").await;
    let mine = office.get("/mio-percorso").await;
    assert!(mine.text.contains("href=\"/rete\""));
    let room = office.get("/rete").await;
    assert!(room.text.contains("href=\"/rete/segnalazioni\""));
    let waits = office.get(list).await.expect(200, "nina@example.org");
    assert!(waits.says("Rispondi entro il 21 dicembre 2026"));
    assert!(waits.says("&lt;non&gt;"));
    let waiting = report::waiting(&app.db).await.unwrap();
    let answer = format!("{list}/{}", waiting[0].id);
    office
        .post(&answer, &[])
        .await
        .expect(200, "Nessuna segnalazione");
    office.post(&answer, &[]).await.expect(404, "");
}
