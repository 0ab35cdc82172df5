//! `autonomia export facilita` and `autonomia facilita rejects` as the shell sees them.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use autonomia::citizens::Vault;
use autonomia::db;
use autonomia::sample::{self, Size};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::reader;
use crate::courses;
use crate::ground::NOW;

fn autonomia(dir: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_autonomia"))
        .args(args)
        .current_dir(dir)
        .env_clear()
        .env("AUTONOMIA_DATABASE", "sqlite:rete.db")
        .env("AUTONOMIA_SIGNING_KEY", STANDARD.encode([3; 32]))
        .env("AUTONOMIA_DIGEST_KEY", STANDARD.encode([1; 32]))
        .env("AUTONOMIA_SEAL_KEY", STANDARD.encode([2; 32]))
        .output()
        .unwrap()
}

fn said(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[actix_web::test]
async fn a_file_is_written_and_its_report_read_from_the_shell() {
    let dir = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", dir.path().join("rete.db").display());
    let db = db::connect(&url).await.unwrap();
    db::migrate(&db).await.unwrap();
    let vault = Vault::new(&[1; 32], &[2; 32]).unwrap();
    let size = Size {
        citizens: 240,
        points: 6,
        days: 42,
    };
    let courses = courses::catalogue();
    sample::fill(&db, &vault, courses, "una password lunga", (size, 7), NOW)
        .await
        .unwrap();
    db.close().await.unwrap();

    let days = ["--from", "2026-01-01", "--to", "2026-12-31"];
    let export = |more: &[&str]| {
        let mut args = vec!["export", "facilita", "--programme", "puglia"];
        args.extend(days);
        args.extend(more);
        autonomia(dir.path(), &args)
    };
    let made = export(&["file.csv"]);
    assert_eq!(made.status.code(), Some(0), "{}", said(&made.stderr));
    let told = said(&made.stderr);
    assert!(told.contains("no-code"), "why some are held back: {told}");
    let (_, id) = told.split_once("batch ").unwrap();
    let id = id.lines().next().unwrap();
    let file = fs::read_to_string(dir.path().join("file.csv")).unwrap();
    let rows = reader::read(&file, (2026, 11, 21), false);
    assert!(rows.len() > 100 && rows.iter().all(Result::is_ok));
    let again = autonomia(dir.path(), &["export", "facilita", "--batch", id]);
    assert_eq!(said(&again.stdout), file, "the same bytes again");
    // Whoever has the machine leaves a row too: the one who made it, and the one who took it again.
    let db = db::connect_to_read(&url).await.unwrap();
    let acts = crate::audit::rows(&db).await;
    db.close().await.unwrap();
    let about = acts
        .iter()
        .filter(|row| row.subject_id == id && row.through == "shell");
    let about: Vec<_> = about.map(|row| row.action.as_str()).collect();
    assert_eq!(about, ["facilita-batch-made", "facilita-file-exported"]);

    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let about = fs::metadata(dir.path().join("file.csv")).unwrap();
        assert_eq!(about.permissions().mode() & 0o777, 0o600);
    }
    // Where it cannot be written whole, it is said how to have it again.
    let full = autonomia(
        dir.path(),
        &["export", "facilita", "--batch", id, "/dev/full"],
    );
    assert_eq!(full.status.code(), Some(2));
    assert!(said(&full.stderr).contains(&format!("write it again with --batch {id}")));

    // Facilita takes one file at a time.
    let refused = export(&[]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(said(&refused.stderr).contains("waits for its report"));
    let nothing = export(&["--force"]);
    assert_eq!((nothing.status.code(), nothing.stdout.len()), (Some(1), 0));

    let rejects = |text: &str, batch: &str| {
        fs::write(dir.path().join("scarti.csv"), text).unwrap();
        autonomia(
            dir.path(),
            &["facilita", "rejects", "scarti.csv", "--batch", batch],
        )
    };
    let wrong = rejects(&reader::brief(&[(1_000_000, "x")]), id);
    assert_eq!(wrong.status.code(), Some(1));
    assert!(said(&wrong.stdout).starts_with("scarti.csv:2: "));
    for part in ["", "3,Dati del servizio errati\n"] {
        let cut = rejects(part, id);
        assert_eq!(cut.status.code(), Some(1), "{part}");
        assert!(said(&cut.stdout).starts_with("scarti.csv: "), "{part}");
    }
    let none = ["facilita", "rejects", "--none", "--batch", id];
    let none = autonomia(dir.path(), &none);
    let all = format!("accepted {}\nrejected 0\n", rows.len());
    assert_eq!(said(&none.stdout), all, "{}", said(&none.stderr));
    let read = rejects(&reader::brief(&[(3, "Dati del servizio errati")]), id);
    assert_eq!(read.status.code(), Some(0), "{}", said(&read.stderr));
    let told = said(&read.stdout);
    let expected = format!("accepted {}\nrejected 1\n  row 3, service ", rows.len() - 1);
    assert!(told.starts_with(&expected), "{told}");
    let unknown = rejects("", "019a0000-0000-7000-8000-000000000000");
    assert_eq!(unknown.status.code(), Some(2));
}
