//! The accounts of the staff in the browser: finding, inviting, giving and taking roles, ending
//! sessions, and what nobody may do to whom.

use autonomia::accounts::staff::{self, StaffError};
use autonomia::accounts::{links, second_factor};
use autonomia::db::installation;
use autonomia::domain::role::Role;

use super::{BOSS, DESK, boss, inside, minutes};
use crate::app::{COORDINATOR, PASSWORD, TestApp};
use crate::browser::Seen;

const EDITOR: &str = "redazione@example.org";

/// The e-mails in the list of a page.
fn listed(page: &Seen) -> Vec<String> {
    let mut found = page.all("<td data-label=\"E-mail\">", '<');
    found.sort();
    found
}

#[actix_web::test]
async fn accounts_are_found_by_name_role_point_and_state_a_page_at_a_time() {
    let app = TestApp::new().await;
    let boss = boss(&app).await;
    for number in 10..24 {
        let name = format!("Anna Trovata {number}");
        let email = format!("anna.{number}@example.org");
        let new = [
            ("email", email.as_str()),
            ("name", &name),
            ("role", "facilitator"),
            ("point", "lecce"),
        ];
        boss.post("/amministrazione/nuovo", &new)
            .await
            .expect(200, "token=");
    }
    let first = boss.get("/amministrazione").await.expect(200, "18 persone");
    let second = boss.get("/amministrazione?pagina=2").await;
    assert_eq!((listed(&first).len(), listed(&second).len()), (12, 6));
    let both = [listed(&first), listed(&second)].concat();
    assert!(both.contains(&BOSS.to_owned()) && both.contains(&DESK.to_owned()));
    // A name is sent as a form, capitals or not; in an address it is not asked for.
    let asked = async |q: &str| {
        let found = boss.post("/amministrazione/cerca", &[("q", q)]).await;
        assert!(found.at.starts_with("/amministrazione?ricerca="));
        let again = boss.get(&found.at).await;
        assert_eq!(listed(&again), listed(&found), "reload finds the same");
        listed(&found.expect(200, "Cerca una persona"))
    };
    assert_eq!(asked("trovata 12").await, ["anna.12@example.org"]);
    assert_eq!(asked("ANNA.12@").await, ["anna.12@example.org"]);
    assert_eq!(asked("nessuno si chiama").await, [""; 0]);
    let ignored = boss.get("/amministrazione?q=trovata+12").await;
    assert_eq!(listed(&ignored).len(), 12);
    for (filter, expected) in [
        ("ruolo=coordinator", &[COORDINATOR][..]),
        ("ruolo=facilitator&punto=bari-centro", &[DESK]),
        ("stato=senza-codice", &[COORDINATOR, BOSS]),
        ("stato=chiuso", &[]),
    ] {
        let page = boss.get(&format!("/amministrazione?{filter}")).await;
        assert_eq!(listed(&page.expect(200, "Cerca")), expected, "{filter}");
    }
    let invited = boss
        .get("/amministrazione?stato=invitato&punto=lecce")
        .await;
    invited.expect(200, "14 persone");
}

#[actix_web::test]
async fn a_role_is_given_where_the_account_is_and_what_was_typed_stays_when_the_password_is_asked()
{
    let app = TestApp::new().await;
    let (boss, id) = (boss(&app).await, app.account(DESK).await);
    let give = format!("/amministrazione/{id}/ruoli");
    let role = ("role", "facilitator");
    boss.post(&give, &[role])
        .await
        .expect(422, "lavora in un punto");
    boss.post(&give, &[role, ("point", "boh")])
        .await
        .expect(422, "");
    boss.post(&give, &[("role", "queen")])
        .await
        .expect(422, "che puoi dare");
    app.clock.set(app.clock.now() + minutes(16));
    let wanted = [role, ("point", "lecce")];
    let kept = |seen: &Seen| seen.says("<option value=\"lecce\" selected>");
    let asked = boss
        .post(&give, &wanted)
        .await
        .expect(422, "Scrivi la tua password");
    assert!(kept(&asked) && !asked.says("facilitazione (lecce)"));
    let wrong = [&wanted[..], &[("current", "sbagliata")]].concat();
    let asked = boss.post(&give, &wrong).await.expect(422, "non è questa");
    assert!(kept(&asked) && !asked.says("value=\"sbagliata\""));
    let right = [&wanted[..], &[("current", PASSWORD)]].concat();
    let given = boss.post(&give, &right).await;
    given.expect(200, "Facilitazione (lecce), Lecce");
    // Taken, and given back, without a form of its own for somebody who is there.
    let take = [role, ("point", "lecce")];
    let taken = boss.post(&format!("{give}/togli"), &take).await;
    assert!(!taken.expect(200, "Il ruolo è tolto").says("(lecce), Lecce"));
    boss.post(&give, &wanted)
        .await
        .expect(200, "Il ruolo è dato");
    for action in ["role-given", "role-taken"] {
        assert!(app.audited(action, &id).await, "{action}");
    }
}

