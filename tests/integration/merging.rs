//! Two records of one person made one, and parted again.

use autonomia::citizens::find::{find, kept_instead, read};
use autonomia::citizens::{Details, consent};
use autonomia::db;
use autonomia::db::entities::{
    assignments, attendances, audit, cards, citizens, citizens_reached, consents, group_members,
    groups, help_requests,
};
use autonomia::domain::ids::{AssignmentId, CitizenId, GroupId, HelpRequestId, ModuleId};
use autonomia::learning::merge::{MergeError, merge, undo};
use awc::http::Method;
use sea_orm::ActiveValue::Set;
use sea_orm::{DbErr, EntityTrait};
use serde_json::{Value, json};
use time::Duration;
use time::macros::date;

use crate::actor::Actor;
use crate::app::TestApp;
use crate::desk_people::desk;
use crate::ground::{Ground, NOW, person};
use crate::people::Person;

/// A person of whom only the name is known.
fn named() -> Details {
    Details {
        first_name: Some("Nives".to_owned()),
        last_name: Some("Prova B".to_owned()),
        phone: Some("080 555 0100".to_owned()),
        ..Details::default()
    }
}

/// Everything that follows two people, but for when their records last changed.
async fn everything(ground: &Ground) -> Vec<String> {
    let db = ground.db.read();
    let mut all = Vec::new();
    macro_rules! rows {
        ($($table:ident)*) => {$(
            for row in $table::Entity::find().all(db).await.unwrap() {
                all.push(format!("{row:?}"));
            }
        )*};
    }
    rows!(attendances citizens_reached group_members assignments help_requests consents cards);
    for mut row in citizens::Entity::find().all(db).await.unwrap() {
        row.updated_at = NOW;
        all.push(format!("{row:?}"));
    }
    all.sort();
    all
}

/// Groups, things to learn and questions of two people: some the same, some not.
async fn belong(ground: &Ground, one: CitizenId, other: CitizenId) {
    let (point, by) = (ground.points[0], ground.facilitator);
    let member = |group: GroupId, citizen| group_members::ActiveModel {
        group_id: Set(group),
        citizen_id: Set(citizen),
        added_at: Set(NOW),
    };
    let assigned = |citizen, module: &str| assignments::ActiveModel {
        id: Set(AssignmentId::new()),
        citizen_id: Set(Some(citizen)),
        group_id: Set(None),
        module: Set(ModuleId::parse(module).unwrap()),
        lesson: Set(None),
        path: Set(None),
        due_on: Set(None),
        note: Set(String::new()),
        assigned_by: Set(by),
        assigned_at: Set(NOW),
        withdrawn_at: Set(None),
    };
    let group = |id| groups::ActiveModel {
        id: Set(id),
        point_id: Set(point),
        name: Set("Corso del martedì".to_owned()),
        created_by: Set(by),
        created_at: Set(NOW),
        closed_at: Set(None),
    };
    let asked = help_requests::ActiveModel {
        id: Set(HelpRequestId::new()),
        citizen_id: Set(other),
        point_id: Set(point),
        module: Set(ModuleId::parse("spid").unwrap()),
        lesson: Set(None),
        question: Set(None),
        text: Set("Non trovo il PIN.".to_owned()),
        asked_at: Set(NOW),
        answer: Set(None),
        answered_by: Set(None),
        answered_at: Set(None),
    };
    let (both, only) = (GroupId::new(), GroupId::new());
    let groups = [group(both), group(only)];
    let members = [member(both, one), member(both, other), member(only, other)];
    let assigned = [
        assigned(one, "spid"),
        assigned(other, "spid"),
        assigned(other, "pagamenti-online"),
    ];
    db::write(&ground.db, async move |tx| {
        groups::Entity::insert_many(groups).exec(tx).await?;
        group_members::Entity::insert_many(members).exec(tx).await?;
        assignments::Entity::insert_many(assigned).exec(tx).await?;
        help_requests::Entity::insert(asked).exec(tx).await?;
        Ok::<_, DbErr>(())
    })
    .await
    .unwrap();
}

