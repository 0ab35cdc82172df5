//! Connections that do not go on: a head, a body or a reader that is slow holds nothing for ever,
//! and nobody up.

use std::io::{ErrorKind, Read as _, Write as _};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use autonomia::web::connections::ConnectionLimits;
use autonomia::web::state::Settings;

use crate::app::TestApp;
use crate::database::TestDb;
use crate::process::Process;

/// What is sent of a request whose rest never comes.
const HALVES: [&str; 4] = [
    "POST /accedi HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n\
     Content-Length: 1000\r\n\r\nemail=a%40example.org&pass",
    "POST /api/v1/sessions HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n\
     Transfer-Encoding: chunked\r\n\r\n10\r\n{\"email\": \"a",
    "GET /moduli HTTP/1.1\r\nHost: x\r\nAccept-Lang",
    // Nobody reads the body of this one.
    "POST /moduli HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nhalf",
];

/// What is not closed by then stays open: the limits are of a second or three, and a machine that is
/// busy takes some more.
const PATIENCE: Duration = Duration::from_secs(60);

fn quick() -> Settings {
    Settings {
        connections: ConnectionLimits {
            head: Duration::from_secs(1),
            body: Duration::from_secs(1),
            idle: Duration::from_secs(1),
            still: Duration::from_secs(3),
            ..ConnectionLimits::default()
        },
        ..Settings::default()
    }
}

fn connect(address: &str) -> TcpStream {
    let stream = TcpStream::connect(address.trim_start_matches("http://")).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    stream
}

/// Everything until the other side closes, and how long that took.
fn to_the_end(stream: &mut TcpStream) -> (String, Duration) {
    let began = Instant::now();
    let mut text = Vec::new();
    match stream.read_to_end(&mut text) {
        Ok(_) => {}
        Err(error) if error.kind() == ErrorKind::ConnectionReset => {}
        Err(error) => panic!("still open after {:?}: {error}", began.elapsed()),
    }
    (String::from_utf8_lossy(&text).into_owned(), began.elapsed())
}

async fn off<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    tokio::task::spawn_blocking(work).await.unwrap()
}

#[actix_web::test]
async fn a_request_whose_rest_does_not_come_is_given_up() {
    let app = TestApp::with_settings(quick()).await;
    for half in HALVES {
        let address = app.address.clone();
        let (text, took) = off(move || {
            let mut stream = connect(&address);
            stream.write_all(half.as_bytes()).unwrap();
            to_the_end(&mut stream)
        })
        .await;
        let status = if half.starts_with("POST /moduli") {
            "405"
        } else {
            "408"
        };
        assert!(
            text.starts_with(&format!("HTTP/1.1 {status}")),
            "{half}: {text}"
        );
        assert!(took < PATIENCE, "{half}: {took:?}");
    }
}

#[actix_web::test]
async fn a_body_that_drips_is_given_up_too() {
    let app = TestApp::with_settings(quick()).await;
    let address = app.address.clone();
    let (text, took) = off(move || {
        let mut stream = connect(&address);
        stream.write_all(HALVES[0].as_bytes()).unwrap();
        let began = Instant::now();
        // A byte now and then, until the other side has enough.
        while stream.write_all(b"x").is_ok() && began.elapsed() < PATIENCE {
            std::thread::sleep(Duration::from_millis(200));
        }
        let (text, _) = to_the_end(&mut stream);
        (text, began.elapsed())
    })
    .await;
    assert!(took < PATIENCE, "{took:?}: {text}");
}

#[actix_web::test]
async fn a_second_request_is_as_little_waited_for_as_the_first() {
    let app = TestApp::with_settings(quick()).await;
    let address = app.address.clone();
    let (text, took) = off(move || {
        let mut stream = connect(&address);
        let whole = "GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n";
        stream.write_all(whole.as_bytes()).unwrap();
        stream.write_all(HALVES[2].as_bytes()).unwrap();
        to_the_end(&mut stream)
    })
    .await;
    assert!(text.starts_with("HTTP/1.1 200"), "{text}");
    assert!(took < PATIENCE, "{took:?}");
}

/// Whether a server keeps a connection, as the system sees it: whoever does not read is not told.
fn is_kept(server: u16, client: u16) -> bool {
    const ESTABLISHED: &str = "01";
    let table = std::fs::read_to_string("/proc/net/tcp").unwrap();
    let (server, client) = (format!(":{server:04X}"), format!(":{client:04X}"));
    table.lines().any(|line| {
        let words: Vec<_> = line.split_whitespace().collect();
        words[1].ends_with(&server) && words[2].ends_with(&client) && words[3] == ESTABLISHED
    })
}

#[actix_web::test]
async fn a_reader_who_does_not_read_is_not_waited_for() {
    let app = TestApp::with_settings(quick()).await;
    let address = app.address.clone();
    let (read, took) = off(move || {
        let socket = socket2::Socket::new(socket2::Domain::IPV4, socket2::Type::STREAM, None);
        let socket = socket.unwrap();
        socket.set_recv_buffer_size(4_096).unwrap();
        let to: std::net::SocketAddr = address.trim_start_matches("http://").parse().unwrap();
        socket.connect(&to.into()).unwrap();
        let mut stream = TcpStream::from(socket);
        // More than the system takes for somebody who does not read.
        let whole = "GET /moduli/spid/stampa HTTP/1.1\r\nHost: x\r\n\r\n".repeat(400);
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream.set_write_timeout(Some(PATIENCE)).unwrap();
        stream.write_all(whole.as_bytes()).unwrap();
        let here = stream.local_addr().unwrap().port();
        let began = Instant::now();
        while is_kept(to.port(), here) && began.elapsed() < PATIENCE {
            std::thread::sleep(Duration::from_millis(50));
        }
        let took = began.elapsed();
        (to_the_end(&mut stream).0.len(), took)
    })
    .await;
    // What the system had taken, and then the end: not all the 400 pages.
    assert!(took < PATIENCE, "{took:?}");
    assert!(read < 8_000_000, "{read} bytes");
}

