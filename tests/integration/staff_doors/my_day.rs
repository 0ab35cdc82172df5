//! Who works here sees what they did today, and nobody else's day.

use serde_json::json;

use super::{DESK, boss, inside, minutes};
use crate::app::TestApp;
use crate::browser::{Browser, Seen};
use crate::services::body;

const OTHER_DESK: &str = "altro-sportello@example.org";
const DAY: &str = "/accesso/oggi";

/// The figures above the list.
fn figures(page: &Seen) -> Vec<String> {
    page.all("<dd><strong>", '<')
}

#[actix_web::test]
async fn who_works_here_sees_their_own_day_by_time_and_by_name() {
    let app = TestApp::new().await;
    let (api, desk) = (app.facilitator().await, inside(&app, DESK).await);
    let empty = desk.get(DAY).await.expect(200, "non hai ancora scritto");
    assert_eq!(figures(&empty), ["0", "0", "0", "0"]);
    let mut people = Vec::new();
    for _ in 0..2 {
        let person = app.somebody().record(app.point());
        let made = api.post("/citizens", person.clone()).await.json(201);
        let names = ["first_name", "last_name"].map(|name| person[name].as_str().unwrap());
        people.push((made["id"].as_str().unwrap().to_owned(), names.join(" ")));
    }
    let card = format!("/citizens/{}/card", people[0].0);
    api.post(&card, json!({})).await.json(201);
    app.clock.set(app.clock.now() + minutes(5));
    let ids: Vec<&str> = people.iter().map(|(id, _)| id.as_str()).collect();
    let made = api
        .post("/services", body("classroom", &ids))
        .await
        .json(201);
    let service = made["service"].as_str().unwrap();
    // To look is not to do.
    desk.get(&format!("/punto/cittadini/{}", ids[0])).await;
    let page = desk.get(DAY).await.expect(200, "Servizio scritto");
    // One service for two people, two people, one card, no help.
    assert_eq!(figures(&page), ["1", "2", "1", "0"]);
    let times = page.all("<tr><th scope=\"row\">", '<');
    assert_eq!(times, ["11:05", "11:00", "11:00", "11:00"]);
    assert!(page.says(&format!("href=\"/punto/servizi/{service}\"")));
    for (id, name) in &people {
        assert!(
            page.says(&format!("href=\"/punto/cittadini/{id}\">{name}</a>")),
            "{name}"
        );
    }
    assert!(!page.says("Scheda letta") && !page.says("Ingresso<"));
    // That names were read is written down, as of every list.
    assert_eq!(
        crate::audit::rows(&app.db).await.last().unwrap().action,
        "people-listed"
    );
    // A service that was voided does not count, one that was corrected counts once.
    let again = |minutes: u64| {
        let mut new = body("individual", &[ids[0]]);
        new["minutes"] = json!(minutes);
        new
    };
    for (minutes, stand) in [(10, 2), (20, 3)] {
        let made = api.post("/services", again(minutes)).await.json(201);
        let service = made["service"].as_str().unwrap();
        assert_eq!(figures(&desk.get(DAY).await)[0], stand.to_string());
        let path = format!("/services/{service}/void");
        api.post(&path, json!({ "reason": "doppione" }))
            .await
            .json(200);
        let page = desk
            .get(DAY)
            .await
            .expect(200, "Servizio scritto, poi annullato");
        assert_eq!(figures(&page)[0], (stand - 1).to_string());
        let made = api.post("/services", again(minutes + 1)).await.json(201);
        assert!(made["service"].is_string());
    }

    let other = inside(&app, OTHER_DESK).await.get(DAY).await;
    assert_eq!(figures(&other), ["0", "0", "0", "0"]);
    assert!(!other.says(&people[0].1));
    let boss = boss(&app).await;
    let new = [
        ("email", "nuova@example.org"),
        ("name", "x"),
        ("role", "editor"),
    ];
    boss.post("/amministrazione/nuovo", &new)
        .await
        .expect(200, "token=");
    let own = boss.get(DAY).await.expect(200, "Ruolo dato");
    assert!(own.says("Link per la password creato") && !own.says("Servizio scritto"));
    let citizen = app.citizen().await;
    assert_eq!(citizen.get(DAY).await.status, 403);
    assert!(Browser::new(&app).get(DAY).await.at.starts_with("/accedi"));
    // Tomorrow is another day.
    app.clock.set(app.clock.now() + minutes(24 * 60));
    let desk = inside(&app, DESK).await;
    desk.get(DAY).await.expect(200, "non hai ancora scritto");
}
