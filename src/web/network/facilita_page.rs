//! The coordinator's page of Facilita: what goes, what is held back, the files.

use std::collections::{BTreeMap, HashSet};

use serde::Serialize;
use time::Date;

use crate::domain::ids::{CitizenId, ServiceId};
use crate::domain::locale::Lang;
use crate::network::facilita::Mend;
use crate::network::facilita::batch::{Batch, Made};
use crate::network::facilita::check::Reason;
use crate::network::facilita::lines::Subject;
use crate::network::facilita::redact::ErasedThere;
use crate::network::facilita::state::{Counts, Voided};
use crate::network::programme::Programme;
use crate::web::desk::erasing::ErasedRow;
use crate::web::desk::frame::network_chrome;
use crate::web::desk::services::why_void;
use crate::web::error::FieldFault;
use crate::web::parts::chrome::Chrome;
use crate::web::parts::list::Queue;
use crate::web::templates::{day, day_of, number, text};

/// How many attendances are shown for a reason; the others are counted.
const SHOWN: usize = 50;
/// Rows that are to be taken out by hand, on a page.
const BY_HAND: usize = 4;

/// `facilita.html`
#[derive(Debug, Serialize)]
pub struct FacilitaPage {
    chrome: Chrome,
    programme: String,
    code: String,
    figures: Vec<Figure>,
    /// How many of those that are held back are so for a record.
    lacking: u64,
    from: String,
    to: String,
    from_error: String,
    to_error: String,
    wrong: usize,
    /// Why no file was made.
    refused: Option<Refusal>,
    trial: Option<Trial>,
    /// Whether a file waits for its report.
    open: bool,
    files: Vec<File>,
    away: Queue<Away>,
    /// What Facilita has of people who were erased.
    erased: Queue<ErasedRow>,
    others: Vec<Other>,
}

#[derive(Debug, Serialize)]
struct Figure {
    label: String,
    value: String,
    help: String,
    /// The list of what is counted.
    href: Option<String>,
}

#[derive(Debug, Serialize)]
struct Refusal {
    text: String,
    /// The file that waits for its report.
    href: Option<String>,
}

/// What a file would hold.
#[derive(Debug, Serialize)]
struct Trial {
    rows: usize,
    waiting: u64,
    /// What was never sent and is held back, and what was refused and not mended.
    held: Part,
    refused: Part,
}

/// What does not go, by reason.
#[derive(Debug, Serialize)]
struct Part {
    count: usize,
    groups: Vec<Group>,
}

/// What is held back for one reason.
#[derive(Debug, Serialize)]
struct Group {
    id: &'static str,
    text: String,
    count: usize,
    places: Vec<Place>,
    /// How many are not shown.
    more: usize,
}

/// Where something is put right.
#[derive(Debug, Serialize)]
struct Place {
    href: Option<String>,
    label: String,
}

#[derive(Debug, Serialize)]
struct File {
    href: String,
    made: String,
    from: String,
    to: String,
    rows: String,
    /// `None` before the report.
    rejected: Option<i32>,
    /// It was called back before it was sent.
    called_back: bool,
}

#[derive(Debug, Serialize)]
struct Away {
    action: String,
    title: String,
    day: String,
    point: String,
    reason: String,
}

#[derive(Debug, Serialize)]
struct Other {
    href: String,
    name: String,
}

/// Where a thing is put right; `None` for what is not in this program.
pub(crate) fn mend_href(
    mend: Mend,
    (service, citizen): (ServiceId, CitizenId),
    point: &str,
    programme: &str,
) -> Option<String> {
    match mend {
        Mend::Citizen => Some(format!("/punto/cittadini/{citizen}/dati")),
        Mend::Service => Some(format!("/punto/servizi/{service}")),
        Mend::Facilitator | Mend::Point => Some(format!("/rete/punti/{point}")),
        Mend::Programme => Some(format!("/rete/programmi/{programme}")),
        Mend::Facilita => None,
    }
}

impl FacilitaPage {
    /// The page of a programme: the counts, with the first and the last day of what was never sent;
    /// `from` and `to` are what the form holds.
    #[must_use]
    pub fn new(
        programme: &Programme,
        all: &[Programme],
        (counts, ready): (Counts, Option<(Date, Date)>),
        (from, to): (String, String),
        lang: Lang,
    ) -> Self {
        let figure = |key: &str, value: u64| Figure {
            label: text(lang, &format!("facilita-count-{key}")),
            value: number(lang, i64::try_from(value).unwrap_or(i64::MAX)),
            help: text(lang, &format!("facilita-count-help-{key}")),
            href: ready
                .filter(|_| key == "held" && value > 0)
                .map(|(first, last)| {
                    let code = &programme.code;
                    format!("/rete/facilita?programma={code}&dal={first}&al={last}#fermo")
                }),
        };
        let others = all.iter().filter(|other| other.id != programme.id);
        Self {
            chrome: network_chrome(text(lang, "facilita-title"), "/rete/facilita", lang),
            programme: programme.name.clone(),
            code: programme.code.clone(),
            figures: vec![
                figure("ready", counts.ready),
                figure("held", counts.held),
                figure("sent", counts.sent),
                figure("accepted", counts.accepted),
                figure("rejected", counts.rejected),
                figure("corrected", counts.corrected),
            ],
            lacking: counts.lacking,
            from,
            to,
            from_error: String::new(),
            to_error: String::new(),
            wrong: 0,
            refused: None,
            trial: None,
            open: false,
            files: Vec::new(),
            away: Queue::default(),
            erased: Queue::default(),
            others: others
                .map(|other| Other {
                    href: format!("/rete/facilita?programma={}", other.code),
                    name: other.name.clone(),
                })
                .collect(),
        }
    }

