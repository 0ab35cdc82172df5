//! 32 clients that write, and remember what was confirmed to them.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::time::Duration;

use autonomia::db::entities::{answers, citizens, services};
use autonomia::db::{self, Db};
use awc::http::Method;
use futures_util::future::{join, join_all};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::{Value, json};
use time::{Date, Duration as Span, OffsetDateTime};
use uuid::Uuid;

use crate::actor::Actor;
use crate::app::courses;
use crate::key;
use crate::people::Person;

use super::network::{Desk, Ground, furnish};

const RECORDERS: usize = 12;
const REGISTRARS: usize = 8;
const GUESTS: usize = 12;

/// What the clients saw.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Seen {
    pub(crate) confirmed: usize,
    pub(crate) unavailable: usize,
    pub(crate) lost: usize,
    pub(crate) twice: usize,
}

/// Everybody who writes.
pub(crate) struct Clients {
    desks: Vec<Desk>,
    guests: Vec<String>,
    number: Cell<u32>,
    /// What was confirmed: ids of citizens, of services with their titles, submissions.
    citizens: RefCell<BTreeSet<Uuid>>,
    services: RefCell<BTreeSet<Uuid>>,
    submissions: RefCell<BTreeSet<Uuid>>,
    unavailable: Cell<usize>,
    /// What was sent and not confirmed, client by client, to be sent again as it was.
    open: Vec<RefCell<Option<Value>>>,
    over: Cell<bool>,
}

impl Clients {
    pub(crate) async fn new(ground: &Ground) -> Self {
        let (desks, guests) = furnish(ground, RECORDERS + REGISTRARS, GUESTS).await;
        Self {
            open: desks.iter().map(|_| RefCell::default()).collect(),
            desks,
            guests,
            number: Cell::new(0),
            citizens: RefCell::default(),
            services: RefCell::default(),
            submissions: RefCell::default(),
            unavailable: Cell::new(0),
            over: Cell::new(false),
        }
    }

    /// Everybody works until `meanwhile` is over.
    pub(crate) async fn work<T>(&self, address: &str, meanwhile: impl Future<Output = T>) -> T {
        self.over.set(false);
        let desks = (0..self.desks.len()).map(|at| self.desk(address, at));
        let guests = self.guests.iter().map(|token| self.guest(address, token));
        let meanwhile = async {
            let done = meanwhile.await;
            self.over.set(true);
            done
        };
        join(meanwhile, join(join_all(desks), join_all(guests)))
            .await
            .0
    }

    pub(crate) fn confirmed(&self) -> usize {
        self.citizens.borrow().len()
            + self.services.borrow().len()
            + self.submissions.borrow().len()
    }

    pub(crate) fn unavailable(&self) -> usize {
        self.unavailable.get()
    }

    fn next(&self) -> u32 {
        self.number.set(self.number.get() + 1);
        self.number.get()
    }

    async fn desk(&self, address: &str, at: usize) {
        let desk = &self.desks[at];
        let actor = Actor::new(address, Some(desk.token.clone()));
        let registers = at < REGISTRARS;
        let path = if registers { "/citizens" } else { "/services" };
        while !self.over.get() {
            let again = self.open[at].take();
            let body = again.unwrap_or_else(|| match registers {
                true => self.person(desk),
                false => self.service(desk),
            });
            match self.post(&actor, path, &body, &[201, 409]).await {
                Some(answer) => {
                    // 409: it was kept, although nobody heard so.
                    let id = answer.get("service").or(answer.get("id")).unwrap();
                    let id = id.as_str().unwrap().parse().unwrap();
                    match registers {
                        true => self.citizens.borrow_mut().insert(id),
                        false => self.services.borrow_mut().insert(id),
                    };
                }
                None => *self.open[at].borrow_mut() = Some(body),
            }
        }
    }

    fn person(&self, desk: &Desk) -> Value {
        let number = self.next();
        let born = Date::from_calendar_date(1970, time::Month::January, 1).unwrap();
        let born = born + Span::days(i64::from(number % 9_000));
        Person::born(born, number).record(&desk.point)
    }

    fn service(&self, desk: &Desk) -> Value {
        let number = self.next();
        let at = usize::try_from(number).unwrap() % desk.people.len();
        json!({
            "kind": "individual",
            "point": desk.point,
            "date": OffsetDateTime::now_utc().date().to_string(),
            "minutes": 30, "competences": ["2.6"], "domains": ["A"],
            "title": format!("Guasto {number}"), "citizens": [desk.people[at]],
        })
    }

