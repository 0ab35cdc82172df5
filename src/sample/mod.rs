//! A network to try, and a region to measure: Puglia's programme, its points, invented people, and
//! what they came for and learned, a year of it or more.
//!
//! Example data. The targets are Puglia's (231 points, 183,000 citizens aged 18 to 74 by 30 June
//! 2026, DGR 1019/2025); the services' target follows Umbria's ratio of three services to two
//! citizens; the last day is put off so that the sample counts today.

mod desk;
mod history;
mod learned;
mod people;
mod places;
mod rows;
mod sent;
mod shared;

use rand::SeedableRng as _;
use rand::rngs::StdRng;
use sea_orm::ActiveValue::Set;
use sea_orm::DbErr;
use thiserror::Error;
use time::macros::date;
use time::{Date, Duration, OffsetDateTime};
use uuid::Uuid;

use crate::accounts::card::Issued;
use crate::accounts::facilitators::{self, FacilitaName};
use crate::accounts::links;
use crate::accounts::rules::{self, DoorRules, RuleError};
use crate::accounts::staff::{self, NewStaff, StaffError};
use crate::citizens::{RecordError, Vault};
use crate::content::Catalogue;
use crate::db::entities::{account_roles, accounts};
use crate::db::{self, Db, instant};
use crate::domain::age::AgeRange;
use crate::domain::calendar::rome_day;
use crate::domain::ids::{AccountId, ProgrammeId};
use crate::domain::progress;
use crate::domain::role::Role;
use crate::learning::DeskError;
use crate::network::facilita::{FacilitaError, standing};
use crate::network::point::{self, Point};
use crate::network::programme::{
    self, CompletionRule, LessonsRule, Programme, ProgrammeTarget, TargetKind,
};

use history::SampleDesk;
use rows::{Network, keep};

/// How much of a network.
#[derive(Debug, Clone, Copy)]
pub struct Size {
    /// People in the records, besides the one with the card.
    pub citizens: usize,
    /// Points.
    pub points: usize,
    /// The days until today in which all of it happened.
    pub days: i64,
}

impl Size {
    /// A year of 231 points, small enough to be there in a second.
    pub const DEMO: Self = Self {
        citizens: 9_240,
        points: 231,
        days: 365,
    };
}

/// One of the staff, who signs in with the password that was asked for.
#[derive(Debug)]
pub struct SampleMember {
    /// What they do.
    pub role: Role,
    /// The address they sign in with.
    pub email: String,
    /// The name of the point where a facilitator works.
    pub point: Option<String>,
    account: AccountId,
}

