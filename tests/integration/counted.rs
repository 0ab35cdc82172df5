//! Every text that counts something, with 0, 1 and 2: "1 domanda", "2 domande", never "1 domande".
//!
//! The files of words are read as Fluent reads them, those of the pages and those of the complaints
//! about courses. A word behind a number that is the same behind 1 and behind 2 is a plural that
//! was forgotten, unless it is one of [`UNCHANGED`], or stands in [`EXCEPTIONS`] with its reason.

use std::collections::BTreeSet;
use std::fs;

use autonomia::content::message::{Message, say};
use autonomia::domain::locale::Lang;
use autonomia::web::templates;
use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use walkdir::WalkDir;

/// Words that stand behind a number and do not count: they are the same for one and for many.
const UNCHANGED: [&str; 34] = [
    "su", "di", "del", "al", "a", "in", "e", "ed", "o", "da", "per", "con", "non", "che", "KB",
    "id", "of", "to", "and", "or", "from", "at", "for", "more", "out", "listed", "is", "gave",
    "planned", "retired", "was", "cannot", "right", "on",
];

/// Messages in which a word behind a number stays the same, and why.
const EXCEPTIONS: [(&str, &str); 1] = [("alert-incompleti", "it is the data that lack")];

/// Places that hold no number.
const TEXTS: [&str; 20] = [
    "day", "from", "to", "moment", "at", "name", "kind", "query", "site", "what", "phone", "code",
    "done", "begun", "by", "point", "ending", "key", "question", "document",
];

/// A message, the names of its places, and of those that choose between its forms.
pub(crate) struct Counting {
    pub(crate) key: String,
    pub(crate) places: BTreeSet<String>,
    chosen_by: BTreeSet<String>,
}

fn look(pattern: &Pattern<String>, found: &mut Counting) {
    for element in &pattern.elements {
        if let PatternElement::Placeable { expression } = element {
            look_at(expression, found);
        }
    }
}

fn look_at(expression: &Expression<String>, found: &mut Counting) {
    match expression {
        Expression::Inline(inline) => look_in(inline, found),
        Expression::Select { selector, variants } => {
            if let InlineExpression::VariableReference { id } = selector {
                found.chosen_by.insert(id.name.clone());
            }
            look_in(selector, found);
            for variant in variants {
                look(&variant.value, found);
            }
        }
    }
}

fn look_in(inline: &InlineExpression<String>, found: &mut Counting) {
    match inline {
        InlineExpression::VariableReference { id } => {
            found.places.insert(id.name.clone());
        }
        InlineExpression::Placeable { expression } => look_at(expression, found),
        // Its places are those of the message that it stands in.
        InlineExpression::MessageReference { id, .. } => {
            found.places.insert(format!("@{}", id.name));
        }
        _ => {}
    }
}

/// The messages of a folder.
pub(crate) fn messages(folder: &str) -> Vec<Counting> {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/");
    let mut all = Vec::new();
    for entry in WalkDir::new(format!("{root}{folder}")) {
        let entry = entry.unwrap();
        if entry
            .path()
            .extension()
            .is_none_or(|ending| ending != "ftl")
        {
            continue;
        }
        let text = fs::read_to_string(entry.path()).unwrap();
        let file = fluent_syntax::parser::parse(text).unwrap();
        for one in file.body {
            match one {
                Entry::Message(message) => {
                    let mut found = Counting {
                        key: message.id.name.clone(),
                        places: BTreeSet::new(),
                        chosen_by: BTreeSet::new(),
                    };
                    look(&message.value.unwrap(), &mut found);
                    all.push(found);
                }
                Entry::Junk { content } => panic!("{}: {content}", entry.path().display()),
                _ => {}
            }
        }
    }
    let known: Vec<(String, BTreeSet<String>)> = all
        .iter()
        .map(|one| (format!("@{}", one.key), one.places.clone()))
        .collect();
    for one in &mut all {
        for (key, places) in &known {
            if one.places.remove(key) {
                one.places.extend(places.iter().cloned());
            }
        }
    }
    all
}

/// How a folder's messages are put into words.
type Words = fn(Lang, &str, &[(String, Option<i64>)]) -> String;

fn of_pages(lang: Lang, key: &str, places: &[(String, Option<i64>)]) -> String {
    let filled = places.iter().map(|(place, number)| {
        let value = match number {
            Some(number) => (*number).into(),
            None => "Maria".into(),
        };
        (place.clone().into(), value)
    });
    templates::text_with(lang, key, &filled.collect())
}

fn of_courses(lang: Lang, key: &str, places: &[(String, Option<i64>)]) -> String {
    let leak = |text: &str| -> &'static str { Box::leak(text.to_owned().into_boxed_str()) };
    let filled = places.iter().fold(say(leak(key)), |said, (place, number)| {
        let place = leak(place);
        match number {
            Some(number) => Message::with(said, place, *number),
            None => Message::with(said, place, "Maria"),
        }
    });
    filled.text(lang)
}

/// The word right behind each number of this value.
fn behind(text: &str, number: i64) -> Vec<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let number = number.to_string();
    let bare = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    words
        .windows(2)
        .filter(|pair| pair[0].trim_start_matches(|c: char| !c.is_alphanumeric()) == number)
        .map(|pair| bare(pair[1]))
        .filter(|word| word.starts_with(char::is_alphabetic))
        .collect()
}

const FOLDERS: [(&str, Words); 2] = [
    ("templates/locales", of_pages),
    ("src/content/locales", of_courses),
];

#[test]
fn every_counted_text_is_right_for_none_for_one_and_for_two() {
    let (mut wrong, mut counted) = (Vec::new(), 0);
    for (folder, words) in FOLDERS {
        for lang in Lang::ALL {
            for message in messages(&format!("{folder}/{lang}")) {
                let with = |number: i64| {
                    let places = message.places.iter().map(|place| {
                        let text = TEXTS.contains(&place.as_str());
                        (place.clone(), (!text).then_some(number))
                    });
                    words(lang, &message.key, &places.collect::<Vec<_>>())
                };
                counted += usize::from(!message.chosen_by.is_empty());
                let (none, one, two) = (with(0), with(1), with(2));
                let plural = behind(&two, 2);
                for word in behind(&one, 1) {
                    let known = UNCHANGED.contains(&word.as_str())
                        || EXCEPTIONS
                            .iter()
                            .any(|(key, why)| *key == message.key && !why.is_empty());
                    if !known && plural.contains(&word) {
                        wrong.push(format!("{lang} {}: 1 {word}: {one}", message.key));
                    }
                }
                for word in &plural {
                    let same = behind(&none, 0).contains(word) || !none.contains('0');
                    if !same {
                        wrong.push(format!("{lang} {}: 0, but 2 {word}: {none}", message.key));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(counted > 150, "the files were not read: {counted}");
}

#[test]
fn a_number_that_was_put_into_figures_before_counts_as_one_too() {
    let text = |count: &str| {
        let args = [("count".into(), count.to_owned().into())].into();
        templates::text_with(Lang::It, "module-quiz-questions", &args)
    };
    assert!(!text("1").contains("domande"), "{}", text("1"));
    assert!(text("1.000").contains("1.000 domande"), "{}", text("1.000"));
}

#[test]
fn the_look_for_forgotten_plurals_can_fail() {
    assert_eq!(behind("Riprendi (1 risposte su 10)", 1), ["risposte"]);
    assert_eq!(behind("Lezione 1 di 2, 11 giorni", 1), ["di"]);
}
