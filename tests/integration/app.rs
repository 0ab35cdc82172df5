//! The application as its users meet it: real pages, real content, a real database, a fixed clock.

use std::net::TcpListener;
use std::sync::{Arc, LazyLock, Mutex};

use actix_web::web::Data;
use autonomia::accounts::SigningKey;
use autonomia::accounts::staff::{self, NewStaff};
use autonomia::citizens::Vault;
use autonomia::content::Catalogue;
use autonomia::content::question::Question;
use autonomia::db::{self, Db};
use autonomia::domain::age::AgeRange;
use autonomia::domain::ids::{PointId, ProgrammeId};
use autonomia::domain::role::Role;
use autonomia::network::point::{self, Point};
use autonomia::network::programme::{
    self, CompletionRule, LessonsRule, Programme, ProgrammeTarget, TargetKind,
};
use autonomia::network::verify;
use autonomia::web;
use autonomia::web::published::Published;
use autonomia::web::publisher::Publisher;
use autonomia::web::state::{Clock, Settings, State, StateParts};
use autonomia::web::templates::{SiteOwner, Templates};
use sea_orm::DbErr;
use serde_json::{Value, json};
use time::OffsetDateTime;
use time::macros::{date, datetime};
use tokio::sync::OnceCell;

use crate::actor::Actor;
pub(crate) use crate::courses;
use crate::database::{Pattern, TestDb};
use crate::log;
use crate::office::give_password;
use crate::people::Person;

pub(crate) const PASSWORD: &str = "una-frase-lunga-e-facile";
const DESK: &str = "sportello@example.org";
const OTHER_DESK: &str = "altro-sportello@example.org";
pub(crate) const COORDINATOR: &str = "coordinamento@example.org";

/// The courses of `content/`, published once for all tests.
pub(crate) static CONTENT: LazyLock<Content> = LazyLock::new(|| content(&SiteOwner::default()));

type Content = (Arc<Templates>, Arc<Published>);

/// The courses with the pages of an owner.
fn content(owner: &SiteOwner) -> Content {
    let templates = Arc::new(Templates::load(owner).unwrap());
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/content");
    let mut publisher = Publisher::new(folder, Arc::clone(&templates));
    let (published, _) = publisher.publish(date!(2026 - 11 - 21)).unwrap();
    (templates, published)
}

/// Looks back, and asks for the quiz alone.
const RULE: CompletionRule = CompletionRule {
    lessons: LessonsRule::None,
    retroactive: true,
};

/// When each test begins.
const MORNING: OffsetDateTime = datetime!(2026-11-21 10:00 UTC);

static FURNISHED: OnceCell<Pattern> = OnceCell::const_new();

pub(crate) struct TestApp {
    pub(crate) db: TestDb,
    pub(crate) clock: Clock,
    pub(crate) address: String,
    published: Arc<Published>,
    desk: OnceCell<Actor>,
    coordinator: OnceCell<Actor>,
    people: Mutex<u32>,
    server: actix_web::dev::ServerHandle,
}

/// What the totals say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Totals {
    pub(crate) citizens: u64,
    pub(crate) services: u64,
    pub(crate) online: u64,
    pub(crate) eligible_unverified: u64,
}

impl TestApp {
    /// An empty network with two points on 21 November 2026: Puglia's programme, which counts 18 to
    /// 74, looks back, and asks for the quiz alone.
    pub(crate) async fn new() -> Self {
        Self::with_rule(RULE).await
    }

    /// The network of a site that knows its own address and names whom to tell about a weakness.
    pub(crate) async fn at(address: &str) -> Self {
        let owner = SiteOwner {
            address: Some(address.to_owned()),
            ..SiteOwner::default()
        };
        let settings = Settings {
            address: Some(address.to_owned()),
            security_contact: Some("mailto:sicurezza@example.org".to_owned()),
            ..Settings::default()
        };
        Self::with(RULE, &content(&owner), settings).await
    }

    pub(crate) async fn with_rule(rule: CompletionRule) -> Self {
        Self::with(rule, &CONTENT, Settings::default()).await
    }

    /// The network with other settings.
    pub(crate) async fn with_settings(settings: Settings) -> Self {
        Self::with(RULE, &CONTENT, settings).await
    }

    /// An empty network of exactly these settings: no proxy and no address where they have none.
    pub(crate) async fn plain(settings: Settings) -> Self {
        Self::build(RULE, &CONTENT, settings, listen()).await
    }

