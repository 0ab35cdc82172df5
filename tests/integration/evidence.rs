//! Evidence: the sheets of what counted, and the list of hashes that an auditor has.

use std::fmt::Write as _;
use std::time::Instant;

use autonomia::domain::ids::{CitizenId, ServiceId};
use autonomia::domain::role::Role;
use autonomia::domain::table::TableReader;
use autonomia::network::evidence::first::{LookUpAnswer, look_up};
use autonomia::network::evidence::hashes::{HashList, LineIs};
use autonomia::network::evidence::{read, table};
use awc::http::Method;
use aws_lc_rs::digest::{SHA256, digest};
use serde_json::json;
use time::Duration;
use time::macros::date;

use crate::actor::Actor;
use crate::administration::autonomia;
use crate::app::TestApp;
use crate::audit::rows;
use crate::ground::{Ground, TODAY, person};

/// The SHA-256 of a code as Facilita writes it, in capital letters.
fn sha256(code: &str) -> String {
    let made = digest(&SHA256, code.to_uppercase().as_bytes());
    let mut text = String::new();
    for byte in made.as_ref() {
        write!(text, "{byte:02X}").unwrap();
    }
    text
}

fn found(service: ServiceId, citizen: CitizenId) -> LookUpAnswer {
    LookUpAnswer::Found(service, citizen)
}

#[actix_web::test]
async fn each_hash_of_a_list_finds_the_first_service_that_counts() {
    // As `sha256sum` has it.
    assert!(sha256("rssmra85m01h501q").starts_with("4F5241D8029D3B1F6EB70F3EF3F67BFBBA757938"));
    let ground = Ground::new().await;
    let born = date!(1960 - 05 - 04);
    let codes: Vec<String> = (0..4)
        .map(|number| person(born, number).codice_fiscale.unwrap())
        .collect();
    let mut people = Vec::new();
    for number in 0..4 {
        people.push(ground.citizen(born, number).await);
    }
    let given = async |citizen: usize, days: i64| {
        let mut new = ground.service("Prova", &[people[citizen]]);
        new.day = TODAY - Duration::days(days);
        ground.record(new).await.unwrap().service
    };
    // The first by its day was recorded last; an earlier one was voided.
    let _ = given(0, 1).await;
    let voided = given(0, 9).await;
    let first = given(0, 5).await;
    ground.void(voided).await.unwrap();
    let other = given(1, 2).await;
    let gone = given(2, 2).await;
    ground.void(gone).await.unwrap();

    let mut text = String::from("HASH\n");
    for code in &codes {
        writeln!(text, "{}", sha256(code)).unwrap();
    }
    text.push_str("RSSMRA85M01H501Q\n");
    writeln!(text, "{}", sha256(&codes[1]).to_lowercase()).unwrap();
    let list = HashList::read(text.as_bytes()).unwrap();
    let lines = look_up(&ground.db, &ground.vault, &ground.programme, &list);
    let lines = lines.await.unwrap();
    let answers: Vec<_> = lines
        .iter()
        .map(|line| (line.number, line.answer))
        .collect();
    assert_eq!(
        answers,
        [
            (2, found(first, people[0])),
            (3, found(other, people[1])),
            (4, LookUpAnswer::Missing),
            (5, LookUpAnswer::Missing),
            (6, LookUpAnswer::Unreadable),
            (7, LookUpAnswer::Again(3)),
        ]
    );

    // As many lines as an auditor may have.
    for many in [9_000_usize, 100_000] {
        let mut text: String = (2..many).fold(String::new(), |mut text, number| {
            writeln!(text, "{}", sha256(&number.to_string())).unwrap();
            text
        });
        writeln!(text, "{}\n{}", sha256(&codes[0]), sha256(&codes[1])).unwrap();
        let began = Instant::now();
        let list = HashList::read(text.as_bytes()).unwrap();
        let lines = look_up(&ground.db, &ground.vault, &ground.programme, &list);
        let lines = lines.await.unwrap();
        let found = lines
            .iter()
            .filter(|line| line.answer != LookUpAnswer::Missing);
        assert_eq!((lines.len(), found.count()), (many, 2));
        assert!(
            lines
                .iter()
                .all(|line| line.answer != LookUpAnswer::Unreadable)
        );
        println!("{many} lines in {:?}", began.elapsed());
    }
    assert!(matches!(list.lines[0], (2, LineIs::Hash(_))));
}

