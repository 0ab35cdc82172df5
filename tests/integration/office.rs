//! Browsers of people who work in the network, and whom they register.

use autonomia::accounts::facilitators::{self, FacilitaName};
use autonomia::accounts::staff::{self, NewStaff};
use autonomia::citizens::Vault;
use autonomia::db::entities::{account_links, accounts, points};
use autonomia::db::{self, Db};
use autonomia::domain::codice_fiscale::CodiceFiscale;
use autonomia::domain::ids::AccountId;
use autonomia::domain::role::Role;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter};
use serde_json::Value;

use crate::app::{PASSWORD, TestApp};
use crate::browser::{Browser, Seen};
use crate::ground::NOW;

/// The facilitator of the first point.
pub(crate) const DESK: &str = "sportello@example.org";
/// The facilitator of the other point.
pub(crate) const OTHER: &str = "altro-sportello@example.org";

/// The hash of [`PASSWORD`], made with little memory: hundreds of tests sign somebody in whose sign-in is
/// not their matter.
const HASH: &str =
    "$argon2id$v=19$m=8,t=1,p=1$c2FsZS1wZXItaS10ZXN0$D0LGy1PyCh82N9stcZfvPeHHHtg2SeNTw3oPJ4qVmgQ";

/// The account's password is [`PASSWORD`], as if its link had set it.
pub(crate) async fn give_password(db: &Db, account: AccountId) {
    let known = accounts::Entity::update_many()
        .col_expr(accounts::Column::PasswordHash, Expr::value(HASH))
        .filter(accounts::Column::Id.eq(account));
    let link = account_links::Entity::update_many()
        .col_expr(account_links::Column::UsedAt, Expr::value(NOW))
        .filter(account_links::Column::AccountId.eq(account));
    let known = db::write(db, async move |tx| {
        link.clone().exec(tx).await?;
        known.clone().exec(tx).await
    });
    assert_eq!(known.await.unwrap().rows_affected, 1);
}

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
    let (account, _) = staff::add(&app.db, new, None, NOW).await.unwrap();
    give_password(&app.db, account).await;
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

/// Facilita knows the points, and the facilitator of the first.
pub(crate) async fn known_to_facilita(app: &TestApp) {
    let name = FacilitaName {
        name: Some("Inventata Persona".to_owned()),
        id: None,
        codice_fiscale: Some(CodiceFiscale::parse("RSSMRA85M01H501Q").unwrap()),
    };
    let desk = accounts::Entity::find().filter(accounts::Column::Email.eq(DESK));
    let desk = desk.one(app.db.read()).await.unwrap().unwrap().id;
    let vault = Vault::new(&[1; 32], &[2; 32]).unwrap();
    facilitators::set_facilita(&app.db, &vault, desk, name, None, NOW)
        .await
        .unwrap();
    db::write(&app.db, async |tx| {
        points::Entity::update_many()
            .col_expr(points::Column::FacilitaId, Expr::value("4711"))
            .exec(tx)
            .await?;
        Ok::<_, DbErr>(())
    })
    .await
    .unwrap();
}
