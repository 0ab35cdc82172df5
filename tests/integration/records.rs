//! The citizen records, and who may enter.

use autonomia::accounts::links;
use autonomia::accounts::members;
use autonomia::accounts::staff::{self, NewStaff, StaffError};
use autonomia::accounts::strength::Weak;
use autonomia::accounts::tries::TryOrigin;
use autonomia::accounts::{Screen, SignInError, SigningKey, WayIn, card, session, viewer};
use autonomia::citizens::find::{find, read};
use autonomia::citizens::register::correct_in;
use autonomia::citizens::{Details, RecordError};
use autonomia::db;
use autonomia::db::entities::{audit, citizens};
use autonomia::domain::role::Role;
use futures_util::future::join_all;
use sea_orm::{DbErr, EntityTrait};
use time::Duration;
use time::macros::date;

use crate::ground::{Ground, NOW, person};

fn named(first: &str, last: &str) -> Details {
    Details {
        first_name: Some(first.to_owned()),
        last_name: Some(last.to_owned()),
        ..Details::default()
    }
}

#[actix_web::test]
async fn a_person_is_registered_once_whatever_the_form_of_the_code() {
    let ground = Ground::new().await;
    let details = person(date!(1960 - 05 - 01), 1);
    let ada = ground.register(details.clone()).await.unwrap();
    let again = ground.register(details.clone()).await;
    assert!(matches!(again, Err(RecordError::Exists(id)) if id == ada));
    // The same person under omocodia: the last digit of the place is a letter.
    let code = details.codice_fiscale.clone().unwrap();
    let digit = usize::from(code.as_bytes()[14] - b'0');
    let stem = format!("{}{}", &code[..14], char::from(b"LMNPQRSTUV"[digit]));
    let form = autonomia::domain::codice_fiscale::CodiceFiscale::invented(&stem).unwrap();
    let other = Details {
        codice_fiscale: Some(form.as_str().to_owned()),
        ..details
    };
    assert!(matches!(ground.register(other).await, Err(RecordError::Exists(id)) if id == ada));
}

#[actix_web::test]
async fn the_same_person_registered_by_many_at_once_is_one_record() {
    let ground = Ground::new().await;
    let details = person(date!(1960 - 05 - 01), 1);
    let all = join_all((0..12).map(|_| ground.register(details.clone()))).await;
    let made: Vec<_> = all
        .iter()
        .filter_map(|result| result.as_ref().ok())
        .collect();
    assert_eq!(made.len(), 1);
    for result in &all {
        let known = matches!(result, Err(RecordError::Exists(id)) if id == made[0]);
        assert!(result.is_ok() || known, "{result:?}");
    }
}

#[actix_web::test]
async fn a_record_without_a_name_is_refused() {
    let ground = Ground::new().await;
    let Err(RecordError::Invalid(faults)) = ground.register(Details::default()).await else {
        panic!("it was written");
    };
    let faults: Vec<_> = faults
        .iter()
        .map(|fault| (fault.field, fault.key))
        .collect();
    assert_eq!(
        faults,
        [("first_name", "required"), ("last_name", "required")]
    );
}

#[actix_web::test]
async fn the_codice_fiscale_is_stored_sealed_and_never_in_the_audit() {
    let ground = Ground::new().await;
    let details = person(date!(1960 - 05 - 01), 1);
    let code = details.codice_fiscale.clone().unwrap();
    let ada = ground.register(details).await.unwrap();
    let row = citizens::Entity::find_by_id(ada)
        .one(ground.db.read())
        .await
        .unwrap()
        .unwrap();
    for hidden in [row.cf_digest.unwrap(), row.cf_sealed.unwrap()] {
        assert!(!hidden.windows(6).any(|part| part == &code.as_bytes()[..6]));
    }
    let record = read(&ground.db, &ground.vault, ada).await.unwrap().unwrap();
    assert_eq!(record.codice_fiscale.unwrap().as_str(), code);
    assert_eq!(record.birth_date, Some(date!(1960 - 05 - 01)));
    let acts = audit::Entity::find().all(ground.db.read()).await.unwrap();
    assert!(acts.iter().any(|act| act.action == "citizen-registered"));
    assert!(!format!("{acts:?}").contains(&code[..6]) && !format!("{acts:?}").contains("Nives"));
}

#[actix_web::test]
async fn people_are_found_by_the_beginning_of_the_name_or_the_whole_code() {
    let ground = Ground::new().await;
    let nicolo = ground.register(named("Niccolò", "D'Angelo")).await.unwrap();
    let nina = ground.register(named("Nina", "De Angelis")).await.unwrap();
    let ada = ground.citizen(date!(1960 - 05 - 01), 1).await;
    let search = async |q: &str, scope: Option<&[_]>| {
        let found = find(&ground.db, &ground.vault, q, scope).await.unwrap();
        found.into_iter().map(|found| found.id).collect::<Vec<_>>()
    };
    assert_eq!(search("d'an", None).await, [nicolo]);
    assert_eq!(search("D ANGELO nic", None).await, [nicolo]);
    assert_eq!(search("ni", None).await, [nicolo, nina, ada]);
    assert_eq!(search("nicc", None).await, [nicolo]);
    assert_eq!(search("angelis", None).await, []);
    let code = person(date!(1960 - 05 - 01), 1).codice_fiscale.unwrap();
    assert_eq!(search(&code.to_lowercase(), None).await, [ada]);
    assert_eq!(search(&code[..15], None).await, []);
    assert_eq!(search("ni", Some(&[ground.points[1]])).await, []);
    assert_eq!(search("ni", Some(&[ground.points[0]])).await.len(), 3);
}

