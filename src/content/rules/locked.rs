//! The course beside its `ids.lock`: what the rules about published ids look at. Not a rule.

use std::sync::Arc;

use super::Course;
use super::{
    id_removed, id_returns, key_changed, lock_out_of_date, lock_unreadable, rev_went_down,
};
use crate::content::diagnostic::{Diagnostic, Rule};
use crate::content::lock::{self, Entry, IdKind, Lock, LockedId};
use crate::content::outline::{At, Outline};
use crate::content::source::{SourceFile, Span};

/// The course and its lock.
pub(super) struct Comparison<'a> {
    course: &'a Course<'a>,
    pub(super) file: &'a Arc<SourceFile>,
    old: &'a Lock,
    sources: &'a Lock,
}

pub(super) fn check(course: &Course<'_>, out: &mut Vec<Diagnostic>) {
    let (old, bad) = course
        .lock
        .map_or_else(Default::default, |file| Lock::parse(&file.text));
    let paths = course.paths.iter().map(|path| path.id.value.as_str());
    let outlines = course.outlines.iter().map(AsRef::as_ref);
    let sources = &Lock::of(outlines, paths);
    lock_out_of_date::check(course.lock, &old, sources, out);
    let Some(file) = course.lock else { return };
    lock_unreadable::check(file, bad, out);
    let comparison = Comparison {
        course,
        file,
        old: &old,
        sources,
    };
    id_removed::check(&comparison, out);
    id_returns::check(&comparison, out);
    key_changed::check(&comparison, out);
    rev_went_down::check(&comparison, out);
}

impl Comparison<'_> {
    /// The ids that are locked as live and not in the sources, with their lines.
    pub(super) fn removed(&self) -> impl Iterator<Item = (LockedId, Span)> {
        lock::lines(&self.file.text).filter_map(|(span, line)| {
            let (id, entry) = line.ok()?;
            let gone = !entry.retired && !self.sources.ids.contains_key(&id);
            gone.then_some((id, span))
        })
    }

    /// The ids that are both locked and in the sources: the id, as locked, as it is now.
    pub(super) fn known(&self) -> impl Iterator<Item = (&LockedId, &Entry, &Entry)> {
        let now = self.sources.ids.iter();
        now.filter_map(|(id, entry)| Some((id, self.old.ids.get(id)?, entry)))
    }

    /// What is locked of an id.
    pub(super) fn locked(&self, id: &LockedId) -> Option<&Entry> {
        self.old.ids.get(id)
    }

    /// The module an id belongs to, or is. Looked for through the course: only for complaints.
    pub(super) fn module_of(&self, id: &LockedId) -> Option<&Outline> {
        let module = id.name.split('/').next();
        let mut outlines = self.course.outlines.iter();
        let found =
            outlines.find(|outline| outline.id.as_ref().map(|id| id.value.as_str()) == module)?;
        Some(found)
    }

    /// The place of an id of the sources.
    pub(super) fn place_of(&self, id: &LockedId) -> Option<At<String>> {
        let inner = id.name.split_once('/').map_or("", |(_, inner)| inner);
        match id.kind {
            IdKind::Module => self.module_of(id)?.id.clone(),
            IdKind::Lesson | IdKind::Question => {
                let question = id.kind == IdKind::Question;
                let mut ids = self.module_of(id)?.ids.iter();
                let found = ids
                    .find(|other| other.id.value == inner && other.hashes.is_some() == question)?;
                Some(found.id.clone())
            }
            IdKind::Path => {
                let mut paths = self.course.paths.iter();
                let found = paths.find(|path| path.id.value == id.name)?;
                Some(At {
                    value: found.id.value.clone(),
                    file: "paths.toml".into(),
                    span: found.id.span.clone(),
                })
            }
        }
    }

    pub(super) fn complain<T>(
        &self,
        rule: &'static Rule,
        place: &At<T>,
        message: String,
    ) -> Option<Diagnostic> {
        self.course
            .complain(rule, &place.file, place.span.clone(), message)
    }
}
