//! `paths.toml`: learning paths, a need of the citizen and the modules that meet it.

use std::collections::HashMap;
use std::sync::Arc;

use toml::de::DeValue;

use crate::domain::ids::{ModuleId, PathId};
use crate::domain::locale::Lang;

use super::catalogue::LearningPath;
use super::diagnostic::Diagnostic;
use super::document::Placed;
use super::markdown::suggested_id;
use super::message::say;
use super::outline::PathOutline;
use super::rules::{invalid_id, missing_key};
use super::source::SourceFile;
use super::toml_file::{self, TomlFile, Value};

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
    let (toml, text) = TomlFile::read(file);
    let mut reader = Reader { toml };
    let mut paths = Paths::default();
    for (key, value) in &toml_file::table(&text) {
        match (key.get_ref().as_ref(), value.get_ref()) {
            ("path", DeValue::Array(list)) => {
                for path in list.iter() {
                    if let Some((path, outline)) = reader.path(path) {
                        paths.paths.push(path);
                        paths.outlines.push(outline);
                    }
                }
            }
            ("path", _) => reader.toml.wrong(value, say("path-table")),
            _ => reader.toml.unknown(key, &["path"]),
        }
    }
    paths.diagnostics = reader.toml.into_diagnostics();
    paths
}

struct Reader {
    toml: TomlFile,
}

impl Reader {
    fn path(&mut self, value: &Value<'_>) -> Option<(LearningPath, PathOutline)> {
        let DeValue::Table(table) = value.get_ref() else {
            self.toml.wrong(value, say("path-table"));
            return None;
        };
        self.toml.only(table, KEYS);
        let mut get = |name: &str| {
            let found = table.get(name);
            if found.is_none() && self.toml.sound {
                let message = say("path-missing-key").with("key", name);
                self.toml
                    .complaints
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
            self.toml.complaints.add_with_help(
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
            self.toml.wrong(value, say("path-languages"));
            return None;
        };
        let mut texts = HashMap::new();
        for (key, value) in table {
            if let Some(lang) = self.toml.lang(key) {
                texts.extend(self.text(value).map(|text| (lang, text.value)));
            }
        }
        if !texts.contains_key(&Lang::It) {
            let message = say("path-italian");
            self.toml
                .complaints
                .add(&missing_key::RULE, value.span(), message);
            return None;
        }
        Some(texts)
    }

    fn modules(&mut self, value: &Value<'_>) -> Option<Vec<Placed<String>>> {
        let DeValue::Array(list) = value.get_ref() else {
            self.toml.wrong(value, say("path-modules"));
            return None;
        };
        let modules: Vec<_> = list.iter().filter_map(|id| self.text(id)).collect();
        if modules.is_empty() {
            self.toml.wrong(value, say("path-empty"));
        }
        Some(modules)
    }

    fn text(&mut self, value: &Value<'_>) -> Option<Placed<String>> {
        let Some(text) = toml_file::text(value) else {
            self.toml.wrong(value, say("path-text"));
            return None;
        };
        let span = value.span();
        Some(Placed { value: text, span })
    }
}
