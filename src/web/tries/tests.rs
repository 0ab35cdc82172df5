#![expect(clippy::unwrap_used, reason = "a test stops at a surprise")]

use std::sync::Arc;

use super::*;
use time::macros::datetime;

const NOW: OffsetDateTime = datetime!(2026-11-22 10:00 UTC);

fn here(account: &str) -> Vec<TryKey> {
    vec![TryKey::new(Door::AccountHere, account)]
}

#[tokio::test]
async fn each_wrong_try_waits_longer_until_a_right_one() {
    let tries = Tries::new(60);
    for _ in 0..5 {
        tries.begin(here("a"), NOW).await.unwrap().wrong();
    }
    let mut at = NOW;
    for seconds in [30, 60, 120, 240, 480] {
        let busy = tries.begin(here("a"), at).await.unwrap_err();
        let waits = busy.retry_after.whole_seconds();
        assert!(
            (seconds - 20..=seconds).contains(&waits),
            "{waits} of {seconds}"
        );
        at += busy.retry_after;
        tries.begin(here("a"), at).await.unwrap().wrong();
    }
    assert!(tries.begin(here("b"), at).await.is_ok(), "another account");
    at += Duration::minutes(15);
    tries.begin(here("a"), at).await.unwrap().right();
    for _ in 0..5 {
        tries.begin(here("a"), at).await.unwrap().wrong();
    }
}

#[tokio::test]
async fn many_wrong_tries_at_once_are_no_more_than_many_in_a_row() {
    let tries = Arc::new(Tries::new(60));
    let mut all = Vec::new();
    for _ in 0..100 {
        let tries = Arc::clone(&tries);
        all.push(tokio::spawn(async move {
            let turn = tries.begin(here("a"), NOW).await;
            tokio::task::yield_now().await;
            turn.map(Try::wrong).is_ok()
        }));
    }
    let mut judged = 0;
    for one in all {
        judged += usize::from(one.await.unwrap());
    }
    assert_eq!(judged, 5);
}

#[tokio::test]
async fn right_tries_at_once_queue_and_none_is_refused() {
    let tries = Arc::new(Tries::new(60));
    let mut all = Vec::new();
    for number in 0..150 {
        let tries = Arc::clone(&tries);
        all.push(tokio::spawn(async move {
            let mut keys = here("a");
            keys.push(TryKey::new(Door::Address, "192.0.2.1"));
            let turn = tries.begin(keys, NOW).await.unwrap();
            tokio::task::yield_now().await;
            match number % 10 {
                0 => turn.void(),
                _ => turn.right(),
            }
        }));
    }
    for one in all {
        one.await.unwrap();
    }
    assert!(
        tries
            .lock()
            .values()
            .all(|record| record.under_way + record.queued == 0)
    );
}

#[tokio::test]
async fn hanging_up_counts_and_a_flood_of_others_lets_nobody_off() {
    let tries = Tries::new(60);
    for _ in 0..6 {
        drop(tries.begin(here("a"), NOW).await);
    }
    assert!(tries.begin(here("a"), NOW).await.is_err());
    for number in 0..MOST + 100 {
        let other = here(&number.to_string());
        tries.begin(other, NOW).await.unwrap().wrong();
    }
    assert!(tries.lock().len() <= MOST);
    assert!(tries.begin(here("a"), NOW).await.is_err());
}
