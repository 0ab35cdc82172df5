//! What search engines, readers of feeds and those who write programs find.

use autonomia::web::state::Settings;
use serde_json::{Value, json};

use crate::app::TestApp;

const SITE: &str = "https://autonomia.example.org";

/// The values of an attribute of the elements that have another one.
fn values<'h>(html: &'h str, with: &str, name: &str) -> Vec<&'h str> {
    let attribute = format!("{name}=\"");
    html.split('<')
        .filter(|element| element.contains(with))
        .filter_map(|element| element.split_once(&attribute)?.1.split('"').next())
        .collect()
}

#[actix_web::test]
async fn a_listed_page_has_its_whole_address_in_each_language() {
    let app = TestApp::at(SITE).await;
    let visitor = app.visitor();
    for path in [
        "/",
        "/moduli",
        "/moduli/spid",
        "/moduli/spid/che-cose-spid",
        "/privacy",
    ] {
        for lang in ["it", "en"] {
            let page = visitor
                .get(&format!("{path}?lingua={lang}&altro=1"))
                .await
                .text;
            let own = format!("{SITE}{path}?lingua={lang}");
            assert_eq!(values(&page, "rel=\"canonical\"", "href"), [own.as_str()]);
            assert_eq!(values(&page, "og:url", "content"), [own.as_str()]);
            // Each is its own canonical address, the one for whoever reads neither included.
            let others = ["it", "en", "it"].map(|lang| format!("{SITE}{path}?lingua={lang}"));
            assert_eq!(values(&page, "rel=\"alternate\" hreflang", "href"), others);
            assert_eq!(values(&page, "og:title", "content").len(), 1, "{path}");
            assert_eq!(
                values(&page, "og:description", "content").len(),
                1,
                "{path}"
            );
        }
    }
    // What is made for one person is not listed, and says nothing of itself.
    let own = visitor.get("/accedi").await.text;
    assert_eq!(values(&own, "rel=\"canonical\"", "href"), [""; 0]);
}

#[actix_web::test]
async fn a_site_that_does_not_know_its_address_says_nothing_that_needs_it() {
    let app = TestApp::plain(Settings::default()).await;
    let visitor = app.visitor();
    let page = visitor.get("/moduli/spid").await.text;
    assert_eq!(values(&page, "rel=\"canonical\"", "href"), [""; 0]);
    assert_eq!(values(&page, "og:url", "content"), [""; 0]);
    assert_eq!(
        values(&page, "og:title", "content"),
        ["SPID: la tua identità digitale"]
    );
    assert_eq!(visitor.get("/sitemap.xml").await.status, 404);
    assert_eq!(visitor.get("/.well-known/security.txt").await.status, 404);
    assert!(!visitor.get("/robots.txt").await.text.contains("Sitemap"));
    assert!(
        !visitor
            .get("/moduli.atom")
            .await
            .text
            .contains("http://127")
    );
}

#[actix_web::test]
async fn the_address_in_a_language_answers_in_it_whatever_was_remembered() {
    let app = TestApp::new().await;
    for path in [
        "/",
        "/moduli/spid",
        "/moduli",
        "/moduli.atom",
        "/sviluppatori",
    ] {
        for lang in ["it", "en"] {
            for remembered in ["it", "en"] {
                let client = awc::Client::default();
                let asked = client
                    .get(format!("{}{path}?lingua={lang}", app.address))
                    .insert_header(("cookie", format!("lingua={remembered}")))
                    .insert_header(("accept-language", remembered))
                    .send();
                let mut answer = asked.await.unwrap();
                let vary = answer
                    .headers()
                    .get("vary")
                    .map(|vary| vary.to_str().unwrap());
                let kept = answer
                    .headers()
                    .get("cache-control")
                    .unwrap()
                    .to_str()
                    .unwrap();
                let kept = !kept.contains("no-store");
                assert!(
                    !kept || vary.unwrap().contains("cookie"),
                    "{path}: kept for anybody"
                );
                let text = answer.body().limit(1_000_000).await.unwrap();
                let text = String::from_utf8_lossy(&text);
                assert!(text.contains(&format!("lang=\"{lang}\"")), "{path}");
                let root = text.split_once("lang=\"").unwrap().1;
                assert!(root.starts_with(lang), "{path} in {lang}");
            }
        }
    }
}

#[actix_web::test]
async fn a_module_is_a_course_for_search_engines() {
    let app = TestApp::new().await;
    for module in app.catalogue().modules() {
        let page = app
            .visitor()
            .get(&format!("/moduli/{}", module.id))
            .await
            .text;
        let (_, data) = page
            .split_once("<script type=\"application/ld+json\">")
            .unwrap();
        let course: Value = serde_json::from_str(data.split_once("</script>").unwrap().0).unwrap();
        assert_eq!(course["@type"], "Course");
        assert_eq!(course["name"], json!(module.original.title));
        assert_eq!(course["description"], json!(module.original.summary));
        assert_eq!(
            course["hasCourseInstance"]["courseWorkload"],
            format!("PT{}M", module.minutes)
        );
        assert!(
            course["provider"]["name"]
                .as_str()
                .is_some_and(|name| !name.is_empty())
        );
    }
}

