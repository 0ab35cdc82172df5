//! A sentence has more than 25 words.
//!
//! Whoever reads slowly, or on a small screen, has forgotten the beginning when the end comes. Two
//! short sentences say the same. A list item and a table cell count as sentences of their own;
//! "es.", "art. 5" and "3.5" do not end one. Code and addresses are not counted. This is checked
//! in every language and in questions and feedback too; headings are not.
//!
//! Wrong:
//!
//! ```markdown
//! Se il telefono che usi per ricevere i codici si rompe o lo perdi, chiama subito il gestore che
//! ti ha dato l'identità digitale e chiedi di bloccarla fino a quando non ne hai uno nuovo.
//! ```
//!
//! Right:
//!
//! ```markdown
//! Hai perso il telefono? Chiama subito il gestore. Chiedi di bloccare la tua identità digitale.
//! La riattivi quando hai un telefono nuovo.
//! ```

use super::MOST;
use crate::content::diagnostic::{Diagnostic, Rule, Severity};
use crate::content::document::{Document, ProsePlace};
use crate::content::message::say;
use crate::content::plain_language::{locate, sentences, words_of};

pub(super) static RULE: Rule = Rule {
    code: "long-sentence",
    severity: Severity::Warning,
    page: include_str!("long_sentence.rs"),
};

const MOST_WORDS: usize = 25;

pub(super) fn check(document: &Document, out: &mut Vec<Diagnostic>) {
    let before = out.len();
    for prose in &document.prose {
        if prose.place == ProsePlace::Heading {
            continue;
        }
        for sentence in sentences(&prose.text) {
            let words = words_of(&prose.text[sentence.clone()]).count();
            if words <= MOST_WORDS {
                continue;
            }
            let span = locate(&document.file.text, &prose.span, &prose.text, &sentence);
            out.push(
                Diagnostic::new(
                    &RULE,
                    &document.file,
                    span,
                    say("long-sentence")
                        .with("count", words)
                        .with("most", MOST_WORDS),
                )
                .with_help(say("long-sentence-help")),
            );
            if out.len() - before >= MOST {
                return;
            }
        }
    }
}
