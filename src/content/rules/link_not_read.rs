//! A link or an image that is not read as one.
//!
//! `[testo](indirizzo)`: square brackets first, nothing between them and the round ones, no spaces
//! in the address. Anything else is shown with its brackets. An address that stands bare in the
//! text cannot be pressed, a warning: give it words.
//!
//! Wrong:
//!
//! ```markdown
//! ![Il modulo](images/il mio modulo.png)
//! [La guida] (https://www.inps.it/guida)
//! (La guida)[https://www.inps.it/guida]
//! Vai su https://www.inps.it/guida.
//! ```
//!
//! Right:
//!
//! ```markdown
//! ![Il modulo](images/modulo.png)
//! [La guida di INPS](https://www.inps.it/guida)
//! ```

use pulldown_cmark::{Event, Tag};

use super::short;
use crate::content::diagnostic::{Diagnostic, Rule, Severity};
use crate::content::markdown::{Run, Shown, before};
use crate::content::message::say;
use crate::content::source::Span;

pub(super) static RULE: Rule = Rule {
    code: "link-not-read",
    severity: Severity::Error,
    page: include_str!("link_not_read.rs"),
};

pub(super) fn check(shown: &Shown<'_>, out: &mut Vec<Diagnostic>) {
    let links: Vec<Span> = shown
        .find(|event| matches!(event, Event::Start(Tag::Link { .. })))
        .map(|(_, span)| span)
        .collect();
    for run in &shown.runs {
        let text = shown.at(&run.span);
        for (at, gap) in text.match_indices("](").chain(text.match_indices("] (")) {
            let Some(start) = text[..at].rfind(['[', ']']) else {
                continue;
            };
            if !text[start..].starts_with('[') {
                continue;
            }
            let begin = at + gap.len();
            let end = text[begin..].find([')', '\n']);
            let closed = end.is_some_and(|end| text[begin + end..].starts_with(')'));
            let end = begin + end.unwrap_or(text.len() - begin);
            let address = source(shown, run, begin, end);
            if gap.len() == 3 && !is_address(address) {
                continue;
            }
            let start = start - usize::from(text[..start].ends_with('!'));
            let image = text[start..].starts_with('!');
            let (message, help) = match (image, gap.len() == 3) {
                (true, true) => (say("image-space"), say("link-space-help")),
                (false, true) => (say("link-space"), say("link-space-help")),
                (true, _) if !closed => (say("image-open"), say("link-open-help")),
                (false, _) if !closed => (say("link-open"), say("link-open-help")),
                (true, _) if address.contains(' ') => (
                    say("image-address-spaces"),
                    say("image-address-spaces-help"),
                ),
                (false, _) if address.contains(' ') => {
                    (say("link-address-spaces"), say("link-address-spaces-help"))
                }
                (true, _) => (say("image-not-read"), say("link-bracket-help")),
                (false, _) => (say("link-not-read"), say("link-bracket-help")),
            };
            let end = run.span.start + end + usize::from(closed);
            out.push(shown.complaint(&RULE, run.span.start + start..end, message, help));
        }
        reversed(shown, run, out);
        bare(shown, run, &links, out);
    }
}

/// `(testo)[indirizzo]`
fn reversed(shown: &Shown<'_>, run: &Run, out: &mut Vec<Diagnostic>) {
    let text = shown.at(&run.span);
    for (at, _) in text.match_indices(")[") {
        let end = text[at..].find(']').map(|end| at + end);
        let (Some(start), Some(end)) = (text[..at].rfind('('), end) else {
            continue;
        };
        let address = source(shown, run, at + 2, end);
        if !is_address(address) {
            continue;
        }
        let words = source(shown, run, start + 1, at);
        out.push(
            shown.complaint(
                &RULE,
                run.span.start + start..run.span.start + end + 1,
                say("link-reversed"),
                say("link-reversed-help")
                    .with("words", short(words))
                    .with("address", short(address)),
            ),
        );
    }
}

/// An address outside any link.
fn bare(shown: &Shown<'_>, run: &Run, links: &[Span], out: &mut Vec<Diagnostic>) {
    let text = shown.at(&run.span);
    for scheme in ["https://", "http://"] {
        for (at, _) in text.match_indices(scheme) {
            let place = run.span.start + at;
            let next = links.partition_point(|link| link.start <= place);
            let linked = next > 0 && links[next - 1].end > place;
            // What is no part of a sentence was complained about as a link that is not read.
            if linked || matches!(before(text, at), Some('(' | '[' | '<' | '{' | '"')) {
                continue;
            }
            let length = text[at..].find(|c: char| c.is_whitespace() || c == '\u{1}');
            let word = &text[at..at + length.unwrap_or(text.len() - at)];
            let word = word.trim_end_matches(['.', ',', ';', ':', ')', '!', '?', '»']);
            if word.len() <= scheme.len() {
                continue;
            }
            let complaint = shown.complaint(
                &RULE,
                place..place + word.len(),
                say("link-bare"),
                say("link-bare-help"),
            );
            out.push(complaint.with_severity(Severity::Warning));
        }
    }
}

fn source<'s>(shown: &Shown<'s>, run: &Run, start: usize, end: usize) -> &'s str {
    shown.source(&(run.span.start + start..run.span.start + end))
}

fn is_address(text: &str) -> bool {
    let text = text.trim().trim_matches(['<', '>']);
    let begins = [
        "http://", "https://", "www.", "mailto:", "#", "images/", "../", "./",
    ];
    !text.contains(' ')
        && (begins.iter().any(|begin| text.starts_with(begin))
            || text.ends_with(".md")
            || text.contains(".md#")
            || text.ends_with(".html")
            || text.ends_with(".it"))
}
