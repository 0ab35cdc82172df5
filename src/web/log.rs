//! The log: what it may say, and how often.
//!
//! It never repeats what somebody sent. Handlers log ids and causes; what a cause repeats (a value
//! in quotation marks, an e-mail, a codice fiscale, a token) is masked in every line before it is
//! written. The libraries are heard from warnings upward, and the one that reads requests not at
//! all: its lines are about what was sent.

use std::collections::HashMap;
use std::fmt;
use std::panic::PanicHookInfo;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use tracing::{Event, Level, Metadata, Subscriber};
use tracing_log::NormalizeEvent as _;
use tracing_subscriber::filter::filter_fn;
use tracing_subscriber::fmt::format::{Format, Full, Writer};
use tracing_subscriber::fmt::{FmtContext, FormatEvent, FormatFields, MakeWriter};
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::registry::LookupSpan;
use tracing_subscriber::util::SubscriberInitExt as _;
use tracing_subscriber::{EnvFilter, Layer as _};

/// Lines of one place in the code in [`WINDOW`].
const OFTEN: u32 = 30;
/// How long lines are counted.
const WINDOW: Duration = Duration::from_secs(10);
/// Places that are counted at one time; there are not so many.
const PLACES: usize = 1_000;
/// The longest line, in bytes.
const LONGEST: usize = 2_000;

/// Writes the log as `filter` says, in the syntax of `RUST_LOG`. Where the program that embeds
/// this has a log of its own, that one stays.
pub fn install<W>(filter: &str, writer: W)
where
    W: for<'w> MakeWriter<'w> + Send + Sync + 'static,
{
    let wanted = EnvFilter::try_new(filter).unwrap_or_else(|_| EnvFilter::new("warn"));
    let lines = tracing_subscriber::fmt::layer()
        .event_format(Careful::default())
        .with_writer(writer)
        .with_filter(filter_fn(may_speak));
    let installed = tracing_subscriber::registry()
        .with(wanted)
        .with(lines)
        .try_init();
    if installed.is_ok() {
        std::panic::set_hook(Box::new(panicked));
    }
}

fn may_speak(place: &Metadata<'_>) -> bool {
    let target = place.target();
    let is = |name: &str| {
        target
            .strip_prefix(name)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
    };
    !is("actix_http") && (is("autonomia") || *place.level() <= Level::WARN)
}

/// The text of a panic may hold a person's words: only one that is written in the code is logged.
fn panicked(what: &PanicHookInfo<'_>) {
    let place = what.location().map(ToString::to_string).unwrap_or_default();
    let text = what.payload().downcast_ref::<&'static str>().copied();
    tracing::error!(
        place,
        "a panic: {}",
        text.unwrap_or("(its text is left out)")
    );
}

/// Logs a cause that is our fault.
pub(super) fn failure(cause: &anyhow::Error) {
    match cause.downcast_ref::<minijinja::Error>() {
        // Its long form prints the values of the page.
        Some(template) => tracing::error!(
            template = template.name().unwrap_or_default(),
            line = template.line().unwrap_or_default(),
            "a page could not be made: {}: {}",
            template.kind(),
            template.detail().unwrap_or_default(),
        ),
        None => tracing::error!("{cause:#}"),
    }
}

/// Masks each line, and leaves out those that repeat themselves.
#[derive(Default)]
struct Careful {
    line: Format<Full>,
    said: Mutex<HashMap<Place, Said>>,
}

type Place = (Level, String, Option<u32>);

struct Said {
    since: Instant,
    lines: u32,
}

impl Careful {
    /// How many lines like this were left out before, or `None` if this one is too.
    fn turn(&self, place: Place, now: Instant) -> Option<u32> {
        let mut said = self.said.lock().unwrap_or_else(PoisonError::into_inner);
        if said.len() >= PLACES {
            said.retain(|_, said| now.duration_since(said.since) < WINDOW);
        }
        let said = said.entry(place).or_insert(Said {
            since: now,
            lines: 0,
        });
        let mut left_out = 0;
        if now.duration_since(said.since) >= WINDOW {
            left_out = said.lines.saturating_sub(OFTEN);
            *said = Said {
                since: now,
                lines: 0,
            };
        }
        said.lines = said.lines.saturating_add(1);
        (said.lines <= OFTEN).then_some(left_out)
    }
}

impl<S, N> FormatEvent<S, N> for Careful
where
    S: Subscriber + for<'a> LookupSpan<'a>,
    N: for<'a> FormatFields<'a> + 'static,
{
    fn format_event(
        &self,
        context: &FmtContext<'_, S, N>,
        mut writer: Writer<'_>,
        event: &Event<'_>,
    ) -> fmt::Result {
        let from_log = event.normalized_metadata();
        let place = from_log.as_ref().unwrap_or_else(|| event.metadata());
        let key = (*place.level(), place.target().to_owned(), place.line());
        // What is asked for in detail is wanted whole.
        let left_out = match *place.level() > Level::INFO {
            true => Some(0),
            false => self.turn(key, Instant::now()),
        };
        let Some(left_out) = left_out else {
            return Ok(());
        };
        let mut line = String::new();
        self.line
            .format_event(context, Writer::new(&mut line), event)?;
        if left_out > 0 {
            writeln!(writer, "({left_out} lines like the next one were left out)")?;
        }
        writeln!(writer, "{}", masked(line.trim_end()))
    }
}

