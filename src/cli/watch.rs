//! `--watch`: publishes again as soon as an editor has saved.

use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

use anyhow::Context as _;
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use crate::domain::locale::Lang;
use crate::web::publisher::Publisher;
use crate::web::state::State;

use super::left_out::complain;

/// An editor saves with several events: the folder has to be quiet for so long.
const QUIET: Duration = Duration::from_millis(15);
/// But a folder that is never quiet is published all the same.
const PATIENCE: Duration = Duration::from_millis(250);

/// Watches until the watcher is dropped.
pub(super) fn start(
    folder: &Path,
    publisher: Publisher,
    state: Arc<State>,
    lang: Lang,
) -> anyhow::Result<RecommendedWatcher> {
    let (sender, events) = mpsc::channel();
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
        // Reading the files is an event too, and is what publishing does.
        if !matches!(&event, Ok(event) if matches!(event.kind, EventKind::Access(_))) {
            // The other end goes away with the process.
            let _ = sender.send(());
        }
    })?;
    watcher
        .watch(folder, RecursiveMode::Recursive)
        .with_context(|| format!("cannot watch {}", folder.display()))?;
    let folder = folder.to_owned();
    std::thread::Builder::new()
        .name("autonomia-watch".to_owned())
        .spawn(move || publish_again(&folder, &events, publisher, &state, lang))?;
    Ok(watcher)
}

fn publish_again(
    folder: &Path,
    events: &Receiver<()>,
    mut publisher: Publisher,
    state: &State,
    lang: Lang,
) {
    while events.recv().is_ok() {
        let first = Instant::now();
        while first.elapsed() < PATIENCE && events.recv_timeout(QUIET).is_ok() {}
        match publisher.publish(state.today()) {
            Ok((content, found)) => {
                complain(&found, folder, lang);
                state.publish(content);
                match found.held {
                    true => tracing::info!("the courses stay as they were"),
                    false => tracing::info!("published again"),
                }
            }
            // What was published stays; the next change is another try.
            Err(error) => tracing::error!("not published: {error:#}"),
        }
    }
}
