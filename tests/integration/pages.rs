//! The pages for people: what every one of them has, and in which language.

use awc::http::Method;

use crate::app::TestApp;
use crate::browser::Browser;

/// Every address that shows something to somebody who has not entered.
const OPEN: [&str; 18] = [
    "/",
    "/moduli",
    "/moduli?livello=1&ambito=S&competenza=2.6",
    "/moduli?livello=99&ambito=%F0%9F%A6%86",
    "/moduli/spid",
    "/moduli/prenotare-salute",
    "/moduli/spid/che-cose-spid",
    "/moduli/spid/quiz",
    "/percorsi/pagare-online",
    "/cerca",
    "/cerca?q=pagmento&livello=1",
    "/accedi",
    "/accedi/password?token=x",
    "/tessera",
    "/registrati",
    "/mio-percorso",
    "/rete/totali",
    "/stile",
];

const LEGAL: [&str; 3] = ["/privacy", "/accessibilita", "/cookie"];

#[actix_web::test]
async fn every_page_is_whole_in_both_languages() {
    let app = TestApp::new().await;
    for path in OPEN.iter().chain(&LEGAL) {
        for (lang, home) in [("it", "Vai al contenuto"), ("en", "Skip to the content")] {
            let browser = Browser::new(&app);
            browser.set_cookie("lingua", lang);
            let page = browser.get(path).await.expect(200, home);
            assert!(
                page.text.contains(&format!("<html lang=\"{lang}\">")),
                "{path}"
            );
            assert_eq!(page.text.matches("<h1").count(), 1, "{path}");
            assert_eq!(page.text.matches("<title>").count(), 1, "{path}");
            assert!(page.text.contains("id=\"contenuto\""), "{path}");
        }
    }
}

#[actix_web::test]
async fn a_page_holds_nothing_that_its_own_policy_forbids() {
    let app = TestApp::new().await;
    let browser = Browser::new(&app);
    for path in OPEN.iter().chain(&LEGAL).chain(&["/nulla"]) {
        let page = browser.get(path).await;
        for (name, value) in [
            ("content-security-policy", "default-src 'self'"),
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "same-origin"),
            ("x-frame-options", "DENY"),
        ] {
            assert!(
                page.header(name).unwrap().starts_with(value),
                "{path}: {name}"
            );
        }
        // Scripts are files of the site; a block of data is none.
        let page_text = page
            .text
            .replace("<script type=\"module\" src=\"/assets/", "")
            .replace("<script type=\"application/ld+json\">", "");
        for forbidden in ["<script", "<style", " style=\"", " onclick=", "javascript:"] {
            assert!(!page_text.contains(forbidden), "{path}: {forbidden}");
        }
    }
}

#[actix_web::test]
async fn an_english_speaker_gets_english_and_can_choose_italian() {
    let app = TestApp::new().await;
    let english = Browser::new(&app).with_header("accept-language", "fr, en-GB;q=0.8, it;q=0.2");
    english
        .get("/moduli/spid")
        .await
        .expect(200, "Begin the first lesson");
    english
        .get("/moduli/spid?lingua=it")
        .await
        .expect(200, "Comincia la prima lezione");
    english
        .get("/moduli/spid")
        .await
        .expect(200, "Comincia la prima lezione");
    let nobody = Browser::new(&app).with_header("accept-language", "fr");
    nobody
        .get("/moduli/spid")
        .await
        .expect(200, "Comincia la prima lezione");
}

#[actix_web::test]
async fn text_in_another_language_says_so() {
    let app = TestApp::new().await;
    let english = Browser::new(&app);
    english.set_cookie("lingua", "en");
    let page = english.get("/moduli/pagamenti-online").await;
    let page = page.expect(200, "This content is in Italian.");
    assert!(
        page.text
            .contains("<div class=\"prose module-intro\" lang=\"it\">")
    );
}

#[actix_web::test]
async fn a_lesson_is_sent_once_and_again_only_when_it_changes() {
    let app = TestApp::new().await;
    let path = "/moduli/spid/che-cose-spid";
    let first = Browser::new(&app).get(path).await;
    let tag = first.header("etag").unwrap().to_owned();
    assert!(first.header("vary").unwrap().contains("cookie"));
    let again = Browser::new(&app).with_header("if-none-match", &tag);
    assert_eq!(again.get(path).await.status, 304);
    let english = Browser::new(&app).with_header("if-none-match", &tag);
    english.set_cookie("lingua", "en");
    assert_eq!(english.get(path).await.status, 200);
    let packed = Browser::new(&app)
        .with_header("accept-encoding", "gzip")
        .get(path)
        .await;
    assert_eq!(packed.header("content-encoding"), Some("gzip"));
    assert_ne!(packed.header("etag"), Some(tag.as_str()));
}

#[actix_web::test]
async fn reading_pages_leaves_no_cookie() {
    let app = TestApp::new().await;
    let browser = Browser::new(&app);
    for path in OPEN {
        let page = browser.get(path).await;
        assert_eq!(page.header("set-cookie"), None, "{path}");
    }
}

