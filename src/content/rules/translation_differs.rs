//! A translation does not match its original.
//!
//! A learner may change the language half-way, and an answer counts the same in every language.
//! So a translation has the same files, the same ids, and the same questions with the same kinds
//! and option keys. It has no more lessons than the original and no fewer.
//!
//! Wrong, in `90-quiz.en.md`, where the original has the options `a` and `b`:
//!
//! ```markdown
//! ## What colour is the sky? {#prova-cielo .q .one}
//!
//! - [x] `a` Blue
//! - [ ] `c` Green
//! ```
//!
//! Right:
//!
//! ```markdown
//! ## What colour is the sky? {#prova-cielo .q .one}
//!
//! - [x] `a` Blue
//! - [ ] `b` Green
//! ```

use std::collections::HashMap;

use crate::content::diagnostic::{Diagnostic, Rule, Severity};
use crate::content::document::{Document, FileKind, ParsedQuestion};
use crate::content::message::{Message, say};
use crate::content::outline::kind_word;
use crate::content::question::Kind;
use crate::content::source::Span;
use crate::domain::locale::Lang;

pub(super) static RULE: Rule = Rule {
    code: "translation-differs",
    severity: Severity::Error,
    page: include_str!("translation_differs.rs"),
};

/// Compares one language of a module with the original.
pub(super) fn check(
    original: &[&Document],
    lang: Lang,
    translation: &[&Document],
    out: &mut Vec<Diagnostic>,
) {
    if translation.is_empty() {
        return;
    }
    for document in translation {
        let found = original.iter().find(|other| other.stem == document.stem);
        match found {
            Some(other) => compare(other, document, out),
            None => out.push(complaint(
                document,
                0..0,
                say("translation-without-original").with("name", &document.stem),
            )),
        }
    }
    for document in original {
        if !translation.iter().any(|other| other.stem == document.stem) {
            let name = format!("{}.{lang}.md", document.stem);
            out.push(
                complaint(
                    document,
                    0..0,
                    say("translation-missing").with("name", name),
                )
                .with_help(say("translation-missing-help").with("lang", lang.code())),
            );
        }
    }
}

fn compare<'a>(original: &'a Document, translation: &'a Document, out: &mut Vec<Diagnostic>) {
    if let (Some(first), Some(second)) = (&original.front.id, &translation.front.id)
        && first.value != second.value
    {
        let message = say("translation-id").with("id", &first.value);
        out.push(complaint(translation, second.span.clone(), message));
    }
    let of = |document: &'a Document| -> HashMap<&'a str, &'a ParsedQuestion> {
        let questions = document.questions.iter();
        questions.map(|it| (it.question.id.as_str(), it)).collect()
    };
    let (originals, own) = (of(original), of(translation));
    for question in &translation.questions {
        let id = question.question.id.as_str();
        let message = match originals.get(id) {
            None => Some(say("translation-more-questions").with("question", id)),
            Some(twin) => difference(twin, question),
        };
        out.extend(message.map(|message| complaint(translation, question.span.clone(), message)));
    }
    for question in &original.questions {
        let id = question.question.id.as_str();
        if !own.contains_key(id) {
            let message = say("translation-fewer-questions").with("question", id);
            out.push(complaint(translation, 0..0, message));
        }
    }
    let is_module = translation.kind == FileKind::Module;
    for (key, span) in untranslated(translation, is_module) {
        out.push(
            complaint(
                translation,
                span,
                say("translation-repeats").with("key", key),
            )
            .with_help(say("translation-repeats-help")),
        );
    }
}

/// What is not the same in two questions of one id, if both could be read.
fn difference(original: &ParsedQuestion, translation: &ParsedQuestion) -> Option<Message> {
    if !original.sound || !translation.sound {
        return None;
    }
    let (first, second) = (&original.question, &translation.question);
    let (kind, own) = (kind_word(&first.kind), kind_word(&second.kind));
    if kind != own {
        return Some(
            say("translation-kind")
                .with("own", own)
                .with("original", kind),
        );
    }
    if first.points != second.points {
        return Some(
            say("translation-points")
                .with("own", second.points.to_string())
                .with("original", first.points.to_string()),
        );
    }
    let (keys, own) = (keys(&first.kind), keys(&second.kind));
    if keys != own {
        return Some(
            say("translation-options")
                .with("own", list(&own))
                .with("original", list(&keys)),
        );
    }
    let same_answer = match (&first.kind, &second.kind) {
        (Kind::One { right: a, .. }, Kind::One { right: b, .. }) => a == b,
        (Kind::Many { right: a, .. }, Kind::Many { right: b, .. }) => a == b,
        (Kind::Number { accepted: a }, Kind::Number { accepted: b }) => a == b,
        _ => true,
    };
    (!same_answer).then(|| say("translation-answer"))
}

/// The keys of a question: of options without their order, of steps in their right order.
fn keys(kind: &Kind) -> Vec<&str> {
    let mut keys: Vec<&str> = match kind {
        Kind::One { options, .. } | Kind::Many { options, .. } => {
            options.iter().map(|option| option.key.as_str()).collect()
        }
        Kind::Order { steps } => return steps.iter().map(|step| step.key.as_str()).collect(),
        Kind::Match { left, right } => {
            let cells = left.iter().chain(right);
            cells.map(|cell| cell.key.as_str()).collect()
        }
        Kind::Number { .. } | Kind::Text { .. } => Vec::new(),
    };
    keys.sort_unstable();
    keys.dedup();
    keys
}

fn list(keys: &[&str]) -> String {
    let quoted: Vec<_> = keys.iter().map(|key| format!("`{key}`")).collect();
    quoted.join(", ")
}

/// Keys that only the original has, where the translation has them.
fn untranslated(document: &Document, is_module: bool) -> Vec<(&'static str, Span)> {
    let front = &document.front;
    let mut found = Vec::new();
    let mut add = |key, span: Option<&Span>| {
        found.extend(span.map(|span| (key, span.clone())));
    };
    add("minutes", front.minutes.as_ref().map(|value| &value.span));
    add("kind", front.kind.as_ref().map(|value| &value.span));
    if is_module {
        add("level", front.level.as_ref().map(|value| &value.span));
        add("pass", front.pass.as_ref().map(|value| &value.span));
        add("rev", front.rev.as_ref().map(|value| &value.span));
        add("digcomp", front.digcomp.first().map(|value| &value.span));
        add("domains", front.domains.first().map(|value| &value.span));
        add("requires", front.requires.first().map(|value| &value.span));
        add("sources", front.sources.first().map(|value| &value.span));
        add("changes", front.changes.first().map(|(key, _)| &key.span));
    }
    found
}

fn complaint(document: &Document, span: Span, message: Message) -> Diagnostic {
    Diagnostic::new(&RULE, &document.file, span, message)
}