#[actix_web::test]
async fn a_large_answer_comes_whole_to_somebody_slow_who_reads() {
    let app = TestApp::with_settings(quick()).await;
    let address = app.address.clone();
    let read = move |pause: u64| {
        let mut stream = connect(&address);
        let request = "GET /moduli/spid/stampa HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
        stream.write_all(request.as_bytes()).unwrap();
        let mut text = Vec::new();
        let mut part = [0; 4_096];
        loop {
            std::thread::sleep(Duration::from_millis(pause));
            match stream.read(&mut part).unwrap() {
                0 => break,
                size => text.extend_from_slice(&part[..size]),
            }
        }
        text.len()
    };
    let (whole, slowly) = off(move || (read(0), read(50))).await;
    assert!(whole > 20_000 && slowly == whole, "{slowly} of {whole}");
}

#[actix_web::test]
async fn there_are_only_so_many_connections_and_then_room_again() {
    let settings = Settings {
        connections: ConnectionLimits {
            total: 20,
            // Nobody is closed for being slow, however long the counting takes.
            head: 2 * PATIENCE,
            idle: 2 * PATIENCE,
            still: 3 * PATIENCE,
            ..ConnectionLimits::default()
        },
        ..Settings::default()
    };
    let app = TestApp::with_settings(settings).await;
    let address = app.address.clone();
    let (closed, answered) = off(move || {
        let mut all: Vec<_> = (0..30).map(|_| connect(&address)).collect();
        let wait = Some(Duration::from_millis(5));
        let closed = |stream: &mut TcpStream| {
            stream.set_read_timeout(wait).unwrap();
            matches!(stream.read(&mut [0; 1]), Ok(0))
        };
        let began = Instant::now();
        let mut seen = 0;
        while seen < 10 && began.elapsed() < PATIENCE {
            seen = all.iter_mut().map(closed).filter(|gone| *gone).count();
        }
        drop(all);
        // As soon as it has noticed that they went.
        let began = Instant::now();
        let mut said = String::new();
        while said.is_empty() && began.elapsed() < PATIENCE {
            let mut stream = connect(&address);
            let whole = "GET /health/live HTTP/1.0\r\n\r\n";
            if stream.write_all(whole.as_bytes()).is_ok() {
                said = to_the_end(&mut stream).0;
            }
        }
        (seen, said)
    })
    .await;
    assert_eq!(closed, 10);
    assert!(
        answered.starts_with("HTTP/1.0 200") || answered.starts_with("HTTP/1.1 200"),
        "{answered}"
    );
}

#[actix_web::test]
async fn two_thousand_slow_connections_hold_nobody_up() {
    const SLOW: usize = 2_000;
    /// The longest that another page may take.
    const PAGE: Duration = Duration::from_millis(100);
    let _ = ConnectionLimits::of_system(None);
    let db = TestDb::new().await;
    let folder = tempfile::tempdir().unwrap();
    let server = Process::start(&["serve"], &db, &folder.path().join("keys"));
    let address = server.first_line.clone();
    // Another program that nobody holds up shows what else the machine does.
    let free = Process::start(&["serve"], &db, &folder.path().join("keys"));
    let free_address = free.first_line.clone();
    let ((times, free_times), open) = off(move || {
        let page = |address: &str| {
            let began = Instant::now();
            let mut stream = connect(address);
            let request = "GET /moduli/spid HTTP/1.0\r\nAccept-Encoding: br\r\n\r\n";
            stream.write_all(request.as_bytes()).unwrap();
            let (text, _) = to_the_end(&mut stream);
            assert!(text.contains(" 200 OK"), "{text}");
            began.elapsed()
        };
        page(&address);
        page(&free_address);
        let mut slow = Vec::new();
        for number in 0..SLOW {
            let mut stream = connect(&address);
            stream
                .write_all(HALVES[number % HALVES.len()].as_bytes())
                .unwrap();
            slow.push(stream);
        }
        let pairs = (0..100).map(|_| (page(&address), page(&free_address)));
        let (mut times, mut free_times): (Vec<_>, Vec<_>) = pairs.unzip();
        times.sort();
        free_times.sort();
        // After their time all of them are closed.
        let began = Instant::now();
        let open = slow.iter_mut().enumerate().filter_map(|(number, stream)| {
            let left = (2 * PATIENCE).saturating_sub(began.elapsed());
            let left = left.max(Duration::from_millis(10));
            stream.set_read_timeout(Some(left)).unwrap();
            let mut text = Vec::new();
            match stream.read_to_end(&mut text) {
                Err(error) if error.kind() != ErrorKind::ConnectionReset => {
                    let text = String::from_utf8_lossy(&text).into_owned();
                    Some((HALVES[number % HALVES.len()], error, text))
                }
                _ => None,
            }
        });
        ((times, free_times), open.collect::<Vec<_>>())
    })
    .await;
    let (median, slowest) = (times[50], times[95]);
    let (free_median, free_slowest) = (free_times[50], free_times[95]);
    println!(
        "beside {SLOW} slow connections: median {median:?}, of 100 pages 95 in {slowest:?}; \
         without them, at the same time: {free_median:?}, {free_slowest:?}"
    );
    // On a machine that is too busy for that, no slower than without the others.
    assert!(slowest < PAGE.max(2 * free_slowest), "{slowest:?}");
    assert!(
        open.is_empty(),
        "{} are still open: {:?}",
        open.len(),
        open.first()
    );
}
