//! A file that is called back before it is sent.

use autonomia::citizens::Details;
use autonomia::db::entities::facilita_batches;
use autonomia::domain::facilita::SendState;
use autonomia::domain::ids::BatchId;
use autonomia::learning::erase::{self, erase};
use autonomia::learning::registration;
use autonomia::network::facilita::call_back::call_back;
use autonomia::network::facilita::report::{ReportAnswer, receive};
use autonomia::network::facilita::state::{self, Decision};
use autonomia::network::facilita::{FacilitaError, batch};
use autonomia::network::verify::verify;
use sea_orm::EntityTrait as _;

use super::{BORN, known, reader, services_of};
use crate::ground::NOW;

#[actix_web::test]
async fn a_file_is_called_back_before_it_is_sent_and_its_rows_go_with_the_next() {
    let ground = known().await;
    let mut people = Vec::new();
    for number in 0..4 {
        let who = ground.whole(BORN, number).await;
        ground.record(ground.service("SPID", &[who])).await.unwrap();
        people.push(who);
    }
    let back = async |id| call_back(&ground.db, id, ground.facilitator, NOW).await;
    // One file came back: a row was mended here, one in Facilita.
    let first = ground.make().await;
    let sent = services_of(&ground, &first).await;
    let first = first.batch.unwrap();
    let refused = reader::brief(&[
        (1, "Dati del cittadino errati"),
        (2, "La sede non e' presente"),
    ]);
    ground.receive(first, &refused).await.unwrap();
    assert!(matches!(back(first).await, Err(FacilitaError::Reported)));
    let province = Details {
        province: Some("Foggia".to_owned()),
        ..Details::default()
    };
    ground.correct(people[0], province).await;
    let (db, by) = (&ground.db, ground.facilitator);
    let again = Decision::Again;
    state::decide(db, (first, 2), again, "ora c'è", by, NOW)
        .await
        .unwrap();
    let fifth = ground.whole(BORN, 5).await;
    let new = ground
        .record(ground.service("SPID", &[fifth]))
        .await
        .unwrap();

    let second = ground.make().await;
    assert_eq!(second.rows, 3);
    let second = second.batch.unwrap();
    // Before it is called back somebody clears a field of a record in it.
    let nothing = Details {
        education: Some(String::new()),
        ..Details::default()
    };
    let (vault, by) = (&ground.vault, ground.facilitator);
    registration::correct(&ground.db, vault, fifth, nothing, by, NOW)
        .await
        .unwrap();
    back(second).await.unwrap();
    back(second).await.unwrap();
    assert_eq!(ground.counts().await, [1, 0, 2, 0, 2]);
    assert_eq!(ground.never_sent().await, (0, 1), "it stands still now");
    assert_eq!(verify(&ground.db).await.unwrap(), []);
    assert_eq!(ground.state(new.service).await, SendState::Ready);
    for answer in [
        ReportAnswer::NoneRefused,
        ReportAnswer::Report(refused.as_bytes(), None),
    ] {
        let read = receive(db, &ground.vault, second, answer, None, NOW).await;
        assert!(matches!(read, Err(FacilitaError::CalledBack)), "{read:?}");
    }
    // It stays in the history, with its bytes, and the next file has what it had.
    let listed = batch::list(db, ground.programme.id).await.unwrap();
    assert_eq!(
        listed
            .iter()
            .filter(|one| one.called_back_at.is_some())
            .count(),
        1
    );
    assert!(batch::file(db, &ground.vault, second).await.is_ok());
    let third = ground.make().await;
    assert_eq!(services_of(&ground, &third).await, sent[..2]);
    // An old report read again knows nothing of a file that was never sent.
    ground.all_taken(third.batch.unwrap()).await.unwrap();
    ground.receive(first, &refused).await.unwrap();
    assert_eq!(ground.state(sent[0]).await, SendState::Accepted);
    let nobodys = back(BatchId::new()).await;
    assert!(matches!(nobodys, Err(FacilitaError::NotFound)));
}

#[actix_web::test]
async fn what_is_called_back_of_somebody_who_was_erased_never_goes_again() {
    let ground = known().await;
    let mut services = Vec::new();
    let mut people = Vec::new();
    for number in 0..2 {
        let who = ground.whole(BORN, number).await;
        let made = ground.record(ground.service("SPID", &[who])).await;
        services.push(made.unwrap().service);
        people.push(who);
    }
    let made = ground.make().await;
    let (db, by) = (&ground.db, ground.facilitator);
    let asked = (erase::Ground::AskedAtDesk, Some(by));
    erase(db, &ground.vault, people[0], asked, NOW)
        .await
        .unwrap();
    call_back(db, made.batch.unwrap(), by, NOW).await.unwrap();
    assert_eq!(ground.state(services[0]).await, SendState::Erased);
    assert_eq!(ground.state(services[1]).await, SendState::Ready);
    assert_eq!(ground.never_sent().await, (1, 0));
    assert_eq!(verify(db).await.unwrap(), []);
    let next = ground.make().await;
    assert_eq!(services_of(&ground, &next).await, services[1..]);
}

/// Two call it back, one reads its report: it is one or the other.
#[actix_web::test]
async fn a_file_is_either_called_back_or_answered_whoever_is_first() {
    let ground = known().await;
    let ada = ground.whole(BORN, 1).await;
    let service = ground
        .record(ground.service("SPID", &[ada]))
        .await
        .unwrap()
        .service;
    let (db, by) = (&ground.db, ground.facilitator);
    for _ in 0..4 {
        let made = ground.make().await;
        let Some(id) = made.batch else { break };
        let backs = (0..2).map(|_| call_back(db, id, by, NOW));
        let backs = futures_util::future::join_all(backs);
        let read = receive(db, &ground.vault, id, ReportAnswer::NoneRefused, None, NOW);
        let (backs, read) = futures_util::future::join(backs, read).await;
        let row = facilita_batches::Entity::find_by_id(id)
            .one(db.read())
            .await;
        let row = row.unwrap().unwrap();
        let called_back = row.called_back_at.is_some();
        assert_ne!(called_back, row.reported_at.is_some());
        assert!(
            backs.iter().all(|back| back.is_ok() == called_back),
            "{backs:?}"
        );
        assert_eq!(read.is_err(), called_back, "{read:?}");
        let state = match called_back {
            true => SendState::Ready,
            false => SendState::Accepted,
        };
        assert_eq!(ground.state(service).await, state);
    }
}
