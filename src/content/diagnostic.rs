//! Complaints about a course: a code for programs, a sentence for people, a place, a fix.
//!
//! Only values; [`super::report`] shows them.

use std::sync::Arc;

use rust_embed::RustEmbed;
use serde::Serialize;

use super::message::{Message, say};
use super::source::{SourceFile, Span};
use super::touches::Touches;
use crate::domain::locale::Lang;
use crate::domain::region::Region;

/// How bad a complaint is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The module cannot be served.
    Error,
    /// The module is served; a person should look.
    Warning,
}

impl Severity {
    /// Its word: `error`, `errore`.
    #[must_use]
    pub const fn word(self) -> Message {
        match self {
            Self::Error => say("severity-error"),
            Self::Warning => say("severity-warning"),
        }
    }
}

/// The Italian manual pages, by the name of the rule's file.
#[derive(RustEmbed)]
#[folder = "src/content/rules/it/"]
#[include = "*.md"]
struct Pages;

/// A rule of the course format: its permanent code and its manual page.
///
/// Each rule is a constant in a file of its own under `rules/`, whose module documentation is the
/// manual page that `autonomia explain` prints; `rules/it/` has the same page in Italian.
#[derive(Debug)]
pub struct Rule {
    /// Permanent, in kebab case: `question-without-right-answer`.
    pub code: &'static str,
    /// The severity of its complaints. A rule with two levels names the worse one here.
    pub severity: Severity,
    /// The source of the rule's file; its leading `//!` lines are the manual page.
    pub page: &'static str,
}

impl Rule {
    /// The manual page: Markdown, meant to be read as it is.
    #[must_use]
    pub fn manual(&self, lang: Lang) -> String {
        self.translated(lang).unwrap_or_else(|| self.original())
    }

    /// The page in another language than the one it is first written in.
    fn translated(&self, lang: Lang) -> Option<String> {
        let stem = self.code.replace('-', "_");
        let file = match lang {
            Lang::En => return None,
            Lang::It => Pages::get(&format!("{stem}.md"))?,
        };
        String::from_utf8(file.data.into_owned()).ok()
    }

    fn original(&self) -> String {
        let mut page = String::new();
        for line in self.page.lines() {
            let Some(text) = line.strip_prefix("//!") else {
                break;
            };
            page.push_str(text.strip_prefix(' ').unwrap_or(text));
            page.push('\n');
        }
        page
    }

    /// The first line of the manual page.
    #[must_use]
    pub fn summary(&self, lang: Lang) -> String {
        let page = self.manual(lang);
        page.lines().next().unwrap_or("").trim().to_owned()
    }
}

/// One complaint.
#[derive(Debug, Clone)]
pub struct Diagnostic {
    /// The rule it breaks.
    pub rule: &'static Rule,
    /// How bad it is here.
    pub severity: Severity,
    /// The file it is about.
    pub file: Arc<SourceFile>,
    /// The place, in bytes of the file's text; empty (0..0) when it is about the whole file.
    pub span: Span,
    /// What is wrong, naming the thing.
    pub message: Message,
    /// What to do, where a fix exists.
    pub help: Option<Message>,
    /// The region whose values it comes from, where it is not so everywhere.
    pub region: Option<Region>,
    /// What an error leaves out.
    pub touches: Touches,
}

/// A place as people count it: lines from 1, columns from 1 in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line.
    pub line: usize,
    /// The character in the line.
    pub column: usize,
}

impl Diagnostic {
    /// A complaint with the rule's own severity and no help.
    ///
    /// A span that does not fit the text is moved to the nearest place that does.
    #[must_use]
    pub fn new(
        rule: &'static Rule,
        file: &Arc<SourceFile>,
        span: Span,
        message: impl Into<Message>,
    ) -> Self {
        let start = file.text.floor_char_boundary(span.start);
        let end = file.text.ceil_char_boundary(span.end).max(start);
        Self {
            rule,
            severity: rule.severity,
            file: Arc::clone(file),
            span: start..end,
            message: message.into(),
            help: None,
            region: None,
            touches: Touches::of_file(&file.path),
        }
    }

    /// The same, true with the values of one region.
    #[must_use]
    pub fn only_in(mut self, region: Region) -> Self {
        self.region = Some(region);
        self
    }

    /// What is wrong in words, and in which region, where it is so in one.
    #[must_use]
    pub fn sentence(&self, lang: Lang) -> String {
        match self.region {
            Some(region) => say("complaint-in-region")
                .with("complaint", self.message.clone())
                .with("region", region.name())
                .text(lang),
            None => self.message.text(lang),
        }
    }

    /// The same about something else than the module its file is in.
    #[must_use]
    pub fn touching(mut self, touches: Touches) -> Self {
        self.touches = touches;
        self
    }

    /// The same with a severity of its own.
    #[must_use]
    pub fn with_severity(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }

