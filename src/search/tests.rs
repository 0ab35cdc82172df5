#![expect(clippy::unwrap_used, reason = "a test stops at a surprise")]

use std::collections::BTreeMap;

use time::macros::date;

use super::*;
use crate::content::compiler::{Changed, Section};
use crate::content::lesson::Lesson;
use crate::content::module::{Edition, Module};
use crate::content::words::Words;
use crate::domain::digcomp::Competence;
use crate::domain::facilita::PublicDomain;
use crate::domain::score::Percent;

mod many;
mod said;

fn edition(lang: Lang, title: &str, lessons: &[(&str, &str)]) -> Edition {
    Edition {
        lang,
        title: title.into(),
        summary: String::new(),
        keywords: Vec::new(),
        verified: date!(2026 - 11 - 10),
        intro_html: String::new(),
        lessons: lessons
            .iter()
            .map(|(id, title)| Lesson {
                id: LessonId::parse(id).unwrap(),
                title: (*title).into(),
                summary: None,
                asks: Vec::new(),
                minutes: 5,
                body: Vec::new(),
            })
            .collect(),
        quiz: None,
    }
}

fn module(id: &str, title: &str, lessons: &[(&str, &str)]) -> Module {
    Module {
        id: ModuleId::parse(id).unwrap(),
        folder: id.into(),
        rev: 1,
        level: 1,
        digcomp: vec![Competence::from_code("2.6").unwrap()],
        domains: vec![PublicDomain::from_code("S").unwrap()],
        minutes: 40,
        pass: Percent::new(70).unwrap(),
        requires: Vec::new(),
        sources: Vec::new(),
        changes: BTreeMap::new(),
        images: BTreeMap::new(),
        original: edition(Lang::It, title, lessons),
        translations: BTreeMap::new(),
    }
}

fn section(lang: Lang, lesson: &str, heading: &str, text: &str) -> Section {
    Section {
        lang,
        lesson: Some(LessonId::parse(lesson).unwrap()),
        anchor: Some(format!("a-{}", heading.len())),
        heading: heading.into(),
        text: text.into(),
    }
}

fn spid() -> Changed {
    let mut spid = module(
        "spid",
        "SPID: la tua identità digitale",
        &[
            ("spid-cosa", "Che cos'è"),
            ("spid-scelta", "Scegliere il gestore"),
        ],
    );
    spid.original.keywords = vec!["password".into(), "poste".into()];
    let english = edition(
        Lang::En,
        "SPID: your digital identity",
        &[
            ("spid-cosa", "What it is"),
            ("spid-scelta", "Choosing a provider"),
        ],
    );
    spid.translations.insert(Lang::En, english);
    let it = |lesson, heading, text| section(Lang::It, lesson, heading, text);
    let sections = vec![
        it(
            "spid-cosa",
            "Una chiave, tante porte",
            "Con SPID dimostri la tua identità online.",
        ),
        it(
            "spid-cosa",
            "Perché serve SPID",
            "Serve per i servizi online. Con SPID entri.",
        ),
        it("spid-cosa", "Con calma", "Usi SPID quando vuoi."),
        it(
            "spid-scelta",
            "I gestori",
            "I gestori di SPID sono diversi. Le città <sono> tante.",
        ),
        section(
            Lang::En,
            "spid-scelta",
            "The providers",
            "There are many providers of SPID.",
        ),
    ];
    Changed {
        module: Arc::new(spid),
        sections,
    }
}

fn salute() -> Changed {
    let mut salute = module(
        "prenotare-salute",
        "Prenotare e usare il Fascicolo",
        &[
            ("ricetta", "La ricetta elettronica"),
            ("visita", "Prenotare una visita al CUP"),
        ],
    );
    salute.level = 2;
    salute.digcomp = vec![Competence::from_code("2.3").unwrap()];
    salute.domains = vec![PublicDomain::from_code("M").unwrap()];
    let it = |lesson, heading, text| section(Lang::It, lesson, heading, text);
    let sections = vec![
        it(
            "ricetta",
            "Il numero",
            "La ricetta ha un numero: è la ricetta elettronica del medico.",
        ),
        it(
            "visita",
            "Le strade",
            "Prenoti la visita online, in farmacia o al telefono.",
        ),
        it(
            "visita",
            "La data",
            "Dal nostro punto di vista la visita si sposta. Il pagamento no.",
        ),
        it(
            "visita",
            "Dopo la visita",
            "Le visite finite restano nel fascicolo. Una visita, una riga.",
        ),
        it(
            "visita",
            "Disdire la visita",
            "Disdici la visita in tempo: le visite sono di tutti.",
        ),
    ];
    Changed {
        module: Arc::new(salute),
        sections,
    }
}

