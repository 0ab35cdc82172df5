//! What auditors asked, and the answers, for as long as they are looked at.
//!
//! They are in memory alone and go after an hour, with a restart, or when others ask: a list of
//! hashes is nothing that should be kept.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use crate::domain::ids::AccountId;
use crate::network::evidence::first::LookUpLine;
use crate::network::programme::Programme;

/// How many are kept, of everybody.
const MOST: usize = 8;
/// For how long.
const KEPT: Duration = Duration::hours(1);

/// A list that was looked up.
#[derive(Debug)]
pub struct LookUp {
    /// Its address.
    pub id: Uuid,
    /// Whose it is: nobody else sees it.
    pub account: AccountId,
    /// When.
    pub at: OffsetDateTime,
    /// Of which programme.
    pub programme: Programme,
    /// The answers.
    pub lines: Vec<LookUpLine>,
}

/// The last ones.
#[derive(Debug, Default)]
pub struct LookUps(Mutex<VecDeque<Arc<LookUp>>>);

impl LookUps {
    /// Keeps one.
    pub fn keep(&self, one: LookUp) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let now = one.at;
        kept.retain(|other| now - other.at < KEPT);
        kept.truncate(MOST - 1);
        kept.push_front(Arc::new(one));
    }

    /// One of an account's own.
    #[must_use]
    pub fn of(&self, id: Uuid, account: AccountId, now: OffsetDateTime) -> Option<Arc<LookUp>> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let own = |one: &&Arc<LookUp>| one.id == id && one.account == account;
        kept.iter()
            .find(own)
            .filter(|one| now - one.at < KEPT)
            .cloned()
    }
}
