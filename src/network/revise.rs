//! Writing a programme, and counting again where a change of its rules changes who counts.

use std::collections::{HashMap, HashSet};

use sea_orm::sea_query::LockType;
use sea_orm::{
    ColumnTrait, DatabaseTransaction, DbErr, EntityTrait, JoinType, QueryFilter, QuerySelect,
};
use thiserror::Error;
use time::macros::format_description;
use time::{Date, OffsetDateTime};

use crate::db::audit::{Act, Action, note};
use crate::db::entities::{attendances, citizens, citizens_reached, programmes, services};
use crate::domain::age::AgeRange;
use crate::domain::field::FieldError;
use crate::domain::ids::{AccountId, CitizenId, ProgrammeId, ServiceId, is_content_id};
use crate::domain::text::{line, says_something};

use super::persons::Persons;
use super::programme::{self, CompletionRule, LessonsRule, Programme, ProgrammeTarget, TargetKind};
use super::reached::settle;
use super::tally::Changes;

/// The most steps a target has: as many as Facilita keeps.
pub const STEPS: usize = 5;

/// What a form says of a programme, as written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProgrammeDetails {
    /// What addresses call it; of a new one.
    pub code: String,
    /// What people call it.
    pub name: String,
    /// Its first day, `YYYY-MM-DD`.
    pub starts_on: String,
    /// Its last day.
    pub ends_on: String,
    /// The youngest age that counts, in full years.
    pub age_min: String,
    /// The oldest age that counts.
    pub age_max: String,
    /// `none` or `all`: the lessons that must have been read.
    pub lessons: String,
    /// `yes`: what was learned before the codice fiscale was verified counts from then on.
    pub retroactive: String,
    /// Facilita's identifier of the body.
    pub facilita_body: String,
    /// Facilita's identifier of the project.
    pub facilita_project: String,
    /// The last day that Facilita takes now.
    pub facilita_until: String,
    /// From this day on Facilita takes people of 14 to 17.
    pub minors_from: String,
    /// Day and value of each step; steps without both are left out.
    pub targets: Vec<(TargetKind, String, String)>,
}

/// Why a programme was not written.
#[derive(Debug, Error)]
pub enum ProgrammeError {
    /// Fields at fault, all of them.
    #[error("{} fields cannot be accepted", .0.len())]
    Invalid(Vec<FieldError>),
    /// No such programme.
    #[error("no such programme")]
    NotFound,
    /// It would count again what was counted: to be confirmed.
    #[error("this changes who counts")]
    Unconfirmed,
    /// The database's.
    #[error(transparent)]
    Db(#[from] DbErr),
}

impl ProgrammeDetails {
    /// What is known of a programme.
    #[must_use]
    pub fn of(programme: &Programme, targets: &[ProgrammeTarget]) -> Self {
        let day = |day: Option<Date>| day.map_or(String::new(), |day| day.to_string());
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        Self {
            code: programme.code.clone(),
            name: programme.name.clone(),
            starts_on: day(Some(programme.starts_on)),
            ends_on: day(Some(programme.ends_on)),
            age_min: programme.ages.min.to_string(),
            age_max: programme.ages.max.to_string(),
            lessons: match programme.rule.lessons {
                LessonsRule::None => "none".to_owned(),
                LessonsRule::All => "all".to_owned(),
            },
            retroactive: match programme.rule.retroactive {
                true => "yes".to_owned(),
                false => String::new(),
            },
            facilita_body: text(&programme.facilita_body),
            facilita_project: text(&programme.facilita_project),
            facilita_until: day(programme.facilita_until),
            minors_from: day(programme.minors_from),
            targets: targets
                .iter()
                .map(|step| (step.kind, step.due_on.to_string(), step.value.to_string()))
                .collect(),
        }
    }

