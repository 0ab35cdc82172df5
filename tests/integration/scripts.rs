//! What scripts ask the server for: the service worker, its page, the manifest, modules by version.

use crate::app::TestApp;
use crate::browser::Browser;

/// The addresses of assets with a version, between quotation marks.
fn versioned(text: &str) -> Vec<String> {
    text.split('"')
        .filter(|part| part.contains("?v=") && part.starts_with(['.', '/']))
        .map(|part| part.replace("./", "/assets/js/"))
        .collect()
}

#[actix_web::test]
async fn every_script_and_what_it_imports_may_be_kept_for_ever() {
    let app = TestApp::new().await;
    let browser = Browser::new(&app);
    let page = browser.get("/").await;
    let mut open: Vec<String> = versioned(&page.text)
        .into_iter()
        .filter(|path| path.contains("/js/"))
        .collect();
    let mut seen = Vec::new();
    while let Some(path) = open.pop() {
        let script = browser.get(&path).await.expect(200, "");
        let kept = script.header("cache-control").unwrap();
        assert!(kept.contains("immutable"), "{path}: {kept}");
        let kind = script.header("content-type");
        assert_eq!(kind, Some("text/javascript; charset=utf-8"), "{path}");
        for import in script.all("import(\"", '"') {
            assert!(import.contains("?v="), "{path} imports {import}");
        }
        open.extend(versioned(&script.text));
        seen.push(path);
    }
    assert!(seen.len() >= 5, "{seen:?}");
}

#[actix_web::test]
async fn the_service_worker_knows_every_file_of_the_shell() {
    let app = TestApp::new().await;
    let browser = Browser::new(&app);
    let worker = browser
        .get("/sw.js")
        .await
        .expect(200, "const VERSION = \"");
    assert_eq!(worker.header("cache-control"), Some("no-cache"));
    let shell = versioned(&worker.text);
    for kind in ["css/", "js/main.js", "js/kept.js"] {
        let kind = format!("/assets/{kind}");
        assert!(shell.iter().any(|path| path.starts_with(&kind)), "{kind}");
    }
    for path in shell {
        browser.get(&path).await.expect(200, "");
    }
}

#[actix_web::test]
async fn the_page_without_a_network_is_in_the_readers_language() {
    let app = TestApp::new().await;
    for (lang, words) in [("it", "Leggere senza rete"), ("en", "Reading offline")] {
        let browser = Browser::new(&app);
        browser.set_cookie("lingua", lang);
        // The worker tells the two apart by what stands after the question mark.
        let page = browser.get(&format!("/offline?{lang}")).await;
        let page = page.expect(200, words);
        assert_eq!(page.text.matches("<h1").count(), 1);
        assert_eq!(page.header("set-cookie"), None);
    }
}

#[actix_web::test]
async fn the_site_can_be_kept_among_the_applications() {
    let app = TestApp::new().await;
    let browser = Browser::new(&app);
    let manifest = browser.get("/manifest.webmanifest").await.expect(200, "");
    let kind = manifest.header("content-type");
    assert_eq!(kind, Some("application/manifest+json"));
    let manifest: serde_json::Value = serde_json::from_str(&manifest.text).unwrap();
    assert_eq!(manifest["display"], "standalone");
    let icons = manifest["icons"].as_array().unwrap();
    assert_eq!(icons.len(), 3);
    for icon in icons {
        let kind = icon["type"].as_str();
        let file = browser.get(icon["src"].as_str().unwrap()).await;
        assert_eq!((file.status, file.header("content-type")), (200, kind));
    }
}
