//! What people say and the text does not: `asks` and `words.toml`.

use super::*;
use crate::content::words::{JoinedWord, Same, Urgent, WordPlace};

/// The same two modules with what people ask and say.
fn with_words() -> Search {
    let strings = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
    let same = |thing, words: &[&str]| Same {
        lang: Lang::It,
        thing,
        words: strings(words),
    };
    let words = Words {
        same: vec![
            same(0, &["ricetta", "impegnativa", "prescrizione"]),
            same(1, &["disdire", "annullare"]),
            same(2, &["medico di famiglia", "medico della mutua", "dottore"]),
        ],
        joined: vec![JoinedWord {
            word: "SPID".into(),
            said: strings(&["s p i d", "spi d"]),
        }],
        urgent: vec![Urgent {
            place: WordPlace::parse("prenotare-salute/visita#a-17").unwrap(),
            needs: BTreeMap::from([(
                Lang::It,
                strings(&["mi sento male", "mi hanno rubato i soldi"]),
            )]),
        }],
        elsewhere: vec![BTreeMap::from([(
            Lang::It,
            strings(&["bolletta della luce", "ricetta della torta"]),
        )])],
    };
    let (mut spid, mut salute) = (spid(), salute());
    let ask = |module: &mut Changed, at: usize, asks: &[&str]| {
        Arc::make_mut(&mut module.module).original.lessons[at].asks = strings(asks);
    };
    ask(
        &mut spid,
        0,
        &[
            "che cos'è lo spid",
            "tabacchino zeta",
            "spid per mio figlio",
        ],
    );
    ask(&mut spid, 1, &["lo spid della posta", "chi dà lo spid"]);
    ask(
        &mut salute,
        0,
        &["dove trovo il numero", "medico di famiglia"],
    );
    Index::new(&words)
        .unwrap()
        .apply(vec![spid, salute], &[])
        .unwrap()
}

#[test]
fn what_people_ask_leads_to_the_lesson_and_is_shown_nowhere() {
    let search = with_words();
    let results = search.search(&SearchQuery::new("tabacchino")).unwrap();
    assert_eq!(results.hits[0].url(), "/moduli/spid/spid-cosa");
    let shown = format!("{results:?}");
    assert!(!shown.contains("zeta"), "{shown}");
    // Nor as a correction of a mistyped word.
    let results = search.search(&SearchQuery::new("tabachino")).unwrap();
    assert_eq!(results.hits[0].url(), "/moduli/spid/spid-cosa");
    assert_eq!(results.suggestions, [""; 0]);
}

#[test]
fn words_that_are_two_in_the_mouth_are_one() {
    for text in ["s p i d", "S.P.I.D.", "spi d", "come si fa lo s p i d"] {
        assert_eq!(first(&with_words(), text).0, "spid", "{text}");
    }
}

#[test]
fn words_for_one_thing_find_it() {
    let search = with_words();
    for text in ["impegnativa", "la prescrizione", "impegnativa elettronica"] {
        assert_eq!(first(&search, text).1, "ricetta", "{text}");
    }
    assert_eq!(first(&search, "annullare la visita").1, "visita");
    assert_eq!(first(&search, "medico della mutua").1, "ricetta");
    assert_eq!(first(&search, "dottore").1, "ricetta");
}

#[test]
fn a_name_leads_to_the_beginning_and_not_to_a_section() {
    let search = with_words();
    for text in [
        "spid",
        "che cos'è lo spid",
        "cos'è SPID?",
        "a cosa serve lo spid",
    ] {
        let results = search.search(&SearchQuery::new(text)).unwrap();
        assert_eq!(results.hits[0].url(), "/moduli/spid/spid-cosa", "{text}");
    }
}

#[test]
fn an_urgent_need_leads_to_its_place_before_anything_else() {
    let search = with_words();
    for text in [
        "mi hanno rubato i soldi",
        "mi anno rubato i soldi dal conto",
        "MI SENTO MALE!",
    ] {
        let results = search.search(&SearchQuery::new(text)).unwrap();
        assert!(results.urgent, "{text}");
        assert_eq!(
            results.hits[0].url(),
            "/moduli/prenotare-salute/visita#a-17",
            "{text}"
        );
    }
    let results = search
        .search(&SearchQuery::new("prenotare una visita"))
        .unwrap();
    assert!(!results.urgent);
}

#[test]
fn a_word_in_passing_answers_nothing_and_the_nearest_modules_are_told() {
    let mut salute = salute();
    let passing = "Il medico lavora da molti anni nello stesso studio, vicino alla piazza, e tra \
                   poco va in pensione: allora bisogna sceglierne un altro tra quelli della zona.";
    salute
        .sections
        .push(section(Lang::It, "visita", "Il medico", passing));
    let search = Index::new(&Words::default())
        .unwrap()
        .apply(vec![spid(), salute], &[])
        .unwrap();
    let results = search.search(&SearchQuery::new("pensione")).unwrap();
    assert!(!results.answers && results.hits.is_empty());
    assert_eq!(results.near[0].as_str(), "prenotare-salute");
    for text in ["voltura del gas", "F24"] {
        assert!(
            !search.search(&SearchQuery::new(text)).unwrap().answers,
            "{text}"
        );
    }
}

#[test]
fn a_right_word_that_the_courses_do_not_have_is_not_corrected() {
    let search = with_words();
    for text in [
        "per mio foglio minorenne",
        "mi anno conto la carta",
        "vista",
        "gestire",
    ] {
        let results = search.search(&SearchQuery::new(text)).unwrap();
        assert_eq!(results.suggestions, [""; 0], "{text}");
    }
}

#[test]
fn two_words_without_a_space_between_them_are_found() {
    assert_eq!(first(&with_words(), "ricettaelettronica").1, "ricetta");
}

#[test]
fn what_no_course_is_about_is_told_though_a_word_of_a_lesson_was_said() {
    let search = with_words();
    let answers = |text: &str| search.search(&SearchQuery::new(text)).unwrap().answers;
    for text in [
        "bolletta",
        "ricetta della torta",
        "la bolletta della luce",
        "come si fa la torta",
    ] {
        assert!(!answers(text), "{text}");
    }
    for text in ["ricetta", "impegnativa", "tabacchino"] {
        assert!(answers(text), "{text}");
    }
}

#[test]
fn a_need_leads_only_where_no_lesson_is_called_by_more_of_it() {
    let search = with_words();
    let results = search
        .search(&SearchQuery::new("mi hanno rubato i soldi"))
        .unwrap();
    assert!(results.urgent);
    // The lesson is called by all of this, the need by a part.
    let results = search
        .search(&SearchQuery::new("dove trovo il numero"))
        .unwrap();
    assert!(!results.urgent);
}

#[test]
fn who_reads_one_language_is_shown_its_titles_whatever_was_typed() {
    let search = search();
    for (prefer, text) in [
        (Lang::It, "what it is"),
        (Lang::It, "choosing a provider"),
        (Lang::En, "scegliere il gestore"),
        (Lang::En, "che cos'è"),
        (Lang::En, "password"),
    ] {
        let query = SearchQuery {
            prefer: Some(prefer),
            ..SearchQuery::new(text)
        };
        let hits = search.search(&query).unwrap().hits;
        assert!(!hits.is_empty(), "{text}");
        for hit in hits {
            assert_eq!(hit.lang, prefer, "{text}: {}", hit.title);
        }
    }
}
