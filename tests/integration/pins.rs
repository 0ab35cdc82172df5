//! Guessing the PIN of a card: how many tries somebody gets, from one address and from a thousand,
//! at one card and at many; and that its owner gets in meanwhile.

use std::collections::BTreeMap;

use autonomia::accounts::SignInError;
use autonomia::accounts::card::{self, CardTry, Issued};
use autonomia::accounts::tries::{self, TryOrigin, TryTurn};
use autonomia::citizens::vault::Purpose;
use autonomia::db;
use autonomia::domain::ids::CitizenId;
use futures_util::future::join_all;
use time::macros::date;
use time::{Duration, OffsetDateTime};

use crate::ground::{Ground, NOW};

/// Every PIN there is: 100,000 less those that anybody would try.
const PINS: f64 = 99_978.0;

impl Ground {
    pub(crate) fn place(&self, number: usize) -> TryOrigin {
        self.address(number, number)
    }

    /// An address of a net.
    fn address(&self, net: usize, number: usize) -> TryOrigin {
        let (net, address) = (format!("net {net}"), format!("address {number}"));
        TryOrigin::of(&self.vault, &net, &address, false)
    }

    pub(crate) async fn card(&self, citizen: CitizenId) -> Issued {
        let printer = self.printer();
        card::issue(&self.db, &self.vault, citizen, printer, NOW)
            .await
            .unwrap()
    }

    pub(crate) async fn open(
        &self,
        (code, pin): (&str, &str),
        place: &TryOrigin,
        now: OffsetDateTime,
    ) -> Result<CitizenId, SignInError> {
        let tried = CardTry { code, pin, place };
        let holder = card::verify(&self.db, &self.vault, tried, now).await?;
        Ok(holder.citizen)
    }

    /// A try without its PIN: what is counted does not depend on it.
    pub(crate) async fn take(
        &self,
        code: &[u8],
        place: &TryOrigin,
        now: OffsetDateTime,
    ) -> Result<TryTurn, Duration> {
        let (code, place) = (code.to_vec(), place.clone());
        let taken = db::write(&self.db, async move |tx| {
            tries::take(tx, &code, &place, now).await
        });
        match taken.await {
            Ok(turn) => Ok(turn),
            Err(SignInError::Locked { wait }) => Err(wait),
            Err(error) => panic!("{error}"),
        }
    }
}

/// Somebody who guesses as often as they are let, for some days: tries by day.
async fn guess(ground: &Ground, codes: usize, places: &[TryOrigin], days: i64) -> Vec<u32> {
    let codes: Vec<Vec<u8>> = (0..codes)
        .map(|n| ground.vault.digest(Purpose::Card, &format!("card {n}")))
        .collect();
    // When a card, and an address, may be tried next, as the answers say.
    let mut cards = vec![NOW; codes.len()];
    let mut nets = vec![NOW; places.len()];
    let mut tried = vec![0; usize::try_from(days).unwrap()];
    let mut now = NOW;
    let (mut card, mut net) = (0, 0);
    while now < NOW + Duration::days(days) {
        let free = |times: &[OffsetDateTime], from: usize| {
            let all = (0..times.len()).map(|step| (from + step) % times.len());
            all.into_iter().find(|at| times[*at] <= now)
        };
        let (Some(at), Some(from)) = (free(&cards, card), free(&nets, net)) else {
            let soonest = |times: &[OffsetDateTime]| *times.iter().min().unwrap();
            now = soonest(&cards)
                .max(soonest(&nets))
                .max(now + Duration::SECOND);
            continue;
        };
        // The next card each time: with one address, no card is ever the one that waits.
        (card, net) = (at + 1, from + 1);
        match ground.take(&codes[at], &places[from], now).await {
            Ok(_) => tried[usize::try_from((now - NOW).whole_days()).unwrap()] += 1,
            // The card's or the address's: another address shows which.
            Err(wait) if places.len() == 1 && codes.len() > 1 => nets[from] = now + wait,
            Err(wait) => cards[at] = now + wait,
        }
    }
    tried
}

/// Whether the counts are those of a region.
fn full() -> bool {
    std::env::var_os("AUTONOMIA_PINS_FULL").is_some()
}