    /// Tests come from where they say they come from, and the site knows its address.
    async fn with(rule: CompletionRule, content: &Content, settings: Settings) -> Self {
        let listener = listen();
        let settings = Settings {
            behind_proxy: true,
            address: settings.address.or(Some(address(&listener))),
            ..settings
        };
        Self::build(rule, content, settings, listener).await
    }

    async fn build(
        rule: CompletionRule,
        content: &Content,
        settings: Settings,
        listener: TcpListener,
    ) -> Self {
        log::listen();
        let address = address(&listener);
        let clock = Clock::fixed(MORNING);
        let db = if rule == RULE {
            let pattern = FURNISHED.get_or_init(async || Pattern::of(furnished(rule).await).await);
            TestDb::like(pattern.await).await
        } else {
            furnished(rule).await
        };
        let (templates, published) = content;
        let state = State::new(StateParts {
            db: db.clone(),
            content: Arc::clone(published),
            templates: Arc::clone(templates),
            vault: Vault::new(&[1; 32], &[2; 32]).unwrap(),
            signing_key: SigningKey::new(&[3; 32]),
            clock: clock.clone(),
            settings,
        });
        let server = web::server(Data::new(state), listener).unwrap();
        let handle = server.handle();
        actix_web::rt::spawn(server);
        Self {
            db,
            clock,
            address,
            published: Arc::clone(published),
            desk: OnceCell::new(),
            coordinator: OnceCell::new(),
            people: Mutex::new(1_000),
            server: handle,
        }
    }

    pub(crate) fn catalogue(&self) -> &Catalogue {
        &self.published.catalogue
    }

    pub(crate) fn published(&self) -> &Published {
        &self.published
    }

    /// A question of a module's quiz, in Italian.
    pub(crate) fn question(&self, module: &str, id: &str) -> Arc<Question> {
        courses::question(module, id)
    }

    /// The code of the point where everything happens.
    #[expect(clippy::unused_self, reason = "it is this network's point")]
    pub(crate) fn point(&self) -> &'static str {
        "bari-centro"
    }

    /// Somebody without a token.
    pub(crate) fn visitor(&self) -> Actor {
        Actor::new(&self.address, None)
    }

    pub(crate) async fn guest(&self) -> Actor {
        let visitor = self.visitor();
        let made = visitor.post("/guests", json!({})).await.json(201);
        visitor.with_token(&made)
    }

    /// The facilitator of [`TestApp::point`].
    pub(crate) async fn facilitator(&self) -> Actor {
        self.desk.get_or_init(|| self.staff(DESK)).await.clone()
    }

    /// The facilitator of the other point.
    pub(crate) async fn other_facilitator(&self) -> Actor {
        self.staff(OTHER_DESK).await
    }

    /// The coordinator of the network.
    pub(crate) async fn coordinator(&self) -> Actor {
        let opened = self.coordinator.get_or_init(|| self.staff(COORDINATOR));
        opened.await.clone()
    }

    /// Somebody who works for the network without a point.
    pub(crate) async fn staff_without_point(&self, role: Role) -> Actor {
        let email = format!("{role}@example.org");
        add_staff(&self.db, &email, role, None, self.clock.now()).await;
        self.staff(&email).await
    }

    async fn staff(&self, email: &str) -> Actor {
        let credentials = json!({ "email": email, "password": PASSWORD });
        let opened = self
            .visitor()
            .post("/sessions", credentials)
            .await
            .json(201);
        self.visitor().with_token(&opened)
    }

    /// A card, as JSON to enter with, for a person registered at the desk.
    pub(crate) async fn card(&self, person: &Person) -> Value {
        self.card_from(person.record(self.point())).await.1
    }

    async fn card_from(&self, record: Value) -> (String, Value) {
        let desk = self.facilitator().await;
        let citizen = desk.post("/citizens", record).await.json(201);
        let id = citizen["id"].as_str().unwrap().to_owned();
        let card = desk
            .post(&format!("/citizens/{id}/card"), json!({}))
            .await
            .json(201);
        (id, json!({ "card": card["card"], "pin": card["pin"] }))
    }

    /// Somebody enters with a card; what they learned before comes along.
    pub(crate) async fn enter(&self, who: &Actor, card: &Value) -> Actor {
        let opened = who.post("/sessions", card.clone()).await.json(201);
        who.with_token(&opened)
    }

    /// A citizen registered with this record, who has entered with a card.
    pub(crate) async fn citizen_from(&self, record: Value) -> (String, Actor) {
        let (id, card) = self.card_from(record).await;
        (id, self.enter(&self.visitor(), &card).await)
    }

    pub(crate) async fn citizen_with(&self, person: &Person) -> Actor {
        self.citizen_from(person.record(self.point())).await.1
    }

    /// A citizen of 60 whom the programme counts; another one each time.
    pub(crate) async fn citizen(&self) -> Actor {
        self.citizen_with(&self.somebody()).await
    }

    /// One citizen on two devices.
    pub(crate) async fn citizen_twice(&self) -> (Actor, Actor) {
        let card = self.card(&self.somebody()).await;
        let first = self.enter(&self.visitor(), &card).await;
        (first, self.enter(&self.visitor(), &card).await)
    }

    pub(crate) fn somebody(&self) -> Person {
        let mut number = self.people.lock().unwrap();
        *number += 1;
        Person::born(date!(1966 - 04 - 12), *number)
    }

    /// Answers every question of a module's quiz that has no answer yet.
    pub(crate) async fn answer_all(&self, who: &Actor, module: &str) -> Value {
        courses::answer_all(who, module).await
    }

    /// Passes a module's quiz with every answer right.
    pub(crate) async fn pass(&self, who: &Actor, module: &str) -> Value {
        let attempt = self.answer_all(who, module).await;
        who.finish(&attempt).await
    }

    /// The exact totals.
    pub(crate) async fn totals(&self) -> Totals {
        let who = self.coordinator().await;
        let totals = who.api("/programmes/puglia/totals").await;
        Totals {
            citizens: totals["citizens"]["reached"].as_u64().unwrap(),
            services: totals["services"]["total"].as_u64().unwrap(),
            online: totals["services"]["by_kind"]["online"].as_u64().unwrap(),
            eligible_unverified: totals["citizens"]["eligible_unverified"].as_u64().unwrap(),
        }
    }

    /// The tallies are what a recount of the ledger says.
    pub(crate) async fn verify_totals(&self) {
        let differences = verify::verify(&self.db).await.unwrap();
        assert!(differences.is_empty(), "{differences:?}");
    }
}

