//! `--watch`: publishes again as soon as an editor has saved.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::{Duration, Instant, SystemTime};

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

/// How often it is looked whether the folder is still the one that is watched: people put another in its
/// place, and no event tells of it.
const LOOK: Duration = Duration::from_secs(1);

/// Watches as long as the program runs.
pub(super) fn start(
    folder: &Path,
    publisher: Publisher,
    state: Arc<State>,
    lang: Lang,
) -> anyhow::Result<()> {
    let (sender, events) = mpsc::channel();
    let watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
        // Reading the files is an event too, and is what publishing does.
        if !matches!(&event, Ok(event) if matches!(event.kind, EventKind::Access(_))) {
            // The other end goes away with the process.
            let _ = sender.send(());
        }
    })?;
    let mut watched = Watched {
        watcher,
        folder: folder.to_owned(),
        seen: None,
        refused: None,
    };
    watched.begin()?;
    std::thread::Builder::new()
        .name("autonomia-watch".to_owned())
        .spawn(move || publish_again(watched, &events, publisher, &state, lang))?;
    Ok(())
}

/// The folder that is watched.
struct Watched {
    watcher: RecommendedWatcher,
    folder: PathBuf,
    /// Which it was; `None` while there is none.
    seen: Option<Identity>,
    /// Which could not be watched when it was tried last.
    refused: Option<Identity>,
}

/// What tells a folder from another that is put in its place.
type Identity = (u64, u64, Option<SystemTime>);

impl Watched {
    fn begin(&mut self) -> anyhow::Result<()> {
        let now = identity(&self.folder);
        self.watcher
            .watch(&self.folder, RecursiveMode::Recursive)
            .with_context(|| format!("cannot watch {}", self.folder.display()))?;
        self.seen = now;
        Ok(())
    }

    /// Watches the folder that is there now, if it is another; whether there is something to publish.
    fn is_another(&mut self) -> bool {
        let now = identity(&self.folder);
        if now == self.seen {
            return false;
        }
        self.seen = None;
        // What is watched under this name may be gone already.
        let _ = self.watcher.unwatch(&self.folder);
        if now.is_none() {
            return false;
        }
        let Err(error) = self.begin() else {
            self.refused = None;
            return true;
        };
        // It is tried again, since whoever put it there may still have to let it be read; told once.
        let is_new = self.refused != now;
        if is_new {
            tracing::error!("{error:#}");
        }
        self.refused = now;
        is_new
    }
}

fn identity(folder: &Path) -> Option<Identity> {
    let about = std::fs::metadata(folder).ok()?;
    #[cfg(unix)]
    let (device, number) = {
        use std::os::unix::fs::MetadataExt as _;
        (about.dev(), about.ino())
    };
    #[cfg(not(unix))]
    let (device, number) = (0, 0);
    Some((device, number, about.created().ok()))
}

fn publish_again(
    mut watched: Watched,
    events: &Receiver<()>,
    mut publisher: Publisher,
    state: &State,
    lang: Lang,
) {
    loop {
        let has_event = match events.recv_timeout(LOOK) {
            Ok(()) => {
                let first = Instant::now();
                while first.elapsed() < PATIENCE && events.recv_timeout(QUIET).is_ok() {}
                true
            }
            Err(RecvTimeoutError::Timeout) => false,
            Err(RecvTimeoutError::Disconnected) => return,
        };
        if !watched.is_another() && !has_event {
            continue;
        }
        match publisher.publish(state.today()) {
            Ok((content, found)) => {
                complain(&found, &watched.folder, lang);
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
