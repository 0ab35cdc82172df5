//! What people say who need a lesson. For the search alone; shown to nobody.
//!
//! A lesson's own front matter has up to twenty questions that it was written for (`asks`). What people
//! were heard to say since is in the module's `asks.toml`, by lesson and language, as much as there is:
//! the more ways of saying it are there, the more of those are found that nobody thought of.

use std::sync::Arc;

use toml::de::{DeTable, DeValue};

use super::complaints::Complaints;
use super::diagnostic::{Diagnostic, Severity};
use super::document::{Document, FileKind, Placed};
use super::front_matter::suggestion;
use super::message::{Message, one_line, say};
use super::rules::{invalid_value, word_leads_nowhere};
use super::source::SourceFile;
use super::toml_file::{self, LONGEST, TomlFile, Value};

/// The most questions of a lesson's front matter.
const MOST: usize = 20;

/// What is wrong with a question that is too long.
pub(super) fn too_long(ask: &str) -> Option<Message> {
    let length = ask.chars().count();
    (length > LONGEST).then(|| {
        say("asks-long")
            .with("characters", length)
            .with("most", LONGEST)
    })
}

/// No more questions than a front matter may have; those beyond are complained about.
pub(super) fn bound(asks: &mut Vec<Placed<String>>, complaints: &mut Complaints) {
    if let Some(first) = asks.get(MOST) {
        let count = asks.len();
        let message = say("asks-many").with("count", count).with("most", MOST);
        complaints.add(&invalid_value::RULE, first.span.clone(), message);
        asks.truncate(MOST);
    }
}

/// Reads a module's `asks.toml` and gives each lesson what is said of it. Where not all of the module
/// could be read, a lesson that is not there may be one that has complaints of its own.
pub(super) fn heard(
    file: &Arc<SourceFile>,
    documents: &mut [Document],
    all_read: bool,
) -> Vec<Diagnostic> {
    let (mut toml, text) = TomlFile::read(file);
    let all_read = all_read && documents.iter().all(|one| one.front.id.is_some());
    for (lesson, value) in &toml_file::table(&text) {
        let id: &str = lesson.get_ref();
        let mut editions: Vec<&mut Document> = documents
            .iter_mut()
            .filter(|one| one.kind == FileKind::Lesson)
            .filter(|one| one.front.id.as_ref().is_some_and(|own| own.value == id))
            .collect();
        let table = match value.get_ref() {
            DeValue::Table(table) if !editions.is_empty() => table,
            DeValue::Table(_) if !all_read => continue,
            DeValue::Table(_) => {
                drop(editions);
                let ids = documents.iter().filter(|one| one.kind == FileKind::Lesson);
                let ids: Vec<&str> = ids
                    .filter_map(|one| Some(one.front.id.as_ref()?.value.as_str()))
                    .collect();
                let message = say("asks-without-lesson").with("lesson", one_line(id));
                let span = lesson.span();
                let help = suggestion(id, &ids);
                toml.complaints
                    .add_with_help(&word_leads_nowhere::RULE, span, message, help);
                continue;
            }
            _ => {
                toml.wrong(value, say("asks-table"));
                continue;
            }
        };
        add(&mut toml, table, &mut editions);
    }
    // No page is made of it: the module is served, without what is wrong here.
    let complaints = toml.into_diagnostics().into_iter();
    complaints
        .map(|complaint| complaint.with_severity(Severity::Warning))
        .collect()
}

fn add(toml: &mut TomlFile, table: &DeTable<'_>, editions: &mut [&mut Document]) {
    for (key, value) in table {
        let Some(lang) = toml.lang(key) else { continue };
        let Some(edition) = editions.iter_mut().find(|one| one.lang == lang) else {
            let message = say("asks-without-edition").with("lang", lang.code());
            let span = value.span();
            toml.complaints
                .add(&word_leads_nowhere::RULE, span, message);
            continue;
        };
        let asks = list(toml, value);
        let own = &mut edition.front.asks;
        for ask in asks {
            if own.iter().all(|one| one.value != ask.value) {
                own.push(ask);
            }
        }
    }
}

fn list(toml: &mut TomlFile, value: &Value<'_>) -> Vec<Placed<String>> {
    let DeValue::Array(list) = value.get_ref() else {
        toml.wrong(value, say("words-list"));
        return Vec::new();
    };
    list.iter().filter_map(|ask| toml.said(ask)).collect()
}
