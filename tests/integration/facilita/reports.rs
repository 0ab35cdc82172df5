//! The report of refused rows: every refusal, every form of the text, and what goes again.

use autonomia::citizens::Details;
use autonomia::domain::facilita::SendState;
use autonomia::domain::ids::{BatchId, ServiceId};
use autonomia::domain::locale::Lang;
use autonomia::network::facilita::batch;
use autonomia::network::facilita::check::Reason;
use autonomia::network::facilita::note::NoteKind;
use autonomia::network::facilita::report::Outcome;
use autonomia::network::facilita::state::{self, Decision};
use autonomia::network::facilita::{FacilitaError, Mend};
use autonomia::web::templates;

use super::{BORN, known, reader, reasons, services_of};
use crate::ground::NOW;

/// Every refusal in Facilita's words, what it is, and where it is put right.
const NOTES: [(&str, NoteKind, Mend); 20] = [
    (
        "Cittadino gia' presente per il servizio",
        NoteKind::Present,
        Mend::Facilita,
    ),
    (
        "Cittadino già esistente sul servizio",
        NoteKind::Present,
        Mend::Facilita,
    ),
    (
        "Il facilitatore non e' presente su Facilita",
        NoteKind::Facilitator,
        Mend::Facilitator,
    ),
    (
        "La sede non e' presente su Facilita",
        NoteKind::Site,
        Mend::Point,
    ),
    (
        "L'utente non e' associato al progetto",
        NoteKind::Unassigned,
        Mend::Facilita,
    ),
    (
        "Il facilitatore o la sede non sono associati al progetto e all'ente per cui accedi",
        NoteKind::Unassigned,
        Mend::Facilita,
    ),
    (
        "Progetto non presente a database",
        NoteKind::Project,
        Mend::Programme,
    ),
    (
        "La data del servizio non rientra all’interno delle date di progetto",
        NoteKind::Outside,
        Mend::Service,
    ),
    (
        "La data del servizio è oltre il limite del 30/04/2026",
        NoteKind::Late,
        Mend::Facilita,
    ),
    (
        "I campi \"AN9, AN12\" sono obbligatori e non possono essere vuoti.",
        NoteKind::Empty,
        Mend::Citizen,
    ),
    (
        "Il campo \"IDSede\" è obbligatorio e non può essere vuoto.",
        NoteKind::Empty,
        Mend::Point,
    ),
    (
        "Il Codice Fiscale inserito è invalido.",
        NoteKind::Code,
        Mend::Citizen,
    ),
    (
        "Il cittadino deve essere maggiorenne.",
        NoteKind::Minor,
        Mend::Citizen,
    ),
    (
        "Il cittadino deve avere almeno 14 anni.",
        NoteKind::Minor,
        Mend::Citizen,
    ),
    (
        "Valore non ammesso nel campo SE5, SE6",
        NoteKind::Value,
        Mend::Service,
    ),
    (
        "Il formato della durata è errato",
        NoteKind::Form,
        Mend::Service,
    ),
    (
        "Dati del servizio errati. Ricontrollare",
        NoteKind::Service,
        Mend::Service,
    ),
    (
        "Dati del cittadino errati. Ricontrollare",
        NoteKind::Citizen,
        Mend::Citizen,
    ),
    (
        "Dati del questionario errati. Ricontrollare",
        NoteKind::Questionnaire,
        Mend::Facilita,
    ),
    (
        "Qualcosa di mai visto, con virgola",
        NoteKind::Unknown,
        Mend::Facilita,
    ),
];

