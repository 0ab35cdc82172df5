//! Facilita: the file, what is held back, the report of refused rows, and what goes again.

use std::collections::{BTreeMap, BTreeSet};

use autonomia::accounts::staff::{self, FacilitaName};
use autonomia::citizens::Details;
use autonomia::citizens::register::correct_in;
use autonomia::db;
use autonomia::db::entities::{attendances, facilita_rows, points, programmes};
use autonomia::domain::codice_fiscale::CodiceFiscale;
use autonomia::domain::facilita::SendState;
use autonomia::domain::ids::{BatchId, CitizenId, ServiceId};
use autonomia::network::facilita::batch::{self, Made, Order};
use autonomia::network::facilita::note::Kind;
use autonomia::network::facilita::report::{self, Outcome};
use autonomia::network::facilita::state::{self, Counts, Decision};
use autonomia::network::facilita::{FacilitaError, Mend};
use autonomia::network::programme;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter, QueryOrder};
use time::macros::{date, datetime};
use time::{Date, OffsetDateTime};

use crate::facilita_reader::{self as reader, Line};
use crate::ground::{Ground, NOW, TODAY, person};

/// A network that Facilita knows.
pub(crate) async fn known() -> Ground {
    let mut ground = Ground::new().await;
    let name = FacilitaName {
        name: Some("Bianchi Maria, \"Mimma\"".to_owned()),
        id: None,
        codice_fiscale: Some(CodiceFiscale::parse("RSSMRA85M01H501Q").unwrap()),
    };
    let (by, vault) = (ground.facilitator, ground.vault.clone());
    staff::set_facilita(&ground.db, &vault, by, name, None, NOW)
        .await
        .unwrap();
    db::write(&ground.db, async |tx| {
        points::Entity::update_many()
            .col_expr(points::Column::FacilitaId, Expr::value("4711"))
            .exec(tx)
            .await?;
        Ok::<_, DbErr>(())
    })
    .await
    .unwrap();
    ground.programme = programme::by_code(ground.db.read(), "prova")
        .await
        .unwrap()
        .unwrap();
    ground
}

impl Ground {
    /// Somebody of whom Facilita has all it wants to know.
    pub(crate) async fn whole(&self, birth: Date, number: u32) -> CitizenId {
        self.register(whole(birth, number)).await.unwrap()
    }

    async fn set(&self, column: programmes::Column, value: Option<Date>) -> Order {
        let id = self.programme.id;
        db::write(&self.db, async move |tx| {
            programmes::Entity::update_many()
                .col_expr(column, Expr::value(value))
                .filter(programmes::Column::Id.eq(id))
                .exec(tx)
                .await?;
            Ok::<_, DbErr>(())
        })
        .await
        .unwrap();
        let programme = programme::by_code(self.db.read(), "prova").await.unwrap();
        Order {
            programme: programme.unwrap(),
            ..self.order()
        }
    }

    fn order(&self) -> Order {
        Order {
            programme: self.programme.clone(),
            from: date!(2026 - 01 - 01),
            to: date!(2026 - 12 - 31),
            force: false,
        }
    }

    async fn make(&self) -> Made {
        self.make_of(&self.order()).await
    }

    async fn make_of(&self, order: &Order) -> Made {
        let by = Some(self.facilitator);
        batch::make(&self.db, &self.vault, order, by, NOW)
            .await
            .unwrap()
    }

    async fn file(&self, made: &Made) -> String {
        let id = made.batch.unwrap();
        batch::file(&self.db, &self.vault, id).await.unwrap().0
    }

    /// The rows of a file, all of which Facilita takes.
    async fn rows(&self, made: &Made) -> Vec<Line> {
        let rows = reader::read(&self.file(made).await, (2026, 11, 21), false);
        rows.into_iter().map(Result::unwrap).collect()
    }

    async fn receive(&self, id: BatchId, text: &str) -> Result<Outcome, FacilitaError> {
        let by = Some(self.facilitator);
        report::receive(&self.db, &self.vault, id, text, by, NOW).await
    }

    async fn counts(&self) -> [u64; 5] {
        let Counts {
            ready,
            sent,
            accepted,
            rejected,
            corrected,
        } = state::counts(&self.db, &self.vault, &self.programme, NOW)
            .await
            .unwrap();
        [ready, sent, accepted, rejected, corrected]
    }

