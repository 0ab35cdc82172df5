//! Journeys through the site with plain forms: practice, the quiz, entering, the desk.

use serde_json::Value;

use crate::actor::Actor;
use crate::app::{PASSWORD, TestApp};
use crate::browser::{Browser, Seen};
use crate::key;

const DESK: &str = "sportello@example.org";

/// An answer as the fields of its form.
pub(crate) fn fields(kind: &str, given: &Value) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    match (kind, given) {
        ("order", Value::Array(keys)) => {
            let places = keys.iter().zip(1..);
            places
                .map(|(key, at)| (format!("posto-{}", text(key)), at.to_string()))
                .collect()
        }
        (_, Value::Array(keys)) => keys
            .iter()
            .map(|k| ("risposta".to_owned(), text(k)))
            .collect(),
        (_, Value::Object(pairs)) => pairs
            .iter()
            .map(|(left, right)| (format!("abbina-{left}"), text(right)))
            .collect(),
        (_, given) => vec![("risposta".to_owned(), text(given))],
    }
}

async fn send(browser: &Browser, page: &Seen, fields: &[(String, String)]) -> Seen {
    let (question, submission) = (page.hidden("domanda"), page.hidden("invio"));
    let mut form = vec![
        ("domanda", question.as_str()),
        ("invio", submission.as_str()),
    ];
    form.extend(
        fields
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str())),
    );
    browser.post(&page.at, &form).await
}

/// Answers the question on a page right, and gives the page with what is said to it.
async fn answer(app: &TestApp, browser: &Browser, page: &Seen) -> Seen {
    let learner = Actor::new(&app.address, browser.cookie("autonomia"));
    let attempt = learner.start("spid").await;
    let id = page.hidden("domanda");
    let shown = attempt["questions"].as_array().unwrap();
    let shown = shown.iter().find(|one| one["id"] == id.as_str()).unwrap();
    let given = key::right(&app.question("spid", &id), shown);
    send(
        browser,
        page,
        &fields(shown["kind"].as_str().unwrap(), &given),
    )
    .await
}

/// From the quiz's first page to its result, every answer right.
async fn pass(app: &TestApp, browser: &Browser) -> Seen {
    let mut page = browser.post("/moduli/spid/quiz", &[]).await;
    for number in 1..=10 {
        page.expect(200, &format!("Domanda {number} di 10"));
        page = browser.get(&this_question(browser, number).await).await;
        let graded = answer(app, browser, &page).await.expect(200, "Giusto!");
        let next = graded.all("<a class=\"btn btn-primary btn-lg\" href=\"", '"');
        match next.first() {
            Some(next) => page = browser.get(next).await,
            // With every question answered the quiz is closed from here; the page before the end
            // is still there for who comes back.
            None => page = graded,
        }
    }
    let end = page.at.replace("/10", "/fine");
    let asked = browser.get(&end).await;
    asked.expect(200, "Hai risposto a tutte le domande");
    assert!(page.text.contains(&format!("action=\"{end}\"")));
    browser.post(&end, &[]).await
}

async fn this_question(browser: &Browser, number: usize) -> String {
    let front = browser.get("/moduli/spid/quiz").await;
    let resume = &front.all("<a class=\"btn btn-primary btn-lg\" href=\"", '"')[0];
    assert!(resume.ends_with(&format!("/{number}")), "{resume}");
    resume.clone()
}

#[actix_web::test]
async fn a_practice_question_is_answered_on_the_spot_and_leaves_nothing() {
    let app = TestApp::new().await;
    let browser = Browser::new(&app);
    let lesson = browser.get("/moduli/spid/che-cose-spid").await;
    let id = lesson.hidden("domanda");
    let path = "/moduli/spid/che-cose-spid/risposte";
    let empty = browser.post(path, &[("domanda", &id)]).await;
    empty.expect(422, "Scegli o scrivi una risposta");
    let graded = browser
        .post(path, &[("domanda", &id), ("risposta", "a")])
        .await;
    let graded = graded.expect(200, "La tua risposta");
    assert!(graded.says("Torna alla lezione"));
    assert_eq!(browser.cookie("autonomia"), None);
    browser
        .post(path, &[("domanda", "nulla")])
        .await
        .expect(404, "Pagina non trovata");
    assert_eq!(browser.get(path).await.at, "/moduli/spid/che-cose-spid");
}

#[actix_web::test]
async fn a_guest_reads_passes_the_quiz_and_is_told_why_it_does_not_count() {
    let app = TestApp::new().await;
    let browser = Browser::new(&app);
    let next = browser.post("/moduli/spid/che-cose-spid/letta", &[]).await;
    assert_eq!(
        (next.status, next.at.as_str()),
        (200, "/moduli/spid/scegliere")
    );
    let result = pass(&app, &browser).await.expect(200, "Complimenti");
    assert!(result.says("100%") && result.says("resta in questo browser"));
    assert_eq!(app.totals().await.services, 0);
    let mine = browser.get("/mio-percorso").await.expect(200, "Completati");
    // Who is done is not told how much was left.
    assert!(mine.says("miglior risultato del quiz: 100%") && !mine.says("Lezioni lette"));
}

