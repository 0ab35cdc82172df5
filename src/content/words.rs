//! `words.toml`: what people say and the text does not.
//!
//! `[[same]]` are words for one thing, in a language; `[[joined]]` a word that is two in the mouth;
//! `[[urgent]]` needs that cannot wait, with the place that they lead to; `[[elsewhere]]` needs that no
//! course is about. All of it is for the search.
//! What is wrong is complained about and left out.

use std::collections::BTreeMap;
use std::sync::Arc;

use toml::de::{DeTable, DeValue};

use crate::domain::ids::{LessonId, ModuleId};
use crate::domain::locale::Lang;

use super::diagnostic::Diagnostic;
use super::document::Placed;
use super::message::say;
use super::rules::{invalid_value, missing_key};
use super::source::SourceFile;
use super::toml_file::{self, TomlFile, Value};

/// The most words in a group, and needs in an entry, of one language.
const MOST: usize = 100;

/// What an entry may be.
const KINDS: [&str; 4] = ["same", "joined", "urgent", "elsewhere"];

/// What `words.toml` says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Words {
    /// Words for one thing, the course's own first.
    pub same: Vec<Same>,
    /// Words that are two in the mouth.
    pub joined: Vec<JoinedWord>,
    /// Needs that cannot wait.
    pub urgent: Vec<Urgent>,
    /// Needs that no course is about, by language.
    pub elsewhere: Vec<SaidNeeds>,
}

/// Words for one thing in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Same {
    /// Their language.
    pub lang: Lang,
    /// The same for the same thing in another language.
    pub thing: usize,
    /// The first stands for all.
    pub words: Vec<String>,
}

/// A word and how it is said in pieces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JoinedWord {
    /// As the courses write it.
    pub word: String,
    /// As people say it.
    pub said: Vec<String>,
}

/// Needs and the place that answers them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Urgent {
    /// Where they lead to.
    pub place: WordPlace,
    /// What people say, by language.
    pub needs: SaidNeeds,
}

/// What people say, by language.
pub type SaidNeeds = BTreeMap<Lang, Vec<String>>;

/// A module, a lesson, or a heading of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WordPlace {
    /// The module.
    pub module: ModuleId,
    /// The lesson; `None` for the module's own page.
    pub lesson: Option<LessonId>,
    /// The heading's id.
    pub anchor: Option<String>,
}

/// The same with the places that rules point at.
#[derive(Debug, Default)]
pub struct WordsOutline {
    /// Each word of each group, in order: the group's number, its language, the word.
    pub(super) same: Vec<(usize, Lang, Placed<String>)>,
    /// What is said and the word that it stands for.
    pub(super) joined: Vec<(Placed<String>, String)>,
    /// The places of urgent needs.
    pub(super) places: Vec<Placed<String>>,
}

/// What was read.
#[derive(Debug, Default)]
pub(super) struct Read {
    pub(super) words: Words,
    pub(super) outline: WordsOutline,
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl WordPlace {
    /// A place as it is written: `module`, `module/lesson` or `module/lesson#heading`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (page, anchor) = match text.split_once('#') {
            Some((_, "")) => return None,
            Some((page, anchor)) => (page, Some(anchor.to_owned())),
            None => (text, None),
        };
        let (module, lesson) = match page.split_once('/') {
            Some((module, lesson)) => (module, Some(LessonId::parse(lesson).ok()?)),
            None => (page, None),
        };
        Some(Self {
            module: ModuleId::parse(module).ok()?,
            lesson,
            anchor,
        })
    }
}

/// Reads `words.toml`.
pub(super) fn parse(file: &Arc<SourceFile>) -> Read {
    let (toml, text) = TomlFile::read(file);
    let mut reader = Reader {
        toml,
        read: Read::default(),
    };
    for (key, value) in &toml_file::table(&text) {
        let name: &str = key.get_ref();
        if !KINDS.contains(&name) {
            reader.toml.unknown(key, &KINDS);
            continue;
        }
        let DeValue::Array(entries) = value.get_ref() else {
            reader
                .toml
                .wrong(value, say("words-table").with("name", name));
            continue;
        };
        for (at, entry) in entries.iter().enumerate() {
            match (name, entry.get_ref()) {
                ("same", DeValue::Table(table)) => reader.same(entry, table, at),
                ("joined", DeValue::Table(table)) => reader.joined(entry, table),
                ("urgent", DeValue::Table(table)) => reader.urgent(entry, table),
                ("elsewhere", DeValue::Table(table)) => {
                    reader.toml.only(table, &["it", "en"]);
                    let needs = reader.needs(entry, table);
                    reader.read.words.elsewhere.push(needs);
                }
                _ => reader
                    .toml
                    .wrong(entry, say("words-table").with("name", name)),
            }
        }
    }
    let mut read = reader.read;
    read.diagnostics = reader.toml.into_diagnostics();
    read
}

