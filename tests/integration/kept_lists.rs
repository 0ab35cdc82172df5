//! Lists of modules are kept by what is chosen, and results of searches by what was asked: they are what
//! would be drawn now, go with what was published, and there are never more than so many.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use actix_web::body::MessageBody as _;
use actix_web::test::TestRequest;
use autonomia::domain::digcomp::Competence;
use autonomia::domain::facilita::PublicDomain;
use autonomia::domain::locale::Lang;
use autonomia::web::learn::catalogue::ModulesPage;
use autonomia::web::learn::filters::{Chosen, FilterQuery};
use autonomia::web::published::{MOST_FOUND, MOST_LISTS, Published};
use autonomia::web::publisher::Publisher;
use autonomia::web::templates::{SiteOwner, Templates};
use tempfile::TempDir;
use time::macros::date;
use walkdir::WalkDir;

use crate::app::{CONTENT, TestApp};

fn filter(query: &str) -> FilterQuery {
    serde_urlencoded::from_str(query).unwrap()
}

/// The list as a browser gets it.
fn list(published: &Published, query: &str, lang: Lang) -> String {
    let page = published.modules(&filter(query), lang).unwrap();
    let answer = page.answer(&TestRequest::default().to_http_request());
    let body = answer.into_body().try_into_bytes();
    String::from_utf8(body.unwrap_or_default().to_vec()).unwrap()
}

fn copy(from: &Path, to: &Path) {
    for entry in WalkDir::new(from) {
        let entry = entry.unwrap();
        let place = to.join(entry.path().strip_prefix(from).unwrap());
        match entry.file_type().is_dir() {
            true => fs::create_dir_all(place).unwrap(),
            false => drop(fs::copy(entry.path(), place).unwrap()),
        }
    }
}

#[test]
fn a_kept_list_is_the_one_that_would_be_drawn() {
    let (templates, published) = &*CONTENT;
    for query in [
        "",
        "livello=1",
        "livello=1&ambito=S",
        "competenza=2.6&ambito=S&livello=2",
        "pagina=2",
        "pagina=9999999",
        "livello=99&ambito=x&competenza=",
    ] {
        for lang in Lang::ALL {
            let asked = filter(query);
            let (chosen, page) = (asked.chosen(), asked.page());
            let view = ModulesPage::new(&published.catalogue, chosen, page, lang);
            let drawn = templates.render("modules.html", lang, &view).unwrap();
            for time in 0..2 {
                let kept = list(published, query, lang);
                assert!(kept == drawn, "{query} in {lang}, time {time}");
            }
        }
    }
}

#[test]
fn what_is_kept_goes_with_what_was_published() {
    let folder = TempDir::new().unwrap();
    copy(
        Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/content")),
        folder.path(),
    );
    let templates = Arc::new(Templates::load(&SiteOwner::default()).unwrap());
    let mut publisher = Publisher::new(folder.path(), templates);
    let day = date!(2026 - 11 - 21);
    let (before, _) = publisher.publish(day).unwrap();
    let module = before.catalogue.module(&"spid".parse().unwrap()).unwrap();
    let title = module.original.title.clone();
    let query = format!("livello={}", module.level);
    let old = list(&before, &query, Lang::It);
    assert!(old.contains(&title));

    let file = folder.path().join("spid/module.md");
    let text = fs::read_to_string(&file).unwrap();
    let other = "Un altro titolo per la prova";
    fs::write(&file, text.replacen(&title, other, 1)).unwrap();
    let (after, _) = publisher.publish(day).unwrap();
    assert_eq!(after.kept(), (0, 0));
    let new = list(&after, &query, Lang::It);
    assert!(new.contains(other) && !new.contains(&format!(">{title}<")));
    // Whoever still has what was published before reads it to the end.
    assert!(list(&before, &query, Lang::It) == old);
}

#[test]
fn no_number_of_different_filters_is_kept_beyond_the_bound() {
    let published = &CONTENT.1;
    let mut asked = 0;
    for (level, domain) in
        (1..=3).flat_map(|level| PublicDomain::ALL.iter().map(move |one| (level, one)))
    {
        for competence in Competence::all() {
            let (domain, competence) = (domain.code(), competence.code());
            let query = format!("livello={level}&ambito={domain}&competenza={competence}");
            list(published, &query, Lang::It);
            asked += 1;
            assert!(published.kept().0 <= MOST_LISTS);
        }
    }
    assert!(asked > 2 * MOST_LISTS);
    // Numbers of pages that nothing has, and filters that mean nothing, are no lists of their own.
    let kept = published.modules(&filter(""), Lang::It).unwrap();
    for nth in 0..100 {
        for query in [
            format!("pagina={}", 1_000 + nth),
            format!("livello={}", 10 + nth),
        ] {
            let filter = filter(&query);
            let page = published.modules(&filter, Lang::It).unwrap();
            assert!(Arc::ptr_eq(&page, &kept), "{query}");
        }
    }
}

#[actix_web::test]
async fn a_search_that_is_asked_again_gets_the_same_page_and_no_more_are_kept_than_a_few() {
    let app = TestApp::new().await;
    let ask = async |address: &str| app.visitor().get(address).await.text;
    let found = ask("/cerca?q=spid+%26+%22app%22").await;
    assert!(found.contains("value=\"spid &amp; &quot;app&quot;\"") && found.contains("<mark>"));
    assert!(ask("/cerca?q=spid+%26+%22app%22").await == found);
    // The same words in another language, and among other modules, are another page.
    assert!(ask("/cerca?q=spid+%26+%22app%22&lingua=en").await != found);
    assert!(ask("/cerca?q=spid+%26+%22app%22&livello=1").await != found);

    let published = app.published();
    for nth in 0..2 * MOST_FOUND {
        ask(&format!("/cerca?q=spid+{nth}")).await;
        assert!(published.kept().1 <= MOST_FOUND);
    }
    // What nothing answers is not kept at all.
    let kept = published.kept().1;
    ask("/cerca?q=xilofonista+ornitorinco").await;
    assert!(
        published
            .found_before("xilofonista ornitorinco", Chosen::default(), Lang::It)
            .is_none()
    );
    assert_eq!(published.kept().1, kept);
}

#[actix_web::test]
async fn a_list_is_not_sent_again_to_a_browser_that_has_it() {
    let app = TestApp::new().await;
    for address in ["/moduli", "/moduli?livello=1"] {
        let ask = || awc::Client::default().get(format!("{}{address}", app.address));
        let first = ask().send().await.unwrap();
        assert_eq!(first.status(), 200);
        let tag = first.headers().get("etag").unwrap().to_str().unwrap();
        let again = ask().insert_header(("if-none-match", tag)).send();
        let again = again.await.unwrap();
        assert_eq!(again.status(), 304, "{address}");
    }
}
