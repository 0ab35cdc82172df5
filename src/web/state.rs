//! What every request can reach: one value, made at the start.

use std::ops::Deref;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use actix_web::{FromRequest, HttpRequest, dev, web};
use arc_swap::ArcSwap;
use std::future::{Ready, ready};
use time::{Date, Duration, OffsetDateTime};

use crate::accounts::SigningKey;
use crate::citizens::Vault;
use crate::content::Catalogue;
use crate::db::Db;
use crate::domain::calendar::rome_day;
use crate::learning::enter::EnterDoor;

use super::answers::Answers;
use super::connections::{self, Connections};
use super::error::Error;
use super::look_ups::LookUps;
use super::missed::WaitingSearches;
use super::once::SentForms;
use super::open_data::OpenData;
use super::public_totals::PublicTotals;
use super::published::Published;
use super::searches::Searches;
use super::templates::Templates;
use super::throttle::{Throttle, ThrottleLimits};
use super::tries::Tries;

/// The application's state.
pub struct State {
    /// The database.
    pub db: Db,
    /// What can be learned, found and read. Swapped in whole by [`State::publish`].
    content: ArcSwap<Published>,
    /// The templates.
    pub templates: Arc<Templates>,
    /// Finds, seals and opens codici fiscali.
    pub vault: Vault,
    /// Signs and checks tokens.
    pub signing_key: SigningKey,
    /// What time it is.
    pub clock: Clock,
    /// How often one address may do what opens doors or costs room.
    pub throttle: Throttle,
    /// Wrong tries at the doors.
    pub tries: Tries,
    /// The connections that are open.
    pub connections: Arc<Connections>,
    /// What an installation decides.
    pub settings: Settings,
    /// When `content` was published.
    published_at: ArcSwap<OffsetDateTime>,
    /// The open data made today.
    pub open_data: OpenData,
    /// What auditors asked.
    pub look_ups: LookUps,
    /// The public figures.
    pub public_totals: PublicTotals,
    /// The answers to forms that can be shown again.
    pub answers: Answers,
    /// The forms that were sent.
    pub sent: SentForms,
    /// What was looked for.
    pub searches: Searches,
    /// Searches of the lessons that found nothing, to be counted.
    pub missed: WaitingSearches,
    /// The program was told to stop.
    stopping: AtomicBool,
}

/// What an installation decides.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// Cookies only travel over `https`; true behind TLS.
    pub secure_cookies: bool,
    /// The programme whose figures the public page shows first; the only one where `None`.
    pub programme: Option<String>,
    /// Scheme and host of the site, for addresses on paper; none is printed where `None`. What a
    /// browser asked for is what anybody may write.
    pub address: Option<String>,
    /// The page of the accessibility statement at AgID; `None` before there is one.
    pub statement: Option<String>,
    /// Whom to tell about a weakness, an address of any scheme; `None` where nobody is named.
    pub security_contact: Option<String>,
    /// A proxy stands before, and says in `X-Forwarded-For` where a request comes from.
    pub behind_proxy: bool,
    /// How often one address may do what opens doors or costs room.
    pub limits: ThrottleLimits,
    /// How many connections there may be.
    pub connections: connections::ConnectionLimits,
}

/// The time: the system's, or one that a test sets.
#[derive(Debug, Clone, Default)]
pub enum Clock {
    /// The system's.
    #[default]
    System,
    /// Stands still until a test moves it.
    Fixed(Arc<Mutex<OffsetDateTime>>),
}

impl Clock {
    /// A clock that stands still at a moment.
    #[must_use]
    pub fn fixed(at: OffsetDateTime) -> Self {
        Self::Fixed(Arc::new(Mutex::new(at)))
    }

    /// Moves a clock that stands still; the system's cannot be moved.
    pub fn set(&self, to: OffsetDateTime) {
        if let Self::Fixed(at) = self {
            *at.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = to;
        }
    }

