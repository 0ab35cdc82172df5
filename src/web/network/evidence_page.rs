//! Evidence: a sheet for each counted citizen and service.

use serde::Serialize;
use time::OffsetDateTime;

use crate::citizens::Vault;
use crate::citizens::audit_hash::hexadecimal;
use crate::citizens::vault::Sealed;
use crate::content::Catalogue;
use crate::domain::facilita::SendState;
use crate::domain::locale::Lang;
use crate::network::evidence::first::hash_of;
use crate::network::evidence::table::competences;
use crate::network::evidence::{Proof, RuleMet};
use crate::network::ledger::CountedAs;
use crate::web::desk::frame::network_chrome;
use crate::web::desk::services::why_void;
use crate::web::learn::catalogue::title_of;
use crate::web::parts::chrome::Chrome;
use crate::web::templates::{Args, day, day_of, moment, text, text_with};

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
    /// Sheets. `here` and `back` are addresses; of a module that is not there any more the id is
    /// shown.
    ///
    /// # Errors
    /// A codice fiscale that does not open.
    pub fn new(
        proofs: &[Proof],
        (vault, catalogue): (&Vault, &Catalogue),
        (here, back): (&str, &str),
        now: OffsetDateTime,
        lang: Lang,
    ) -> Result<Self, Sealed> {
        let sheets = proofs
            .iter()
            .map(|proof| sheet(proof, (vault, catalogue), lang));
        Ok(Self {
            chrome: network_chrome(text(lang, "evidence-title"), here, lang),
            back: back.to_owned(),
            made: moment(lang, now),
            sheets: sheets.collect::<Result<_, _>>()?,
        })
    }
}

fn sheet(
    proof: &Proof,
    (vault, catalogue): (&Vault, &Catalogue),
    lang: Lang,
) -> Result<Sheet, Sealed> {
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
            part("rule", rule(proof, catalogue, lang)),
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

fn rule(proof: &Proof, catalogue: &Catalogue, lang: Lang) -> Vec<(&'static str, String)> {
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
            facts.push(("module", title_of(catalogue, &learned.module, lang)));
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

pub(crate) fn said(lang: Lang, key: &str, values: &[(&'static str, String)]) -> String {
    let values = values
        .iter()
        .map(|(name, value)| ((*name).into(), value.clone().into()));
    text_with(lang, key, &values.collect::<Args>())
}
