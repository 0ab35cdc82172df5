//! Where a learner stands: the next step, the lesson behind a wrong answer, what to go over again,
//! and an answer that could not be taken.

use serde_json::{Value, json};

use crate::app::TestApp;
use crate::browser::{Browser, Seen};

/// The title of a page, as a tab of the browser shows it.
fn title(page: &Seen) -> &str {
    let (_, rest) = page.text.split_once("<title>").unwrap();
    rest.split_once("</title>").unwrap().0
}

/// The `<main>` of a page.
fn main(page: &Seen) -> &str {
    page.text.split_once("<main").unwrap().1
}

/// Somebody's browser, in which the program's interface is asked as the scripts ask it.
async fn progress(browser: &Browser) -> Value {
    let seen = browser.get("/api/v1/me/progress").await;
    assert_eq!(seen.status, 200, "{}", seen.text);
    serde_json::from_str(&seen.text).unwrap()
}

/// The fields of an answer that the form of a page takes, right or not: in an `.order` question the
/// order shown, which is never the right one; in a list of options the first.
fn some_answer(page: &Seen) -> Vec<(String, String)> {
    let named = |prefix: &str| page.all(&format!("name=\"{prefix}"), '"');
    let places = named("posto-").into_iter().zip(1..);
    let places = places.map(|(row, place)| (format!("posto-{row}"), place.to_string()));
    let pairs = named("abbina-").into_iter();
    let pairs = pairs.map(|row| (format!("abbina-{row}"), "r1".to_owned()));
    let options = named("risposta\" value=\"").into_iter().take(1);
    let one = options.map(|key| match key.is_empty() {
        true => ("risposta".to_owned(), "3".to_owned()),
        false => ("risposta".to_owned(), key),
    });
    places.chain(pairs).chain(one).collect()
}

async fn send(browser: &Browser, to: &str, fields: &[(String, String)]) -> Seen {
    let fields: Vec<_> = fields
        .iter()
        .map(|(name, value)| (&**name, &**value))
        .collect();
    browser.post(to, &fields).await
}

/// A finished attempt at the quiz about SPID: the first answer was right, the second one wrong, and
/// the others were not given. The address of the attempt.
async fn failed(browser: &Browser) -> String {
    let began = browser.post("/moduli/spid/quiz", &[]).await;
    let attempt = began.at.strip_suffix("/1").unwrap().to_owned();
    let right = browser.post(&began.at, &[("risposta", "a")]).await;
    right.expect(200, "Giusto!");
    let second = format!("{attempt}/2");
    let wrong = browser.post(&second, &[("risposta", "a")]).await;
    wrong.expect(200, "Non è giusto");
    let closed = browser.post(&format!("{attempt}/fine"), &[]).await;
    closed.expect(200, "Per questa volta no");
    attempt
}

#[actix_web::test]
async fn the_interface_for_programs_tells_lessons_read_and_the_next_step_in_words() {
    let app = TestApp::new().await;
    let browser = Browser::new(&app);
    assert_eq!(browser.get("/api/v1/me/progress").await.status, 401);
    let spid = app.catalogue().module(&"spid".parse().unwrap()).unwrap();
    let lessons: Vec<_> = spid.original.lessons.iter().collect();
    let [one, two, three] = [0, 1, 2].map(|at| lessons[at].id.as_str());
    for lesson in [one, two] {
        let read = format!("/moduli/spid/{lesson}/letta");
        browser.post(&read, &[]).await;
    }
    let told = progress(&browser).await;
    let [begun] = told["modules"].as_array().unwrap().as_slice() else {
        panic!("one module is begun: {told}");
    };
    assert_eq!(begun["read_lessons"], json!([one, two]));
    let detail = format!("Lezioni lette: 2 su {}", lessons.len());
    assert_eq!(begun["detail"], detail);
    let next = json!({
        "href": format!("/moduli/spid/{three}"), "lesson": three, "lang": "it",
        "label": "Continua dalla lezione 3", "title": lessons[2].title,
        "module": spid.original.title,
    });
    assert_eq!((&begun["next"], &told["next"]), (&next, &next));
    let english = Browser::new(&app);
    english.set_cookie("lingua", "en");
    english.post("/moduli/spid/che-cose-spid/letta", &[]).await;
    let told = progress(&english).await;
    assert_eq!(told["next"]["label"], "Go on from lesson 2");
}

