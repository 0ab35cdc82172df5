//! Who stopped, at what, and since when; which questions are hard; who asks for help.

use autonomia::learning::help::{LONGEST, OPEN};
use serde_json::{Value, json};
use time::macros::datetime;

use crate::actor::Actor;
use crate::app::{PASSWORD, TestApp};
use crate::desk::{members, pupil, read, says};
use crate::key;

/// The desk, entered now: a token of last week has ended.
async fn desk(app: &TestApp) -> Actor {
    let credentials = json!({ "email": "sportello@example.org", "password": PASSWORD });
    let opened = app.visitor().post("/sessions", credentials).await.json(201);
    app.visitor().with_token(&opened)
}

async fn list(app: &TestApp) -> Value {
    desk(app).await.api("/points/bari-centro/stuck").await
}

#[actix_web::test]
async fn who_stopped_is_on_the_list_with_the_lesson_or_the_question_and_the_days() {
    let app = TestApp::new().await;
    app.clock.set(datetime!(2026-11-02 10:00 UTC));
    let (reader, one) = pupil(&app).await;
    read(&one, "spid", "che-cose-spid").await;
    let (asked, two) = pupil(&app).await;
    let attempt = two.start("spid").await;
    let first = &attempt["questions"][0];
    let id = first["id"].as_str().unwrap();
    two.answer(&attempt, id, &key::right(&app.question("spid", id), first))
        .await
        .json(200);
    let (_, done) = pupil(&app).await;
    app.pass(&done, "spid").await;
    let (given, _) = pupil(&app).await;
    let (late, _) = pupil(&app).await;
    let clerk = app.facilitator().await;
    let body = json!({ "modules": ["pagamenti-online"], "citizens": [given] });
    clerk.post("/assignments", body).await.json(201);
    let made = clerk
        .post("/groups", json!({ "name": "Gruppo" }))
        .await
        .json(201);
    let id = made["id"].as_str().unwrap();
    members(&clerk, id, &[&late]).await.json(200);
    let body = json!({ "modules": ["spid"], "group": made["id"], "due_on": "2026-11-04" });
    clerk.post("/assignments", body).await.json(201);

    app.clock.set(datetime!(2026-11-05 10:00 UTC));
    let only = list(&app).await;
    assert_eq!(
        only["people"].as_array().unwrap().len(),
        1,
        "the others are not still: {only}"
    );
    assert_eq!(only["people"][0]["citizen"], json!(late));

    app.clock.set(datetime!(2026-11-09 10:00 UTC));
    let stuck = list(&app).await;
    let people = stuck["people"].as_array().unwrap();
    assert_eq!(people.len(), 4, "who has done it is not there: {stuck}");
    let of = |id: &str| people.iter().find(|one| one["citizen"] == id).unwrap();
    assert_eq!(people[0]["citizen"], json!(late), "overdue comes first");
    assert_eq!(
        (&people[0]["overdue"], &people[0]["begun"]),
        (&json!(true), &json!(false))
    );
    let at = of(&reader);
    assert_eq!(
        (&at["at"], &at["lesson"]),
        (&json!("lesson"), &json!("scegliere"))
    );
    assert_eq!(
        (&at["since"], &at["days"]),
        (&json!("2026-11-02"), &json!(7))
    );
    let at = of(&asked);
    let second = &attempt["questions"][1]["id"];
    assert_eq!((&at["at"], &at["question"]), (&json!("question"), second));
    let at = of(&given);
    assert_eq!(
        (&at["begun"], &at["lesson"]),
        (&json!(false), &json!("che-cose-pagopa"))
    );

    let page = desk(&app).await.get("/punto/fermi").await;
    says(&page, "href=\"/moduli/spid/scegliere\"");
    says(&page, "2 novembre 2026");
    says(&page, "7 giorni");
    says(&page, "Domanda 2 di");
    says(&page, "scaduto");
    says(&page, &format!("href=\"/punto/cittadini/{given}/assegna\""));
}

#[actix_web::test]
async fn questions_that_many_get_wrong_are_told_with_their_share() {
    let app = TestApp::new().await;
    let mut hard = String::new();
    for number in 0..6 {
        let (_, citizen) = pupil(&app).await;
        if number == 5 {
            // Five answers are the fewest that say something.
            let questions = list(&app).await["questions"].clone();
            assert_eq!(questions[0]["answers"], 5, "{questions}");
            assert_eq!(questions.as_array().unwrap().len(), 1, "{questions}");
        } else if number == 4 {
            assert_eq!(list(&app).await["questions"], json!([]));
        }
        let attempt = citizen.start("spid").await;
        for (at, shown) in attempt["questions"]
            .as_array()
            .unwrap()
            .iter()
            .enumerate()
            .take(2)
        {
            let id = shown["id"].as_str().unwrap();
            let question = app.question("spid", id);
            let given = match (at, number) {
                (0, 0..4) => key::wrong(&question, shown),
                _ => key::right(&question, shown),
            };
            if at == 0 {
                id.clone_into(&mut hard);
            }
            citizen.answer(&attempt, id, &given).await.json(200);
        }
    }
    let questions = list(&app).await["questions"].clone();
    assert_eq!(questions.as_array().unwrap().len(), 1, "{questions}");
    let first = &questions[0];
    assert_eq!(
        (&first["module"], &first["question"]),
        (&json!("spid"), &json!(hard))
    );
    assert_eq!(
        (&first["wrong"], &first["answers"], &first["share"]),
        (&json!(4), &json!(6), &json!(66))
    );
    let page = desk(&app).await.get("/punto/fermi").await;
    says(&page, "66%: 4 su 6");
    says(&page, "href=\"/moduli/spid\"");
    let other = app.other_facilitator().await;
    let page = other.get("/punto/fermi").await;
    assert!(!page.text.contains("66%"), "another point's");
}

