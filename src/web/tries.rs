//! Wrong tries: each one makes the next one wait longer, by what is tried and from where.
//!
//! Only wrong tries count, so that a class behind one address is not kept out. A try takes its
//! place before it is judged: as many are under way as wrong ones would still be allowed, the
//! others queue, and many at once get no further than many in a row. Kept in memory and in bounds;
//! whoever has not tried is refused the same way as whoever does not exist.

use std::collections::HashMap;
use std::pin::pin;
use std::sync::{Mutex, MutexGuard, PoisonError};

use aws_lc_rs::digest::{SHA256, digest};
use time::{Duration, OffsetDateTime};
use tokio::sync::Notify;

use super::throttle::{Address, Busy};

/// The most things that are remembered, of each kind: about 2 MB.
const MOST: usize = 20_000;
/// The most tries that queue for one thing: more than a class, or a morning's queue.
const QUEUE: u32 = 200;

/// What is tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Door {
    /// Any way in, from one address.
    Address,
    /// A link to set a password, from one address.
    Link,
    /// One account, from one address.
    AccountHere,
    /// One account, from every address that it is not usually entered from.
    Account,
    /// The second factor or the present password of somebody whose password was right: from an
    /// address that they usually enter from, or from all others.
    Proof,
}

/// How wrong tries slow down.
struct Rule {
    /// Wrong tries without a delay.
    free: u32,
    /// The first delay; each one after is twice as long,
    first: Duration,
    /// until this.
    longest: Duration,
    /// How long it takes until one wrong try is forgotten.
    forget: Duration,
}

/// One thing that is tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct TryKey(Door, [u8; 32]);

impl TryKey {
    /// A door and what tells it apart: an address, an account, both.
    #[must_use]
    pub fn new(door: Door, what: &str) -> Self {
        let mut key = [0; 32];
        key.copy_from_slice(digest(&SHA256, what.as_bytes()).as_ref());
        Self(door, key)
    }

    /// Any way in, from an address.
    #[must_use]
    pub fn address(address: Address) -> Self {
        Self::new(Door::Address, &address.to_string())
    }
}

#[derive(Debug, Clone, Copy)]
struct Record {
    wrong: f64,
    at: OffsetDateTime,
    under_way: u32,
    queued: u32,
}

/// What has been tried.
#[derive(Debug)]
pub struct Tries {
    /// Wrong tries of one address without a delay.
    of_address: u32,
    records: Mutex<HashMap<TryKey, Record>>,
    settled: Notify,
}

/// A try that is under way. One that is dropped counts as wrong: whoever hangs up does not get
/// another try for it.
#[derive(Debug)]
#[must_use = "a try is right, wrong or void"]
pub struct Try<'t> {
    tries: &'t Tries,
    keys: Vec<TryKey>,
    now: OffsetDateTime,
    outcome: Outcome,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Right,
    Wrong,
    Void,
}

impl Try<'_> {
    /// It was right: who it is has no wrong tries from here any more.
    pub fn right(mut self) {
        self.outcome = Outcome::Right;
    }

    /// It was wrong, and counts.
    pub fn wrong(self) {}

    /// It was neither: something of ours did not work.
    pub fn void(mut self) {
        self.outcome = Outcome::Void;
    }
}

impl Drop for Try<'_> {
    fn drop(&mut self) {
        self.tries.settle(&self.keys, self.outcome, self.now);
    }
}

impl Tries {
    /// Nothing tried yet. `of_address`: wrong tries of one address without a delay.
    #[must_use]
    pub fn new(of_address: u32) -> Self {
        Self {
            of_address,
            records: Mutex::default(),
            settled: Notify::new(),
        }
    }

