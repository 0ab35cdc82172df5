//! One's own sessions, their idle limits, and the accounts of others.

use awc::http::Method;
use time::Duration;
use time::macros::date;

use super::{BOSS, DESK, ENDED, boss, credentials, enter, inside, minutes};
use crate::app::{COORDINATOR, PASSWORD, TestApp};
use crate::browser::{Browser, Seen};
use crate::people::Person;

#[actix_web::test]
async fn an_unused_session_of_the_staff_ends_after_half_an_hour_and_staying_is_one_press() {
    let app = TestApp::new().await;
    let desk = inside(&app, DESK).await;
    let said = desk.get("/punto").await;
    said.expect(200, "il tuo accesso si chiude alle 11:30");
    assert_eq!(desk.cookie("resta").as_deref(), Some("1800"));
    // Twelve times in a row it is put off.
    for _ in 0..12 {
        app.clock.set(app.clock.now() + minutes(29));
        let stayed = desk
            .once(Method::POST, "/accesso/resta", Some(String::new()))
            .await;
        assert_eq!(stayed.status, 204);
    }
    // Asking for the words of the warning does not put off what it warns of.
    app.clock.set(app.clock.now() + minutes(29));
    desk.get("/accesso/resta")
        .await
        .expect(200, "Il tuo accesso sta per chiudersi");
    app.clock.set(app.clock.now() + minutes(2));
    // Both ways say that it ended, and the form that nothing of it was kept.
    let ended = desk.get("/punto").await.at;
    assert_eq!(ended, ENDED);
    desk.get(&ended).await.expect(200, "si è chiuso da sé");
    let lost = desk.post("/punto/cittadini", &[]).await.at;
    desk.get(&lost).await.expect(200, "scrivila di nuovo");
    // A program's session has its end, and no other.
    let api = app.visitor();
    let opened = api
        .post("/sessions", credentials(DESK, PASSWORD))
        .await
        .json(201);
    let api = api.with_token(&opened);
    app.clock.set(app.clock.now() + minutes(120));
    assert_eq!(api.get("/api/v1/me").await.status, 200);
}

#[actix_web::test]
async fn a_citizen_is_let_out_of_a_shared_computer_and_not_of_their_own_phone() {
    let app = TestApp::new().await;
    let card = app.card(&Person::born(date!(1954 - 03 - 02), 1)).await;
    let (code, pin) = (
        card["card"].as_str().unwrap(),
        card["pin"].as_str().unwrap(),
    );
    let shared = Browser::new(&app);
    shared
        .post("/tessera", &[("tessera", code), ("pin", pin)])
        .await;
    let own = Browser::new(&app);
    own.post("/tessera", &[("tessera", code), ("pin", pin), ("mio", "1")])
        .await;
    assert!(
        shared
            .get("/mio-percorso")
            .await
            .says("il tuo accesso si chiude alle")
    );
    assert!(
        !own.get("/mio-percorso")
            .await
            .says("il tuo accesso si chiude alle")
    );
    assert_eq!(own.cookie("resta").as_deref(), Some("0"));
    app.clock.set(app.clock.now() + minutes(22));
    assert!(shared.get("/accesso").await.at.starts_with("/accedi"));
    assert_eq!(own.get("/accesso").await.status, 200);
    app.clock.set(app.clock.now() + minutes(11 * 60));
    assert_eq!(own.get("/accesso").await.status, 200);
    app.clock.set(app.clock.now() + minutes(60));
    assert!(own.get("/accesso").await.at.starts_with("/accedi"));
}

