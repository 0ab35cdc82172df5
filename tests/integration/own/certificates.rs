//! A certificate: one's own to print, anybody's to check, nobody's to guess.

use crate::app::TestApp;
use crate::database::TestDb;

#[actix_web::test]
async fn a_certificate_is_printed_by_its_owner_and_checked_by_anybody() {
    let app = TestApp::new().await;
    let who = app.citizen().await;
    app.pass(&who, "spid").await;
    let mine = who.get("/mio-percorso").await.text;
    let at = mine.find("/mio-percorso/attestati/").unwrap();
    let path = mine[at..].split('"').next().unwrap().to_owned();
    let page = who.get(&path).await;
    assert_eq!(page.status, 200, "{}", page.text);
    assert!(
        page.text.contains("Inventata") && page.text.contains("100%"),
        "{}",
        page.text
    );
    let serial = page.text.split("certificate-serial\">").nth(1).unwrap();
    let serial = serial.split('<').next().unwrap().to_owned();
    assert_eq!(serial.len(), 19, "{serial}");
    assert!(
        page.text.contains(&format!("/verifica/{serial}")),
        "{}",
        page.text
    );
    // The same each time; nobody else's.
    assert!(who.get(&path).await.text.contains(&serial));
    for other in [
        app.citizen().await,
        app.guest().await,
        app.facilitator().await,
    ] {
        assert_eq!(other.get(&path).await.status, 404);
    }
    let visitor = app.visitor();
    for typed in [serial.clone(), serial.replace('-', "").to_lowercase()] {
        let seen = visitor.get(&format!("/verifica/{typed}")).await;
        assert_eq!(seen.status, 200, "{}", seen.text);
        assert!(
            seen.text.contains("è valido") && seen.text.contains("P. I."),
            "{}",
            seen.text
        );
        assert!(!seen.text.contains("Inventata"), "the name is not told");
    }
    let asked = visitor
        .get(&format!("/verifica?numero={}", serial.replace('-', "+")))
        .await;
    assert_eq!(
        asked.header("location"),
        Some(format!("/verifica/{serial}").as_str())
    );
    let unknown = visitor.get("/verifica/0000-0000-0000-0000").await;
    assert_eq!(unknown.status, 404);
    assert!(
        unknown.text.contains("Nessun attestato"),
        "{}",
        unknown.text
    );
    // Whoever guesses is soon told to wait.
    let guesser = app.visitor().from("192.0.2.77");
    let mut last = 0;
    for number in 0..70 {
        let path = format!("/verifica/0000-0000-0000-00{number:02}");
        last = guesser.get(&path).await.status.as_u16();
    }
    assert_eq!(last, 429);
    assert_eq!(
        visitor.get(&format!("/verifica/{serial}")).await.status,
        200
    );
}

#[actix_web::test]
async fn a_serial_is_in_no_other_column() {
    let test = TestDb::new().await;
    let schema = super::whole::schema(&test).await;
    let with: Vec<_> = schema
        .iter()
        .filter(|(_, columns)| columns.iter().any(|column| column.contains("serial")))
        .map(|(table, _)| table.as_str())
        .collect();
    assert_eq!(with, ["certificates"]);
}
