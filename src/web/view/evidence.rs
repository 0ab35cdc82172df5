//! Evidence: a sheet for each counted citizen and service, and what an auditor's list found.

use serde::Serialize;
use time::OffsetDateTime;

use crate::citizens::Vault;
use crate::citizens::audit_hash::hexadecimal;
use crate::citizens::vault::Sealed;
use crate::domain::facilita::SendState;
use crate::domain::locale::Lang;
use crate::network::evidence::first::{Answer, Line, hash_of};
use crate::network::evidence::hashes::{ListError, MOST_LINES};
use crate::network::evidence::table::competences;
use crate::network::evidence::{Proof, RuleMet};
use crate::network::ledger::CountedAs;
use crate::network::programme::Programme;
use crate::web::look_ups::LookUp;
use crate::web::templates::{Args, day, day_of, moment, number, text, text_with};

use super::catalogue::Choice;
use super::chrome::Chrome;
use super::desk::network_chrome;
use super::services::why_void;
use super::totals::Cells;

/// `evidence.html`: sheets to print, each on a page of its own.
#[derive(Debug, Serialize)]
pub struct SheetsPage {
    chrome: Chrome,
    back: String,
    made: String,
    sheets: Vec<Sheet>,
}

#[derive(Debug, Serialize)]
struct Sheet {
    name: String,
    /// What is said of a voided one.
    voided: Option<String>,
    parts: Vec<Part>,
}

/// A heading and what stands below it.
#[derive(Debug, Serialize)]
struct Part {
    title: String,
    facts: Vec<(String, String)>,
}

impl SheetsPage {
    /// Sheets. `here` and `back` are addresses.
    ///
    /// # Errors
    /// A codice fiscale that does not open.
    pub fn new(
        proofs: &[Proof],
        vault: &Vault,
        (here, back): (&str, &str),
        now: OffsetDateTime,
        lang: Lang,
    ) -> Result<Self, Sealed> {
        let sheets = proofs.iter().map(|proof| sheet(proof, vault, lang));
        Ok(Self {
            chrome: network_chrome(text(lang, "evidence-title"), here, lang),
            back: back.to_owned(),
            made: moment(lang, now),
            sheets: sheets.collect::<Result<_, _>>()?,
        })
    }
}

fn sheet(proof: &Proof, vault: &Vault, lang: Lang) -> Result<Sheet, Sealed> {
    let hash = hash_of(vault, proof)?.map(|hash| hexadecimal(&hash));
    let part = |title: &str, facts: Vec<(&str, String)>| Part {
        title: text(lang, &format!("evidence-{title}")),
        facts: facts
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(label, value)| (text(lang, &format!("evidence-{label}")), value))
            .collect(),
    };
    Ok(Sheet {
        name: match proof.erased {
            Some(_) => text(lang, "erased-person"),
            None => proof.name.clone(),
        },
        voided: proof.voided.as_ref().map(|(at, by, why)| {
            let by = by.clone().unwrap_or_default();
            said(
                lang,
                "evidence-voided",
                &[
                    ("day", day_of(lang, *at)),
                    ("by", by),
                    ("why", why_void(why, lang)),
                ],
            )
        }),
        parts: vec![
            part("service", service(proof, lang)),
            part("rule", rule(proof, lang)),
            part("person", person(proof, hash, lang)),
            part("programme", programme(proof, lang)),
            Part {
                title: text(lang, "evidence-facilita"),
                facts: facilita(proof, lang),
            },
        ],
    })
}

fn service(proof: &Proof, lang: Lang) -> Vec<(&'static str, String)> {
    let place = &proof.place;
    let domains: Vec<_> = proof.domains.iter().map(|one| one.label(lang)).collect();
    vec![
        ("day", day(lang, proof.day)),
        ("kind", proof.kind.label(lang).to_owned()),
        ("minutes", proof.minutes.to_string()),
        ("about", proof.title.clone()),
        ("competences", competences(proof, lang).join("; ")),
        ("domains", domains.join("; ")),
        (
            "point",
            format!(
                "{} ({}), {}, {}, {}",
                place.name, place.code, place.municipality, place.province, place.region
            ),
        ),
        ("facilitator", proof.facilitator.clone()),
        ("id", proof.service.to_string()),
    ]
}

