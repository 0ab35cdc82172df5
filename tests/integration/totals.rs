//! The sums: whether they are what the ledger says, and who sees how much of them.

use autonomia::citizens::register::correct_in;
use autonomia::citizens::{Details, RecordError};
use autonomia::db;
use autonomia::db::entities::people_tallies;
use autonomia::domain::facilita::{AgeBand, Gender, ServiceKind};
use autonomia::domain::ids::CitizenId;
use autonomia::network::overview;
use autonomia::network::point::{self, Point};
use autonomia::network::reached::settle_in;
use autonomia::network::standing::{Alert, PointStanding};
use autonomia::network::totals::{Totals, TotalsFilter};
use autonomia::network::verify::{Difference, verify};
use sea_orm::EntityTrait;
use sea_orm::sea_query::Expr;
use serde_json::{Value, json};
use time::Duration;
use time::macros::date;

use crate::app::{COORDINATOR, PASSWORD, TestApp};
use crate::browser::Browser;
use crate::ground::{Ground, NOW, TODAY};

async fn correct(ground: &Ground, citizen: CitizenId, details: Details) {
    let (by, vault) = (ground.facilitator, ground.vault.clone());
    db::write(&ground.db, async move |tx| {
        correct_in(tx, &vault, citizen, &details, by, NOW).await?;
        settle_in(tx, citizen).await?;
        Ok::<_, RecordError>(())
    })
    .await
    .unwrap();
}

fn of_age(totals: &Totals, age: AgeBand) -> u64 {
    let mut bands = totals.citizens.by_age.iter();
    bands.find(|row| row.age == age).unwrap().citizens
}

fn of_gender(totals: &Totals, gender: Gender) -> u64 {
    let mut genders = totals.citizens.by_gender.iter();
    genders.find(|row| row.gender == gender).unwrap().citizens
}

/// Every table of the citizens has the same sum, and every table of the services.
fn agree(totals: &Totals) {
    let (people, services) = (&totals.citizens, &totals.services);
    let kinds = || ServiceKind::ALL.iter().copied();
    for sum in [
        kinds().map(|kind| people.by_kind.of(kind)).sum::<u64>(),
        people.by_age.iter().map(|row| row.citizens).sum(),
        people.by_gender.iter().map(|row| row.citizens).sum(),
        totals.by_month.iter().map(|row| row.citizens).sum(),
        totals.by_province.iter().map(|row| row.citizens).sum(),
        totals.by_point.iter().map(|row| row.citizens).sum(),
    ] {
        assert_eq!(sum, people.reached);
    }
    for sum in [
        kinds().map(|kind| services.by_kind.of(kind)).sum::<u64>(),
        totals.by_month.iter().map(|row| row.services).sum(),
        totals.by_province.iter().map(|row| row.services).sum(),
        totals.by_point.iter().map(|row| row.services).sum(),
    ] {
        assert_eq!(sum, services.total);
    }
}

#[actix_web::test]
async fn every_sum_follows_records_voids_and_corrections() {
    let ground = Ground::new().await;
    let ada = ground.citizen(date!(1960 - 05 - 01), 1).await;
    let ugo = ground.citizen(date!(2000 - 05 - 01), 2).await;
    let mut early = ground.service("SPID", &[ada]);
    early.day = TODAY - Duration::days(60);
    let early = ground.record(early).await.unwrap();
    let mut online = ground.service("pagoPA", &[ada, ugo]);
    (online.kind, online.point) = (ServiceKind::Online, ground.points[1]);
    ground.record(online).await.unwrap();
    let totals = ground.totals().await;
    agree(&totals);
    assert_eq!(of_age(&totals, AgeBand::From55To74), 1);
    assert_eq!(of_age(&totals, AgeBand::From18To29), 1);
    assert_eq!(totals.citizens.by_kind.online, 1);
    assert_eq!((totals.by_month.len(), totals.by_point.len()), (2, 2));

    // Of the first service nothing is left: both were reached online.
    ground.void(early.service).await.unwrap();
    let totals = ground.totals().await;
    agree(&totals);
    assert_eq!(
        (totals.citizens.by_kind.online, totals.by_month.len()),
        (2, 1)
    );

    let details = Details {
        gender: Some(Gender::NonBinary.code().to_owned()),
        ..Details::default()
    };
    correct(&ground, ugo, details).await;
    let totals = ground.totals().await;
    agree(&totals);
    assert_eq!(of_gender(&totals, Gender::NonBinary), 1);
    assert_eq!(totals.citizens.reached, 2);

    // Somebody else's birth: the age moves, and out of the programme's ages nothing counts.
    let again = |birth| crate::ground::person(birth, 2);
    correct(&ground, ugo, again(date!(1980 - 05 - 01))).await;
    let totals = ground.totals().await;
    agree(&totals);
    assert_eq!(of_age(&totals, AgeBand::From30To54), 1);
    correct(&ground, ugo, again(date!(1930 - 05 - 01))).await;
    let totals = ground.totals().await;
    agree(&totals);
    assert_eq!(
        (totals.citizens.reached, of_age(&totals, AgeBand::From75)),
        (1, 0)
    );
}