#[actix_web::test]
async fn an_answer_sent_twice_is_one_answer() {
    let app = TestApp::new().await;
    let browser = Browser::new(&app);
    let page = browser.post("/moduli/spid/quiz", &[]).await;
    let fields = [("risposta".to_owned(), "a".to_owned())];
    let first = send(&browser, &page, &fields).await;
    let again = send(&browser, &page, &fields).await;
    assert_eq!((first.status, again.status), (200, 200));
    assert_eq!(first.says("Giusto!"), again.says("Giusto!"));
    // Going back and changing one's mind shows what was answered first.
    let other = [("risposta".to_owned(), "b".to_owned())];
    let changed = send(&browser, &page, &other).await;
    assert_eq!(first.says("Giusto!"), changed.says("Giusto!"));
    browser
        .get("/moduli/spid/quiz")
        .await
        .expect(200, "(1 risposta su 10)");
}

#[actix_web::test]
async fn a_quiz_with_open_questions_asks_before_it_ends() {
    let app = TestApp::new().await;
    let browser = Browser::new(&app);
    let page = browser.post("/moduli/spid/quiz", &[]).await;
    let nothing = send(&browser, &page, &[]).await;
    nothing.expect(422, "Scegli o scrivi una risposta");
    let end = page.at.replace("/1", "/fine");
    browser
        .get(&end)
        .await
        .expect(200, "10 domande senza risposta");
    let result = browser
        .post(&end, &[])
        .await
        .expect(200, "Per questa volta no");
    assert!(result.says("0%"));
    // Its end is the end: the page that asks leads to the result, and so does sending it again.
    assert!(browser.get(&end).await.at.ends_with("/esito"));
    assert!(browser.post(&end, &[]).await.at.ends_with("/esito"));
    assert!(browser.get(&page.at).await.says("non hai risposto"));
}

#[actix_web::test]
async fn an_attempt_is_seen_by_its_learner_only() {
    let app = TestApp::new().await;
    let browser = Browser::new(&app);
    let page = browser.post("/moduli/spid/quiz", &[]).await;
    let stranger = Browser::new(&app);
    let sent_away = stranger.get(&page.at).await;
    assert!(
        sent_away.at.starts_with("/accedi?ritorno="),
        "{}",
        sent_away.at
    );
    stranger.post("/moduli/spid/che-cose-spid/letta", &[]).await;
    stranger
        .get(&page.at)
        .await
        .expect(404, "Pagina non trovata");
    stranger
        .post(&page.at, &[("risposta", "a")])
        .await
        .expect(404, "Pagina non trovata");
}

#[actix_web::test]
async fn what_a_guest_learned_comes_along_with_the_card_for_who_says_so_and_counts() {
    let app = TestApp::new().await;
    let card = app.card(&app.somebody()).await;
    let browser = Browser::new(&app);
    pass(&app, &browser).await.expect(200, "Complimenti");
    let (code, pin) = (
        card["card"].as_str().unwrap(),
        card["pin"].as_str().unwrap(),
    );
    let lower = code.to_lowercase().replace('-', " ");
    let wrong = browser
        .post("/tessera", &[("tessera", code), ("pin", "00000x")])
        .await;
    wrong.expect(401, "non corrisponde");
    let asked = browser
        .post("/tessera", &[("tessera", &lower), ("pin", pin)])
        .await;
    asked.expect(200, "Sei tu?");
    let mine = browser.post("/accedi/sei-tu", &[("risposta", "si")]).await;
    let mine = mine.expect(200, "Completati");
    assert_eq!(mine.at, "/mio-percorso");
    assert!(mine.says("Abbiamo segnato che hai finito questo corso"));
    let totals = app.totals().await;
    assert_eq!((totals.citizens, totals.online), (1, 1));
    app.verify_totals().await;
}

#[actix_web::test]
async fn signing_out_works_at_once() {
    let app = TestApp::new().await;
    let browser = desk(&app, DESK).await;
    browser.get("/punto").await.expect(200, "Bari Centro");
    let token = browser.cookie("autonomia").unwrap();
    assert_eq!(browser.post("/esci", &[]).await.at, "/");
    assert_eq!(browser.cookie("autonomia"), None);
    browser.set_cookie("autonomia", &token);
    assert!(browser.get("/punto").await.at.starts_with("/accedi"));
}