    /// The files made so far, and what is to be taken away by hand.
    #[must_use]
    pub fn with_files(mut self, files: Vec<Batch>, away: Vec<Voided>, lang: Lang) -> Self {
        let file = |batch: Batch| File {
            href: format!("/rete/facilita/{}", batch.id),
            made: day_of(lang, batch.made_at),
            from: day(lang, batch.from_day),
            to: day(lang, batch.to_day),
            rows: number(lang, batch.rows.into()),
            rejected: batch.rejected,
            called_back: batch.called_back_at.is_some(),
        };
        self.open = files.iter().any(Batch::is_open);
        self.files = files.into_iter().map(file).collect();
        let away = away.into_iter().map(|one| Away {
            action: format!("/rete/facilita/tolti/{}", one.id),
            title: one.title,
            day: day(lang, one.day),
            point: one.point,
            reason: why_void(&one.void_reason.unwrap_or_default(), lang),
        });
        self.away = Queue::new(away.collect(), BY_HAND);
        self
    }

    /// What is to be taken out by hand of people who were erased.
    #[must_use]
    pub fn with_erased(mut self, erased: Vec<ErasedThere>, lang: Lang) -> Self {
        self.erased = Queue::new(ErasedRow::lines(erased, lang), BY_HAND);
        self
    }

    /// What a file would hold; `subjects` are those of [`shown`].
    #[must_use]
    pub fn with_trial(mut self, made: &Made, subjects: &[Subject], lang: Lang) -> Self {
        let part = |refused: bool| {
            let of = made.held_back.iter().filter(|one| one.refused == refused);
            let mut groups: BTreeMap<Reason, Vec<(ServiceId, CitizenId)>> = BTreeMap::new();
            let mut count = 0;
            for held in of {
                count += 1;
                for reason in &held.reasons {
                    let all = groups.entry(*reason).or_default();
                    all.push((held.service, held.citizen));
                }
            }
            let groups = groups.into_iter();
            let groups =
                groups.map(|(reason, held)| group(reason, &held, subjects, &self.code, lang));
            Part {
                count,
                groups: groups.collect(),
            }
        };
        self.trial = Some(Trial {
            rows: made.rows,
            waiting: made.waiting,
            held: part(false),
            refused: part(true),
        });
        self
    }

    /// The fields at fault.
    #[must_use]
    pub fn refused(mut self, faults: &[FieldFault], lang: Lang) -> Self {
        let error = |field: &str| {
            let fault = faults.iter().find(|fault| fault.field == field);
            fault.map_or(String::new(), |fault| text(lang, &fault.key))
        };
        (self.from_error, self.to_error) = (error("from"), error("to"));
        self.wrong = faults.len();
        self
    }

    /// Why no file was made: `open` is the one that waits for its report.
    #[must_use]
    pub fn not_made(mut self, key: &str, open: Option<String>, lang: Lang) -> Self {
        self.refused = Some(Refusal {
            text: text(lang, key),
            href: open.map(|id| format!("/rete/facilita/{id}")),
        });
        self
    }
}

/// The attendances that the page of a trial shows.
#[must_use]
pub fn shown(made: &Made) -> HashSet<(ServiceId, CitizenId)> {
    let mut counts: BTreeMap<(bool, Reason), usize> = BTreeMap::new();
    let mut shown = HashSet::new();
    for held in &made.held_back {
        for reason in &held.reasons {
            let count = counts.entry((held.refused, *reason)).or_default();
            *count += 1;
            // Of places there are few, each held to by many.
            if *count <= SHOWN || matches!(reason.mend(), Mend::Facilitator | Mend::Point) {
                shown.insert((held.service, held.citizen));
            }
        }
        if shown.len() > 4 * SHOWN * Reason::ALL.len() {
            break;
        }
    }
    shown
}

fn group(
    reason: Reason,
    held: &[(ServiceId, CitizenId)],
    subjects: &[Subject],
    programme: &str,
    lang: Lang,
) -> Group {
    let pairs: HashSet<_> = held.iter().copied().collect();
    let people: HashSet<_> = held.iter().map(|(_, citizen)| *citizen).collect();
    let mut places: Vec<Place> = subjects
        .iter()
        .filter(|one| pairs.contains(&(one.service_id, one.citizen_id)))
        .map(|one| Place {
            href: mend_href(
                reason.mend(),
                (one.service_id, one.citizen_id),
                &one.point,
                programme,
            ),
            label: label(reason.mend(), one, programme, lang),
        })
        .collect();
    places.sort_by(|one, other| (&one.label, &one.href).cmp(&(&other.label, &other.href)));
    places.dedup_by(|one, other| (&one.label, &one.href) == (&other.label, &other.href));
    places.truncate(SHOWN);
    let all = match reason.mend() {
        Mend::Citizen => people.len(),
        Mend::Service | Mend::Facilita => held.len(),
        Mend::Facilitator | Mend::Point | Mend::Programme => places.len(),
    };
    Group {
        id: reason.key(),
        text: text(lang, &format!("facilita-held-{}", reason.key())),
        count: held.len(),
        more: all.saturating_sub(places.len()),
        places,
    }
}

fn label(mend: Mend, one: &Subject, programme: &str, lang: Lang) -> String {
    let person = format!("{} {}", one.last_name, one.first_name);
    match mend {
        Mend::Citizen => person,
        Mend::Service | Mend::Facilita => {
            format!("{}, {}, {person}", one.title, day(lang, one.day))
        }
        Mend::Facilitator => format!("{}, {}", one.facilitator, one.point_name),
        Mend::Point => one.point_name.clone(),
        Mend::Programme => programme.to_owned(),
    }
}
