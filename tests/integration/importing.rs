//! Many people from a file: looked at, then taken in; every bad row named.

use std::fs;

use autonomia::citizens::find::{find, read};
use autonomia::domain::codice_fiscale::CodiceFiscale;
use autonomia::domain::import::{Imported, Manner};
use autonomia::domain::sheet::SheetError;
use autonomia::learning::import::{ImportError, citizens};
use awc::http::Method;
use time::macros::date;

use crate::actor::encode;
use crate::app::TestApp;
use crate::desk_people::desk;
use crate::ground::{Ground, NOW, person};

const TRIAL: Manner = Manner {
    trial: true,
    strict: false,
    unbounded: false,
};
const STRICT: Manner = Manner {
    trial: false,
    strict: true,
    unbounded: false,
};

async fn take(ground: &Ground, file: &[u8], manner: Manner) -> Result<Imported, ImportError> {
    let (db, vault) = (&ground.db, &ground.vault);
    citizens(
        db,
        vault,
        file,
        ground.points[0],
        ground.facilitator,
        manner,
        NOW,
    )
    .await
}

fn code(number: u32) -> String {
    person(date!(1960 - 05 - 01), number)
        .codice_fiscale
        .unwrap()
}

/// The code of somebody called Neri Pia.
fn pia(number: u32) -> String {
    let stem = format!("NREPIA54C42Y{number:03}");
    CodiceFiscale::invented(&stem).unwrap().as_str().to_owned()
}

#[actix_web::test]
async fn a_file_adds_and_updates_and_the_same_again_changes_nothing() {
    let ground = Ground::new().await;
    let ada = ground.citizen(date!(1960 - 05 - 01), 1).await;
    let file = format!(
        "\u{feff}Last_name;first_name;codice_fiscale;phone;birth_date\r\n\
         Prova B;Nives;{};080 555 0100;\r\n\
         Neri;Pia;{};;\r\n\
         ;;;;\r\n\
         Bianchi;Ugo;;;1950-02-03\r\n",
        code(1).to_lowercase(),
        pia(2)
    );
    let looked = take(&ground, file.as_bytes(), TRIAL).await.unwrap();
    assert_eq!((looked.added, looked.updated, looked.unchanged), (2, 1, 0));
    assert!(!looked.kept && looked.refused.is_empty(), "{looked:?}");
    let all = async || {
        find(&ground.db, &ground.vault, "", None)
            .await
            .unwrap()
            .len()
    };
    assert_eq!(all().await, 1, "looking changes nothing");
    let done = take(&ground, file.as_bytes(), Manner::default())
        .await
        .unwrap();
    assert!(done.kept);
    assert_eq!(all().await, 3);
    let record = read(&ground.db, &ground.vault, ada).await.unwrap().unwrap();
    assert_eq!(record.phone.as_deref(), Some("080 555 0100"));
    let again = take(&ground, file.as_bytes(), STRICT).await.unwrap();
    assert_eq!((again.added, again.updated, again.unchanged), (0, 0, 3));
    // An empty cell leaves what is there.
    let bare = format!("codice_fiscale,phone\n{},\n", code(1));
    let bare = take(&ground, bare.as_bytes(), Manner::default()).await;
    assert_eq!(bare.unwrap().unchanged, 1);
    assert_eq!(ground.sums().await, (0, 0));
}

#[actix_web::test]
async fn every_bad_row_is_named_with_its_column_and_reason() {
    let ground = Ground::new().await;
    let elsewhere = person(date!(1960 - 05 - 01), 5);
    let (db, vault) = (&ground.db, &ground.vault);
    let there = (ground.points[1], ground.facilitator);
    autonomia::citizens::register::register(db, vault, elsewhere, there.0, there.1, NOW)
        .await
        .unwrap();
    let file = format!(
        "codice_fiscale,last_name,first_name,email,education\n\
         {},Neri,Pia,,\n\
         RSSMRA85M01H501Z,Neri,R0sa,nessuno,Z\n\
         {},Neri,Ada,,\n\
         {},Prova F,Nives,,\n\
         ,,Sola,,\n\
         troppe,celle\n",
        pia(2),
        pia(2),
        code(5)
    );
    let done = take(&ground, file.as_bytes(), STRICT).await.unwrap();
    let faults: Vec<_> = done
        .refused
        .iter()
        .map(|fault| (fault.line, fault.field.as_str(), fault.key))
        .collect();
    let expected = [
        (3, "codice_fiscale", "codice-fiscale-check"),
        (3, "education", "not-a-choice"),
        (3, "email", "not-an-email"),
        (3, "first_name", "not-a-name"),
        (4, "codice_fiscale", "import-twice"),
        (6, "last_name", "required"),
        (7, "", "import-cells"),
    ];
    assert_eq!(faults, expected);
    // Lines are those an editor shows, however they end and whatever is empty between them.
    let windows = file.replace('\n', "\r\n").replacen("\r\n", "\r\n\r\n", 2);
    let looked = take(&ground, windows.as_bytes(), TRIAL).await.unwrap();
    let lines: Vec<_> = looked.refused.iter().map(|fault| fault.line).collect();
    let moved: Vec<_> = expected.iter().map(|(line, ..)| line + 2).collect();
    assert_eq!(lines, moved);
    assert!(!done.kept, "in a strict import one bad row refuses all");
    let found = async || find(db, vault, "neri", None).await.unwrap().len();
    // Somebody of another point is as new as the first.
    assert_eq!((done.added, found().await), (2, 0));
    let done = take(&ground, file.as_bytes(), Manner::default()).await;
    assert!(done.unwrap().kept);
    assert_eq!(found().await, 1, "the good rows are kept");
}

