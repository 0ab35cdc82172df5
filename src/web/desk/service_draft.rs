//! A service being recorded: what its form holds.

use time::macros::format_description;
use time::{Date, OffsetDateTime};

use crate::domain::calendar::rome_day;
use crate::domain::facilita::{PublicDomain, SendState, ServiceKind};
use crate::domain::ids::{AccountId, CitizenId, PointId, ServiceId};
use crate::network::ledger::{Attendance, Whole};
use crate::network::need::{NEEDS, Need};
use crate::network::service::NewService;
use crate::network::usual::Usual;
use crate::web::error::FieldFault;

/// What a form says of a service, as written.
#[derive(Clone, Default)]
pub struct Draft {
    /// For one person, or for several.
    pub one: bool,
    /// `search`, `group`, or anything else to record.
    pub act: String,
    /// A point's code.
    pub point: String,
    /// An account, where it is not whoever records.
    pub facilitator: String,
    /// A kind's name.
    pub kind: String,
    /// `YYYY-MM-DD`
    pub date: String,
    /// Whole minutes.
    pub minutes: String,
    /// A need's key.
    pub need: String,
    /// SE5 codes.
    pub competences: Vec<String>,
    /// SE6 letters.
    pub domains: Vec<String>,
    /// SE7.
    pub title: String,
    /// Ids of people.
    pub citizens: Vec<String>,
    /// Whom to look for.
    pub q: String,
    /// A group's id.
    pub group: String,
    /// The service that is corrected.
    pub corrects: Option<ServiceId>,
    /// Facilita has that one, or is about to.
    pub sent: bool,
    /// Why it is corrected.
    pub reason: String,
}

impl Draft {
    /// An empty form: today, half an hour, these people.
    #[must_use]
    pub fn new(one: bool, citizens: Vec<String>, now: OffsetDateTime) -> Self {
        let kind = if one {
            ServiceKind::Individual
        } else {
            ServiceKind::Group
        };
        Self {
            one,
            kind: kind.name().to_owned(),
            date: rome_day(now).to_string(),
            minutes: if one { "30" } else { "60" }.to_owned(),
            citizens,
            ..Self::default()
        }
    }

    /// How long and about what somebody served last. Not as what: a form that begins with the kind
    /// of one exception makes it the rule, unseen.
    #[must_use]
    pub fn as_usual(mut self, usual: Option<Usual>) -> Self {
        if let Some(usual) = usual {
            self.minutes = usual.minutes.to_string();
            self.need = usual.need.map_or(String::new(), |need| need.key.to_owned());
        }
        self
    }

    /// A service that is in the ledger, to be corrected: with the people who may be named.
    #[must_use]
    pub fn of(whole: &Whole, may: impl Fn(&Attendance) -> bool) -> Self {
        let entry = &whole.entry;
        let people = whole.attendances.iter().filter(|one| may(one));
        let competences = &whole.competences;
        let same = |need: &&Need| {
            need.title == entry.title
                && need.competences == competences.as_slice()
                && need.domains == whole.domains.as_slice()
        };
        let mut draft = Self {
            kind: entry.kind.name().to_owned(),
            date: entry.day.to_string(),
            minutes: entry.minutes.to_string(),
            citizens: people.map(|one| one.citizen.to_string()).collect(),
            corrects: Some(entry.id),
            sent: whole
                .attendances
                .iter()
                .any(|one| matches!(one.facilita, SendState::Sent | SendState::Accepted)),
            ..Self::default()
        };
        match NEEDS.iter().find(same) {
            Some(need) => need.key.clone_into(&mut draft.need),
            None => {
                draft.competences = competences.iter().map(u8::to_string).collect();
                draft.domains = whole
                    .domains
                    .iter()
                    .map(|one| one.code().to_owned())
                    .collect();
                draft.title.clone_from(&entry.title);
            }
        }
        draft
    }

    /// The form as it was sent.
    #[must_use]
    pub fn read(fields: &[(String, String)], one: bool) -> Self {
        let all = |name: &str| -> Vec<String> {
            let named = fields.iter().filter(|(field, _)| field == name);
            named.map(|(_, value)| value.trim().to_owned()).collect()
        };
        let first = |name: &str| all(name).into_iter().next().unwrap_or_default();
        Self {
            one,
            act: match first("act").as_str() {
                "enter" if first("q").trim().is_empty() => "save".to_owned(),
                "enter" => "search".to_owned(),
                act => act.to_owned(),
            },
            point: first("point"),
            facilitator: first("facilitator"),
            kind: match one {
                true => ServiceKind::Individual.name().to_owned(),
                false => first("kind"),
            },
            date: first("date"),
            minutes: first("minutes"),
            need: first("need"),
            competences: all("competences"),
            domains: all("domains"),
            title: first("title"),
            citizens: all("citizens"),
            q: first("q"),
            group: first("group"),
            reason: first("reason"),
            ..Self::default()
        }
    }

    /// The people; what is no id is somebody whom nobody knows.
    #[must_use]
    pub fn ids(&self) -> Vec<CitizenId> {
        let id = |one: &String| one.parse().unwrap_or_else(|_| CitizenId::new());
        self.citizens.iter().map(id).collect()
    }

    /// Puts somebody on the list; the only one, where it is for one person.
    pub fn add(&mut self, who: String) {
        if self.one {
            self.citizens.clear();
        }
        if !self.citizens.contains(&who) {
            self.citizens.push(who);
        }
    }

    /// The service, as far as it can be read. What was not written comes from the need.
    ///
    /// # Errors
    /// The fields that cannot be read.
    pub fn service(
        &self,
        point: PointId,
        facilitator: AccountId,
        citizens: Vec<CitizenId>,
    ) -> Result<NewService, Vec<FieldFault>> {
        let mut faults = Vec::new();
        let mut fault = |field: &'static str, key: &'static str| {
            faults.push(FieldFault {
                field: field.into(),
                key: key.into(),
            });
        };
        let form = format_description!("[year]-[month]-[day]");
        let day = Date::parse(&self.date, form).ok();
        let kind = ServiceKind::from_name(&self.kind);
        let minutes = self.minutes.parse().ok();
        let need = Need::of(&self.need);
        let mut competences: Vec<u8> = self
            .competences
            .iter()
            .filter_map(|c| c.parse().ok())
            .collect();
        let domain = |code: &String| PublicDomain::from_code(code);
        let mut domains: Vec<_> = self.domains.iter().filter_map(domain).collect();
        if let Some(need) = need {
            if competences.is_empty() {
                competences = need.competences.to_vec();
            }
            if domains.is_empty() {
                domains = need.domains.to_vec();
            }
        }
        let given = self.title.as_str();
        let title = match (given, need) {
            ("", Some(need)) => need.title,
            (given, _) => given,
        };
        if day.is_none() {
            fault("date", "not-a-date");
        }
        if kind.is_none() {
            fault("kind", "unknown-kind");
        }
        if minutes.is_none() {
            fault("minutes", "not-a-duration");
        }
        if competences.is_empty() || domains.is_empty() {
            fault("need", "need-or-lists");
        }
        if citizens.is_empty() {
            fault("citizens", "nobody-listed");
        }
        match (day, kind, minutes) {
            (Some(day), Some(kind), Some(minutes)) if faults.is_empty() => Ok(NewService {
                kind,
                point,
                facilitator,
                day,
                minutes,
                competences,
                domains,
                title: title.to_owned(),
                citizens,
            }),
            _ => Err(faults),
        }
    }
}