#[actix_web::test]
async fn signing_in_leads_back_to_where_somebody_came_from() {
    let app = TestApp::new().await;
    let browser = Browser::new(&app);
    let form = browser
        .get("/punto/cittadini/nuovo")
        .await
        .expect(200, "Accedi");
    assert_eq!(form.hidden("ritorno"), "/punto/cittadini/nuovo");
    let (email, password) = (("email", DESK), ("password", PASSWORD));
    let back = ("ritorno", "/punto/cittadini/nuovo");
    let wrong = browser
        .post("/accedi", &[email, ("password", "sbagliata"), back])
        .await;
    let wrong = wrong.expect(401, "non corrisponde");
    assert_eq!(wrong.hidden("ritorno"), "/punto/cittadini/nuovo");
    assert_eq!(
        browser.post("/accedi", &[email, password, back]).await.at,
        "/punto/cittadini/nuovo"
    );
    let elsewhere = ("ritorno", "//example.org/");
    assert_eq!(
        browser
            .post("/accedi", &[email, password, elsewhere])
            .await
            .at,
        "/punto"
    );
}

#[actix_web::test]
async fn the_desk_is_for_facilitators_and_their_own_people() {
    let app = TestApp::new().await;
    let guest = Browser::new(&app);
    guest.post("/moduli/spid/che-cose-spid/letta", &[]).await;
    assert!(guest.get("/punto").await.at.starts_with("/accedi"));
    let card = app.card(&app.somebody()).await;
    let citizen = Browser::new(&app);
    let (code, pin) = (
        card["card"].as_str().unwrap(),
        card["pin"].as_str().unwrap(),
    );
    citizen
        .post("/tessera", &[("tessera", code), ("pin", pin)])
        .await;
    citizen
        .get("/punto")
        .await
        .expect(403, "Questa pagina non è per te");

    let own = desk(&app, DESK).await;
    let people = own
        .get("/punto/persone")
        .await
        .expect(200, "Persone del punto");
    let record = format!(
        "/punto/cittadini/{}",
        people.all("/punto/cittadini/", '"')[2]
    );
    own.get(&record).await.expect(200, "Che cosa sta imparando");
    let other = desk(&app, "altro-sportello@example.org").await;
    for path in [record.clone(), format!("{record}/dati")] {
        other.get(&path).await.expect(404, "Pagina non trovata");
    }
    other
        .post(&format!("{record}/tessera"), &[])
        .await
        .expect(404, "Pagina non trovata");
}

#[actix_web::test]
async fn a_person_is_registered_corrected_and_given_a_card() {
    let app = TestApp::new().await;
    let desk = desk(&app, DESK).await;
    let names = [
        ("last_name", "Verdi"),
        ("first_name", "Lia"),
        ("birth_date", ""),
        ("gender", ""),
        ("name_differs", "1"),
        ("notice", "1"),
    ];
    let mut wrong = names.to_vec();
    wrong.push(("codice_fiscale", "RSSMRA85M01H501Z"));
    let form = desk
        .post("/punto/cittadini", &wrong)
        .await
        .expect(422, "L'ultima lettera non torna");
    assert!(form.says("value=\"Verdi\""));
    let mut right = names.to_vec();
    right.push(("codice_fiscale", "RSSMRA85M01H501Q"));
    let record = desk
        .post("/punto/cittadini", &right)
        .await
        .expect(200, "Lia Verdi");
    assert!(record.says("1º agosto 1985"));
    let data = format!("{}/dati", record.at);
    let again = desk.get(&data).await;
    assert!(again.says("selected>Maschio<"), "the code says the gender");
    let twice = desk
        .post("/punto/cittadini", &right)
        .await
        .expect(422, "è già registrata");
    assert!(twice.says(&record.at));

    let mut corrected = right.clone();
    corrected[0].1 = "Bianchi";
    desk.post(&data, &corrected)
        .await
        .expect(200, "Lia Bianchi");
    let found = desk
        .post("/punto/cerca", &[("q", "bianchi")])
        .await
        .expect(200, "Bianchi Lia");
    assert!(found.at.starts_with("/punto/persone?"), "{}", found.at);
    assert!(
        !found.at.contains("bianchi"),
        "no name stands in an address"
    );

    let card = desk
        .post(&format!("{}/tessera", record.at), &[])
        .await
        .expect(200, "PIN");
    let shown = card.all("<dd>", '<');
    assert_eq!(card.header("cache-control"), Some("private, no-store"));
    let citizen = Browser::new(&app);
    let mine = citizen
        .post("/tessera", &[("tessera", &shown[0]), ("pin", &shown[1])])
        .await;
    assert_eq!(mine.at, "/mio-percorso");
}

#[actix_web::test]
async fn the_totals_are_figures_against_targets_and_name_nobody() {
    let app = TestApp::new().await;
    for _ in 0..5 {
        let citizen = app.citizen().await;
        app.pass(&citizen, "spid").await;
    }
    let page = Browser::new(&app)
        .get("/rete/totali")
        .await
        .expect(200, "su 183.000 previsti");
    for words in ["Formazione online", "novembre 2026", "Bari Centro"] {
        assert!(page.says(words), "{words}");
    }
    Browser::new(&app)
        .get("/rete/totali?programma=nulla")
        .await
        .expect(404, "Pagina non trovata");
}

async fn desk(app: &TestApp, email: &str) -> Browser {
    let browser = Browser::new(app);
    browser
        .post("/accedi", &[("email", email), ("password", PASSWORD)])
        .await;
    browser
}
