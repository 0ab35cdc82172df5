//! A small HTTP/1.1 client that keeps its connections: enough to put a server of this machine
//! under load. It talks to 127.0.0.1 only, so many requests, and so long.

use std::io::{Error, ErrorKind, Result};
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::measure::Latencies;

/// A connection.
pub(crate) struct Client {
    port: u16,
    stream: TcpStream,
    buffer: Vec<u8>,
}

/// An answer.
pub(crate) struct Answer {
    pub(crate) status: u16,
    /// Where a form led.
    pub(crate) location: Option<String>,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    pub(crate) fn json(&self) -> serde_json::Value {
        let led = self.location.as_deref().unwrap_or_default();
        assert!((200..300).contains(&self.status), "{} {led}", self.status);
        serde_json::from_slice(&self.body).unwrap_or_default()
    }
}

impl Client {
    pub(crate) async fn connect(port: u16) -> Result<Self> {
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self {
            port,
            stream,
            buffer: Vec::with_capacity(64 * 1024),
        })
    }

    /// Sends a request and reads the whole answer; connects again where the server has closed.
    pub(crate) async fn send(&mut self, request: &Request) -> Result<Answer> {
        let bytes = request.bytes(self.port);
        match self.try_send(&bytes).await {
            Err(error) if error.kind() == ErrorKind::ConnectionReset => {
                *self = Self::connect(self.port).await?;
                self.try_send(&bytes).await
            }
            result => result,
        }
    }

    async fn try_send(&mut self, request: &[u8]) -> Result<Answer> {
        self.stream.write_all(request).await?;
        self.buffer.clear();
        let head = loop {
            if let Some(end) = find(&self.buffer, b"\r\n\r\n") {
                break end + 4;
            }
            self.read().await?;
        };
        let text = String::from_utf8_lossy(&self.buffer[..head]).to_ascii_lowercase();
        let status = text
            .get(9..12)
            .and_then(|status| status.parse().ok())
            .ok_or_else(|| Error::other("not HTTP"))?;
        let header = |name: &str| {
            text.lines()
                .find_map(|line| line.strip_prefix(name))
                .map(str::trim)
        };
        if header("transfer-encoding:") == Some("chunked") {
            while !self.buffer.ends_with(b"0\r\n\r\n") {
                self.read().await?;
            }
        } else {
            let length: usize = header("content-length:")
                .unwrap_or("0")
                .parse()
                .unwrap_or(0);
            while self.buffer.len() < head + length {
                self.read().await?;
            }
        }
        Ok(Answer {
            status,
            location: header("location:").map(str::to_owned),
            body: self.buffer[head..].to_vec(),
        })
    }

    async fn read(&mut self) -> Result<()> {
        match self.stream.read_buf(&mut self.buffer).await? {
            0 => Err(ErrorKind::ConnectionReset.into()),
            _ => Ok(()),
        }
    }
}

/// What to ask.
#[derive(Clone)]
pub(crate) struct Request {
    pub(crate) method: &'static str,
    pub(crate) path: String,
    pub(crate) token: Option<String>,
    /// Its type, and itself.
    pub(crate) body: Option<(&'static str, String)>,
    /// As a browser asks: the answer may come compressed.
    pub(crate) packed: bool,
}

impl Request {
    pub(crate) fn get(path: impl Into<String>) -> Self {
        Self {
            method: "GET",
            path: path.into(),
            token: None,
            body: None,
            packed: false,
        }
    }

    pub(crate) fn post(path: impl Into<String>, token: Option<&str>, json: String) -> Self {
        Self {
            method: "POST",
            path: path.into(),
            token: token.map(str::to_owned),
            body: Some(("application/json", json)),
            packed: false,
        }
    }

    pub(crate) fn packed(self) -> Self {
        Self {
            packed: true,
            ..self
        }
    }

    fn bytes(&self, port: u16) -> Vec<u8> {
        let (method, path) = (self.method, &self.path);
        let mut head = format!("{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n");
        if let Some(token) = &self.token {
            head.push_str(&format!("Authorization: Bearer {token}\r\n"));
        }
        if self.packed {
            head.push_str("Accept-Encoding: gzip\r\n");
        }
        if let Some((kind, body)) = &self.body {
            let length = body.len();
            head.push_str(&format!(
                "Content-Type: {kind}\r\nContent-Length: {length}\r\n\r\n{body}"
            ));
        } else {
            head.push_str("\r\n");
        }
        head.into_bytes()
    }
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes
        .windows(wanted.len())
        .position(|window| window == wanted)
}

/// How much to ask of a server.
#[derive(Clone, Copy)]
pub(crate) struct Load {
    pub(crate) port: u16,
    pub(crate) connections: usize,
    pub(crate) at_most: usize,
    pub(crate) no_longer_than: Duration,
}

/// What came of it.
pub(crate) struct Outcome {
    pub(crate) answered: usize,
    /// Answers other than 2xx and 303, and broken connections.
    pub(crate) failed: usize,
    pub(crate) took: Duration,
    pub(crate) latencies: Latencies,
}

impl Outcome {
    pub(crate) fn per_second(&self) -> f64 {
        self.answered as f64 / self.took.as_secs_f64()
    }
}

/// Asks `make(worker, nth)` of the server from so many connections at once; a worker without
/// anything more to ask stops.
pub(crate) async fn put_under(
    load: Load,
    make: impl Fn(usize, usize) -> Option<Request> + Send + Sync + 'static,
) -> Result<Outcome> {
    let (make, left) = (Arc::new(make), Arc::new(AtomicUsize::new(load.at_most)));
    let mut clients = Vec::new();
    for _ in 0..load.connections {
        clients.push(Client::connect(load.port).await?);
    }
    let start = Instant::now();
    let mut workers = Vec::new();
    for (worker, mut client) in clients.into_iter().enumerate() {
        let (make, left) = (Arc::clone(&make), Arc::clone(&left));
        workers.push(tokio::spawn(async move {
            let (mut times, mut failed, mut nth) = (Vec::new(), 0, 0);
            while start.elapsed() < load.no_longer_than && take_one(&left) {
                let Some(request) = make(worker, nth) else {
                    break;
                };
                nth += 1;
                let asked = Instant::now();
                match client.send(&request).await {
                    Ok(answer) if matches!(answer.status, 200..=299 | 303) => {
                        times.push(asked.elapsed());
                    }
                    Ok(_) => failed += 1,
                    Err(_) => {
                        failed += 1;
                        client = Client::connect(load.port).await?;
                    }
                }
            }
            Ok::<_, Error>((times, failed))
        }));
    }
    let (mut answered, mut failed, mut latencies) = (0, 0, Latencies::default());
    for worker in workers {
        let (times, not_answered) = worker.await??;
        failed += not_answered;
        answered += times.len();
        for time in times {
            latencies.push(time);
        }
    }
    Ok(Outcome {
        answered,
        failed,
        took: start.elapsed(),
        latencies: latencies.sorted(),
    })
}

fn take_one(left: &AtomicUsize) -> bool {
    left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| {
        left.checked_sub(1)
    })
    .is_ok()
}