/// Who may enter the sample.
#[derive(Debug)]
pub struct Sample {
    /// The programme.
    pub programme: Programme,
    /// One of each role, and a second facilitator at another point.
    pub staff: Vec<SampleMember>,
    /// The card of a citizen of 68 who has attended nothing yet: what they learn counts anew.
    pub card: Issued,
    /// The point that registered that citizen and where the first facilitator works.
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
    /// A rule of the doors was refused.
    #[error(transparent)]
    Rule(#[from] RuleError),
    /// A record was refused.
    #[error(transparent)]
    Record(#[from] RecordError),
    /// A group, or what it was given, was refused.
    #[error(transparent)]
    Desk(#[from] DeskError),
    /// A file for Facilita, or its report, was refused.
    #[error(transparent)]
    Facilita(#[from] FacilitaError),
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
    catalogue: &Catalogue,
    password: &str,
    (size, seed): (Size, u64),
    now: OffsetDateTime,
) -> Result<Sample, SampleError> {
    let (programme, points) = network(db, size.points, now).await?;
    // Whoever tries it enters as everybody with the password that was printed, and nothing more.
    let open = DoorRules {
        second_factor: false,
        ..rules::read(db.read()).await?
    };
    rules::set(db, open, now).await?;
    let point = points.first().cloned().ok_or(SampleError::Exists)?;
    let staff = staff(db, vault, (&points, password), now).await?;
    let of = |wanted: Role| {
        let found = staff.iter().filter(move |member| member.role == wanted);
        found.map(|member| member.account)
    };
    let coordinator = of(Role::Coordinator).next().ok_or(SampleError::Exists)?;
    let facilitators: Vec<AccountId> = of(Role::Facilitator).collect();
    let desks = desks(db, &points, &facilitators, size.citizens, now).await?;
    let random = &mut StdRng::seed_from_u64(seed);
    let today = rome_day(now);
    let span = (today - Duration::days(size.days), today);
    let modules = learned::with_quiz(catalogue).len();
    let step = progress::begin("who comes when", 0);
    let history = history::make(random, &desks, modules, programme.ages, span);
    let network = Network {
        db,
        vault,
        programme: &programme,
        desks: &desks,
        catalogue,
    };
    drop(step);
    rows::write(&network, &history).await?;
    let step = progress::begin("groups and what they are given", 0);
    desk::lay(&network, &history, now).await?;
    drop(step);
    sent::send(&network, coordinator, now).await?;
    let all = sea_orm::Condition::all();
    db::write(db, async move |tx| standing::recount(tx, all).await).await?;
    let mut details = people::born(random, people::birth_at_age(68, today));
    details.province = Some(point.province.clone());
    let desk = desks.first().ok_or(SampleError::Exists)?;
    let (pupil, card) = shared::register_pupil(&network, details.clone(), desk, now).await?;
    shared::follow(&network, (pupil, details), random, now).await?;
    Ok(Sample {
        programme,
        staff,
        card,
        point,
    })
}

/// Who may enter: one of each role, and a second facilitator, each of these at a point.
async fn staff(
    db: &Db,
    vault: &Vault,
    (points, password): (&[Point], &str),
    now: OffsetDateTime,
) -> Result<Vec<SampleMember>, SampleError> {
    let mut made = Vec::new();
    for (role, number, name) in [
        (Role::Admin, 1, "Sgobba Ilaria"),
        (Role::Coordinator, 1, "Loiacono Marta"),
        (Role::Editor, 1, "Cazzolla Piero"),
        (Role::Facilitator, 1, "Di Gioia Serena"),
        (Role::Facilitator, 2, "Fanelli Rocco"),
    ] {
        let point = points.get(number - 1).filter(|_| role == Role::Facilitator);
        if number > 1 && point.is_none() {
            continue;
        }
        let email = match number {
            1 => format!("{role}@example.org"),
            _ => format!("{role}{number}@example.org"),
        };
        let new = NewStaff {
            email: email.clone(),
            name: name.to_owned(),
            role,
            point: point.map(|point| point.id),
        };
        let (account, _) = staff::add(db, new, None, now).await?;
        links::set_known_password(db, account, password, now).await?;
        if point.is_some() {
            let known = FacilitaName {
                name: Some(name.to_owned()),
                id: Some(format!("F{number:04}")),
                codice_fiscale: None,
            };
            facilitators::set_facilita(db, vault, account, known, None, now).await?;
        }
        made.push(SampleMember {
            role,
            email,
            point: point.map(|point| point.name.clone()),
            account,
        });
    }
    Ok(made)
}

/// The points with a facilitator each, those who are there already at the first ones, and the
/// citizens shared out: more in the larger towns.
async fn desks(
    db: &Db,
    points: &[Point],
    known: &[AccountId],
    citizens: usize,
    now: OffsetDateTime,
) -> Result<Vec<SampleDesk>, DbErr> {
    let weight = |point: &Point| match point.municipality == point.province {
        true => 5,
        false => 1 + point.municipality.len() % 4,
    };
    let whole: usize = points.iter().map(weight).sum();
    let (mut desks, mut people, mut roles) = (Vec::new(), Vec::new(), Vec::new());
    let (mut shared, mut upto) = (0, 0);
    for (number, point) in (1..).zip(points) {
        upto += weight(point);
        let mine = citizens * upto / whole.max(1) - shared;
        shared += mine;
        let there = known.get(number - 1).copied();
        let facilitator = there.unwrap_or_else(AccountId::new);
        desks.push(SampleDesk {
            point: point.id,
            province: point.province.clone(),
            facilitator,
            people: mine,
        });
        if there.is_some() {
            continue;
        }
        let name = people::facilitator(number);
        people.push(accounts::ActiveModel {
            id: Set(facilitator),
            email: Set(format!("facilitator{number}@example.org")),
            name: Set(name.clone()),
            password_hash: Set(None),
            disabled_at: Set(None),
            created_at: Set(instant(now)),
            facilita_name: Set(Some(name)),
            facilita_id: Set(Some(format!("F{number:04}"))),
            cf_sealed: Set(None),
            entered_at: Set(None),
        });
        roles.push(account_roles::ActiveModel {
            id: Set(Uuid::now_v7()),
            account_id: Set(facilitator),
            role: Set(Role::Facilitator),
            point_id: Set(Some(point.id)),
        });
    }
    keep(db, people).await?;
    keep(db, roles).await?;
    Ok(desks)
}

/// The programme, its targets and its points.
async fn network(
    db: &Db,
    size: usize,
    now: OffsetDateTime,
) -> Result<(Programme, Vec<Point>), SampleError> {
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
        facilita_body: Some("Ente di prova".to_owned()),
        facilita_project: Some("Progetto di prova".to_owned()),
        // Facilita moves it on every month.
        facilita_until: Some(month_end(rome_day(now))),
        minors_from: None,
    };
    let target = |kind, value| ProgrammeTarget {
        kind,
        due_on,
        value,
    };
    let targets = [
        target(TargetKind::Points, 231),
        target(TargetKind::Citizens, 183_000),
        target(TargetKind::Services, 274_500),
    ];
    let points = places::points(programme.id, size);
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

fn month_end(day: Date) -> Date {
    day.replace_day(day.month().length(day.year()))
        .unwrap_or(day)
}

fn year_end(day: Date) -> Date {
    Date::from_ordinal_date(day.year(), time::util::days_in_year(day.year())).unwrap_or(day)
}
