//! What can be written down can be looked for, and a person's own acts are theirs.

use autonomia::db::audit::Action;
use autonomia::domain::role::Role;
use time::macros::date;

use crate::app::TestApp;
use crate::browser::Browser;
use crate::people::Person;

#[actix_web::test]
async fn an_administrator_looks_for_any_action_and_a_person_reads_what_they_did_themselves() {
    let app = TestApp::new().await;
    let admin = app.staff_without_point(Role::Admin).await;
    let page = admin.get("/amministrazione/registro").await.text;
    for action in Action::ALL {
        let option = format!("<option value=\"{}\"", action.name());
        assert!(page.contains(&option), "the filter has no {action:?}");
    }
    // Who enters with the card is the person; whoever does not get in is nobody that is known.
    let card = app.card(&Person::born(date!(1954 - 03 - 02), 1)).await;
    let fields = [
        ("tessera", card["card"].as_str().unwrap()),
        ("pin", card["pin"].as_str().unwrap()),
    ];
    let browser = Browser::new(&app);
    let wrong = [fields[0], ("pin", "00000")];
    browser.post("/tessera", &wrong).await;
    browser.post("/tessera", &fields).await;
    let mine = browser.get("/mio-percorso/dati").await;
    let mine = mine.expect(200, "Ingresso");
    let rows: Vec<&str> = mine.text.split("<tr").collect();
    let whose = |what: &str| {
        let cell = format!(">{what}<");
        rows.iter().find(|row| row.contains(&cell)).copied()
    };
    assert!(whose("Ingresso").unwrap().contains(">Tu<"), "{}", mine.text);
    let failed = whose("Ingresso non riuscito").unwrap();
    assert!(failed.contains(">Chi non era entrato<"), "{failed}");
    assert!(!mine.says("Un'altra cosa sulla tua scheda"));
}
