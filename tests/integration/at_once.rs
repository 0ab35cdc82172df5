//! Two at once who may not both succeed, and two who wait for each other.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use autonomia::accounts::Grant;
use autonomia::accounts::card::{self, Blank};
use autonomia::accounts::instead::Instead;
use autonomia::accounts::staff::{self, NewStaff, StaffError};
use autonomia::db::entities::{account_roles, points};
use autonomia::db::{self, DbErr};
use autonomia::domain::ids::PointId;
use autonomia::domain::role::Role;
use autonomia::learning::erase::{self, erase};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, DbBackend, EntityTrait as _, QueryFilter as _};
use time::macros::date;

use crate::ground::{Ground, NOW};

#[actix_web::test]
async fn a_card_that_is_given_while_its_person_is_erased_opens_nothing() {
    let ground = Ground::new().await;
    let (db, vault, by) = (&ground.db, &ground.vault, ground.facilitator);
    for number in 0..6 {
        let who = ground.citizen(date!(1960 - 05 - 01), number).await;
        // The PIN takes long to hash: the two begin when it is there.
        let blank = Blank::new(vault).await.unwrap();
        let printer = ground.printer();
        let give = db::write(db, async move |tx| {
            card::issue_in(tx, blank, who, Instead::Any, &printer, NOW).await
        });
        let asked = (erase::Ground::AskedAtDesk, Some(by));
        let (given, erased) = match number % 2 {
            0 => futures_util::join!(give, erase(db, vault, who, asked, NOW)),
            _ => {
                let (erased, given) = futures_util::join!(erase(db, vault, who, asked, NOW), give);
                (given, erased)
            }
        };
        erased.unwrap();
        // It was there before and went with the record, or there is nobody to give it to.
        let refused = matches!(given, Err(DbErr::RecordNotFound(_)));
        assert!(given.is_ok() || refused, "{:?}", given.err());
        assert!(card::in_use(db, who).await.unwrap().is_none());
    }
}

#[actix_web::test]
async fn of_two_administrators_who_take_each_others_role_one_stays() {
    let ground = Ground::new().await;
    let db = &ground.db;
    let admin = Grant {
        role: Role::Admin,
        point: None,
    };
    let mut both = Vec::new();
    for name in ["una", "altra"] {
        let new = NewStaff {
            email: format!("{name}@example.org"),
            name: name.to_owned(),
            role: Role::Admin,
            point: None,
        };
        both.push(staff::add(db, new, None, NOW).await.unwrap().0);
    }
    for _ in 0..6 {
        let (one, other) = futures_util::join!(
            staff::take_role(db, both[0], admin, both[1], NOW),
            staff::take_role(db, both[1], admin, both[0], NOW)
        );
        let stays = match (one, other) {
            (Ok(()), Err(error)) => (1, error),
            (Err(error), Ok(())) => (0, error),
            both => panic!("{both:?}"),
        };
        // Whoever came second had no role any more, or was the last one.
        let (stays, error) = (both[stays.0], stays.1);
        assert!(
            matches!(error, StaffError::LastAdmin | StaffError::NotYours),
            "{error:?}"
        );
        let left = account_roles::Entity::find()
            .filter(account_roles::Column::Role.eq(Role::Admin))
            .all(db.read())
            .await
            .unwrap();
        let left: Vec<_> = left.iter().map(|row| row.account_id).collect();
        assert_eq!(left, [stays]);
        let gone = both.iter().find(|one| **one != stays).unwrap();
        staff::give_role(db, *gone, admin, stays, NOW)
            .await
            .unwrap();
    }
}

/// Two transactions that take two rows in opposite orders: PostgreSQL undoes one of them, which is
/// run again, and neither caller hears of it.
#[actix_web::test]
async fn two_writes_that_wait_for_each_other_are_both_kept() {
    let ground = Ground::new().await;
    let db = &ground.db;
    let runs = Arc::new(AtomicUsize::new(0));
    let [one, other] = ground.points;
    let set = |first: PointId, second: PointId, name: &'static str| {
        let runs = runs.clone();
        db::write(db, async move |tx| {
            runs.fetch_add(1, Ordering::Relaxed);
            for (point, wait) in [(first, 300), (second, 0)] {
                points::Entity::update_many()
                    .col_expr(points::Column::Name, Expr::value(name))
                    .filter(points::Column::Id.eq(point))
                    .exec(tx)
                    .await?;
                actix_web::rt::time::sleep(Duration::from_millis(wait)).await;
            }
            Ok::<_, DbErr>(())
        })
    };
    let (a, b) = futures_util::join!(set(one, other, "a"), set(other, one, "b"));
    a.unwrap();
    b.unwrap();
    let names: Vec<String> = points::Entity::find()
        .all(db.read())
        .await
        .unwrap()
        .into_iter()
        .map(|row| row.name)
        .collect();
    assert!(names == ["a", "a"] || names == ["b", "b"], "{names:?}");
    let again = usize::from(db.read().get_database_backend() == DbBackend::Postgres);
    assert_eq!(runs.load(Ordering::Relaxed), 2 + again);
}