#[actix_web::test]
async fn guessing_pins_is_bounded_by_card_and_by_address() {
    // (cards, addresses, days); what grows with the cards alone is played with fewer of them.
    let (many, few) = if full() { (1_000, 1_000) } else { (20, 10) };
    let mut table = String::from(
        "cards | addresses, in nets | first day | later days | in all of 60 days | chance of a hit in them\n",
    );
    let mut seen = BTreeMap::new();
    let played = [
        (1, 1, 1),
        (1, 1_000, 1_000),
        (1_000, 1, 1),
        (few, 256, 1),
        (many, 1_000, 1_000),
    ];
    for (cards, addresses, nets) in played {
        let ground = Ground::new().await;
        let days = if (cards, addresses) == (1_000, 1) && !full() {
            3
        } else {
            60
        };
        let places = (0..addresses).map(|number| ground.address(number % nets, number));
        let places: Vec<TryOrigin> = places.collect();
        let tried = guess(&ground, cards, &places, days).await;
        let all: u32 = tried.iter().sum();
        let later = tried[1..].iter().max().unwrap();
        let scale = if cards > 1 && addresses > 1 {
            1_000.0 / f64::from(u32::try_from(cards).unwrap())
        } else {
            1.0
        };
        let all_60 = if days == 60 {
            f64::from(all)
        } else {
            f64::from(*later) * 59.0 + f64::from(tried[0])
        };
        let hits = all_60 * scale / PINS;
        table.push_str(&format!(
            "{:5} | {addresses:9}, {nets:7} | {:9} | {:10} | {:17} | {:.4} %\n",
            if scale > 1.0 { 1_000 } else { cards },
            f64::from(tried[0]) * scale,
            f64::from(*later) * scale,
            all_60 * scale,
            100.0 * (1.0 - (-hits).exp()),
        ));
        seen.insert((cards, addresses), tried);
    }
    println!("{table}");
    for addresses in [1, 1_000] {
        let one = &seen[&(1, addresses)];
        assert_eq!(one[0], 8, "{table}");
        assert!(one[1..].iter().all(|tries| *tries <= 1), "{table}");
        assert_eq!(
            one.iter().sum::<u32>(),
            30,
            "then the desk is asked\n{table}"
        );
    }
    // Sixty at once, and sixty more as each day goes by.
    let one = &seen[&(1_000, 1)];
    assert!((118..=121).contains(&one[0]), "{table}");
    let later = one[1..].iter();
    assert!(
        later.clone().all(|tries| (59..=61).contains(tries)),
        "{table}"
    );
    for (cards, addresses) in [(few, 256), (many, 1_000)] {
        let all = &seen[&(cards, addresses)];
        assert_eq!(
            all.iter().sum::<u32>(),
            u32::try_from(30 * cards).unwrap(),
            "whatever the addresses and their nets\n{table}"
        );
    }
}

#[actix_web::test]
async fn the_owner_gets_in_from_where_they_usually_are_while_a_thousand_others_guess() {
    let ground = Ground::new().await;
    let ada = ground.citizen(date!(1960 - 05 - 01), 1).await;
    let issued = ground.card(ada).await;
    let (code, home) = (issued.code.as_str(), ground.place(9_999));
    let right = (code, issued.pin.as_str());
    let opened = ground.open(right, &home, NOW).await;
    assert_eq!(opened.unwrap(), ada);
    let digest = ground.vault.digest(Purpose::Card, &code.replace('-', ""));
    let (mut now, mut wrong) = (NOW, 0);
    for day in 0..40 {
        for number in 0..25 {
            let thief = ground.place(day * 25 + number);
            wrong += i32::from(ground.take(&digest, &thief, now).await.is_ok());
        }
        now += Duration::hours(1);
        let opened = ground.open(right, &home, now).await;
        assert_eq!(opened.unwrap(), ada, "day {day}");
        now += Duration::hours(24);
    }
    assert_eq!(wrong, tries::DESK, "the owner's own days give nobody more");
    let db = &ground.db;
    assert!(card::in_use(db, ada).await.unwrap().unwrap().asks_the_desk);
    // Elsewhere, even the right PIN waits for the desk.
    let abroad = ground.place(5_000);
    let away = ground.open(right, &abroad, now).await;
    assert!(matches!(away, Err(SignInError::Locked { .. })));
    card::reopen(db, ada, ground.facilitator, now)
        .await
        .unwrap();
    assert!(!card::in_use(db, ada).await.unwrap().unwrap().asks_the_desk);
    assert_eq!(ground.open(right, &abroad, now).await.unwrap(), ada);
    // Who sits where the owner does has their own thirty, and no more.
    let mut here = 0;
    for _ in 0..60 {
        here += i32::from(ground.take(&digest, &home, now).await.is_ok());
        now += Duration::days(1);
    }
    assert_eq!(here, tries::DESK);
    assert_eq!(ground.open(right, &abroad, now).await.unwrap(), ada);
}

