//! Stopping without cutting anybody off.
//!
//! The framework finishes the requests it has begun, but drops connections that it has accepted and
//! not looked at, and the system resets those that wait to be accepted. So the door is shut in
//! order: connections end with their next answer, nobody new is let in, what was let in is looked
//! at, and whoever stands in between is told to come back.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, Shutdown, TcpListener, TcpStream};
use std::time::{Duration, Instant};

use actix_web::dev::ServerHandle;
use actix_web::rt::time::{sleep, timeout};
use futures_util::future::join_all;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::state::State;

/// What the workers were handed is looked at within this time, or within as long as they just took.
const AT_LEAST: Duration = Duration::from_millis(100);
/// Nobody waits longer than this for workers that do not come to it.
const AT_MOST: Duration = Duration::from_secs(3);
/// Somebody who is turned away has so long to send and to listen.
const AT_THE_DOOR: Duration = Duration::from_secs(1);

const ALIVE: &[u8] = b"GET /health/live HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n";

const COME_BACK: &[u8] = b"HTTP/1.1 503 Service Unavailable\r\nretry-after: 1\r\n\
    connection: close\r\ncontent-length: 0\r\n\r\n";

/// Stops a server; `door` is a clone of the listener it was given. Everybody who is connected is
/// answered.
pub async fn stop(state: &State, handle: &ServerHandle, door: TcpListener) {
    state.stop();
    // Connections that are kept end with the next answer: each has time for one.
    let busy = delay(&door).await;
    sleep(busy).await;
    handle.pause().await;
    sleep(busy).await;
    let waiting = shut(&door);
    drop(door);
    let turned_away = join_all(waiting.into_iter().map(|stream| async {
        // Whoever has gone away needs no answer.
        let _ = timeout(AT_THE_DOOR, turn_away(stream)).await;
    }));
    futures_util::future::join(handle.stop(true), turned_away).await;
}

/// How long the workers take now to come to what they are handed: each is asked something small,
/// as they take turns.
async fn delay(door: &TcpListener) -> Duration {
    let began = Instant::now();
    let workers = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let asked = join_all((0..workers * 2).map(|_| ask(door)));
    // One that does not answer in time is not waited for.
    let _ = timeout(AT_MOST, asked).await;
    (began.elapsed() * 2).clamp(AT_LEAST, AT_MOST)
}

async fn ask(door: &TcpListener) -> std::io::Result<()> {
    let mut address = door.local_addr()?;
    if address.ip().is_unspecified() {
        address.set_ip(match address.ip() {
            IpAddr::V4(_) => Ipv4Addr::LOCALHOST.into(),
            IpAddr::V6(_) => Ipv6Addr::LOCALHOST.into(),
        });
    }
    let mut stream = tokio::net::TcpStream::connect(address).await?;
    stream.write_all(ALIVE).await?;
    stream.read_to_end(&mut Vec::new()).await?;
    Ok(())
}

/// Takes whoever waits to be accepted, and lets the system refuse all others.
fn shut(door: &TcpListener) -> Vec<TcpStream> {
    let mut waiting = Vec::new();
    if door.set_nonblocking(true).is_ok() {
        while let Ok((stream, _)) = door.accept() {
            waiting.push(stream);
        }
    }
    // Where the system cannot do this, the door shuts with its last handle, a moment later.
    let _ = socket2::SockRef::from(door).shutdown(Shutdown::Both);
    waiting
}

async fn turn_away(stream: TcpStream) -> std::io::Result<()> {
    stream.set_nonblocking(true)?;
    let mut stream = tokio::net::TcpStream::from_std(stream)?;
    stream.write_all(COME_BACK).await?;
    stream.shutdown().await?;
    // A connection that is closed with something unread is reset, and the answer lost with it.
    let mut unread = [0; 4096];
    while stream.read(&mut unread).await? > 0 {}
    Ok(())
}
