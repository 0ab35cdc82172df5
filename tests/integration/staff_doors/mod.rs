//! The doors of the staff, and those who try them: guesses, old links, codes used twice, roles that
//! were taken away.

mod accounts;
mod attacks;
mod factor;
mod my_day;
mod own_rooms;
mod proof;
mod rooms;

use std::time::Duration as Wait;

use autonomia::accounts::{rules, staff, totp};
use autonomia::db::Db;
use autonomia::db::entities::audit;
use autonomia::domain::role::Role;
use autonomia::web::state::Settings;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::{Value, json};

use crate::app::{self, PASSWORD, TestApp};
use crate::browser::{Browser, Seen};

impl TestApp {
    /// The network behind a proxy, which says where each visitor comes from.
    pub(crate) async fn behind_proxy() -> Self {
        Self::with_settings(Settings {
            behind_proxy: true,
            ..Settings::default()
        })
        .await
    }

    /// Adds somebody who works for the network without a point.
    pub(crate) async fn add_staff(&self, email: &str, role: Role) {
        app::add_staff(&self.db, email, role, None, self.clock.now()).await;
    }

    /// The account of an e-mail address.
    pub(crate) async fn account(&self, email: &str) -> String {
        let account = staff::by_address(&self.db, email).await.unwrap();
        account.to_string()
    }

    /// Whether an act about an account was written down.
    pub(crate) async fn audited(&self, action: &str, account: &str) -> bool {
        let rows = audit::Entity::find()
            .filter(audit::Column::Action.eq(action))
            .filter(audit::Column::SubjectId.eq(account));
        rows.one(self.db.read()).await.unwrap().is_some()
    }
}

/// Whether coordinators and administrators need a second factor: as in an installation, or not, as
/// in the demo.
pub(crate) async fn demand_second_factor(db: &Db, demanded: bool) {
    let mut doors = rules::read(db.read()).await.unwrap();
    doors.second_factor = demanded;
    rules::set(db, doors, crate::ground::NOW).await.unwrap();
}

/// Where a page of theirs leads after the session has ended.
const ENDED: &str = "/accedi?ritorno=%2Fpunto&finita=pagina";

const DESK: &str = "sportello@example.org";
const BOSS: &str = "gestione@example.org";

/// Signs in with a password alone.
async fn enter(browser: &Browser, email: &str, password: &str) -> Seen {
    let fields = [("email", email), ("password", password)];
    browser.post("/accedi", &fields).await
}

/// A browser in which somebody of the staff is in.
async fn inside(app: &TestApp, email: &str) -> Browser {
    let browser = Browser::new(app);
    let seen = enter(&browser, email, PASSWORD).await;
    assert_eq!(seen.status, 200, "{}", seen.text);
    browser
}

/// A browser of an administrator.
async fn boss(app: &TestApp) -> Browser {
    app.add_staff(BOSS, Role::Admin).await;
    inside(app, BOSS).await
}

/// The code that the app of somebody shows at the application's time.
fn code(app: &TestApp, secret: &[u8]) -> String {
    totp::code(secret, app.clock.now())
}

/// The secret that a page shows to be put into an app.
fn secret(page: &Seen) -> Vec<u8> {
    let shown = page.all("<strong>", '<');
    let found = shown.iter().find(|text| text.len() > 30);
    totp::from_base32(found.unwrap()).unwrap()
}

/// Sets a second factor up, and gives its secret and the recovery codes.
async fn set_up(app: &TestApp, browser: &Browser) -> (Vec<u8>, Vec<String>) {
    let page = browser.get("/accesso/secondo-fattore").await;
    let secret = secret(&page);
    let code = code(app, &secret);
    let done = browser
        .post("/accesso/secondo-fattore", &[("code", &code)])
        .await;
    let done = done.expect(200, "I tuoi codici di riserva");
    (secret, done.all("<code>", '<'))
}

/// The link of a page that shows one, from the site's root.
fn link(page: &Seen) -> String {
    let found = page.all("class=\"long-link\" href=\"", '"');
    found[0].split_once("token=").unwrap().1.to_owned()
}

fn credentials(email: &str, password: &str) -> Value {
    json!({ "email": email, "password": password })
}

/// Minutes, as the clock of a test is moved.
fn minutes(number: u64) -> Wait {
    Wait::from_secs(60 * number)
}