#[actix_web::test]
async fn every_refusal_comes_back_and_only_what_was_mended_goes_again() {
    let ground = known().await;
    let mut services = Vec::new();
    let mut people = Vec::new();
    for number in 0..22 {
        let who = ground.whole(BORN, number).await;
        let service = ground.service(&format!("Servizio {number}, con virgola"), &[who]);
        services.push(ground.record(service).await.unwrap().service);
        people.push(who);
    }
    let made = ground.make().await;
    let id = made.batch.unwrap();
    assert_eq!(services_of(&ground, &made).await, services);
    assert_eq!(ground.counts().await, [0, 22, 0, 0, 0]);
    let refused: Vec<_> = (2..)
        .zip(NOTES)
        .map(|(row, (note, ..))| (row, note))
        .collect();
    let text = reader::report(&ground.rows(&made).await, &refused);
    let outcome = ground.receive(id, &text).await.unwrap();
    assert_eq!((outcome.accepted, outcome.rejected.len()), (2, 20));
    for (one, (note, kind, mend)) in outcome.rejected.iter().zip(NOTES) {
        assert_eq!(one.note, note);
        assert_eq!(one.service, services[one.row as usize - 1]);
        assert_eq!(
            (NoteKind::of(&one.note), kind.mend(&one.note)),
            (kind, mend),
            "{note}"
        );
    }
    // The same report again is the same answer and changes nothing.
    assert_eq!(ground.receive(id, &text).await.unwrap(), outcome);
    assert_eq!(ground.counts().await, [0, 0, 2, 20, 0]);
    assert_eq!(ground.state(services[1]).await, SendState::Rejected);
    assert_eq!(ground.state(services[21]).await, SendState::Accepted);
    let held = ground.make().await;
    assert_eq!((held.batch, held.rows), (None, 0));
    assert!(reasons(&held).iter().all(|why| *why == ["unchanged"]));

    // One record is mended; one was mended in Facilita; one is there already.
    let changes = Details {
        province: Some("Bari".to_owned()),
        ..Details::default()
    };
    ground.correct(people[10], changes).await;
    assert_eq!(ground.counts().await, [0, 0, 2, 19, 1]);
    let decide = async |row, decision, reason: &str| {
        let (db, by) = (&ground.db, ground.facilitator);
        state::decide(db, (id, row), decision, reason, by, NOW).await
    };
    let without = decide(4, Decision::Again, " ").await;
    assert!(matches!(without, Err(FacilitaError::Invalid(_))));
    decide(4, Decision::Again, "ora è in Facilita")
        .await
        .unwrap();
    decide(2, Decision::There, "era già là").await.unwrap();
    for row in [1, 2, 99] {
        let again = decide(row, Decision::Again, "per prova").await;
        assert!(matches!(again, Err(FacilitaError::NotFound)), "{row}");
    }
    assert_eq!(ground.counts().await, [0, 0, 3, 17, 2]);
    let again = ground.make().await;
    assert_eq!((again.rows, again.held_back.len()), (2, 17));
    let sent = services_of(&ground, &again).await;
    assert_eq!(sent, [services[3], services[10]]);
    let rows = ground.rows(&again).await;
    assert_eq!(
        (rows[0]["AN12"].as_str(), rows[1]["AN12"].as_str()),
        ("Barletta-Andria-Trani", "Bari")
    );
    ground.all_taken(again.batch.unwrap()).await.unwrap();
    assert_eq!(ground.counts().await, [0, 0, 5, 17, 0]);
}

#[actix_web::test]
async fn a_report_is_read_in_every_form_and_nothing_of_it_is_lost() {
    let ground = known().await;
    for number in 0..5 {
        let who = ground.whole(BORN, number).await;
        ground.record(ground.service("SPID", &[who])).await.unwrap();
    }
    let made = ground.make().await;
    let id = made.batch.unwrap();
    let open = batch::make(&ground.db, &ground.vault, &ground.order(), None, NOW).await;
    assert!(matches!(open, Err(FacilitaError::Open(there)) if there == id));
    // What is not understood is named, and then nothing is done.
    let whole = reader::brief(&[(1, "Minorenne"), (7, "x"), (0, "x")]);
    let rest = ",".repeat(40);
    let bad =
        format!("{whole}\n2,Dati errati,x [0123456789ab]{rest}\nboh\n3x,{rest}\n2,Minorenne,x\n");
    let bad = bad.replace('\n', "\r\n");
    let Err(FacilitaError::Unreadable(lines)) = ground.receive(id, &bad).await else {
        panic!("it was read");
    };
    let keys = [
        "out-of-range",
        "out-of-range",
        "other-file",
        "unreadable",
        "unreadable",
        "cut-off",
    ];
    let expected: Vec<_> = (3..)
        .zip(keys.map(|key| format!("facilita-line-{key}")))
        .collect();
    let found: Vec<_> = lines
        .into_iter()
        .map(|(n, key)| (n, key.to_owned()))
        .collect();
    assert_eq!(found, expected);
    assert_eq!(ground.counts().await, [0, 5, 0, 0, 0]);

    let notes = |outcome: Outcome| -> Vec<(u32, String)> {
        let all = outcome.rejected.into_iter();
        all.map(|one| (one.row, one.note)).collect()
    };
    let rows = ground.rows(&made).await;
    let said = |note: &str| reader::brief(&[(2, note)]);
    let semicolons = reader::report(&rows, &[(2, "Dati errati, forse")]);
    let semicolons = semicolons.replace("Bianchi Maria, Mimma", "Bianchi Maria; Mimma");
    let semicolons = semicolons.replace(',', ";").replace("errati;", "errati,");
    let forms = [
        // A mark at the beginning, semicolons, CR LF, a comma in the note.
        (
            format!("\u{feff}{}\r\n\r\n", semicolons.replace('\n', "\r\n")),
            "Dati errati, forse",
        ),
        (
            said("\"Dati errati, \"\"forse\"\"\""),
            "Dati errati, \"forse\"",
        ),
        (said("Dati errati"), "Dati errati"),
        (said(""), ""),
        // The facilitator is missing: the columns are counted from the end.
        (
            reader::report(&rows, &[(2, "Dati, errati")])
                .replace("RSSMRA85M01H501Q,Bianchi Maria, Mimma", ","),
            "Dati, errati",
        ),
        // A codice fiscale is not kept in the open.
        (said("Il CF RSSMRA85M01H501Q no"), "Il CF **** no"),
        (
            reader::brief(&[(2, "Minorenne"), (2, "Minorenne"), (2, "Altro")]),
            "Minorenne - Altro",
        ),
    ];
    for (text, note) in forms {
        let outcome = ground.receive(id, &text).await.unwrap();
        assert_eq!(notes(outcome), [(2, note.to_owned())], "{text}");
        assert_eq!(ground.counts().await, [0, 0, 4, 1, 0]);
    }
    let none = ground.all_taken(id).await.unwrap();
    assert_eq!((none.accepted, none.rejected.len()), (5, 0));
    assert_eq!(ground.counts().await, [0, 0, 5, 0, 0]);
    let unknown = ground.all_taken(BatchId::new()).await;
    assert!(matches!(unknown, Err(FacilitaError::NotFound)));
    let (kept, _) = batch::report(&ground.db, &ground.vault, id).await.unwrap();
    assert_eq!(kept, "Facilita non ha scartato nessuna riga.\n");
}

