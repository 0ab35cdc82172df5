//! What Facilita would refuse, found before it does.
//!
//! A [`FacilitaRow`] can only be made of what passes: whatever is missing or wrong is named, all of it, and
//! each reason knows where it is put right.

use time::Date;

use crate::citizens::lacking::{Lacking, WrittenFields};
use crate::domain::codice_fiscale::CodiceFiscale;
use crate::domain::facilita::{
    Area, Citizenship, Education, Occupation, PublicDomain, ServiceKind,
};
use crate::domain::ids::ServiceId;
use crate::domain::table::plain;

use super::Mend;
use super::birth::{self, BirthRefusal};
use super::row::{FacilitaRow, detail};

/// Everything a row is made of.
pub struct Case<'a> {
    /// Which service.
    pub service: ServiceId,
    /// SE1.
    pub day: Date,
    /// For SE2.
    pub minutes: i32,
    /// SE3.
    pub kind: ServiceKind,
    /// SE5 as it is kept: codes with colons between.
    pub competences: &'a str,
    /// SE6 as it is kept.
    pub domains: &'a str,
    /// For SE7.
    pub title: &'a str,
    /// The facilitator's codice fiscale, or Facilita's number.
    pub facilitator_id: Option<&'a str>,
    /// The facilitator as Facilita writes the name.
    pub facilitator_name: Option<&'a str>,
    /// Facilita's number of the site.
    pub point_id: Option<&'a str>,
    /// The site's name.
    pub point_name: &'a str,
    /// AN1.
    pub first_name: &'a str,
    /// AN2.
    pub last_name: &'a str,
    /// AN3.
    pub codice_fiscale: Option<&'a CodiceFiscale>,
    /// The birth on record: the century of the codice fiscale may be in doubt.
    pub birth_date: Option<Date>,
    /// AN9.
    pub education: Option<Education>,
    /// AN10.
    pub occupation: Option<Occupation>,
    /// AN11.
    pub citizenship: Option<Citizenship>,
    /// AN12.
    pub province: Option<&'a str>,
}

/// What of a programme Facilita looks at.
#[derive(Debug, Clone, Copy)]
pub struct FacilitaLimits {
    /// The project's first day.
    pub starts_on: Date,
    /// Its last.
    pub ends_on: Date,
    /// The last day that Facilita takes now.
    pub until: Option<Date>,
    /// From this day on people of 14 to 17 may be sent.
    pub minors_from: Option<Date>,
    /// The day of sending.
    pub today: Date,
}

