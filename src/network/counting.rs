//! From a completion to the ledger: whether it counts, why not, and its one service of kind D.

use std::collections::HashMap;

use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, JoinType, QueryFilter,
    QuerySelect,
};
use serde::{Deserialize, Serialize};
use time::{Date, OffsetDateTime};

use crate::db::entities::{attendances, citizens, learners, services};
use crate::domain::age::full_years;
use crate::domain::calendar::rome_day;
use crate::domain::digcomp::Competence;
use crate::domain::facilita::{PublicDomain, ServiceKind};
use crate::domain::ids::{CitizenId, CompletionId, LearnerId, ServiceId};

use super::programme::{self, LessonsRule, Programme};
use super::reached::locked;
use super::service::{NewService, enter, recorded};

/// What is known of a completion.
#[derive(Debug, Clone)]
pub struct CompletionFacts {
    /// The completion, already written; it becomes one service at most.
    pub completion: CompletionId,
    /// Whose.
    pub learner: LearnerId,
    /// The module's title.
    pub title: String,
    /// The module's revision.
    pub rev: i32,
    /// Declared learning time.
    pub minutes: u16,
    /// DigComp competences.
    pub competences: Vec<Competence>,
    /// Domains of the public digital service.
    pub domains: Vec<PublicDomain>,
    /// Whether every lesson of the module was read.
    pub lessons_all_read: bool,
    /// When it was completed.
    pub completed_at: OffsetDateTime,
}

/// A completion that counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counted {
    /// Its service.
    pub service: ServiceId,
    /// Whether it made the citizen reached.
    pub new_citizen: bool,
}

/// Why a completion does not count, or not yet. It is kept all the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NotCounted {
    /// A guest, or a member of the staff.
    Guest,
    /// Everything else is there, but no verified codice fiscale.
    NoCodiceFiscale,
    /// Below the ages of the programme, on the day of the service.
    TooYoung,
    /// Above them.
    TooOld,
    /// Completed before the programme's first day.
    BeforeProgramme,
    /// After its last day.
    AfterProgramme,
    /// The module has no competence that Facilita knows.
    NotReportable,
    /// The programme asks for every lesson to be read.
    LessonsUnread,
    /// Completed before the codice fiscale was verified, and the programme does not look back.
    BeforeVerification,
    /// Its service was voided.
    Voided,
}

impl NotCounted {
    /// Every reason.
    pub const ALL: [Self; 10] = [
        Self::Guest,
        Self::NoCodiceFiscale,
        Self::TooYoung,
        Self::TooOld,
        Self::BeforeProgramme,
        Self::AfterProgramme,
        Self::NotReportable,
        Self::LessonsUnread,
        Self::BeforeVerification,
        Self::Voided,
    ];

    /// The stable key: kept with the completion, and of the sentence that a person reads.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Guest => "guest",
            Self::NoCodiceFiscale => "no-codice-fiscale",
            Self::TooYoung => "too-young",
            Self::TooOld => "too-old",
            Self::BeforeProgramme => "before-programme",
            Self::AfterProgramme => "after-programme",
            Self::NotReportable => "not-reportable",
            Self::LessonsUnread => "lessons-unread",
            Self::BeforeVerification => "before-verification",
            Self::Voided => "voided",
        }
    }

    /// The reason of a key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.key() == key)
    }
}

/// Counts a completion where the programme of the citizen's point allows. Counting it again changes
/// nothing; a completion that did not count is judged anew. The caller keeps the reason.
///
/// # Errors
/// The database's.
pub async fn count_completion_in(
    tx: &DatabaseTransaction,
    facts: &CompletionFacts,
    now: OffsetDateTime,
) -> Result<Result<Counted, NotCounted>, DbErr> {
    let learner = learners::Entity::find_by_id(facts.learner).one(tx).await?;
    let Some(citizen) = learner.and_then(|learner| learner.citizen_id) else {
        return Ok(Err(NotCounted::Guest));
    };
    let none = || DbErr::RecordNotFound("the citizen who completed".to_owned());
    let people = locked(tx, &[citizen]).await?;
    let person = people.first().ok_or_else(none)?;
    // Under the lock: of two counts at once, the second finds the first's service.
    if let Some(there) = service_of(tx, facts.completion).await? {
        if there.voided_at.is_some() {
            return Ok(Err(NotCounted::Voided));
        }
        return Ok(Ok(counted(tx, there.id, citizen).await?));
    }
    let programme = programme::of_point(tx, person.point_id).await?;
    let day = match judge(&programme, person, facts, now) {
        Ok(day) => day,
        Err(reason) => return Ok(Err(reason)),
    };
    let domains = match facts.domains.as_slice() {
        [] => vec![PublicDomain::None],
        some => some.to_vec(),
    };
    let new = NewService {
        kind: ServiceKind::Online,
        point: person.point_id,
        facilitator: person.registered_by,
        day,
        minutes: facts.minutes.max(1),
        competences: facts.competences.iter().filter_map(|c| c.se5()).collect(),
        domains,
        // Facilita takes equal rows for one service: the title keeps modules and revisions apart.
        title: format!("{} (rev. {})", facts.title, facts.rev),
        citizens: vec![citizen],
    };
    let completion = Some(facts.completion);
    let service = enter(tx, &programme, &new, &people, completion, None, now).await?;
    Ok(Ok(counted(tx, service, citizen).await?))
}