#[actix_web::test]
async fn one_sees_where_one_is_in_and_closes_it() {
    let app = TestApp::new().await;
    let phone = Browser::new(&app).with_header(
        "user-agent",
        "Mozilla/5.0 (Linux; Android 14) Chrome/131.0.0.0 Mobile Safari/537.36",
    );
    assert_eq!(enter(&phone, DESK, PASSWORD).await.status, 200);
    let (here, other) = (inside(&app, DESK).await, inside(&app, DESK).await);
    let page = here.get("/accesso").await.expect(200, "Android, Chrome");
    assert_eq!(page.text.matches("Entrato il").count(), 3);
    let closes = page.all("action=\"/accesso/sessioni/", '"');
    let of_phone = page.text.find("Android").unwrap();
    let close = closes
        .iter()
        .find(|close| page.text.find(close.as_str()).unwrap() > of_phone)
        .unwrap();
    here.post(&format!("/accesso/sessioni/{close}"), &[])
        .await
        .expect(200, "Quell'accesso è chiuso");
    assert!(phone.get("/punto").await.at.starts_with("/accedi"));
    // Nobody closes a session of somebody else.
    let stranger = inside(&app, COORDINATOR).await;
    let mine = here.get("/accesso").await;
    for close in mine.all("action=\"/accesso/sessioni/", '"') {
        stranger
            .post(&format!("/accesso/sessioni/{close}"), &[])
            .await;
    }
    assert_eq!(other.get("/punto").await.status, 200);
    here.post("/accesso/sessioni/chiudi", &[])
        .await
        .expect(200, "Tutti gli altri accessi sono chiusi");
    assert!(other.get("/punto").await.at.starts_with("/accedi"));
    assert_eq!(here.get("/punto").await.status, 200);
    // A citizen sees their own.
    let card = app.card(&Person::born(date!(1954 - 03 - 02), 1)).await;
    let fields = [
        ("tessera", card["card"].as_str().unwrap()),
        ("pin", card["pin"].as_str().unwrap()),
    ];
    let citizen = Browser::new(&app);
    citizen.post("/tessera", &fields).await;
    let page = citizen
        .get("/accesso")
        .await
        .expect(200, "Dove sei entrato");
    assert!(!page.says("Cambia la password"));
    assert_eq!(citizen.get("/accesso/password").await.status, 403);
    assert_eq!(citizen.get("/accesso/secondo-fattore").await.status, 403);
    assert!(
        Browser::new(&app)
            .get("/accesso")
            .await
            .at
            .starts_with("/accedi")
    );
}

#[actix_web::test]
async fn the_use_of_a_session_is_written_once_a_minute() {
    let app = TestApp::new().await;
    let desk = inside(&app, DESK).await;
    let shown = async || {
        desk.get("/accesso")
            .await
            .all("Usato l&#39;ultima volta il ", '<')
            .remove(0)
    };
    let first = shown().await;
    app.clock.set(app.clock.now() + Duration::seconds(50));
    assert_eq!(shown().await, first);
    app.clock.set(app.clock.now() + Duration::minutes(3));
    desk.get("/punto").await;
    assert_ne!(shown().await, first);
}

#[actix_web::test]
async fn administrators_keep_every_account_and_coordinators_those_of_facilitators() {
    let app = TestApp::new().await;
    let boss = boss(&app).await;
    boss.get("/amministrazione").await.expect(200, COORDINATOR);
    let new = [
        ("email", "nuova@example.org"),
        ("name", "Persona Nuova"),
        ("role", "facilitator"),
    ];
    let missing = boss.post("/amministrazione/nuovo", &new).await;
    missing.expect(422, "lavora in un punto");
    let mut whole = new.to_vec();
    whole.push(("point", "lecce"));
    let made = boss.post("/amministrazione/nuovo", &whole).await;
    made.expect(200, "/accedi/password?token=");
    let id = app.account("nuova@example.org").await;
    boss.post(&format!("/amministrazione/{id}/disattiva"), &[])
        .await
        .expect(200, "non può più entrare");
    let again = boss.post("/amministrazione/nuovo", &whole).await;
    again.expect(422, "Prima falla rientrare");
    boss.post(&format!("/amministrazione/{id}/riattiva"), &[])
        .await
        .expect(200, "di nuovo");
    // The last one who runs the installation does not shut themselves out.
    let own = app.account(BOSS).await;
    let refused = boss
        .post(&format!("/amministrazione/{own}/disattiva"), &[])
        .await;
    assert_eq!(refused.status, 409);

    let coordinator = inside(&app, COORDINATOR).await;
    let list = coordinator
        .get("/amministrazione")
        .await
        .expect(200, "nuova@example.org");
    assert!(!list.says(BOSS) && !list.says("Redazione</td>"));
    for act in [
        "collegamento",
        "disattiva",
        "secondo-fattore",
        "ruoli/togli",
    ] {
        let path = format!("/amministrazione/{own}/{act}");
        let tried = coordinator.post(&path, &[("role", "admin")]).await;
        assert_eq!(tried.status, 404, "{act}");
    }
    // A role given to an administrator would bring a link to their account.
    let grab = [
        ("email", BOSS),
        ("name", "x"),
        ("role", "facilitator"),
        ("point", "lecce"),
    ];
    let grabbed = coordinator.post("/amministrazione/nuovo", &grab).await;
    assert!(grabbed.status == 422 && !grabbed.says("token="));
    let rise = [
        ("email", "altra@example.org"),
        ("name", "x"),
        ("role", "admin"),
    ];
    assert_eq!(
        coordinator
            .post("/amministrazione/nuovo", &rise)
            .await
            .status,
        422
    );
    let desk = inside(&app, DESK).await;
    assert_eq!(desk.get("/amministrazione").await.status, 403);
}

