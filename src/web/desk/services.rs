//! An entry of the ledger: its page, and that it counts no more.

use actix_web::HttpResponse;
use actix_web::web::Path;
use serde::{Deserialize, Serialize};

use crate::domain::digcomp::se5_title;
use crate::domain::facilita::{SendState, ServiceKind};
use crate::domain::ids::{PointId, ServiceId};
use crate::domain::locale::Lang;
use crate::domain::void::VoidReason;
use crate::network::correction::{self, Links};
use crate::network::facilita::Mend;
use crate::network::facilita::check::Reason;
use crate::network::facilita::held::{self, HeldReasons};
use crate::network::ledger::{self, Attendance, CountedAs, Entry, Origin, Whole};
use crate::network::service;
use crate::web::desk::frame::{chrome, network_chrome};
use crate::web::error::Error;
use crate::web::extract::{Keeper, Language};
use crate::web::parts::chrome::Chrome;
use crate::web::parts::{see_other, show, show_as};
use crate::web::read::{Form, Query};
use crate::web::state::{App, State};
use crate::web::templates::{Args, day, day_of, text, text_with};

/// Whether something was done just now.
#[derive(Debug, Deserialize)]
pub struct EntryQuery {
    fatto: Option<String>,
}

/// `GET /punto/servizi/{id}`
pub async fn entry(
    app: App,
    Language(lang): Language,
    keeper: Keeper,
    id: Path<ServiceId>,
    done: Query<EntryQuery>,
) -> Result<HttpResponse, Error> {
    let (whole, held) = whole(&app, &keeper, *id).await?;
    let page = ServicePage::new(
        (&whole, &held),
        keeper.points.as_deref(),
        done.fatto.as_deref(),
        lang,
    );
    let page = page.tied(correction::links(&app.db, *id).await?);
    show(&app, "service.html", lang, &page)
}

/// Why.
#[derive(Debug, Deserialize)]
pub struct Voiding {
    #[serde(default)]
    reason: String,
}

/// `POST /punto/servizi/{id}/annulla`
pub async fn void(
    app: App,
    Language(lang): Language,
    keeper: Keeper,
    id: Path<ServiceId>,
    voiding: Form<Voiding>,
) -> Result<HttpResponse, Error> {
    let service = keeper.service(&app, *id).await?;
    let (reason, by) = (voiding.into_inner().reason, keeper.account);
    let done = service::void(&app.db, service, reason.clone(), by, app.now()).await;
    match done.map_err(Error::from) {
        Ok(()) => Ok(see_other(&format!("/punto/servizi/{service}?fatto=voided"))),
        Err(Error::Invalid(faults)) => {
            let key = faults
                .first()
                .map_or("required", |fault| fault.key.as_ref());
            refused(&app, &keeper, service, (&reason, key), lang).await
        }
        Err(error) => Err(error),
    }
}

async fn refused(
    app: &State,
    keeper: &Keeper,
    service: ServiceId,
    (reason, key): (&str, &str),
    lang: Lang,
) -> Result<HttpResponse, Error> {
    let (whole, held) = whole(app, keeper, service).await?;
    let page = ServicePage::new((&whole, &held), keeper.points.as_deref(), None, lang);
    let page = page.tied(correction::links(&app.db, service).await?);
    let page = page.refused(reason, key, lang);
    let response = HttpResponse::UnprocessableEntity();
    show_as(response, app, "service.html", lang, &page)
}

/// A service of the keeper's points.
pub(crate) async fn whole(
    app: &State,
    keeper: &Keeper,
    id: ServiceId,
) -> Result<(Whole, HeldReasons), Error> {
    let whole = ledger::read(&app.db, id).await?;
    let own = whole.filter(|whole| keeper.has(whole.entry.point));
    let whole = own.ok_or(Error::NotFound)?;
    let held = held::of_services(&app.db, &app.vault, &[id], app.today()).await?;
    Ok((whole, held))
}

/// Why an entry is void: as somebody wrote it, or a reason of the program's own in words.
pub(crate) fn why_void(why: &str, lang: Lang) -> String {
    match VoidReason::of(why) {
        Some(reason) => text(lang, reason.key()),
        None => why.to_owned(),
    }
}

