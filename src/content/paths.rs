//! `paths.toml`: learning paths, a need of the citizen and the modules that meet it.

use std::collections::HashMap;
use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::domain::ids::{ModuleId, PathId};
use crate::domain::locale::Lang;

use super::catalogue::LearningPath;
use super::complaints::Complaints;
use super::diagnostic::Diagnostic;
use super::document::Placed;
use super::front_matter::suggestion;
use super::markdown::suggested_id;
use super::message::{Message, one_line, say};
use super::outline::PathOutline;
use super::rules::{invalid_id, invalid_value, missing_key, toml_syntax, unknown_key};
use super::source::SourceFile;
use super::toml_text::{self, Within};

const KEYS: &[&str] = &["id", "title", "summary", "modules"];

/// What `paths.toml` says.
#[derive(Debug, Default)]
pub(super) struct Paths {
    pub(super) paths: Vec<LearningPath>,
    pub(super) outlines: Vec<PathOutline>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// Reads `paths.toml`. A path with mistakes is complained about and left out.
pub(super) fn parse(file: &Arc<SourceFile>) -> Paths {
    let mut reader = Reader {
        complaints: Complaints::new(file),
        sound: true,
    };
    let (toml, misread) = toml_text::mended(&file.text, Within::File);
    let (table, _) = DeTable::parse_recoverable(&toml);
    reader.sound = misread.is_empty();
    for one in misread {
        reader
            .complaints
            .add_with_help(&toml_syntax::RULE, one.span, one.message, one.help);
    }
    let mut paths = Paths::default();
    for (key, value) in table.get_ref() {
        match (key.get_ref().as_ref(), value.get_ref()) {
            ("path", DeValue::Array(list)) => {
                for path in list.iter() {
                    if let Some((path, outline)) = reader.path(path) {
                        paths.paths.push(path);
                        paths.outlines.push(outline);
                    }
                }
            }
            ("path", _) => reader.wrong(value, say("path-table")),
            (name, _) => reader.unknown(key, name, &["path"]),
        }
    }
    paths.diagnostics = reader.complaints.into_list();
    paths
}

struct Reader {
    complaints: Complaints,
    /// Whether all of it could be read: what is missing may else stand in what could not.
    sound: bool,
}

type Value<'i> = Spanned<DeValue<'i>>;

impl Reader {
    fn path(&mut self, value: &Value<'_>) -> Option<(LearningPath, PathOutline)> {
        let DeValue::Table(table) = value.get_ref() else {
            self.wrong(value, say("path-table"));
            return None;
        };
        for (key, _) in table {
            if !KEYS.contains(&key.get_ref().as_ref()) {
                self.unknown(key, key.get_ref(), KEYS);
            }
        }
        let mut get = |name: &str| {
            let found = table.get(name);
            if found.is_none() && self.sound {
                let message = say("path-missing-key").with("key", name);
                self.complaints
                    .add(&missing_key::RULE, value.span(), message);
            }
            found
        };
        let (id, title, summary, modules) =
            (get("id"), get("title"), get("summary"), get("modules"));
        let title = title.and_then(|value| self.by_lang(value));
        let summary = summary.and_then(|value| self.by_lang(value));
        let modules = modules.and_then(|value| self.modules(value));
        let id = id.and_then(|value| self.text(value))?;
        let Ok(path_id) = PathId::parse(&id.value) else {
            self.complaints.add_with_help(
                &invalid_id::RULE,
                id.span,
                say("invalid-id").with("id", &id.value),
                say("invalid-id-help").with("id", suggested_id(&id.value)),
            );
            return None;
        };
        let modules = modules?;
        let path = LearningPath {
            id: path_id,
            title: title?,
            summary: summary?,
            modules: modules
                .iter()
                .filter_map(|id| ModuleId::parse(&id.value).ok())
                .collect(),
        };
        Some((path, PathOutline { id, modules }))
    }

    fn by_lang(&mut self, value: &Value<'_>) -> Option<HashMap<Lang, String>> {
        let DeValue::Table(table) = value.get_ref() else {
            self.wrong(value, say("path-languages"));
            return None;
        };
        let mut texts = HashMap::new();
        for (key, value) in table {
            let name: &str = key.get_ref();
            match Lang::ALL.into_iter().find(|lang| lang.code() == name) {
                Some(lang) => texts.extend(self.text(value).map(|text| (lang, text.value))),
                None => self.unknown(key, name, &Lang::ALL.map(Lang::code)),
            }
        }
        if !texts.contains_key(&Lang::It) {
            let message = say("path-italian");
            self.complaints
                .add(&missing_key::RULE, value.span(), message);
            return None;
        }
        Some(texts)
    }

    fn modules(&mut self, value: &Value<'_>) -> Option<Vec<Placed<String>>> {
        let DeValue::Array(list) = value.get_ref() else {
            self.wrong(value, say("path-modules"));
            return None;
        };
        let modules: Vec<_> = list.iter().filter_map(|id| self.text(id)).collect();
        if modules.is_empty() {
            self.wrong(value, say("path-empty"));
        }
        Some(modules)
    }

    fn text(&mut self, value: &Value<'_>) -> Option<Placed<String>> {
        match value.get_ref() {
            DeValue::String(text) if !text.trim().is_empty() => Some(Placed {
                value: one_line(text.trim()),
                span: value.span(),
            }),
            _ => {
                self.wrong(value, say("path-text"));
                None
            }
        }
    }

    fn wrong(&mut self, value: &Value<'_>, message: Message) {
        self.complaints
            .add(&invalid_value::RULE, value.span(), message);
    }

    fn unknown<T>(&mut self, key: &Spanned<T>, name: &str, known: &[&str]) {
        self.complaints.add_with_help(
            &unknown_key::RULE,
            key.span(),
            say("path-unknown-key").with("key", one_line(name)),
            suggestion(name, known),
        );
    }
}
