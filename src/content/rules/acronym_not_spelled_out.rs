//! An acronym is not spelled out where the module uses it for the first time.
//!
//! Whoever does not know it cannot look it up while reading, and stops. It is enough once in a
//! module, in the order of reading (`module.md`, then the lessons), and in each language. Titles,
//! headings and keywords do not count as a use. The acronyms are those of the compiler's glossary;
//! a name such as pagoPA is none.
//!
//! Wrong:
//!
//! ```markdown
//! Per entrare ti serve SPID.
//! ```
//!
//! Right, in one of these ways:
//!
//! ```markdown
//! Per entrare ti serve SPID (Sistema Pubblico di Identità Digitale).
//! Ti serve il Sistema Pubblico di Identità Digitale (SPID).
//! Ricevi un OTP, cioè una password usa e getta.
//! ```

use std::collections::BTreeSet;

use crate::content::diagnostic::{Diagnostic, Rule, Severity};
use crate::content::document::{Document, FileKind, ProsePlace};
use crate::content::glossary::{ACRONYMS, Acronym};
use crate::content::message::say;
use crate::content::plain_language::{locate, sentences};

pub(super) static RULE: Rule = Rule {
    code: "acronym-not-spelled-out",
    severity: Severity::Warning,
    page: include_str!("acronym_not_spelled_out.rs"),
};

/// Checks the documents of one language of a module.
pub(super) fn check(documents: &[&Document], out: &mut Vec<Diagnostic>) {
    let mut met = BTreeSet::new();
    let mut in_order = documents.to_vec();
    in_order.sort_by_key(|document| (document.kind != FileKind::Module, &document.stem));
    for document in in_order {
        for prose in &document.prose {
            if prose.place == ProsePlace::Heading {
                continue;
            }
            for sentence in sentences(&prose.text) {
                let text = &prose.text[sentence.clone()];
                for (at, acronym) in acronyms(text) {
                    if !met.insert(acronym.short) || explained(text, acronym) {
                        continue;
                    }
                    let start = sentence.start + at;
                    let part = start..start + acronym.short.len();
                    let span = locate(&document.file.text, &prose.span, &prose.text, &part);
                    out.push(
                        Diagnostic::new(
                            &RULE,
                            &document.file,
                            span,
                            say("acronym").with("short", acronym.short),
                        )
                        .with_help(
                            say("acronym-help")
                                .with("short", acronym.short)
                                .with("long", acronym.long),
                        ),
                    );
                }
            }
        }
    }
}

/// The acronyms in a text, whole words in capitals, with their places.
fn acronyms(text: &str) -> impl Iterator<Item = (usize, &'static Acronym)> {
    let mut rest = 0;
    std::iter::from_fn(move || {
        while let Some(found) = text[rest..].find(|c: char| c.is_alphanumeric()) {
            let start = rest + found;
            let len = text[start..]
                .find(|c: char| !c.is_alphanumeric())
                .unwrap_or(text.len() - start);
            rest = start + len;
            let word = &text[start..rest];
            // Most words are none: two capitals tell, and spare the search.
            if word.bytes().filter(u8::is_ascii_uppercase).nth(1).is_none() {
                continue;
            }
            let known = ACRONYMS.binary_search_by(|acronym| acronym.short.cmp(word));
            if let Some(acronym) = known.ok().and_then(|at| ACRONYMS.get(at)) {
                return Some((start, acronym));
            }
        }
        None
    })
}

/// Whether the sentence says what the acronym means.
fn explained(sentence: &str, acronym: &Acronym) -> bool {
    let sentence = sentence.to_lowercase().replace('’', "'");
    acronym
        .explanations()
        .any(|phrase| sentence.contains(&phrase.to_lowercase()) || all_words(&sentence, phrase))
}

/// Words that join the others and may be others in the author's phrase.
const JOINING: [&str; 8] = [
    "alla", "dall", "dell", "della", "delle", "nell", "sulla", "sull",
];

/// Whether every word of four letters and more stands in the sentence, in any form of its ending.
fn all_words(sentence: &str, phrase: &str) -> bool {
    let lower = phrase.to_lowercase();
    let mut long = lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.chars().count() >= 4 && !JOINING.contains(word))
        .peekable();
    long.peek().is_some()
        && long.all(|word| {
            let mut stem = word.chars();
            stem.next_back();
            sentence.contains(stem.as_str())
        })
}
