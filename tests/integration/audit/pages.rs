//! The pages of the audit: for administrators, and for the person it is about.

use autonomia::domain::role::Role;
use serde_json::json;

use crate::app::TestApp;

#[actix_web::test]
async fn administrators_read_the_register_by_person_subject_kind_and_day_without_names_of_citizens()
{
    let app = TestApp::new().await;
    let desk = app.facilitator().await;
    let person = app.somebody();
    let (id, citizen) = app.citizen_from(person.record(app.point())).await;
    desk.get(&format!("/punto/cittadini/{id}")).await;
    let admin = app.staff_without_point(Role::Admin).await;
    let register = "/amministrazione/registro";
    let page = admin.get(register).await;
    assert_eq!(page.status, 200, "{}", page.text);
    assert!(page.text.contains(&id) && page.text.contains("Scheda letta"));
    assert!(page.text.contains("Facilitatore, Bari Centro"));
    // Ids, and never who they are.
    for secret in [person.codice_fiscale.as_str(), "Inventata,", "Prova B"] {
        assert!(!page.text.contains(secret), "{secret}");
    }
    let of = async |query: &str| admin.get(&format!("{register}?{query}")).await.text;
    let lines = |text: &str| text.matches("<th scope=\"row\">").count();
    let all = lines(&page.text);
    assert!(all > 5);
    assert_eq!(lines(&of("che=record-read").await), 1);
    let about = lines(&of(&format!("cosa={id}")).await);
    assert!(about > 1 && about < all, "{about} of {all}");
    assert_eq!(lines(&of("giorno=2026-11-20").await), 0);
    assert!(lines(&of("giorno=2026-11-21").await) >= all);
    // Looking at the register is in the register.
    assert!(of("che=audit-listed").await.contains("in elenco"));
    // In words, and at Italian time.
    let failed = app.visitor();
    let wrong = json!({ "email": "nessuno@example.org", "password": "sbagliata del tutto" });
    failed.post("/sessions", wrong).await;
    let tried = of("che=sign-in-failed").await;
    assert!(tried.contains("Chi non era entrato"), "{tried}");
    let brought = of(&format!("cosa={id}")).await;
    assert!(brought.contains(&format!("Persona {id}")), "{brought}");
    assert!(brought.contains("21 novembre 2026, 11:00"), "{brought}");
    for who in [&desk, &citizen, &app.coordinator().await, &app.visitor()] {
        assert_ne!(who.get(register).await.status, 200);
    }
}

#[actix_web::test]
async fn a_person_reads_who_looked_at_their_data_by_point_and_role_and_never_by_name() {
    let app = TestApp::new().await;
    let desk = app.facilitator().await;
    let (id, citizen) = app.citizen_from(app.somebody().record(app.point())).await;
    let (other, _) = app.citizen_from(app.somebody().record(app.point())).await;
    for _ in 0..3 {
        desk.get(&format!("/punto/cittadini/{id}")).await;
    }
    desk.get(&format!("/punto/cittadini/{other}")).await;
    app.other_facilitator()
        .await
        .get(&format!("/punto/cittadini/{id}"))
        .await;
    let page = citizen.get("/mio-percorso/dati").await;
    assert_eq!(page.status, 200, "{}", page.text);
    for words in [
        "Chi ha guardato o cambiato i tuoi dati",
        "Scheda letta (3 volte)",
        "Facilitatore, Bari Centro",
        "Accesso negato",
        "Facilitatore, Lecce",
        "Tessera nuova",
        ">Tu<",
        "21 novembre 2026",
    ] {
        assert!(page.text.contains(words), "{words}: {}", page.text);
    }
    // No colleague's name, and nothing of anybody else.
    assert!(!page.text.contains("Persona Inventata") && !page.text.contains(&other));
    let english = citizen.get("/mio-percorso/dati?lingua=en").await;
    assert!(
        english.text.contains("Record read (3 times)"),
        "{}",
        english.text
    );
    assert!(
        citizen
            .get("/mio-percorso")
            .await
            .text
            .contains("/mio-percorso/dati")
    );
    assert_ne!(app.visitor().get("/mio-percorso/dati").await.status, 200);
    assert_eq!(desk.get("/mio-percorso/dati").await.status, 303);
    let many = json!({ "province": "Lecce" }).to_string();
    for _ in 0..51 {
        let body = Some(("application/json", many.clone()));
        let path = format!("/api/v1/citizens/{id}");
        desk.send(awc::http::Method::PATCH, &path, body).await;
    }
    let first = citizen.get("/mio-percorso/dati").await.text;
    assert!(first.contains("rel=\"next\"") && first.contains("prima="));
}
