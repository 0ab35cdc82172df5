//! The key of a question never leaves the server before grading: everything that can be fetched is
//! fetched, as a guest and as a citizen in the middle of every quiz, and searched for every
//! feedback and explanation there is.

use std::collections::{BTreeSet, VecDeque};
use std::sync::Arc;

use aho_corasick::AhoCorasick;
use autonomia::content::question::{Kind, Question};
use serde_json::json;

use crate::actor::Actor;
use crate::app::TestApp;
use crate::log;

/// The texts that only a graded answer may show, as plain words.
fn secrets(app: &TestApp) -> Vec<String> {
    let mut found = Vec::new();
    for question in app.questions() {
        let Question {
            kind,
            explanation_html,
            ..
        } = question.as_ref();
        if let Kind::One { options, .. } | Kind::Many { options, .. } = kind {
            found.extend(
                options
                    .iter()
                    .filter_map(|option| option.feedback_html.clone()),
            );
        }
        found.extend(explanation_html.clone());
    }
    found.iter().map(|html| words(html)).collect()
}

/// The words of a text without markup, so that neither escaping nor wrapping hides them.
fn words(html: &str) -> String {
    let mut plain = String::with_capacity(html.len());
    let mut tag = false;
    for character in html.chars() {
        match character {
            '<' => tag = true,
            '>' => tag = false,
            _ if tag => {}
            _ => plain.push(character),
        }
    }
    let plain = plain
        .replace("\\n", " ")
        .replace("\\\"", " ")
        .replace("&quot;", " ")
        .replace("&#34;", " ")
        .replace("&#x27;", " ")
        .replace("&#39;", " ")
        .replace("&amp;", " ");
    let letters = |c: char| if c.is_alphanumeric() { c } else { ' ' };
    plain
        .chars()
        .map(letters)
        .collect::<String>()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

/// The addresses of this site that a page names.
fn links(page: &str) -> Vec<String> {
    let mut found = Vec::new();
    for attribute in ["href=\"", "src=\"", "\"url\":\""] {
        for (at, _) in page.match_indices(attribute) {
            let rest = &page[at + attribute.len()..];
            let link = rest
                .split('"')
                .next()
                .unwrap()
                .replace("&amp;", "&")
                .replace("&#x2f;", "/");
            let link = link.split('#').next().unwrap();
            if link.starts_with('/') && !link.starts_with("//") {
                found.push(link.to_owned());
            }
        }
    }
    found
}

/// Fetches everything that can be reached, and returns what was fetched.
async fn crawl(who: &Actor, from: Vec<String>) -> Vec<(String, String)> {
    let mut seen = BTreeSet::new();
    let mut waiting = VecDeque::from(from);
    let mut fetched = Vec::new();
    while let Some(path) = waiting.pop_front() {
        if !seen.insert(path.clone()) {
            continue;
        }
        assert!(seen.len() < 5_000, "the crawl does not end: {path}");
        let answer = who.get(&path).await;
        if let Some(to) = answer.header("location") {
            waiting.push_back(to.to_owned());
        }
        assert!(
            !answer.status.is_server_error(),
            "{path}: {}",
            answer.status
        );
        waiting.extend(links(&answer.text));
        fetched.push((path, answer.text));
    }
    fetched
}

fn addresses(app: &TestApp) -> Vec<String> {
    let fixed = [
        "/",
        "/moduli",
        "/accedi",
        "/tessera",
        "/registrati",
        "/mio-percorso",
        "/rete/totali",
        "/privacy",
        "/accessibilita",
        "/cookie",
        "/punto",
        "/health/live",
        "/health/ready",
        "/robots.txt",
        "/api/v1/openapi.json",
        "/api/v1/modules",
        "/api/v1/me",
        "/api/v1/me/progress",
    ];
    let mut all: Vec<String> = fixed.map(str::to_owned).into();
    for module in app.catalogue().modules() {
        let id = &module.id;
        for lang in module.langs() {
            all.push(format!("/moduli/{id}?lingua={lang}"));
            all.push(format!("/moduli/{id}/quiz?lingua={lang}"));
            all.push(format!("/api/v1/modules/{id}?lang={lang}"));
            for lesson in &module.edition(lang).lessons {
                all.push(format!("/moduli/{id}/{}?lingua={lang}", lesson.id));
                all.push(format!(
                    "/api/v1/modules/{id}/lessons/{}?lang={lang}",
                    lesson.id
                ));
            }
        }
    }
    for path in app.catalogue().paths() {
        all.push(format!("/percorsi/{}", path.id));
    }
    all
}

impl TestApp {
    /// Every question there is, of lessons and quizzes, in every language.
    fn questions(&self) -> Vec<Arc<Question>> {
        let mut all = Vec::new();
        for module in self.catalogue().modules() {
            for lang in module.langs() {
                let edition = module.edition(lang);
                all.extend(
                    edition
                        .lessons
                        .iter()
                        .flat_map(|lesson| lesson.questions().cloned()),
                );
                all.extend(
                    edition
                        .quiz
                        .iter()
                        .flat_map(|quiz| quiz.questions.iter().cloned()),
                );
            }
        }
        all
    }
}

#[actix_web::test]
async fn nothing_of_a_key_is_seen_before_grading() {
    let log = log::follow();
    let app = TestApp::new().await;
    let secrets = secrets(&app);
    assert!(
        secrets.len() > 100,
        "only {} texts to look for",
        secrets.len()
    );
    assert!(
        secrets.iter().all(|secret| secret.len() > 3),
        "a text too short to look for"
    );
    // A page is gone through once, not once for each of a thousand texts.
    let any_secret = AhoCorasick::new(&secrets).unwrap();
    let citizen = app.citizen().await;
    let mut asked_for_all = false;
    for who in [app.guest().await, citizen] {
        let mut fetched = crawl(&who, addresses(&app)).await;
        // The same with every quiz begun: pages of questions, attempts, progress.
        for module in app.catalogue().modules() {
            let begun = who.start(module.id.as_str()).await;
            fetched.push((format!("attempt at {}", module.id), begun.to_string()));
            who.form(&format!("/moduli/{}/quiz", module.id), &[]).await;
        }
        fetched.extend(crawl(&who, addresses(&app)).await);
        // The search index, asked for the very words. It is the same for everybody: the second asks some.
        let step = if asked_for_all { 10 } else { 1 };
        asked_for_all = true;
        for secret in secrets.iter().step_by(step) {
            let q = secret.split(' ').take(6).collect::<Vec<_>>().join(" ");
            let q = crate::actor::encode(&q);
            for lang in ["it", "en"] {
                let path = format!("/search?q={q}&lang={lang}&limit=50");
                let found = who.api(&path).await;
                // All but the echo of the question.
                let text = format!("{} {}", found["hits"], found["suggestions"]);
                fetched.push((path, text));
            }
        }
        assert!(fetched.len() > 200, "only {} answers", fetched.len());
        for (path, text) in &fetched {
            if let Some(told) = any_secret.find(&words(text)) {
                panic!("{path} tells: {}", secrets[told.pattern().as_usize()]);
            }
        }
    }
    tracing::error!("the log is kept");
    let logged = words(&log.lock().unwrap());
    assert!(logged.contains("the log is kept"));
    if let Some(told) = any_secret.find(&logged) {
        panic!("the log tells: {}", secrets[told.pattern().as_usize()]);
    }
}

#[actix_web::test]
async fn what_a_client_sees_of_a_question_is_the_same_for_every_key() {
    // Moving the right mark to another option must change nothing that is sent before grading.
    let app = TestApp::new().await;
    let guest = app.guest().await;
    for module in app.catalogue().modules() {
        let begun = guest.start(module.id.as_str()).await;
        for shown in begun["questions"].as_array().unwrap() {
            let names: BTreeSet<&str> = shown
                .as_object()
                .unwrap()
                .keys()
                .map(String::as_str)
                .collect();
            let known = [
                "id",
                "kind",
                "prompt_html",
                "hint_html",
                "options",
                "right_options",
            ];
            assert_eq!(names, BTreeSet::from(known));
            for option in shown["options"].as_array().unwrap() {
                let names: BTreeSet<&str> = option
                    .as_object()
                    .unwrap()
                    .keys()
                    .map(String::as_str)
                    .collect();
                assert_eq!(names, BTreeSet::from(["key", "html"]));
            }
        }
        // And what is graded does tell.
        let question = &begun["questions"][0];
        let id = question["id"].as_str().unwrap();
        let key = app.question(module.id.as_str(), id);
        let given = crate::key::right(&key, question);
        let graded = guest.answer(&begun, id, &given).await.json(200);
        assert_eq!(graded["correct"], json!(true), "{graded}");
    }
}