#[actix_web::test]
async fn a_file_that_cannot_be_read_is_told_why() {
    let ground = Ground::new().await;
    let refused = async |file: &[u8]| match take(&ground, file, TRIAL).await {
        Err(ImportError::Unreadable(error)) => error,
        other => panic!("{other:?}"),
    };
    let mac = b"last_name,first_name\nNeri,Mos\x8f\n";
    assert_eq!(refused(mac).await, SheetError::Encoding { line: 2 });
    assert_eq!(refused(b"").await, SheetError::Empty);
    assert_eq!(refused(b"PK\x03\x04 and more").await, SheetError::Workbook);
    let unknown = refused(b"cognome,first_name,note\nNeri,Pia,\n").await;
    assert!(matches!(unknown, SheetError::Columns { unknown, .. } if unknown == ["note"]));
    let twice = refused(b"phone,Telefono\n1,2\n").await;
    assert_eq!(twice, SheetError::Twice("Telefono".to_owned()));
    let bare = refused(b"Neri;Pia;RSSMRA85M01H501Q\n").await;
    assert!(!bare.to_string().contains("RSS"), "nobody is named");
    let large = vec![b'a'; 2 * 1024 * 1024 + 1];
    assert_eq!(refused(&large).await, SheetError::TooLarge);
}

#[actix_web::test]
async fn a_facilitator_looks_at_a_file_and_confirms_it() {
    let app = TestApp::new().await;
    let browser = desk(&app, "sportello@example.org").await;
    let page = browser.get("/punto/cittadini/importa").await;
    assert!(page.expect(200, "codice_fiscale").says("B: Maschio"));
    let mut csv = format!("codice_fiscale;last_name;first_name\n{};Neri;Pia\n", pia(1));
    csv.push_str(";;Sola\n");
    // Two megabytes come through, as a file and as a form.
    let filler = ";Fittizia;Persona\n".repeat(10);
    csv.push_str(&filler);
    let mark = "limite";
    let body = format!(
        "--{mark}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\
         Content-Type: text/csv\r\n\r\n{csv}\r\n--{mark}\r\n\
         Content-Disposition: form-data; name=\"testo\"\r\n\r\n\r\n--{mark}--\r\n"
    );
    let actor = crate::actor::Actor::new(&app.address, browser.cookie("autonomia"));
    let kind = format!("multipart/form-data; boundary={mark}");
    let address = "/punto/cittadini/importa";
    let looked = actor.send(Method::POST, address, Some((&kind, body))).await;
    assert_eq!(looked.status, 200, "{}", looked.text);
    for words in [
        "Per ora non è cambiato niente",
        "Righe da correggere",
        "Conferma e salva",
    ] {
        assert!(looked.text.replace("&#39;", "'").contains(words), "{words}");
    }
    assert!(!browser.get("/punto/persone").await.says("Neri"));
    let point = looked.text.split("name=\"point\" value=\"").nth(1).unwrap();
    let point = point.split('"').next().unwrap();
    let all_or_none = [("point", point), ("testo", &csv), ("tutte", "1")];
    let confirm = "/punto/cittadini/importa/conferma";
    let refused = browser.post(confirm, &all_or_none).await;
    refused.expect(200, "Niente è stato salvato");
    assert!(!browser.get("/punto/persone").await.says("Neri"));
    let done = browser.post(confirm, &all_or_none[..2]).await;
    done.expect(200, "le righe buone sono salvate");
    assert!(browser.get("/punto/persone").await.says("Neri Pia"));
    let elsewhere = desk(&app, "altro-sportello@example.org").await;
    assert_eq!(elsewhere.post(confirm, &all_or_none[..2]).await.status, 403);
    let long = "x;y;z\n".repeat(340_000);
    let body = format!("point={point}&testo={}", encode(&long));
    let sent = browser.once(Method::POST, confirm, Some(body)).await;
    assert_eq!(sent.status, 422, "2 MB are read: {}", sent.status);
}

#[test]
fn the_command_names_every_bad_row_and_says_no() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.csv"), "last_name,first_name\nNeri,\n").unwrap();
    let run = |args: &[&str]| {
        std::process::Command::new(env!("CARGO_BIN_EXE_autonomia"))
            .args(["import", "--database", "sqlite:a.db", "--keys", "keys.toml"])
            .args(args)
            .current_dir(folder.path())
            .env_clear()
            .output()
            .unwrap()
    };
    let made = std::process::Command::new(env!("CARGO_BIN_EXE_autonomia"))
        .args(["migrate", "--database", "sqlite:a.db"])
        .current_dir(folder.path())
        .output();
    assert!(made.unwrap().status.success());
    let nowhere = run(&["citizens", "a.csv", "--point", "nulla"]);
    assert_eq!(nowhere.status.code(), Some(2));
    let said = String::from_utf8(nowhere.stderr).unwrap();
    assert!(said.starts_with("autonomia: no point has the code nulla: there is none yet"));
    let missing = run(&["citizens", "b.csv", "--point", "nulla"]);
    assert_eq!(missing.status.code(), Some(2));
    // Every table is read by the same rules, and each help says them.
    for what in ["citizens", "points", "services"] {
        let help = String::from_utf8(run(&[what, "--help"]).stdout).unwrap();
        for said in [
            "in English or in Italian",
            "Semicolons, tabulators or commas",
            "UTF-16 or Windows-1252",
            "YYYY-MM-DD or DD/MM/YYYY",
        ] {
            assert!(help.contains(said), "{what}: {said}: {help}");
        }
    }
}
