//! A link leads to a file or a heading that is not there.
//!
//! Files are looked for from the folder of the file the link stands in, headings by their id. A
//! translation may link to the original's file name and means its own translation, if there is
//! one. A link to another module is written `../folder/01-lesson.md`.
//!
//! Wrong:
//!
//! ```markdown
//! Leggi [come scegliere il gestore](2-scegliere.md#costi).
//! ```
//!
//! Right:
//!
//! ```markdown
//! Leggi [come scegliere il gestore](02-scegliere.md#costi).
//! ```

use std::collections::{BTreeSet, HashMap};

use percent_encoding::percent_decode_str;

use super::{Course, MOST, nearest, short};
use crate::content::diagnostic::{Diagnostic, Rule, Severity};
use crate::content::document::Document;
use crate::content::link::{self, LinkTarget};
use crate::content::markdown::suggested_id;
use crate::content::message::{Message, say};
use crate::content::parse::is_anchor;
use crate::domain::locale::Lang;

pub(super) static RULE: Rule = Rule {
    code: "broken-link",
    severity: Severity::Error,
    page: include_str!("broken_link.rs"),
};

/// Links inside the module.
pub(super) fn check(documents: &[Document], out: &mut Vec<Diagnostic>) {
    let by_path: HashMap<&str, BTreeSet<&str>> = documents
        .iter()
        .map(|document| {
            let ids = document.headings.iter().map(|heading| heading.id.as_str());
            (document.file.path.as_str(), ids.collect())
        })
        .collect();
    for document in documents {
        let folder = document.file.path.split('/').next();
        let before = out.len();
        for link in &document.links {
            let LinkTarget::File { path, anchor } = link::target(&document.file.path, &link.target)
            else {
                continue;
            };
            if path.split('/').next() != folder {
                continue;
            }
            let ids = in_own_language(document.lang, &path, |path| by_path.get(path));
            let broken = match ids {
                None => Some(no_file(&path, by_path.keys().copied())),
                Some(ids) => anchor
                    .filter(|anchor| !ids.contains(anchor))
                    .map(|anchor| no_heading(&path, anchor, || ids.iter().copied())),
            };
            out.extend(broken.map(|(message, help)| Diagnostic {
                help,
                ..Diagnostic::new(&RULE, &document.file, link.span.clone(), message)
            }));
            if out.len() - before >= MOST {
                break;
            }
        }
    }
}

/// Links from module to module.
pub(super) fn check_course(course: &Course<'_>, out: &mut Vec<Diagnostic>) {
    let by_folder: HashMap<&str, _> = course
        .outlines
        .iter()
        .map(|outline| (outline.folder.as_str(), &outline.anchors))
        .collect();
    for outline in course.outlines {
        let before = out.len();
        for (lang, link) in &outline.outward {
            let LinkTarget::File { path, anchor } = link::target(&link.file, &link.value) else {
                continue;
            };
            let folder = path.split('/').next().unwrap_or("");
            let files = by_folder.get(folder);
            let ids = in_own_language(*lang, &path, |path| files.and_then(|files| files.get(path)));
            let broken = match ids {
                None => {
                    let files = files.iter().flat_map(|files| files.keys());
                    Some(no_file(&path, files.map(AsRef::as_ref)))
                }
                Some(ids) => anchor
                    .filter(|anchor| !ids.contains(*anchor))
                    .map(|anchor| no_heading(&path, anchor, || ids.iter().map(AsRef::as_ref))),
            };
            out.extend(broken.and_then(|(message, help)| {
                let complaint = course.complain(&RULE, &link.file, link.span.clone(), message)?;
                Some(Diagnostic { help, ..complaint })
            }));
            if out.len() - before >= MOST {
                break;
            }
        }
    }
}

fn in_own_language<T>(lang: Lang, path: &str, find: impl Fn(&str) -> Option<T>) -> Option<T> {
    link::in_lang(path, lang)
        .and_then(|own| find(&own))
        .or_else(|| find(path))
}

/// What is said of a link to a file that is not there, and a way to mend it. Only a Markdown file
/// is like another: whoever links a PDF does not mean a lesson.
fn no_file<'a>(path: &str, known: impl Iterator<Item = &'a str>) -> (Message, Option<Message>) {
    let message = say("broken-link-file").with("file", short(path));
    let wanted = path.rsplit('/').next().unwrap_or(path);
    let help = match wanted.rsplit_once('.').map(|(_, ending)| ending) {
        None | Some("md") => {
            let names = known.map(|path| path.rsplit('/').next().unwrap_or(path));
            let wanted = format!("{}.md", wanted.trim_end_matches(".md"));
            nearest(&wanted, names).map(|near| say("did-you-mean").with("name", near))
        }
        Some("png" | "jpg" | "jpeg" | "webp" | "svg") => Some(say("broken-link-image-help")),
        Some(_) => Some(say("broken-link-other-help")),
    };
    (message, help)
}

/// The same of a link to a heading.
fn no_heading<'a, I: Iterator<Item = &'a str>>(
    path: &str,
    anchor: &str,
    ids: impl Fn() -> I,
) -> (Message, Option<Message>) {
    let message = say("broken-link-heading")
        .with("file", short(path))
        .with("id", short(anchor));
    let written = percent_decode_str(anchor).decode_utf8_lossy();
    let sound = suggested_id(&written);
    let help = match ids()
        .find(|id| *id == sound)
        .or_else(|| nearest(&sound, ids()))
    {
        Some(near) => say("did-you-mean").with("name", format!("#{near}")),
        None if is_anchor(anchor) => say("broken-link-heading-help").with("id", anchor),
        None => say("broken-link-anchor-help").with("id", sound),
    };
    (message, Some(help))
}
