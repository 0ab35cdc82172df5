//! What the log says of errors in the courses, and of what they leave out.

use std::path::Path;

use crate::content::Severity;
use crate::content::message::{Message, say};
use crate::domain::locale::Lang;
use crate::web::publisher::FoundCourse;

/// Says that something is wrong with the courses and what is left out; `autonomia check` says what.
pub(super) fn complain(found: &FoundCourse, folder: &Path, lang: Lang) {
    let errors = found.complaints.iter();
    let errors = errors.filter(|one| one.severity == Severity::Error).count();
    if errors == 0 {
        return;
    }
    let mistakes = say("serve-mistakes").with("count", errors);
    let mistakes = mistakes.with("folder", folder.display().to_string());
    tracing::warn!("{}", mistakes.text(lang));
    if let Some(line) = not_served(found) {
        tracing::warn!("{}", line.text(lang));
    }
}

/// What is not served because of errors.
pub(super) fn not_served(found: &FoundCourse) -> Option<Message> {
    if found.held {
        return Some(say("serve-held"));
    }
    let modules = found.left_out.modules.iter();
    let modules = modules.map(|(folder, requires)| match requires {
        None => say("serve-module").with("folder", folder),
        Some(id) => say("serve-module-requires")
            .with("folder", folder)
            .with("module", id.to_string()),
    });
    let paths = found.left_out.paths.iter();
    let paths = paths.map(|id| say("serve-path").with("path", id.to_string()));
    let what: Vec<Message> = modules.chain(paths).collect();
    (!what.is_empty()).then(|| say("serve-left-out").with("what", what))
}
