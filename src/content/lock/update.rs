//! Bringing the lock up to date without losing an id.

use super::{IdKind, Lock, LockedId};
use crate::content::message::{Message, say};

/// Why a lock is not brought up to date. Nothing is changed then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LockRefusal {
    /// Ids that were published are gone, and nobody said that they were taken away on purpose.
    Removed(Vec<LockedId>),
    /// Retired ids are used again.
    Returned(Vec<LockedId>),
    /// An id to retire is still in the course.
    StillThere(String),
    /// An id to retire was never published.
    Unknown(String),
}

impl LockRefusal {
    /// Why, for people.
    #[must_use]
    pub fn message(&self) -> Message {
        match self {
            Self::Removed(ids) => say("lockfile-removed").with("ids", names(ids)),
            Self::Returned(ids) => say("lockfile-returned").with("ids", names(ids)),
            Self::StillThere(id) => say("lockfile-still-there").with("id", id),
            Self::Unknown(id) => say("lockfile-never").with("id", id),
        }
    }
}

fn names(ids: &[LockedId]) -> Vec<Message> {
    let name = |id: &LockedId| {
        let kind = match id.kind {
            IdKind::Module => say("id-module"),
            IdKind::Lesson => say("id-lesson"),
            IdKind::Question => say("id-question"),
            IdKind::Path => say("id-path"),
        };
        kind.with("name", &id.name)
    };
    ids.iter().map(name).collect()
}

/// The lock once the sources are published: new ids live, hashes and revisions as they are now.
///
/// `retire` names ids that were taken out on purpose (`spid/spid-scopo`; a module's name stands
/// for all that was in it).
///
/// # Errors
/// [`LockRefusal`] where an id would be lost or used again.
pub fn updated(old: &Lock, sources: &Lock, retire: &[String]) -> Result<Lock, LockRefusal> {
    let mut lock = old.clone();
    for name in retire {
        let below = format!("{name}/");
        let meant: Vec<LockedId> = old
            .ids
            .keys()
            .filter(|id| id.name == *name || id.name.starts_with(&below))
            .cloned()
            .collect();
        if meant.is_empty() {
            return Err(LockRefusal::Unknown(name.clone()));
        }
        let gone = |id: &LockedId| !sources.ids.contains_key(id);
        // A module with all that is in it, or of a lesson and a question of one name the gone one.
        let exact = || meant.iter().filter(|id| id.name == *name);
        if !exact().any(gone) && exact().next().is_some() {
            return Err(LockRefusal::StillThere(name.clone()));
        }
        for id in meant.iter().filter(|id| gone(id)) {
            if let Some(entry) = lock.ids.get_mut(id) {
                entry.retired = true;
            }
        }
    }
    let retired = |id: &LockedId| lock.ids.get(id).is_some_and(|entry| entry.retired);
    let returned: Vec<_> = sources
        .ids
        .keys()
        .filter(|id| retired(id))
        .cloned()
        .collect();
    if !returned.is_empty() {
        return Err(LockRefusal::Returned(returned));
    }
    let removed: Vec<_> = lock
        .ids
        .iter()
        .filter(|(id, entry)| !entry.retired && !sources.ids.contains_key(*id))
        .map(|(id, _)| id.clone())
        .collect();
    if !removed.is_empty() {
        return Err(LockRefusal::Removed(removed));
    }
    lock.ids.extend(sources.ids.clone());
    Ok(lock)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::lock::LockEntry;

    const TEXT: &str = "module spid live rev=3\n\
        lesson spid/uno live\n\
        question spid/due retired key=0a text=0b\n";

    fn lock(text: &str) -> Lock {
        Lock::parse(text).0
    }

    #[test]
    fn new_ids_are_added_and_hashes_brought_up_to_date() {
        let sources = lock(
            "module spid live rev=4\nlesson spid/uno live\nlesson spid/tre live\n\
             question spid/q live key=1 text=2\n",
        );
        let new = updated(&lock(TEXT), &sources, &[]).map(|lock| lock.to_string());
        assert_eq!(
            new.unwrap_or_default().lines().skip(1).collect::<Vec<_>>(),
            [
                "module spid live rev=4",
                "question spid/due retired key=0a text=0b",
                "question spid/q live key=1 text=2",
                "lesson spid/tre live",
                "lesson spid/uno live",
            ]
        );
    }

    #[test]
    fn a_removed_id_is_never_hidden_unless_it_is_named() {
        let old = lock(TEXT);
        let without = lock("module spid live rev=3\n");
        let uno = LockedId::new(IdKind::Lesson, Some("spid"), "uno");
        let refused = LockRefusal::Removed(vec![uno.clone()]);
        assert_eq!(updated(&old, &without, &[]), Err(refused));
        let new = updated(&old, &without, &["spid/uno".to_owned()]);
        assert!(new.is_ok_and(|lock| lock.ids[&uno].retired));
    }

    #[test]
    fn a_module_is_retired_with_all_that_was_in_it() {
        let new = updated(&lock(TEXT), &Lock::default(), &["spid".to_owned()]);
        assert!(new.is_ok_and(|lock| lock.ids.values().all(|entry| entry.retired)));
    }

    #[test]
    fn what_is_there_or_was_never_published_is_not_retired() {
        let old = lock(TEXT);
        let sources = lock("module spid live rev=3\nlesson spid/uno live\n");
        for (name, refused) in [
            ("spid", LockRefusal::StillThere("spid".to_owned())),
            ("spid/uno", LockRefusal::StillThere("spid/uno".to_owned())),
            ("spid/zzz", LockRefusal::Unknown("spid/zzz".to_owned())),
        ] {
            assert_eq!(updated(&old, &sources, &[name.to_owned()]), Err(refused));
        }
    }

    #[test]
    fn a_retired_id_does_not_return() {
        let due = LockedId::new(IdKind::Question, Some("spid"), "due");
        let mut sources = lock("module spid live rev=3\nlesson spid/uno live\n");
        sources.ids.insert(due.clone(), LockEntry::default());
        let refused = LockRefusal::Returned(vec![due]);
        assert_eq!(updated(&lock(TEXT), &sources, &[]), Err(refused));
    }
}