#[actix_web::test]
async fn the_command_writes_everything_counted_or_the_answers_to_a_list() {
    let ground = Ground::new().await;
    let born = date!(1960 - 05 - 04);
    let code = person(born, 3).codice_fiscale.unwrap();
    let citizen = ground.citizen(born, 3).await;
    let first = ground
        .record(ground.service("Prova uno", &[citizen]))
        .await
        .unwrap();
    let voided = ground
        .record(ground.service("Prova due", &[citizen]))
        .await
        .unwrap();
    ground.void(voided.service).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (keys, list, file) = (path("keys.toml"), path("list.csv"), path("prove.csv"));
    // Those of the ground.
    let text = "signing = \"AwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwM=\"\n\
                digest = \"AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=\"\n\
                seal = \"AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgI=\"\n";
    std::fs::write(&keys, text).unwrap();
    let text = format!("{}\n{}\nuno\n", sha256(&code), sha256("nessuno"));
    std::fs::write(&list, text).unwrap();
    let run = |args: &[&str]| {
        let all = [
            "export",
            "evidence",
            "--programme",
            "prova",
            "--keys",
            &keys,
        ];
        autonomia(ground.db.url(), &[&all, args].concat())
    };
    let all = run(&[&file]);
    assert_eq!(all.status.code(), Some(0), "{all:?}");
    let written = std::fs::read_to_string(&file).unwrap();
    let lines: Vec<&str> = written.lines().collect();
    // One counts, with its hash and without a name or a code; the voided one is not there.
    assert_eq!(lines.len(), 2, "{written}");
    assert!(lines[1].starts_with(&sha256(&code)) && lines[1].contains("Prova uno"));
    assert!(lines[1].contains(&first.service.to_string()));
    assert!(!written.contains("Nives") && !written.contains(&code) && !written.contains("due"));

    let answers = run(&["--hashes", &list]);
    assert_eq!(answers.status.code(), Some(1), "{answers:?}");
    let said = String::from_utf8(answers.stderr).unwrap();
    assert!(
        said.contains("line 2: not found") && said.contains("line 3: no hash"),
        "{said}"
    );
    let table = String::from_utf8(answers.stdout).unwrap();
    let lines: Vec<&str> = table.lines().collect();
    assert!(
        lines[1].starts_with(&format!("1,{},trovato,Puglia", sha256(&code))),
        "{table}"
    );
    assert!(
        lines[1].contains("2026-11-21,Facilitazione individuale"),
        "{table}"
    );
    assert_eq!(lines.len(), 4);
    std::fs::write(&list, "codice\n").unwrap();
    assert_eq!(run(&["--hashes", &list]).status.code(), Some(2));
    let told = rows(&ground.db).await;
    for action in ["evidence-exported", "evidence-looked-up"] {
        assert!(told.iter().any(|row| row.action == action), "{action}");
    }
}

async fn send(who: &Actor, file: &str) -> crate::actor::Answer {
    let mark = "limite";
    let body = format!(
        "--{mark}\r\nContent-Disposition: form-data; name=\"programma\"\r\n\r\npuglia\r\n--{mark}\r\n\
         Content-Disposition: form-data; name=\"file\"; filename=\"elenco.csv\"\r\n\
         Content-Type: text/csv\r\n\r\n{file}\r\n--{mark}--\r\n"
    );
    let kind = format!("multipart/form-data; boundary={mark}");
    let sent = Some((kind.as_str(), body));
    who.send(Method::POST, "/rete/verifica", sent).await
}

