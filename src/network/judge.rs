//! Whether a completion counts: the programme's rules, without the ledger.

use time::{Date, OffsetDateTime};

use crate::db::entities::citizens;
use crate::domain::age::full_years;
use crate::domain::calendar::rome_day;

use super::counting::{CompletionFacts, NotCounted};
use super::programme::{LessonsRule, Programme};

/// The day on which a completion counts, or why it does not.
pub(super) fn judge(
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::age::AgeRange;
    use crate::domain::digcomp::Competence;
    use crate::domain::ids::{AccountId, CitizenId, CompletionId, LearnerId, PointId, ProgrammeId};
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
            facilita_until: None,
            minors_from: None,
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
            name_key: String::new(),
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
            merged_into: None,
            held: None,
            name_differs_at: None,
            name_differs_by: None,
            erased_at: None,
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
            recorded_by: None,
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
        // Judged as if verified now, two days after: of age by then, or still not.
        assert_eq!(why(&back, young, None, later), Err(No::NoCodiceFiscale));
        let child = date!(2008 - 03 - 13);
        assert_eq!(why(&back, child, None, later), Err(No::TooYoung));
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
}
