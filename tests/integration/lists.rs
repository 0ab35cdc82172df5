//! The lists: what of an address they understand, filter, sort and page, and that they tell what
//! they do not.

use autonomia::domain::role::Role;
use serde_json::json;

use crate::app::TestApp;
use crate::browser::{Browser, Seen};
use crate::office::{DESK, coordinator, entered, registered};
use crate::services::body;
use crate::tables::table;

/// The first cells of a list's rows, which lead to what they are about.
fn firsts(page: &Seen, below: &str) -> Vec<String> {
    let start = format!("<th scope=\"row\"><a href=\"{below}");
    let found = page.all(&start, '<');
    let name = |cell: String| cell.split_once('>').map(|(_, name)| name.to_owned());
    found.into_iter().filter_map(name).collect()
}

#[actix_web::test]
async fn what_a_list_does_not_understand_is_told_by_name_and_shows_nothing() {
    let app = TestApp::new().await;
    let (ada, _) = registered(&app).await;
    let api = app.facilitator().await;
    api.post("/services", body("individual", &[&ada]))
        .await
        .json(201);
    let (desk, office) = (entered(&app, DESK).await, coordinator(&app).await);
    app.add_staff("capo@example.org", Role::Admin).await;
    let boss = entered(&app, "capo@example.org").await;
    let ledger = [
        ("tipo", "Tipo"),
        ("stato", "Stato"),
        ("dal", "Dal giorno"),
        ("al", "Al giorno"),
        ("facilitatore", "Dato da"),
        ("punto", "Punto"),
        ("provincia", "Provincia"),
        ("comune", "Comune"),
        ("ordina", "Ordine"),
        ("dopo", "Pagina"),
        ("prima", "Pagina"),
    ];
    let network = [("programma", "Programma")];
    let points = [
        ("programma", "Programma"),
        ("stato", "Stato"),
        ("provincia", "Provincia"),
        ("ordina", "Ordine"),
        ("pagina", "Pagina"),
    ];
    let public = [
        ("provincia", "Provincia"),
        ("ordina", "Ordine"),
        ("pagina", "Pagina"),
    ];
    let completing = [
        ("punto", "Punto"),
        ("ordina", "Ordine"),
        ("pagina", "Pagina"),
    ];
    let accounts = [("ruolo", "Ruolo"), ("stato", "Stato")];
    let register = [
        ("chi", "Chi"),
        ("che", "Che cosa"),
        ("cosa", "Su che cosa"),
        ("giorno", "Giorno"),
        ("prima", "Pagina"),
    ];
    for (who, path, fields) in [
        (&desk, "/punto/schede", completing.to_vec()),
        (&office, "/rete/schede", completing[1..].to_vec()),
        (
            &boss,
            "/amministrazione",
            [&accounts[..], &completing].concat(),
        ),
        (&boss, "/amministrazione/registro", register.to_vec()),
        (&desk, "/punto/servizi", ledger.to_vec()),
        (
            &office,
            "/rete/servizi",
            [&ledger[..], &network[..]].concat(),
        ),
        (&office, "/rete/punti", points.to_vec()),
        (&office, "/rete/totali/punti", public.to_vec()),
    ] {
        let plain = who.get(path).await;
        assert!(
            plain.status == 200 && !plain.says("error-summary"),
            "{path}"
        );
        for (field, label) in fields {
            let page = who.get(&format!("{path}?{field}=xyzzy")).await;
            let page = page.expect(422, &format!("<li>{label}: "));
            assert!(firsts(&page, "/").is_empty(), "{path}?{field}");
            assert!(!page.says("<th scope=\"row\">"), "{path}?{field}");
        }
    }
    // Somebody's id that is nobody's, and an order that needs fewer entries.
    let nobody = uuid::Uuid::now_v7();
    let unknown = office
        .get(&format!("/rete/servizi?facilitatore={nobody}"))
        .await;
    unknown.expect(422, "<li>Dato da: ");
    let many = office.get("/rete/servizi?ordina=-minuti").await;
    many.expect(422, "<li>Ordine: per questo ordine scegli prima");
    let few = office
        .get("/rete/servizi?ordina=-minuti&punto=bari-centro")
        .await;
    assert_eq!(few.status, 200);
}