/// The day on which a completion counts, or why it does not.
fn judge(
    programme: &Programme,
    person: &citizens::Model,
    facts: &CompletionFacts,
    now: OffsetDateTime,
) -> Result<Date, NotCounted> {
    if !facts
        .competences
        .iter()
        .any(|competence| competence.se5().is_some())
    {
        return Err(NotCounted::NotReportable);
    }
    if programme.rule.lessons == LessonsRule::All && !facts.lessons_all_read {
        return Err(NotCounted::LessonsUnread);
    }
    let completed = rome_day(facts.completed_at);
    let verified = person.cf_verified_at;
    let late = verified.is_none_or(|at| at > facts.completed_at);
    // Without a verified codice fiscale the other reasons come first, as if it were verified now:
    // who hears of the codice fiscale lacks nothing else.
    let day = match late && programme.rule.retroactive {
        true => rome_day(verified.unwrap_or(now)).max(completed),
        false => completed,
    };
    if completed < programme.starts_on {
        return Err(NotCounted::BeforeProgramme);
    }
    if day > programme.ends_on {
        return Err(NotCounted::AfterProgramme);
    }
    match person.birth_date.and_then(|birth| full_years(birth, day)) {
        Some(age) if age < programme.ages.min => return Err(NotCounted::TooYoung),
        Some(age) if age > programme.ages.max => return Err(NotCounted::TooOld),
        Some(_) => {}
        None => return Err(NotCounted::NoCodiceFiscale),
    }
    match verified {
        None => Err(NotCounted::NoCodiceFiscale),
        Some(_) if late && !programme.rule.retroactive => Err(NotCounted::BeforeVerification),
        Some(_) => Ok(day),
    }
}

/// How completions were counted; one that is not here waits with the reason it has.
///
/// # Errors
/// The database's.
pub async fn of_completions(
    db: &impl ConnectionTrait,
    ids: &[CompletionId],
) -> Result<HashMap<CompletionId, Result<Counted, NotCounted>>, DbErr> {
    let rows: Vec<(
        Option<CompletionId>,
        ServiceId,
        Option<OffsetDateTime>,
        bool,
    )> = services::Entity::find()
        .select_only()
        .column(services::Column::CompletionId)
        .column(services::Column::Id)
        .column(services::Column::VoidedAt)
        .column(attendances::Column::NewCitizen)
        .join(
            JoinType::InnerJoin,
            services::Entity::belongs_to(attendances::Entity)
                .from(services::Column::Id)
                .to(attendances::Column::ServiceId)
                .into(),
        )
        .filter(services::Column::CompletionId.is_in(ids.iter().copied()))
        .into_tuple()
        .all(db)
        .await?;
    let outcome = |(completion, service, voided_at, new_citizen)| {
        let voided: Option<OffsetDateTime> = voided_at;
        let counted = Counted {
            service,
            new_citizen,
        };
        let completion: Option<CompletionId> = completion;
        completion.map(|id| (id, voided.map_or(Ok(counted), |_| Err(NotCounted::Voided))))
    };
    Ok(rows.into_iter().filter_map(outcome).collect())
}

async fn service_of(
    tx: &DatabaseTransaction,
    completion: CompletionId,
) -> Result<Option<services::Model>, DbErr> {
    services::Entity::find()
        .filter(services::Column::CompletionId.eq(completion))
        .one(tx)
        .await
}

