//! The front matter: TOML between two `+++` lines, every key typed and checked.

use std::ops::RangeInclusive;

use time::Date;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::domain::digcomp::Competence;
use crate::domain::facilita::PublicDomain;
use crate::domain::ids::is_content_id;

use super::complaints::Complaints;
use super::document::{FrontMatter, Placed};
use super::markdown::suggested_id;
use super::message::{Message, one_line, say};
use super::module::KeyChange;
use super::rules::{
    front_matter_missing, invalid_id, invalid_value, missing_key, toml_syntax, unknown_key,
};
use super::source::Span;
use super::toml_text::{self, TomlWithin, date};

/// The longest summary, in characters.
const MAX_SUMMARY: usize = 160;

/// What a file is, as far as its front matter goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct FileShape {
    /// `module.md`, not a numbered file.
    pub(super) module: bool,
    /// A translation, which repeats little.
    pub(super) translation: bool,
}

const MODULE: &[&str] = &[
    "id", "title", "summary", "level", "digcomp", "domains", "minutes", "pass", "keywords",
    "requires", "verified", "sources", "rev", "changes",
];
const LESSON: &[&str] = &["id", "title", "summary", "asks", "minutes", "kind"];
const QUIZ: &[&str] = &["id", "title", "kind"];

impl FileShape {
    /// The keys that may be there.
    fn known(self, table: &DeTable<'_>) -> &'static [&'static str] {
        if self.module {
            MODULE
        } else if table.contains_key("kind") {
            QUIZ
        } else {
            LESSON
        }
    }

    /// The keys that must be there.
    fn required(self, table: &DeTable<'_>) -> &'static [&'static str] {
        match (self.module, self.translation) {
            (true, false) => &[
                "id", "title", "summary", "level", "digcomp", "domains", "minutes", "pass",
                "verified", "sources", "rev",
            ],
            (true, true) => &["id", "title", "summary", "verified"],
            (false, false) if !table.contains_key("kind") => &["id", "title", "minutes"],
            (false, _) => &["id", "title"],
        }
    }
}

/// Reads the front matter at the beginning of a file, and tells where the text begins.
pub(super) fn parse(shape: FileShape, complaints: &mut Complaints) -> (FrontMatter, usize) {
    let file = std::sync::Arc::clone(complaints.file());
    let text: &str = &file.text;
    let mut lines = text.split_inclusive('\n');
    let first = lines.next().unwrap_or("");
    if first.trim_end() != "+++" {
        complaints.add_with_help(
            &front_matter_missing::RULE,
            0..first.trim_end().len(),
            match first.trim_end() {
                "---" => say("front-matter-dashes"),
                _ => say("front-matter-missing"),
            },
            say("front-matter-missing-help"),
        );
        return (FrontMatter::default(), 0);
    }
    let begin = first.len();
    let mut end = begin;
    let after = loop {
        let Some(line) = lines.next() else {
            complaints.add_with_help(
                &front_matter_missing::RULE,
                0..first.trim_end().len(),
                say("front-matter-open"),
                say("front-matter-open-help"),
            );
            return (FrontMatter::default(), text.len());
        };
        if line.trim_end() == "+++" {
            break end + line.len();
        }
        end += line.len();
    };
    let mut reader = Reader {
        complaints,
        offset: begin,
    };
    let mut front = reader.read(&text[begin..end], shape);
    front.span = 0..after;
    super::asks::bound(&mut front.asks, complaints);
    (front, after)
}

struct Reader<'c> {
    complaints: &'c mut Complaints,
    /// Where the TOML begins in the file.
    offset: usize,
}

type Value<'i> = Spanned<DeValue<'i>>;

impl Reader<'_> {
    fn read(&mut self, toml: &str, shape: FileShape) -> FrontMatter {
        let (toml, misread) = toml_text::mended(toml, TomlWithin::FrontMatter);
        let (table, _) = DeTable::parse_recoverable(&toml);
        let sound = misread.is_empty();
        for one in misread {
            let span = self.shift(one.span);
            self.complaints
                .add_with_help(&toml_syntax::RULE, span, one.message, one.help);
        }
        let known = shape.known(table.get_ref());
        let mut front = FrontMatter::default();
        for (key, value) in table.get_ref() {
            let name: &str = key.get_ref();
            if known.contains(&name) {
                self.take(&mut front, name, value);
            } else {
                let help = suggestion(name, known);
                self.complaints.add_with_help(
                    &unknown_key::RULE,
                    self.shift(key.span()),
                    say("unknown-key").with("key", one_line(name)),
                    help,
                );
            }
        }
        if sound {
            for name in shape.required(table.get_ref()) {
                if !table.get_ref().contains_key(*name) {
                    self.complaints.add(
                        &missing_key::RULE,
                        0..self.offset.saturating_sub(1),
                        say("missing-key").with("key", *name),
                    );
                }
            }
        }
        front
    }