    fn read(
        &self,
        id: ProgrammeId,
        faults: &mut Vec<FieldError>,
    ) -> (Programme, Vec<ProgrammeTarget>) {
        let mut fault = |field, key| faults.push(FieldError { field, key });
        let name = line(&self.name);
        match name.chars().count() {
            _ if !says_something(&name) => fault("name", "required"),
            0..=150 => {}
            _ => fault("name", "too-long"),
        }
        let mut day = |field, text: &str, needed: bool| match date(text) {
            None if !text.trim().is_empty() => {
                fault(field, "not-a-date");
                None
            }
            None if needed => {
                fault(field, "required");
                None
            }
            found => found,
        };
        let starts_on = day("starts_on", &self.starts_on, true);
        let ends_on = day("ends_on", &self.ends_on, true);
        let facilita_until = day("facilita_until", &self.facilita_until, false);
        let minors_from = day("minors_from", &self.minors_from, false);
        if starts_on
            .zip(ends_on)
            .is_some_and(|(first, last)| last < first)
        {
            fault("ends_on", "ends-before-it-begins");
        }
        let mut age = |field, text: &str| {
            let years = text.trim().parse().ok().filter(|years| *years <= 120_u8);
            if years.is_none() {
                fault(field, "not-an-age");
            }
            years.unwrap_or(0)
        };
        let ages = AgeRange {
            min: age("age_min", &self.age_min),
            max: age("age_max", &self.age_max),
        };
        if ages.max < ages.min {
            fault("age_max", "ages-upside-down");
        }
        let lessons = match self.lessons.as_str() {
            "all" => LessonsRule::All,
            _ => LessonsRule::None,
        };
        let text = |text: &str| Some(line(text)).filter(|text| !text.is_empty());
        let never = Date::MIN;
        let programme = Programme {
            id,
            code: line(&self.code),
            name,
            starts_on: starts_on.unwrap_or(never),
            ends_on: ends_on.unwrap_or(never),
            ages,
            rule: CompletionRule {
                lessons,
                retroactive: self.retroactive == "yes",
            },
            facilita_body: text(&self.facilita_body),
            facilita_project: text(&self.facilita_project),
            facilita_until,
            minors_from,
        };
        (programme, self.steps(faults))
    }

