//! The words of the interface: every key in every language, used, there when it is used, and
//! easy to read.
//!
//! How reading is measured. A message is rendered as the pages render it: every variant of a
//! selector, and each place filled with what usually stands there. Each text is measured by itself,
//! because a person reads one help text, one error, one label at a time: an easy page does not
//! excuse a hard sentence.
//!
//! - Italian: the Gulpease index of [`Measure`], the one that lessons are measured by, is 70 or
//!   more. It falls with long sentences and with long words, and is kind to labels of a few words,
//!   so those are held to [`LONGEST_WORD`] too.
//! - English: the Flesch reading ease is 60 or more ("plain English"). One long word in a label of
//!   three sinks it, so texts below [`FEWEST_WORDS`] words are measured together.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use autonomia::content::plain_language::{Measure, words_of};
use autonomia::db::audit::Action;
use autonomia::domain::locale::Lang;
use autonomia::network::counting::NotCounted;
use autonomia::web::templates;
use walkdir::WalkDir;

/// Message → the names of its places.
type Messages = BTreeMap<String, BTreeSet<String>>;

fn messages(lang: Lang) -> Messages {
    let mut all = Messages::new();
    for (_, text) in files(&format!("templates/locales/{lang}"), "ftl") {
        let mut last = String::new();
        for line in text.lines() {
            let begins = line.starts_with(|c: char| c.is_ascii_alphabetic());
            if let Some((key, _)) = line.split_once(" =").filter(|_| begins) {
                key.clone_into(&mut last);
                assert!(
                    all.insert(last.clone(), BTreeSet::new()).is_none(),
                    "{lang}: {last} is there twice"
                );
            }
            for (_, rest) in line
                .match_indices("{ $")
                .map(|(at, _)| line.split_at(at + 3))
            {
                let name: String = rest
                    .chars()
                    .take_while(char::is_ascii_alphanumeric)
                    .collect();
                all.get_mut(&last).unwrap().insert(name);
            }
        }
    }
    assert!(all.len() > 200, "the files of {lang} were not read");
    all
}

/// The files of a folder, without what npm put there.
fn files(folder: &str, ending: &str) -> Vec<(String, String)> {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/");
    WalkDir::new(format!("{root}{folder}"))
        .into_iter()
        .filter_entry(|entry| entry.file_name() != "node_modules")
        .map(Result::unwrap)
        .filter(|entry| {
            entry
                .path()
                .extension()
                .is_some_and(|found| found == ending)
        })
        .map(|entry| {
            let path = entry.path().strip_prefix(root).unwrap();
            (
                path.display().to_string(),
                fs::read_to_string(entry.path()).unwrap(),
            )
        })
        .collect()
}

/// What stands between a mark and the next quotation mark.
fn after<'t>(text: &'t str, mark: &str) -> impl Iterator<Item = (&'t str, &'t str)> {
    text.match_indices(mark).filter_map(move |(at, _)| {
        let rest = &text[at + mark.len()..];
        rest.split_once('"')
    })
}

/// A template with a `¶` for every `t("`, and for no other call that ends in a t.
fn asked(template: &str) -> String {
    let mut out = template.to_owned();
    for before in [" ", "(", "{"] {
        out = out.replace(&format!("{before}t(\""), &format!("{before}¶"));
    }
    out
}

#[test]
fn every_message_is_in_every_language_with_the_same_places() {
    let (italian, english) = (messages(Lang::It), messages(Lang::En));
    for (key, places) in &italian {
        assert_eq!(english.get(key), Some(places), "{key}");
    }
    for key in english.keys() {
        assert!(italian.contains_key(key), "{key} is in English only");
    }
}

