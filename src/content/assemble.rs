//! From the sound documents of a folder to a [`Module`], its addresses and its text for search.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::domain::digcomp::Competence;
use crate::domain::facilita::PublicDomain;
use crate::domain::ids::{LessonId, ModuleId, QuestionId};
use crate::domain::locale::Lang;
use crate::domain::score::Percent;

use super::compiler::Section;
use super::document::{BodyPart, Document, FileKind, ParsedQuestion, ProsePlace};
use super::lesson::{Block, Lesson, Quiz};
use super::links::Addresses;
use super::module::{Edition, Image, KeyChange, Module};
use super::question::Question;

/// What a folder becomes.
#[derive(Debug)]
pub(super) struct Assembled {
    pub(super) module: Module,
    pub(super) sections: Vec<Section>,
}

/// The addresses of a folder's pages; `None` where the module has no id.
pub(super) fn addresses(documents: &[Document]) -> Option<Addresses> {
    let mut module = None;
    let mut files = BTreeMap::new();
    for document in documents.iter().filter(|d| d.lang == Lang::It) {
        let id = document.front.id.as_ref().map(|id| id.value.as_str());
        match document.kind {
            FileKind::Module => module = id.and_then(|id| ModuleId::parse(id).ok()),
            FileKind::Quiz => {
                files.insert(document.stem.clone(), None);
            }
            FileKind::Lesson => {
                let lesson = id.and_then(|id| LessonId::parse(id).ok());
                files.extend(lesson.map(|lesson| (document.stem.clone(), Some(lesson))));
            }
        }
    }
    Some(Addresses::new(module?, files))
}

/// Puts a module together. `None` where something needed is missing, which was complained about.
pub(super) fn assemble(
    folder: &str,
    documents: Vec<Document>,
    images: BTreeMap<String, Image>,
) -> Option<Assembled> {
    let mut sections = Vec::new();
    let mut by_lang: BTreeMap<Lang, Vec<Document>> = BTreeMap::new();
    for document in documents {
        sections.extend(sections_of(&document)?);
        by_lang.entry(document.lang).or_default().push(document);
    }
    let mut originals = by_lang.remove(&Lang::It)?;
    originals.sort_by(|a, b| a.stem.cmp(&b.stem));
    let at = originals.iter().position(|d| d.kind == FileKind::Module)?;
    let head = originals.remove(at);
    let front = &head.front;
    let list = |values: &[super::document::Placed<String>]| -> Vec<String> {
        values.iter().map(|value| value.value.clone()).collect()
    };
    let mut module = Module {
        id: ModuleId::parse(&front.id.as_ref()?.value).ok()?,
        folder: folder.to_owned(),
        rev: u32::try_from(front.rev.as_ref()?.value).ok()?,
        level: u8::try_from(front.level.as_ref()?.value).ok()?,
        digcomp: front
            .digcomp
            .iter()
            .filter_map(|code| Competence::from_code(&code.value))
            .collect(),
        domains: front
            .domains
            .iter()
            .filter_map(|code| PublicDomain::from_code(&code.value))
            .collect(),
        minutes: u16::try_from(front.minutes.as_ref()?.value).ok()?,
        pass: Percent::new(u8::try_from(front.pass.as_ref()?.value).ok()?)?,
        requires: front
            .requires
            .iter()
            .filter_map(|id| ModuleId::parse(&id.value).ok())
            .collect(),
        sources: list(&front.sources),
        changes: front
            .changes
            .iter()
            .filter_map(|(id, way)| {
                let id = QuestionId::parse(&id.value).ok()?;
                Some((id, KeyChange::from_word(&way.value)?))
            })
            .collect(),
        original: edition(head, originals, None)?,
        translations: BTreeMap::new(),
        images,
    };
    for (lang, mut documents) in by_lang {
        documents.sort_by(|a, b| a.stem.cmp(&b.stem));
        let at = documents.iter().position(|d| d.kind == FileKind::Module)?;
        let head = documents.remove(at);
        let translation = edition(head, documents, Some(&module.original))?;
        module.translations.insert(lang, translation);
    }
    Some(Assembled { module, sections })
}

