//! Tables from elsewhere: points and services, taken in once, every bad row named.

use autonomia::db::entities::services;
use autonomia::domain::import::{Imported, Manner};
use autonomia::network::import;
use autonomia::network::{point, service};
use sea_orm::EntityTrait;
use time::macros::date;

use crate::ground::{Ground, NOW, person};

const HEADER: &str = "code,name,municipality,province,region,address,postcode,phone,email,hours,\
                      offers,workstations,itinerant,latitude,longitude,facilita_id,programme";

/// A table of 231 points.
pub(crate) fn table() -> String {
    let row = |number: u32| {
        format!(
            "P-{number:03},Punto {number},Comune {},Lecce,Puglia,\"Via Roma, {number}\",73100,\
             0832 000000,p{number}@example.org,Dalle 9 alle 13,Aiuto,3,{},40.{number:03},18.{number:03},{number},prova",
            number / 2,
            if number.is_multiple_of(9) {
                "yes"
            } else {
                "no"
            },
        )
    };
    let rows: Vec<_> = (1..=231).map(row).collect();
    format!("{HEADER}\n{}\n", rows.join("\n"))
}

async fn take_in(ground: &Ground, text: &str, manner: Manner) -> Imported {
    import::points(&ground.db, text.as_bytes(), manner, None, NOW)
        .await
        .unwrap()
}

fn counts(done: &Imported) -> (usize, usize, usize, usize, bool) {
    let refused = done.refused.len();
    (done.added, done.updated, done.unchanged, refused, done.kept)
}

#[actix_web::test]
async fn a_table_of_231_points_is_taken_in_once() {
    let ground = Ground::new().await;
    let (keep, trial) = (
        Manner::default(),
        Manner {
            unbounded: false,
            trial: true,
            strict: false,
        },
    );
    assert_eq!(
        counts(&take_in(&ground, &table(), trial).await),
        (231, 0, 0, 0, false)
    );
    assert_eq!(point::list(ground.db.read(), None).await.unwrap().len(), 2);
    assert_eq!(
        counts(&take_in(&ground, &table(), keep).await),
        (231, 0, 0, 0, true)
    );
    assert_eq!(
        counts(&take_in(&ground, &table(), keep).await),
        (0, 0, 231, 0, true)
    );
    let first = point::by_code(ground.db.read(), "P-009")
        .await
        .unwrap()
        .unwrap();
    assert_eq!(first.address.as_deref(), Some("Via Roma, 9"));
    assert_eq!(
        (first.position, first.itinerant, first.workstations),
        (Some((40.009, 18.009)), true, Some(3))
    );
    // Semicolons, a mark of the order of bytes and columns left out change what they say alone.
    let some = "\u{feff}code;hours\r\nP-009;Solo il martedì\r\nP-010;\r\n";
    assert_eq!(
        counts(&take_in(&ground, some, keep).await),
        (0, 1, 1, 0, true)
    );
    let now = point::by_code(ground.db.read(), "P-009")
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        (now.hours.as_deref(), now.address),
        (Some("Solo il martedì"), first.address)
    );
}

#[actix_web::test]
async fn every_bad_row_of_a_table_of_points_is_named() {
    let ground = Ground::new().await;
    let rows = [
        "A-1,Punto A,Lecce,Lecce,Puglia,,73100,,,,,,,,,,prova",
        "??,,Lecce,Salento,Puglia,,731,12,boh,,,molti,forse,95,18,x,altro",
        "A-1,Punto C,Lecce,Lecce,Puglia,,,,,,,,,,,,prova",
        "A-2,Punto A,Lecce,Lecce,Puglia,,,,,,,,,,,,prova",
        "A-3,Punto D,Lecce,Lecce,Puglia,,,,,,,,,40.1,,,prova",
        "A-4,Punto E,Lecce",
        "A-5,Punto F,Lecce,Lecce,Puglia,,,,,,,,,,,,",
    ];
    let text = format!("{HEADER}\n{}\n", rows.join("\n"));
    let strict = Manner {
        unbounded: false,
        trial: false,
        strict: true,
    };
    assert!(!take_in(&ground, &text, strict).await.kept);
    assert!(
        point::by_code(ground.db.read(), "A-1")
            .await
            .unwrap()
            .is_none()
    );
    let done = take_in(&ground, &text, Manner::default()).await;
    let faults: Vec<_> = done
        .refused
        .iter()
        .map(|one| (one.line, one.field.as_str(), one.key))
        .collect();
    let expected = [
        (3, "code", "not-a-code"),
        (3, "email", "not-an-email"),
        (3, "facilita_id", "not-a-number"),
        (3, "itinerant", "not-yes-or-no"),
        (3, "latitude", "not-a-position"),
        (3, "name", "required"),
        (3, "phone", "not-a-phone"),
        (3, "postcode", "not-a-postcode"),
        (3, "programme", "unknown-programme"),
        (3, "province", "not-a-province"),
        (3, "workstations", "not-a-number"),
        (4, "code", "code-twice"),
        (5, "name", "point-name-taken"),
        (6, "longitude", "position-needs-both"),
        (7, "", "import-cells"),
        (8, "programme", "required"),
    ];
    assert_eq!(faults, expected);
    assert_eq!((done.added, done.kept), (1, true));
    let header = take_in(&ground, "code,colour\nA-9,red\n", Manner::default()).await;
    let fault = &header.refused[0];
    assert_eq!(
        (fault.line, fault.field.as_str(), fault.key, header.kept),
        (1, "colour", "import-column", false)
    );
}

