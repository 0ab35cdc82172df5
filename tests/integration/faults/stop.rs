//! SIGTERM while many requests are under way: each of them is answered.

use std::io::{ErrorKind, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use super::network::{Ground, furnish};

/// Clients in all; every second one keeps its connection.
const CLIENTS: usize = 24;

#[derive(Default)]
struct Tally {
    answered: AtomicUsize,
    cut: AtomicUsize,
}

#[actix_web::test]
async fn told_to_stop_it_cuts_no_request_off() {
    let ground = Ground::new();
    let (_, guests) = furnish(&ground, 1, CLIENTS).await;
    let rounds = if super::full_size() { 20 } else { 4 };
    for round in 0..rounds {
        let mut program = ground.serve();
        let address = program.address.strip_prefix("http://").unwrap().to_owned();
        let (tally, began) = (Tally::default(), Instant::now());
        let status = std::thread::scope(|scope| {
            for (number, token) in guests.iter().enumerate() {
                let (address, tally) = (&address, &tally);
                scope.spawn(move || ask_until_refused(address, token, number % 2 == 0, tally));
            }
            // As soon as everybody is at work, and a little later each time.
            while tally.answered.load(Ordering::Relaxed) < 2 * CLIENTS {
                assert!(
                    began.elapsed() < Duration::from_secs(60),
                    "nobody is answered"
                );
                std::thread::sleep(Duration::from_millis(5));
            }
            std::thread::sleep(Duration::from_millis(17 * round));
            program.terminate();
            program.ended(Duration::from_secs(60))
        });
        assert_eq!(status.code(), Some(0));
        let cut = tally.cut.into_inner();
        let answered = tally.answered.into_inner();
        assert_eq!(cut, 0, "round {round}: {cut} cut off, {answered} answered");
    }
}

/// Sends one request after the other until nobody listens any more.
fn ask_until_refused(address: &str, token: &str, keeps: bool, tally: &Tally) {
    let keep = if keeps { "keep-alive" } else { "close" };
    let request = format!(
        "POST /api/v1/modules/spid/attempts HTTP/1.1\r\nhost: {address}\r\n\
         authorization: Bearer {token}\r\ncontent-type: application/json\r\n\
         connection: {keep}\r\ncontent-length: 2\r\n\r\n{{}}"
    );
    while let Ok(mut stream) = TcpStream::connect(address) {
        stream
            .set_read_timeout(Some(Duration::from_secs(60)))
            .unwrap();
        loop {
            match ask(&mut stream, &request) {
                Ok(true) => {
                    tally.answered.fetch_add(1, Ordering::Relaxed);
                }
                Ok(false) => {
                    tally.answered.fetch_add(1, Ordering::Relaxed);
                    break;
                }
                Err(_) => {
                    tally.cut.fetch_add(1, Ordering::Relaxed);
                    break;
                }
            }
        }
        let _ = stream.shutdown(Shutdown::Both);
    }
}

/// One request and its whole answer; true where the connection stays.
fn ask(stream: &mut TcpStream, request: &str) -> std::io::Result<bool> {
    stream.write_all(request.as_bytes())?;
    let mut got = Vec::new();
    let mut piece = [0; 8192];
    loop {
        if let Some(end) = got.windows(4).position(|four| four == b"\r\n\r\n") {
            let head = String::from_utf8_lossy(&got[..end]).to_ascii_lowercase();
            let length = head.split("content-length: ").nth(1).unwrap();
            let length: usize = length.lines().next().unwrap().trim().parse().unwrap();
            if got.len() >= end + 4 + length {
                return Ok(!head.contains("connection: close"));
            }
        }
        match stream.read(&mut piece)? {
            0 => return Err(ErrorKind::UnexpectedEof.into()),
            read => got.extend_from_slice(&piece[..read]),
        }
    }
}
