//! The course beside its `ids.lock`: what the rules about published ids look at. Not a rule.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Course;
use super::{
    id_removed, id_returns, key_changed, lock_out_of_date, lock_unreadable, rev_went_down,
};
use crate::content::diagnostic::{Diagnostic, Rule};
use crate::content::lock::{self, IdKind, Lock, LockedId};
use crate::content::outline::At;
use crate::content::source::{SourceFile, Span};

/// The course and its lock.
pub(super) struct Comparison<'a> {
    pub(super) course: &'a Course<'a>,
    pub(super) file: &'a Arc<SourceFile>,
    pub(super) lock: &'a Lock,
    /// Every id of the sources and its place.
    pub(super) used: BTreeMap<LockedId, At<String>>,
}

pub(super) fn check(course: &Course<'_>, out: &mut Vec<Diagnostic>) {
    let (lock, bad) = course
        .lock
        .map_or_else(Default::default, |file| Lock::parse(&file.text));
    let paths = course.paths.iter().map(|path| path.id.value.as_str());
    let outlines = course.outlines.iter().map(AsRef::as_ref);
    let sources = Lock::of(outlines, paths);
    lock_out_of_date::check(course.lock, &lock, &sources, out);
    let Some(file) = course.lock else { return };
    lock_unreadable::check(file, bad, out);
    let comparison = Comparison {
        course,
        file,
        lock: &lock,
        used: used(course),
    };
    id_removed::check(&comparison, out);
    id_returns::check(&comparison, out);
    key_changed::check(&comparison, out);
    rev_went_down::check(&comparison, out);
}

fn used(course: &Course<'_>) -> BTreeMap<LockedId, At<String>> {
    let mut used = BTreeMap::new();
    for outline in course.outlines {
        let Some(module) = &outline.id else { continue };
        used.insert(
            LockedId::new(IdKind::Module, None, &module.value),
            module.clone(),
        );
        for inner in &outline.ids {
            let kind = match inner.hashes {
                Some(_) => IdKind::Question,
                None => IdKind::Lesson,
            };
            let id = LockedId::new(kind, Some(&module.value), &inner.id.value);
            used.insert(id, inner.id.clone());
        }
    }
    for path in course.paths {
        let place = At {
            value: path.id.value.clone(),
            file: "paths.toml".into(),
            span: path.id.span.clone(),
        };
        used.insert(LockedId::new(IdKind::Path, None, &path.id.value), place);
    }
    used
}

impl Comparison<'_> {
    /// The ids that are locked as live and not in the sources, with their lines.
    pub(super) fn removed(&self) -> impl Iterator<Item = (LockedId, Span)> {
        lock::lines(&self.file.text).filter_map(|(span, line)| {
            let (id, entry) = line.ok()?;
            (!entry.retired && !self.used.contains_key(&id)).then_some((id, span))
        })
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