#[actix_web::test]
async fn an_auditors_list_is_answered_by_line_and_each_service_has_a_sheet() {
    let app = TestApp::new().await;
    let (desk, office) = (app.facilitator().await, app.coordinator().await);
    let person = app.somebody();
    let made = desk
        .post("/citizens", person.record(app.point()))
        .await
        .json(201);
    let id = made["id"].as_str().unwrap();
    let service = crate::services::body("individual", &[id]);
    let service = desk.post("/services", service).await.json(201);
    let service = service["service"].as_str().unwrap();

    let file = format!(
        "{}\nnon un hash\n{}\n",
        sha256(&person.codice_fiscale),
        sha256("nessuno")
    );
    assert_eq!(send(&desk, &file).await.status.as_u16(), 403);
    assert_eq!(desk.get("/rete/verifica").await.status.as_u16(), 403);
    let wrong = send(&office, "nessuna impronta qui\n").await;
    assert_eq!(wrong.status.as_u16(), 422);
    assert!(wrong.text.contains("nessun hash SHA-256"), "{}", wrong.text);
    // What is too large is told as such, in the form.
    let large = send(&office, &"x".repeat(25 * 1024 * 1024)).await;
    assert_eq!(large.status.as_u16(), 422);
    assert!(large.text.contains("più di 24 MB"), "{}", large.text);
    assert!(large.text.contains("name=\"file\""));
    let led = send(&office, &file).await;
    assert_eq!(led.status.as_u16(), 303, "{}", led.text);
    let at = led.header("location").unwrap().to_owned();
    let page = office.get(&at).await;
    assert_eq!(page.status.as_u16(), 200);
    for said in [
        "trovato",
        "non è un hash",
        "non trovato",
        "Facilitazione individuale",
    ] {
        assert!(page.text.contains(said), "{said}: {}", page.text);
    }
    let table = office.get(&format!("{at}/tabella.csv")).await;
    assert!(
        table.text.contains(&sha256(&person.codice_fiscale)),
        "{}",
        table.text
    );
    // Whoever keeps the accounts sees nobody's services, and what nobody asked is not there.
    let admin = app.staff_without_point(Role::Admin).await;
    assert_eq!(admin.get(&at).await.status.as_u16(), 403);
    let another = "/rete/verifica/019ab000-0000-7000-8000-000000000000";
    assert_eq!(office.get(another).await.status.as_u16(), 404);

    for sheet in [
        format!("{at}/schede"),
        format!("/rete/prove/servizi/{service}"),
        format!("/rete/prove/cittadini/{id}"),
    ] {
        let page = office.get(&sheet).await;
        assert_eq!(page.status.as_u16(), 200, "{sheet}");
        for said in [
            &sha256(&person.codice_fiscale),
            service,
            "primo servizio di un nuovo cittadino",
        ] {
            assert!(page.text.contains(said), "{sheet}: {said}");
        }
        assert_eq!(desk.get(&sheet).await.status.as_u16(), 403, "{sheet}");
    }
    desk.post(
        &format!("/services/{service}/void"),
        json!({ "reason": "doppione" }),
    )
    .await;
    let page = office.get(&format!("/rete/prove/servizi/{service}")).await;
    assert!(
        page.text.contains("non conta più. Motivo: doppione"),
        "{}",
        page.text
    );

    // Somebody without services: the page says so, and no refusal is written down of it.
    let (new, _) = crate::office::registered(&app).await;
    let page = office.get(&format!("/rete/prove/cittadini/{new}")).await;
    assert_eq!(page.status.as_u16(), 200);
    assert!(page.text.contains("niente da documentare"), "{}", page.text);
    let about_new = rows(&app.db).await.into_iter();
    let about_new: Vec<_> = about_new
        .filter(|row| row.subject_id == new && row.action != "citizen-registered")
        .map(|row| row.action)
        .collect();
    assert_eq!(about_new, ["record-read"]);

    let told: Vec<_> = rows(&app.db)
        .await
        .into_iter()
        .map(|row| row.action)
        .collect();
    for action in ["evidence-looked-up", "service-read", "record-read"] {
        assert!(told.iter().any(|one| one == action), "{action}: {told:?}");
    }
}

/// What a sheet says under a label.
fn fact(page: &str, label: &str) -> Vec<String> {
    let mark = format!("<dt>{label}</dt><dd>");
    let all = page.split(&mark).skip(1);
    all.map(|rest| rest.split("</dd>").next().unwrap().replace("&#39;", "'"))
        .collect()
}

