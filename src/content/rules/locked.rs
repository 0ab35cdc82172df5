//! The course beside its `ids.lock`: what the rules about published ids look at. Not a rule.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use super::Course;
use super::{
    id_removed, id_returns, key_changed, lock_out_of_date, lock_unreadable, rev_went_down,
};
use crate::content::diagnostic::{Diagnostic, Rule};
use crate::content::lock::{self, IdKind, Lock, LockEntry, LockedId};
use crate::content::message::Message;
use crate::content::outline::{Outline, OutlinePlace};
use crate::content::source::{SourceFile, Span};
use crate::content::touches::Touches;

/// The course and its lock.
pub(super) struct Comparison<'a> {
    course: &'a Course<'a>,
    pub(super) file: &'a Arc<SourceFile>,
    old: &'a Lock,
    sources: &'a Lock,
    /// The modules of the course by id; two with one id are complained about as such.
    by_id: HashMap<&'a str, &'a Outline>,
    /// Modules that are gone, and the folders where what was in them now is.
    moved: HashMap<&'a str, Vec<&'a Outline>>,
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
    let by_id = course.outlines.iter().map(AsRef::as_ref);
    let by_id: HashMap<&str, &Outline> = by_id
        .filter_map(|outline: &Outline| Some((outline.id.as_ref()?.value.as_str(), outline)))
        .collect();
    let comparison = Comparison {
        course,
        file,
        old: &old,
        sources,
        moved: moved(course, &old, &by_id),
        by_id,
    };
    lock_unreadable::check(&comparison, bad, out);
    id_removed::check(&comparison, out);
    id_returns::check(&comparison, out);
    key_changed::check(&comparison, out);
    rev_went_down::check(&comparison, out);
}

impl Comparison<'_> {
    /// The ids that are locked as live and not in the sources, with their lines. What stands in a
    /// file that cannot be read is not gone.
    pub(super) fn removed(&self) -> impl Iterator<Item = (LockedId, Span)> {
        lock::lines(&self.file.text).filter_map(|(span, line)| {
            let (id, entry) = line.ok()?;
            let gone = !entry.retired && !self.sources.ids.contains_key(&id);
            (gone && !self.unread(&id)).then_some((id, span))
        })
    }

    /// Whether an id may be in a file that could not be read, which was complained about.
    fn unread(&self, id: &LockedId) -> bool {
        match id.kind {
            IdKind::Path => !self.course.paths_read,
            _ => match self.by_id.get(module_name(id)) {
                Some(outline) => outline.unread,
                None => {
                    let moved = self.moved.get(module_name(id));
                    moved.is_some_and(|all| all.iter().any(|outline| outline.id.is_none()))
                }
            },
        }
    }

    /// What a complaint about a published id is about: its module, or where what was in it is now.
    pub(super) fn touched(&self, id: &LockedId) -> Touches {
        if id.kind == IdKind::Path {
            return Touches::Beside;
        }
        let name = module_name(id);
        let own = self.by_id.get(name).into_iter();
        let moved = self.moved.get(name).into_iter().flatten();
        let folders = own.chain(moved).map(|outline| outline.folder.clone());
        Touches::Folders(folders.collect::<BTreeSet<_>>())
    }

    /// Whether the course has this module, or had it.
    pub(super) fn knows(&self, id: &LockedId) -> bool {
        let name = module_name(id);
        self.by_id.contains_key(name) || self.moved.contains_key(name)
    }

    /// The ids that are both locked and in the sources: the id, as locked, as it is now.
    pub(super) fn known(&self) -> impl Iterator<Item = (&LockedId, &LockEntry, &LockEntry)> {
        let now = self.sources.ids.iter();
        now.filter_map(|(id, entry)| Some((id, self.old.ids.get(id)?, entry)))
    }

    /// What is locked of an id.
    pub(super) fn locked(&self, id: &LockedId) -> Option<&LockEntry> {
        self.old.ids.get(id)
    }

    /// The module an id belongs to, or is.
    pub(super) fn module_of(&self, id: &LockedId) -> Option<&Outline> {
        self.by_id.get(module_name(id)).copied()
    }

    /// The place of an id of the sources.
    pub(super) fn place_of(&self, id: &LockedId) -> Option<OutlinePlace<String>> {
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
                Some(OutlinePlace {
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
        place: &OutlinePlace<T>,
        message: Message,
    ) -> Option<Diagnostic> {
        self.course
            .complain(rule, &place.file, place.span.clone(), message)
    }
}

/// `spid` of `spid/spid-scopo`, and of `spid`.
fn module_name(id: &LockedId) -> &str {
    id.name.split('/').next().unwrap_or(&id.name)
}

/// Locked modules that no module of the course is, each with the folders that have a lesson or a
/// question of it under an id that was never published, or under none that can be read.
fn moved<'a>(
    course: &'a Course<'a>,
    old: &'a Lock,
    by_id: &HashMap<&str, &Outline>,
) -> HashMap<&'a str, Vec<&'a Outline>> {
    let mut moved: HashMap<&str, Vec<&Outline>> = HashMap::new();
    let mut whose: HashMap<(bool, &str), Vec<&str>> = HashMap::new();
    for (id, entry) in &old.ids {
        let module = module_name(id);
        if entry.retired || id.kind == IdKind::Path || by_id.contains_key(module) {
            continue;
        }
        moved.entry(module).or_default();
        if let Some((_, inner)) = id.name.split_once('/') {
            let question = id.kind == IdKind::Question;
            whose.entry((question, inner)).or_default().push(module);
        }
    }
    if moved.is_empty() {
        return moved;
    }
    let published: HashSet<&str> = old.ids.keys().map(|id| id.name.as_str()).collect();
    for outline in course.outlines {
        let id = outline.id.as_ref().map(|id| id.value.as_str());
        if id.is_some_and(|id| published.contains(id)) {
            continue;
        }
        let inner = outline.ids.iter();
        let inner = inner.map(|inner| (inner.hashes.is_some(), inner.id.value.as_str()));
        let from: BTreeSet<&str> = inner
            .filter_map(|inner| whose.get(&inner))
            .flatten()
            .copied()
            .collect();
        for module in from {
            moved.entry(module).or_default().push(outline);
        }
    }
    moved
}
