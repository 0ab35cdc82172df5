//! Ctrl-C, SIGTERM and the end of the terminal: heard from the first moment, so that a start is ended in order as well.

use std::future::Future;

use tokio::sync::watch;

/// How often the program was told to stop.
#[derive(Debug, Clone)]
pub(super) struct Stop(watch::Receiver<u32>);

impl Stop {
    /// Begins to listen; from here on no signal ends the process by itself.
    pub(super) fn listen() -> std::io::Result<Self> {
        let (times, told) = watch::channel(0);
        let mut signals = Signals::new()?;
        actix_web::rt::spawn(async move {
            loop {
                signals.next().await;
                times.send_modify(|times| *times += 1);
            }
        });
        Ok(Self(told))
    }

    /// Waits until the program was told to stop so many times.
    pub(super) async fn told(&self, times: u32) {
        let mut told = self.0.clone();
        if told.wait_for(|so_far| *so_far >= times).await.is_err() {
            std::future::pending::<()>().await;
        }
    }

    /// Does something unless the program is told to stop before it is done.
    pub(super) async fn unless<T>(&self, work: impl Future<Output = T>) -> Option<T> {
        tokio::select! {
            biased;
            () = self.told(1) => None,
            done = work => Some(done),
        }
    }
}

#[cfg(unix)]
struct Signals {
    interrupt: tokio::signal::unix::Signal,
    terminate: tokio::signal::unix::Signal,
    hangup: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Signals {
    fn new() -> std::io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self {
            interrupt: signal(SignalKind::interrupt())?,
            terminate: signal(SignalKind::terminate())?,
            hangup: signal(SignalKind::hangup())?,
        })
    }

    async fn next(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
            _ = self.hangup.recv() => {}
        }
    }
}

#[cfg(not(unix))]
struct Signals;

#[cfg(not(unix))]
impl Signals {
    fn new() -> std::io::Result<Self> {
        Ok(Self)
    }

    async fn next(&mut self) {
        // Without a way to hear it, the process is ended from outside.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}
