//! Searches that found nothing, on their way to be counted: in memory for a minute, so that nobody who
//! searches waits for a write. What a stop loses is a minute of counts.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use actix_web::web::Data;

use crate::db::Db;
use crate::domain::locale::Lang;
use crate::learning::missed::{self, Missed};

use super::error::Error;
use super::state::State;

/// Different words that wait at most: then one that a single search had makes room.
const MOST: usize = 1_000;

/// How long they wait.
const EVERY: Duration = Duration::from_secs(60);

/// What waits to be counted.
#[derive(Debug, Default)]
pub struct WaitingSearches(Mutex<HashMap<Missed, i32>>);

impl WaitingSearches {
    /// Counts a search that found nothing.
    pub fn note(&self, lang: Lang, text: &str) {
        let Some(search) = Missed::new(lang, text) else {
            return;
        };
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if waiting.len() >= MOST && !waiting.contains_key(&search) {
            // Nonsense is asked once: one of it, no matter which, makes room.
            let once = waiting.iter().find(|(_, times)| **times == 1);
            let Some(once) = once.map(|(search, _)| search.clone()) else {
                return;
            };
            waiting.remove(&once);
        }
        let times = waiting.entry(search).or_default();
        *times = times.saturating_add(1);
    }

    fn take(&self) -> HashMap<Missed, i32> {
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::take(&mut *waiting)
    }
}

/// Writes down what waits.
///
/// # Errors
/// The database's; what waited is then not counted.
pub async fn write(state: &State) -> Result<(), Error> {
    let db: &Db = &state.db;
    let searches = state.missed.take();
    Ok(missed::add(db, searches, state.now()).await?)
}

/// Writes down what waits, every minute.
pub async fn keep(state: Data<State>) {
    let mut minutes = actix_web::rt::time::interval(EVERY);
    loop {
        minutes.tick().await;
        if let Err(error) = write(&state).await {
            tracing::warn!("searches without an answer were not counted: {error}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nonsense_keeps_nobodys_words_out_and_takes_no_more_room() {
        let waiting = WaitingSearches::default();
        let nonsense = |from: usize| {
            for nth in from..from + 2 * MOST {
                waiting.note(Lang::It, &format!("senza senso {}", letters(nth)));
            }
        };
        nonsense(0);
        for _ in 0..2 {
            waiting.note(Lang::It, "visura catastale");
        }
        nonsense(5 * MOST);
        let counted = waiting.take();
        assert_eq!(counted.len(), MOST);
        let words = Missed::new(Lang::It, "visura catastale");
        assert_eq!(
            words.and_then(|words| counted.get(&words).copied()),
            Some(2)
        );
    }

    /// A number in letters: texts with digits are not counted at all.
    fn letters(number: usize) -> String {
        let digits = number.to_string().into_bytes();
        digits.iter().map(|digit| char::from(digit + 49)).collect()
    }
}
