//! A word stands in two groups of `words.toml`.
//!
//! A group says that its words are for one thing. A word of two groups would make all the words of
//! both one thing, which is rarely meant: the search could not tell them apart any more. What is said
//! in two ways of `[[joined]]` is refused for the same reason.
//!
//! Wrong:
//!
//! ```toml
//! [[same]]
//! it = ["ricetta", "impegnativa"]
//!
//! [[same]]
//! it = ["appuntamento", "visita", "impegnativa"]
//! ```
//!
//! Right:
//!
//! ```toml
//! [[same]]
//! it = ["ricetta", "impegnativa"]
//!
//! [[same]]
//! it = ["appuntamento", "visita"]
//! ```

use std::collections::HashMap;

use super::{Course, short};
use crate::content::diagnostic::{Diagnostic, Rule, Severity};
use crate::content::message::say;
use crate::domain::text::folded;

pub(super) static RULE: Rule = Rule {
    code: "word-in-two-groups",
    severity: Severity::Error,
    page: include_str!("word_in_two_groups.rs"),
};

pub(super) fn check(course: &Course<'_>, out: &mut Vec<Diagnostic>) {
    let mut seen = HashMap::new();
    let mut words = HashMap::new();
    let mut complain = |span, message| {
        let complaint = course.complain(&RULE, "words.toml", span, message);
        let help = say("word-in-two-groups-help");
        out.extend(complaint.map(|complaint| complaint.with_help(help)));
    };
    for (group, lang, word) in &course.words.same {
        let first = *words.entry((*lang, folded(&word.value))).or_insert(*group);
        if first != *group {
            let message = say("word-in-two-groups").with("word", short(&word.value));
            complain(word.span.clone(), message);
        }
    }
    for (said, word) in &course.words.joined {
        let first = seen.entry(folded(&said.value)).or_insert(word);
        if *first != word {
            let message = say("word-stands-for-two")
                .with("word", short(&said.value))
                .with("other", first.as_str());
            complain(said.span.clone(), message);
        }
    }
}
