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

use super::{Course, MOST, nearest, short};
use crate::content::diagnostic::{Diagnostic, Rule, Severity};
use crate::content::document::Document;
use crate::content::link::{self, Target};
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
            let Target::File { path, anchor } = link::target(&document.file.path, &link.target)
            else {
                continue;
            };
            if path.split('/').next() != folder {
                continue;
            }
            let ids = in_own_language(document.lang, &path, |path| by_path.get(path));
            let broken = broken(
                &path,
                anchor,
                ids,
                |ids, anchor| ids.contains(anchor),
                || near(&path, by_path.keys().copied()),
            );
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
            let Target::File { path, anchor } = link::target(&link.file, &link.value) else {
                continue;
            };
            let folder = path.split('/').next().unwrap_or("");
            let files = by_folder.get(folder);
            let ids = in_own_language(*lang, &path, |path| files.and_then(|files| files.get(path)));
            let like = || {
                let files = files.iter().flat_map(|files| files.keys());
                near(&path, files.map(AsRef::as_ref))
            };
            let broken = broken(&path, anchor, ids, |ids, anchor| ids.contains(anchor), like);
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

/// What is wrong with a link, and a way to mend it.
fn broken<T>(
    path: &str,
    anchor: Option<&str>,
    ids: Option<&T>,
    has: impl Fn(&T, &str) -> bool,
    like: impl Fn() -> Option<String>,
) -> Option<(String, Option<String>)> {
    let Some(ids) = ids else {
        let help = like().map(|path| format!("did you mean `{path}`?"));
        return Some((format!("there is no file `{}`", short(path)), help));
    };
    let anchor = anchor?;
    if has(ids, anchor) {
        return None;
    }
    let (path, anchor) = (short(path), short(anchor));
    let message = format!("`{path}` has no heading with the id `{anchor}`");
    Some((
        message,
        Some(format!("give the heading an id: `{{#{anchor}}}`")),
    ))
}

/// The file of nearly the same name, in whatever folder.
fn near<'a>(path: &str, known: impl Iterator<Item = &'a str>) -> Option<String> {
    let wanted = path.rsplit('/').next().unwrap_or(path);
    let names = known.map(|path| path.rsplit('/').next().unwrap_or(path));
    nearest(wanted, names).map(str::to_owned)
}
