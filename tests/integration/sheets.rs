//! What is printed: steps, a hand-out for a group, a whole module, and the QR that leads back.

use crate::app::TestApp;
use crate::browser::Browser;

#[actix_web::test]
async fn a_sheet_has_the_steps_and_the_way_back() {
    let app = TestApp::new().await;
    let browser = Browser::new(&app);
    let page = browser.get("/moduli/spid").await;
    assert!(page.text.contains("href=\"/moduli/spid/scheda\""));
    let sheet = browser.get("/moduli/spid/scheda").await;
    let sheet = sheet.expect(200, "Tocca o fai clic sul bottone per chiedere SPID");
    let host = app.address.split("//").last().unwrap();
    assert!(sheet.says(&format!("{host}/moduli/spid")));
    assert!(!sheet.text.contains("class=\"question"));
    let code = browser.get("/moduli/spid/scheda/qr.svg").await;
    assert_eq!(code.header("content-type"), Some("image/svg+xml"));
    assert!(code.text.contains("<svg"));
    for missing in ["/moduli/nulla/scheda", "/moduli/spid/scheda?punto=XX-9"] {
        browser.get(missing).await.expect(404, "Pagina non trovata");
    }
}

#[actix_web::test]
async fn a_group_gets_its_point_and_what_to_do_at_home() {
    let app = TestApp::new().await;
    let point = app.point();
    let browser = Browser::new(&app);
    let sheet = browser
        .get(&format!("/moduli/spid/scheda?punto={point}"))
        .await;
    let sheet = sheet.expect(200, "Da fare a casa");
    assert!(sheet.says("Ci vediamo il:"));
}

#[actix_web::test]
async fn a_whole_module_is_on_one_page_without_an_id_twice() {
    let app = TestApp::new().await;
    let browser = Browser::new(&app);
    let page = browser
        .get("/moduli/spid/stampa")
        .await
        .expect(200, "Tutto il corso");
    let lessons = page.all("class=\"paper-lesson-title\">", '<');
    let module = app.catalogue().module(&"spid".parse().unwrap()).unwrap();
    assert_eq!(lessons.len(), module.original.lessons.len());
    let mut ids = page.all(" id=\"", '"');
    let all = ids.len();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), all);
}