#[actix_web::test]
async fn a_part_of_the_network_adds_up_by_days_points_and_provinces() {
    let ground = Ground::new().await;
    let far = Point::new(
        ground.programme.id,
        "LE-1",
        "Punto LE-1",
        ["Lecce", "Lecce", "Puglia"],
    );
    let lecce = far.id;
    db::write(&ground.db, async move |tx| {
        point::create_in(tx, &far, NOW).await
    })
    .await
    .unwrap();
    for (number, (point, days)) in [(ground.points[0], 0), (lecce, 40), (lecce, 20)]
        .into_iter()
        .enumerate()
    {
        let who = ground
            .citizen(date!(1960 - 05 - 01), u32::try_from(number).unwrap())
            .await;
        let mut service = ground.service("SPID", &[who]);
        (service.point, service.day) = (point, TODAY - Duration::days(days));
        ground.record(service).await.unwrap();
    }
    let part = async |filter| {
        let totals = ground.totals_of(filter).await;
        agree(&totals);
        (
            totals.citizens.reached,
            totals.services.total,
            totals.by_point.len(),
        )
    };
    let province = TotalsFilter {
        province: Some("Lecce".to_owned()),
        ..TotalsFilter::default()
    };
    assert_eq!(part(province.clone()).await, (2, 2, 1));
    let since = TotalsFilter {
        from: Some(TODAY - Duration::days(30)),
        ..TotalsFilter::default()
    };
    assert_eq!(part(since.clone()).await, (2, 2, 2));
    let both = TotalsFilter {
        from: since.from,
        ..province
    };
    assert_eq!(part(both).await, (1, 1, 1));
    let one = TotalsFilter {
        point: Some(ground.points[1]),
        ..TotalsFilter::default()
    };
    assert_eq!(part(one).await, (0, 0, 0));
}

#[actix_web::test]
async fn the_overview_tells_online_apart_and_names_points_that_do_not_move() {
    let ground = Ground::new().await;
    let ada = ground.citizen(date!(1960 - 05 - 01), 1).await;
    let ugo = ground.citizen(date!(1961 - 05 - 01), 2).await;
    for (title, citizens) in [
        ("SPID", vec![ada, ugo]),
        ("CIE", vec![ada]),
        ("PEC", vec![ugo]),
    ] {
        let mut online = ground.service(title, &citizens);
        (online.kind, online.day) = (ServiceKind::Online, TODAY - Duration::days(31));
        ground.record(online).await.unwrap();
    }
    let points = point::list(ground.db.read(), Some(ground.programme.id))
        .await
        .unwrap();
    let look = async |filter| {
        overview::of(&ground.db, &ground.programme, &points, filter, NOW)
            .await
            .unwrap()
    };
    let seen = look(TotalsFilter::default()).await;
    assert_eq!(
        (seen.totals.citizens.by_kind.online, seen.online_known),
        (2, 2)
    );
    // 100 citizens in a year for two points: 44 each by the 21st of November.
    let of = |seen: &overview::Overview, alert| {
        let ranked = seen.alerts.iter().find(|one| one.alert == alert);
        let points = ranked.map(|one| one.points.clone()).unwrap_or_default();
        let figures = |one: &PointStanding| (one.point.code.clone(), one.citizens, one.last);
        points.iter().map(figures).collect::<Vec<_>>()
    };
    let last = Some(TODAY - Duration::days(31));
    let both = [("BA-2".to_owned(), 0, None), ("BA-1".to_owned(), 2, last)];
    assert_eq!(of(&seen, Alert::Behind), both);
    assert_eq!((seen.part, seen.target), (Some(44), Some((2, 89))));
    // Whoever never gave a service comes first.
    assert_eq!(of(&seen, Alert::Quiet), both);
    assert_eq!(seen.alerts[0].alert, Alert::Quiet);
    ground
        .record(ground.service("App IO", &[ada]))
        .await
        .unwrap();
    // Whatever days are asked for, who is behind is of today.
    let of_today = TotalsFilter {
        from: Some(TODAY),
        ..TotalsFilter::default()
    };
    let today = look(of_today).await;
    assert_eq!(today.totals.citizens.reached, 0);
    assert_eq!(of(&today, Alert::Behind)[1].1, 2);
    assert_eq!(of(&today, Alert::Quiet), [("BA-2".to_owned(), 0, None)]);
}

