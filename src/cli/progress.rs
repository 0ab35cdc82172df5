//! How far long work is, on a terminal; nothing on a pipe.

use std::io::IsTerminal as _;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::domain::progress::{self, ProgressEvent, Watching};

/// Work that is done sooner shows nothing.
const PATIENCE: Duration = Duration::from_millis(500);
const TICK: Duration = Duration::from_millis(100);

/// Shows how far what runs is, until it is dropped.
pub(super) struct ShownProgress {
    watching: Option<Watching>,
    bar: Bar,
}

type Bar = Arc<Mutex<Option<ProgressBar>>>;

/// Begins to show how far what runs is, where somebody looks.
pub(super) fn show() -> ShownProgress {
    let bar = Bar::default();
    if !std::io::stderr().is_terminal() {
        let watching = None;
        return ShownProgress { watching, bar };
    }
    let (told, began) = (Arc::clone(&bar), Instant::now());
    let watching = Some(progress::watch(move |what| tell(&told, began, what)));
    ShownProgress { watching, bar }
}

impl Drop for ShownProgress {
    fn drop(&mut self) {
        drop(self.watching.take());
        clear(&self.bar);
    }
}

fn clear(bar: &Bar) {
    let last = bar.lock().unwrap_or_else(PoisonError::into_inner).take();
    if let Some(last) = last {
        last.finish_and_clear();
    }
}

fn tell(shown: &Bar, began: Instant, what: ProgressEvent) {
    match what {
        ProgressEvent::Begun { step, total } => {
            clear(shown);
            let bar = new_bar(step, total);
            *shown.lock().unwrap_or_else(PoisonError::into_inner) = Some(bar.clone());
            // A thread for a second: one that is not needed any more draws nothing.
            let _ = std::thread::Builder::new().spawn(move || {
                std::thread::sleep(PATIENCE.saturating_sub(began.elapsed()));
                if !bar.is_finished() {
                    bar.set_draw_target(ProgressDrawTarget::stderr());
                    bar.enable_steady_tick(TICK);
                }
            });
        }
        ProgressEvent::Advanced(by) => {
            if let Some(bar) = &*shown.lock().unwrap_or_else(PoisonError::into_inner) {
                bar.inc(by);
            }
        }
        ProgressEvent::Ended => clear(shown),
    }
}

fn new_bar(step: &'static str, total: u64) -> ProgressBar {
    let (bar, form) = match total {
        0 => (ProgressBar::no_length(), "{msg}  {spinner} {elapsed}"),
        _ => (
            ProgressBar::new(total),
            "{msg}  [{bar:30}] {percent:>3} %  {elapsed}",
        ),
    };
    bar.set_draw_target(ProgressDrawTarget::hidden());
    // The forms are those above: one that is wrong shows as the library's own.
    if let Ok(style) = ProgressStyle::with_template(form) {
        bar.set_style(style.progress_chars("=> "));
    }
    bar.with_message(step)
}