#[actix_web::test]
async fn a_correction_changes_what_it_mentions() {
    let ground = Ground::new().await;
    let other = ground.citizen(date!(1970 - 01 - 01), 2).await;
    let ada = ground.register(named("Ada", "Prova")).await.unwrap();
    let change = async |changes: Details| {
        let (vault, by) = (ground.vault.clone(), ground.facilitator);
        db::write(&ground.db, async move |tx| {
            correct_in(tx, &vault, ada, &changes, by, NOW).await
        })
        .await
    };
    let details = person(date!(1960 - 05 - 01), 1);
    change(Details {
        codice_fiscale: details.codice_fiscale,
        name_differs: true,
        phone: Some("080 555 0100".to_owned()),
        ..Details::default()
    })
    .await
    .unwrap();
    change(Details {
        last_name: Some("Nuova".to_owned()),
        name_differs: true,
        ..Details::default()
    })
    .await
    .unwrap();
    let record = read(&ground.db, &ground.vault, ada).await.unwrap().unwrap();
    assert_eq!(
        (record.first_name.as_str(), record.last_name.as_str()),
        ("Ada", "Nuova")
    );
    assert_eq!(record.phone.as_deref(), Some("080 555 0100"));
    assert_eq!(
        (record.birth_date, record.verified_at),
        (Some(date!(1960 - 05 - 01)), Some(NOW))
    );
    change(Details {
        phone: Some(String::new()),
        ..Details::default()
    })
    .await
    .unwrap();
    let record = read(&ground.db, &ground.vault, ada).await.unwrap().unwrap();
    assert_eq!(record.phone, None);
    let taken = person(date!(1970 - 01 - 01), 2).codice_fiscale;
    let taken = change(Details {
        codice_fiscale: taken,
        name_differs: true,
        ..Details::default()
    })
    .await;
    assert!(
        matches!(taken, Err(RecordError::Exists(id)) if id == other),
        "{taken:?}"
    );
    assert_eq!(
        find(&ground.db, &ground.vault, "nuova a", None)
            .await
            .unwrap()
            .len(),
        1
    );
}

#[actix_web::test]
async fn signing_out_works_at_once() {
    let ground = Ground::new().await;
    let key = SigningKey::new(&[3; 32]);
    let opened = session::open_guest(&ground.db, &key, Screen::Program, NOW)
        .await
        .unwrap();
    let look = async |token: &str, now| viewer(&ground.db, &key, token, now).await.unwrap();
    let seen = look(&opened.token, NOW).await.unwrap();
    assert_eq!(seen, opened.viewer);
    assert!(seen.is_guest());
    assert_eq!(look(&opened.token, opened.expires_at).await, None);
    assert_eq!(look("forged", NOW).await, None);
    session::close(&ground.db, seen.session, NOW).await.unwrap();
    session::close(&ground.db, seen.session, NOW).await.unwrap();
    assert_eq!(look(&opened.token, NOW).await, None);
}