    /// A guest answers quiz after quiz.
    async fn guest(&self, address: &str, token: &str) {
        let actor = Actor::new(address, Some(token.to_owned()));
        let modules = ["spid", "pagamenti-online", "prenotare-salute"];
        for module in modules.iter().cycle() {
            let start = format!("/modules/{module}/attempts");
            let begun = self.post(&actor, &start, &json!({}), &[200, 201]).await;
            if let Some(attempt) = begun {
                self.answer(&actor, module, &attempt).await;
            }
            if self.over.get() {
                return;
            }
        }
    }

    async fn answer(&self, actor: &Actor, module: &str, attempt: &Value) {
        let id = attempt["attempt"].as_str().unwrap();
        let path = format!("/attempts/{id}/answers");
        let answered = attempt["answered"].as_array().unwrap();
        for shown in attempt["questions"].as_array().unwrap() {
            if answered.contains(&shown["id"]) {
                continue;
            }
            let question = courses::question(module, shown["id"].as_str().unwrap());
            let submission = Uuid::new_v4();
            let body = json!({
                "question": shown["id"],
                "submission": submission,
                "given": key::right(&question, shown),
            });
            // The same submission again, until it is confirmed.
            while self.post(actor, &path, &body, &[200]).await.is_none() {
                if self.over.get() {
                    return;
                }
            }
            self.submissions.borrow_mut().insert(submission);
        }
        let finish = format!("/attempts/{id}/finish");
        self.post(actor, &finish, &json!({}), &[200]).await;
    }

    /// What was answered; `None` where the server is gone, or cannot write now.
    async fn post(&self, actor: &Actor, path: &str, body: &Value, good: &[u16]) -> Option<Value> {
        let path = format!("/api/v1{path}");
        let body = Some(("application/json", body.to_string()));
        let answer = actor.try_send(Method::POST, &path, body).await;
        match answer {
            Some(answer) if good.contains(&answer.status.as_u16()) => {
                let status = answer.status.as_u16();
                return Some(answer.json(status));
            }
            Some(answer) => {
                let status = answer.status.as_u16();
                assert!(
                    matches!(status, 503 | 429),
                    "{path} {status}: {}",
                    answer.text
                );
                if status == 503 {
                    assert!(answer.header("retry-after").is_some());
                    self.unavailable.set(self.unavailable.get() + 1);
                }
            }
            None => {}
        }
        actix_web::rt::time::sleep(Duration::from_millis(20)).await;
        None
    }

    /// Looks everything up that was confirmed, in the database itself.
    pub(crate) async fn look(&self, ground: &Ground) -> Seen {
        let db = db::connect(ground.url()).await.unwrap();
        let (citizens, submissions) = (ids(&db).await, submitted(&db).await);
        let (services, same) = titled(&db).await;
        let lost = missing(&self.citizens.borrow(), &citizens)
            + missing(&self.services.borrow(), &services)
            + missing(&self.submissions.borrow(), &submissions);
        let twice = same + named_alike(&db).await;
        db.close().await.unwrap();
        Seen {
            confirmed: self.confirmed(),
            unavailable: self.unavailable(),
            lost,
            twice,
        }
    }
}

fn missing(confirmed: &BTreeSet<Uuid>, there: &BTreeSet<Uuid>) -> usize {
    confirmed.difference(there).count()
}

async fn ids(db: &Db) -> BTreeSet<Uuid> {
    let rows = citizens::Entity::find().all(db.read()).await.unwrap();
    rows.iter().map(|row| row.id.0).collect()
}

/// The services of these clients, and how many have the title of another.
async fn titled(db: &Db) -> (BTreeSet<Uuid>, usize) {
    let rows = services::Entity::find()
        .filter(services::Column::Title.starts_with("Guasto "))
        .all(db.read())
        .await
        .unwrap();
    let titles: BTreeSet<_> = rows.iter().map(|row| row.title.clone()).collect();
    let ids: BTreeSet<_> = rows.iter().map(|row| row.id.0).collect();
    (ids, rows.len() - titles.len())
}

async fn submitted(db: &Db) -> BTreeSet<Uuid> {
    let rows = answers::Entity::find().all(db.read()).await.unwrap();
    rows.iter().map(|row| row.submission).collect()
}

/// Citizens who are there more than once.
async fn named_alike(db: &Db) -> usize {
    let rows = citizens::Entity::find()
        .filter(citizens::Column::LastName.eq("Inventata"))
        .all(db.read())
        .await
        .unwrap();
    let digests: BTreeSet<_> = rows.iter().map(|row| row.cf_digest.clone()).collect();
    rows.len() - digests.len()
}