#[actix_web::test]
async fn the_ledger_is_filtered_and_sorted_and_its_links_keep_both() {
    let app = TestApp::new().await;
    let (ada, _) = registered(&app).await;
    let api = app.facilitator().await;
    for (title, minutes, day) in [("Lungo", 90, 19), ("Breve", 15, 20), ("Medio", 30, 18)] {
        let mut one = body("individual", &[&ada]);
        one["title"] = json!(title);
        one["minutes"] = json!(minutes);
        one["date"] = json!(format!("2026-11-{day}"));
        api.post("/services", one).await.json(201);
    }
    let (desk, office) = (entered(&app, DESK).await, coordinator(&app).await);
    let titles = |page: &Seen| page.all("Argomento\">", '<');
    let order = async |query: &str| titles(&desk.get(&format!("/punto/servizi?{query}")).await);
    assert_eq!(order("").await, ["Breve", "Lungo", "Medio"]);
    assert_eq!(order("ordina=giorno").await, ["Medio", "Lungo", "Breve"]);
    assert_eq!(order("ordina=-minuti").await, ["Lungo", "Medio", "Breve"]);
    assert_eq!(
        order("ordina=minuti&dal=2026-11-19").await,
        ["Breve", "Lungo"]
    );
    let page = desk
        .get("/punto/servizi?ordina=-minuti&tipo=individual")
        .await;
    assert!(page.says("aria-sort=\"descending\""));
    // The same head turns the list round, and keeps the filter; the form keeps the order.
    assert!(page.says("href=\"/punto/servizi?tipo=individual&amp;ordina=minuti\""));
    assert_eq!(page.hidden("ordina"), "-minuti");

    let voided = firsts(&page, "/punto/servizi/").len();
    assert_eq!(voided, 3);
    let id = page
        .all("<th scope=\"row\"><a href=\"/punto/servizi/", '"')
        .remove(0);
    let void = format!("/punto/servizi/{id}/annulla");
    desk.post(&void, &[("reason", "Prova")])
        .await
        .expect(200, "annullato");
    assert_eq!(order("stato=annullati").await, ["Lungo"]);
    assert_eq!(order("stato=validi").await, ["Breve", "Medio"]);

    let count = async |query: &str| {
        let page = office.get(&format!("/rete/servizi?{query}")).await;
        assert_eq!(page.status, 200, "{query}");
        titles(&page).len()
    };
    for (query, found) in [
        ("provincia=Bari", 3),
        ("comune=BARI", 3),
        ("provincia=Bari&stato=annullati", 1),
        ("provincia=Bari&tipo=group", 0),
        ("punto=lecce&provincia=Bari", 0),
        (
            "punto=bari-centro&stato=annullati&dal=2026-11-19&al=2026-11-19",
            1,
        ),
        ("tipo=online", 0),
    ] {
        assert_eq!(count(query).await, found, "{query}");
    }
    // Whoever gave them, by their account: no name is in the address.
    let staff = office.get("/rete/punti/bari-centro").await;
    let account = staff.all("/facilitatori/", '"').remove(0);
    assert_eq!(
        count(&format!("facilitatore={account}&ordina=minuti")).await,
        3
    );
    let staff = office.get("/rete/punti/lecce").await;
    let account = staff.all("/facilitatori/", '"').remove(0);
    assert_eq!(count(&format!("facilitatore={account}")).await, 0);
}