#[actix_web::test]
async fn a_role_that_demands_a_second_factor_ends_sessions_without_one() {
    let app = TestApp::new().await;
    let (boss, desk) = (boss(&app).await, inside(&app, DESK).await);
    super::demand_second_factor(&app.db, true).await;
    let grant = [("email", DESK), ("name", "x"), ("role", "coordinator")];
    boss.post("/amministrazione/nuovo", &grant)
        .await
        .expect(200, "token=");
    assert!(desk.get("/rete").await.at.starts_with("/accedi"));
    let led = enter(&desk, DESK, PASSWORD).await;
    assert_eq!(led.at, "/accesso/secondo-fattore");
}

#[actix_web::test]
async fn the_shell_says_that_an_account_is_disabled_and_lets_it_in_again() {
    let app = TestApp::new().await;
    let user =
        |args: &[&str]| crate::administration::autonomia(app.db.url(), &[&["user"], args].concat());
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    user(&["disable", "--email", DESK]);
    let add = ["add", "--email", DESK, "--role", "editor"];
    let refused = user(&add);
    assert_eq!(refused.status.code(), Some(2));
    assert!(text(&refused.stderr).contains("disabled"), "{refused:?}");
    let api = app.visitor();
    assert_eq!(
        api.post("/sessions", credentials(DESK, PASSWORD))
            .await
            .status,
        401
    );
    assert_eq!(user(&["enable", "--email", DESK]).status.code(), Some(0));
    api.post("/sessions", credentials(DESK, PASSWORD))
        .await
        .json(201);
    assert_eq!(user(&add).status.code(), Some(0));
    let rules = user(&["rules", "--staff-idle", "15"]);
    assert!(
        text(&rules.stdout).contains("unused for 15 minutes"),
        "{rules:?}"
    );
    assert_eq!(user(&["rules", "--staff-idle", "0"]).status.code(), Some(2));
}

#[actix_web::test]
async fn the_register_and_the_accounts_are_a_press_apart_for_who_may_read_both() {
    let app = TestApp::new().await;
    let (accounts, register) = ("/amministrazione", "/amministrazione/registro");
    let leads = |seen: &Seen, to: &str| seen.says(&format!("<li><a href=\"{to}\""));
    let admin = boss(&app).await;
    for page in [accounts, register, "/amministrazione/nuovo"] {
        let seen = admin.get(page).await;
        assert_eq!(seen.status, 200, "{page}");
        for to in [accounts, register] {
            assert!(leads(&seen, to), "{page} leads to {to}: {}", seen.text);
        }
    }
    // A coordinator keeps accounts too, and is offered nothing that is refused.
    let coordinator = inside(&app, COORDINATOR).await;
    let seen = coordinator.get(accounts).await;
    assert!(leads(&seen, accounts) && !leads(&seen, register));
    assert_eq!(coordinator.get(register).await.status, 403);
}
