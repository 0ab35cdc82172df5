//! Things kept in memory for a while, for one person each: in number, in bytes and in time no more
//! than a shelf is made for. The oldest goes first.

use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};

use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use crate::domain::ids::SessionId;

/// Whose a thing is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ShelfOwner {
    /// Of a session: it is gone with the session.
    Session(SessionId),
    /// Of a browser without a session, by its cookie.
    Browser(Uuid),
}

/// How much there may be at a time.
#[derive(Debug, Clone, Copy)]
pub(super) struct ShelfRoom {
    pub(super) things: usize,
    pub(super) bytes: usize,
    pub(super) age: Duration,
}

/// The things.
#[derive(Debug)]
pub(super) struct Shelf<T> {
    room: ShelfRoom,
    inner: Mutex<Inner<T>>,
}

#[derive(Debug)]
struct Inner<T> {
    things: HashMap<Uuid, Thing<T>>,
    /// The oldest first; also of some that are gone.
    order: VecDeque<Uuid>,
    bytes: usize,
}

#[derive(Debug)]
struct Thing<T> {
    owner: ShelfOwner,
    value: T,
    bytes: usize,
    at: OffsetDateTime,
}

impl<T: Clone> Shelf<T> {
    pub(super) fn new(room: ShelfRoom) -> Self {
        Self {
            room,
            inner: Mutex::new(Inner {
                things: HashMap::new(),
                order: VecDeque::new(),
                bytes: 0,
            }),
        }
    }

    /// Keeps a thing of so many bytes under a random id; `None` where it is too large to be kept.
    pub(super) fn put(
        &self,
        owner: ShelfOwner,
        value: T,
        bytes: usize,
        now: OffsetDateTime,
    ) -> Option<Uuid> {
        if bytes > self.room.bytes {
            return None;
        }
        let id = Uuid::new_v4();
        let mut inner = self.inner();
        inner.bytes += bytes;
        let thing = Thing {
            owner,
            value,
            bytes,
            at: now,
        };
        inner.things.insert(id, thing);
        inner.order.push_back(id);
        while let Some(oldest) = inner.order.front().copied() {
            let full = inner.order.len() > self.room.things || inner.bytes > self.room.bytes;
            let stays = inner
                .things
                .get(&oldest)
                .map(|thing| self.fresh(thing, now));
            if stays == Some(true) && !full {
                break;
            }
            inner.order.pop_front();
            inner.remove(oldest);
        }
        Some(id)
    }

    /// A thing and whose it is. Only its owner may have it.
    pub(super) fn get(&self, id: Uuid, now: OffsetDateTime) -> Option<(ShelfOwner, T)> {
        let inner = self.inner();
        let thing = inner.things.get(&id)?;
        self.fresh(thing, now)
            .then(|| (thing.owner, thing.value.clone()))
    }

    /// Takes away what somebody has here.
    pub(super) fn forget(&self, owner: ShelfOwner) {
        let mut inner = self.inner();
        let theirs = inner.things.iter().filter(|(_, one)| one.owner == owner);
        let theirs: Vec<Uuid> = theirs.map(|(id, _)| *id).collect();
        for id in theirs {
            inner.remove(id);
        }
    }

    fn fresh(&self, thing: &Thing<T>, now: OffsetDateTime) -> bool {
        now - thing.at < self.room.age
    }

    fn inner(&self) -> MutexGuard<'_, Inner<T>> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T> Inner<T> {
    fn remove(&mut self, id: Uuid) {
        if let Some(gone) = self.things.remove(&id) {
            self.bytes -= gone.bytes;
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at a surprise")]

    use super::*;
    use time::macros::datetime;

    const NOW: OffsetDateTime = datetime!(2026-11-22 10:00 UTC);

    fn shelf() -> Shelf<&'static str> {
        Shelf::new(ShelfRoom {
            things: 3,
            bytes: 100,
            age: Duration::minutes(10),
        })
    }

    #[test]
    fn the_oldest_makes_room_in_number_and_in_bytes() {
        let (shelf, owner) = (shelf(), ShelfOwner::Browser(Uuid::new_v4()));
        let put = |bytes| shelf.put(owner, "a", bytes, NOW);
        let first: Vec<_> = (0..4).map(|_| put(10).unwrap()).collect();
        assert!(shelf.get(first[0], NOW).is_none());
        assert_eq!(shelf.get(first[1], NOW), Some((owner, "a")));
        let large = put(80).unwrap();
        assert!(shelf.get(first[2], NOW).is_some());
        assert!(put(101).is_none());
        put(90).unwrap();
        assert!(shelf.get(large, NOW).is_none());
        assert!(shelf.inner().bytes <= 100);
    }

    #[test]
    fn what_is_old_or_forgotten_is_gone() {
        let shelf = shelf();
        let [one, other] = [Uuid::new_v4(), Uuid::new_v4()].map(ShelfOwner::Browser);
        let [kept, gone] = [one, other].map(|owner| shelf.put(owner, "a", 10, NOW).unwrap());
        shelf.forget(other);
        assert!(shelf.get(gone, NOW).is_none());
        assert!(shelf.get(kept, NOW + Duration::minutes(9)).is_some());
        let later = NOW + Duration::minutes(10);
        assert!(shelf.get(kept, later).is_none());
        shelf.put(one, "b", 10, later).unwrap();
        assert_eq!(shelf.inner().things.len(), 1);
        assert_eq!(shelf.inner().bytes, 10);
    }
}
