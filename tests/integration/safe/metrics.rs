//! `/metrics`: on an address of its own, with help texts, and nothing of a person.

use std::process::Command;

use crate::actor::Actor;
use crate::app::PASSWORD;
use crate::database::TestDb;
use crate::log;
use crate::port;
use crate::process::Process;
use serde_json::json;
use time::OffsetDateTime;

#[actix_web::test]
async fn metrics_are_on_an_address_of_their_own_and_say_nothing_of_a_person() {
    let db = TestDb::new().await;
    let folder = tempfile::tempdir().unwrap();
    let address = format!("127.0.0.1:{}", port::free());
    let arguments = ["serve", "--metrics", address.as_str()];
    let server = Process::start(&arguments, &db, &folder.path().join("keys"));
    let visitor = Actor::new(&server.first_line, None);
    assert_eq!(visitor.get("/metrics").await.status, 404);
    let wrong = json!({ "email": "anna.bianchi@example.org", "password": PASSWORD });
    assert_eq!(visitor.post("/sessions", wrong).await.status, 401);
    log::remember("RSSMRA80A01H501U bianchini");
    for path in [
        "/moduli/spid",
        "/RSSMRA80A01H501U/bianchini",
        "/cerca?q=bianchini",
        "/tessera/RSSMRA80A01H501U",
    ] {
        visitor.get(path).await;
    }
    let made_up = awc::http::Method::from_bytes(b"BIANCHINI").unwrap();
    visitor.send(made_up, "/", None).await;

    let shown = Actor::new(&format!("http://{address}"), None)
        .get("/metrics")
        .await;
    assert_eq!(shown.status, 200);
    assert_eq!(
        shown.header("content-type"),
        Some("text/plain; version=0.0.4; charset=utf-8")
    );
    let text = shown.text;
    for line in [
        "http_requests_total{method=\"GET\",route=\"/moduli/{module}\",status=\"200\"} 1",
        "http_requests_total{method=\"GET\",route=\"none\",status=\"404\"} 2",
        "sign_in_refusals_total{status=\"401\"} 1",
        "writes_waiting 0",
        "# TYPE open_connections gauge",
        "# TYPE catalogue_age_seconds gauge",
    ] {
        assert!(text.contains(line), "{line} is not in {text}");
    }
    // Nothing is said of a copy that nobody made.
    let backup = "last_backup_timestamp_seconds ";
    assert!(!text.contains(backup), "{text}");
    // Every name has its help, as promtool wants it.
    let types = text.lines().filter_map(|line| line.strip_prefix("# TYPE "));
    for name in types.filter_map(|line| line.split(' ').next()) {
        assert!(
            text.contains(&format!("# HELP {name} ")),
            "{name} has no help"
        );
    }
    log::says_nothing(&text);
    if db.url().starts_with("sqlite:") {
        let before = OffsetDateTime::now_utc().unix_timestamp();
        let made = Command::new(env!("CARGO_BIN_EXE_autonomia"))
            .args(["backup", "--database", db.url()])
            .arg(folder.path().join("copia.db"))
            .output()
            .unwrap();
        assert!(made.status.success(), "{made:?}");
        let metrics = Actor::new(&format!("http://{address}"), None);
        let text = metrics.get("/metrics").await.text;
        let line = text.lines().find_map(|line| line.strip_prefix(backup));
        let at: i64 = line.unwrap().parse().unwrap();
        assert!(at >= before && at <= before + 60, "{at}, {before}");
        assert!(text.contains("# HELP last_backup_timestamp_seconds When"));
    }
    // For those who have other tools to look at it.
    if let Some(file) = std::env::var_os("AUTONOMIA_METRICS_FILE") {
        std::fs::write(file, &text).unwrap();
    }
}