    async fn state(&self, service: ServiceId) -> SendState {
        let rows = attendances::Entity::find()
            .filter(attendances::Column::ServiceId.eq(service))
            .all(self.db.read())
            .await
            .unwrap();
        rows[0].facilita
    }

    async fn correct(&self, who: CitizenId, changes: Details) {
        let (vault, by) = (self.vault.clone(), self.facilitator);
        db::write(&self.db, async move |tx| {
            correct_in(tx, &vault, who, &changes, by, NOW).await
        })
        .await
        .unwrap();
    }
}

fn whole(birth: Date, number: u32) -> Details {
    Details {
        education: Some("C".to_owned()),
        occupation: Some("G".to_owned()),
        citizenship: Some("A".to_owned()),
        province: Some("Barletta-Andria-Trani".to_owned()),
        ..person(birth, number)
    }
}

fn reasons(made: &Made) -> Vec<Vec<&'static str>> {
    let held = made.held_back.iter();
    held.map(|held| held.reasons.iter().map(|reason| reason.key()).collect())
        .collect()
}

const BORN: Date = date!(1960 - 05 - 01);

#[actix_web::test]
async fn a_service_becomes_the_row_that_facilita_wants() {
    let ground = known().await;
    let mut details = whole(BORN, 1);
    details.last_name = Some("D'Amico, detto il Sarto".to_owned());
    let ada = ground.register(details).await.unwrap();
    let mut new = ground.service("Fare lo \"SPID\",\n passo per passo", &[ada]);
    (new.minutes, new.competences) = (95, vec![13, 9, 1, 10, 12, 9]);
    ground.record(new).await.unwrap();
    let made = ground.make().await;
    assert_eq!((made.rows, made.held_back.len(), made.waiting), (1, 0, 0));
    let file = ground.file(&made).await;
    let row = &ground.rows(&made).await[0];
    let of = |column: &str| row[column].as_str();
    assert_eq!(
        (of("IDFacilitatore"), of("NominativoFacilitatore")),
        ("RSSMRA85M01H501Q", "Bianchi Maria, Mimma")
    );
    assert_eq!((of("IDSede"), of("NominativoSede")), ("4711", "Punto BA-1"));
    assert_eq!((of("AN1"), of("AN2")), ("Nives", "D'Amico, detto il Sarto"));
    assert_eq!((of("AN7"), of("AN8"), of("AN9")), ("B", "C", "C"));
    assert_eq!(
        (of("AN12"), of("SE1")),
        ("Barletta-Andria-Trani", "2026-11-21")
    );
    assert_eq!((of("SE2"), of("SE3"), of("SE6")), ("01:35", "A", "A"));
    assert_eq!((of("SE4"), of("SE5")), ("A:B:C:D:E", "1:9:10:12:13"));
    assert!(of("SE7").starts_with("Fare lo SPID, passo per passo ["));
    // Only what has a comma is quoted.
    assert_eq!(file.matches('"').count(), 6);
    // Again it is the same bytes.
    let (again, sha256) = batch::file(&ground.db, &ground.vault, made.batch.unwrap())
        .await
        .unwrap();
    assert_eq!(again, file);
    let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, file.as_bytes());
    let hex: String = digest.as_ref().iter().map(|b| format!("{b:02x}")).collect();
    assert_eq!(sha256, hex);
}

#[actix_web::test]
async fn what_facilita_would_refuse_is_held_back_with_every_reason() {
    let ground = known().await;
    let plain = ground.citizen(BORN, 1).await;
    let without = Details {
        codice_fiscale: None,
        ..whole(BORN, 2)
    };
    let without = ground.register(without).await.unwrap();
    let ada = ground.whole(BORN, 3).await;
    ground
        .record(ground.service("Scheda vuota", &[plain]))
        .await
        .unwrap();
    ground
        .record(ground.service("Senza codice", &[without]))
        .await
        .unwrap();
    let mut long = ground.service("Tutto il giorno", &[ada]);
    long.minutes = 24 * 60;
    ground.record(long).await.unwrap();
    ground.record(ground.service(" \" ", &[ada])).await.unwrap();
    let made = ground.make().await;
    assert_eq!((made.batch, made.rows), (None, 0));
    let blank = vec!["education", "occupation", "citizenship", "province"];
    let expected = [blank, vec!["no-code"], vec!["duration"], vec!["title"]];
    assert_eq!(reasons(&made), expected);
    assert_eq!(ground.counts().await, [4, 0, 0, 0, 0]);

    let bare = Ground::new().await;
    let ada = bare.whole(BORN, 3).await;
    bare.record(bare.service("SPID", &[ada])).await.unwrap();
    let expected = [vec!["facilitator-id", "facilitator-name", "point-id"]];
    assert_eq!(reasons(&bare.make().await), expected);
}