#[actix_web::test]
async fn a_table_of_services_is_taken_in_once_and_every_bad_row_named() {
    let ground = Ground::new().await;
    let born = date!(1960 - 05 - 01);
    let mut codes = Vec::new();
    for number in 1..=3 {
        ground.citizen(born, number).await;
        codes.push(person(born, number).codice_fiscale.unwrap());
    }
    let header = "point,facilitator,date,kind,minutes,competences,domains,title,codice_fiscale";
    let one = "BA-1,facilitatrice@example.org,2026-11-20";
    let rows = [
        format!("{one},group,60,9:12,A,Gruppo,{}", codes[0]),
        format!("{one},group,60,9:12,A,Gruppo,{}", codes[1]),
        format!("{one},individual,30,6,B,pagoPA,{}", codes[0]),
        format!("{one},individual,30,6,B,pagoPA,{}", codes[2]),
    ];
    let text = format!("{header}\n{}\n", rows.join("\n"));
    let take = async |text: String, manner| {
        import::services(
            &ground.db,
            &ground.vault,
            text.as_bytes(),
            manner,
            None,
            NOW,
        )
        .await
        .unwrap()
    };
    let trial = Manner {
        unbounded: false,
        trial: true,
        strict: false,
    };
    assert_eq!(
        counts(&take(text.clone(), trial).await),
        (4, 0, 0, 0, false)
    );
    assert_eq!(ground.sums().await, (0, 0));
    assert_eq!(
        counts(&take(text.clone(), Manner::default()).await),
        (4, 0, 0, 0, true)
    );
    // One group of two, and two people helped one by one.
    assert_eq!(ground.sums().await, (3, 3));
    assert_eq!(
        counts(&take(text.clone(), Manner::default()).await),
        (0, 0, 4, 0, true)
    );
    assert_eq!(ground.sums().await, (3, 3));
    // What was voided since stays so, and a group with somebody more is not a second one.
    let all = services::Entity::find()
        .all(ground.db.read())
        .await
        .unwrap();
    let voided = all.iter().find(|row| row.title == "pagoPA").unwrap().id;
    let (reason, by) = ("doppione".to_owned(), ground.facilitator);
    service::void(&ground.db, voided, reason, by, NOW)
        .await
        .unwrap();
    let stands = ground.sums().await;
    let more = format!("{text}{one},group,60,9:12,A,Gruppo,{}\n", codes[2]);
    let again = take(text.clone(), Manner::default()).await;
    assert_eq!(counts(&again), (0, 0, 4, 0, true));
    let again = take(more, Manner::default()).await;
    assert_eq!(again.refused[0].key, "service-there-with-others");
    assert_eq!((again.added, ground.sums().await), (0, stands));

    let nobody = person(born, 9).codice_fiscale.unwrap();
    let bad = [
        format!("XX,nessuno@example.org,ieri,party,molti,99x,Z,Prova,{nobody}"),
        format!(
            "BA-2,facilitatrice@example.org,2026-11-20,other,30,6,B,Altrove,{}",
            codes[0]
        ),
        format!("{one},group,60,14,A,Codici,{}", codes[0]),
        format!("{one},group,60,9,A,Buono,AAAAAA00A00A000A"),
        format!("{one},group,60,9,A,Buono,{}", codes[0]),
    ];
    let done = take(format!("{header}\n{}\n", bad.join("\n")), Manner::default()).await;
    let faults: Vec<_> = done
        .refused
        .iter()
        .map(|one| (one.line, one.field.as_str()))
        .collect();
    let expected = [
        (2, "codice_fiscale"),
        (2, "competences"),
        (2, "date"),
        (2, "domains"),
        (2, "kind"),
        (2, "minutes"),
        (2, "point"),
        (3, "facilitator"),
        (4, "competences"),
        (5, "codice_fiscale"),
    ];
    assert_eq!(faults, expected);
    // A row at fault refuses the whole of its service.
    assert_eq!((done.added, ground.sums().await), (0, stands));
}