#[actix_web::test]
async fn my_learning_begins_with_the_next_step() {
    let app = TestApp::new().await;
    let browser = Browser::new(&app);
    browser.post("/moduli/spid/che-cose-spid/letta", &[]).await;
    let after = |page: &Seen| {
        let (_, rest) = main(page).split_once("</h1>").unwrap();
        rest.split_once("</section>").unwrap().0.to_owned()
    };
    let first = after(&browser.get("/mio-percorso").await);
    assert!(first.contains("Il prossimo passo"), "{first}");
    assert!(first.contains("href=\"/moduli/spid/scegliere\""), "{first}");
    assert!(first.contains("Continua dalla lezione 2"), "{first}");
    // A quiz that is under way comes before the lessons that are left.
    browser.post("/moduli/spid/quiz", &[]).await;
    let first = after(&browser.get("/mio-percorso").await);
    assert!(first.contains("Riprendi il quiz"), "{first}");
    // With everything done that was begun, the next step is what is left of the path.
    let citizen = app.citizen().await;
    app.pass(&citizen, "pagamenti-online").await;
    let told = citizen.api("/me/progress").await;
    assert_eq!(told["modules"][0]["next"], Value::Null);
    let (label, module) = (&told["next"]["label"], &told["next"]["module"]);
    assert_eq!(label, "Comincia la prima lezione", "{told}");
    assert_ne!(module, "Pagare online in sicurezza");
    let nobody = Browser::new(&app).get("/mio-percorso").await;
    assert!(!nobody.says("Il prossimo passo") && nobody.says("Scegli un modulo"));
}

#[actix_web::test]
async fn every_question_of_a_quiz_has_a_lesson_behind_it() {
    let app = TestApp::new().await;
    for module in app.catalogue().modules() {
        let behind = app.published().lessons_behind(&module.id);
        for question in &module.original.quiz.as_ref().unwrap().questions {
            let lesson = behind.get(&question.id);
            let lesson = lesson.unwrap_or_else(|| panic!("{}: no lesson", question.id));
            assert!(module.original.lesson(lesson).is_some(), "{lesson}");
        }
    }
    // The lesson that the explanation leads to.
    let spid = "spid".parse().unwrap();
    for (question, lesson) in [
        ("spid-scopo", "che-cose-spid"),
        ("spid-chiamata", "truffe"),
        ("spid-telefono-perso", "telefono-perso"),
        ("spid-aiuto", "farsi-aiutare"),
    ] {
        let behind = app.published().lessons_behind(&spid);
        assert_eq!(behind[question].as_str(), lesson, "{question}");
    }
}

#[actix_web::test]
async fn a_wrong_answer_names_its_lesson_and_the_numbers_tell_outcomes_apart() {
    let app = TestApp::new().await;
    let browser = Browser::new(&app);
    let began = browser.post("/moduli/spid/quiz", &[]).await;
    assert_eq!(began.text.matches("class=\"step-none\"").count(), 10);
    let right = browser.post(&began.at, &[("risposta", "a")]).await;
    let right = right.expect(200, "Giusto!");
    assert!(!right.says("Ne parla la lezione"));
    let attempt = began.at.strip_suffix("/1").unwrap().to_owned();
    let other = Browser::new(&app);
    let began = other.post("/moduli/spid/quiz", &[]).await;
    let wrong = other.post(&began.at, &[("risposta", "b")]).await;
    let wrong = wrong.expect(200, "Ne parla la lezione");
    assert!(main(&wrong).contains("href=\"/moduli/spid/che-cose-spid\""));
    for (page, outcome, words) in [
        (&right, "right", "(giusta)"),
        (&wrong, "wrong", "(sbagliata)"),
    ] {
        assert_eq!(
            page.text
                .matches(&format!("class=\"step-{outcome}\""))
                .count(),
            1
        );
        assert_eq!(page.text.matches("class=\"step-none\"").count(), 9);
        assert!(page.says(words) && page.says("(senza risposta)"));
    }
    // Nothing of what waits is told beforehand.
    let next = browser.get(&format!("{attempt}/2")).await;
    assert!(!next.says("Ne parla la lezione"));
}

