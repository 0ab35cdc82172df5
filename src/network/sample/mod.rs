//! A network to try: Puglia's programme with its 231 points, invented people of every role, and
//! some months of services, written through the functions that write real ones.
//!
//! Example data. The targets are Puglia's (231 points, 183,000 citizens aged 18 to 74 by 30 June
//! 2026, DGR 1019/2025); the services' target follows Umbria's ratio of three services to two
//! citizens; the last day is put off so that the sample counts today.

mod people;
mod places;

use rand::rngs::StdRng;
use rand::seq::{IndexedRandom as _, IteratorRandom as _};
use rand::{RngExt as _, SeedableRng as _};
use sea_orm::DbErr;
use thiserror::Error;
use time::macros::date;
use time::{Date, Duration, OffsetDateTime};

use crate::accounts::card::{self, Issued};
use crate::accounts::staff::{self, FacilitaName, NewStaff, StaffError};
use crate::citizens::register::register_in;
use crate::citizens::{Details, RecordError, Vault};
use crate::db::{self, Db};
use crate::domain::age::AgeRange;
use crate::domain::calendar::rome_day;
use crate::domain::facilita::{PublicDomain, ServiceKind};
use crate::domain::ids::{AccountId, CitizenId, PointId, ProgrammeId};
use crate::domain::role::Role;

use super::point::{self, Point};
use super::programme::{self, CompletionRule, LessonsRule, Programme, Target, TargetKind};
use super::service::{NewService, ServiceError, record_in};

/// Points where something happened.
const BUSY: usize = 12;
/// Citizens of each of them.
const CITIZENS: usize = 8;
/// Services of each of them.
const SERVICES: usize = 20;
/// The days in which they happened.
const DAYS: i64 = 150;

/// Who may enter the sample.
#[derive(Debug)]
pub struct Sample {
    /// The programme.
    pub programme: Programme,
    /// One member of the staff of each role, with the address they sign in with; all have the
    /// password that was asked for.
    pub staff: Vec<(Role, String)>,
    /// The card of a citizen of 68 who has attended nothing yet: what they learn counts anew.
    pub card: Issued,
    /// The point that follows that citizen and where the facilitator works.
    pub point: Point,
}

