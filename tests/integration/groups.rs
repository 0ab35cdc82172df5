//! Groups: who is in them, what holds for them, how far they are.

use serde_json::{Value, json};
use time::macros::datetime;

use crate::app::TestApp;
use crate::desk::{assign, assigned, group, leads, pupil, read, resume, says};

#[actix_web::test]
async fn what_a_group_is_given_holds_for_who_joins_later() {
    let app = TestApp::new().await;
    let desk = app.facilitator().await;
    let ((one, first), (two, later)) = (pupil(&app).await, pupil(&app).await);
    let id = group(&desk, "Corso del martedì", &[&one]).await;
    assert_eq!(
        group(&desk, "Corso del martedì", &[&one]).await,
        id,
        "made once"
    );
    let body = json!({ "path": "entrare-nei-servizi", "group": id, "note": "Insieme" });
    let given = assign(&desk, body.clone()).await;
    assert_eq!(assign(&desk, body).await, given);
    assert_eq!(assigned(&first, "spid").await["note"], "Insieme");
    assert_eq!(assigned(&later, "spid").await, Value::Null);

    let page = format!("/punto/gruppi/{id}");
    let found = desk
        .form(&format!("{page}/cerca"), &[("q", "Inventata")])
        .await;
    says(&found, &format!("name=\"add\" value=\"{two}\""));
    desk.form(&format!("{page}/persone"), &[("add", &two)])
        .await;
    assert_eq!(assigned(&later, "spid").await["note"], "Insieme");
    assert_eq!(resume(&later).await, "/moduli/spid/che-cose-spid");
    // Given alone too, later, it is asked once, as it was given last.
    app.clock.set(datetime!(2026-11-21 10:05 UTC));
    assign(
        &desk,
        json!({ "modules": ["spid"], "citizens": [two], "note": "Per te" }),
    )
    .await;
    assert_eq!(assigned(&later, "spid").await["note"], "Per te");
    let own = desk.get(&format!("/punto/cittadini/{one}/assegna")).await;
    says(&own, "lo ritiri dalla pagina del gruppo");

    desk.form(&format!("{page}/persone"), &[("remove", &one)])
        .await;
    assert_eq!(assigned(&first, "spid").await, Value::Null);
    let renamed = desk.form(&page, &[("name", "Corso del lunedì")]).await;
    assert_eq!(leads(&renamed), page);
    let nameless = desk.form(&page, &[("name", " ")]).await;
    assert_eq!(nameless.status, 422);
    says(&desk.get("/punto/gruppi").await, "Corso del lunedì");
    desk.form(&format!("{page}/chiudi"), &[]).await;
    assert_eq!(desk.get(&page).await.status, 404);
    assert_eq!(
        assigned(&later, "spid").await["note"],
        "Per te",
        "a group's end is not hers"
    );
}

/// The cells of the table on a page, in words.
fn cells(page: &str) -> Vec<Vec<String>> {
    let table = page
        .split_once("<table class=\"table table-stack table-dense table-tall standing\"")
        .unwrap()
        .1;
    let table = table.split_once("</table>").unwrap().0;
    let words = |cell: &str| {
        let cell = &cell[cell.find('>').unwrap() + 1..];
        let cell = cell.split("</t").next().unwrap();
        let mut text = String::new();
        let mut tag = false;
        for c in cell.chars() {
            match c {
                '<' => tag = true,
                '>' => tag = false,
                c if !tag => text.push(c),
                _ => {}
            }
        }
        text.replace("&#39;", "'").trim().to_owned()
    };
    let row = |row: &str| {
        row.split("<t")
            .skip(1)
            .filter(|part| part.starts_with("h ") || part.starts_with("d "))
            .map(words)
            .collect()
    };
    table.split("<tr").skip(1).map(row).collect()
}

#[actix_web::test]
async fn a_large_group_shows_a_page_of_its_people_and_its_csv_has_everybody() {
    let app = TestApp::new().await;
    let desk = app.facilitator().await;
    let mut people = Vec::new();
    for _ in 0..14 {
        people.push(pupil(&app).await.0);
    }
    let ids: Vec<&str> = people.iter().map(String::as_str).collect();
    let group = group(&desk, "Gruppo grande", &ids).await;
    let page = format!("/punto/gruppi/{group}");
    let rows = |text: &str| text.matches("name=\"remove\" value=\"").count();
    let first = desk.get(&page).await;
    assert_eq!(rows(&first.text), 12);
    says(
        &first,
        &format!("rel=\"next\" href=\"{page}?pagina=2#progressi\""),
    );
    let second = desk.get(&format!("{page}?pagina=2")).await;
    assert_eq!(rows(&second.text), 2);
    let csv = desk.get(&format!("{page}/progressi.csv")).await;
    assert_eq!(csv.text.lines().count(), 15);
    // Somebody of another page is in the group too, whoever is looked for.
    let found = desk
        .form(&format!("{page}/cerca"), &[("q", "Inventata")])
        .await;
    assert!(!found.text.contains("name=\"add\""), "{}", found.text);
    // Who removes somebody stays on that page.
    let last = second
        .text
        .split("name=\"remove\" value=\"")
        .nth(1)
        .unwrap();
    let last = last.split('"').next().unwrap();
    let fields = [("remove", last), ("pagina", "2")];
    let removed = desk.form(&format!("{page}/persone"), &fields).await;
    assert_eq!(leads(&removed), format!("{page}?pagina=2#progressi"));
    assert_eq!(rows(&desk.get(&format!("{page}?pagina=2")).await.text), 1);
}