    fn take(&mut self, front: &mut FrontMatter, name: &str, value: &Value<'_>) {
        match name {
            "id" => front.id = self.id(value),
            "title" => front.title = self.text(name, value, 120),
            "summary" => front.summary = self.text(name, value, MAX_SUMMARY),
            "kind" => {
                front.kind = self
                    .text(name, value, 40)
                    .and_then(|kind| self.check(kind, |k| k == "quiz", say("value-kind")));
            }
            "level" => front.level = self.number(name, value, 1..=8),
            "minutes" => front.minutes = self.number(name, value, 1..=600),
            "pass" => front.pass = self.number(name, value, 1..=100),
            "rev" => front.rev = self.number(name, value, 1..=i64::from(u32::MAX)),
            "verified" => front.verified = self.day(value),
            "digcomp" => {
                front.digcomp = self.list(name, value, true, |code| {
                    Competence::from_code(code)
                        .is_none()
                        .then(|| say("value-competence").with("code", code))
                });
            }
            "domains" => {
                front.domains = self.list(name, value, true, |code| {
                    PublicDomain::from_code(code)
                        .is_none()
                        .then(|| say("value-domain").with("code", code))
                });
            }
            "asks" => front.asks = self.list(name, value, false, super::asks::too_long),
            "keywords" => front.keywords = self.list(name, value, false, |_| None),
            "requires" => {
                front.requires = self.list(name, value, false, |id| {
                    (!is_content_id(id)).then(|| say("value-module-id").with("id", id))
                });
            }
            "sources" => {
                front.sources = self.list(name, value, true, |address| {
                    let host = address.strip_prefix("https://").unwrap_or("");
                    (host.is_empty() || host.contains(char::is_whitespace))
                        .then(|| say("value-address").with("address", address))
                });
            }
            "changes" => front.changes = self.changes(value),
            _ => {}
        }
    }

    fn id(&mut self, value: &Value<'_>) -> Option<Placed<String>> {
        let id = self.text("id", value, 200)?;
        if is_content_id(&id.value) {
            return Some(id);
        }
        self.complaints.add_with_help(
            &invalid_id::RULE,
            id.span,
            say("invalid-id").with("id", &id.value),
            say("invalid-id-help").with("id", suggested_id(&id.value)),
        );
        None
    }

    /// A line of text that is not empty.
    fn text(&mut self, key: &str, value: &Value<'_>, longest: usize) -> Option<Placed<String>> {
        let span = self.shift(value.span());
        let DeValue::String(text) = value.get_ref() else {
            return self.wrong(span, say("value-text").with("key", key));
        };
        let text = text.trim();
        let length = text.chars().count();
        if length == 0 {
            return self.wrong(span, say("value-empty").with("key", key));
        }
        if length > longest {
            return self.wrong(
                span,
                say("value-long")
                    .with("key", key)
                    .with("count", length)
                    .with("most", longest),
            );
        }
        if text.contains(|c: char| c.is_control()) {
            return self.wrong(span, say("value-line").with("key", key));
        }
        Some(Placed {
            value: text.to_owned(),
            span,
        })
    }

    fn check(
        &mut self,
        placed: Placed<String>,
        right: impl Fn(&str) -> bool,
        message: Message,
    ) -> Option<Placed<String>> {
        if right(&placed.value) {
            return Some(placed);
        }
        self.wrong(placed.span, message)
    }

