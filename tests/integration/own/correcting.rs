//! What a person changes by themselves, and what they ask their point to correct.

use crate::app::TestApp;
use crate::audit::rows;
use crate::office::entered;

#[actix_web::test]
async fn contacts_and_consent_are_ones_own_to_change_and_names_are_asked_for() {
    let app = TestApp::new().await;
    let (id, who) = app.citizen_from(app.somebody().record(app.point())).await;
    let before = rows(&app.db).await.len();
    let page = who.get("/mio-percorso/dati").await;
    assert_eq!(page.status, 200, "{}", page.text);
    who.get("/mio-percorso/dati/scarica").await;
    let looks = rows(&app.db).await.split_off(before);
    assert!(
        looks.is_empty(),
        "reading one's own data leaves no row: {looks:?}"
    );

    let contacts = "/mio-percorso/dati/contatti";
    let wrong = who
        .form(contacts, &[("email", "nessuna"), ("phone", "12")])
        .await;
    assert_eq!(wrong.status, 422);
    assert!(wrong.text.contains("value=\"nessuna\""), "{}", wrong.text);
    let right = [("email", "prova@example.org"), ("phone", "080 1234567")];
    assert_eq!(who.form(contacts, &right).await.status, 303);
    let data = who.api("/me/data").await;
    assert_eq!(data["records"][0]["email"], "prova@example.org");
    let consent = "/mio-percorso/dati/consenso";
    for (said, stands) in [("contact", true), ("contact", true), ("ritira", false)] {
        assert_eq!(who.form(consent, &[("consenso", said)]).await.status, 303);
        let data = who.api("/me/data").await;
        let contact = data["consents"].as_array().unwrap().iter();
        let mut given = contact.filter(|one| one["kind"] == "contact" && one["own"] == true);
        let last = given.next_back().unwrap();
        assert_eq!(last["withdrawn_at"].is_null(), stands, "{data}");
        assert!(!last["version"].as_str().unwrap().is_empty());
    }

    let ask = "/mio-percorso/dati/correzione";
    let empty = who.form(ask, &[("text", "")]).await;
    assert_eq!(empty.status, 422);
    assert!(
        empty.text.contains("Scegli almeno una cosa"),
        "{}",
        empty.text
    );
    // A codice fiscale is never kept in the clear.
    let code = app.somebody().codice_fiscale;
    let text = format!("Il codice giusto è {code}");
    let sent = [("about", "code"), ("text", text.as_str())];
    let refused = who.form(ask, &sent).await;
    assert_eq!(refused.status, 422);
    assert!(!refused.text.contains(&code), "it is not shown again");
    let sent = [
        ("about", "birth"),
        ("about", "name"),
        ("text", "Sono nata a maggio."),
    ];
    for _ in 0..2 {
        assert_eq!(who.form(ask, &sent).await.status, 303);
    }
    let desk = entered(&app, "sportello@example.org").await;
    let room = desk.get("/punto").await;
    room.expect(200, "Una persona chiede di correggere i suoi dati");
    let list = desk
        .get("/punto/correzioni")
        .await
        .expect(200, "Sono nata a maggio.");
    assert!(list.says("La data di nascita"), "{}", list.text);
    let waiting = list.all("action=\"/punto/correzioni/", '"');
    assert_eq!(waiting.len(), 1, "asked twice, it waits once");
    let path = format!("/punto/correzioni/{}", waiting[0]);
    let other = entered(&app, "altro-sportello@example.org").await;
    other.post(&path, &[("answer", "No")]).await.expect(404, "");
    desk.post(&path, &[("answer", "")]).await.expect(422, "");
    let answer = [("answer", "Fatto: ora è maggio.")];
    desk.post(&path, &answer)
        .await
        .expect(200, "La risposta è scritta");
    desk.post(&path, &answer)
        .await
        .expect(200, "Nessuno aspetta");
    let page = who.get("/mio-percorso/dati").await;
    assert!(page.text.contains("Fatto: ora è maggio."), "{}", page.text);
    let told = rows(&app.db).await;
    for action in [
        "correction-asked",
        "correction-answered",
        "consent-withdrawn",
    ] {
        let found = told
            .iter()
            .any(|row| row.action == action && row.subject_id == id);
        assert!(found, "{action}");
    }
}