#[actix_web::test]
async fn a_question_reaches_the_desk_with_its_place_and_comes_back_answered() {
    let app = TestApp::new().await;
    let (id, citizen) = pupil(&app).await;
    // Every lesson, and every question of a quiz, leads to the form.
    let lesson = citizen.get("/moduli/spid/scegliere").await;
    let from_lesson = "/aiuto?da=/moduli/spid/scegliere";
    says(&lesson, &format!("href=\"{from_lesson}\""));
    let attempt = citizen.start("spid").await;
    let question = attempt["questions"][0]["id"].as_str().unwrap();
    let number = format!(
        "/moduli/spid/quiz/{}/1",
        attempt["attempt"].as_str().unwrap()
    );
    let from_quiz = format!("/aiuto?da=/moduli/spid/quiz&amp;domanda={question}");
    says(
        &citizen.get(&number).await,
        &format!("href=\"{from_quiz}\""),
    );

    let form = citizen.get(from_lesson).await;
    says(&form, "name=\"da\" value=\"/moduli/spid/scegliere\"");
    let asked = [
        ("da", "/moduli/spid/scegliere"),
        ("text", "Quale <b>gestore</b> scelgo?"),
    ];
    for _ in 0..2 {
        let sent = citizen.form("/aiuto", &asked).await;
        assert_eq!(sent.status, 303);
        let thanks = sent.header("location").unwrap().to_owned();
        says(&citizen.get(&thanks).await, "La tua domanda è partita.");
    }
    let quiz = [
        ("da", "/moduli/spid/quiz"),
        ("domanda", question),
        ("text", "E questa?"),
    ];
    citizen.form("/aiuto", &quiz).await;

    let help = list(&app).await["help"].clone();
    assert_eq!(
        help.as_array().unwrap().len(),
        2,
        "asked twice in a row, it is there once"
    );
    assert_eq!(help[0]["citizen"], json!(id));
    assert_eq!(
        (&help[0]["module"], &help[0]["lesson"]),
        (&json!("spid"), &json!("scegliere"))
    );
    assert_eq!(help[1]["question"], json!(question));
    let clerk = desk(&app).await;
    let page = clerk.get("/punto/fermi").await;
    says(&page, "Quale &lt;b&gt;gestore&lt;/b&gt; scelgo?");
    assert!(page.text.find("aiuto").unwrap() < page.text.find("id=\"fermi\"").unwrap());
    let [first, second] =
        [0, 1].map(|at| format!("/punto/fermi/{}", help[at]["id"].as_str().unwrap()));
    let empty = clerk.form(&first, &[("answer", "  ")]).await;
    assert_eq!(empty.status, 422);
    let answer = [("answer", "Vanno bene tutti.\r\nTi aiuto io.")];
    for _ in 0..2 {
        assert_eq!(
            clerk.form(&first, &answer).await.status,
            303,
            "again, nothing happens"
        );
    }
    assert_eq!(clerk.form(&first, &[("answer", "Altro")]).await.status, 404);
    assert_eq!(
        clerk
            .form(&second, &[("answer", ""), ("at_desk", "1")])
            .await
            .status,
        303
    );
    assert_eq!(list(&app).await["help"], json!([]));
    for page in ["/mio-percorso", from_lesson] {
        let page = citizen.get(page).await;
        says(&page, "Vanno bene tutti.");
        says(
            &page,
            "Ne avete parlato allo sportello il 21 novembre 2026.",
        );
    }
}

#[actix_web::test]
async fn a_question_has_limits_and_guests_are_told_how_to_get_help() {
    let app = TestApp::new().await;
    let (_, citizen) = pupil(&app).await;
    let ask = async |text: &str| {
        let fields = [("da", "/moduli/spid"), ("text", text)];
        citizen.form("/aiuto", &fields).await
    };
    says(&ask(" ").await, "Scrivi la tua domanda.");
    let long = "a".repeat(LONGEST + 1);
    let refused = ask(&long).await;
    assert_eq!(refused.status, 422);
    says(&refused, &format!(">{long}</textarea>"));
    for number in 0..OPEN {
        assert_eq!(ask(&format!("Domanda {number}")).await.status, 303);
    }
    let refused = ask("Una di troppo").await;
    assert_eq!(refused.status, 422);
    says(&refused, ">Una di troppo</textarea>");

    let page = "/aiuto?da=/moduli/spid/scegliere";
    for who in [app.visitor(), app.guest().await] {
        let page = who.get(page).await;
        says(&page, "Vai nel punto di facilitazione più vicino");
        says(&page, "/tessera?ritorno=%2Faiuto%3Fda%3D");
        assert!(!page.text.contains("<textarea"));
    }
    let sent = app
        .guest()
        .await
        .form("/aiuto", &[("da", "/moduli/spid"), ("text", "x")])
        .await;
    assert_eq!(sent.status, 403);
    for nowhere in [
        "/moduli/inventato",
        "/moduli/spid/inventata",
        "//altrove",
        "/moduli/spid/quiz/1",
    ] {
        let page = app.visitor().get(&format!("/aiuto?da={nowhere}")).await;
        assert_eq!(page.status, 404, "{nowhere}");
    }
    says(
        &citizen.get("/aiuto").await,
        "In fondo alla pagina puoi chiedere aiuto.",
    );
}