impl Drop for TestApp {
    fn drop(&mut self) {
        drop(self.server.stop(false));
        if !std::thread::panicking() {
            log::look();
        }
    }
}

fn listen() -> TcpListener {
    TcpListener::bind("127.0.0.1:0").unwrap()
}

fn address(listener: &TcpListener) -> String {
    format!("http://{}", listener.local_addr().unwrap())
}

/// A programme, two points, and a facilitator at each.
async fn furnished(rule: CompletionRule) -> TestDb {
    let db = TestDb::new().await;
    furnish(&db, rule, MORNING).await;
    crate::staff_doors::demand_second_factor(&db, false).await;
    db
}

async fn furnish(db: &TestDb, rule: CompletionRule, now: OffsetDateTime) {
    let programme = Programme {
        id: ProgrammeId::new(),
        code: "puglia".to_owned(),
        name: "Puglia".to_owned(),
        starts_on: date!(2023 - 01 - 01),
        ends_on: date!(2027 - 06 - 30),
        ages: AgeRange { min: 18, max: 74 },
        rule,
        facilita_body: None,
        facilita_project: None,
        facilita_until: None,
        minors_from: None,
    };
    let target = ProgrammeTarget {
        kind: TargetKind::Citizens,
        due_on: date!(2027 - 06 - 30),
        value: 183_000,
    };
    let point =
        |code: &str, name: &str| Point::new(programme.id, code, name, ["Bari", "Bari", "Puglia"]);
    let points = [point("bari-centro", "Bari Centro"), point("lecce", "Lecce")];
    let [bari, lecce] = [points[0].id, points[1].id];
    db::write(db, async move |tx| -> Result<(), DbErr> {
        programme::create_in(tx, &programme, &[target]).await?;
        for point in &points {
            point::create_in(tx, point, now).await?;
        }
        Ok(())
    })
    .await
    .unwrap();
    for (email, role, point) in [
        (DESK, Role::Facilitator, Some(bari)),
        (OTHER_DESK, Role::Facilitator, Some(lecce)),
        (COORDINATOR, Role::Coordinator, None),
    ] {
        add_staff(db, email, role, point, now).await;
    }
}

pub(crate) async fn add_staff(
    db: &Db,
    email: &str,
    role: Role,
    point: Option<PointId>,
    now: OffsetDateTime,
) {
    let new = NewStaff {
        email: email.to_owned(),
        name: "Persona Inventata".to_owned(),
        role,
        point,
    };
    let (account, _) = staff::add(db, new, None, now).await.unwrap();
    give_password(db, account).await;
}