macro_rules! reasons {
    ($($(#[$doc:meta])* $name:ident $key:literal $mend:ident;)*) => {
        /// Why an attendance is held back.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Reason {
            $($(#[$doc])* $name,)*
        }

        impl Reason {
            /// Every reason.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// Its name in the API; `facilita-held-` and this is the key of its words.
            #[must_use]
            pub const fn key(self) -> &'static str {
                match self { $(Self::$name => $key,)* }
            }

            /// Where it is put right.
            #[must_use]
            pub const fn mend(self) -> Mend {
                match self { $(Self::$name => Mend::$mend,)* }
            }
        }
    };
}

reasons! {
    /// Neither codice fiscale nor Facilita's number of the facilitator.
    FacilitatorId "facilitator-id" Facilitator;
    /// The facilitator's name as Facilita has it is not known.
    FacilitatorName "facilitator-name" Facilitator;
    /// Facilita's number of the site is not known.
    PointId "point-id" Point;
    /// The site has no name.
    PointName "point-name" Point;
    /// First or last name is empty.
    Name "name" Citizen;
    /// There is no codice fiscale: Facilita takes nobody without.
    NoCode "no-code" Citizen;
    /// Below 14, or below 18 where minors are not enabled.
    Minor "minor" Citizen;
    /// Facilita's page or its server would read another century of birth.
    Century "century" Facilita;
    /// AN9.
    Education "education" Citizen;
    /// AN10.
    Occupation "occupation" Citizen;
    /// AN11.
    Citizenship "citizenship" Citizen;
    /// AN12.
    Province "province" Citizen;
    /// Before the project's first day.
    BeforeProject "before-project" Service;
    /// After its last.
    AfterProject "after-project" Service;
    /// After the last day that Facilita takes now: it goes later.
    AfterCutOff "after-cut-off" Programme;
    /// Nothing, or a day and more.
    Duration "duration" Service;
    /// No competence that Facilita has a code for.
    Competences "competences" Service;
    /// A domain that Facilita has no code for.
    Domains "domains" Service;
    /// SE7 would say nothing.
    Title "title" Service;
    /// The same codice fiscale is on the service already.
    Twice "twice" Service;
    /// Refused, and not changed since.
    Unchanged "unchanged" Facilita;
}

impl Reason {
    /// Whether the record of the person has to be completed for it.
    #[must_use]
    pub fn of_record(self) -> bool {
        Lacking::ALL.iter().any(|one| Self::from(*one) == self)
    }
}

impl From<Lacking> for Reason {
    fn from(lacking: Lacking) -> Self {
        match lacking {
            Lacking::Name => Self::Name,
            Lacking::CodiceFiscale => Self::NoCode,
            Lacking::Education => Self::Education,
            Lacking::Occupation => Self::Occupation,
            Lacking::Citizenship => Self::Citizenship,
            Lacking::Province => Self::Province,
        }
    }
}

impl Case<'_> {
    fn lacking(&self) -> Vec<Lacking> {
        let written = WrittenFields {
            first_name: self.first_name,
            last_name: self.last_name,
            codice_fiscale: self.codice_fiscale.is_some(),
            education: self.education,
            occupation: self.occupation,
            citizenship: self.citizenship,
            province: self.province,
        };
        written.lacking()
    }
}

/// The row of a case.
///
/// # Errors
/// Every reason why Facilita would refuse it.
pub fn row(case: &Case<'_>, limits: &FacilitaLimits) -> Result<FacilitaRow, Vec<Reason>> {
    let mut held: Vec<_> = case.lacking().into_iter().map(Reason::from).collect();
    let facilitator_id = needed(case.facilitator_id, Reason::FacilitatorId, &mut held);
    let facilitator = needed(case.facilitator_name, Reason::FacilitatorName, &mut held);
    let point_id = needed(case.point_id, Reason::PointId, &mut held);
    let point = needed(Some(case.point_name), Reason::PointName, &mut held);
    let (code, gender, band) = person(case, limits, &mut held);
    when(case, limits, &mut held);
    let duration = duration(case.minutes, &mut held);
    let (areas, competences) = competences(case.competences, &mut held);
    let domains = domains(case.domains, &mut held);
    if plain(case.title).is_empty() {
        held.push(Reason::Title);
    }
    if !held.is_empty() {
        held.sort_unstable();
        held.dedup();
        return Err(held);
    }
    let none = String::new;
    Ok(FacilitaRow([
        facilitator_id,
        facilitator,
        point_id,
        point,
        plain(case.first_name),
        plain(case.last_name),
        code,
        // AN4: the codice fiscale is there; AN5 and AN6 would be a document instead of it.
        "NO".to_owned(),
        none(),
        none(),
        gender,
        band,
        case.education.map_or("", Education::code).to_owned(),
        case.occupation.map_or("", Occupation::code).to_owned(),
        case.citizenship.map_or("", Citizenship::code).to_owned(),
        plain(case.province.unwrap_or_default()),
        // AN14 and AN17, e-mail and telephone: Facilita throws them away, so they stay here. PR1
        // and PR2: it finds out for itself.
        none(),
        none(),
        none(),
        none(),
        case.day.to_string(),
        duration,
        case.kind.code().to_owned(),
        areas,
        competences,
        domains,
        detail(case.title, case.service),
        none(),
        none(),
        none(),
        none(),
        none(),
        none(),
    ]))
}

fn needed(text: Option<&str>, reason: Reason, held: &mut Vec<Reason>) -> String {
    let text = plain(text.unwrap_or_default());
    if text.is_empty() {
        held.push(reason);
    }
    text
}

/// AN3, AN7 and AN8. Facilita reads gender and age from the codice fiscale, and so does this.
fn person(
    case: &Case<'_>,
    limits: &FacilitaLimits,
    held: &mut Vec<Reason>,
) -> (String, String, String) {
    let Some(code) = case.codice_fiscale else {
        return <_>::default();
    };
    let minors = limits.minors_from.is_some_and(|from| from <= limits.today);
    let band = match birth::taken(code, case.birth_date, minors, limits.today) {
        Ok(birth) => birth::band(birth, case.day, minors, limits.today),
        Err(refusal) => {
            held.push(match refusal {
                BirthRefusal::Century => Reason::Century,
                BirthRefusal::Minor => Reason::Minor,
            });
            return <_>::default();
        }
    };
    (
        code.as_str().to_owned(),
        code.gender().code().to_owned(),
        band.map_or_else(String::new, |band| band.code().to_owned()),
    )
}

fn when(case: &Case<'_>, limits: &FacilitaLimits, held: &mut Vec<Reason>) {
    if case.day < limits.starts_on {
        held.push(Reason::BeforeProject);
    }
    if case.day > limits.ends_on {
        held.push(Reason::AfterProject);
    } else if limits.until.is_some_and(|until| case.day > until) {
        held.push(Reason::AfterCutOff);
    }
}

/// SE2.
fn duration(minutes: i32, held: &mut Vec<Reason>) -> String {
    if !(1..24 * 60).contains(&minutes) {
        held.push(Reason::Duration);
    }
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

/// SE4 and SE5: the areas are those of the competences.
fn competences(kept: &str, held: &mut Vec<Reason>) -> (String, String) {
    let codes: Vec<Option<u8>> = kept
        .split(':')
        .map(|code| code.parse().ok().filter(|code| (1..=13).contains(code)))
        .collect();
    let mut codes: Vec<u8> = codes.into_iter().flatten().collect();
    codes.sort_unstable();
    codes.dedup();
    if codes.is_empty() {
        held.push(Reason::Competences);
    }
    let mut areas: Vec<_> = codes
        .iter()
        .map(|code| Area::of_competence(*code).code())
        .collect();
    areas.dedup();
    let codes: Vec<_> = codes.iter().map(u8::to_string).collect();
    (areas.join(":"), codes.join(":"))
}

/// SE6.
fn domains(kept: &str, held: &mut Vec<Reason>) -> String {
    let mut codes: Vec<_> = kept
        .split(':')
        .filter_map(PublicDomain::from_code)
        .collect();
    codes.sort_unstable();
    codes.dedup();
    if codes.is_empty() || codes.len() != kept.split(':').count() {
        held.push(Reason::Domains);
    }
    let codes: Vec<_> = codes.into_iter().map(PublicDomain::code).collect();
    codes.join(":")
}