/// A line without what could be about a person: quoted values that are no identifier, e-mails,
/// codici fiscali, tokens and codes of cards. A line is one line.
fn masked(line: &str) -> String {
    const GONE: char = '…';
    let mut out = String::with_capacity(line.len());
    let mut rest = unquoted(line);
    if rest.len() > LONGEST {
        let end = (0..=LONGEST).rev().find(|at| rest.is_char_boundary(*at));
        rest.truncate(end.unwrap_or(0));
        rest.push(GONE);
    }
    let in_word = |c: char| c.is_alphanumeric() || matches!(c, '@' | '.' | '_' | '-' | '+');
    let mut word = String::new();
    for character in rest.chars().chain(std::iter::once('\n')) {
        if in_word(character) {
            word.push(character);
            continue;
        }
        match is_personal(word.trim_matches(['.', '-', '+', '_'])) {
            true => out.push(GONE),
            false => out.push_str(&word),
        }
        word.clear();
        out.push(if character.is_control() {
            ' '
        } else {
            character
        });
    }
    out.truncate(out.trim_end().len());
    out
}

/// The line with the contents of its quotation marks gone, where they are no identifier.
fn unquoted(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut characters = line.chars();
    let mut before = ' ';
    while let Some(character) = characters.next() {
        out.push(character);
        // An apostrophe is a quotation mark only where a word cannot have one.
        let opens =
            matches!(character, '"' | '`') || character == '\'' && !before.is_alphanumeric();
        before = character;
        if !opens {
            continue;
        }
        let mut inside = String::new();
        let mut closed = false;
        while let Some(next) = characters.next() {
            match next {
                '\\' => inside.extend([Some(next), characters.next()].into_iter().flatten()),
                next if next == character => {
                    closed = true;
                    break;
                }
                next => inside.push(next),
            }
        }
        let ours = |c: char| c.is_ascii_lowercase() || matches!(c, '_' | '.' | ':' | '-' | '/');
        match inside.chars().all(ours) {
            true => out.push_str(&inside),
            false => out.push('…'),
        }
        if closed {
            out.push(character);
        }
        before = character;
    }
    out
}

fn is_personal(word: &str) -> bool {
    let letters = |part: &str| part.chars().all(|c| c.is_ascii_alphabetic());
    let is_email = word
        .split_once('@')
        .is_some_and(|(user, host)| !user.is_empty() && !host.is_empty());
    let is_code = word.len() == 16
        && word.chars().all(|c| c.is_ascii_alphanumeric())
        && letters(&word[..6])
        && letters(&word[15..])
        && !letters(word);
    let random = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    let mixed = word.contains(|c: char| c.is_ascii_uppercase())
        && word.contains(|c: char| c.is_ascii_lowercase())
        && word.contains(|c: char| c.is_ascii_digit());
    let is_token = word.len() >= 32 && mixed && word.chars().all(random);
    is_email || is_code || is_token || is_card(word)
}

/// As cards are written: `AAAA-AAAA-A`.
fn is_card(word: &str) -> bool {
    let capital = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit();
    let parts: Vec<&str> = word.split('-').collect();
    let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
    lengths == [4, 4, 1] && parts.iter().all(|part| part.chars().all(capital))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_be_about_a_person_is_masked() {
        for (line, left) in [
            (
                r#"invalid type: string "Nicolò Rossi", expected a boolean"#,
                r#"invalid type: string "…", expected a boolean"#,
            ),
            (
                r#"duplicate key value violates unique constraint "citizens_cf_key""#,
                r#"duplicate key value violates unique constraint "citizens_cf_key""#,
            ),
            ("Key (email)=(anna.bianchi@example.org)", "Key (email)=(…)"),
            ("the code RSSMRA80A01H501U.", "the code …"),
            ("the card K7QM-2XTR-9 opens", "the card … opens"),
            ("it isn't 'Mario Rossi', it's not", "it isn't '…', it's not"),
            (r#"said "a \" Rossi"#, r#"said "…"#),
            (
                "id=01936f2e-1c34-7a1b-9c55-0123456789ab",
                "id=01936f2e-1c34-7a1b-9c55-0123456789ab",
            ),
            ("two\nlines", "two lines"),
        ] {
            assert_eq!(masked(line), left);
        }
        let token = "eyJhbGciOiJIUzI1NiJ9.eyJqdGkiOiIwMTkifQ.c2lnbmF0dXJl";
        assert_eq!(masked(token), "…");
        assert!(masked(&"è ".repeat(5_000)).len() < 2 * LONGEST);
    }

    #[test]
    fn lines_that_repeat_themselves_are_counted_and_left_out() {
        let log = Careful::default();
        let place = || (Level::ERROR, "here".to_owned(), Some(1));
        let start = Instant::now();
        let written = (0..100).filter(|_| log.turn(place(), start).is_some());
        assert_eq!(written.count(), 30);
        assert_eq!(
            log.turn((Level::ERROR, "there".to_owned(), None), start),
            Some(0)
        );
        assert_eq!(log.turn(place(), start + WINDOW), Some(70));
        assert_eq!(log.turn(place(), start + WINDOW), Some(0));
    }
}
