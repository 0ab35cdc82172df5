//! Connections: how many, and how slow they may be.
//!
//! The framework limits how long the head of a request and a connection without one may take. Here
//! are the other limits: a body that comes too slowly is refused ([`pace`](super::pace)), a connection that
//! does not go on, such as that of a reader who does not read, is closed, and one address has so
//! many connections and no more. Nobody's slowness costs the others anything but a little memory.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::net::{IpAddr, Shutdown};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::{Duration, Instant};

use actix_web::HttpMessage as _;
use actix_web::body::{BodySize, BoxBody, MessageBody as _};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::{StatusCode, header};
use actix_web::rt::net::TcpStream;
use actix_web::rt::time::sleep;
use socket2::{SockRef, Socket};

use super::answers::GivenUp;
use super::pace::{BodyParts, PART, paced};
use super::throttle::whole;

/// How long a handler may take.
const WORK: Duration = Duration::from_secs(15 * 60);
/// How often those that stand still are looked for.
const ROUND: Duration = Duration::from_secs(1);
/// Descriptors that are left to files and databases. A connection takes two: the second one closes
/// it from outside.
const RESERVED: u64 = 256;

/// How many connections there may be, and how slow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ConnectionLimits {
    /// From one address; `None` where a proxy stands before, from which they all come. Those of
    /// this machine are not counted.
    pub per_address: Option<usize>,
    /// In all.
    pub total: usize,
    /// How long the head of a request may take.
    pub head: Duration,
    /// How long a body may take however short it is.
    pub body: Duration,
    /// How long a connection is kept without a request, which is also how long the end of an answer
    /// may take.
    pub idle: Duration,
    /// How long a connection may stand still in any other way. Longer than the others.
    pub still: Duration,
}

impl Default for ConnectionLimits {
    /// Forty browsers at one address, and lines as slow as those in the mountains.
    fn default() -> Self {
        Self {
            per_address: Some(256),
            total: 8_000,
            head: Duration::from_secs(10),
            body: Duration::from_secs(15),
            idle: Duration::from_secs(20),
            still: Duration::from_secs(60),
        }
    }
}

impl ConnectionLimits {
    /// As many connections as the system lets the process have, after asking it for more.
    #[must_use]
    pub fn of_system(per_address: Option<usize>) -> Self {
        // Often 1,024, and up to a million for who asks.
        let descriptors = rlimit::increase_nofile_limit(u64::MAX).unwrap_or(1_024);
        let total = descriptors.saturating_sub(RESERVED) / 2;
        Self {
            per_address,
            total: usize::try_from(total).map_or(20_000, |total| total.clamp(64, 20_000)),
            ..Self::default()
        }
    }
}

/// Every open connection of a server.
#[derive(Debug)]
pub struct Connections {
    limits: ConnectionLimits,
    start: Instant,
    open: Mutex<HashMap<u64, Arc<Connection>>>,
    by_address: Mutex<HashMap<IpAddr, usize>>,
    next: AtomicU64,
}

#[derive(Debug)]
struct Connection {
    number: u64,
    ip: IpAddr,
    socket: Socket,
    /// When it has stood still for too long, in milliseconds since the start.
    deadline: AtomicU64,
}

/// A connection while it is open: what the framework keeps with it.
struct Open {
    connection: Arc<Connection>,
    all: Arc<Connections>,
}

impl Drop for Open {
    fn drop(&mut self) {
        self.all.closed(&self.connection);
    }
}

impl Connections {
    /// What a server decides.
    pub(super) const fn limits(&self) -> ConnectionLimits {
        self.limits
    }

    /// None yet.
    #[must_use]
    pub fn new(limits: ConnectionLimits) -> Self {
        Self {
            limits,
            start: Instant::now(),
            open: Mutex::default(),
            by_address: Mutex::default(),
            next: AtomicU64::new(0),
        }
    }

