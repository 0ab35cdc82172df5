//! A section on its way into the index. Its text is not copied: for a while all of a new course is
//! waiting here.

use std::sync::Arc;

use tantivy::schema::Field;
use tantivy::schema::document::{ReferenceValue, ReferenceValueLeaf, Value};

use crate::content::compiler::{Changed, Section};
use crate::content::module::Module;

use super::names;
use super::schema::IndexFields;

/// A section and what it belongs to.
pub(super) struct SectionDocument {
    fields: IndexFields,
    module: Arc<Module>,
    section: Section,
}

impl SectionDocument {
    /// The documents of a module: every section, with the summary at the top of its own pages. A
    /// heading without text of its own, such as one over questions, has nothing to show.
    pub(super) fn all(fields: IndexFields, changed: Changed) -> Vec<Self> {
        let changed = with_first_sections(changed);
        let Changed { module, sections } = changed;
        let (tops, others): (Vec<_>, Vec<_>) = sections
            .into_iter()
            .partition(|section| section.lesson.is_none() && section.anchor.is_none());
        let pages = module.langs().map(|lang| {
            let edition = module.edition(lang);
            let tops = tops.iter().filter(|section| section.lang == lang);
            Section {
                lang,
                lesson: None,
                anchor: None,
                heading: edition.title.clone(),
                text: tops.fold(edition.summary.clone(), |text, top| text + "\n" + &top.text),
            }
        });
        let others = others
            .into_iter()
            .filter(|section| !section.text.trim().is_empty());
        pages
            .chain(others)
            .map(|section| Self {
                fields,
                module: Arc::clone(&module),
                section,
            })
            .collect()
    }

    fn group(&self) -> u64 {
        names::group(&self.module.id, self.section.lesson.as_ref())
    }

    fn place(&self) -> u64 {
        names::place(self.section.lang, self.section.anchor.as_deref())
    }
}

/// Every lesson begins with a section before its first heading, where it is found by its title and by
/// what it answers: where it has none of its own, its summary is one.
fn with_first_sections(mut changed: Changed) -> Changed {
    let module = Arc::clone(&changed.module);
    for lang in module.langs() {
        for lesson in &module.edition(lang).lessons {
            let own = |one: &&Section| one.lang == lang && one.lesson.as_ref() == Some(&lesson.id);
            let mut sections = changed.sections.iter().filter(own);
            let first = sections.clone().next().map(|first| first.text.clone());
            if sections.any(|one| one.anchor.is_none() && !one.text.trim().is_empty()) {
                continue;
            }
            changed.sections.push(Section {
                lang,
                lesson: Some(lesson.id.clone()),
                anchor: None,
                heading: lesson.title.clone(),
                text: lesson
                    .summary
                    .clone()
                    .or(first)
                    .unwrap_or_else(|| lesson.title.clone()),
            });
        }
    }
    changed
}

/// A value of a document.
#[derive(Debug, Clone, Copy)]
pub(super) enum DocumentPart<'a> {
    Text(&'a str),
    Number(u64),
}

impl<'a> Value<'a> for DocumentPart<'a> {
    type ArrayIter = std::iter::Empty<Self>;
    type ObjectIter = std::iter::Empty<(&'a str, Self)>;

    fn as_value(&self) -> ReferenceValue<'a, Self> {
        ReferenceValue::Leaf(match *self {
            DocumentPart::Text(text) => ReferenceValueLeaf::Str(text),
            DocumentPart::Number(number) => ReferenceValueLeaf::U64(number),
        })
    }
}

impl tantivy::Document for SectionDocument {
    type Value<'a> = DocumentPart<'a>;
    type FieldsValuesIter<'a> = std::vec::IntoIter<(Field, DocumentPart<'a>)>;

    fn iter_fields_and_values(&self) -> Self::FieldsValuesIter<'_> {
        let Self {
            fields,
            module,
            section,
        } = self;
        let of = fields.of(section.lang);
        let edition = module.edition(section.lang);
        let lesson = section.lesson.as_ref();
        let mut parts = vec![
            (fields.module, DocumentPart::Text(module.id.as_str())),
            (fields.level, DocumentPart::Number(u64::from(module.level))),
            (fields.group, DocumentPart::Number(self.group())),
            (fields.place, DocumentPart::Number(self.place())),
            (of.text, DocumentPart::Text(&section.text)),
            (of.words, DocumentPart::Text(&section.text)),
            (of.about, DocumentPart::Text(&edition.title)),
        ];
        let mut add = |field, text| parts.push((field, DocumentPart::Text(text)));
        for domain in &module.domains {
            add(fields.domain, domain.code());
        }
        for competence in &module.digcomp {
            add(fields.competence, competence.code());
        }
        if let Some(lesson) = lesson {
            add(fields.lesson, lesson.as_str());
        }
        for keyword in &edition.keywords {
            add(of.about, keyword);
            add(of.pairs, keyword);
        }
        let lesson = lesson.and_then(|id| edition.lesson(id));
        if let Some(summary) = lesson.and_then(|lesson| lesson.summary.as_deref()) {
            add(of.about, summary);
        }
        let asks = lesson.filter(|_| section.anchor.is_none());
        for ask in asks.iter().flat_map(|lesson| &lesson.asks) {
            add(of.asks, ask);
            add(of.words, ask);
        }
        let title = lesson.map_or(edition.title.as_str(), |lesson| lesson.title.as_str());
        add(of.title, title);
        let mut name = |name| {
            add(of.pairs, name);
            add(of.names, name);
            add(of.words, name);
        };
        name(title);
        if let Some(anchor) = section.anchor.as_deref() {
            name(&section.heading);
            add(of.heading, &section.heading);
            add(fields.anchor, anchor);
        }
        parts.into_iter()
    }
}