#[actix_web::test]
async fn the_table_of_a_group_and_its_csv_say_the_same_cell_by_cell() {
    let app = TestApp::new().await;
    let desk = app.facilitator().await;
    let mut people = Vec::new();
    for _ in 0..4 {
        people.push(pupil(&app).await);
    }
    let ids: Vec<&str> = people.iter().map(|(id, _)| id.as_str()).collect();
    let group = group(&desk, "Gruppo", &ids).await;
    assign(&desk, json!({ "path": "pagare-online", "group": group })).await;
    app.pass(&people[0].1, "spid").await;
    read(&people[1].1, "spid", "che-cose-spid").await;
    read(&people[1].1, "spid", "scegliere").await;
    let seen = [
        ("module", "pagamenti-online"),
        ("reason", "Quiz fatto sul mio tablet"),
    ];
    desk.form(&format!("/punto/cittadini/{}/completamenti", ids[2]), &seen)
        .await;

    let page = desk.get(&format!("/punto/gruppi/{group}")).await;
    let shown = cells(&page.text);
    let csv = desk
        .get(&format!("/punto/gruppi/{group}/progressi.csv"))
        .await;
    assert_eq!(csv.header("content-type"), Some("text/csv; charset=utf-8"));
    // As Excel in Italy reads it: the mark of UTF-8, semicolons, CR LF.
    let file = csv.text.strip_prefix('\u{feff}').unwrap();
    assert!(file.lines().count() == 5 && file.matches("\r\n").count() == 5);
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .delimiter(b';')
        .from_reader(file.as_bytes());
    let lines: Vec<Vec<String>> = reader
        .records()
        .map(|line| line.unwrap().iter().map(str::to_owned).collect())
        .collect();
    assert_eq!(shown, lines);
    assert_eq!(lines.len(), 5, "a head and four people");
    assert_eq!(lines[0].len(), 3, "a name and two modules");
    let all: Vec<&str> = lines.iter().flatten().map(String::as_str).collect();
    let count = |words: &str| all.iter().filter(|cell| **cell == words).count();
    assert_eq!((count("Fatto"), count("2 di 16 lezioni")), (1, 1));
    assert_eq!(
        (count("Fatto con il facilitatore"), count("Non iniziato")),
        (1, 5)
    );
}

#[actix_web::test]
async fn every_page_of_this_part_is_whole_in_both_languages() {
    let app = TestApp::new().await;
    let desk = app.facilitator().await;
    let (id, citizen) = pupil(&app).await;
    let group = group(&desk, "Gruppo", &[&id]).await;
    let body = json!({ "path": "pagare-online", "group": group, "due_on": "2026-11-21" });
    assign(&desk, body).await;
    let ask = [("da", "/moduli/spid/scegliere"), ("text", "Come faccio?")];
    citizen.form("/aiuto", &ask).await;
    let (person, place) = (
        format!("/punto/cittadini/{id}/assegna"),
        format!("/punto/gruppi/{group}"),
    );
    for (who, page) in [
        (&desk, "/punto/gruppi"),
        (&desk, &place),
        (&desk, &format!("{place}/assegna?q=SPID")),
        (&desk, &format!("{person}?q=spdi")),
        (&desk, &format!("{person}?fatto=completato")),
        (&desk, "/punto/fermi"),
        (&desk, "/aiuto"),
        (&citizen, "/mio-percorso"),
        (&citizen, "/aiuto?da=/moduli/spid/scegliere&inviata=1"),
        (&app.visitor(), "/aiuto?da=/moduli/spid"),
    ] {
        for lang in ["it", "en"] {
            let mark = if page.contains('?') { '&' } else { '?' };
            let page = format!("{page}{mark}lingua={lang}");
            let shown = who.get(&page).await;
            assert_eq!(shown.status, 200, "{page}");
            assert!(
                shown.text.contains(&format!("<html lang=\"{lang}\">")),
                "{page}"
            );
            assert_eq!(shown.text.matches("<h1").count(), 1, "{page}");
            for forbidden in ["<style", " style=\"", " onclick="] {
                assert!(!shown.text.contains(forbidden), "{page}: {forbidden}");
            }
        }
    }
}