#[actix_web::test]
async fn whichever_record_is_kept_nothing_is_lost_and_everything_comes_back() {
    for coded_is_kept in [true, false] {
        let ground = Ground::new().await;
        let (db, vault, by) = (&ground.db, &ground.vault, ground.facilitator);
        let coded = ground.citizen(date!(1960 - 05 - 01), 1).await;
        let plain = ground.register(named()).await.unwrap();
        let (kept, merged) = match coded_is_kept {
            true => (coded, plain),
            false => (plain, coded),
        };
        for (title, who) in [
            ("Insieme", &[coded, plain][..]),
            ("SPID", &[coded]),
            ("pagoPA", &[plain]),
        ] {
            ground.record(ground.service(title, who)).await.unwrap();
        }
        belong(&ground, kept, merged).await;
        let both = consent::Agreed {
            notice: true,
            contact: true,
        };
        consent::record(db, merged, both, by, NOW).await.unwrap();
        let card = autonomia::accounts::card::issue(db, vault, merged, ground.printer(), NOW);
        let card = card.await.unwrap();
        let before = everything(&ground).await;
        let sums = ground.sums().await;
        assert_eq!(sums, (1, 3));

        let done = merge(db, vault, kept, merged, by, NOW).await.unwrap();
        let again = merge(db, vault, kept, merged, by, NOW).await.unwrap();
        assert_eq!(done, again, "again, it changes nothing");
        assert_eq!(ground.sums().await, (1, 3));
        let record = read(db, vault, kept).await.unwrap().unwrap();
        assert!(record.codice_fiscale.is_some() && record.verified_at.is_some());
        assert_eq!(record.birth_date, Some(date!(1960 - 05 - 01)));
        assert_eq!(record.phone.as_deref(), Some("080 555 0100"));
        assert_eq!(read(db, vault, merged).await.unwrap(), None);
        assert_eq!(kept_instead(db, merged).await.unwrap(), Some(kept));
        let code = person(date!(1960 - 05 - 01), 1).codice_fiscale.unwrap();
        for q in ["prova", "nives", &code] {
            let found = find(db, vault, q, None).await.unwrap();
            let found: Vec<_> = found.iter().map(|found| found.id).collect();
            assert_eq!(found, [kept], "{q}");
        }
        let stale = ground.record(ground.service("Altro", &[merged])).await;
        assert!(stale.is_err(), "nothing more happens to the merged record");
        let printed = autonomia::accounts::card::printed(db, vault, card.id).await;
        let whose = printed.unwrap().map(|(whose, _)| whose);
        assert_eq!(whose, Some(kept), "its card goes along");
        let now = everything(&ground).await;
        let of = |table: &str, id: CitizenId| {
            let id = id.to_string();
            let rows = now.iter().filter(|row| row.contains(&id));
            rows.filter(|row| row.contains(table)).count()
        };
        assert_eq!(of("facilita:", kept), 3, "three services");
        assert_eq!(of("added_at", kept), 2, "two groups");
        assert_eq!(of("due_on: None", kept), 2, "two things to learn");
        assert_eq!(of("asked_at", kept) + of("recorded_at", kept), 3);

        undo(db, vault, done.id, by, NOW + Duration::hours(23))
            .await
            .unwrap();
        undo(db, vault, done.id, by, NOW + Duration::hours(23))
            .await
            .unwrap();
        assert_eq!(everything(&ground).await, before);
        assert_eq!(ground.sums().await, sums);
        let acts = audit::Entity::find().all(db.read()).await.unwrap();
        let of = |action: &str| acts.iter().filter(|act| act.action == action).count();
        assert_eq!((of("citizens-merged"), of("merge-undone")), (2, 2));
    }
}

