//! What is drawn when it is first asked for and kept until the next publishing: never more than so
//! many, so that whoever makes addresses up costs work and no memory.

use std::hash::Hash;
use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use lru::LruCache;

/// Values by what was asked for. What was asked for longest ago goes first.
pub(super) struct Kept<K, V>(Mutex<LruCache<K, Arc<V>>>);

impl<K: Hash + Eq, V> Kept<K, V> {
    /// Nothing yet, and at most so many.
    pub(super) fn at_most(most: NonZeroUsize) -> Self {
        Self(Mutex::new(LruCache::new(most)))
    }

    /// The value, made if it is not there. Two that ask at once may both make it; they are equal.
    pub(super) fn get<E>(&self, key: K, make: impl FnOnce() -> Result<V, E>) -> Result<Arc<V>, E> {
        // Not locked while it is made: whoever asks for another one does not wait.
        if let Some(value) = self.find(&key) {
            return Ok(value);
        }
        let value = Arc::new(make()?);
        self.put(key, Arc::clone(&value));
        Ok(value)
    }

    /// The value, if it is there.
    pub(super) fn find(&self, key: &K) -> Option<Arc<V>> {
        self.all().get(key).cloned()
    }

    /// Keeps a value.
    pub(super) fn put(&self, key: K, value: Arc<V>) {
        self.all().put(key, value);
    }

    /// How many there are.
    pub(super) fn count(&self) -> usize {
        self.all().len()
    }

    fn all(&self) -> MutexGuard<'_, LruCache<K, Arc<V>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
