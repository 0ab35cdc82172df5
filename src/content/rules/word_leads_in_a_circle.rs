//! A word of `[[joined]]` leads back to itself.
//!
//! What is said becomes the word that is written, and that is looked up again: where it leads back to
//! what was said, there is no end.
//!
//! Wrong:
//!
//! ```toml
//! [[joined]]
//! word = "pagoPA"
//! said = ["pago", "pago pa"]
//!
//! [[joined]]
//! word = "pago"
//! said = ["pagoPA"]
//! ```
//!
//! Right:
//!
//! ```toml
//! [[joined]]
//! word = "pagoPA"
//! said = ["pago pa"]
//! ```

use std::collections::{HashMap, HashSet};

use super::{Course, short};
use crate::content::diagnostic::{Diagnostic, Rule, Severity};
use crate::content::message::say;
use crate::domain::text::folded;

pub(super) static RULE: Rule = Rule {
    code: "word-leads-in-a-circle",
    severity: Severity::Error,
    page: include_str!("word_leads_in_a_circle.rs"),
};

pub(super) fn check(course: &Course<'_>, out: &mut Vec<Diagnostic>) {
    let leads: HashMap<String, String> = course
        .words
        .joined
        .iter()
        .map(|(said, word)| (folded(&said.value), folded(word)))
        .collect();
    for (said, _) in &course.words.joined {
        let begin = folded(&said.value);
        let mut seen = HashSet::new();
        let mut at = &begin;
        while let Some(next) = leads.get(at)
            && seen.insert(next)
        {
            at = next;
            if *at == begin {
                let message = say("word-leads-in-a-circle").with("word", short(&said.value));
                let complaint = course.complain(&RULE, "words.toml", said.span.clone(), message);
                let help = say("word-leads-in-a-circle-help");
                out.extend(complaint.map(|complaint| complaint.with_help(help)));
                break;
            }
        }
    }
}