#[actix_web::test]
async fn two_people_are_not_merged_and_a_day_later_it_is_too_late() {
    let ground = Ground::new().await;
    let (db, vault, by) = (&ground.db, &ground.vault, ground.facilitator);
    let ada = ground.citizen(date!(1960 - 05 - 01), 1).await;
    let other = ground.citizen(date!(1960 - 05 - 01), 2).await;
    let born = Details {
        birth_date: Some("1961-01-01".to_owned()),
        ..named()
    };
    let born = ground.register(born).await.unwrap();
    for other in [other, born] {
        let refused = merge(db, vault, ada, other, by, NOW).await;
        assert!(matches!(refused, Err(MergeError::TwoPeople)), "{refused:?}");
    }
    let same = merge(db, vault, ada, ada, by, NOW).await;
    assert!(matches!(same, Err(MergeError::Same)));
    let [one, two] = [(); 2].map(|()| ground.register(named()));
    let (one, two) = (one.await.unwrap(), two.await.unwrap());
    let first = merge(db, vault, ada, one, by, NOW).await.unwrap();
    let second = merge(db, vault, ada, two, by, NOW).await.unwrap();
    let hidden = merge(db, vault, other, two, by, NOW).await;
    assert!(matches!(hidden, Err(MergeError::NotFound)));
    let order = undo(db, vault, first.id, by, NOW).await;
    assert!(matches!(order, Err(MergeError::LaterFirst)), "{order:?}");
    let late = NOW + Duration::hours(24) + Duration::seconds(1);
    let late = undo(db, vault, second.id, by, late).await;
    assert!(matches!(late, Err(MergeError::TooLate)), "{late:?}");
    undo(db, vault, second.id, by, NOW).await.unwrap();
    undo(db, vault, first.id, by, NOW).await.unwrap();
}

/// Somebody registered twice, who learned something with each of the two cards.
struct Twice {
    desk: Actor,
    coded: String,
    plain: String,
    phones: [Actor; 2],
    cards: [Value; 2],
    code: String,
}

async fn twice(app: &TestApp) -> Twice {
    let desk = app.facilitator().await;
    let person = Person::born(date!(1966 - 04 - 12), 7);
    let full = person.record(app.point());
    let mut bare = full.clone();
    bare["codice_fiscale"] = json!("");
    let mut ids = Vec::new();
    let mut cards = Vec::new();
    let mut phones = Vec::new();
    for (record, module) in [(full, "spid"), (bare, "pagamenti-online")] {
        let made = desk.post("/citizens", record).await.json(201);
        let id = made["id"].as_str().unwrap().to_owned();
        let card = desk.post(&format!("/citizens/{id}/card"), json!({})).await;
        let card = card.json(201);
        let card = json!({ "card": card["card"], "pin": card["pin"] });
        let phone = app.enter(&app.visitor(), &card).await;
        app.pass(&phone, module).await;
        ids.push(id);
        cards.push(card);
        phones.push(phone);
    }
    Twice {
        desk,
        coded: ids[0].clone(),
        plain: ids[1].clone(),
        phones: phones.try_into().ok().unwrap(),
        cards: cards.try_into().ok().unwrap(),
        code: person.codice_fiscale,
    }
}

fn completed(progress: &Value) -> usize {
    let modules = progress["modules"].as_array().unwrap();
    modules
        .iter()
        .filter(|one| !one["completed_at"].is_null())
        .count()
}

