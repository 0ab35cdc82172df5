//! Complaints as people and programs read them: with the source line, as JSON, or as commands of
//! a GitHub workflow.
//!
//! Each function takes complaints already in order ([`super::diagnostic::sort`]).

use std::fmt::Write as _;

use annotate_snippets::{
    AnnotationKind, Group, Level, Origin, Renderer, Snippet, normalize_untrusted_str,
};
use serde::Serialize;

use super::diagnostic::{Diagnostic, Position, Severity, with_places};
use super::message::{Message, say};
use crate::domain::locale::Lang;

/// A source line longer than this is named but not shown.
const LONGEST_SHOWN: usize = 4_000;

/// Each complaint with its source line and its fix, then a line that sums up.
#[must_use]
pub fn human(diagnostics: &[Diagnostic], lang: Lang, colour: bool) -> String {
    let renderer = if colour {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let mut out = String::new();
    for (complaint, start, _) in with_places(diagnostics) {
        out.push_str(&one(complaint, start, lang, &renderer));
        out.push_str("\n\n");
    }
    out.push_str(&sum(diagnostics, lang));
    out.push('\n');
    out
}

fn one(complaint: &Diagnostic, start: Position, lang: Lang, renderer: &Renderer) -> String {
    let level = match complaint.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let message = normalize_untrusted_str(&complaint.sentence(lang));
    let title = level
        .with_name(complaint.severity.word().text(lang))
        .primary_title(message)
        .id(complaint.rule.code);
    let path = complaint.file.path.as_str();
    let shown = shown_lines(complaint);
    let group = if complaint.span.is_empty() || shown.len() > LONGEST_SHOWN {
        let mut origin = Origin::path(path);
        if complaint.span.end > 0 {
            origin = origin.line(start.line).char_column(start.column);
        }
        title.element(origin)
    } else {
        let span = complaint.span.start - shown.start..complaint.span.end - shown.start;
        title.element(
            Snippet::source(&complaint.file.text[shown])
                .path(path)
                .line_start(start.line)
                .annotation(AnnotationKind::Primary.span(span)),
        )
    };
    let mut groups = vec![group];
    if let Some(help) = &complaint.help {
        groups.push(Group::with_title(
            Level::HELP
                .with_name(say("report-help").text(lang))
                .secondary_title(normalize_untrusted_str(&help.text(lang))),
        ));
    }
    renderer.render(&groups)
}

/// The whole lines a complaint touches. They stand for the file, so that a long file costs
/// nothing.
fn shown_lines(complaint: &Diagnostic) -> std::ops::Range<usize> {
    let text = &complaint.file.text;
    let start = text[..complaint.span.start]
        .rfind('\n')
        .map_or(0, |at| at + 1);
    let end = text[complaint.span.end..]
        .find('\n')
        .map_or(text.len(), |at| complaint.span.end + at);
    start..end
}

fn sum(diagnostics: &[Diagnostic], lang: Lang) -> String {
    match counted(diagnostics) {
        found if found.is_empty() => say("sum-none").text(lang),
        found => {
            let found: Vec<_> = found.iter().map(|one| one.text(lang)).collect();
            found.join(", ")
        }
    }
}

/// How many errors and how many warnings there are, of which there are any.
#[must_use]
pub fn counted(diagnostics: &[Diagnostic]) -> Vec<Message> {
    let errors = diagnostics
        .iter()
        .filter(|complaint| complaint.severity == Severity::Error)
        .count();
    let warnings = diagnostics.len() - errors;
    let counts = [(errors, say("sum-errors")), (warnings, say("sum-warnings"))];
    let found = counts.into_iter().filter(|(count, _)| *count > 0);
    found
        .map(|(count, said)| said.with("count", count))
        .collect()
}

#[derive(Serialize)]
struct Row<'a> {
    code: &'a str,
    severity: Severity,
    file: &'a str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    message: String,
    help: Option<String>,
}