#[actix_web::test]
async fn the_days_are_those_of_the_project_and_of_the_month_that_is_open() {
    let ground = known().await;
    let ada = ground.whole(BORN, 1).await;
    for day in [date!(2026 - 10 - 31), date!(2026 - 11 - 01)] {
        let mut new = ground.service("SPID", &[ada]);
        new.day = day;
        ground.record(new).await.unwrap();
    }
    let order = ground
        .set(
            programmes::Column::FacilitaUntil,
            Some(date!(2026 - 10 - 31)),
        )
        .await;
    let made = ground.make_of(&order).await;
    assert_eq!(
        (made.rows, reasons(&made)),
        (1, vec![vec!["after-cut-off"]])
    );
    let mut order = ground.set(programmes::Column::FacilitaUntil, None).await;
    order.programme.starts_on = date!(2026 - 11 - 02);
    assert_eq!(trial(&ground, &order).await, [vec!["before-project"]]);
    order.programme.starts_on = date!(2026 - 01 - 01);
    order.programme.ends_on = date!(2026 - 10 - 31);
    assert_eq!(trial(&ground, &order).await, [vec!["after-project"]]);
    order.to = date!(2026 - 10 - 31);
    assert!(trial(&ground, &order).await.is_empty());
}

async fn trial(ground: &Ground, order: &Order) -> Vec<Vec<&'static str>> {
    reasons(&trial_on(ground, order, NOW).await)
}

async fn trial_on(ground: &Ground, order: &Order, now: OffsetDateTime) -> Made {
    batch::preview(&ground.db, &ground.vault, order, now)
        .await
        .unwrap()
}

#[actix_web::test]
async fn who_turns_18_this_year_waits_for_the_birthday() {
    let ground = known().await;
    let young = ground.whole(date!(2008 - 12 - 05), 1).await;
    let child = ground.whole(date!(2013 - 01 - 01), 2).await;
    let service = ground.service("SPID", &[young, child]);
    ground.record(service).await.unwrap();
    let order = ground.order();
    let minor = || vec!["minor"];
    assert_eq!(trial(&ground, &order).await, [minor(), minor()]);
    let birthday = datetime!(2026-12-05 09:00 UTC);
    let made = trial_on(&ground, &order, birthday).await;
    assert_eq!((made.rows, reasons(&made)), (1, vec![minor()]));
    let later = ground
        .set(programmes::Column::MinorsFrom, Some(date!(2026 - 12 - 01)))
        .await;
    assert_eq!(trial(&ground, &later).await, [minor(), minor()]);
    let order = ground
        .set(programmes::Column::MinorsFrom, Some(date!(2026 - 09 - 01)))
        .await;
    let made = ground.make_of(&order).await;
    assert_eq!((made.rows, reasons(&made)), (1, vec![minor()]));
    let rows = reader::read(&ground.file(&made).await, (2026, 11, 21), true);
    assert_eq!(rows[0].as_ref().unwrap()["AN8"], "E");
}

