//! The words of the interface: every key in every language, used, and there when it is used.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

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
    for status in [400, 401, 403, 404, 405, 409, 413, 415, 422, 429, 500, 503] {
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