fn rule(proof: &Proof, lang: Lang) -> Vec<(&'static str, String)> {
    let (at, by) = &proof.recorded;
    let by = by
        .clone()
        .unwrap_or_else(|| text(lang, "evidence-by-program"));
    let recorded = said(
        lang,
        "evidence-on-by",
        &[("day", moment(lang, *at)), ("by", by)],
    );
    let mut facts = Vec::new();
    match &proof.learned {
        None => facts.push(("met", text(lang, "evidence-met-desk"))),
        Some(learned) => {
            let met = match learned.rule {
                RuleMet::Quiz { score, pass } => said(
                    lang,
                    "evidence-met-quiz",
                    &[("score", score.to_string()), ("pass", pass.to_string())],
                ),
                RuleMet::Lessons => text(lang, "evidence-met-lessons"),
                RuleMet::Facilitator => text(lang, "evidence-met-facilitator"),
                RuleMet::Unknown => text(lang, "evidence-met-unknown"),
            };
            facts.push(("met", met));
            facts.push(("module", learned.module.clone()));
            facts.push(("revision", learned.rev.to_string()));
            facts.push(("completed", moment(lang, learned.at)));
            facts.push(("reason", learned.reason.clone().unwrap_or_default()));
        }
    }
    facts.push(("recorded", recorded));
    let key = proof.counted.key();
    let counts = match proof.counted {
        CountedAs::New | CountedAs::Known => format!("evidence-counts-{key}"),
        _ => format!("service-counted-{key}"),
    };
    facts.push(("counts", text(lang, &counts)));
    facts
}

fn person(proof: &Proof, hash: Option<String>, lang: Lang) -> Vec<(&'static str, String)> {
    if let Some(at) = proof.erased {
        let erased = said(lang, "evidence-erased-on", &[("day", day_of(lang, at))]);
        return vec![("erased", erased), ("hash", hash.unwrap_or_default())];
    }
    let hash = hash.unwrap_or_else(|| text(lang, "evidence-no-code"));
    let (verified, by) = &proof.identity;
    let verified = match verified {
        Some(at) => said(
            lang,
            "evidence-on-by",
            &[("day", moment(lang, *at)), ("by", by.clone())],
        ),
        None => text(lang, "evidence-not-verified"),
    };
    vec![("verified", verified), ("hash", hash)]
}

fn programme(proof: &Proof, lang: Lang) -> Vec<(&'static str, String)> {
    let one = &proof.programme;
    let (from, to) = (day(lang, one.starts_on), day(lang, one.ends_on));
    let (least, most) = (one.ages.min.to_string(), one.ages.max.to_string());
    vec![
        ("name", one.name.clone()),
        (
            "days",
            said(lang, "evidence-span", &[("from", from), ("to", to)]),
        ),
        (
            "ages",
            said(
                lang,
                "evidence-span-ages",
                &[("least", least), ("most", most)],
            ),
        ),
        ("body", one.facilita_body.clone().unwrap_or_default()),
        ("project", one.facilita_project.clone().unwrap_or_default()),
    ]
}

fn facilita(proof: &Proof, lang: Lang) -> Vec<(String, String)> {
    let now = (text(lang, "evidence-state"), state(proof.facilita, lang));
    let rows = proof.sent.iter().map(|row| {
        let file = [
            ("day", day_of(lang, row.made_at)),
            ("row", row.number.to_string()),
        ];
        let note = row
            .note
            .as_deref()
            .map_or_else(String::new, |note| format!(": {note}"));
        let became = format!("{}{note} ({})", state(row.state, lang), row.batch);
        (said(lang, "evidence-file-row", &file), became)
    });
    std::iter::once(now).chain(rows).collect()
}

fn state(state: SendState, lang: Lang) -> String {
    text(lang, &format!("facilita-state-{}", state.name()))
}