#[actix_web::test]
async fn staff_enter_with_a_password_set_through_a_link_that_works_once() {
    let ground = Ground::new().await;
    let key = SigningKey::new(&[3; 32]);
    let new = NewStaff {
        email: " Coordinatrice@Example.org ".to_owned(),
        name: "Coordinatrice".to_owned(),
        role: Role::Coordinator,
        point: None,
    };
    let (account, token) = staff::add(&ground.db, new.clone(), None, NOW)
        .await
        .unwrap();
    let token = token.unwrap();
    let from = (&ground.vault, "203.0.113.9");
    let set = async |secret: &str| links::set_password(&ground.db, from, &token, secret, NOW).await;
    assert!(matches!(
        set("corta").await,
        Err(StaffError::Weak(Weak::Short))
    ));
    assert_eq!(set("tre lumache sul balcone").await.unwrap(), account);
    assert!(matches!(
        set("quattro lumache sul tetto").await,
        Err(StaffError::Link)
    ));
    // Added again with another role: the same person.
    let also = NewStaff {
        role: Role::Editor,
        ..new.clone()
    };
    assert_eq!(
        staff::add(&ground.db, also, None, NOW).await.unwrap().0,
        account
    );
    assert_eq!(
        staff::add(&ground.db, new, None, NOW).await.unwrap().0,
        account
    );
    let email = "coordinatrice@example.org";
    let enter = async |email: &str, secret: &str| {
        session::identify_staff(&ground.db, email, secret, NOW).await
    };
    assert_eq!(
        enter(email, "tre lumache sul balcone")
            .await
            .unwrap()
            .account,
        account
    );
    assert!(matches!(
        enter(email, "sbagliata").await,
        Err(SignInError::Wrong)
    ));
    assert!(matches!(
        enter("x@example.org", "sbagliata").await,
        Err(SignInError::Wrong)
    ));
    let signing = key.clone();
    let opened = db::write(&ground.db, async move |tx| {
        session::open_for_account_in(tx, &signing, account, &WayIn::default(), NOW).await
    });
    let opened = opened.await.unwrap();
    let seen = viewer(&ground.db, &key, &opened.token, NOW)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(seen, opened.viewer);
    assert!(seen.is(Role::Editor) && seen.is_at(Role::Coordinator, ground.points[0]));
    assert!(!seen.is(Role::Admin));
    staff::disable(&ground.db, email, None, NOW).await.unwrap();
    assert_eq!(
        viewer(&ground.db, &key, &opened.token, NOW).await.unwrap(),
        None
    );
    assert!(matches!(
        enter(email, "tre lumache sul balcone").await,
        Err(SignInError::Wrong)
    ));
    assert_eq!(members::list(&ground.db).await.unwrap().len(), 2);
}

#[actix_web::test]
async fn a_card_opens_with_its_pin_and_waits_longer_after_each_wrong_one() {
    let ground = Ground::new().await;
    let ada = ground.citizen(date!(1960 - 05 - 01), 1).await;
    let issue = async || {
        card::issue(&ground.db, &ground.vault, ada, ground.printer(), NOW)
            .await
            .unwrap()
    };
    let old = issue().await;
    let new = issue().await;
    let place = TryOrigin::of(&ground.vault, "net", "address", false);
    let try_at = async |code: &str, pin: &str, now| {
        let place = &place;
        let tried = card::CardTry { code, pin, place };
        let holder = card::verify(&ground.db, &ground.vault, tried, now).await;
        holder.map(|holder| holder.citizen)
    };
    assert!(matches!(
        try_at(&old.code, &old.pin, NOW).await,
        Err(SignInError::Wrong)
    ));
    let typed = new.code.to_lowercase().replace('-', " ");
    assert_eq!(try_at(&typed, &new.pin, NOW).await.unwrap(), ada);
    assert!(matches!(
        try_at("AAAA-AAAA-A", &new.pin, NOW).await,
        Err(SignInError::Wrong)
    ));
    // Ten at once are no more than five in a row.
    let tries = join_all((0..10).map(|_| try_at(&new.code, "no", NOW))).await;
    let locked = tries
        .iter()
        .filter(|t| matches!(t, Err(SignInError::Locked { .. })))
        .count();
    assert_eq!(locked, 5);
    let mut now = NOW;
    for minutes in [15, 60, 6 * 60, 24 * 60, 24 * 60] {
        let wait = Duration::minutes(minutes);
        let early = now + wait - Duration::minutes(1);
        let right = try_at(&new.code, &new.pin, early).await;
        assert!(matches!(right, Err(SignInError::Locked { .. })));
        now += wait;
        let wrong = try_at(&new.code, "no", now).await;
        assert!(matches!(wrong, Err(SignInError::Wrong)), "{minutes}");
    }
    now += Duration::DAY;
    assert_eq!(try_at(&new.code, &new.pin, now).await.unwrap(), ada);
    let again = try_at(&new.code, "no", now).await;
    assert!(matches!(again, Err(SignInError::Wrong)), "it begins anew");
}

#[actix_web::test]
async fn a_citizen_enters_as_themselves_at_their_point() {
    let ground = Ground::new().await;
    let ada = ground.citizen(date!(1960 - 05 - 01), 1).await;
    let key = SigningKey::new(&[3; 32]);
    let mut learners = Vec::new();
    for opened in join_all((0..4).map(|_| {
        let key = key.clone();
        db::write(&ground.db, async move |tx| {
            session::open_for_citizen_in(tx, &key, ada, &WayIn::default(), NOW).await
        })
    }))
    .await
    {
        let opened = opened.unwrap();
        let seen = viewer(&ground.db, &key, &opened.token, NOW)
            .await
            .unwrap()
            .unwrap();
        assert_eq!(seen, opened.viewer);
        assert_eq!(seen.citizen, Some(ada));
        assert!(seen.is_at(Role::Citizen, ground.points[0]));
        learners.push(seen.learner);
    }
    learners.dedup();
    assert_eq!(learners.len(), 1, "one learner a citizen");
    let nobody = autonomia::domain::ids::CitizenId::new();
    let opened = db::write(&ground.db, async move |tx| {
        session::open_for_citizen_in(tx, &key, nobody, &WayIn::default(), NOW).await
    });
    let refused: Result<_, DbErr> = opened.await;
    assert!(refused.is_err());
}