#[actix_web::test]
async fn points_are_ranked_and_what_is_true_of_all_is_said_once() {
    let app = TestApp::new().await;
    let office = coordinator(&app).await;
    let text = table().replace(",prova", ",puglia");
    let sent = [("text", text.as_str()), ("act", "keep")];
    let kept = office.post("/rete/punti/importa", &sent).await;
    kept.expect(200, "La tabella è caricata");
    let api = app.facilitator().await;
    let (ada, _) = registered(&app).await;
    api.post("/services", body("individual", &[&ada]))
        .await
        .json(201);

    // 232 of 233 points gave nothing: a sentence, and not a list of them.
    let page = office
        .get("/rete")
        .await
        .expect(200, "232 punti su 233 non danno servizi");
    assert!(page.says("Quasi tutta la rete è ferma") && !page.says("id=\"avviso-fermi\""));
    let link = "/rete/punti?stato=fermi&amp;ordina=ultimo";
    assert!(page.says(&format!("href=\"{link}\"")));
    let quiet = office.get(&link.replace("&amp;", "&")).await;
    let quiet = quiet.expect(200, "Ci sono 232 punti");
    assert_eq!(firsts(&quiet, "/rete/punti/").len(), 20);
    assert!(quiet.says("non dà servizi da un mese intero") && quiet.says("Pagina 1 di 12"));
    // Of a part of the network with few points, every one is named.
    let named = office.get("/rete?punto=lecce").await;
    assert!(
        named.says("id=\"avviso-fermi\"") && named.says("Questo punto non dà servizi da 30 giorni")
    );

    let most = office.get("/rete/punti?ordina=-servizi").await;
    assert_eq!(firsts(&most, "/rete/punti/")[0], "Bari Centro");
    assert!(most.says("aria-sort=\"descending\""));
    let mut all = Vec::new();
    for page in 1..=12 {
        let path = format!("/rete/punti?ordina=comune&pagina={page}");
        all.extend(firsts(&office.get(&path).await, "/rete/punti/"));
    }
    assert_eq!(all.len(), 233);
    let past = office.get("/rete/punti?ordina=comune&pagina=99").await;
    assert_eq!(firsts(&past, "/rete/punti/"), all[220..]);
    let none = office.get("/rete/punti?dove=nessuno+qui").await;
    none.expect(200, "Nessun punto è così");

    // Everybody's list: in pages, and never without a way on.
    let public = app.visitor().get("/punti").await;
    assert_eq!(
        public
            .text
            .matches("class=\"lone-link\" href=\"/punti/")
            .count(),
        20
    );
    assert!(
        public
            .text
            .contains("rel=\"next\" href=\"/punti?pagina=2\"")
    );
    let second = app.visitor().get("/punti?pagina=2").await;
    assert!(second.text.contains("rel=\"prev\" href=\"/punti\""));
}

#[actix_web::test]
async fn what_waits_is_shown_a_few_at_a_time_and_moves_up_and_groups_are_in_pages() {
    let app = TestApp::new().await;
    let guest = Browser::new(&app);
    for number in 1..=11 {
        let told = format!("Qui non funziona il bottone numero {number}.");
        let sent = guest
            .post("/accessibilita/segnala", &[("text", &told)])
            .await;
        sent.expect(200, "la tua segnalazione è arrivata");
    }
    let office = coordinator(&app).await;
    let list = office.get("/rete/segnalazioni").await;
    let forms = |page: &Seen| page.all("action=\"/rete/segnalazioni/", '"');
    assert_eq!(forms(&list).len(), 8);
    assert!(list.says("In coda ce ne sono ancora 3."));
    let first = format!("/rete/segnalazioni/{}", forms(&list)[0]);
    let next = office.post(&first, &[]).await;
    assert!(next.says("bottone numero 9.") && next.says("In coda ce ne sono ancora 2."));

    let desk = entered(&app, DESK).await;
    for number in 1..=23 {
        let name = format!("Corso {number:02}");
        desk.post("/punto/gruppi", &[("name", &name)]).await;
    }
    let all = [
        desk.get("/punto/gruppi").await,
        desk.get("/punto/gruppi?pagina=2").await,
    ];
    let groups = all.each_ref().map(|page| firsts(page, "/punto/gruppi/"));
    assert_eq!(groups.each_ref().map(Vec::len), [20, 3]);
    assert_eq!(groups.concat().len(), 23);
    assert!(groups[1].iter().all(|name| !groups[0].contains(name)));
}