/// The state of an entry, and why it stands still where it does.
pub(crate) fn state_of(entry: &Entry, held: &HeldReasons, lang: Lang) -> String {
    let why = held.iter().filter(|((service, _), _)| *service == entry.id);
    let mut reasons: Vec<Reason> = why.flat_map(|(_, why)| why.iter().copied()).collect();
    reasons.sort_unstable();
    reasons.dedup();
    let reasons: Vec<_> = reasons.into_iter().map(|why| reason(why, lang)).collect();
    match reasons.is_empty() {
        true => state(entry, lang),
        false => {
            let args: Args = [
                ("state".into(), state(entry, lang).into()),
                ("reasons".into(), reasons.join("; ").into()),
            ]
            .into();
            text_with(lang, "services-held", &args)
        }
    }
}

/// Why something stands still, in words.
pub(crate) fn reason(reason: Reason, lang: Lang) -> String {
    text(lang, &format!("facilita-held-{}", reason.key()))
}

fn state(entry: &Entry, lang: Lang) -> String {
    match (entry.voided, entry.origin) {
        (true, _) => text(lang, "services-voided"),
        (false, Origin::Learned) => text(lang, "services-from-home"),
        (false, Origin::OnBehalf) => text(lang, "services-on-behalf"),
        (false, Origin::Desk) => text(lang, "services-recorded"),
    }
}

pub(crate) fn address(entry: &Entry) -> String {
    format!("/punto/servizi/{}", entry.id)
}

/// `service.html`: an entry of the ledger.
#[derive(Debug, Serialize)]
pub struct ServicePage {
    chrome: Chrome,
    href: String,
    title: String,
    /// `recorded` or `voided`, where that was done just now.
    done: Option<String>,
    state: String,
    voided: Option<String>,
    void_reason: String,
    facts: Vec<(String, String)>,
    people: Vec<Person>,
    /// What proves it, for who may see all of the network.
    evidence: Option<String>,
    again: String,
    /// The service that it stands for, and the one that stands for it.
    instead_of: Option<String>,
    corrected_by: Option<String>,
    /// Where it is corrected, where it can be.
    correct: Option<String>,
    reason: String,
    reason_error: String,
}

#[derive(Debug, Serialize)]
struct Person {
    /// Where their record is, for who may open it.
    href: Option<String>,
    name: String,
    /// What it is for the count of citizens reached, and how it is coloured.
    counted: String,
    counted_kind: &'static str,
    facilita: String,
    facilita_kind: &'static str,
    /// Why it stands still.
    held: Vec<String>,
    /// Where whoever looks puts it right.
    mend: Option<String>,
}

impl ServicePage {
    /// The page of an entry. `points` are those whose people may be named: all where `None`.
    #[must_use]
    pub fn new(
        (whole, held): (&Whole, &HeldReasons),
        points: Option<&[PointId]>,
        done: Option<&str>,
        lang: Lang,
    ) -> Self {
        let entry = &whole.entry;
        let href = address(entry);
        let title = text(lang, "service-title");
        let chrome = match points {
            Some(_) => chrome(title, &href, lang),
            None => network_chrome(title, &href, lang),
        };
        let label = |key: &str| text(lang, &format!("services-{key}"));
        let mut facts = vec![
            (label("day"), day(lang, entry.day)),
            (label("kind"), entry.kind.label(lang).to_owned()),
            (label("minutes"), entry.minutes.to_string()),
            (label("point"), entry.point_name.clone()),
            (label("facilitator"), entry.facilitator.clone()),
            (label("competences"), competences(whole, lang)),
            (label("domains"), domains(whole, lang)),
        ];
        let recorded = (day_of(lang, whole.recorded_at), &whole.recorded_by);
        facts.push(match recorded {
            (on, Some(by)) => (label("written"), by_on(by, &on, lang)),
            (on, None) => (label("written"), on),
        });
        if let Some(reason) = &whole.reason {
            facts.push((label("behalf-reason"), reason.clone()));
        }
        let may = |point| points.is_none_or(|points| points.contains(&point));
        // As whoever looks may see them; the link with the whole record first.
        let name = |one: &Attendance| {
            let mut own = one.others.iter().filter(|(point, _)| may(*point));
            let here = own.clone().find(|(_, written)| written.is_none());
            match here.or_else(|| own.next()) {
                _ if may(one.point) => Some(one.name.clone()),
                Some((_, Some(written))) => Some(written.clone()),
                Some((_, None)) => Some(one.name.clone()),
                None => None,
            }
        };
        let person = |one: &Attendance| {
            let why = held
                .get(&(entry.id, one.citizen))
                .map_or(&[][..], Vec::as_slice);
            let (facilita, facilita_kind) = sent(entry.voided, one.facilita, !why.is_empty());
            let name = name(one);
            // Whoever was erased has no name, and no record to go to.
            let there = name.as_ref().is_some_and(|name| !name.trim().is_empty());
            let href = there.then(|| format!("/punto/cittadini/{}", one.citizen));
            let record = why.iter().any(|why| why.mend() == Mend::Citizen);
            Person {
                mend: href
                    .as_ref()
                    .filter(|_| record)
                    .map(|href| format!("{href}/dati")),
                href,
                name: match name {
                    Some(name) if name.trim().is_empty() => text(lang, "erased-person"),
                    Some(name) => name,
                    None => text(lang, "service-elsewhere"),
                },
                counted: text(lang, &format!("service-counted-{}", one.counted.key())),
                counted_kind: if one.counted == CountedAs::New {
                    "good"
                } else {
                    "plain"
                },
                facilita: text(lang, &format!("service-sent-{facilita}")),
                facilita_kind,
                held: why.iter().map(|why| reason(*why, lang)).collect(),
            }
        };
        Self {
            chrome,
            title: match entry.title.as_str() {
                "" => entry.kind.label(lang).to_owned(),
                title => title.to_owned(),
            },
            done: done.map(str::to_owned),
            state: state(entry, lang),
            voided: whole.voided.as_ref().map(|(at, by, _)| match by.as_str() {
                "" => by_on(&text(lang, "audit-by-citizen"), &day_of(lang, *at), lang),
                by => by_on(by, &day_of(lang, *at), lang),
            }),
            void_reason: whole
                .voided
                .as_ref()
                .map_or(String::new(), |(_, _, why)| why_void(why, lang)),
            facts,
            people: whole.attendances.iter().map(person).collect(),
            evidence: points
                .is_none()
                .then(|| format!("/rete/prove/servizi/{}", entry.id)),
            again: match entry.kind {
                ServiceKind::Individual => "/punto/servizi/nuovo".to_owned(),
                _ => "/punto/servizi/gruppo".to_owned(),
            },
            instead_of: None,
            corrected_by: None,
            correct: may_correct(entry).then(|| format!("{href}/correggi")),
            href,
            reason: String::new(),
            reason_error: String::new(),
        }
    }

