//! What is drawn when it is first asked for and kept until the next publishing: never more than so
//! many, so that whoever makes addresses up costs work and no memory.

use std::hash::Hash;
use std::sync::Arc;

use quick_cache::sync::Cache;

/// Values by what was asked for. What was asked for once makes room for what many ask for.
pub(super) struct Kept<K, V>(Cache<K, Arc<V>>);

impl<K: Hash + Eq, V> Kept<K, V> {
    /// Nothing yet, and at most so many: a power of two, which its locks share evenly.
    pub(super) fn at_most(most: usize) -> Self {
        Self(Cache::new(most))
    }

    /// The value, made if it is not there. Two that ask at once may both make it; they are equal.
    pub(super) fn get<E>(&self, key: K, make: impl FnOnce() -> Result<V, E>) -> Result<Arc<V>, E> {
        if let Some(value) = self.find(&key) {
            return Ok(value);
        }
        let value = Arc::new(make()?);
        self.put(key, Arc::clone(&value));
        Ok(value)
    }

    /// The value, if it is there.
    pub(super) fn find(&self, key: &K) -> Option<Arc<V>> {
        self.0.get(key)
    }

    /// Keeps a value.
    pub(super) fn put(&self, key: K, value: Arc<V>) {
        self.0.insert(key, value);
    }

    /// How many there are.
    pub(super) fn count(&self) -> usize {
        self.0.len()
    }
}
