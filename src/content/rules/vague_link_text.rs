//! The words of a link do not say where it leads.
//!
//! Screen readers list the links of a page without the text around them: five times "clicca qui"
//! helps nobody. And nobody should have to press to find out. Name the page.
//!
//! Wrong:
//!
//! ```markdown
//! Per i livelli di sicurezza [clicca qui](02-livelli.md).
//! ```
//!
//! Right:
//!
//! ```markdown
//! Leggi [quali sono i livelli di sicurezza](02-livelli.md).
//! ```

use super::short;
use crate::content::diagnostic::{Diagnostic, Rule, Severity};
use crate::content::document::Document;
use crate::content::message::say;

pub(super) static RULE: Rule = Rule {
    code: "vague-link-text",
    severity: Severity::Error,
    page: include_str!("vague_link_text.rs"),
};

/// In small letters, without punctuation.
const VAGUE: [&str; 58] = [
    "qui",
    "clicca",
    "clicca qui",
    "cliccate qui",
    "cliccando qui",
    "premi",
    "premi qui",
    "tocca qui",
    "vai",
    "vai qui",
    "vai al link",
    "apri",
    "apri qui",
    "leggi",
    "leggi qui",
    "leggi tutto",
    "leggi di più",
    "leggi ancora",
    "guarda",
    "guarda qui",
    "vedi",
    "vedi qui",
    "continua",
    "continua qui",
    "scopri",
    "scopri di più",
    "per saperne di più",
    "di più",
    "altro",
    "maggiori informazioni",
    "più informazioni",
    "informazioni",
    "dettagli",
    "link",
    "questo link",
    "a questo link",
    "il link",
    "al link",
    "pagina",
    "questa pagina",
    "sito",
    "questo sito",
    "il sito",
    "questo",
    "questa",
    "scarica",
    "here",
    "click",
    "click here",
    "press here",
    "link here",
    "this",
    "this link",
    "this page",
    "more",
    "read more",
    "learn more",
    "find out more",
];

pub(super) fn check(document: &Document, out: &mut Vec<Diagnostic>) {
    for link in &document.links {
        let words = normal(&link.text);
        let message = if words.is_empty() {
            say("link-without-words").with("target", short(&link.target))
        } else if VAGUE.contains(&words.as_str()) {
            say("vague-link-text").with("words", &link.text)
        } else {
            continue;
        };
        out.push(
            Diagnostic::new(&RULE, &document.file, link.span.clone(), message)
                .with_help(say("vague-link-text-help")),
        );
    }
}

fn normal(text: &str) -> String {
    text.to_lowercase()
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}