/// An edition from its `module.md` and its other files in order. A translation takes lengths
/// and key hashes from the original.
fn edition(head: Document, others: Vec<Document>, original: Option<&Edition>) -> Option<Edition> {
    let lang = head.lang;
    let front = &head.front;
    let mut edition = Edition {
        lang,
        title: front.title.as_ref()?.value.clone(),
        summary: front.summary.as_ref()?.value.clone(),
        keywords: front.keywords.iter().map(|k| k.value.clone()).collect(),
        verified: front.verified.as_ref()?.value,
        intro_html: String::new(),
        lessons: Vec::new(),
        quiz: None,
    };
    edition.intro_html = html(head);
    for document in others {
        let title = document.front.title.as_ref()?.value.clone();
        if document.kind == FileKind::Quiz {
            let originals: Vec<&Arc<Question>> = original
                .and_then(|edition| edition.quiz.as_ref())
                .map(|quiz| quiz.questions.iter().collect())
                .unwrap_or_default();
            let mut document = document;
            let questions = std::mem::take(&mut document.questions)
                .into_iter()
                .map(|parsed| in_step(parsed, &originals))
                .collect();
            edition.quiz = Some(Quiz {
                title,
                intro_html: html(document),
                questions,
            });
            continue;
        }
        let id = LessonId::parse(&document.front.id.as_ref()?.value).ok()?;
        let twin = original.and_then(|edition| edition.lesson(&id));
        let minutes = match (&document.front.minutes, twin) {
            (_, Some(twin)) => twin.minutes,
            (Some(minutes), None) => u16::try_from(minutes.value).ok()?,
            (None, None) => return None,
        };
        let originals: Vec<&Arc<Question>> = twin
            .map(|twin| twin.questions().collect())
            .unwrap_or_default();
        let mut questions: Vec<Option<Arc<Question>>> = document
            .questions
            .into_iter()
            .map(|parsed| Some(in_step(parsed, &originals)))
            .collect();
        let body = document
            .body
            .into_iter()
            .filter_map(|part| match part {
                BodyPart::Html(html) => Some(Block::Html(html.into())),
                BodyPart::Question(at) => questions.get_mut(at)?.take().map(Block::Practice),
            })
            .collect();
        edition.lessons.push(Lesson {
            id,
            title,
            summary: document.front.summary.map(|summary| summary.value),
            asks: document
                .front
                .asks
                .into_iter()
                .map(|ask| ask.value)
                .collect(),
            minutes,
            body,
        });
    }
    Some(edition)
}

/// The text of a file without its questions.
fn html(document: Document) -> String {
    let parts = document.body.into_iter().filter_map(|part| match part {
        BodyPart::Html(html) => Some(html),
        BodyPart::Question(_) => None,
    });
    parts.collect()
}

/// A translated question has the key hash of its original: that their keys agree was checked, but
/// for the accepted texts, which are each language's own.
fn in_step(parsed: ParsedQuestion, originals: &[&Arc<Question>]) -> Arc<Question> {
    let mut question = parsed.question;
    if let Some(original) = originals.iter().find(|other| other.id == question.id) {
        let own = Arc::make_mut(&mut question);
        own.key_hash.clone_from(&original.key_hash);
    }
    question
}

/// The text of a file by headings. A quiz has none.
fn sections_of(document: &Document) -> Option<Vec<Section>> {
    let lesson = match document.kind {
        FileKind::Module => None,
        FileKind::Lesson => Some(LessonId::parse(&document.front.id.as_ref()?.value).ok()?),
        FileKind::Quiz => return Some(Vec::new()),
    };
    let mut sections: Vec<(Option<usize>, Section)> = Vec::new();
    for prose in document
        .prose
        .iter()
        .filter(|p| p.place == ProsePlace::Text)
    {
        match sections.last_mut() {
            Some((under, section)) if *under == prose.under => {
                section.text.push('\n');
                section.text.push_str(&prose.text);
            }
            _ => {
                let heading = prose.under.and_then(|at| document.headings.get(at));
                let title = || document.front.title.as_ref().map(|t| t.value.clone());
                sections.push((
                    prose.under,
                    Section {
                        lang: document.lang,
                        lesson: lesson.clone(),
                        anchor: heading.map(|heading| heading.id.clone()),
                        heading: heading.map_or_else(title, |h| Some(h.text.clone()))?,
                        text: prose.text.clone(),
                    },
                ));
            }
        }
    }
    Some(sections.into_iter().map(|(_, section)| section).collect())
}
