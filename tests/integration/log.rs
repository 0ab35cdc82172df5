//! What the program logs, at `debug`, during all tests: no line of it says anything of a person.
//!
//! Whatever the tests send or get that is a person's (names, codes, e-mails, passwords, tokens) is
//! remembered word by word; at the end of each [`TestApp`](crate::app::TestApp) the lines that came
//! are looked through for all of it.

use std::collections::{HashSet, VecDeque};
use std::io::Write;
use std::sync::{Arc, LazyLock, Mutex, Once};

use autonomia::web;
use serde_json::Value;

/// Lines that wait to be looked at; more means that nobody looks.
const MOST: usize = 1_000_000;

static LINES: Mutex<VecDeque<String>> = Mutex::new(VecDeque::new());
static FOLLOWERS: Mutex<Vec<Arc<Mutex<String>>>> = Mutex::new(Vec::new());
static PERSONAL: LazyLock<Mutex<HashSet<String>>> = LazyLock::new(Mutex::default);

/// The fields whose words are a person's, in the API, in forms and in files.
const FIELDS: [&str; 14] = [
    "codice_fiscale",
    "first_name",
    "last_name",
    "email",
    "phone",
    "password",
    "again",
    "token",
    "card",
    "tessera",
    "pin",
    "cf",
    "nome",
    "cognome",
];

struct Lines;

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let text = String::from_utf8_lossy(bytes).into_owned();
        for follower in FOLLOWERS.lock().unwrap().iter() {
            follower.lock().unwrap().push_str(&text);
        }
        let mut lines = LINES.lock().unwrap();
        lines.push_back(text);
        assert!(lines.len() < MOST, "nobody looks at the log");
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Keeps every line from here on.
pub(crate) fn listen() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let panics = std::panic::take_hook();
        web::log::install("warn,autonomia=trace", || Lines);
        // A test that fails says why.
        std::panic::set_hook(panics);
    });
}

/// Every line from here on, of all tests.
pub(crate) fn follow() -> Arc<Mutex<String>> {
    listen();
    let lines = Arc::default();
    FOLLOWERS.lock().unwrap().push(Arc::clone(&lines));
    lines
}

/// Remembers what no line may say.
pub(crate) fn remember(text: &str) {
    let mut personal = PERSONAL.lock().unwrap();
    personal.extend(words(text).filter(|word| is_telling(word)));
}

/// Remembers what is a person's in JSON that was sent or came.
pub(crate) fn remember_json(value: &Value) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                match value {
                    Value::String(text) if FIELDS.contains(&name.as_str()) => remember(text),
                    value => remember_json(value),
                }
            }
        }
        Value::Array(values) => values.iter().for_each(remember_json),
        _ => {}
    }
}

/// Remembers what is a person's in a form or in an address.
pub(crate) fn remember_form(text: &str) {
    for (name, value) in form_urlencoded::parse(text.as_bytes()) {
        if FIELDS.contains(&&*name) {
            remember(&value);
        }
    }
}

/// Every line that came says nothing of anybody.
pub(crate) fn look() {
    let lines = std::mem::take(&mut *LINES.lock().unwrap());
    let personal = PERSONAL.lock().unwrap();
    for line in lines {
        if let Some(word) = told(&line, &personal) {
            panic!("the log says {word:?}: {line}");
        }
    }
}

/// Nothing that is a person's stands in a text of the program's own.
#[track_caller]
pub(crate) fn says_nothing(text: &str) {
    let personal = PERSONAL.lock().unwrap();
    let word = told(text, &personal);
    assert!(word.is_none(), "{word:?} in {text}");
}

/// The first word of a text that is a person's.
fn told(text: &str, personal: &HashSet<String>) -> Option<String> {
    words(text).find(|word| personal.contains(word))
}

fn words(text: &str) -> impl Iterator<Item = String> {
    let inside = |c: char| c.is_alphanumeric() || matches!(c, '@' | '.' | '_' | '-');
    let words = text.split(move |c: char| !inside(c));
    words
        .map(|word| word.trim_matches(['.', '-', '_']).to_lowercase())
        .filter(|word| word.chars().count() > 3)
        .collect::<Vec<_>>()
        .into_iter()
}

/// A person's word, not one that the program has itself.
fn is_telling(word: &str) -> bool {
    const OURS: [&str; 3] = ["spid", "desk", "test"];
    !OURS.contains(&word)
}

#[test]
fn a_line_that_says_something_of_a_person_is_found() {
    let personal: HashSet<String> = ["RSSMRA80A01H501U", "Provolini", "nina@example.org"]
        .iter()
        .flat_map(|text| words(text))
        .collect();
    for line in [
        "2026-11-21 WARN autonomia::web: not read: string \"rssmra80a01h501u\", expected a boolean",
        "ERROR autonomia: cannot write PROVOLINI.",
        "DEBUG route=/punto/{id} email=nina@example.org",
    ] {
        assert!(told(line, &personal).is_some(), "{line}");
    }
    assert_eq!(
        told("DEBUG autonomia::web::gate: answered method=GET", &personal),
        None
    );
}
