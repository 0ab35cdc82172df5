//! How far long work is, told to whoever watches; mostly nobody does.
//!
//! Work says what it begins, how much there is of it and how much is done. Like a log's, the
//! listener is the program's: a command sets it, a server does not, and what works knows neither.

use std::sync::{Arc, PoisonError, RwLock};

/// What work tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProgressEvent {
    /// A step begins.
    Begun {
        /// What is done, in a few words.
        step: &'static str,
        /// How much there is to do; 0 where nobody knows.
        total: u64,
    },
    /// So much more is done.
    Advanced(u64),
    /// The step is done.
    Ended,
}

type Listener = Arc<dyn Fn(ProgressEvent) + Send + Sync>;

static LISTENER: RwLock<Option<Listener>> = RwLock::new(None);

/// Somebody listens as long as this is kept.
#[derive(Debug)]
pub struct Watching(());

impl Drop for Watching {
    fn drop(&mut self) {
        *LISTENER.write().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

/// Listens to the work of the whole program, in the place of whoever did before.
pub fn watch(listener: impl Fn(ProgressEvent) + Send + Sync + 'static) -> Watching {
    *LISTENER.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(listener));
    Watching(())
}

/// A step under way, which ends when it is dropped.
#[derive(Debug)]
pub struct ProgressStep(());

/// Begins a step; `total` is how much there is to do, 0 where nobody knows.
#[must_use]
pub fn begin(step: &'static str, total: usize) -> ProgressStep {
    let total = u64::try_from(total).unwrap_or(u64::MAX);
    tell(ProgressEvent::Begun { step, total });
    ProgressStep(())
}

/// So much more of the step under way is done.
pub fn advance(by: usize) {
    tell(ProgressEvent::Advanced(
        u64::try_from(by).unwrap_or(u64::MAX),
    ));
}

impl Drop for ProgressStep {
    fn drop(&mut self) {
        tell(ProgressEvent::Ended);
    }
}

fn tell(what: ProgressEvent) {
    let listener = LISTENER
        .read()
        .unwrap_or_else(PoisonError::into_inner)
        .clone();
    if let Some(listener) = listener {
        listener(what);
    }
}