    /// With the services that it is tied to.
    #[must_use]
    pub fn tied(mut self, links: Links) -> Self {
        let href = |id| format!("/punto/servizi/{id}");
        self.instead_of = links.instead_of.map(href);
        self.corrected_by = links.corrected_by.map(href);
        self
    }

    /// The page with a reason that was refused.
    #[must_use]
    pub fn refused(mut self, reason: &str, key: &str, lang: Lang) -> Self {
        reason.clone_into(&mut self.reason);
        self.reason_error = text(lang, key);
        self
    }
}

/// Whether an entry can be corrected: what somebody learned is as they did it.
pub(in crate::web) fn may_correct(entry: &Entry) -> bool {
    !entry.voided && entry.origin == Origin::Desk
}

/// Whom of an entry somebody may name, who has these points (`None`: all of them).
pub(in crate::web) fn may_name(one: &Attendance, points: Option<&[PointId]>) -> bool {
    let has = |point: &PointId| points.is_none_or(|points| points.contains(point));
    has(&one.point) || one.others.iter().any(|(point, _)| has(point))
}

/// The key of how far an attendance is on its way to Facilita, and how it is coloured. A voided
/// service is never to be sent.
const fn sent(voided: bool, state: SendState, held: bool) -> (&'static str, &'static str) {
    match state {
        SendState::Sent | SendState::Accepted if voided => ("to-take-away", "warning"),
        _ if voided => ("void", "plain"),
        SendState::Ready | SendState::Corrected if held => ("held", "warning"),
        SendState::Accepted => (state.name(), "good"),
        SendState::Rejected => (state.name(), "wrong"),
        _ => (state.name(), "plain"),
    }
}

fn by_on(by: &str, on: &str, lang: Lang) -> String {
    let args: Args = [
        ("name".into(), by.to_owned().into()),
        ("day".into(), on.to_owned().into()),
    ]
    .into();
    text_with(lang, "service-by-on", &args)
}

fn competences(whole: &Whole, lang: Lang) -> String {
    let titles = whole.competences.iter().map(|code| se5_title(*code, lang));
    titles.collect::<Vec<_>>().join("; ")
}

fn domains(whole: &Whole, lang: Lang) -> String {
    let labels = whole.domains.iter().map(|domain| domain.label(lang));
    labels.collect::<Vec<_>>().join("; ")
}