#[actix_web::test]
async fn with_every_question_answered_the_quiz_is_closed_from_the_last_answer() {
    let app = TestApp::new().await;
    let browser = Browser::new(&app);
    let began = browser.post("/moduli/spid/quiz", &[]).await;
    let attempt = began.at.strip_suffix("/1").unwrap().to_owned();
    for number in 1..=10 {
        let at = format!("{attempt}/{number}");
        let given = some_answer(&browser.get(&at).await);
        let answered = send(&browser, &at, &given).await;
        let (last, close) = (number == 10, format!("action=\"{attempt}/fine\""));
        assert_eq!(main(&answered).contains(&close), last, "{number}");
        assert_eq!(answered.says("Chiudi il quiz e vedi il risultato"), last);
    }
    let result = browser.post(&format!("{attempt}/fine"), &[]).await;
    assert!(result.at.ends_with("/esito"), "{}", result.at);
}

#[actix_web::test]
async fn a_closed_quiz_shows_of_each_wrong_answer_what_was_given_why_and_the_way_to_the_lesson() {
    let app = TestApp::new().await;
    let browser = Browser::new(&app);
    let attempt = failed(&browser).await;
    let result = browser.get(&format!("{attempt}/esito")).await;
    let list = result.text.split_once("class=\"answer-list\"").unwrap().1;
    let lines: Vec<&str> = list.split("<li class=\"outcome-").skip(1).collect();
    assert_eq!(lines.len(), 10);
    assert!(lines[0].starts_with("right") && !lines[0].contains("La tua risposta"));
    assert!(lines[1].starts_with("wrong"));
    for said in [
        "La tua risposta",
        "Spiegazione",
        "Ne parla la lezione",
        "href=\"/moduli/spid/",
    ] {
        assert!(lines[1].contains(said), "{said}: {}", lines[1]);
    }
    // Of what was not answered nothing is told but where to read.
    assert!(lines[2].starts_with("none") && lines[2].contains("Ne parla la lezione"));
    assert!(!lines[2].contains("Spiegazione"));
}

#[actix_web::test]
async fn what_was_wrong_is_gone_over_as_practice_and_counts_for_nothing() {
    let app = TestApp::new().await;
    let browser = Browser::new(&app);
    let began = browser.post("/moduli/spid/quiz", &[]).await;
    let open = began.at.strip_suffix("/1").unwrap().to_owned();
    // Not before it is closed: there an answer would tell what it is graded by.
    let early = browser
        .post(&format!("{open}/ripasso/1"), &[("risposta", "a")])
        .await;
    assert_eq!(early.at, began.at);
    assert!(!early.says("Giusto!"));
    browser.post(&format!("{open}/fine"), &[]).await;

    let attempt = failed(&browser).await;
    let before = progress(&browser).await;
    let first = browser.get(&format!("{attempt}/ripasso")).await;
    let first = first.expect(200, "Domanda 1 di 9 da ripassare");
    assert!(first.at.ends_with("/ripasso/2"), "{}", first.at);
    assert!(!first.says("Spiegazione"));
    // A right one is not asked again, and neither is one that there is not.
    for number in [1, 11] {
        let none = browser.get(&format!("{attempt}/ripasso/{number}")).await;
        assert_eq!(none.status, 404);
    }
    let refused = browser.post(&first.at, &[]).await;
    let refused = refused.expect(422, "Scegli o scrivi una risposta");
    assert!(
        title(&refused).starts_with("Da correggere - "),
        "{}",
        title(&refused)
    );
    let graded = browser.post(&first.at, &[("risposta", "a")]).await;
    let graded = graded.expect(200, "Non è giusto");
    assert!(graded.says("Spiegazione") && graded.says("Prossima da ripassare"));
    assert!(!graded.says("Punti:"));
    assert_eq!(progress(&browser).await, before);
    let result = browser.get(&format!("{attempt}/esito")).await;
    assert_eq!(result.text.matches("class=\"outcome-none\"").count(), 8);
    // It is theirs alone.
    let stranger = Browser::new(&app);
    stranger.post("/moduli/spid/che-cose-spid/letta", &[]).await;
    assert_eq!(stranger.get(&first.at).await.status, 404);
}