struct Reader {
    toml: TomlFile,
    read: Read,
}

impl Reader {
    fn same(&mut self, entry: &Value<'_>, table: &DeTable<'_>, thing: usize) {
        let mut count = 0;
        for (key, value) in table {
            let Some(lang) = self.toml.lang(key) else {
                continue;
            };
            let words = self.list(value);
            count += words.len();
            self.read.words.same.push(Same {
                lang,
                thing,
                words: words.iter().map(|word| word.value.clone()).collect(),
            });
            let placed = words.into_iter().map(|word| (thing, lang, word));
            self.read.outline.same.extend(placed);
        }
        if count < 2 {
            self.toml.wrong(entry, say("words-group"));
        }
    }

    fn joined(&mut self, entry: &Value<'_>, table: &DeTable<'_>) {
        self.toml.only(table, &["word", "said"]);
        let word = self.required(entry, table, "word");
        let said = self.required(entry, table, "said");
        let word = word.and_then(|word| self.toml.said(word));
        let said = said.map(|said| self.list(said)).unwrap_or_default();
        let Some(word) = word else { return };
        if word.value.contains(char::is_whitespace) {
            let message = say("words-joined");
            self.toml
                .complaints
                .add(&invalid_value::RULE, word.span, message);
            return;
        }
        self.read.words.joined.push(JoinedWord {
            word: word.value.clone(),
            said: said.iter().map(|one| one.value.clone()).collect(),
        });
        let placed = said.into_iter().map(|one| (one, word.value.clone()));
        self.read.outline.joined.extend(placed);
    }

    fn urgent(&mut self, entry: &Value<'_>, table: &DeTable<'_>) {
        self.toml.only(table, &["place", "it", "en"]);
        let place = self.required(entry, table, "place");
        let place = place.and_then(|place| self.toml.said(place));
        let needs = self.needs(entry, table);
        let Some(written) = place else { return };
        let Some(place) = WordPlace::parse(&written.value) else {
            let message = say("words-place").with("place", &written.value);
            self.toml.complaints.add_with_help(
                &invalid_value::RULE,
                written.span,
                message,
                say("words-place-help"),
            );
            return;
        };
        self.read.outline.places.push(written);
        self.read.words.urgent.push(Urgent { place, needs });
    }

    fn needs(&mut self, entry: &Value<'_>, table: &DeTable<'_>) -> SaidNeeds {
        let mut needs = SaidNeeds::new();
        for (key, value) in table {
            let lang = Lang::ALL
                .into_iter()
                .find(|lang| lang.code() == key.get_ref());
            if let Some(lang) = lang {
                let list = self.list(value).into_iter().map(|need| need.value);
                needs.insert(lang, list.collect());
            }
        }
        if !needs.contains_key(&Lang::It) {
            let message = say("words-needs-italian");
            self.toml
                .complaints
                .add(&missing_key::RULE, entry.span(), message);
        }
        needs
    }

    fn required<'t, 'i>(
        &mut self,
        entry: &Value<'_>,
        table: &'t DeTable<'i>,
        name: &str,
    ) -> Option<&'t Value<'i>> {
        let found = table.get(name);
        if found.is_none() {
            let message = say("words-missing").with("key", name);
            self.toml
                .complaints
                .add(&missing_key::RULE, entry.span(), message);
        }
        found
    }

    fn list(&mut self, value: &Value<'_>) -> Vec<Placed<String>> {
        let DeValue::Array(list) = value.get_ref() else {
            self.toml.wrong(value, say("words-list"));
            return Vec::new();
        };
        if list.len() > MOST {
            self.toml.wrong(value, say("words-most").with("most", MOST));
        }
        let texts = list.iter().take(MOST);
        texts.filter_map(|text| self.toml.said(text)).collect()
    }
}
