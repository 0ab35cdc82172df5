//! The parts of "I tuoi dati" that are folded: tables, a row for each thing.

use serde::Serialize;

use crate::content::Catalogue;
use crate::domain::locale::Lang;
use crate::learning::own::{OwnAttendance, OwnConsent, OwnData};
use crate::web::desk::citizen_page::version;
use crate::web::learn::catalogue::title_of;
use crate::web::network::acts::MyRow;
use crate::web::templates::{Args, day, day_of, text, text_with};

/// Rows of a part that a page shows; all of them are in the file.
const SHOWN: usize = 10;

/// A part of it, folded.
#[derive(Debug, Serialize)]
pub(crate) struct DataPart {
    id: &'static str,
    title: String,
    heads: Vec<String>,
    rows: Vec<MyRow>,
    /// How many there are in all.
    count: usize,
    /// There are more than are shown.
    more: bool,
}

pub(crate) fn parts(data: &OwnData, catalogue: &Catalogue, lang: Lang) -> Vec<DataPart> {
    let part =
        |id: &'static str, heads: &[&str], rows: Vec<(Vec<String>, Option<String>)>| DataPart {
            id,
            title: text(lang, &format!("own-part-{id}")),
            heads: heads
                .iter()
                .map(|head| text(lang, &format!("own-head-{head}")))
                .collect(),
            count: rows.len(),
            more: rows.len() > SHOWN,
            rows: rows
                .into_iter()
                .take(SHOWN)
                .map(|(cells, href)| MyRow { cells, href })
                .collect(),
        };
    let at = |moment| day_of(lang, moment);
    let maybe = |moment: Option<time::OffsetDateTime>| {
        moment.map_or_else(|| "-".to_owned(), |moment| day_of(lang, moment))
    };
    vec![
        part(
            "learned",
            &["what", "lessons", "done", "counts"],
            learned(data, catalogue, lang),
        ),
        part(
            "services",
            &["what", "day", "where", "counts", "sent"],
            data.services
                .iter()
                .map(|one| (service(one, lang), None))
                .collect(),
        ),
        part(
            "points",
            &["point", "since", "sees"],
            data.points
                .iter()
                .map(|one| {
                    let sees = match (one.until, one.whole) {
                        (Some(_), _) => "own-sees-nothing",
                        (None, true) => "own-sees-whole",
                        (None, false) => "own-sees-name",
                    };
                    (
                        vec![one.point.clone(), at(one.since), text(lang, sees)],
                        None,
                    )
                })
                .collect(),
        ),
        part(
            "consents",
            &["what", "day", "text", "until"],
            data.consents
                .iter()
                .map(|one| (consent(one, lang), None))
                .collect(),
        ),
        part(
            "given",
            &["what", "day", "note"],
            data.assignments
                .iter()
                .map(|one| {
                    let href = format!("/moduli/{}", one.module);
                    (
                        vec![
                            title_of(catalogue, &one.module, lang),
                            at(one.assigned_at),
                            one.note.clone(),
                        ],
                        Some(href),
                    )
                })
                .chain(data.groups.iter().map(|one| {
                    let name = text_with(
                        lang,
                        "own-group",
                        &[("name".into(), one.name.clone().into())].into(),
                    );
                    (vec![name, at(one.since), String::new()], None)
                }))
                .collect(),
        ),
        part(
            "asked",
            &["what", "day", "answer"],
            data.questions
                .iter()
                .map(|one| {
                    (
                        one.text.clone(),
                        one.asked_at,
                        one.answer.clone(),
                        one.answered_at,
                    )
                })
                .chain(data.corrections.iter().map(|one| {
                    (
                        one.text.clone(),
                        one.asked_at,
                        one.answer.clone(),
                        one.answered_at,
                    )
                }))
                .map(|(asked, when, answer, answered)| {
                    let answer = answer.unwrap_or_else(|| match answered {
                        Some(_) => text(lang, "own-answered"),
                        None => text(lang, "own-waits"),
                    });
                    (vec![asked, at(when), answer], None)
                })
                .chain(data.reports.iter().map(|one| {
                    (
                        vec![one.text.clone(), at(one.sent_at), one.page.clone()],
                        None,
                    )
                }))
                .collect(),
        ),
        part(
            "cards",
            &["point", "day", "until"],
            data.cards
                .iter()
                .map(|one| {
                    (
                        vec![one.point.clone(), at(one.issued_at), maybe(one.stopped_at)],
                        None,
                    )
                })
                .collect(),
        ),
        part(
            "sessions",
            &["device", "day", "until"],
            data.sessions
                .iter()
                .map(|one| {
                    let device = one.device.clone().filter(|device| !device.is_empty());
                    let device = device.unwrap_or_else(|| text(lang, "own-device"));
                    (
                        vec![
                            device,
                            at(one.began_at),
                            at(one.closed_at.unwrap_or(one.ends_at)),
                        ],
                        None,
                    )
                })
                .collect(),
        ),
    ]
}

fn learned(
    data: &OwnData,
    catalogue: &Catalogue,
    lang: Lang,
) -> Vec<(Vec<String>, Option<String>)> {
    let row = |one: &crate::learning::own::OwnModule| {
        let done = one.completion.as_ref();
        let title = done.map_or_else(
            || title_of(catalogue, &one.module, lang),
            |done| done.title.clone(),
        );
        let counts = match done {
            None => "-".to_owned(),
            Some(done) if done.counted => {
                let rule = text(lang, &format!("own-rule-{}", done.rule));
                let score = done
                    .score
                    .map_or_else(String::new, |score| format!(" {score}%"));
                format!("{} ({rule}{score})", text(lang, "own-counts"))
            }
            Some(done) => {
                let why = done.not_counted.as_deref().unwrap_or("guest");
                text(lang, &format!("not-counted-{why}"))
            }
        };
        let on = done.map_or_else(|| "-".to_owned(), |done| day_of(lang, done.completed_at));
        let href = done.map(|done| format!("/mio-percorso/attestati/{}", done.id));
        (vec![title, one.lessons.len().to_string(), on, counts], href)
    };
    data.modules.iter().map(row).collect()
}

fn service(one: &OwnAttendance, lang: Lang) -> Vec<String> {
    let counts = match (one.voided_at, one.reached) {
        (Some(_), _) => "own-voided",
        (None, true) => "own-reached",
        (None, false) => "own-again",
    };
    let sent = match one.sent.last() {
        Some(sent) => {
            let args: Args = [
                ("day".into(), day_of(lang, sent.sent_at).into()),
                (
                    "state".into(),
                    text(lang, &format!("facilita-state-{}", one.facilita)).into(),
                ),
            ]
            .into();
            text_with(lang, "own-sent", &args)
        }
        // What was voided before it was sent never goes.
        None if one.voided_at.is_some() => text(lang, "own-never-sent"),
        None => text(lang, "own-not-sent"),
    };
    vec![
        one.title.clone(),
        day(lang, one.day),
        format!("{}, {}", one.point, one.kind.label(lang)),
        text(lang, counts),
        sent,
    ]
}

fn consent(one: &OwnConsent, lang: Lang) -> Vec<String> {
    vec![
        text(lang, &format!("own-consent-{}", one.kind)),
        day(lang, one.day),
        version(&one.version, lang),
        one.withdrawn_at
            .map_or_else(|| "-".to_owned(), |at| day_of(lang, at)),
    ]
}