    /// Begins a try at everything that it tries at once.
    ///
    /// # Errors
    /// [`Busy`] where wrong tries before make it wait, or too many queue.
    pub async fn begin(&self, keys: Vec<TryKey>, now: OffsetDateTime) -> Result<Try<'_>, Busy> {
        let mut queue = None;
        loop {
            let mut settled = pin!(self.settled.notified());
            // From here on a settled try is heard of, also while looking.
            settled.as_mut().enable();
            if self.take(&keys, now)? {
                return Ok(Try {
                    tries: self,
                    keys,
                    now,
                    outcome: Outcome::Wrong,
                });
            }
            if queue.is_none() {
                queue = Some(Queued::new(self, &keys)?);
            }
            settled.await;
        }
    }

    /// Takes a place at every door, or at none where one has none free.
    fn take(&self, keys: &[TryKey], now: OffsetDateTime) -> Result<bool, Busy> {
        let mut records = self.lock();
        for key in keys {
            self.make_room(&mut records, *key, now);
            records.entry(*key).or_insert(Record {
                wrong: 0.0,
                at: now,
                under_way: 0,
                queued: 0,
            });
        }
        let mut free = true;
        for record in keys.iter().filter_map(|key| Some((key, records.get(key)?))) {
            let (key, record) = record;
            free &= record.under_way < self.allowed(key.0, record, now)?;
        }
        if free {
            for key in keys {
                if let Some(record) = records.get_mut(key) {
                    record.under_way += 1;
                }
            }
        }
        Ok(free)
    }

    /// How many may be under way together.
    fn allowed(&self, door: Door, record: &Record, now: OffsetDateTime) -> Result<u32, Busy> {
        let rule = self.rule(door);
        let wrong = self.wrong(door, record, now);
        let left = f64::from(rule.free) - wrong;
        if left > 0.0 {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "between 1 and `free`"
            )]
            return Ok(left.ceil() as u32);
        }
        let wait = (rule.first * 2_f64.powf((-left).ceil().min(20.0))).min(rule.longest);
        let ready = record.at + wait;
        match ready > now {
            true => Err(Busy {
                retry_after: ready - now,
            }),
            false => Ok(1),
        }
    }

    fn wrong(&self, door: Door, record: &Record, now: OffsetDateTime) -> f64 {
        let passed = (now - record.at).as_seconds_f64().max(0.0);
        (record.wrong - passed / self.rule(door).forget.as_seconds_f64()).max(0.0)
    }

    fn settle(&self, keys: &[TryKey], outcome: Outcome, now: OffsetDateTime) {
        let mut records = self.lock();
        for key in keys {
            let Some(record) = records.get_mut(key) else {
                continue;
            };
            record.under_way = record.under_way.saturating_sub(1);
            match (outcome, key.0) {
                // Of an address and of all others a right try says nothing: its neighbours, or an
                // account of one's own, would win guesses at others'.
                (Outcome::Right, Door::AccountHere | Door::Proof) => record.wrong = 0.0,
                (Outcome::Wrong, door) => {
                    record.wrong = self.wrong(door, record, now) + 1.0;
                    record.at = now.max(record.at);
                }
                _ => {}
            }
        }
        drop(records);
        self.settled.notify_waiters();
    }

    fn rule(&self, door: Door) -> Rule {
        let (free, first, longest, forget) = match door {
            Door::Address => (self.of_address, (0, 30), (10, 0), (2, 0)),
            Door::Link => (20, (0, 30), (60, 0), (10, 0)),
            Door::AccountHere => (5, (0, 30), (15, 0), (30, 0)),
            Door::Account => (30, (1, 0), (30, 0), (30, 0)),
            Door::Proof => (5, (1, 0), (60, 0), (60, 0)),
        };
        let time = |(minutes, seconds)| Duration::minutes(minutes) + Duration::seconds(seconds);
        Rule {
            free,
            first: time(first),
            longest: time(longest),
            forget: time(forget),
        }
    }

    /// Forgets what has no wrong tries any more; where that is nothing, the half that has fewest, so
    /// that nobody is let off by a flood of others.
    fn make_room(&self, records: &mut HashMap<TryKey, Record>, new: TryKey, now: OffsetDateTime) {
        let same = |key: &TryKey| key.0 == new.0;
        if records.contains_key(&new) || records.keys().filter(|key| same(key)).count() < MOST {
            return;
        }
        let busy = |record: &Record| record.under_way + record.queued > 0;
        let wrong = |record: &Record| self.wrong(new.0, record, now);
        records.retain(|key, record| !same(key) || busy(record) || wrong(record) > 0.0);
        let mut counts: Vec<f64> = records
            .iter()
            .filter(|(key, _)| same(key))
            .map(|(_, record)| wrong(record))
            .collect();
        if counts.len() < MOST {
            return;
        }
        counts.sort_by(f64::total_cmp);
        let middle = counts.get(MOST / 2).copied().unwrap_or_default();
        let mut dropped = 0;
        records.retain(|key, record| {
            let kept = !same(key) || busy(record) || wrong(record) > middle || dropped >= MOST / 2;
            dropped += usize::from(!kept);
            kept
        });
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<TryKey, Record>> {
        self.records.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A place in the queue.
struct Queued<'t> {
    tries: &'t Tries,
    keys: Vec<TryKey>,
}

impl<'t> Queued<'t> {
    fn new(tries: &'t Tries, keys: &[TryKey]) -> Result<Self, Busy> {
        let mut records = tries.lock();
        let full = |key: &TryKey| {
            records
                .get(key)
                .is_some_and(|record| record.queued >= QUEUE)
        };
        if keys.iter().any(full) {
            return Err(Busy {
                retry_after: Duration::seconds(5),
            });
        }
        for key in keys {
            if let Some(record) = records.get_mut(key) {
                record.queued += 1;
            }
        }
        Ok(Self {
            tries,
            keys: keys.to_vec(),
        })
    }
}

impl Drop for Queued<'_> {
    fn drop(&mut self) {
        let mut records = self.tries.lock();
        for key in &self.keys {
            if let Some(record) = records.get_mut(key) {
                record.queued = record.queued.saturating_sub(1);
            }
        }
    }
}

#[cfg(test)]
mod tests;