    /// How many there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.open
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .len()
    }

    /// Takes a connection in, or closes it where there are too many.
    pub(super) fn opened(
        self: &Arc<Self>,
        stream: &TcpStream,
        data: &mut actix_web::dev::Extensions,
    ) {
        let socket = SockRef::from(stream);
        let ip = stream.peer_addr().map(|peer| peer.ip());
        let taken = ip.and_then(|ip| Ok((ip, socket.try_clone()?)));
        match taken {
            Ok((ip, own)) if self.has_room(ip) => {
                data.insert(self.take(ip, own));
            }
            // It is answered with nothing: an answer would cost what is not there.
            _ => drop(socket.shutdown(Shutdown::Both)),
        }
    }

    fn take(self: &Arc<Self>, ip: IpAddr, socket: Socket) -> Open {
        let connection = Arc::new(Connection {
            number: self.next.fetch_add(1, Ordering::Relaxed),
            ip: whole(ip),
            socket,
            deadline: AtomicU64::new(0),
        });
        self.allow(&connection, self.limits.still);
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.insert(connection.number, Arc::clone(&connection));
        drop(open);
        Open {
            connection,
            all: Arc::clone(self),
        }
    }

    /// Counts one more connection of an address, unless it has too many.
    fn has_room(&self, ip: IpAddr) -> bool {
        let most = match self.limits.per_address {
            Some(most) if !ip.to_canonical().is_loopback() => most,
            _ => usize::MAX,
        };
        if self.count() >= self.limits.total {
            return false;
        }
        let mut addresses = self
            .by_address
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let own = addresses.entry(whole(ip)).or_default();
        let room = *own < most;
        *own += usize::from(room);
        room
    }

    fn closed(&self, connection: &Connection) {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.remove(&connection.number);
        drop(open);
        let mut addresses = self
            .by_address
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if let Entry::Occupied(mut own) = addresses.entry(connection.ip) {
            *own.get_mut() -= 1;
            if *own.get() == 0 {
                own.remove();
            }
        }
    }

    fn allow(&self, connection: &Connection, time: Duration) {
        let until = self.start.elapsed() + time;
        let until = u64::try_from(until.as_millis()).unwrap_or(u64::MAX);
        connection.deadline.store(until, Ordering::Relaxed);
    }

    /// Closes the connections that stand still, for as long as the server is there.
    pub(super) async fn watch(connections: Weak<Self>) {
        while let Some(all) = connections.upgrade() {
            all.close_still();
            drop(all);
            sleep(ROUND).await;
        }
    }

    fn close_still(&self) {
        let now = u64::try_from(self.start.elapsed().as_millis()).unwrap_or(u64::MAX);
        let open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        for connection in open.values() {
            if connection.deadline.load(Ordering::Relaxed) < now {
                // The framework sees its end and forgets it.
                drop(connection.socket.shutdown(Shutdown::Both));
            }
        }
    }
}

/// A request begins: its body has to come at a pace.
pub(super) fn begin(request: &mut ServiceRequest) {
    let Some(open) = request.conn_data::<Open>() else {
        return;
    };
    let patience = open.all.limits.body;
    open.all.allow(&open.connection, WORK);
    let has_body = request.headers().contains_key(header::CONTENT_LENGTH)
        || request.headers().contains_key(header::TRANSFER_ENCODING);
    if has_body {
        let payload = request.take_payload();
        request.set_payload(paced(payload, patience));
    }
}

/// An answer begins: its connection has to go on.
pub(super) fn end(response: ServiceResponse<BoxBody>) -> ServiceResponse<BoxBody> {
    let open = response.request().conn_data::<Open>();
    let Some(progress) = open.map(|open| Progress {
        connection: Arc::clone(&open.connection),
        all: Arc::clone(&open.all),
    }) else {
        return response;
    };
    let limits = progress.all.limits;
    let given_up = [StatusCode::REQUEST_TIMEOUT, StatusCode::PAYLOAD_TOO_LARGE];
    let unread = response.request().extensions().contains::<GivenUp>();
    let time = match unread || given_up.contains(&response.status()) {
        // The framework waits for the rest of a body in chunks, and for ever.
        true => limits.head,
        false => limits.still,
    };
    progress.all.allow(&progress.connection, time);
    match response.response().body().size() {
        BodySize::None => response,
        BodySize::Sized(size) if size <= PART as u64 => response,
        _ => {
            response.map_body(|_, body| BoxBody::new(BodyParts::new(body, move || progress.note())))
        }
    }
}

struct Progress {
    connection: Arc<Connection>,
    all: Arc<Connections>,
}

impl Progress {
    fn note(&self) {
        self.all.allow(&self.connection, self.all.limits.still);
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at a surprise")]

    use super::*;
    use socket2::{Domain, Type};

    fn connections(per_address: usize, total: usize) -> Arc<Connections> {
        Arc::new(Connections::new(ConnectionLimits {
            per_address: Some(per_address),
            total,
            ..ConnectionLimits::default()
        }))
    }

    fn open(all: &Arc<Connections>, ip: &str) -> Option<Open> {
        let ip = ip.parse().unwrap();
        let socket = Socket::new(Domain::IPV4, Type::STREAM, None).unwrap();
        all.has_room(ip).then(|| all.take(ip, socket))
    }

    #[test]
    fn an_address_has_so_many_connections_and_gets_another_when_one_is_closed() {
        let all = connections(3, 100);
        let mut own: Vec<_> = (0..3).map(|_| open(&all, "192.0.2.1").unwrap()).collect();
        assert!(open(&all, "192.0.2.1").is_none());
        let other = open(&all, "192.0.2.2");
        assert!(other.is_some(), "another address is not held up");
        assert_eq!(all.count(), 4);
        own.pop();
        assert!(open(&all, "192.0.2.1").is_some());
        drop((own, other));
        assert_eq!(all.count(), 0);
        assert!(all.by_address.lock().unwrap().is_empty());
        let here: Vec<_> = (0..9).map(|_| open(&all, "127.0.0.1").unwrap()).collect();
        assert_eq!(here.len(), 9, "a proxy on this machine has them all");
    }

    #[test]
    fn there_are_so_many_connections_in_all() {
        let all = connections(100, 5);
        let open: Vec<_> = (0..9)
            .map(|n| open(&all, &format!("192.0.2.{n}")))
            .collect();
        assert_eq!(open.iter().flatten().count(), 5);
    }
}
