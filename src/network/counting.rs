//! From a completion to the ledger: whether it counts, why not, and its one service of kind D.

use std::collections::HashMap;

use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, JoinType, QueryFilter,
    QuerySelect, Select,
};
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use crate::db::entities::{attendances, citizens, completions, learners, points, services};
use crate::domain::digcomp::Competence;
use crate::domain::facilita::{PublicDomain, ServiceKind};
use crate::domain::ids::{AccountId, CitizenId, CompletionId, LearnerId, ProgrammeId, ServiceId};

use super::judge::judge;
use super::programme;
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
    /// The facilitator who recorded it on the citizen's behalf; the service names them.
    pub recorded_by: Option<AccountId>,
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
    if person.erased_at.is_some() {
        return Ok(Err(NotCounted::Guest));
    }
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
    let (completion, by) = (Some(facts.completion), facts.recorded_by);
    let service = enter(tx, &programme, &new, &people, completion, by, now).await?;
    Ok(Ok(counted(tx, service, citizen).await?))
}

/// Whether a completion that became a service would still count for a citizen.
///
/// # Errors
/// The database's.
pub async fn counts_still_in(
    tx: &DatabaseTransaction,
    service: &services::Model,
    facts: &CompletionFacts,
    citizen: CitizenId,
    now: OffsetDateTime,
) -> Result<bool, DbErr> {
    let programme = programme::of_point(tx, service.point_id).await?;
    let people = locked(tx, &[citizen]).await?;
    let counts = |person| judge(&programme, person, facts, now).is_ok();
    Ok(people.first().is_some_and(counts))
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

/// The completions of the citizens of a programme's points, whether they count or not; nothing is
/// selected yet.
pub fn completed(programme: ProgrammeId) -> Select<completions::Entity> {
    completions::Entity::find()
        .select_only()
        .join(
            JoinType::InnerJoin,
            completions::Entity::belongs_to(learners::Entity)
                .from(completions::Column::LearnerId)
                .to(learners::Column::Id)
                .into(),
        )
        .join(
            JoinType::InnerJoin,
            learners::Entity::belongs_to(citizens::Entity)
                .from(learners::Column::CitizenId)
                .to(citizens::Column::Id)
                .into(),
        )
        .join(
            JoinType::InnerJoin,
            citizens::Entity::belongs_to(points::Entity)
                .from(citizens::Column::PointId)
                .to(points::Column::Id)
                .into(),
        )
        .filter(points::Column::ProgrammeId.eq(programme))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_has_a_key_of_its_own() {
        for reason in NotCounted::ALL {
            assert_eq!(NotCounted::from_key(reason.key()), Some(reason));
        }
        assert_eq!(NotCounted::from_key("none"), None);
    }
}
