//! Reports that are empty or a part of one.

use autonomia::network::facilita::FacilitaError;

use super::{BORN, known, reader};

/// A row that a report does not name was accepted: so a part of a report is none.
#[actix_web::test]
async fn an_empty_or_cut_off_report_is_refused_wherever_it_is_cut() {
    let ground = known().await;
    for number in 0..4 {
        let who = ground.whole(BORN, number).await;
        ground.record(ground.service("SPID", &[who])).await.unwrap();
    }
    let made = ground.make().await;
    let id = made.batch.unwrap();
    let rows = ground.rows(&made).await;
    let refused = [(1, "Minorenne"), (3, "Dati, del servizio errati")];
    let text = reader::report(&rows, &refused);
    let (header, lines) = text.split_once('\n').unwrap();
    for (part, key) in [
        ("", "facilita-report-empty"),
        ("\u{feff}\r\n \n", "facilita-report-empty"),
        (lines, "facilita-report-no-header"),
        (&header[..40], "facilita-report-no-header"),
        (
            "<!doctype html><title>Accedi</title>",
            "facilita-report-no-header",
        ),
        (header, "facilita-report-no-rows"),
    ] {
        let Err(FacilitaError::Invalid(faults)) = ground.receive(id, part).await else {
            panic!("{part:?} was read");
        };
        let found: Vec<_> = faults.iter().map(|one| (one.field, one.key)).collect();
        assert_eq!(found, [("report", key)], "{part:?}");
    }
    // Wherever its last line stops, though the facilitator's name and the note have commas.
    let last = text.rfind('\n').unwrap() + 2;
    for end in last..text.len() {
        let cut = ground.receive(id, &text[..end]).await;
        assert!(
            matches!(cut, Err(FacilitaError::Unreadable(_))),
            "{:?}",
            &text[last..end]
        );
    }
    assert_eq!(ground.counts().await, [0, 4, 0, 0, 0]);
    let outcome = ground.receive(id, &text).await.unwrap();
    assert_eq!((outcome.accepted, outcome.rejected.len()), (2, 2));
    // Saved again by an old spreadsheet, it is the same text.
    let accents = text.replace("servizio errati", "servizio già errati");
    let old: Vec<u8> = accents
        .chars()
        .map(|c| u8::try_from(u32::from(c)).unwrap())
        .collect();
    let of_old = ground.receive(id, &old).await.unwrap();
    assert!(of_old.rejected[1].note.contains("già"), "{of_old:?}");
    let marked = [b"\xef\xbb\xbf", accents.as_bytes()].concat();
    assert_eq!(ground.receive(id, &marked).await.unwrap(), of_old);
    // A workbook, and bytes that are no text, are said to be none.
    for bytes in [&b"PK\x03\x04"[..], b"numeroRiga\xcf\x00"] {
        let read = ground.receive(id, bytes).await;
        assert!(
            matches!(read, Err(FacilitaError::Unreadable(_))),
            "{read:?}"
        );
    }
}