#[test]
fn every_message_that_a_template_or_the_code_asks_for_is_there() {
    let known = messages(Lang::It);
    let mut missing = Vec::new();
    for (file, text) in files("templates", "html") {
        for (key, rest) in after(&asked(&text), "¶") {
            let there = if rest.trim_start().starts_with('~') {
                known.keys().any(|one| one.starts_with(key))
            } else {
                known.contains_key(key)
            };
            if !there {
                missing.push(format!("{file}: {key}"));
            }
        }
    }
    for (file, text) in files("src", "rs") {
        let text: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
        for mark in ["text(lang, \"", "bad_request(\"", "FieldError::new("] {
            for (key, rest) in after(&text, mark) {
                let key = match mark {
                    "FieldError::new(" => rest.split('"').nth(2).unwrap_or_default(),
                    _ => key,
                };
                let is_key = key
                    .chars()
                    .all(|c| c.is_ascii_alphanumeric() || "-_".contains(c));
                if is_key && !key.is_empty() && !known.contains_key(key) {
                    missing.push(format!("{file}: {key}"));
                }
            }
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn every_reason_and_every_status_has_its_words() {
    let known = messages(Lang::It);
    for reason in NotCounted::ALL {
        let key = format!("not-counted-{}", reason.key());
        assert!(known.contains_key(&key), "{key}");
    }
    for status in [
        400, 401, 403, 404, 405, 408, 409, 413, 415, 422, 429, 500, 503,
    ] {
        for part in ["title", "text", "advice"] {
            let key = format!("error-{status}-{part}");
            assert!(
                templates::has(Lang::It, &key) && templates::has(Lang::En, &key),
                "{key}"
            );
        }
    }
}

#[test]
fn everything_that_the_audit_can_hold_has_its_words() {
    let mut names = BTreeSet::new();
    for action in Action::ALL {
        let key = format!("audit-act-{}", action.name());
        for lang in [Lang::It, Lang::En] {
            assert!(templates::has(lang, &key), "{key} in {lang:?}");
        }
        assert!(names.insert(key.clone()), "{key} twice");
    }
    // And the words are of nothing else.
    let worded = messages(Lang::It);
    let worded = worded.keys().filter(|key| key.starts_with("audit-act-"));
    let worded: BTreeSet<String> = worded.map(ToString::to_string).collect();
    assert_eq!(worded, names);
}

#[test]
fn no_message_is_left_over() {
    let mut places: Vec<String> = files("templates", "html")
        .into_iter()
        .map(|(_, t)| t)
        .collect();
    places.extend(files("src", "rs").into_iter().map(|(_, text)| text));
    let text = places.concat();
    // A key that is put together is used by its beginning: `t("minutes-" ~ n)`, `format!("month-{}")`.
    let beginnings: BTreeSet<&str> = after(&text, "t(\"")
        .chain(after(&text, "format!(\""))
        .filter_map(|(key, rest)| {
            let put_together = rest.trim_start().starts_with('~');
            match key.split_once('{') {
                Some((beginning, _)) => Some(beginning),
                None => put_together.then_some(key),
            }
        })
        .filter(|beginning| beginning.ends_with('-'))
        .collect();
    let mut left = Vec::new();
    let pages = ["privacy-", "accessibilita-", "cookie-"];
    for key in messages(Lang::It).keys() {
        let whole = text.contains(&format!("\"{key}\""));
        let begun = beginnings.iter().any(|one| key.starts_with(one));
        let page = pages.iter().any(|page| key.starts_with(page));
        if !(whole || begun || page) {
            left.push(key.clone());
        }
    }
    assert!(left.is_empty(), "nothing uses {left:#?}");
}

/// Easy for who has finished primary school; the courses ask 60 of themselves.
const EASY_ITALIAN: f64 = 70.0;
/// "Facilitazione", the network's own name, is the longest word that is needed.
const LONGEST_WORD: usize = 13;
const EASY_ENGLISH: f64 = 60.0;
/// Flesch made the index for pages of a hundred words; a sentence is the least that it can judge.
const FEWEST_WORDS: u32 = 8;

/// A message as people read it: all its variants, its places filled.
fn texts(lang: Lang, key: &str, places: &BTreeSet<String>) -> BTreeSet<String> {
    // Every selector chooses by a number, and these reach each of the variants.
    [0, 1, 2, 20]
        .map(|number| {
            let fill = |place: &String| match place.as_str() {
                "day" | "from" | "to" => "3 maggio 2026".into(),
                "name" | "query" | "site" => "Maria".into(),
                _ => number.into(),
            };
            let filled = places
                .iter()
                .map(|place| (place.clone().into(), fill(place)))
                .collect();
            templates::text_with(lang, key, &filled)
        })
        .into()
}

/// The vowels that are heard, by the usual rule of thumb: a final "e" is silent, and so is the one
/// of "-es" and "-ed".
fn syllables(word: &str) -> u32 {
    let word = word.to_lowercase();
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    let stem = ["es", "ed", "e"]
        .iter()
        .find_map(|end| word.strip_suffix(end))
        .filter(|stem| stem.len() > 1 && !stem.ends_with(['l', 'a', 'e', 'i', 'o', 'u', 'y']))
        .unwrap_or(word);
    let heard = |part: &&str| !part.is_empty();
    let groups = stem.split(|c| !"aeiouy".contains(c)).filter(heard).count();
    u32::try_from(groups.max(1)).unwrap()
}

/// `206.835 − 1.015 · words / sentences − 84.6 · syllables / words`.
fn flesch(measure: Measure, syllables: u32) -> f64 {
    let words = f64::from(measure.words);
    206.835 - 1.015 * words / f64::from(measure.sentences) - 84.6 * f64::from(syllables) / words
}

#[test]
fn every_italian_text_is_easy_to_read() {
    let mut hard = Vec::new();
    for (key, places) in messages(Lang::It) {
        for text in texts(Lang::It, &key, &places) {
            let index = Measure::of(&text).gulpease().unwrap();
            if index < EASY_ITALIAN {
                hard.push(format!("{key}: {index:.0} of {EASY_ITALIAN}: {text}"));
            }
            let long = |word: &&str| word.chars().count() > LONGEST_WORD;
            for word in text.split(|c: char| !c.is_alphabetic()).filter(long) {
                hard.push(format!("{key}: a shorter word than \"{word}\": {text}"));
            }
        }
    }
    assert!(hard.is_empty(), "hard to read: {hard:#?}");
}

#[test]
fn every_english_text_is_easy_to_read() {
    let mut hard = Vec::new();
    let (mut short, mut heard) = (Measure::default(), 0);
    for (key, places) in messages(Lang::En) {
        for text in texts(Lang::En, &key, &places) {
            let measure = Measure::of(&text);
            let syllables = words_of(&text).map(syllables).sum();
            let index = flesch(measure, syllables);
            if measure.words < FEWEST_WORDS {
                short += measure;
                heard += syllables;
            } else if index < EASY_ENGLISH {
                hard.push(format!("{key}: {index:.0} of {EASY_ENGLISH}: {text}"));
            }
        }
    }
    let index = flesch(short, heard);
    if index < EASY_ENGLISH {
        hard.push(format!(
            "the short texts together: {index:.0} of {EASY_ENGLISH}"
        ));
    }
    assert!(hard.is_empty(), "hard to read: {hard:#?}");
}

#[test]
fn the_measures_of_reading_can_fail() {
    let hard = "L'autenticazione presuppone il completamento della procedura di identificazione.";
    assert!(Measure::of(hard).gulpease().unwrap() < EASY_ITALIAN);
    assert!(
        Measure::of("Prima ti fai riconoscere. Poi entri.")
            .gulpease()
            .unwrap()
            > EASY_ITALIAN
    );
    for (word, heard) in [
        ("the", 1),
        ("made", 1),
        ("asked", 1),
        ("table", 2),
        ("facilitation", 5),
    ] {
        assert_eq!(syllables(word), heard, "{word}");
    }
    let places = ["count".to_owned()].into();
    assert_eq!(texts(Lang::It, "minutes", &places).len(), 4);
}
