//! Browsers of people who work in the network, and whom they register.

use autonomia::accounts::staff::{self, NewStaff};
use autonomia::domain::role::Role;
use serde_json::Value;

use crate::app::{PASSWORD, TestApp};
use crate::browser::{Browser, Seen};
use crate::ground::NOW;

/// The facilitator of the first point.
pub(crate) const DESK: &str = "sportello@example.org";
/// The facilitator of the other point.
pub(crate) const OTHER: &str = "altro-sportello@example.org";

/// Somebody who has entered with their password.
pub(crate) async fn entered(app: &TestApp, email: &str) -> Browser {
    let browser = Browser::new(app);
    let fields = [("email", email), ("password", PASSWORD)];
    assert_eq!(browser.post("/accedi", &fields).await.status, 200);
    browser
}

/// The coordinator, added when first asked for.
pub(crate) async fn coordinator(app: &TestApp) -> Browser {
    let new = NewStaff {
        email: "rete@example.org".to_owned(),
        name: "Coordinamento".to_owned(),
        role: Role::Coordinator,
        point: None,
    };
    let (_, link) = staff::add(&app.db, new, None, NOW).await.unwrap();
    staff::set_password(&app.db, &link, PASSWORD, NOW)
        .await
        .unwrap();
    entered(app, "rete@example.org").await
}

/// Registers somebody new at the first point: the id, and the codice fiscale.
pub(crate) async fn registered(app: &TestApp) -> (String, String) {
    let person = app.somebody();
    let made = app
        .facilitator()
        .await
        .post("/citizens", person.record(app.point()))
        .await;
    let made: Value = made.json(201);
    let id = made["id"].as_str().unwrap().to_owned();
    (id, person.codice_fiscale)
}

/// The service that a page just led to.
pub(crate) fn recorded(page: &Seen) -> String {
    let (path, done) = page.at.split_once('?').unwrap_or((&page.at, ""));
    assert_eq!(done, "fatto=recorded", "{}: {}", page.at, page.text);
    path.rsplit('/').next().unwrap().to_owned()
}
