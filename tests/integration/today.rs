//! What the desk opens on, and a person's page in order of time.

use serde_json::json;

use crate::app::TestApp;
use crate::desk::{assign, group};
use crate::office::{DESK, OTHER, entered, recorded, registered};

async fn served(app: &TestApp, who: &str, day: &str) -> String {
    let desk = entered(app, DESK).await;
    let sent = [
        ("point", "bari-centro"),
        ("citizens", who),
        ("need", "spid"),
        ("date", day),
        ("minutes", "30"),
        ("act", "save"),
    ];
    recorded(&desk.post("/punto/servizi/nuovo", &sent).await)
}

fn name(page: &str, id: &str) -> usize {
    page.matches(&format!("/punto/cittadini/{id}\"")).count()
}

#[actix_web::test]
async fn the_desk_opens_on_today_and_everybody_is_behind_the_search() {
    let app = TestApp::new().await;
    let ((ada, _), (bea, _), (carla, _), (dina, _)) = (
        registered(&app).await,
        registered(&app).await,
        registered(&app).await,
        registered(&app).await,
    );
    let (desk, api) = (entered(&app, DESK).await, app.facilitator().await);
    let page = desk
        .get("/punto")
        .await
        .expect(200, "Oggi non è ancora venuta");
    for id in [&ada, &bea, &carla, &dina] {
        assert_eq!(name(&page.text, id), 0, "nobody in particular");
    }
    served(&app, &ada, "2026-11-21").await;
    served(&app, &bea, "2026-11-20").await;
    let (who, asks) = app.citizen_from(app.somebody().record(app.point())).await;
    let browser = crate::browser::Browser::new(&app);
    browser.set_cookie("autonomia", asks.token().unwrap());
    let question = [("da", "/moduli/spid/scegliere"), ("text", "Come scelgo?")];
    browser.post("/aiuto", &question).await;
    let due = json!({ "modules": ["spid"], "citizens": [carla], "due_on": "2026-11-23" });
    assign(&api, due).await;
    let later = json!({ "modules": ["spid"], "citizens": [dina], "due_on": "2026-12-23" });
    assign(&api, later).await;
    let martedi = group(&api, "Martedì digitale", &[&bea, &dina]).await;

    let page = desk.get("/punto").await.expect(200, "Una persona oggi");
    for (id, times) in [(&ada, 1), (&bea, 0), (&carla, 1), (&dina, 0), (&who, 1)] {
        assert_eq!(name(&page.text, id), times, "{id}: {}", page.text);
    }
    assert!(page.says("Chi chiede aiuto") && page.says("Martedì digitale"));
    let service = format!("/punto/servizi/gruppo?gruppo={martedi}&amp;punto=bari-centro");
    assert!(page.text.contains(&service), "{}", page.text);
    let form = desk.get(&service.replace("&amp;", "&")).await;
    let form = form.expect(200, "Chi c'era?");
    assert_eq!(form.text.matches("name=\"citizens\"").count(), 2);
    let everybody = desk
        .get("/punto/persone")
        .await
        .expect(200, "Persone del punto");
    for id in [&ada, &bea, &carla, &dina] {
        assert_eq!(name(&everybody.text, id), 1);
        assert!(
            everybody
                .text
                .contains(&format!("/punto/servizi/nuovo?cittadino={id}"))
        );
    }
    // What is done is not due, and other points see nothing of it.
    let other = entered(&app, OTHER).await.get("/punto").await;
    assert!(!other.says("Martedì digitale") && !other.says("Chi chiede aiuto"));
}

#[actix_web::test]
async fn a_persons_page_tells_everything_in_order_of_time() {
    let app = TestApp::new().await;
    let (id, _) = registered(&app).await;
    let (desk, api) = (entered(&app, DESK).await, app.facilitator().await);
    let page = format!("/punto/cittadini/{id}");
    let at = async |minutes: i64| {
        let now = app.clock.now() + time::Duration::minutes(minutes);
        app.clock.set(now);
    };
    at(1).await;
    desk.post(&format!("{page}/consensi"), &[("consenso", "notice")])
        .await;
    at(1).await;
    api.post(&format!("/citizens/{id}/card"), json!({}))
        .await
        .json(201);
    at(1).await;
    assign(&api, json!({ "modules": ["spid"], "citizens": [id] })).await;
    at(1).await;
    let first = served(&app, &id, "2026-11-21").await;
    at(1).await;
    let fields = [
        ("need", "payments"),
        ("kind", "individual"),
        ("date", "2026-11-21"),
        ("minutes", "45"),
        ("citizens", id.as_str()),
        ("reason", "prova"),
    ];
    let done = desk
        .post(&format!("/punto/servizi/{first}/correggi"), &fields)
        .await;
    done.expect(200, "Il servizio è corretto");
    at(1).await;
    let done = [("module", "pagamenti-online"), ("reason", "Fatto qui")];
    desk.post(&format!("{page}/completamenti"), &done).await;
    at(1).await;
    desk.post(&format!("{page}/dati"), &[("province", "Lecce")])
        .await;
    at(1).await;
    desk.post(&format!("{page}/tessera/ferma"), &[]).await;

    let seen = desk.get(&page).await.expect(200, "La sua storia");
    let (_, story) = seen.text.split_once("id=\"storia\"").unwrap();
    let (story, _) = story.split_once("</section>").unwrap();
    let mut last = 0;
    for words in [
        "Tessera fermata",
        "Dati corretti",
        "Ha completato",
        "Servizio corretto",
        "<strong>Servizio</strong>",
        "Da imparare",
        "Tessera data",
        "Informativa data",
        "Persona registrata",
    ] {
        let at = story.find(words);
        let at = at.unwrap_or_else(|| panic!("{words} is missing: {story}"));
        assert!(at > last, "{words} stands too early: {story}");
        last = at;
    }
    assert!(story.contains(&format!("href=\"/punto/servizi/{first}\"")));
    assert!(story.contains("Annullato"), "the old one is kept, and void");
    // Fifteen lines on a page.
    for day in 1..=9 {
        served(&app, &id, &format!("2026-11-{day:02}")).await;
    }
    let seen = desk.get(&page).await;
    let older = format!("{page}?pagina=2#storia");
    assert!(seen.text.contains(&older) && !seen.says(">1º novembre 2026<"));
    for last in ["2", "99"] {
        let page = desk.get(&format!("{page}?pagina={last}")).await;
        page.expect(200, ">1º novembre 2026<");
    }
}
