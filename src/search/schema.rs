//! What is kept of a section, and how it is found.

use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing,
    TextOptions, Value,
};
use tantivy::{TantivyDocument, Term};

use crate::domain::ids::{LessonId, ModuleId};
use crate::domain::locale::Lang;

use super::analysis;

/// The fields of the index. Those in which words are looked up exist once for each language, since
/// a word has another stem in each.
#[derive(Debug, Clone, Copy)]
pub(super) struct IndexFields {
    pub(super) module: Field,
    pub(super) lesson: Field,
    pub(super) anchor: Field,
    pub(super) level: Field,
    pub(super) domain: Field,
    pub(super) competence: Field,
    /// A number for module and lesson, whatever the language: sections with the same are of one
    /// lesson.
    pub(super) group: Field,
    /// A number for language and heading ([`super::names::place`]).
    pub(super) place: Field,
    italian: TextFields,
    english: TextFields,
}

/// The words of one language.
#[derive(Debug, Clone, Copy)]
pub(super) struct TextFields {
    /// Stems of the questions that the lesson answers, in its first section.
    pub(super) asks: Field,
    /// Stems of the lesson's title, or of the module's for the module's own page.
    pub(super) title: Field,
    /// Stems of the heading.
    pub(super) heading: Field,
    /// Stems of what the lesson belongs to: the module's title and keywords.
    pub(super) about: Field,
    /// Stems of the text.
    pub(super) text: Field,
    /// Stems that stand side by side in the title, the heading or a keyword.
    pub(super) pairs: Field,
    /// Title and heading as they are written, stop words included.
    pub(super) names: Field,
    /// Every word as it is written: what a mistyped word is corrected to.
    pub(super) words: Field,
}

/// A section as it is read back.
pub(super) struct Stored {
    pub(super) module: ModuleId,
    pub(super) lesson: Option<LessonId>,
    pub(super) anchor: Option<String>,
    pub(super) lang: Lang,
    pub(super) title: String,
    pub(super) heading: Option<String>,
    pub(super) text: String,
}

/// The schema and its fields.
pub(super) fn schema() -> (Schema, IndexFields) {
    let mut schema = Schema::builder();
    let fields = IndexFields {
        module: schema.add_text_field("module", STRING | STORED),
        lesson: schema.add_text_field("lesson", STORED),
        anchor: schema.add_text_field("anchor", STORED),
        level: schema.add_u64_field("level", INDEXED),
        domain: schema.add_text_field("domain", STRING),
        competence: schema.add_text_field("competence", STRING),
        group: schema.add_u64_field("group", FAST),
        place: schema.add_u64_field("place", FAST),
        italian: text_fields(&mut schema, Lang::It),
        english: text_fields(&mut schema, Lang::En),
    };
    (schema.build(), fields)
}

fn text_fields(schema: &mut tantivy::schema::SchemaBuilder, lang: Lang) -> TextFields {
    let indexed = |tokenizer: &str, option| {
        TextOptions::default().set_indexing_options(
            TextFieldIndexing::default()
                .set_tokenizer(tokenizer)
                .set_index_option(option),
        )
    };
    let stems = indexed(analysis::stems(lang), IndexRecordOption::WithFreqs);
    let pairs = indexed(analysis::pairs(lang), IndexRecordOption::WithFreqs);
    let names = indexed(analysis::WORDS, IndexRecordOption::WithFreqsAndPositions);
    let words = indexed(analysis::WORDS, IndexRecordOption::Basic);
    let name = |field: &str| format!("{field}_{lang}");
    TextFields {
        asks: schema.add_text_field(&name("asks"), stems.clone()),
        title: schema.add_text_field(&name("title"), stems.clone().set_stored()),
        heading: schema.add_text_field(&name("heading"), stems.clone().set_stored()),
        about: schema.add_text_field(&name("about"), stems.clone()),
        text: schema.add_text_field(&name("text"), stems.set_stored()),
        pairs: schema.add_text_field(&name("pairs"), pairs),
        names: schema.add_text_field(&name("names"), names),
        words: schema.add_text_field(&name("words"), words),
    }
}

impl IndexFields {
    /// The words of a language.
    pub(super) const fn of(&self, lang: Lang) -> &TextFields {
        match lang {
            Lang::It => &self.italian,
            Lang::En => &self.english,
        }
    }

    /// What identifies everything of a module.
    pub(super) fn module_term(&self, id: &ModuleId) -> Term {
        Term::from_field_text(self.module, id.as_str())
    }

    /// Reads a section back; `None` for one that this schema did not write.
    pub(super) fn read(&self, doc: &TantivyDocument) -> Option<Stored> {
        let text = |field| doc.get_first(field).and_then(|value| value.as_str());
        let lang = Lang::ALL
            .into_iter()
            .find(|lang| doc.get_first(self.of(*lang).title).is_some())?;
        let of = self.of(lang);
        Some(Stored {
            module: ModuleId::parse(text(self.module)?).ok()?,
            lesson: text(self.lesson).and_then(|id| LessonId::parse(id).ok()),
            anchor: text(self.anchor).map(str::to_owned),
            lang,
            title: text(of.title).unwrap_or_default().to_owned(),
            heading: text(of.heading).map(str::to_owned),
            text: text(of.text).unwrap_or_default().to_owned(),
        })
    }
}