#[actix_web::test]
async fn a_wrong_sum_of_people_is_found() {
    let ground = Ground::new().await;
    let ada = ground.citizen(date!(1960 - 05 - 01), 1).await;
    ground.record(ground.service("SPID", &[ada])).await.unwrap();
    db::write(&ground.db, async |tx| {
        let more = people_tallies::Entity::update_many();
        more.col_expr(people_tallies::Column::Citizens, Expr::value(2))
            .exec(tx)
            .await
    })
    .await
    .unwrap();
    let found = verify(&ground.db).await.unwrap();
    assert!(
        matches!(
            found[..],
            [Difference::People {
                kept: 2,
                counted: 1,
                ..
            }]
        ),
        "{found:?}"
    );
}

const API: &str = "/programmes/puglia/totals";

fn reached(totals: &Value) -> &Value {
    &totals["citizens"]["reached"]
}

#[actix_web::test]
async fn staff_see_exact_figures_and_others_none_of_few_people() {
    let app = TestApp::new().await;
    let citizen = app.citizen().await;
    app.pass(&citizen, "spid").await;
    let own = format!("{API}?point=bari-centro");
    let coordinator = app.coordinator().await;
    let exact = coordinator.api(API).await;
    assert_eq!(
        (reached(&exact), &exact["services"]["by_kind"]["online"]),
        (&json!(1), &json!(1))
    );
    assert!(exact["citizens"].get("hidden").is_none());
    let days = format!("{own}&from=2026-11-20&to=2026-11-21");
    assert_eq!(reached(&coordinator.api(&days).await), &json!(1));
    let facilitator = app.facilitator().await;
    assert_eq!(reached(&facilitator.api(&own).await), &json!(1));
    assert_eq!(reached(&facilitator.api(&days).await), &json!(1));
    let (other, visitor) = (app.other_facilitator().await, app.visitor());
    for (who, path) in [
        (&facilitator, API),
        (&other, own.as_str()),
        (&visitor, API),
        (&visitor, &own),
        (&citizen, API),
    ] {
        let public = who.api(path).await;
        assert_eq!(
            (reached(&public), &public["citizens"]["hidden"]),
            (&Value::Null, &json!(true))
        );
        assert_eq!(public["services"]["total"], Value::Null);
        assert_eq!(
            (&public["by_point"], &public["by_month"]),
            (&json!([]), &json!([]))
        );
    }
    for wrong in [
        "from=2026-11-02",
        "to=2026-11-20",
        "from=2026-11-01",
        "from=2026-11-01&point=bari-centro",
    ] {
        let path = format!("/api/v1{API}?{wrong}");
        let refused = visitor.get(&path).await.json(422);
        assert!(
            refused["errors"][0]["message"]
                .as_str()
                .unwrap()
                .contains("puoi")
                || refused["errors"][0]["message"]
                    .as_str()
                    .unwrap()
                    .contains("hied"),
            "{refused}"
        );
    }
}

#[actix_web::test]
async fn pages_hide_what_they_must_and_the_coordinators_does_not() {
    let app = TestApp::new().await;
    for module in ["spid", "pagamenti-online"] {
        let citizen = app.citizen().await;
        app.pass(&citizen, module).await;
    }
    let visitor = Browser::new(&app);
    let page = visitor
        .get("/rete/totali")
        .await
        .expect(200, "Alcuni numeri sono nascosti");
    assert!(page.says("<strong>nascosto</strong>") && !page.says("Bari Centro"));
    visitor.get("/rete?lingua=en").await.expect(200, "Sign in");
    let coordinator = Browser::new(&app);
    let details = [("email", COORDINATOR), ("password", PASSWORD)];
    coordinator.post("/accedi", &details).await;
    coordinator
        .get("/mio-percorso")
        .await
        .expect(200, "href=\"/rete\"");
    let page = coordinator
        .get("/rete")
        .await
        .expect(200, "Questi numeri sono esatti");
    for words in [
        "<strong>2</strong>",
        "Bari Centro",
        "novembre 2026",
        "1 punti su 2 non",
        "Un punto su 2 non dà servizi da 30 giorni",
    ] {
        assert!(page.says(words) != words.starts_with("1 punti"), "{words}");
    }
    let part = "/rete?programma=&provincia=Bari&punto=bari-centro&dal=2026-11-01&al=2026-11-30";
    coordinator.get(part).await.expect(200, "Togli i filtri");
    assert_eq!(coordinator.get("/rete?dal=ieri").await.status, 422);
    assert_eq!(coordinator.get("/rete?punto=nulla").await.status, 404);
    let facilitator = Browser::new(&app);
    let details = [("email", "sportello@example.org"), ("password", PASSWORD)];
    facilitator.post("/accedi", &details).await;
    assert_eq!(facilitator.get("/rete").await.status, 403);
}