#[actix_web::test]
async fn an_old_report_read_again_leaves_alone_what_was_sent_anew() {
    let ground = known().await;
    let ada = ground.whole(BORN, 1).await;
    let recorded = ground.record(ground.service("SPID", &[ada])).await.unwrap();
    let first = ground.make().await.batch.unwrap();
    ground
        .receive(first, &reader::brief(&[(1, "Dati del cittadino errati")]))
        .await
        .unwrap();
    let changes = Details {
        education: Some("A".to_owned()),
        ..Details::default()
    };
    ground.correct(ada, changes).await;
    let second = ground.make().await.batch.unwrap();
    ground.all_taken(second).await.unwrap();
    ground
        .receive(first, &reader::brief(&[(1, "Un'altra ragione")]))
        .await
        .unwrap();
    assert_eq!(ground.state(recorded.service).await, SendState::Accepted);
    assert_eq!(ground.make().await.rows, 0);
}

#[actix_web::test]
async fn a_voided_service_is_never_sent_and_one_that_is_there_is_taken_away_by_hand() {
    let ground = known().await;
    let ada = ground.whole(BORN, 1).await;
    let mut services = Vec::new();
    for title in ["SPID", "CIE", "pagoPA"] {
        services.push(
            ground
                .record(ground.service(title, &[ada]))
                .await
                .unwrap()
                .service,
        );
    }
    ground.void(services[0]).await.unwrap();
    let made = ground.make().await;
    assert_eq!(services_of(&ground, &made).await, services[1..]);
    ground
        .receive(
            made.batch.unwrap(),
            &reader::brief(&[(2, "Dati del servizio errati")]),
        )
        .await
        .unwrap();
    ground.void(services[1]).await.unwrap();
    ground.void(services[2]).await.unwrap();
    let listed = async || {
        let found = state::to_take_away(&ground.db, &ground.programme)
            .await
            .unwrap();
        found.into_iter().map(|one| one.title).collect::<Vec<_>>()
    };
    assert_eq!(listed().await, ["CIE"]);
    let away =
        async |service| state::taken_away(&ground.db, service, ground.facilitator, NOW).await;
    away(services[1]).await.unwrap();
    away(services[1]).await.unwrap();
    assert!(listed().await.is_empty());
    assert!(matches!(
        away(ServiceId::new()).await,
        Err(FacilitaError::NotFound)
    ));
    assert_eq!(ground.make().await.rows, 0);
}

#[test]
fn every_reason_and_every_refusal_has_its_words() {
    let held = Reason::ALL.iter();
    let held = held.map(|reason| format!("facilita-held-{}", reason.key()));
    let repairs = NoteKind::ALL.map(|kind| format!("facilita-repair-{}", kind.key()));
    for key in held.chain(repairs) {
        for lang in Lang::ALL {
            assert!(templates::has(lang, &key), "{lang}: {key}");
        }
    }
}