async fn counted(
    tx: &DatabaseTransaction,
    service: ServiceId,
    citizen: CitizenId,
) -> Result<Counted, DbErr> {
    let attendances = recorded(tx, service).await?.attendances;
    let new_citizen = attendances.contains(&(citizen, true));
    Ok(Counted {
        service,
        new_citizen,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::age::AgeRange;
    use crate::domain::ids::{AccountId, LearnerId, PointId, ProgrammeId};
    use crate::network::programme::CompletionRule;
    use time::Duration;
    use time::macros::{date, datetime};

    /// The day the codice fiscale is verified.
    const VERIFIED: OffsetDateTime = datetime!(2026-03-10 12:00 UTC);

    fn programme(lessons: LessonsRule, retroactive: bool) -> Programme {
        Programme {
            id: ProgrammeId::new(),
            code: String::new(),
            name: String::new(),
            starts_on: date!(2026 - 01 - 01),
            ends_on: date!(2026 - 12 - 31),
            ages: AgeRange { min: 18, max: 74 },
            rule: CompletionRule {
                lessons,
                retroactive,
            },
            facilita_body: None,
            facilita_project: None,
        }
    }

    fn person(birth: Date, verified: Option<OffsetDateTime>) -> citizens::Model {
        citizens::Model {
            id: CitizenId::new(),
            cf_digest: None,
            cf_sealed: None,
            cf_verified_at: verified,
            first_name: String::new(),
            last_name: String::new(),
            last_first: String::new(),
            first_last: String::new(),
            birth_date: Some(birth),
            gender: None,
            education: None,
            occupation: None,
            citizenship: None,
            province: None,
            email: None,
            phone: None,
            point_id: PointId::new(),
            registered_by: AccountId::new(),
            created_at: VERIFIED,
            updated_at: VERIFIED,
        }
    }

    fn done(completed_at: OffsetDateTime) -> CompletionFacts {
        CompletionFacts {
            completion: CompletionId::new(),
            learner: LearnerId::new(),
            title: String::new(),
            rev: 1,
            minutes: 40,
            competences: Competence::all().take(1).collect(),
            domains: Vec::new(),
            lessons_all_read: false,
            completed_at,
        }
    }

    #[test]
    fn a_completion_counts_on_its_day_or_on_that_of_the_verification() {
        let (programme, adult) = (programme(LessonsRule::None, true), date!(1960 - 05 - 01));
        let person = person(adult, Some(VERIFIED));
        let now = VERIFIED + Duration::days(200);
        let day = |at| judge(&programme, &person, &done(at), now);
        assert_eq!(day(VERIFIED), Ok(date!(2026 - 03 - 10)));
        assert_eq!(day(VERIFIED + Duration::days(1)), Ok(date!(2026 - 03 - 11)));
        assert_eq!(
            day(VERIFIED - Duration::days(30)),
            Ok(date!(2026 - 03 - 10))
        );
        // Midnight in Rome is an hour before midnight in Greenwich.
        assert_eq!(
            day(datetime!(2026-11-30 23:30 UTC)),
            Ok(date!(2026 - 12 - 01))
        );
    }

    #[test]
    fn what_does_not_count_is_told_why() {
        use NotCounted as No;
        let back = programme(LessonsRule::None, true);
        let adult = date!(1960 - 05 - 01);
        let known = Some(VERIFIED);
        let later = VERIFIED + Duration::days(1);
        let why = |programme, birth, verified, at| {
            judge(
                programme,
                &person(birth, verified),
                &done(at),
                VERIFIED + Duration::days(2),
            )
        };
        assert_eq!(why(&back, adult, None, later), Err(No::NoCodiceFiscale));
        let eve = datetime!(2025-12-31 22:59 UTC);
        assert_eq!(why(&back, adult, known, eve), Err(No::BeforeProgramme));
        let over = datetime!(2026-12-31 23:00 UTC);
        assert_eq!(why(&back, adult, known, over), Err(No::AfterProgramme));
        let (young, old) = (date!(2008 - 03 - 12), date!(1951 - 03 - 11));
        assert_eq!(why(&back, young, known, later), Err(No::TooYoung));
        assert_eq!(why(&back, young, None, later), Err(No::TooYoung));
        assert_eq!(why(&back, old, known, later), Err(No::TooOld));
        assert!(why(&back, date!(2008 - 03 - 11), known, later).is_ok());
        assert!(why(&back, date!(1951 - 03 - 12), known, later).is_ok());
        let ahead = programme(LessonsRule::None, false);
        let before = VERIFIED - Duration::days(1);
        assert_eq!(
            why(&ahead, adult, known, before),
            Err(No::BeforeVerification)
        );
        assert!(why(&ahead, adult, known, later).is_ok());
        let all = programme(LessonsRule::All, true);
        assert_eq!(why(&all, adult, known, later), Err(No::LessonsUnread));
        let mut read = done(later);
        read.lessons_all_read = true;
        assert!(judge(&all, &person(adult, known), &read, later).is_ok());
        read.competences = Competence::all().filter(|c| c.se5().is_none()).collect();
        let unreportable = judge(&all, &person(adult, known), &read, later);
        assert_eq!(unreportable, Err(No::NotReportable));
    }

    #[test]
    fn every_reason_has_a_key_of_its_own() {
        for reason in NotCounted::ALL {
            assert_eq!(NotCounted::from_key(reason.key()), Some(reason));
        }
        assert_eq!(NotCounted::from_key("none"), None);
    }
}