#[actix_web::test]
async fn an_order_with_two_equal_places_names_the_rows_and_what_is_missing_has_the_focus() {
    let app = TestApp::new().await;
    let browser = Browser::new(&app);
    let began = browser.post("/moduli/spid/quiz", &[]).await;
    let nothing = browser.post(&began.at, &[]).await;
    let nothing = nothing.expect(422, "Scegli o scrivi una risposta");
    let asks = "Da correggere - Domanda 1 di 10";
    assert!(title(&nothing).starts_with(asks), "{}", title(&nothing));
    assert_eq!(nothing.text.matches(" autofocus").count(), 1);
    let focused = main(&nothing).split_once(" autofocus").unwrap().0;
    assert!(
        focused
            .rsplit_once("<input")
            .unwrap()
            .1
            .contains("id=\"spid-scopo-")
    );
    assert_eq!(
        focused.matches("type=\"radio\"").count(),
        1,
        "the first one"
    );

    let began = browser.post("/moduli/prenotare-salute/quiz", &[]).await;
    let at = began.at.replace("/1", "/4");
    let page = browser.get(&at).await;
    assert!(title(&page).starts_with("Domanda 4 di 10"));
    let rows = page.all("name=\"posto-", '"');
    let labels = page.all("<label for=\"salute-q-ordine-", '<');
    let label = |row: usize| labels[row].split_once('>').unwrap().1;
    let places = ["1", "2", "2", "4", ""];
    let given: Vec<_> = rows
        .iter()
        .zip(places)
        .map(|(row, place)| (format!("posto-{row}"), place))
        .collect();
    let given: Vec<_> = given
        .iter()
        .map(|(name, value)| (&**name, *value))
        .collect();
    let refused = browser.post(&at, &given).await;
    let refused = refused.expect(422, "Due righe hanno lo stesso posto");
    assert!(refused.says(&format!("Il 2º posto è anche di «{}».", label(2))));
    assert!(refused.says(&format!("Il 2º posto è anche di «{}».", label(1))));
    assert_eq!(refused.text.matches("Qui manca la tua scelta.").count(), 1);
    // What was chosen is still there, and the first row at fault has the focus.
    assert_eq!(refused.text.matches(" selected").count(), 4);
    assert_eq!(refused.text.matches(" autofocus").count(), 1);
    assert_eq!(refused.text.matches("aria-invalid=\"true\"").count(), 3);
    let focused = refused.text.split_once(" autofocus").unwrap().0;
    let (_, select) = focused.rsplit_once("<select").unwrap();
    assert!(select.contains(&format!("posto-{}\"", rows[1])), "{select}");
    // A practice question is refused in the same way.
    let lesson = "/moduli/spid/che-cose-spid";
    let practice = browser.get(lesson).await.hidden("domanda");
    let refused = browser
        .post(&format!("{lesson}/risposte"), &[("domanda", &practice)])
        .await;
    let refused = refused.expect(422, "Scegli o scrivi");
    assert!(
        title(&refused).starts_with("Da correggere - "),
        "{}",
        title(&refused)
    );
    assert_eq!(refused.text.matches(" autofocus").count(), 1);
}

#[actix_web::test]
async fn a_modules_lessons_come_before_its_essay_and_the_menu_opens_by_its_address() {
    let app = TestApp::new().await;
    for module in app.catalogue().modules() {
        let page = Browser::new(&app)
            .get(&format!("/moduli/{}", module.id))
            .await;
        let at = |mark: &str| page.text.find(mark).unwrap_or_else(|| panic!("{mark}"));
        assert!(at("class=\"lesson-list\"") < at("module-intro"));
        assert!(at("href=\"#menu\"") < at("class=\"site-nav\""));
        assert!(
            page.text
                .contains("<header class=\"it-header-wrapper\" id=\"menu\">")
        );
    }
}

#[actix_web::test]
async fn nobody_takes_the_networks_numbers_for_their_own_results() {
    let app = TestApp::new().await;
    for (lang, name, mine) in [
        ("it", "I numeri della rete", "I risultati"),
        ("en", "The network in numbers", ">Results<"),
    ] {
        let browser = Browser::new(&app);
        browser.set_cookie("lingua", lang);
        let home = browser.get("/").await;
        assert!(home.says(name) && !home.says(mine));
        let totals = browser.get("/rete/totali").await.expect(200, name);
        assert!(
            totals.text.contains(&format!("<h1>{name}</h1>")),
            "{}",
            totals.text
        );
    }
}