    /// The same with a fix.
    #[must_use]
    pub fn with_help(mut self, help: impl Into<Message>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Where it begins.
    #[must_use]
    pub fn start(&self) -> Position {
        Lines::of(&self.file).position(self.span.start)
    }
}

/// Where the lines of a file begin: for many places of one file.
#[derive(Debug)]
pub struct Lines<'a> {
    file: &'a Arc<SourceFile>,
    starts: Vec<usize>,
}

impl<'a> Lines<'a> {
    /// Finds the lines of a file.
    #[must_use]
    pub fn of(file: &'a Arc<SourceFile>) -> Self {
        let breaks = file.text.match_indices('\n').map(|(at, _)| at + 1);
        let starts = std::iter::once(0).chain(breaks).collect();
        Self { file, starts }
    }

    /// The place of a byte.
    #[must_use]
    pub fn position(&self, offset: usize) -> Position {
        let line = self.starts.partition_point(|start| *start <= offset);
        let start = self.starts.get(line.saturating_sub(1)).copied();
        let before = self.file.text.get(start.unwrap_or(0)..offset);
        Position {
            line,
            column: before.unwrap_or("").chars().count() + 1,
        }
    }
}

/// The complaints with the place where each begins and the one just behind its last character.
/// Quick where those of one file stand together.
pub fn with_places(
    diagnostics: &[Diagnostic],
) -> impl Iterator<Item = (&Diagnostic, Position, Position)> {
    let mut known: Option<Lines<'_>> = None;
    diagnostics.iter().map(move |complaint| {
        let lines = match known.take() {
            Some(lines) if Arc::ptr_eq(lines.file, &complaint.file) => lines,
            _ => Lines::of(&complaint.file),
        };
        let start = lines.position(complaint.span.start);
        let end = lines.position(complaint.span.end);
        known = Some(lines);
        (complaint, start, end)
    })
}

/// Sorts by file, place and code, and drops what is said twice; what it is about is kept.
pub fn sort(diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.sort_by(|a, b| key(a).cmp(&key(b)));
    diagnostics.dedup_by(|again, first| {
        let same = key(again) == key(first);
        if same && again.touches != first.touches {
            first.touches.take_in(&again.touches);
        }
        same
    });
}

/// What two complaints that say the same have in common.
pub(super) fn key(complaint: &Diagnostic) -> (&str, usize, &str, usize, &Message) {
    (
        &complaint.file.path,
        complaint.span.start,
        complaint.rule.code,
        complaint.span.end,
        &complaint.message,
    )
}

/// Whether any of them is an error.
#[must_use]
pub fn any_error(diagnostics: &[Diagnostic]) -> bool {
    diagnostics
        .iter()
        .any(|complaint| complaint.severity == Severity::Error)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test stops at a surprise")]
mod tests {
    use super::*;

    static RULE: Rule = Rule {
        code: "a-rule",
        severity: Severity::Error,
        page: "//! One line.\n//!\n//! More.\nuse x;\n//! not this\n",
    };

    fn file(text: &str) -> Arc<SourceFile> {
        Arc::new(SourceFile {
            path: "m/01-a.md".to_owned(),
            text: text.into(),
        })
    }

    #[test]
    fn columns_count_characters_and_lines_begin_at_one() {
        let complaints = [Diagnostic::new(
            &RULE,
            &file("è\nperché no"),
            4..11,
            say("x"),
        )];
        let (_, start, end) = with_places(&complaints).next().unwrap();
        assert_eq!(start, Position { line: 2, column: 2 });
        assert_eq!(end, Position { line: 2, column: 8 });
        assert_eq!(complaints[0].start(), start);
    }

    #[test]
    fn a_span_inside_a_character_or_behind_the_end_is_moved() {
        assert_eq!(
            Diagnostic::new(&RULE, &file("èa"), 1..2, say("x")).span,
            0..2
        );
        assert_eq!(
            Diagnostic::new(&RULE, &file("èa"), 7..9, say("x")).span,
            3..3
        );
    }

    #[test]
    fn a_manual_page_is_the_head_of_its_file() {
        assert_eq!(RULE.summary(Lang::En), "One line.");
        assert_eq!(RULE.manual(Lang::En), "One line.\n\nMore.\n");
    }

    #[test]
    fn complaints_come_in_the_order_of_the_text_and_once() {
        let file = file("abc");
        let mut all = vec![
            Diagnostic::new(&RULE, &file, 2..3, say("b")),
            Diagnostic::new(&RULE, &file, 0..1, say("a")),
            Diagnostic::new(&RULE, &file, 2..3, say("b")),
        ];
        sort(&mut all);
        let messages: Vec<_> = all.iter().map(|one| one.message.key()).collect();
        assert_eq!(messages, ["a", "b"]);
    }
}