fn said(lang: Lang, key: &str, values: &[(&'static str, String)]) -> String {
    let values = values
        .iter()
        .map(|(name, value)| ((*name).into(), value.clone().into()));
    text_with(lang, key, &values.collect::<Args>())
}

/// `evidence_lookup.html`: the form.
#[derive(Debug, Serialize)]
pub struct LookUpPage {
    chrome: Chrome,
    programmes: Vec<Choice>,
    error: String,
}

impl LookUpPage {
    /// The form.
    #[must_use]
    pub fn new(programmes: &[Programme], lang: Lang) -> Self {
        let choice = |one: &Programme| Choice {
            value: one.code.clone(),
            label: one.name.clone(),
            selected: false,
        };
        Self {
            chrome: network_chrome(text(lang, "evidence-lookup-title"), "/rete/verifica", lang),
            programmes: programmes.iter().map(choice).collect(),
            error: String::new(),
        }
    }

    /// The form again, since the file cannot be looked up.
    #[must_use]
    pub fn refused(mut self, code: &str, error: ListError, lang: Lang) -> Self {
        for one in &mut self.programmes {
            one.selected = one.value == code;
        }
        self.error = match error {
            ListError::NoHash => text(lang, "evidence-no-hash"),
            ListError::TooLong => {
                let most = number(lang, i64::try_from(MOST_LINES).unwrap_or(i64::MAX));
                said(lang, "evidence-too-long", &[("most", most)])
            }
        };
        self
    }
}

/// `evidence_found.html`: the answers.
#[derive(Debug, Serialize)]
pub struct FoundPage {
    chrome: Chrome,
    lead: String,
    facts: Vec<(String, String)>,
    csv: String,
    sheets: Option<String>,
    heads: Vec<String>,
    rows: Vec<Cells>,
    page: usize,
    pages: usize,
    previous: Option<String>,
    next: Option<String>,
}

impl FoundPage {
    /// A page of the answers, with what is known of the services on it.
    #[must_use]
    pub fn new(
        asked: &LookUp,
        (page, on_page): (usize, usize),
        lines: &[Line],
        proofs: &[Proof],
        lang: Lang,
    ) -> Self {
        let here = format!("/rete/verifica/{}", asked.id);
        let pages = asked.lines.len().div_ceil(on_page);
        let count = |is: fn(&Answer) -> bool| {
            let lines = asked.lines.iter().filter(|line| is(&line.answer));
            number(lang, i64::try_from(lines.count()).unwrap_or(i64::MAX))
        };
        let fact = |key: &str, value| (text(lang, &format!("evidence-{key}")), value);
        let mut proofs_left = proofs.iter().peekable();
        let row = |line: &Line| {
            let of = |proof: &&Proof| line.answer == Answer::Found(proof.service, proof.citizen);
            row(line, proofs_left.next_if(of), lang)
        };
        let heads = [
            "line",
            "hash",
            "answer",
            "day",
            "point",
            "facilitator",
            "kind",
            "competences",
        ];
        let at = |page: usize| format!("{here}?pagina={page}");
        Self {
            lead: asked.programme.name.clone(),
            facts: vec![
                fact("found", count(|one| matches!(one, Answer::Found(..)))),
                fact("missing", count(|one| matches!(one, Answer::Missing))),
                fact("again", count(|one| matches!(one, Answer::Again(_)))),
                fact("unreadable", count(|one| matches!(one, Answer::Unreadable))),
            ],
            csv: format!("{here}/tabella.csv"),
            sheets: (!proofs.is_empty()).then(|| format!("{here}/schede?pagina={page}")),
            heads: heads
                .map(|head| text(lang, &format!("evidence-{head}")))
                .into(),
            rows: lines.iter().map(row).collect(),
            page,
            pages,
            previous: (page > 1).then(|| at(page - 1)),
            next: (page < pages).then(|| at(page + 1)),
            chrome: network_chrome(text(lang, "evidence-found-title"), &here, lang).under(
                "/rete/verifica",
                text(lang, "evidence-lookup-title"),
                lang,
            ),
        }
    }
}

fn row(line: &Line, proof: Option<&Proof>, lang: Lang) -> Cells {
    let answer = match line.answer {
        Answer::Found(..) => text(lang, "evidence-is-found"),
        Answer::Missing => text(lang, "evidence-is-missing"),
        Answer::Again(earlier) => said(lang, "evidence-is-again", &[("line", earlier.to_string())]),
        Answer::Unreadable => text(lang, "evidence-is-unreadable"),
    };
    // A hash is long and the reader has it: enough of it to compare.
    let hash = line.hash.as_ref().map(hexadecimal).unwrap_or_default();
    let hash: String = hash.chars().take(12).collect();
    let begin = [line.number.to_string(), hash, answer];
    let rest = proof.map(|proof| {
        [
            day(lang, proof.day),
            format!("{}, {}", proof.place.name, proof.place.region),
            proof.facilitator.clone(),
            proof.kind.label(lang).to_owned(),
            competences(proof, lang).join("; "),
        ]
    });
    let rest = rest.unwrap_or_default();
    Cells {
        cells: begin.into_iter().chain(rest).collect(),
        href: None,
    }
}