/// One JSON array, an object for each complaint.
///
/// # Errors
/// Never in practice: every part is text or a number.
pub fn json(diagnostics: &[Diagnostic], lang: Lang) -> serde_json::Result<String> {
    let rows: Vec<_> = with_places(diagnostics)
        .map(|(complaint, start, end)| Row {
            code: complaint.rule.code,
            severity: complaint.severity,
            file: &complaint.file.path,
            line: start.line,
            column: start.column,
            end_line: end.line,
            end_column: end.column,
            message: complaint.sentence(lang),
            help: complaint.help.as_ref().map(|help| help.text(lang)),
        })
        .collect();
    serde_json::to_string_pretty(&rows)
}

/// Workflow commands that GitHub shows beside the changed lines. `root` is the course folder as
/// seen from the repository, put before every path.
#[must_use]
pub fn github(diagnostics: &[Diagnostic], lang: Lang, root: &str) -> String {
    let root = root.trim_start_matches("./").trim_end_matches('/');
    let mut out = String::new();
    for (complaint, start, end) in with_places(diagnostics) {
        let command = match complaint.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        let path = match root {
            "" | "." => complaint.file.path.clone(),
            _ => format!("{root}/{}", complaint.file.path),
        };
        let mut message = complaint.sentence(lang);
        if let Some(help) = &complaint.help {
            let name = say("report-help").text(lang);
            message.push_str(&format!("\n{name}: {}", help.text(lang)));
        }
        // Writing to a String cannot fail.
        let _ = writeln!(
            out,
            "::{command} file={},line={},endLine={},col={},endColumn={},title={}::{}",
            escape_property(&path),
            start.line,
            end.line,
            start.column,
            end.column,
            escape_property(complaint.rule.code),
            escape_message(&message),
        );
    }
    out
}

fn escape_message(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

fn escape_property(text: &str) -> String {
    escape_message(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::content::diagnostic::Rule;
    use crate::content::source::SourceFile;

    static RULE: Rule = Rule {
        code: "a-rule",
        severity: Severity::Error,
        page: "",
    };

    fn complaint() -> Diagnostic {
        let file = Arc::new(SourceFile {
            path: "a,b/01-x.md".to_owned(),
            text: "uno\nè due tre\nquattro\n".into(),
        });
        let message = say("image-missing").with("image", "100%\n.svg");
        Diagnostic::new(&RULE, &file, 7..10, message).with_help(say("quiz-text-help"))
    }

    #[test]
    fn people_see_the_line_the_place_and_the_fix() {
        insta::assert_snapshot!(human(&[complaint()], Lang::En, false), @r"
        error[a-rule]: there is no usable image `100%
                       .svg`
         --> a,b/01-x.md:2:3
          |
        2 | è due tre
          |   ^^^
          |
        help: move it before the first question, or into a question

        1 error
        ");
    }

    #[test]
    fn a_complaint_about_a_whole_file_shows_no_line() {
        let whole = Diagnostic {
            span: 0..0,
            ..complaint()
        };
        insta::assert_snapshot!(human(&[whole.clone(), whole], Lang::It, false), @r"
        errore[a-rule]: l'immagine `100%
                        .svg` non c'è, o non si può usare
        --> a,b/01-x.md
         |
        rimedio: spostalo prima della prima domanda, o dentro a una domanda

        errore[a-rule]: l'immagine `100%
                        .svg` non c'è, o non si può usare
        --> a,b/01-x.md
         |
        rimedio: spostalo prima della prima domanda, o dentro a una domanda

        2 errori
        ");
    }

    #[test]
    fn programs_get_every_part_as_json() -> serde_json::Result<()> {
        let value: serde_json::Value = serde_json::from_str(&json(&[complaint()], Lang::En)?)?;
        assert_eq!(
            value,
            serde_json::json!([{
                "code": "a-rule", "severity": "error", "file": "a,b/01-x.md",
                "line": 2, "column": 3, "end_line": 2, "end_column": 6,
                "message": "there is no usable image `100%\n.svg`",
                "help": "move it before the first question, or into a question",
            }])
        );
        Ok(())
    }

    #[test]
    fn github_commands_escape_what_would_end_them() {
        assert_eq!(
            github(&[complaint()], Lang::It, "./content/"),
            "::error file=content/a%2Cb/01-x.md,line=2,endLine=2,col=3,endColumn=6,title=a-rule\
             ::l'immagine `100%25%0A.svg` non c'è, o non si può usare%0Arimedio: \
             spostalo prima della prima domanda, o dentro a una domanda\n"
        );
    }
}
