//! What citizens ask, against the real courses in `content/`.

use std::path::Path;

use autonomia::content::compiler::{Build, Compiler};
use autonomia::content::lesson::Lesson;
use autonomia::content::question::{Kind, Question};
use autonomia::domain::locale::Lang;
use autonomia::search::{Index, Results, Search, SearchQuery};
use time::macros::date;

fn course() -> (Build, Search) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    let build = Compiler::new(folder)
        .compile(date!(2026 - 11 - 21))
        .unwrap();
    let search = Index::new(&build.words)
        .unwrap()
        .apply(build.changed.clone(), &build.removed)
        .unwrap();
    (build, search)
}

fn ask(search: &Search, text: &str) -> Results {
    search
        .search(&SearchQuery {
            lang: Some(Lang::It),
            ..SearchQuery::new(text)
        })
        .unwrap()
}

/// The best hit as `module/lesson`, or `module` for the module's own page.
fn first(results: &Results) -> String {
    let hit = results.hits.first().unwrap();
    match &hit.lesson {
        Some(lesson) => format!("{}/{lesson}", hit.module),
        None => hit.module.to_string(),
    }
}

#[test]
fn what_citizens_type_finds_the_right_lesson_first() {
    let (_, search) = course();
    for (text, page) in [
        ("identita", "spid/attivare-cie"),
        ("dell'identità", "spid/attivare-cie"),
        ("IDENTITÀ", "spid/attivare-cie"),
        ("pagmento", "pagamenti-online/che-cose-pagopa"),
        (
            "prenotare una vista",
            "prenotare-salute/prenotare-una-visita",
        ),
        ("perche", "prenotare-salute/spostare-disdire"),
        (
            "ricetta elettronica",
            "prenotare-salute/ricetta-elettronica",
        ),
        (
            "ricette elettroniche",
            "prenotare-salute/ricetta-elettronica",
        ),
        ("ho perso il telefono", "spid/telefono-perso"),
        (
            "come faccio a cambiare medico?",
            "prenotare-salute/scegliere-medico",
        ),
        ("quanto costa spid", "spid/canone-spid"),
        ("che cos'è pagopa", "pagamenti-online/che-cose-pagopa"),
        ("bonifco", "pagamenti-online/riconoscere-truffe"),
    ] {
        assert_eq!(first(&ask(&search, text)), page, "{text}");
    }
}

#[test]
fn a_typing_error_gets_its_correction_suggested() {
    let (_, search) = course();
    for (typed, meant) in [("pagmento", "pagamento"), ("fascicollo", "fascicolo")] {
        assert_eq!(ask(&search, typed).suggestions.first().unwrap(), meant);
    }
}

#[test]
fn a_hit_leads_to_a_heading_of_its_page() {
    let (build, search) = course();
    for text in ["password", "ticket", "carta", "messaggio", "medico"] {
        for hit in ask(&search, text).hits {
            let edition = build
                .catalogue
                .module(&hit.module)
                .unwrap()
                .edition(hit.lang);
            let html = match &hit.lesson {
                Some(lesson) => edition.lesson(lesson).unwrap().html(),
                None => edition.intro_html.clone(),
            };
            if let Some(anchor) = &hit.anchor {
                assert!(
                    html.contains(&format!("id=\"{anchor}\"")),
                    "{text}: {hit:?}"
                );
            }
        }
    }
}

#[test]
fn english_pages_are_found_in_english() {
    let (_, search) = course();
    let query = SearchQuery {
        lang: Some(Lang::En),
        ..SearchQuery::new("I forgot my passwords")
    };
    let hits = search.search(&query).unwrap().hits;
    assert_eq!(hits[0].lesson.as_ref().unwrap().as_str(), "problemi");
    assert!(hits.iter().all(|hit| hit.lang == Lang::En));
}

#[test]
fn nothing_of_a_question_is_in_what_is_indexed() {
    let (build, _) = course();
    let mut looked_for = 0;
    for changed in &build.changed {
        let indexed: Vec<_> = changed
            .sections
            .iter()
            .flat_map(|section| [letters(&section.heading), letters(&section.text)])
            .collect();
        for lang in changed.module.langs() {
            let edition = changed.module.edition(lang);
            let practice = edition.lessons.iter().flat_map(Lesson::questions);
            let graded = edition.quiz.iter().flat_map(|quiz| &quiz.questions);
            for text in practice.chain(graded).flat_map(|question| texts(question)) {
                let found = indexed.iter().find(|indexed| indexed.contains(&text));
                assert_eq!(found, None, "{text}");
                looked_for += 1;
            }
        }
    }
    assert!(looked_for > 300, "{looked_for}");
}

/// Title, hint, explanation and feedback of a question, as letters: those long enough not to occur
/// by chance.
fn texts(question: &Question) -> Vec<String> {
    let mut texts = vec![letters(&question.title_html)];
    texts.extend(question.hint_html.as_deref().map(letters));
    texts.extend(question.explanation_html.as_deref().map(letters));
    if let Kind::One { options, .. } | Kind::Many { options, .. } = &question.kind {
        let feedback = options
            .iter()
            .filter_map(|option| option.feedback_html.as_deref());
        texts.extend(feedback.map(letters));
    }
    texts.retain(|text| text.len() > 24);
    texts
}

/// The letters and digits of some HTML or plain text.
fn letters(text: &str) -> String {
    let mut letters = String::new();
    let mut tag = false;
    for character in text.replace("&quot;", "").replace("&#39;", "").chars() {
        match character {
            '<' => tag = true,
            '>' => tag = false,
            _ if !tag && character.is_alphanumeric() => letters.push(character),
            _ => {}
        }
    }
    letters
}