#[actix_web::test]
async fn a_coordinator_keeps_facilitators_and_editors_and_rises_by_none_of_it() {
    let app = TestApp::new().await;
    app.add_staff(EDITOR, Role::Editor).await;
    app.add_staff("altra@example.org", Role::Coordinator).await;
    let (_boss, coordinator) = (boss(&app).await, inside(&app, COORDINATOR).await);
    let list = coordinator.get("/amministrazione").await;
    assert_eq!(
        listed(&list),
        ["altro-sportello@example.org", EDITOR, DESK],
        "{}",
        list.text
    );
    assert!(!list.says("Come sta la piattaforma"));
    let (desk, own) = (app.account(DESK).await, app.account(COORDINATOR).await);
    // Nobody's account but theirs: an administrator's, another coordinator's, their own, nobody's.
    let closed = [
        app.account(BOSS).await,
        app.account("altra@example.org").await,
        own.clone(),
        "01890000-0000-7000-8000-000000000000".to_owned(),
    ];
    for id in &closed {
        let page = format!("/amministrazione/{id}");
        assert_eq!(coordinator.get(&page).await.status, 404);
        for act in [
            "collegamento",
            "disattiva",
            "riattiva",
            "secondo-fattore",
            "rifiuta",
            "ruoli",
            "ruoli/togli",
            "sessioni/chiudi",
        ] {
            let fields = [("role", "editor"), ("current", PASSWORD)];
            let tried = coordinator.post(&format!("{page}/{act}"), &fields).await;
            assert_eq!(tried.status, 404, "{act}");
        }
    }
    for role in ["coordinator", "admin", "citizen"] {
        let give = format!("/amministrazione/{desk}/ruoli");
        let tried = coordinator.post(&give, &[("role", role)]).await;
        tried.expect(422, "Scegli un ruolo che puoi dare");
    }
    let give = format!("/amministrazione/{desk}/ruoli");
    let given = coordinator.post(&give, &[("role", "editor")]).await;
    given.expect(200, "Redazione");
    // The rule holds where it is acted, whoever calls: roles may change between look and act.
    let by = staff::by_address(&app.db, COORDINATOR).await.unwrap();
    let admin = staff::by_address(&app.db, BOSS).await.unwrap();
    let now = app.clock.now();
    let refused = [
        staff::disable(&app.db, BOSS, Some(by), now).await,
        links::new_link(&app.db, admin, Some(by), now)
            .await
            .map(|_| ()),
        second_factor::reset(&app.db, admin, Some(by), now).await,
        links::new_link(&app.db, by, Some(by), now)
            .await
            .map(|_| ()),
    ];
    for one in refused {
        assert!(matches!(one, Err(StaffError::NotYours)), "{one:?}");
    }
}