fn search() -> Search {
    let mut index = Index::new(&Words::default()).unwrap();
    index.apply(vec![spid(), salute()], &[]).unwrap()
}

fn found(search: &Search, query: &SearchQuery) -> Vec<(String, String)> {
    let hits = search.search(query).unwrap().hits;
    hits.into_iter()
        .map(|hit| {
            (
                hit.module.to_string(),
                hit.lesson.map_or_else(String::new, |id| id.to_string()),
            )
        })
        .collect()
}

fn first(search: &Search, text: &str) -> (String, String) {
    found(search, &SearchQuery::new(text))
        .into_iter()
        .next()
        .unwrap()
}

#[test]
fn accents_elision_case_and_number_make_no_difference() {
    let search = search();
    for text in ["identita", "dell'identità", "IDENTITÀ", "l’identita’"] {
        assert_eq!(first(&search, text).0, "spid", "{text}");
    }
    for text in ["gestore", "GESTORI", "i gestori", "gestore?"] {
        assert_eq!(first(&search, text).1, "spid-scelta", "{text}");
    }
    for text in ["citta", "città", "una CITTA'"] {
        assert_eq!(first(&search, text).1, "spid-scelta", "{text}");
    }
}

#[test]
fn a_mistyped_word_is_found_and_its_correction_suggested() {
    let search = search();
    for (typed, meant) in [
        ("pagmento", "pagamento"),
        ("pagmenti", "pagamento"),
        ("fascciolo", "fascicolo"),
        ("idnetita", "identità"),
        ("pagammemto", "pagamento"),
    ] {
        let results = search.search(&SearchQuery::new(typed)).unwrap();
        assert!(!results.hits.is_empty(), "{typed}");
        assert_eq!(
            results.suggestions.first().map(String::as_str),
            Some(meant),
            "{typed}"
        );
    }
}

#[test]
fn a_wrong_word_that_exists_does_not_hide_what_was_meant_and_is_not_corrected() {
    let search = search();
    let results = search
        .search(&SearchQuery::new("Prenotare una vista"))
        .unwrap();
    let lesson = results.hits[0].lesson.as_ref().map(LessonId::as_str);
    assert_eq!(lesson, Some("visita"));
    assert_eq!(results.suggestions, [""; 0]);
}

#[test]
fn a_right_word_is_not_corrected() {
    let search = search();
    for text in [
        "visita",
        "ricetta elettronica",
        "identità",
        "perché",
        "spid",
    ] {
        assert_eq!(
            search.search(&SearchQuery::new(text)).unwrap().suggestions,
            [""; 0],
            "{text}"
        );
    }
}

#[test]
fn words_without_meaning_are_looked_up_in_headings_and_then_in_the_text() {
    let search = search();
    let results = search.search(&SearchQuery::new("perche")).unwrap();
    assert_eq!(
        results.hits[0].heading.as_deref(),
        Some("Perché serve SPID")
    );
    let results = search.search(&SearchQuery::new("quando vuoi")).unwrap();
    assert_eq!(results.hits[0].heading.as_deref(), Some("Con calma"));
    assert!(
        results.hits[0]
            .snippet_html
            .contains("<mark>quando</mark> <mark>vuoi</mark>")
    );
}

#[test]
fn a_title_weighs_more_than_the_text_and_a_keyword_is_found() {
    let search = search();
    assert_eq!(first(&search, "ricetta elettronica").1, "ricetta");
    assert_eq!(first(&search, "password").0, "spid");
}

