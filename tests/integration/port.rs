//! Ports that stay free until they are used.

use std::net::TcpListener;
use std::process;
use std::sync::atomic::{AtomicU16, Ordering};

/// The system gives ports from 32,768 on to whoever asks for any, connections of other tests among
/// them: a port from there that was free a moment ago may be taken. Nobody is given these.
const PORTS: std::ops::Range<u16> = 12_000..32_000;

/// How many were looked at.
static NEXT: AtomicU16 = AtomicU16::new(0);

/// A port at which nobody listens, and which is told once.
pub(crate) fn free() -> u16 {
    let many = u32::from(PORTS.end - PORTS.start);
    // Another run of the tests begins elsewhere.
    let begin = process::id().wrapping_mul(97) % many;
    loop {
        let next = u32::from(NEXT.fetch_add(1, Ordering::Relaxed));
        let port = PORTS.start + u16::try_from((begin + next) % many).unwrap();
        if TcpListener::bind(("127.0.0.1", port)).is_ok() {
            return port;
        }
    }
}