#[actix_web::test]
async fn the_last_administrator_stays_and_sessions_of_others_are_seen_and_ended() {
    let app = TestApp::new().await;
    let boss = boss(&app).await;
    let (own, id) = (app.account(BOSS).await, app.account(DESK).await);
    let shut = format!("/amministrazione/{own}/disattiva");
    assert_eq!(boss.post(&shut, &[]).await.status, 409);
    let take = format!("/amministrazione/{own}/ruoli/togli");
    assert_eq!(boss.post(&take, &[("role", "admin")]).await.status, 409);
    let (one, other) = (inside(&app, DESK).await, inside(&app, DESK).await);
    let page = boss.get(&format!("/amministrazione/{id}")).await;
    let open = page.all("name=\"session\" value=\"", '"');
    assert_eq!(open.len(), 2, "{}", page.text);
    let end = format!("/amministrazione/{id}/sessioni/chiudi");
    let ended = boss.post(&end, &[("session", &open[0])]).await;
    ended.expect(200, "Gli accessi sono chiusi");
    let out = async || {
        let [one, other] = [&one, &other].map(|browser| browser.get("/punto"));
        let (one, other) = (one.await, other.await);
        [one, other]
            .iter()
            .filter(|seen| seen.at.starts_with("/accedi"))
            .count()
    };
    assert_eq!(out().await, 1);
    boss.post(&end, &[]).await.expect(200, "non è entrata");
    assert_eq!(out().await, 2);
    assert!(app.audited("sessions-ended", &id).await);
    // Another one's session named with this account ends nothing.
    let boss_open = boss.get("/accesso").await;
    let mine = boss_open.all("action=\"/accesso/sessioni/", '/');
    boss.post(&end, &[("session", &mine[0])]).await;
    assert_eq!(boss.get("/amministrazione").await.status, 200);
}

#[actix_web::test]
async fn the_room_says_what_needs_attention_and_how_the_installation_does() {
    let app = TestApp::new().await;
    let boss = boss(&app).await;
    let on_server = app.db.url().starts_with("postgres");
    let needs = async || {
        let page = boss.get("/amministrazione").await.expect(200, "Come sta");
        page.text
    };
    let first = needs().await;
    assert!(first.contains("2 persone che gestiscono entrano con la sola password"));
    assert!(!first.contains("chiesto una nuova password"));
    assert_eq!(first.contains("mai fatto una copia"), !on_server);
    assert_eq!(first.contains("Qui nessuno dice quando"), on_server);
    assert!(
        first.contains(env!("CARGO_PKG_VERSION")) && first.contains("Si leggono e si scrivono")
    );
    let new = [("email", EDITOR), ("name", "Nuova"), ("role", "editor")];
    boss.post("/amministrazione/nuovo", &new)
        .await
        .expect(200, "token=");
    boss.post("/accedi/dimenticata", &[("email", DESK)]).await;
    if !on_server {
        installation::backed_up(&app.db, app.clock.now())
            .await
            .unwrap();
    }
    let then = needs().await;
    assert!(then.contains("Una persona ha chiesto una nuova password"));
    assert!(then.contains("Una persona non ha ancora scelto la password"));
    assert!(!then.contains("mai fatto una copia") && !then.contains("più di due giorni"));
    // Three days later the copy is old; after half a year nobody has entered.
    app.clock.set(app.clock.now() + minutes(3 * 24 * 60));
    let boss = inside(&app, BOSS).await;
    let old = boss.get("/amministrazione").await;
    assert_eq!(old.says("più di due giorni"), !on_server);
    app.clock.set(app.clock.now() + minutes(181 * 24 * 60));
    let coordinator = inside(&app, COORDINATOR).await;
    let unused = coordinator.get("/amministrazione").await;
    // Those that have not entered since they were made, and chose a password: two desks.
    let unused = unused.expect(200, "2 persone non entrano da sei mesi");
    assert!(!unused.says("Come sta la piattaforma") && !unused.says("copia dei dati"));
}

#[actix_web::test]
async fn sessions_come_a_page_at_a_time_and_all_of_them_are_ended_from_any() {
    let app = TestApp::new().await;
    let (boss, id) = (boss(&app).await, app.account(DESK).await);
    let mut desk = inside(&app, DESK).await;
    for _ in 0..6 {
        app.clock.set(app.clock.now() + minutes(1));
        desk = inside(&app, DESK).await;
    }
    let account = format!("/amministrazione/{id}");
    for (who, path) in [(&boss, account.as_str()), (&desk, "/accesso")] {
        let first = who.get(path).await;
        let second = who.get(&format!("{path}?pagina=2")).await;
        let shown = |page: &Seen| page.text.matches("ultima volta il").count();
        assert_eq!((shown(&first), shown(&second)), (5, 2), "{}", first.text);
        let next = format!("rel=\"next\" href=\"{path}?pagina=2#dove\"");
        assert!(first.text.contains(&next), "{path}");
        let zero = who.get(&format!("{path}?pagina=zero")).await;
        assert_eq!((zero.status, shown(&zero)), (200, 5));
    }
    // One's own session is the first of all.
    assert!(desk.get("/accesso").await.says("è questo"));
}