#[actix_web::test]
async fn the_sheet_of_what_was_learned_says_the_rule_the_revision_the_score_and_who_recorded_it() {
    let app = TestApp::new().await;
    let (desk, office) = (app.facilitator().await, app.coordinator().await);
    let person = app.somebody();
    let (id, learner) = app.citizen_from(person.record(app.point())).await;
    // One answer is wrong, so that the score is its own.
    let attempt = learner.start("spid").await;
    let first = &attempt["questions"][0];
    let asked = first["id"].as_str().unwrap();
    let wrong = crate::key::wrong(&app.question("spid", asked), first);
    learner.answer(&attempt, asked, &wrong).await.json(200);
    let done = app.pass(&learner, "spid").await;
    assert_eq!(done["passed"], true, "{done}");
    let score = done["score"].as_u64().unwrap();
    assert!(score < 100, "{done}");
    let seen = [("module", "pagamenti-online"), ("reason", "L'ha fatto qui")];
    let path = format!("/punto/cittadini/{id}/completamenti");
    assert_eq!(desk.form(&path, &seen).await.status, 303);

    let page = office.get(&format!("/rete/prove/cittadini/{id}")).await;
    assert_eq!(page.status.as_u16(), 200);
    let sheets: Vec<&str> = page
        .text
        .split("<details class=\"evidence-sheet")
        .skip(1)
        .collect();
    assert_eq!(sheets.len(), 2, "{}", page.text);
    let of = |id: &str| {
        // By its title: the id says nothing to an auditor.
        let module = app.catalogue().module(&id.parse().unwrap()).unwrap();
        let title = &*module.original.title;
        let own = |sheet: &&&str| fact(sheet, "Modulo") == [title];
        let sheet = sheets.iter().find(own);
        (
            module,
            *sheet.unwrap_or_else(|| panic!("{id}: {}", page.text)),
        )
    };
    let (module, sheet) = of("spid");
    let pass = module.pass.value();
    let rule = format!("Quiz superato: {score} su 100, ne servono {pass}.");
    let learned = [
        ("Regola", rule),
        ("Versione del contenuto", module.rev.to_string()),
    ];
    for (label, said) in &learned {
        assert_eq!(fact(sheet, label), [said.as_str()], "{sheet}");
    }
    let recorded = fact(sheet, "Registrato il").concat();
    assert!(
        recorded.contains("21 novembre 2026") && recorded.ends_with("il programma"),
        "{recorded}"
    );
    let (other, sheet) = of("pagamenti-online");
    for (label, said) in [
        ("Regola", "Un facilitatore ha visto la persona farlo."),
        ("Versione del contenuto", &other.rev.to_string()),
        ("Motivo", "L'ha fatto qui"),
    ] {
        assert_eq!(fact(sheet, label), [said], "{sheet}");
    }
    let recorded = fact(sheet, "Registrato il").concat();
    assert!(recorded.ends_with("Persona Inventata"), "{recorded}");
    // One new citizen, whichever of the two came first.
    let counts: Vec<_> = sheets
        .iter()
        .flat_map(|sheet| fact(sheet, "Conta come"))
        .collect();
    let new = |said: &&String| said.contains("nuovo cittadino");
    assert_eq!(counts.iter().filter(new).count(), 1, "{counts:?}");

    // The service by itself, and the file with everything that counted, say the same.
    let service = fact(of("spid").1, "Numero del servizio").concat();
    let alone = office.get(&format!("/rete/prove/servizi/{service}")).await;
    for (label, said) in &learned {
        assert_eq!(fact(&alone.text, label), [said.as_str()]);
    }
    let proofs = read::of_citizen(&app.db, id.parse().unwrap())
        .await
        .unwrap();
    let table = table::proof_rows(&crate::audit::vault(), &proofs, TableReader::Program).unwrap();
    let table = String::from_utf8(table).unwrap();
    let row = table.lines().find(|row| row.contains(&service)).unwrap();
    let (rev, rule) = (
        module.rev,
        format!("quiz: {score} su 100, ne servono {pass}"),
    );
    assert!(row.contains(&format!("{rev},\"{rule}\"")), "{row}");
}
