//! The program is killed again and again while 32 clients write; on PostgreSQL its server too.

use std::time::Duration;

use actix_web::rt::time::sleep;

use super::clients::Clients;
use super::network::Ground;

#[expect(clippy::print_stdout, reason = "the figures are to be seen")]
#[actix_web::test]
async fn kill_after_kill_nothing_confirmed_is_lost_and_nothing_is_there_twice() {
    let kills = if super::full_size() { 100 } else { 5 };
    let ground = Ground::new();
    let clients = Clients::new(&ground).await;
    let (mut lost, mut twice, mut wrong) = (0, 0, 0);
    for kill in 0..kills {
        let mut program = ground.serve();
        let address = program.address.clone();
        let before = clients.confirmed();
        clients
            .work(&address, async {
                while clients.confirmed() < before + 32 {
                    sleep(Duration::from_millis(5)).await;
                }
                sleep(Duration::from_millis(kill * 7 % 90)).await;
                // Every third time the database's server goes first.
                match &ground.cluster {
                    Some(cluster) if kill % 3 == 2 => {
                        cluster.crash();
                        sleep(Duration::from_millis(100)).await;
                        program.kill();
                        cluster.start();
                    }
                    _ => program.kill(),
                }
            })
            .await;
        let seen = clients.look(&ground).await;
        lost += seen.lost;
        twice += seen.twice;
        let differs = ground.differs();
        wrong += usize::from(differs.is_some());
        let faults = (lost, twice, wrong);
        assert_eq!(faults, (0, 0, 0), "kill {kill}: {seen:?} {differs:?}");
    }
    println!(
        "{}: {kills} kills, {} confirmed, {lost} lost, {twice} twice, {wrong} recounts that differ",
        if super::on_postgres() {
            "PostgreSQL"
        } else {
            "SQLite"
        },
        clients.confirmed(),
    );
}