#[actix_web::test]
async fn a_card_is_usual_where_it_was_printed_and_a_crowd_does_not_shut_the_others_out() {
    let ground = Ground::new().await;
    let point = ground.place(1);
    let ada = ground.citizen(date!(1960 - 05 - 01), 1).await;
    let printer = card::Printer {
        place: Some(point.clone()),
        ..ground.printer()
    };
    let printed = card::issue(&ground.db, &ground.vault, ada, printer, NOW);
    let printed = printed.await.unwrap();
    let mut wrong = 0;
    for number in 0..500 {
        let code = ground
            .vault
            .digest(Purpose::Card, &format!("guess {number}"));
        wrong += i32::from(ground.take(&code, &point, NOW).await.is_ok());
    }
    assert_eq!(wrong, tries::NEW_A_DAY);
    let right = (printed.code.as_str(), printed.pin.as_str());
    assert_eq!(ground.open(right, &point, NOW).await.unwrap(), ada);
    // Thirty at once, each of whom typed theirs wrong before, at an address of their own.
    let school = ground.place(2);
    let mut class = Vec::new();
    for number in 10..20 {
        let pupil = ground.citizen(date!(1960 - 05 - 01), number).await;
        class.push((pupil, ground.card(pupil).await));
    }
    for _ in 0..3 {
        for (_, card) in &class {
            let tried = ground.open((&card.code, "no"), &school, NOW).await;
            assert!(matches!(tried, Err(SignInError::Wrong)));
        }
    }
    let all = class.iter().map(async |(pupil, card)| {
        let right = (card.code.as_str(), card.pin.as_str());
        assert_eq!(ground.open(right, &school, NOW).await.unwrap(), *pupil);
    });
    join_all(all).await;
}

#[actix_web::test]
async fn an_address_that_guesses_does_not_shut_its_net_to_cards_that_are_new_there() {
    let ground = Ground::new().await;
    let ada = ground.citizen(date!(1960 - 05 - 01), 1).await;
    let card = ground.card(ada).await;
    let right = (card.code.as_str(), card.pin.as_str());
    let guess = async |number: usize, from: &TryOrigin| {
        let code = format!("guess {number}");
        let code = ground.vault.digest(Purpose::Card, &code);
        i32::from(ground.take(&code, from, NOW).await.is_ok())
    };
    let (thief, mut wrong) = (ground.address(7, 1), 0);
    for number in 0..100 {
        wrong += guess(number, &thief).await;
    }
    assert_eq!(wrong, tries::NEW_A_DAY);
    // A crowd of other addresses does not either.
    for number in 0..75 {
        wrong += guess(1_000 + number, &ground.address(7, 10 + number)).await;
    }
    assert_eq!(wrong, tries::NEW_A_DAY + 75);
    let there = ground.open(right, &thief, NOW).await;
    assert!(matches!(there, Err(SignInError::Locked { .. })));
    let opened = ground.open(right, &ground.address(7, 200), NOW).await;
    assert_eq!(opened.unwrap(), ada);
    // From now on the net is usual, at whatever address the provider gives.
    assert_eq!(ground.open(right, &thief, NOW).await.unwrap(), ada);
}

#[actix_web::test]
async fn many_tries_at_once_are_no_more_than_many_in_a_row() {
    let ground = Ground::new().await;
    let ada = ground.citizen(date!(1960 - 05 - 01), 1).await;
    let issued = ground.card(ada).await;
    let places: Vec<TryOrigin> = (0..12).map(|number| ground.place(number)).collect();
    let all = places
        .iter()
        .map(|place| ground.open((&issued.code, "no"), place, NOW));
    let judged = join_all(all).await;
    let wrong = judged
        .iter()
        .filter(|tried| matches!(tried, Err(SignInError::Wrong)));
    assert_eq!(wrong.count(), 5);
}
