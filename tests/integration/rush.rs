//! A busy morning: 64 facilitators record and void, citizens complete at home, and the server is
//! killed in the middle of it. What was confirmed is there, nothing is there twice, and the totals
//! are what a recount says.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use autonomia::accounts::staff::{self, NewStaff};
use autonomia::accounts::{SigningKey, WayIn, session};
use autonomia::citizens::Vault;
use autonomia::db;
use autonomia::db::entities::{attendances, citizens, citizens_reached, services};
use autonomia::domain::ids::{CitizenId, PointId};
use autonomia::domain::role::Role;
use autonomia::network::point;
use autonomia::network::verify::verify;
use autonomia::sample::{self, Size};
use awc::http::Method;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use futures_util::future::{join_all, join3};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder};
use serde_json::{Value, json};
use time::OffsetDateTime;

use crate::actor::Actor;
use crate::courses;
use crate::database::TestDb;
use crate::process::Process;

const FACILITATORS: usize = 64;
const LEARNERS: usize = 12;

/// A facilitator with their desk, and what the server confirmed to them.
struct Desk {
    token: String,
    point: String,
    people: Vec<CitizenId>,
    /// Title → service and whether its voiding was confirmed.
    confirmed: RefCell<BTreeMap<String, (String, bool)>>,
    /// Sent, and not confirmed: to be sent again.
    open: RefCell<Option<Value>>,
    number: usize,
}

/// The network on a morning, before the server starts.
struct Morning {
    db: TestDb,
    desks: Vec<Desk>,
    learners: Vec<String>,
}

impl Morning {
    async fn new(key: &SigningKey, vault: &Vault) -> Self {
        let db = TestDb::new().await;
        let (now, size) = (
            OffsetDateTime::now_utc(),
            Size {
                citizens: 240,
                points: 8,
                days: 200,
            },
        );
        let courses = courses::catalogue();
        sample::fill(&db, vault, courses, "una password lunga", (size, 3), now)
            .await
            .unwrap();
        let points = point::list(db.read(), None).await.unwrap();
        let mut people: BTreeMap<PointId, Vec<CitizenId>> = BTreeMap::new();
        let rows = citizens::Entity::find().order_by_asc(citizens::Column::Id);
        for row in rows.all(db.read()).await.unwrap() {
            people.entry(row.point_id).or_default().push(row.id);
        }
        let mut desks = Vec::new();
        for number in 0..FACILITATORS {
            let point = &points[number % points.len()];
            let new = NewStaff {
                email: format!("mattina{number}@example.org"),
                name: "Facilitatrice".to_owned(),
                role: Role::Facilitator,
                point: Some(point.id),
            };
            let (account, _) = staff::add(&db, new, None, now).await.unwrap();
            let signing = key.clone();
            let opened = db::write(&db, async move |tx| {
                session::open_for_account_in(tx, &signing, account, &WayIn::default(), now).await
            });
            desks.push(Desk {
                token: opened.await.unwrap().token,
                point: point.code.clone(),
                people: people[&point.id].clone(),
                confirmed: RefCell::default(),
                open: RefCell::default(),
                number,
            });
        }
        let mut learners = Vec::new();
        for learner in people
            .values()
            .flatten()
            .step_by(17)
            .take(LEARNERS)
            .copied()
        {
            let signing = key.clone();
            let opened = db::write(&db, async move |tx| {
                session::open_for_citizen_in(tx, &signing, learner, &WayIn::default(), now).await
            });
            learners.push(opened.await.unwrap().token);
        }
        Self {
            db,
            desks,
            learners,
        }
    }
}

impl Desk {
    fn actor(&self, address: &str) -> Actor {
        Actor::new(address, Some(self.token.clone()))
    }

    /// Records and voids until the server is gone.
    async fn work(&self, address: &str, round: usize) {
        let actor = self.actor(address);
        for turn in 0.. {
            let title = format!("Servizio {round}.{}.{turn}", self.number);
            let several = turn % 4 == 3;
            let at = (self.number * 7 + turn * 3) % self.people.len();
            let attended: Vec<_> = self
                .people
                .iter()
                .cycle()
                .skip(at)
                .take(if several { 4 } else { 1 })
                .collect();
            let body = json!({
                "kind": if several { "group" } else { "individual" },
                "point": self.point,
                "date": OffsetDateTime::now_utc().date().to_string(),
                "minutes": 30, "competences": ["2.6"], "domains": ["A"],
                "title": title, "citizens": attended,
            });
            *self.open.borrow_mut() = Some(body.clone());
            let Some(recorded) = post(&actor, "/services", &body, 201).await else {
                return;
            };
            *self.open.borrow_mut() = None;
            let service = recorded["service"].as_str().unwrap().to_owned();
            self.confirmed
                .borrow_mut()
                .insert(title.clone(), (service.clone(), false));
            if turn % 3 == 1 {
                let path = format!("/services/{service}/void");
                if post(&actor, &path, &json!({ "reason": "doppione" }), 200)
                    .await
                    .is_none()
                {
                    return;
                }
                self.confirmed.borrow_mut().insert(title, (service, true));
            }
        }
    }

