//! The disk is full while 32 clients write, and has room again: the program says so meanwhile, goes
//! on without being started again, and keeps what it confirmed.

use std::time::{Duration, Instant};

use actix_web::rt::time::sleep;

use crate::actor::Actor;

use super::clients::Clients;
use super::network::Ground;

#[expect(clippy::print_stdout, reason = "the figures are to be seen")]
#[actix_web::test]
async fn a_full_disk_is_said_and_once_it_has_room_everything_confirmed_is_kept() {
    let times = if super::full_size() { 20 } else { 2 };
    let ground = Ground::small(if super::on_postgres() { 160 } else { 24 });
    let disk = ground.disk.as_ref().unwrap();
    let clients = Clients::new(&ground).await;
    let mut program = ground.serve();
    let address = program.address.clone();
    let visitor = Actor::new(&address, None);
    let (mut said, mut longest, mut slowest) = (0, Duration::ZERO, Duration::ZERO);
    for time in 0..times {
        let begun = clients.unavailable();
        clients
            .work(&address, async {
                sleep(Duration::from_millis(200)).await;
                disk.fill();
                super::until(Duration::from_secs(20), async || {
                    clients.unavailable() > begun + 8
                })
                .await;
                let asked = Instant::now();
                let ready = visitor.get("/health/ready").await;
                let took = asked.elapsed();
                assert!(took < super::patience(Duration::from_secs(1)), "{took:?}");
                slowest = slowest.max(took);
                assert_eq!(ready.status, 503, "time {time}: {}", ready.text);
                said += 1;
                // Long enough for several commits in a row to fail.
                sleep(Duration::from_millis(300)).await;
                disk.free();
                // A PostgreSQL that found no room for its log has ended: whoever looks after it
                // starts it again.
                if let Some(cluster) = &ground.cluster
                    && !cluster.runs()
                {
                    cluster.crash();
                    cluster.start();
                }
                let freed = Instant::now();
                let sure = clients.confirmed();
                super::until(Duration::from_secs(10), async || {
                    clients.confirmed() > sure + 32
                })
                .await;
                longest = longest.max(freed.elapsed());
                super::until(Duration::from_secs(3), async || {
                    visitor.get("/health/ready").await.status == 200
                })
                .await;
            })
            .await;
        let seen = clients.look(&ground).await;
        assert_eq!((seen.lost, seen.twice), (0, 0), "time {time}: {seen:?}");
        assert_eq!(ground.differs(), None, "time {time}");
    }
    program.kill();
    let seen = clients.look(&ground).await;
    assert_eq!((seen.lost, seen.twice), (0, 0), "after a kill: {seen:?}");
    println!(
        "{}: {times} full disks, {said} said by ready in {slowest:?} at most, {} confirmed, {} \
         answered 503, {} lost, {} twice, writing again after {longest:?} at most",
        if super::on_postgres() {
            "PostgreSQL"
        } else {
            "SQLite"
        },
        seen.confirmed,
        seen.unavailable,
        seen.lost,
        seen.twice,
    );
}