#[actix_web::test]
async fn rows_of_one_service_are_one_service_there_and_no_others_are() {
    let ground = known().await;
    let mut people = Vec::new();
    for number in 0..4 {
        people.push(ground.whole(BORN, number).await);
    }
    // Equal in everything that a person would write: only the people differ.
    for group in [&people[..2], &people[2..], &people[1..3], &people[..4]] {
        ground.record(ground.service("SPID", group)).await.unwrap();
    }
    let long = "è".repeat(600);
    ground
        .record(ground.service(&long, &people[..1]))
        .await
        .unwrap();
    ground
        .record(ground.service(&long, &people[1..2]))
        .await
        .unwrap();
    let made = ground.make().await;
    let rows = ground.rows(&made).await;
    assert_eq!(rows.len(), 12);
    let services = services_of(&ground, &made).await;
    let mut there: BTreeMap<Vec<&str>, BTreeSet<ServiceId>> = BTreeMap::new();
    for (row, service) in rows.iter().zip(&services) {
        there
            .entry(reader::identity(row))
            .or_default()
            .insert(*service);
    }
    assert_eq!(there.len(), 6, "as many there as here");
    assert!(there.values().all(|here| here.len() == 1), "{there:?}");
    // Rows of a service stand together.
    let mut order = services.clone();
    order.dedup();
    assert_eq!(order.len(), 6);
}

/// The services of a file by row.
async fn services_of(ground: &Ground, made: &Made) -> Vec<ServiceId> {
    let rows = facilita_rows::Entity::find()
        .filter(facilita_rows::Column::BatchId.eq(made.batch.unwrap()))
        .order_by_asc(facilita_rows::Column::Number)
        .all(ground.db.read())
        .await
        .unwrap();
    let numbers: Vec<_> = rows.iter().map(|row| row.number).collect();
    let expected: Vec<_> = (1..).take(rows.len()).collect();
    assert_eq!(numbers, expected);
    rows.iter().map(|row| row.service_id).collect()
}