    /// Sends again what was not confirmed: it may be there, and must not come twice.
    async fn send_again(&self, address: &str) {
        if let Some(body) = self.open.take() {
            let recorded = post(&self.actor(address), "/services", &body, 201)
                .await
                .unwrap();
            let service = recorded["service"].as_str().unwrap().to_owned();
            let title = body["title"].as_str().unwrap().to_owned();
            self.confirmed.borrow_mut().insert(title, (service, false));
        }
    }
}

/// `None` where the server is gone. A busy one that says to try again is asked again, as its clients
/// do: what it was sent may be there by then, and must not come twice.
async fn post(actor: &Actor, path: &str, body: &Value, status: u16) -> Option<Value> {
    let path = format!("/api/v1{path}");
    for _ in 0..20 {
        let sent = Some(("application/json", body.to_string()));
        let answer = actor.try_send(Method::POST, &path, sent).await?;
        if answer.status != 503 {
            return Some(answer.json(status));
        }
        actix_web::rt::time::sleep(Duration::from_millis(200)).await;
    }
    panic!("{path}: not possible for four seconds")
}

/// A citizen at home ends a quiz, again and again, until the server is gone.
async fn end_quiz(citizen: &Actor, attempt: &Value) {
    for _ in 0..20 {
        citizen.try_finish(attempt).await;
        actix_web::rt::time::sleep(Duration::from_millis(20)).await;
    }
}

#[actix_web::test]
async fn a_busy_morning_with_kills_in_it_loses_nothing_and_counts_nothing_twice() {
    let (signing, digest, seal) = ([7; 32], [8; 32], [9; 32]);
    let vault = Vault::new(&digest, &seal).unwrap();
    let morning = Morning::new(&SigningKey::new(&signing), &vault).await;
    let folder = tempfile::tempdir().unwrap();
    let keys = folder.path().join("keys.toml");
    let [signing, digest, seal] = [signing, digest, seal].map(|key| STANDARD.encode(key));
    let text = format!("signing = \"{signing}\"\ndigest = \"{digest}\"\nseal = \"{seal}\"\n");
    std::fs::write(&keys, text).unwrap();

    let modules = ["spid", "pagamenti-online", "prenotare-salute"];
    let mut unfinished = Vec::new();
    for (round, module) in modules.into_iter().enumerate() {
        let mut process = Process::start(&["serve"], &morning.db, &keys);
        let address = process.first_line.clone();
        join_all(morning.desks.iter().map(|desk| desk.send_again(&address))).await;
        let mut attempts = Vec::new();
        for token in &morning.learners {
            let citizen = Actor::new(&address, Some(token.clone()));
            let attempt = courses::answer_all(&citizen, module).await;
            attempts.push((citizen, attempt));
        }
        let killed = async {
            actix_web::rt::time::sleep(Duration::from_millis(500 + 400 * round as u64)).await;
            process.kill();
        };
        let desks = morning.desks.iter().map(|desk| desk.work(&address, round));
        let homes = attempts.iter().map(|(who, quiz)| end_quiz(who, quiz));
        join3(killed, join_all(desks), join_all(homes)).await;
        unfinished.extend(attempts);
    }
    let mut process = Process::start(&["serve"], &morning.db, &keys);
    let address = process.first_line.clone();
    join_all(morning.desks.iter().map(|desk| desk.send_again(&address))).await;
    for (citizen, attempt) in &unfinished {
        let finished = citizen.at(&address).finish(attempt).await;
        assert!(finished["completion"].is_object(), "{finished}");
    }
    process.kill();
    settled(&morning).await;
}

/// What must be true in the end.
async fn settled(morning: &Morning) {
    let db = &morning.db;
    assert_eq!(verify(db).await.unwrap(), []);
    let rows = services::Entity::find()
        .filter(services::Column::Title.starts_with("Servizio "))
        .all(db.read())
        .await
        .unwrap();
    let titles: BTreeSet<_> = rows.iter().map(|row| row.title.clone()).collect();
    assert_eq!(titles.len(), rows.len(), "a service is there twice");
    let there: BTreeMap<_, _> = rows
        .iter()
        .map(|row| (row.id.to_string(), row.voided_at.is_some()))
        .collect();
    let mut confirmed = 0;
    for desk in &morning.desks {
        for (title, (service, voided)) in desk.confirmed.borrow().iter() {
            confirmed += 1;
            match there.get(service) {
                Some(void) => assert!(*void || !voided, "{title} was voided and stands"),
                None => panic!("{title} was confirmed and is gone"),
            }
        }
    }
    assert!(
        confirmed > FACILITATORS,
        "only {confirmed} services: nothing was tried"
    );
    // Everybody once, by the ledger's own rows.
    let reached = citizens_reached::Entity::find()
        .all(db.read())
        .await
        .unwrap();
    let people: BTreeSet<_> = reached.iter().map(|row| row.citizen_id).collect();
    assert_eq!(people.len(), reached.len());
    let new = attendances::Entity::find().filter(attendances::Column::NewCitizen.eq(true));
    assert_eq!(
        new.count(db.read()).await.unwrap(),
        u64::try_from(reached.len()).unwrap()
    );
    let online = services::Entity::find()
        .filter(services::Column::CompletionId.is_not_null())
        .all(db.read())
        .await
        .unwrap();
    let completions: BTreeSet<_> = online.iter().map(|row| row.completion_id).collect();
    assert_eq!(completions.len(), online.len());
}
