//! One module's folder, from its files to what the course needs of it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::domain::locale::Lang;

use super::assemble::{self, Assembled};
use super::diagnostic::{Diagnostic, Severity, any_error};
use super::document::{BodyPart, Document, FileKind};
use super::links::{self, Addresses};
use super::message::{Message, say};
use super::outline::Outline;
use super::parse::{FileName, parse};
use super::regions::Regional;
use super::rules::{self, file_name, image_unusable, incomplete_module, unusable_file};
use super::source::{ModuleSource, SourceFile};
use super::{asks, image, module};

/// A compiled folder. Nothing of its files is kept but those that are complained about.
pub(super) struct CompiledModule {
    pub(super) outline: Arc<Outline>,
    pub(super) addresses: Option<Addresses>,
    pub(super) diagnostics: Vec<Diagnostic>,
    /// With the links to other folders still open; `None` where there is an error.
    pub(super) assembled: Option<Assembled>,
    /// The links to other folders, as [`links::outward`] takes them.
    pub(super) outward: BTreeSet<String>,
}

/// Compiles a folder with the values of a region.
pub(super) fn compile_module(source: &ModuleSource, regional: &Regional) -> CompiledModule {
    let folder = source.folder.as_str();
    let mut diagnostics = Vec::new();
    for unreadable in &source.unreadable {
        let rule = if unreadable.image {
            &image_unusable::RULE
        } else {
            &unusable_file::RULE
        };
        let message = say("unusable-file").with("reason", unreadable.reason.clone());
        diagnostics.push(Diagnostic::new(rule, &unreadable.file, 0..0, message));
    }
    for file in &source.overlooked {
        let message = say("file-overlooked");
        let complaint = Diagnostic::new(&file_name::RULE, file, 0..0, message);
        let complaint = complaint.with_help(say("file-overlooked-help"));
        diagnostics.push(complaint.with_severity(Severity::Warning));
    }
    let images = images(source, &mut diagnostics);
    let mut documents = documents(source, &images, regional, &mut diagnostics);
    name_kinds(&mut documents);
    let of_asks = source.asks.as_ref();
    let all_read = documents.len() == source.files.len() && source.unreadable.is_empty();
    let of_asks = of_asks.map(|file| asks::heard(file, &mut documents, all_read));
    completeness(source, &documents, &mut diagnostics);
    diagnostics.extend(rules::check_module(&documents));
    let mut outline = Outline::of(folder, &documents);
    // A file that is no text, or whose name is none.
    outline.unread |= !all_read;
    let outline = Arc::new(outline);
    let outward: BTreeSet<String> = outline
        .outward
        .iter()
        .filter_map(|(_, at)| match super::link::target(&at.file, &at.value) {
            super::link::LinkTarget::File { path, anchor } => Some(match anchor {
                Some(anchor) => format!("{path}#{anchor}"),
                None => path,
            }),
            _ => None,
        })
        .collect();
    let addresses = assemble::addresses(&documents);
    let assembled = match &addresses {
        Some(own) if !any_error(&diagnostics) => {
            let mut assembled = assemble::assemble(folder, documents, images);
            if let Some(assembled) = &mut assembled {
                links::resolve_own(folder, own, &mut assembled.module);
                if outward.is_empty() {
                    assembled.module.pack();
                }
            }
            assembled
        }
        _ => None,
    };
    diagnostics.extend(of_asks.unwrap_or_default());
    CompiledModule {
        outline,
        addresses,
        diagnostics,
        assembled,
        outward,
    }
}

fn images(
    source: &ModuleSource,
    diagnostics: &mut Vec<Diagnostic>,
) -> BTreeMap<String, module::Image> {
    let mut images = BTreeMap::new();
    for (name, bytes) in &source.images {
        match image::read(name, bytes) {
            Ok(image) => {
                images.insert(name.clone(), image);
            }
            Err(reason) => {
                let file = SourceFile::new(format!("{}/images/{name}", source.folder), "");
                let message = say("image-unusable").with("reason", reason);
                diagnostics.push(Diagnostic::new(&image_unusable::RULE, &file, 0..0, message));
            }
        }
    }
    images
}

fn documents(
    source: &ModuleSource,
    images: &BTreeMap<String, module::Image>,
    regional: &Regional,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Document> {
    let mut documents = Vec::with_capacity(source.files.len());
    for file in &source.files {
        let Some(name) = FileName::of(&file.path) else {
            diagnostics.push(
                Diagnostic::new(&file_name::RULE, file, 0..0, say("file-name"))
                    .with_help(say("file-name-help")),
            );
            continue;
        };
        let (document, complaints) = parse(file, name, images, regional);
        documents.push(document);
        diagnostics.extend(complaints);
    }
    documents
}

/// A translation is a quiz if its original is one.
fn name_kinds(documents: &mut [Document]) {
    let quizzes: BTreeSet<String> = documents
        .iter()
        .filter(|document| document.lang == Lang::It && document.kind == FileKind::Quiz)
        .map(|document| document.stem.clone())
        .collect();
    for document in documents
        .iter_mut()
        .filter(|document| document.lang != Lang::It && document.kind != FileKind::Module)
    {
        document.kind = if quizzes.contains(&document.stem) {
            FileKind::Quiz
        } else {
            FileKind::Lesson
        };
    }
}

/// Complains about what a module must have and has not.
fn completeness(source: &ModuleSource, documents: &[Document], out: &mut Vec<Diagnostic>) {
    let mut complain = |file: &Arc<SourceFile>, message: Message| {
        out.push(Diagnostic::new(
            &incomplete_module::RULE,
            file,
            0..0,
            message,
        ));
    };
    let Some(any) = source.files.first() else {
        return;
    };
    let of = |lang: Lang, kind: FileKind| {
        documents
            .iter()
            .filter(move |document| document.lang == lang && document.kind == kind)
    };
    for lang in Lang::ALL {
        let head = of(lang, FileKind::Module).next();
        let first = documents.iter().find(|document| document.lang == lang);
        match (head, first) {
            (None, Some(first)) if lang == Lang::It => {
                complain(&first.file, say("module-without-head"));
            }
            (None, Some(first)) => {
                let message = say("translation-without-head").with("lang", lang.code());
                complain(&first.file, message);
            }
            _ => {}
        }
        for lesson in of(lang, FileKind::Lesson).filter(|lesson| is_silent(lesson)) {
            complain(&lesson.file, say("lesson-without-text"));
        }
        for second in of(lang, FileKind::Quiz).skip(1) {
            complain(&second.file, say("module-second-quiz"));
        }
        for quiz in of(lang, FileKind::Quiz) {
            let asks = |part: &BodyPart| matches!(part, BodyPart::Question(_));
            if !quiz.body.iter().any(asks) {
                complain(&quiz.file, say("quiz-without-questions"));
            }
        }
    }
    let italian = documents.iter().any(|document| document.lang == Lang::It);
    if !italian {
        complain(any, say("module-without-head"));
    } else if of(Lang::It, FileKind::Lesson).next().is_none()
        && let Some(head) = of(Lang::It, FileKind::Module).next()
    {
        complain(&head.file, say("module-without-lessons"));
    }
}

/// Whether a lesson that can be read has nothing but headings.
fn is_silent(lesson: &Document) -> bool {
    let says_nothing = |line: &str| {
        // A question or a practice has classes in its braces.
        let is_heading = line.starts_with('#') && !line.contains(" .") && !line.contains("{.");
        is_heading || line.trim().is_empty()
    };
    let body = lesson.file.text.get(lesson.front.span.end..);
    lesson.front.id.is_some() && body.is_some_and(|body| body.lines().all(says_nothing))
}