/// Every refusal in Facilita's words, what it is, and where it is put right.
const NOTES: [(&str, Kind, Mend); 20] = [
    (
        "Cittadino gia' presente per il servizio",
        Kind::Present,
        Mend::Facilita,
    ),
    (
        "Cittadino già esistente sul servizio",
        Kind::Present,
        Mend::Facilita,
    ),
    (
        "Il facilitatore non e' presente su Facilita",
        Kind::Facilitator,
        Mend::Facilitator,
    ),
    (
        "La sede non e' presente su Facilita",
        Kind::Site,
        Mend::Point,
    ),
    (
        "L'utente non e' associato al progetto",
        Kind::Unassigned,
        Mend::Facilita,
    ),
    (
        "Il facilitatore o la sede non sono associati al progetto e all'ente per cui accedi",
        Kind::Unassigned,
        Mend::Facilita,
    ),
    (
        "Progetto non presente a database",
        Kind::Project,
        Mend::Programme,
    ),
    (
        "La data del servizio non rientra all’interno delle date di progetto",
        Kind::Outside,
        Mend::Service,
    ),
    (
        "La data del servizio è oltre il limite del 30/04/2026",
        Kind::Late,
        Mend::Facilita,
    ),
    (
        "I campi \"AN9, AN12\" sono obbligatori e non possono essere vuoti.",
        Kind::Empty,
        Mend::Citizen,
    ),
    (
        "Il campo \"IDSede\" è obbligatorio e non può essere vuoto.",
        Kind::Empty,
        Mend::Point,
    ),
    (
        "Il Codice Fiscale inserito è invalido.",
        Kind::Code,
        Mend::Citizen,
    ),
    (
        "Il cittadino deve essere maggiorenne.",
        Kind::Minor,
        Mend::Citizen,
    ),
    (
        "Il cittadino deve avere almeno 14 anni.",
        Kind::Minor,
        Mend::Citizen,
    ),
    (
        "Valore non ammesso nel campo SE5, SE6",
        Kind::Value,
        Mend::Service,
    ),
    (
        "Il formato della durata è errato",
        Kind::Form,
        Mend::Service,
    ),
    (
        "Dati del servizio errati. Ricontrollare",
        Kind::Service,
        Mend::Service,
    ),
    (
        "Dati del cittadino errati. Ricontrollare",
        Kind::Citizen,
        Mend::Citizen,
    ),
    (
        "Dati del questionario errati. Ricontrollare",
        Kind::Questionnaire,
        Mend::Facilita,
    ),
    (
        "Qualcosa di mai visto, con virgola",
        Kind::Unknown,
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
            (Kind::of(&one.note), kind.mend(&one.note)),
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
    ground.receive(again.batch.unwrap(), "").await.unwrap();
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
    let other = "2,Dati errati,x [0123456789ab],";
    let bad = format!("numeroRiga,note\r\n1,Minorenne\r\nboh\r\n7,x\r\n0,x\r\n{other}\r\n3x\r\n");
    let Err(FacilitaError::Unreadable(lines)) = ground.receive(id, &bad).await else {
        panic!("it was read");
    };
    let keys = [
        "unreadable",
        "out-of-range",
        "out-of-range",
        "other-file",
        "unreadable",
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
    let fields = "RSSMRA85M01H501Q;Bianchi Maria, Mimma;;Punto BA-1";
    let forms = [
        // A mark at the beginning, no header, semicolons, CR LF, a comma in the note.
        (
            format!("\u{feff}2;Dati errati, forse;{fields}\r\n\r\n"),
            "Dati errati, forse",
        ),
        (
            "2,\"Dati errati, \"\"forse\"\"\",x,y".to_owned(),
            "Dati errati, \"forse\"",
        ),
        ("2,Dati errati".to_owned(), "Dati errati"),
        ("2".to_owned(), ""),
        // The facilitator is missing: the columns are counted from the end.
        (
            reader::report(&rows, &[(2, "Dati, errati")])
                .replace("RSSMRA85M01H501Q,Bianchi Maria, Mimma", ","),
            "Dati, errati",
        ),
        // A codice fiscale is not kept in the open.
        ("2,Il CF RSSMRA85M01H501Q no".to_owned(), "Il CF **** no"),
        (
            "2,Minorenne,,\n2,Minorenne,,\n2,Altro,,".to_owned(),
            "Minorenne - Altro",
        ),
    ];
    for (text, note) in forms {
        let outcome = ground.receive(id, &text).await.unwrap();
        assert_eq!(notes(outcome), [(2, note.to_owned())], "{text}");
        assert_eq!(ground.counts().await, [0, 0, 4, 1, 0]);
    }
    let none = ground.receive(id, "numeroRiga,note\n").await.unwrap();
    assert_eq!((none.accepted, none.rejected.len()), (5, 0));
    assert_eq!(ground.counts().await, [0, 0, 5, 0, 0]);
    let unknown = ground.receive(BatchId::new(), "").await;
    assert!(matches!(unknown, Err(FacilitaError::NotFound)));
    let (kept, _) = batch::report(&ground.db, &ground.vault, id).await.unwrap();
    assert_eq!(kept, "numeroRiga,note\n");
}

#[actix_web::test]
async fn an_old_report_read_again_leaves_alone_what_was_sent_anew() {
    let ground = known().await;
    let ada = ground.whole(BORN, 1).await;
    let recorded = ground.record(ground.service("SPID", &[ada])).await.unwrap();
    let first = ground.make().await.batch.unwrap();
    ground
        .receive(first, "1,Dati del cittadino errati")
        .await
        .unwrap();
    let changes = Details {
        education: Some("A".to_owned()),
        ..Details::default()
    };
    ground.correct(ada, changes).await;
    let second = ground.make().await.batch.unwrap();
    ground.receive(second, "").await.unwrap();
    ground.receive(first, "1,Un'altra ragione").await.unwrap();
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
        .receive(made.batch.unwrap(), "2,Dati del servizio errati")
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

#[actix_web::test]
async fn two_files_made_at_once_send_nothing_twice() {
    let ground = known().await;
    for number in 0..6 {
        let who = ground.whole(BORN, number).await;
        ground.record(ground.service("SPID", &[who])).await.unwrap();
    }
    let mut order = ground.order();
    order.force = true;
    let makes = (0..4).map(|_| batch::make(&ground.db, &ground.vault, &order, None, NOW));
    let made = futures_util::future::join_all(makes).await;
    let rows = facilita_rows::Entity::find()
        .all(ground.db.read())
        .await
        .unwrap();
    assert_eq!(rows.len(), 6, "{made:?}");
    let fine =
        |one: &Result<Made, FacilitaError>| matches!(one, Ok(_) | Err(FacilitaError::Changed));
    assert!(made.iter().all(fine), "{made:?}");
    assert_eq!(TODAY, date!(2026 - 11 - 21));
}
