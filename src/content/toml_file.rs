//! What all readers of TOML files have in common: `paths.toml`, `words.toml`, `regions.toml`, `asks.toml`.

use std::borrow::Cow;
use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::domain::locale::Lang;

use super::complaints::Complaints;
use super::diagnostic::Diagnostic;
use super::document::Placed;
use super::front_matter::suggestion;
use super::message::{Message, one_line, say};
use super::rules::{invalid_value, toml_syntax, unknown_key};
use super::source::SourceFile;
use super::toml_text::{self, TomlWithin};

/// The most that people say in one breath, in characters.
pub(super) const LONGEST: usize = 80;

/// A value and where it stands.
pub(super) type Value<'i> = Spanned<DeValue<'i>>;

/// What is wrong with a file.
pub(super) struct TomlFile {
    pub(super) complaints: Complaints,
    /// Whether all of it could be read: what is missing may else stand in what could not.
    pub(super) sound: bool,
}

impl TomlFile {
    /// The file as it can be read, for [`table`].
    pub(super) fn read(file: &Arc<SourceFile>) -> (Self, Cow<'_, str>) {
        let (text, misread) = toml_text::mended(&file.text, TomlWithin::File);
        let mut complaints = Complaints::new(file);
        let sound = misread.is_empty();
        for one in misread {
            complaints.add_with_help(&toml_syntax::RULE, one.span, one.message, one.help);
        }
        (Self { complaints, sound }, text)
    }

    /// Complains about keys that nothing reads.
    pub(super) fn only(&mut self, table: &DeTable<'_>, known: &[&str]) {
        for (key, _) in table {
            if !known.contains(&key.get_ref().as_ref()) {
                self.unknown(key, known);
            }
        }
    }

    /// The language that a key is the code of, or a complaint.
    pub(super) fn lang(&mut self, key: &Spanned<Cow<'_, str>>) -> Option<Lang> {
        let found = Lang::ALL
            .into_iter()
            .find(|lang| lang.code() == key.get_ref());
        if found.is_none() {
            self.unknown(key, &Lang::ALL.map(Lang::code));
        }
        found
    }

    pub(super) fn unknown(&mut self, key: &Spanned<Cow<'_, str>>, known: &[&str]) {
        let name = key.get_ref();
        self.complaints.add_with_help(
            &unknown_key::RULE,
            key.span(),
            say("path-unknown-key").with("key", one_line(name)),
            suggestion(name, known),
        );
    }

    pub(super) fn wrong(&mut self, value: &Value<'_>, message: Message) {
        self.complaints
            .add(&invalid_value::RULE, value.span(), message);
    }

    /// What people say in one breath: a word, a need, a question.
    pub(super) fn said(&mut self, value: &Value<'_>) -> Option<Placed<String>> {
        let said = text(value).filter(|text| {
            text.chars().count() <= LONGEST && text.chars().any(char::is_alphanumeric)
        });
        if said.is_none() {
            self.wrong(value, say("words-text").with("most", LONGEST));
        }
        let span = value.span();
        said.map(|value| Placed { value, span })
    }

    pub(super) fn into_diagnostics(self) -> Vec<Diagnostic> {
        self.complaints.into_list()
    }
}

/// A text that says something, on one line.
pub(super) fn text(value: &Value<'_>) -> Option<String> {
    match value.get_ref() {
        DeValue::String(text) if !text.trim().is_empty() => Some(one_line(text.trim())),
        _ => None,
    }
}

/// What could be read of a text.
pub(super) fn table(text: &str) -> DeTable<'_> {
    DeTable::parse_recoverable(text).0.into_inner()
}
