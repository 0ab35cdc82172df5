//! What people look for in the lessons and do not find: counted without them, shown to who writes.

use std::collections::HashMap;

use autonomia::db::{
    self,
    entities::missed_searches::{ActiveModel, Entity},
};
use autonomia::domain::locale::Lang;
use autonomia::domain::role::Role;
use autonomia::learning::missed::{self, Missed};
use autonomia::learning::tidy::{Sweep, tidy};
use sea_orm::{ActiveValue::Set, DbErr, EntityTrait, PaginatorTrait};
use time::Duration;

use crate::actor::{Actor, encode};
use crate::app::TestApp;

const PAGE: &str = "/redazione/ricerche";

async fn search(who: &Actor, words: &str) -> String {
    let answer = who.get(&format!("/cerca?q={}", encode(words))).await;
    assert_eq!(answer.status, 200);
    answer.text
}

#[actix_web::test]
async fn words_without_an_answer_are_shown_from_the_third_search_on() {
    let app = TestApp::new().await;
    let (visitor, editor) = (app.visitor(), app.staff_without_point(Role::Editor).await);
    for words in ["Visura  CATASTALE", "visura catastale"] {
        search(&visitor, words).await;
    }
    assert!(!editor.get(PAGE).await.text.contains("visura"));
    search(&app.guest().await, "visura catastale").await;
    for _ in 0..5 {
        search(&visitor, "RSSMRA85M41H501Q visura").await;
        search(&visitor, "xyzwq 3331234567").await;
        search(&visitor, "spid").await;
    }
    let shown = editor.get(PAGE).await.text;
    assert!(
        shown.contains("visura catastale") && shown.contains("<td data-label=\"Volte\">3</td>")
    );
    for absent in ["rssmra", "xyzwq", ">spid<"] {
        assert!(!shown.to_lowercase().contains(absent), "{absent}");
    }
    // After half a year they are gone.
    let later = app.clock.now() + Duration::days(190);
    let swept = tidy(&app.db, Sweep::Clear, later).await.unwrap();
    assert_eq!(swept.get("missed_searches"), Some(&1), "{swept:?}");
    assert!(!editor.get(PAGE).await.text.contains("visura"));
}

#[actix_web::test]
async fn nonsense_keeps_no_words_out() {
    let app = TestApp::new().await;
    let editor = app.staff_without_point(Role::Editor).await;
    let now = app.clock.now();
    let searches = |words: String, times| {
        let search = Missed::new(Lang::It, &words).unwrap();
        HashMap::from([(search, times)])
    };
    let before = searches("cambio di residenza".to_owned(), 4);
    missed::add(&app.db, before, now).await.unwrap();
    let nonsense = (1..missed::MOST).map(|nth| ActiveModel {
        week: Set(now.date() - Duration::days(40)),
        lang: Set("it".to_owned()),
        words: Set(format!("parola {nth}")),
        times: Set(1),
    });
    let nonsense: Vec<_> = nonsense.collect();
    db::write(&app.db, async move |tx| {
        for some in nonsense.chunks(500) {
            let some = Entity::insert_many(some.to_vec());
            some.exec_without_returning(tx).await?;
        }
        Ok::<_, DbErr>(())
    })
    .await
    .unwrap();
    let after = searches("visura catastale".to_owned(), 3);
    missed::add(&app.db, after, now).await.unwrap();
    let shown = editor.get(PAGE).await.text;
    assert!(shown.contains("cambio di residenza") && shown.contains("visura catastale"));
    let left = Entity::find().count(app.db.read()).await.unwrap();
    assert_eq!(left, missed::MOST / 2 + 1, "half makes room, and no more");
}

#[actix_web::test]
async fn editors_coordinators_and_administrators_see_them_and_nobody_else() {
    let app = TestApp::new().await;
    for role in [Role::Editor, Role::Coordinator, Role::Admin] {
        let who = app.staff_without_point(role).await;
        assert_eq!(who.get(PAGE).await.status, 200, "{role:?}");
    }
    assert_eq!(app.citizen().await.get(PAGE).await.status, 403);
    assert_eq!(app.facilitator().await.get(PAGE).await.status, 403);
    assert_ne!(app.visitor().get(PAGE).await.status, 200);
}

#[actix_web::test]
async fn a_search_that_nothing_answers_leads_on() {
    let app = TestApp::new().await;
    let visitor = app.visitor();
    let page = search(&visitor, "visura catastale").await;
    assert!(page.contains("Nessuna lezione risponde"));
    for way in ["href=\"/punti\"", "href=\"/aiuto\"", "href=\"/moduli\""] {
        assert!(page.contains(way), "{way}");
    }
    let page = search(&visitor, "mi hanno rubato i soldi dal conto").await;
    let (urgent, first_hit) = (page.find("Prima di tutto"), page.find("class=\"hits\""));
    assert!(urgent.unwrap() < first_hit.unwrap());
    let near = page.find("se-va-storto#bloccare");
    assert!(near.unwrap() < first_hit.unwrap());
}