#[actix_web::test]
async fn the_map_of_the_site_has_only_pages_that_are_there_and_listed() {
    let app = TestApp::at(SITE).await;
    let visitor = app.visitor();
    let robots = visitor.get("/robots.txt").await.text;
    assert!(robots.contains(&format!("Sitemap: {SITE}/sitemap.xml")));
    let map = visitor.get("/sitemap.xml").await;
    assert_eq!(
        map.header("content-type"),
        Some("application/xml; charset=utf-8")
    );
    let pages: Vec<&str> = map
        .text
        .split("<loc>")
        .skip(1)
        .map(|rest| rest.split("</loc>").next().unwrap())
        .collect();
    let lessons = app.catalogue().modules().iter();
    let lessons: usize = lessons.map(|module| module.original.lessons.len()).sum();
    assert!(pages.len() > 2 * lessons, "{} pages", pages.len());
    for page in pages {
        let path = page.strip_prefix(SITE).unwrap();
        let found = visitor.get(path).await;
        assert_eq!(found.status, 200, "{path}");
        assert!(
            !found.text.contains("content=\"noindex\""),
            "{path} is not listed"
        );
        assert_eq!(
            values(&found.text, "rel=\"canonical\"", "href"),
            [page],
            "{path}"
        );
    }
}

#[actix_web::test]
async fn the_feed_has_every_module_and_says_whom_it_is_from() {
    let app = TestApp::at(SITE).await;
    let feed = app.visitor().get("/moduli.atom?lingua=en").await;
    assert_eq!(
        feed.header("content-type"),
        Some("application/atom+xml; charset=utf-8")
    );
    let modules = app.catalogue().modules();
    assert_eq!(feed.text.matches("<entry").count(), modules.len());
    for needed in ["<id>", "<title>", "<updated>"] {
        assert_eq!(
            feed.text.matches(needed).count(),
            modules.len() + 1,
            "{needed}"
        );
    }
    for module in modules {
        let page = format!("{SITE}/moduli/{}?lingua=en", module.id);
        assert!(feed.text.contains(&page), "{page}");
    }
    let home = app.visitor().get("/?lingua=en").await.text;
    assert_eq!(
        values(&home, "application/atom+xml", "href"),
        ["/moduli.atom?lingua=en"]
    );
    let icon = values(&home, "apple-touch-icon", "href")[0].to_owned();
    assert_eq!(
        app.visitor().get(&icon).await.header("content-type"),
        Some("image/png")
    );
}

#[actix_web::test]
async fn whoever_finds_a_weakness_is_told_where_to_write() {
    let app = TestApp::at(SITE).await;
    let told = app.visitor().get("/.well-known/security.txt").await;
    assert_eq!(
        told.header("content-type"),
        Some("text/plain; charset=utf-8")
    );
    assert_eq!(
        told.text.lines().collect::<Vec<_>>(),
        [
            "Contact: mailto:sicurezza@example.org",
            "Expires: 2027-05-20T10:00:00Z",
            "Preferred-Languages: it, en",
            "Canonical: https://autonomia.example.org/.well-known/security.txt",
        ]
    );
}

#[actix_web::test]
async fn every_operation_and_every_shape_can_be_read() {
    let app = TestApp::at(SITE).await;
    let page = app.visitor().get("/sviluppatori").await;
    assert_eq!(page.status, 200);
    let document = app.visitor().api("/openapi.json").await;
    let mut names: Vec<String> = Vec::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            names.push(operation["operationId"].as_str().unwrap().to_owned());
            let address = format!("{} {path}", method.to_uppercase());
            assert!(page.text.contains(&address), "{address}");
        }
    }
    let shapes = document["components"]["schemas"].as_object().unwrap();
    names.extend(shapes.keys().cloned());
    let known = |link: &str| names.iter().any(|name| link == name);
    for name in &names {
        let link = format!("href=\"/sviluppatori/{name}\"");
        assert!(page.text.contains(&link), "{name}");
        let one = app.visitor().get(&format!("/sviluppatori/{name}")).await;
        assert_eq!(one.status, 200, "{name}");
        for link in one.text.split("href=\"/sviluppatori/").skip(1) {
            let link = link.split(['"', '?']).next().unwrap();
            assert!(known(link), "{link} leads nowhere");
        }
    }
    let unknown = app.visitor().get("/sviluppatori/niente").await;
    assert_eq!(unknown.status, 404);
    let start = app.visitor().get("/sviluppatori/sign_in").await;
    assert!(
        start
            .text
            .contains(&format!("curl -X POST &#39;{SITE}/api/v1/sessions&#39;"))
    );
    assert!(
        app.visitor()
            .get("/")
            .await
            .text
            .contains("href=\"/sviluppatori\"")
    );
}
