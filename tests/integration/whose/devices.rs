//! Devices of a point: nobody is asked there, and nothing is given.

use autonomia::db::entities::attempts;
use sea_orm::EntityTrait;
use time::Duration;

use super::{QUESTION, SENTENCE, by_card, holder, learn, learned, modules};
use crate::app::TestApp;
use crate::browser::Browser;
use crate::office::{DESK, OTHER, coordinator, entered};

const DEVICE: &str = "/punto/dispositivo";

/// A tablet that the facilitator of the first point has marked, with nobody in.
async fn tablet(app: &TestApp) -> Browser {
    let browser = entered(app, DESK).await;
    browser
        .get(DEVICE)
        .await
        .expect(200, "Non è segnato come del punto");
    let marked = browser.post(DEVICE, &[]).await;
    assert_eq!(marked.at, DEVICE);
    marked.expect(200, "È di: Bari Centro, dal");
    assert!(browser.cookie("punto").is_some());
    browser.post("/esci", &[]).await;
    browser
}

#[actix_web::test]
async fn on_a_device_of_a_point_nobody_is_asked_and_nothing_is_given() {
    let app = TestApp::new().await;
    let (one, other) = (
        app.card(&app.somebody()).await,
        app.card(&app.somebody()).await,
    );
    let before = app.totals().await;
    let tablet = tablet(&app).await;
    learn(&app, &tablet).await;
    let guest = tablet.cookie("autonomia").unwrap();
    tablet
        .get("/mio-percorso")
        .await
        .expect(200, "Ricomincia da capo");
    // What they are told is true here: it does not stay.
    let attempt = attempts::Entity::find().one(app.db.read()).await.unwrap();
    let result = format!("/moduli/spid/quiz/{}/esito", attempt.unwrap().id);
    for path in ["/mio-percorso", &result] {
        let page = tablet
            .get(path)
            .await
            .expect(200, "Questo dispositivo è del punto");
        for promised in ["in questo browser", "non va perso"] {
            assert!(!page.says(promised), "{path}: {}", page.text);
        }
    }
    assert!(!tablet.get(&result).await.says("Ho già una tessera"));

    // Neither by card: the guest is over, and what the browser kept goes.
    let body = [
        ("tessera", one["card"].as_str().unwrap()),
        ("pin", one["pin"].as_str().unwrap()),
    ];
    let body = body
        .map(|(name, value)| format!("{name}={value}"))
        .join("&");
    let answer = tablet
        .once(awc::http::Method::POST, "/tessera", Some(body))
        .await;
    assert_eq!(answer.header("location"), Some("/mio-percorso"));
    assert_eq!(answer.header("clear-site-data"), Some("\"storage\""));
    assert_eq!(tablet.get(QUESTION).await.at, "/mio-percorso");
    assert_eq!(modules(&holder(&app, &tablet)).await, []);
    assert_eq!(app.totals().await, before);
    tablet.post("/esci", &[]).await;
    tablet.set_cookie("autonomia", &guest);
    assert!(!tablet.get("/mio-percorso").await.says("Completati"));

    // Nor by a program with the guest's token, where the device's cookie comes along.
    tablet.post("/esci", &[]).await;
    learn(&app, &tablet).await;
    let token = format!("Bearer {}", tablet.cookie("autonomia").unwrap());
    let program = Browser::new(&app).with_header("authorization", &token);
    program.set_cookie("punto", &tablet.cookie("punto").unwrap());
    assert_eq!(
        program.json("/api/v1/sessions", &other.to_string()).await,
        201
    );
    assert_eq!(app.totals().await, before);

    // What a made-up cookie says is not looked at.
    let browser = learned(&app).await;
    browser.set_cookie("punto", "inventato");
    by_card(&browser, &other).await.expect(200, SENTENCE);
}

#[actix_web::test]
async fn a_guest_on_a_device_of_a_point_ends_when_it_is_not_used() {
    let app = TestApp::new().await;
    let tablet = tablet(&app).await;
    learn(&app, &tablet).await;
    let wait = |minutes| app.clock.set(app.clock.now() + Duration::minutes(minutes));
    // While it is used the guest stays.
    for _ in 0..3 {
        wait(15);
        tablet.get("/mio-percorso").await.expect(200, "Completati");
    }
    wait(22);
    let page = tablet.get("/mio-percorso").await;
    assert!(
        !page.says("Completati"),
        "the next guest goes on with nothing of theirs"
    );
    tablet.post("/moduli/spid/scegliere/letta", &[]).await;
    assert_eq!(
        modules(&holder(&app, &tablet)).await,
        [("spid".to_owned(), false)]
    );

    // A browser of one's own keeps a guest for long.
    let own = learned(&app).await;
    wait(60 * 24 * 30);
    own.get("/mio-percorso").await.expect(200, "Completati");
}

#[actix_web::test]
async fn a_mark_is_taken_back_here_or_from_afar_by_who_works_there() {
    let app = TestApp::new().await;
    let card = app.card(&app.somebody()).await;
    let tablet = tablet(&app).await;
    let desk = entered(&app, DESK).await;
    let page = desk.get(DEVICE).await.expect(200, "Gli altri dispositivi");
    let id = page.hidden("id");
    let free = format!("{DEVICE}/togli");

    // Another point sees and frees nothing of this one.
    let other = entered(&app, OTHER).await;
    assert!(!other.get(DEVICE).await.says(&id));
    other.post(&free, &[("id", &id)]).await;
    learn(&app, &tablet).await;
    assert_eq!(by_card(&tablet, &card).await.at, "/mio-percorso");
    tablet.post("/esci", &[]).await;

    desk.post(&free, &[("id", &id)])
        .await
        .expect(200, "Tablet e computer");
    assert!(!desk.get(DEVICE).await.says(&id));
    learn(&app, &tablet).await;
    by_card(&tablet, &card).await.expect(200, SENTENCE);

    // A coordinator says which point; here the cookie goes with the mark.
    let office = coordinator(&app).await;
    office
        .post(DEVICE, &[("punto", "nessuno")])
        .await
        .expect(422, "Non c'è un punto");
    office
        .post(DEVICE, &[("punto", app.point())])
        .await
        .expect(200, "È di: Bari Centro, dal");
    let id = office.get(DEVICE).await.hidden("id");
    office
        .post(&free, &[("id", &id)])
        .await
        .expect(200, "Non è segnato");
    assert_eq!(office.cookie("punto"), None);
    // The desk's own entering does not make a browser the point's.
    assert_eq!(desk.cookie("punto"), None);
}