    fn number(
        &mut self,
        key: &str,
        value: &Value<'_>,
        range: RangeInclusive<i64>,
    ) -> Option<Placed<i64>> {
        let span = self.shift(value.span());
        let number = value
            .get_ref()
            .as_integer()
            .and_then(|n| i64::from_str_radix(n.as_str(), n.radix()).ok())
            .filter(|n| range.contains(n));
        match number {
            Some(value) => Some(Placed { value, span }),
            None => {
                let message = say("value-number")
                    .with("key", key)
                    .with("from", range.start().to_string())
                    .with("to", range.end().to_string());
                let help = say("toml-number-help").with("key", key);
                self.complaints
                    .add_with_help(&invalid_value::RULE, span, message, help);
                None
            }
        }
    }

    fn day(&mut self, value: &Value<'_>) -> Option<Placed<Date>> {
        let span = self.shift(value.span());
        let read = value.get_ref().as_datetime();
        let day = date(value.get_ref());
        match day {
            Some(value) => Some(Placed { value, span }),
            None if read.is_some_and(|day| day.date.is_some() && day.time.is_none()) => {
                self.wrong(span, say("value-no-such-day"))
            }
            None => self.wrong(span, say("value-day")),
        }
    }

    fn list(
        &mut self,
        key: &str,
        value: &Value<'_>,
        filled: bool,
        complaint: impl Fn(&str) -> Option<Message>,
    ) -> Vec<Placed<String>> {
        let span = self.shift(value.span());
        let DeValue::Array(items) = value.get_ref() else {
            self.wrong::<()>(span, say("value-list").with("key", key));
            return Vec::new();
        };
        if filled && items.is_empty() {
            self.wrong::<()>(span, say("value-list-empty").with("key", key));
        }
        let mut list: Vec<Placed<String>> = Vec::new();
        for item in items.iter() {
            let Some(item) = self.text(key, item, 500) else {
                continue;
            };
            if let Some(message) = complaint(&item.value) {
                self.wrong::<()>(item.span, message);
            } else if list.iter().take(100).any(|other| other.value == item.value) {
                let message = say("value-twice")
                    .with("value", &item.value)
                    .with("key", key);
                self.wrong::<()>(item.span, message);
            } else {
                list.push(item);
            }
        }
        list
    }

    fn changes(&mut self, value: &Value<'_>) -> Vec<(Placed<String>, Placed<String>)> {
        let span = self.shift(value.span());
        let DeValue::Table(table) = value.get_ref() else {
            self.wrong::<()>(span, say("value-changes"));
            return Vec::new();
        };
        let mut changes = Vec::new();
        for (key, value) in table {
            let question = Placed {
                value: key.get_ref().to_string(),
                span: self.shift(key.span()),
            };
            if !is_content_id(&question.value) {
                let message = say("value-question-id").with("id", one_line(&question.value));
                self.wrong::<()>(question.span, message);
                continue;
            }
            let Some(way) = self.text("changes", value, 40) else {
                continue;
            };
            let message = say("value-change");
            if let Some(way) = self.check(way, |way| KeyChange::from_word(way).is_some(), message) {
                changes.push((question, way));
            }
        }
        changes
    }

    fn wrong<T>(&mut self, span: Span, message: Message) -> Option<T> {
        self.complaints.add(&invalid_value::RULE, span, message);
        None
    }

    fn shift(&self, span: Span) -> Span {
        span.start + self.offset..span.end + self.offset
    }
}

pub(super) fn suggestion(name: &str, known: &[&str]) -> Message {
    let near = known
        .iter()
        .filter(|_| name.len() <= 40)
        .map(|key| (strsim::damerau_levenshtein(name, key), key))
        .min()
        .filter(|(distance, key)| *distance <= 2.max(key.len() / 3));
    match near {
        Some((_, key)) => say("did-you-mean").with("name", *key),
        None if known.contains(&"kind") && MODULE.contains(&name) => {
            say("key-of-module").with("key", name)
        }
        None => say("known-keys").with("keys", known.join("`, `")),
    }
}