#[test]
fn a_page_is_shown_once() {
    let lessons = found(&search(), &SearchQuery::new("visita"));
    let of_the_visit = lessons.iter().filter(|(_, lesson)| lesson == "visita");
    assert_eq!(of_the_visit.count(), 1, "{lessons:?}");
}

#[test]
fn filters_leave_only_what_fits() {
    let search = search();
    let all = SearchQuery::new("spid visita");
    let modules = |query: &SearchQuery| {
        let mut modules: Vec<_> = found(&search, query)
            .into_iter()
            .map(|(id, _)| id)
            .collect();
        modules.sort();
        modules.dedup();
        modules
    };
    assert_eq!(modules(&all), ["prenotare-salute", "spid"]);
    let level = SearchQuery {
        level: Some(2),
        ..all.clone()
    };
    assert_eq!(modules(&level), ["prenotare-salute"]);
    let domain = SearchQuery {
        domain: PublicDomain::from_code("S"),
        ..all.clone()
    };
    assert_eq!(modules(&domain), ["spid"]);
    let competence = SearchQuery {
        competence: Competence::from_code("2.3"),
        ..all.clone()
    };
    assert_eq!(modules(&competence), ["prenotare-salute"]);
    let english = SearchQuery {
        lang: Some(Lang::En),
        ..all
    };
    let hits = search.search(&english).unwrap().hits;
    assert!(!hits.is_empty() && hits.iter().all(|hit| hit.lang == Lang::En));
}

#[test]
fn without_a_language_a_lesson_comes_in_one_language_only() {
    let search = search();
    let hits = search.search(&SearchQuery::new("SPID")).unwrap().hits;
    let mut langs: HashMap<_, Lang> = HashMap::new();
    for hit in hits {
        let lang = *langs.entry((hit.module, hit.lesson)).or_insert(hit.lang);
        assert_eq!(lang, hit.lang);
    }
    assert_eq!(first(&search, "choosing provider").1, "spid-scelta");
}

#[test]
fn any_text_is_a_query() {
    let search = search();
    let long = "identità ".repeat(2_000);
    for text in [
        "",
        " ",
        "\"",
        "'",
        "+-&&||!(){}[]^\"~*?:\\/",
        "title_it:spid AND NOT x",
        "😀",
        "\0",
        "a",
        "l'",
        "%%%",
        "<b>",
        "10 000",
        &long,
        &"é".repeat(10_000),
        "\u{301}\u{301}",
        "İSTANBUL ǅ",
        "spid*",
        "AND",
        "OR OR",
        "qwertyuiopasdfg",
    ] {
        search.search(&SearchQuery::new(text)).unwrap();
    }
    assert_eq!(first(&search, &long).0, "spid");
    let none = SearchQuery {
        limit: 0,
        ..SearchQuery::new("spid")
    };
    assert_eq!(search.search(&none).unwrap().hits, []);
}

#[test]
fn a_beginning_is_completed_where_nothing_is_found() {
    let results = search().search(&SearchQuery::new("fascic")).unwrap();
    assert_eq!(results.hits, []);
    assert_eq!(results.suggestions, ["fascicolo"]);
}

#[test]
fn a_change_shows_in_the_next_snapshot_and_never_in_an_earlier_one() {
    let (mut index, mut spid) = (Index::new(&Words::default()).unwrap(), spid());
    let before = index.apply(vec![spid.clone()], &[]).unwrap();
    spid.sections = vec![section(
        Lang::It,
        "spid-cosa",
        "Novità",
        "Arriva il portafoglio.",
    )];
    let after = index.apply(vec![spid.clone()], &[]).unwrap();
    assert_eq!(found(&before, &SearchQuery::new("portafoglio")), []);
    assert_eq!(first(&before, "chiave").1, "spid-cosa");
    assert_eq!(first(&after, "portafoglio").1, "spid-cosa");
    assert_eq!(found(&after, &SearchQuery::new("chiave")), []);
    let gone = index.apply(Vec::new(), &[spid.module.id.clone()]).unwrap();
    assert_eq!(found(&gone, &SearchQuery::new("portafoglio")), []);
    assert_eq!(gone.sections(), 0);
}
