//! An auditor's list: the form, and what was found of it.

use serde::Serialize;

use crate::citizens::audit_hash::hexadecimal;
use crate::domain::locale::Lang;
use crate::network::evidence::Proof;
use crate::network::evidence::first::{LookUpAnswer, LookUpLine};
use crate::network::evidence::hashes::{ListError, MOST_LINES};
use crate::network::evidence::table::competences;
use crate::network::programme::Programme;
use crate::web::desk::frame::network_chrome;
use crate::web::learn::catalogue::SelectChoice;
use crate::web::look_ups::LookUp;
use crate::web::network::evidence_page::said;
use crate::web::parts::chrome::Chrome;
use crate::web::public::totals_page::Cells;
use crate::web::templates::{day, number, text};

/// `evidence_lookup.html`: the form.
#[derive(Debug, Serialize)]
pub struct LookUpPage {
    chrome: Chrome,
    programmes: Vec<SelectChoice>,
    error: String,
}

impl LookUpPage {
    /// The form.
    #[must_use]
    pub fn new(programmes: &[Programme], lang: Lang) -> Self {
        let choice = |one: &Programme| SelectChoice {
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

    /// The form again, since the file is larger than the address takes.
    #[must_use]
    pub fn too_large(mut self, lang: Lang) -> Self {
        let most = number(lang, i64::try_from(MOST_LINES).unwrap_or(i64::MAX));
        self.error = said(lang, "evidence-too-large", &[("most", most)]);
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
        lines: &[LookUpLine],
        proofs: &[Proof],
        lang: Lang,
    ) -> Self {
        let here = format!("/rete/verifica/{}", asked.id);
        let pages = asked.lines.len().div_ceil(on_page);
        let count = |is: fn(&LookUpAnswer) -> bool| {
            let lines = asked.lines.iter().filter(|line| is(&line.answer));
            number(lang, i64::try_from(lines.count()).unwrap_or(i64::MAX))
        };
        let fact = |key: &str, value| (text(lang, &format!("evidence-{key}")), value);
        let mut proofs_left = proofs.iter().peekable();
        let row = |line: &LookUpLine| {
            let of =
                |proof: &&Proof| line.answer == LookUpAnswer::Found(proof.service, proof.citizen);
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
                fact("found", count(|one| matches!(one, LookUpAnswer::Found(..)))),
                fact("missing", count(|one| matches!(one, LookUpAnswer::Missing))),
                fact("again", count(|one| matches!(one, LookUpAnswer::Again(_)))),
                fact(
                    "unreadable",
                    count(|one| matches!(one, LookUpAnswer::Unreadable)),
                ),
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

fn row(line: &LookUpLine, proof: Option<&Proof>, lang: Lang) -> Cells {
    let answer = match line.answer {
        LookUpAnswer::Found(..) => text(lang, "evidence-is-found"),
        LookUpAnswer::Missing => text(lang, "evidence-is-missing"),
        LookUpAnswer::Again(earlier) => {
            said(lang, "evidence-is-again", &[("line", earlier.to_string())])
        }
        LookUpAnswer::Unreadable => text(lang, "evidence-is-unreadable"),
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