#[actix_web::test]
async fn what_is_not_there_says_what_to_do() {
    let app = TestApp::new().await;
    let browser = Browser::new(&app);
    for path in [
        "/nulla",
        "/moduli/nulla",
        "/moduli/spid/nulla",
        "/moduli/SPID",
        "/moduli/spid/immagini/nulla.svg",
        "/moduli/spid/immagini/..%2Fmodule.md",
        "/assets/package.json",
        "/assets/../base.html",
        "/percorsi/nulla",
    ] {
        let page = browser.get(path).await.expect(404, "Pagina non trovata");
        assert_eq!(
            page.header("content-type"),
            Some("text/html; charset=utf-8"),
            "{path}"
        );
    }
    let english = Browser::new(&app).with_header("accept-language", "en");
    english.get("/nulla").await.expect(404, "Page not found");
    let problem = browser
        .get("/api/v1/nulla")
        .await
        .expect(404, "\"status\":404");
    assert_eq!(
        problem.header("content-type"),
        Some("application/problem+json")
    );
    let wrong = browser
        .post("/moduli", &[])
        .await
        .expect(405, "Operazione non possibile");
    assert!(wrong.header("allow").is_some());
}

#[actix_web::test]
async fn a_form_that_is_too_large_is_refused_with_words() {
    let app = TestApp::new().await;
    let long = "x".repeat(40_000);
    let page = Browser::new(&app)
        .post("/tessera", &[("tessera", &long), ("pin", "1")])
        .await;
    page.expect(413, "Hai inviato troppo");
}

#[actix_web::test]
async fn a_write_that_another_site_sets_off_is_refused() {
    let app = TestApp::new().await;
    let path = "/moduli/spid/che-cose-spid/letta";
    for (name, value) in [
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
        ("origin", "https://example.org"),
        ("origin", "null"),
    ] {
        let other = Browser::new(&app).with_header(name, value);
        other
            .post(path, &[])
            .await
            .expect(403, "Questa pagina non è per te");
        assert_eq!(other.cookie("autonomia"), None, "{name}: {value}");
    }
    let host = app.address.clone();
    for (name, value) in [("sec-fetch-site", "same-origin"), ("origin", host.as_str())] {
        let own = Browser::new(&app).with_header(name, value);
        assert_eq!(own.post(path, &[]).await.status, 200, "{name}: {value}");
        assert!(own.cookie("autonomia").is_some());
    }
}

#[actix_web::test]
async fn a_head_request_is_answered_as_a_get_without_the_page() {
    let app = TestApp::new().await;
    let browser = Browser::new(&app);
    let head = browser.once(Method::HEAD, "/moduli/spid", None).await;
    assert_eq!((head.status, head.text.as_str()), (200, ""));
    assert!(head.header("etag").is_some());
}

#[actix_web::test]
async fn machines_get_what_they_ask() {
    let app = TestApp::new().await;
    let browser = Browser::new(&app);
    browser.get("/health/live").await.expect(200, "ok");
    browser.get("/health/ready").await.expect(200, "ok");
    browser
        .get("/metrics")
        .await
        .expect(404, "Pagina non trovata");
    browser
        .get("/robots.txt")
        .await
        .expect(200, "Disallow: /punto");
    let icon = browser.get("/favicon.ico").await.expect(200, "<svg");
    assert_eq!(icon.header("content-type"), Some("image/svg+xml"));
}

#[actix_web::test]
async fn what_the_browser_may_keep_for_ever_has_its_hash_in_the_address() {
    let app = TestApp::new().await;
    let browser = Browser::new(&app);
    let home = browser.get("/").await;
    let css = home.all("rel=\"stylesheet\" href=\"", '"');
    let (own, css): (Vec<_>, Vec<_>) = css.into_iter().partition(|path| path == "/io.css");
    assert_eq!((css.len(), own.len()), (1, 1));
    let own = browser.get(&own[0]).await;
    assert_eq!(own.header("cache-control"), Some("private, no-store"));
    for path in css {
        assert!(path.contains("?v="), "{path}");
        let kept = browser.get(&path).await;
        assert_eq!(kept.header("content-type"), Some("text/css; charset=utf-8"));
        assert!(kept.header("cache-control").unwrap().contains("immutable"));
    }
    let bare = browser.get("/assets/css/site.css").await;
    assert_eq!(bare.header("cache-control"), Some("no-cache"));
    let module = browser.get("/moduli/spid/che-cose-spid").await;
    let image = &module.all("src=\"/moduli/spid/immagini/", '"')[0];
    let image = browser.get(&format!("/moduli/spid/immagini/{image}")).await;
    assert!(image.header("cache-control").unwrap().contains("immutable"));
    assert!(
        image
            .header("content-security-policy")
            .unwrap()
            .contains("default-src 'none'")
    );
}

#[actix_web::test]
async fn the_style_page_is_for_those_who_write_pages() {
    let app = TestApp::new().await;
    let page = Browser::new(&app)
        .get("/stile?pagina=2")
        .await
        .expect(200, "Annulla");
    let past = Browser::new(&app).get("/stile?pagina=9").await;
    assert_eq!(past.status, 404);
    assert!(page.says("<meta name=\"robots\" content=\"noindex\">"));
}