#[actix_web::test]
async fn what_was_learned_with_two_cards_is_one_persons_and_counts() {
    for coded_is_kept in [true, false] {
        let app = TestApp::new().await;
        let Twice {
            desk,
            coded,
            plain,
            phones,
            cards,
            code,
        } = twice(&app).await;
        let (kept, merged, at) = match coded_is_kept {
            true => (&coded, &plain, [0, 1]),
            false => (&plain, &coded, [1, 0]),
        };
        let before = app.totals().await;
        assert_eq!((before.citizens, before.services), (1, 1));
        assert_eq!(before.eligible_unverified, 1);
        let path = format!("/citizens/{kept}/merge");
        let done = desk.post(&path, json!({ "other": merged })).await.json(201);
        let again = desk.post(&path, json!({ "other": merged })).await.json(201);
        assert_eq!(done["merge"], again["merge"]);
        app.verify_totals().await;
        let after = app.totals().await;
        assert_eq!((after.citizens, after.services), (1, 2));
        assert_eq!(after.eligible_unverified, 0);
        assert_eq!(completed(&phones[at[0]].api("/me/progress").await), 2);
        let gone = phones[at[1]].get("/api/v1/me/progress").await;
        assert_eq!(gone.status, 401, "the other card's session is over");
        let stopped = app.visitor().post("/sessions", cards[at[1]].clone()).await;
        assert_eq!(stopped.status, 401);
        let hidden = desk.get(&format!("/api/v1/citizens/{merged}")).await;
        assert_eq!(hidden.status, 404);

        let path = format!("/api/v1{path}/{}", done["merge"].as_str().unwrap());
        let undone = desk.send(Method::DELETE, &path, None).await;
        assert_eq!(undone.status, 204, "{}", undone.text);
        app.verify_totals().await;
        assert_eq!(app.totals().await, before);
        let again = app.enter(&app.visitor(), &cards[at[1]]).await;
        for phone in [&phones[at[0]], &again] {
            assert_eq!(completed(&phone.api("/me/progress").await), 1);
        }
        // What was counted for a while is free to count again.
        let (method, body) = (Method::PATCH, json!({ "codice_fiscale": "" }).to_string());
        let one = format!("/api/v1/citizens/{coded}");
        desk.send(method.clone(), &one, Some(("application/json", body)))
            .await
            .json(200);
        let body = json!({ "codice_fiscale": code }).to_string();
        let other = format!("/api/v1/citizens/{plain}");
        desk.send(method, &other, Some(("application/json", body)))
            .await
            .json(200);
        app.verify_totals().await;
        let counted = app.totals().await;
        assert_eq!((counted.citizens, counted.services), (1, 2));
    }
}

#[actix_web::test]
async fn a_facilitator_compares_merges_and_undoes_without_scripts() {
    let app = TestApp::new().await;
    let Twice { coded, plain, .. } = twice(&app).await;
    let desk = desk(&app, "sportello@example.org").await;
    let path = format!("/punto/cittadini/{coded}");
    let search = desk.get(&format!("{path}/unisci")).await;
    let compare = format!("{path}/unisci/{plain}");
    assert!(search.says(&compare), "whoever has the same name is there");
    desk.get(&compare).await.expect(200, "È la stessa persona?");
    let page = desk.post(&compare, &[]).await;
    let page = page.expect(200, "Le due schede sono una sola");
    assert_eq!(page.at, path);
    let hidden = desk.get(&format!("/punto/cittadini/{plain}")).await;
    assert_eq!(hidden.at, path, "the merged record leads to the kept one");
    let undo = page.all(&format!("action=\"{path}/unioni/"), '"');
    let undo = format!("{path}/unioni/{}", undo[0]);
    app.clock.set(app.clock.now() + Duration::hours(25));
    let desk = self::desk(&app, "sportello@example.org").await;
    assert!(!desk.get(&path).await.says("/annulla"));
    desk.post(&undo, &[])
        .await
        .expect(409, "È passato più di un giorno");
    app.clock.set(app.clock.now() - Duration::hours(2));
    let desk = self::desk(&app, "sportello@example.org").await;
    desk.post(&undo, &[]).await.expect(200, "di nuovo separate");
    let plain = format!("/punto/cittadini/{plain}");
    assert_eq!(desk.get(&plain).await.at, plain);
    let elsewhere = self::desk(&app, "altro-sportello@example.org").await;
    assert_eq!(elsewhere.get(&compare).await.status, 404);
    assert_eq!(elsewhere.post(&compare, &[]).await.status, 404);
}