    /// Now, in whole microseconds: what both databases keep.
    #[must_use]
    pub fn now(&self) -> OffsetDateTime {
        let now = match self {
            Self::System => OffsetDateTime::now_utc(),
            Self::Fixed(at) => *at.lock().unwrap_or_else(std::sync::PoisonError::into_inner),
        };
        let micros = now.nanosecond() / 1_000 * 1_000;
        now.replace_nanosecond(micros).unwrap_or(now)
    }
}

/// What an application is put together from.
pub struct StateParts {
    /// The database, migrated.
    pub db: Db,
    /// What is published at the start.
    pub content: Arc<Published>,
    /// The templates that `content` was rendered with.
    pub templates: Arc<Templates>,
    /// Finds, seals and opens codici fiscali.
    pub vault: Vault,
    /// Signs and checks tokens.
    pub signing_key: SigningKey,
    /// What time it is.
    pub clock: Clock,
    /// What an installation decides.
    pub settings: Settings,
}

impl State {
    /// The state of an application.
    #[must_use]
    pub fn new(parts: StateParts) -> Self {
        let now = parts.clock.now();
        Self {
            db: parts.db,
            content: ArcSwap::new(parts.content),
            templates: parts.templates,
            vault: parts.vault,
            signing_key: parts.signing_key,
            clock: parts.clock,
            throttle: Throttle::new(parts.settings.limits),
            tries: Tries::new(parts.settings.limits.sign_ins),
            connections: Arc::new(Connections::new(parts.settings.connections)),
            published_at: ArcSwap::from_pointee(now),
            settings: parts.settings,
            open_data: OpenData::default(),
            look_ups: LookUps::default(),
            public_totals: PublicTotals::default(),
            answers: Answers::default(),
            sent: SentForms::default(),
            searches: Searches::default(),
            missed: WaitingSearches::default(),
            stopping: AtomicBool::new(false),
        }
    }

    /// What is published now. A request takes it once and keeps it to its end.
    #[must_use]
    pub fn published(&self) -> Arc<Published> {
        self.content.load_full()
    }

    /// What can be learned now.
    #[must_use]
    pub fn catalogue(&self) -> Arc<Catalogue> {
        Arc::clone(&self.content.load().catalogue)
    }

    /// Swaps new content in. Requests under way keep the old one.
    pub fn publish(&self, content: Arc<Published>) {
        self.content.store(content);
        self.published_at.store(Arc::new(self.now()));
    }

    /// How long ago the courses were published.
    #[must_use]
    pub fn published_ago(&self) -> Duration {
        self.now() - **self.published_at.load()
    }

    /// From now on answers end their connections, and nobody new should be sent here.
    pub fn stop(&self) {
        self.stopping.store(true, Ordering::Release);
    }

    /// Whether the program was told to stop.
    #[must_use]
    pub fn is_stopping(&self) -> bool {
        self.stopping.load(Ordering::Acquire)
    }

    /// What it takes to let somebody in.
    #[must_use]
    pub fn door(&self) -> EnterDoor<'_> {
        EnterDoor {
            db: &self.db,
            vault: &self.vault,
            key: &self.signing_key,
        }
    }

    /// Scheme and host of the site, where the installation says them.
    #[must_use]
    pub fn address(&self) -> Option<&str> {
        let address = self.settings.address.as_deref();
        address.map(|address| address.trim_end_matches('/'))
    }

    /// Now.
    #[must_use]
    pub fn now(&self) -> OffsetDateTime {
        self.clock.now()
    }

    /// Today in Europe/Rome.
    #[must_use]
    pub fn today(&self) -> Date {
        rome_day(self.now())
    }
}

/// The state, as handlers ask for it.
#[derive(Clone)]
pub struct App(web::Data<State>);

impl Deref for App {
    type Target = State;
    fn deref(&self) -> &State {
        &self.0
    }
}

impl FromRequest for App {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;

    fn from_request(request: &HttpRequest, _: &mut dev::Payload) -> Self::Future {
        ready(Self::of(request))
    }
}

impl App {
    pub(super) fn of(request: &HttpRequest) -> Result<Self, Error> {
        let state = request.app_data::<web::Data<State>>().cloned();
        state
            .map(Self)
            .ok_or_else(|| Error::internal(anyhow::anyhow!("no state")))
    }
}