/// Why the sample was not made.
#[derive(Debug, Error)]
pub enum SampleError {
    /// The programme is there: nothing was changed.
    #[error("the database has the programme 'puglia' already")]
    Exists,
    /// An account was refused.
    #[error(transparent)]
    Staff(#[from] StaffError),
    /// A record was refused.
    #[error(transparent)]
    Record(#[from] RecordError),
    /// A service was refused.
    #[error(transparent)]
    Service(#[from] ServiceError),
    /// The database's.
    #[error(transparent)]
    Db(#[from] DbErr),
}

/// Fills a migrated database with the sample; the same seed gives the same network.
///
/// # Errors
/// [`SampleError::Exists`] where it was filled before.
pub async fn fill(
    db: &Db,
    vault: &Vault,
    password: &str,
    seed: u64,
    now: OffsetDateTime,
) -> Result<Sample, SampleError> {
    let (programme, points) = network(db, now).await?;
    let point = points.first().cloned().ok_or(SampleError::Exists)?;
    let mut sample = Vec::new();
    for role in [
        Role::Admin,
        Role::Coordinator,
        Role::Editor,
        Role::Facilitator,
    ] {
        let at = (role == Role::Facilitator).then_some(point.id);
        let email = format!("{role}@example.org");
        let (account, token) = add(db, vault, &email, role, at, now).await?;
        staff::set_password(db, &token, password, now).await?;
        sample.push((role, email, account));
    }
    let first = sample
        .last()
        .map(|(_, _, account)| *account)
        .ok_or(SampleError::Exists)?;
    // Spread over the list, so that every province has some.
    let mut busy = vec![(point.id, first)];
    for (number, point) in (2..=BUSY).zip(points.iter().skip(19).step_by(19)) {
        let email = format!("facilitator{number}@example.org");
        let (account, _) = add(db, vault, &email, Role::Facilitator, Some(point.id), now).await?;
        busy.push((point.id, account));
    }
    let (vault_, mut random) = (vault.clone(), StdRng::seed_from_u64(seed));
    let pupil = db::write(db, async move |tx| {
        for (point, facilitator) in &busy {
            months(tx, &vault_, &mut random, (*point, *facilitator), now).await?;
        }
        let birth = people::birth_at_age(68, rome_day(now));
        let details = people::born(&mut random, birth);
        let pupil = register_in(tx, &vault_, &details, point.id, first, now).await?;
        Ok::<_, SampleError>((pupil, point))
    });
    let (pupil, point) = pupil.await?;
    let card = card::issue(db, vault, pupil, first, now).await?;
    let staff = sample
        .into_iter()
        .map(|(role, email, _)| (role, email))
        .collect();
    Ok(Sample {
        programme,
        staff,
        card,
        point,
    })
}

async fn add(
    db: &Db,
    vault: &Vault,
    email: &str,
    role: Role,
    point: Option<PointId>,
    now: OffsetDateTime,
) -> Result<(AccountId, String), StaffError> {
    let new = NewStaff {
        email: email.to_owned(),
        name: email.to_owned(),
        role,
        point,
    };
    let (account, token) = staff::add(db, new, None, now).await?;
    let known = FacilitaName {
        name: Some(format!("Prova {email}")),
        id: Some(email.to_owned()),
        codice_fiscale: None,
    };
    staff::set_facilita(db, vault, account, known, None, now).await?;
    Ok((account, token))
}

/// The programme, its targets and its points.
async fn network(db: &Db, now: OffsetDateTime) -> Result<(Programme, Vec<Point>), SampleError> {
    if programme::by_code(db.read(), "puglia").await?.is_some() {
        return Err(SampleError::Exists);
    }
    let due_on = date!(2026 - 06 - 30);
    let programme = Programme {
        id: ProgrammeId::new(),
        code: "puglia".to_owned(),
        name: "Puglia: rete dei punti di facilitazione digitale".to_owned(),
        starts_on: date!(2023 - 01 - 01),
        ends_on: year_end(rome_day(now)).max(date!(2026 - 12 - 31)),
        ages: AgeRange { min: 18, max: 74 },
        rule: CompletionRule {
            lessons: LessonsRule::None,
            retroactive: true,
        },
        facilita_body: None,
        facilita_project: None,
        facilita_until: None,
        minors_from: None,
    };
    let target = |kind, value| Target {
        kind,
        due_on,
        value,
    };
    let targets = [
        target(TargetKind::Points, 231),
        target(TargetKind::Citizens, 183_000),
        target(TargetKind::Services, 274_500),
    ];
    let points = places::points(programme.id);
    let (row, rows) = (programme.clone(), points.clone());
    db::write(db, async move |tx| {
        programme::create_in(tx, &row, &targets).await?;
        for point in &rows {
            point::create_in(tx, point, now).await?;
        }
        Ok::<_, DbErr>(())
    })
    .await?;
    Ok((programme, points))
}

fn year_end(day: Date) -> Date {
    Date::from_ordinal_date(day.year(), time::util::days_in_year(day.year())).unwrap_or(day)
}

/// Some months of a point: its citizens, most of them verified, and what they came for.
async fn months(
    tx: &sea_orm::DatabaseTransaction,
    vault: &Vault,
    random: &mut StdRng,
    (point, facilitator): (PointId, AccountId),
    now: OffsetDateTime,
) -> Result<(), SampleError> {
    let today = rome_day(now);
    let mut citizens = Vec::new();
    for _ in 0..CITIZENS {
        let mut details = people::person(random, today);
        if random.random_bool(0.1) {
            details.codice_fiscale = None;
        }
        citizens.extend(enter(tx, vault, &details, point, facilitator, now).await?);
    }
    for _ in 0..SERVICES {
        let (kind, most) = match random.random_range(0..20) {
            0..=11 => (ServiceKind::Individual, 1),
            12..=15 => (ServiceKind::Group, 5),
            16..=18 => (ServiceKind::Classroom, 8),
            _ => (ServiceKind::Online, 4),
        };
        let (competences, domains, title) = topic(random);
        let few = random.random_range(1..=most);
        let new = NewService {
            kind,
            point,
            facilitator,
            day: today - Duration::days(random.random_range(0..DAYS)),
            minutes: *[15, 30, 45, 60, 90].choose(random).unwrap_or(&30),
            competences,
            domains,
            title: title.to_owned(),
            citizens: citizens.iter().copied().sample(random, few),
        };
        if !new.citizens.is_empty() {
            record_in(tx, &new, facilitator, now).await?;
        }
    }
    Ok(())
}

/// Registers a person; a code that chance has given twice is nobody new.
async fn enter(
    tx: &sea_orm::DatabaseTransaction,
    vault: &Vault,
    details: &Details,
    point: PointId,
    by: AccountId,
    now: OffsetDateTime,
) -> Result<Option<CitizenId>, RecordError> {
    match register_in(tx, vault, details, point, by, now).await {
        Ok(citizen) => Ok(Some(citizen)),
        Err(RecordError::Exists(_)) => Ok(None),
        Err(error) => Err(error),
    }
}

fn topic(random: &mut StdRng) -> (Vec<u8>, Vec<PublicDomain>, &'static str) {
    match random.random_range(0..5) {
        0 => (
            vec![9, 12],
            vec![PublicDomain::AppIo],
            "Attivazione di SPID",
        ),
        1 => (
            vec![6],
            vec![PublicDomain::PagoPa],
            "Pagamento di un avviso pagoPA",
        ),
        2 => (
            vec![1, 6],
            vec![PublicDomain::HealthRecord],
            "Fascicolo sanitario elettronico",
        ),
        3 => (
            vec![4],
            vec![PublicDomain::None],
            "Videochiamate e posta elettronica",
        ),
        _ => (
            vec![11, 12],
            vec![PublicDomain::None],
            "Riconoscere le truffe",
        ),
    }
}