    fn steps(&self, faults: &mut Vec<FieldError>) -> Vec<ProgrammeTarget> {
        let mut targets = Vec::new();
        for kind in TargetKind::ALL {
            let step = |key| FieldError {
                field: kind.name(),
                key,
            };
            let mut days = HashSet::new();
            for (_, day, value) in self.targets.iter().filter(|step| step.0 == kind) {
                if day.trim().is_empty() && value.trim().is_empty() {
                    continue;
                }
                let value = value.trim().replace(['.', ' '], "").parse().ok();
                let given = date(day).zip(value.filter(|value| *value <= 1_000_000_000_u64));
                match given {
                    Some((due_on, value)) if days.insert(due_on) => targets.push(ProgrammeTarget {
                        kind,
                        due_on,
                        value,
                    }),
                    Some(_) => faults.push(step("step-twice")),
                    None => faults.push(step("not-a-step")),
                }
            }
            if days.len() > STEPS {
                faults.push(step("too-many-steps"));
            }
        }
        targets
    }
}

/// Adds a programme.
///
/// # Errors
/// [`ProgrammeError::Invalid`].
pub async fn add_in(
    tx: &DatabaseTransaction,
    details: &ProgrammeDetails,
    by: Option<AccountId>,
    now: OffsetDateTime,
) -> Result<(), ProgrammeError> {
    let faults = &mut Vec::new();
    let (programme, targets) = details.read(ProgrammeId::new(), faults);
    if !is_content_id(&programme.code) {
        faults.push(FieldError::new("code", "not-a-code"));
    } else if programme::by_code(tx, &programme.code).await?.is_some() {
        faults.push(FieldError::new("code", "code-taken"));
    }
    if !faults.is_empty() {
        return Err(ProgrammeError::Invalid(std::mem::take(faults)));
    }
    programme::create_in(tx, &programme, &targets).await?;
    Ok(audit(tx, Action::ProgrammeAdded, programme.id, "", by, now).await?)
}

/// Changes the programme of a code. Where days, ages or the rule change, everybody who attended is
/// counted again in the same act: once there are services, only where that is `confirmed`. Tells
/// the programme, and whether it was counted again.
///
/// # Errors
/// [`ProgrammeError`].
pub async fn revise_in(
    tx: &DatabaseTransaction,
    details: &ProgrammeDetails,
    confirmed: bool,
    by: AccountId,
    now: OffsetDateTime,
) -> Result<(ProgrammeId, bool), ProgrammeError> {
    let before = programme::by_code(tx, &details.code).await?;
    let before = before.ok_or(ProgrammeError::NotFound)?;
    // Whoever is counting by the old rules is waited for, and their services are seen below.
    programmes::Entity::find_by_id(before.id)
        .lock(LockType::NoKeyUpdate)
        .one(tx)
        .await?;
    let faults = &mut Vec::new();
    let (programme, targets) = details.read(before.id, faults);
    if !faults.is_empty() {
        return Err(ProgrammeError::Invalid(std::mem::take(faults)));
    }
    let rules = |one: &Programme| (one.starts_on, one.ends_on, one.ages, one.rule);
    let counts_anew = rules(&programme) != rules(&before) && has_services(tx, before.id).await?;
    if counts_anew && !confirmed {
        return Err(ProgrammeError::Unconfirmed);
    }
    programme::change_in(tx, &programme, &targets).await?;
    let mut detail = "";
    if counts_anew {
        recount(tx, &programme).await?;
        detail = "counted again";
    }
    audit(
        tx,
        Action::ProgrammeChanged,
        programme.id,
        detail,
        Some(by),
        now,
    )
    .await?;
    Ok((programme.id, counts_anew))
}

async fn has_services(tx: &DatabaseTransaction, programme: ProgrammeId) -> Result<bool, DbErr> {
    let one = services::Entity::find()
        .filter(services::Column::ProgrammeId.eq(programme))
        .one(tx)
        .await?;
    Ok(one.is_some())
}

/// Settles those whom the rules now treat otherwise than they were treated. Everybody else is read
/// only: a large network changes in seconds.
async fn recount(tx: &DatabaseTransaction, programme: &Programme) -> Result<(), DbErr> {
    let mut changes = Changes::default();
    // As many as a statement takes on both databases.
    for some in concerned(tx, programme).await?.chunks(500) {
        let people = citizens::Entity::find()
            .filter(citizens::Column::Id.is_in(some.iter().copied()))
            .all(tx)
            .await?;
        for person in &people {
            settle(tx, person, &mut changes).await?;
        }
    }
    changes.apply(tx).await
}

async fn concerned(
    tx: &DatabaseTransaction,
    programme: &Programme,
) -> Result<Vec<CitizenId>, DbErr> {
    let attended: Vec<(CitizenId, ServiceId, Date)> = attendances::Entity::find()
        .select_only()
        .column(attendances::Column::CitizenId)
        .columns([services::Column::Id, services::Column::Day])
        .join(
            JoinType::InnerJoin,
            attendances::Entity::belongs_to(services::Entity)
                .from(attendances::Column::ServiceId)
                .to(services::Column::Id)
                .into(),
        )
        .filter(services::Column::ProgrammeId.eq(programme.id))
        .filter(services::Column::VoidedAt.is_null())
        .into_tuple()
        .all(tx)
        .await?;
    let people = Persons::read(tx).await?;
    let reached: Vec<(CitizenId, ServiceId)> = citizens_reached::Entity::find()
        .select_only()
        .columns([
            citizens_reached::Column::CitizenId,
            citizens_reached::Column::ServiceId,
        ])
        .filter(citizens_reached::Column::ProgrammeId.eq(programme.id))
        .into_tuple()
        .all(tx)
        .await?;
    let reached: HashMap<_, _> = reached.into_iter().collect();
    // Who is reached stays so by the same service; who is not may be by any.
    let mut stays: HashSet<CitizenId> = HashSet::new();
    let mut may: HashSet<CitizenId> = HashSet::new();
    for (citizen, service, day) in attended {
        if people.counts(programme, citizen, (service, day)) {
            may.insert(citizen);
            if reached.get(&citizen) == Some(&service) {
                stays.insert(citizen);
            }
        }
    }
    let leave = reached.keys().filter(|citizen| !stays.contains(*citizen));
    let come = may.iter().filter(|citizen| !reached.contains_key(citizen));
    let mut concerned: Vec<_> = leave.chain(come).copied().collect();
    concerned.sort();
    concerned.dedup();
    Ok(concerned)
}

async fn audit(
    tx: &DatabaseTransaction,
    action: Action,
    programme: ProgrammeId,
    detail: &str,
    by: Option<AccountId>,
    now: OffsetDateTime,
) -> Result<(), DbErr> {
    let act = Act {
        by,
        action,
        subject: "programme",
        id: programme.0,
        detail,
    };
    note(tx, act, now).await
}

fn date(text: &str) -> Option<Date> {
    Date::parse(text.trim(), format_description!("[year]-[month]-[day]")).ok()
}
