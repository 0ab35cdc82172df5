//! The text of a lesson is hard to read by the Gulpease index.
//!
//! The index is made for Italian: `89 + (300·sentences − 10·letters) / words`, from 0 to 100. Who
//! has finished middle school reads text of 60 and more with ease. Below 60 is a warning, below 50
//! an error. The complaint stands at the hardest paragraph and names the next ones: begin there.
//!
//! Measured is the text of `module.md`, of each lesson and of the quiz file, without headings,
//! tables, questions, feedback, code and addresses. The end of a paragraph or of a list item ends
//! a sentence. A text of fewer than 40 words is not measured, and English is not: for it there is
//! `long-sentence`.
//!
//! Wrong:
//!
//! ```markdown
//! L'autenticazione presuppone il preventivo completamento della procedura di identificazione.
//! ```
//!
//! Right:
//!
//! ```markdown
//! Prima ti fai riconoscere. Poi puoi entrare.
//! ```

use crate::content::diagnostic::{Diagnostic, Lines, Rule, Severity};
use crate::content::document::{Document, ProsePlace};
use crate::content::message::{Arg, say};
use crate::content::plain_language::Measure;
use crate::content::source::Span;
use crate::domain::locale::Lang;

pub(super) static RULE: Rule = Rule {
    code: "hard-to-read",
    severity: Severity::Error,
    page: include_str!("hard_to_read.rs"),
};

/// Easy for who has finished middle school.
const EASY: f64 = 60.0;
/// Hard for most readers.
const HARD: f64 = 50.0;
/// The index of a few words says nothing.
const FEWEST_WORDS: u32 = 40;
/// A paragraph below this says nothing either.
const FEWEST_WORDS_OF_PARAGRAPH: u32 = 8;

pub(super) fn check(document: &Document, out: &mut Vec<Diagnostic>) {
    if document.lang != Lang::It {
        return;
    }
    let mut whole = Measure::default();
    let mut paragraphs: Vec<(f64, &Span)> = Vec::new();
    for prose in &document.prose {
        if prose.place != ProsePlace::Text || in_table(document, &prose.span) {
            continue;
        }
        let measure = Measure::of(&prose.text);
        whole += measure;
        if let Some(index) = measure.gulpease()
            && measure.words >= FEWEST_WORDS_OF_PARAGRAPH
        {
            paragraphs.push((index, &prose.span));
        }
    }
    let Some(index) = whole.gulpease() else {
        return;
    };
    if index >= EASY || whole.words < FEWEST_WORDS {
        return;
    }
    paragraphs.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut worst = paragraphs.into_iter();
    let first = worst.next();
    let span = first.map_or(0..0, |(_, span)| span.clone());
    let (severity, limit) = match index < HARD {
        true => (Severity::Error, HARD),
        false => (Severity::Warning, EASY),
    };
    let message = say("hard-to-read")
        .with("index", shown(index))
        .with("limit", format!("{limit}"));
    let complaint = Diagnostic::new(&RULE, &document.file, span, message);
    let lines = Lines::of(&document.file);
    let next: Vec<_> = worst
        .take(3)
        .filter(|(index, _)| *index < EASY)
        .map(|(index, span)| {
            let line = lines.position(span.start).line;
            say("line-with-index")
                .with("line", line.to_string())
                .with("index", shown(index))
        })
        .collect();
    let help = match first {
        Some((index, _)) if next.is_empty() => {
            say("hard-to-read-help-one").with("index", shown(index))
        }
        Some((index, _)) => say("hard-to-read-help")
            .with("index", shown(index))
            .with("places", next),
        None => say("hard-to-read-help-none"),
    };
    out.push(complaint.with_severity(severity).with_help(help));
}

/// Cut, not rounded, to one decimal: 59.97 is below 60, and 60.0 would not be.
fn shown(index: f64) -> Arg {
    Arg::Tenths((index * 10.0).floor() as i64)
}

/// A cell of a word or two is no sentence.
fn in_table(document: &Document, span: &Span) -> bool {
    let after = document
        .tables
        .partition_point(|table| table.span.start <= span.start);
    let mut before = document.tables.iter().take(after);
    let last = before.next_back();
    last.is_some_and(|table| span.end <= table.span.end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_below_a_limit_is_shown_below_it() {
        for (index, tenths) in [(59.97, 599), (49.999, 499), (50.0, 500), (4.26, 42)] {
            assert_eq!(shown(index), Arg::Tenths(tenths), "{index}");
        }
    }
}
