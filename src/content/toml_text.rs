//! TOML as people write it: what is wrong is found statement by statement and told in our words,
//! one complaint a mistake. What the library says of it is not shown.
//!
//! A statement that cannot be read is mended where it is plain what is meant, or else blanked, so
//! that the rest can be read and one slip has no echo. Every place stays where it was.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use time::{Date, Month};
use toml::de::{DeTable, DeValue};

use super::message::{Message, say};
use super::source::Span;
use super::toml_mistakes::{Mistake, classified, key_of};

/// The most mistakes that are told of one text.
const MOST: usize = 20;

/// Something that is not TOML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Misread {
    pub(super) span: Span,
    pub(super) message: Message,
    pub(super) help: Message,
}

/// The day of a TOML date without a time.
pub(super) fn date(value: &DeValue<'_>) -> Option<Date> {
    let day = value.as_datetime()?;
    let day = day
        .date
        .filter(|_| day.time.is_none() && day.offset.is_none())?;
    let month = Month::try_from(day.month).ok()?;
    Date::from_calendar_date(i32::from(day.year), month, day.day).ok()
}

/// What a text of TOML is part of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TomlWithin {
    /// Front matter, below its first line: keys alone.
    FrontMatter,
    /// A file of its own: keys and tables.
    File,
}

/// The text as it can be read, and what was wrong with it.
pub(super) fn mended(text: &str, within: TomlWithin) -> (Cow<'_, str>, Vec<Misread>) {
    let tables = within == TomlWithin::File;
    let before = usize::from(!tables);
    let named = |text: &str| text.lines().any(|line| line.trim_start().starts_with('['));
    if DeTable::parse(text).is_ok() && (tables || !named(text)) {
        return (Cow::Borrowed(text), Vec::new());
    }
    let mut mended = text.to_owned();
    let mut found = Vec::new();
    let mut seen: HashMap<&str, usize> = HashMap::new();
    for (line, span) in Statements::of(text) {
        if found.len() >= MOST {
            break;
        }
        let statement = &text[span.clone()];
        let mistake = if !tables && statement.starts_with('[') {
            Mistake {
                message: say("toml-no-tables"),
                help: say("toml-no-tables-help"),
                mended: None,
            }
        } else if DeTable::parse(statement).is_err() {
            classified(statement)
        } else if statement.starts_with('[') {
            seen.clear();
            continue;
        } else if let Some(key) = key_of(statement) {
            match seen.insert(key, line) {
                Some(first) => Mistake {
                    message: say("toml-twice").with("key", key),
                    help: say("toml-twice-help").with("line", (before + first).to_string()),
                    mended: None,
                },
                None => continue,
            }
        } else {
            continue;
        };
        replace(&mut mended, &span, mistake.mended.as_deref());
        let (span, help) = match in_lines(statement) {
            Some(line) => (
                span.start + line.start..span.start + line.end,
                say("toml-lines-help"),
            ),
            None => (span, mistake.help),
        };
        found.push(Misread {
            span,
            message: mistake.message,
            help,
        });
    }
    // What no statement has by itself: a table that is there twice, and the like.
    while found.len() < MOST {
        let (_, errors) = DeTable::parse_recoverable(&mended);
        let Some(error) = errors.first() else { break };
        let at = error.span().map_or(0, |span| span.start).min(text.len());
        let span = line_at(&mended, at);
        if mended[span.clone()].trim().is_empty() {
            break;
        }
        replace(&mut mended, &span, None);
        found.push(Misread {
            span,
            message: say("toml-syntax"),
            help: say("toml-syntax-help"),
        });
    }
    if found.is_empty() && DeTable::parse(&mended).is_err() {
        found.push(Misread {
            span: 0..0,
            message: say("toml-syntax"),
            help: say("toml-syntax-help"),
        });
    }
    found.sort_by_key(|one| one.span.start);
    (Cow::Owned(mended), found)
}

/// The line at which a long list cannot be read on: there is no use in saying all of it again.
fn in_lines(statement: &str) -> Option<Span> {
    let many = 10;
    if statement.matches('\n').count() < many {
        return None;
    }
    let (_, errors) = DeTable::parse_recoverable(statement);
    Some(line_at(statement, errors.first()?.span()?.start))
}

/// Puts a text in the place of another, or nothing, without moving what follows.
fn replace(text: &mut String, span: &Range<usize>, with: Option<&str>) {
    let blank = |part: &str| -> String {
        let bytes = part.bytes();
        bytes.map(|b| if b == b'\n' { '\n' } else { ' ' }).collect()
    };
    let room = span.len();
    let new = match with.filter(|new| new.len() <= room && !text[span.clone()].contains('\n')) {
        Some(new) => format!(
            "{new:room$}",
            room = room - (new.len() - new.chars().count())
        ),
        None => blank(&text[span.clone()]),
    };
    text.replace_range(span.clone(), &new);
}

fn line_at(text: &str, at: usize) -> Span {
    let at = text.floor_char_boundary(at);
    // An error at the end of a line is the line's.
    let start = text[..at].rfind('\n').map_or(0, |found| found + 1);
    let end = text[at..].find('\n').map_or(text.len(), |found| at + found);
    let line = &text[start..end];
    let indent = line.len() - line.trim_start().len();
    start + indent..start + indent + line.trim().len()
}

/// The statements of a text, each with the number of its first line: a table's name, or a key with
/// its value, which may go over several lines.
struct Statements<'t> {
    text: &'t str,
    at: usize,
    line: usize,
}

impl<'t> Statements<'t> {
    fn of(text: &'t str) -> Self {
        Self {
            text,
            at: 0,
            line: 0,
        }
    }
}

impl Iterator for Statements<'_> {
    type Item = (usize, Span);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let rest = self.text.get(self.at..).filter(|rest| !rest.is_empty())?;
            let line = rest.split('\n').next().unwrap_or(rest);
            let words = line.trim();
            self.line += 1;
            if words.is_empty() || words.starts_with('#') {
                self.at += line.len() + 1;
                continue;
            }
            let start = self.at + (line.len() - line.trim_start().len());
            let first = self.at + line.trim_end().len();
            let end = match words.starts_with('[') {
                true => first,
                false => end_of_value(self.text, start)
                    .unwrap_or_else(|| end_of_open(self.text, start, first)),
            };
            let number = self.line;
            self.line += self.text[start..end].matches('\n').count();
            let after = self.text[end..].find('\n').map(|found| end + found + 1);
            self.at = after.unwrap_or(self.text.len());
            return Some((number, start..end));
        }
    }
}

/// Where a key's value ends, if it goes over several lines, is closed, and can be read.
fn end_of_value(text: &str, start: usize) -> Option<usize> {
    let first = text[start..].split('\n').next()?;
    let opens = first.contains(['[', '{']) || first.contains("\"\"\"") || first.contains("'''");
    if !opens || DeTable::parse(first).is_ok() {
        return None;
    }
    let mut depth = 0_usize;
    let mut rest = &text[start..];
    let at = |rest: &str| text.len() - rest.len();
    while let Some(c) = rest.chars().next() {
        let long = ["\"\"\"", "'''"]
            .into_iter()
            .find(|mark| rest.starts_with(mark));
        if let Some(mark) = long {
            let inside = &rest[mark.len()..];
            rest = &inside[inside.find(mark)? + mark.len()..];
            continue;
        }
        rest = &rest[c.len_utf8()..];
        match c {
            '"' | '\'' => {
                let line = rest.split('\n').next().unwrap_or(rest);
                rest = &rest[closing(line, c)? + 1..];
            }
            '#' => rest = &rest[rest.find('\n').unwrap_or(rest.len())..],
            '[' | '{' => depth += 1,
            ']' | '}' => depth = depth.checked_sub(1)?,
            '\n' if depth == 0 => {
                let end = at(rest) - 1;
                let statement = text[start..end].trim_end();
                return DeTable::parse(statement)
                    .is_ok()
                    .then_some(start + statement.len());
            }
            _ => {}
        }
    }
    let statement = text[start..].trim_end();
    (depth == 0 && DeTable::parse(statement).is_ok()).then_some(start + statement.len())
}

/// Where a statement ends whose first line leaves a bracket or a quotation mark open: before the
/// next line that begins something of its own.
fn end_of_open(text: &str, start: usize, first: usize) -> usize {
    let line = &text[start..first];
    let count = |c: char| line.matches(c).count();
    let bracket = count('[') > count(']') || count('{') > count('}');
    let quote = count('"') % 2 == 1 && count('=') == 1;
    if !(bracket || quote) {
        return first;
    }
    let mut end = first;
    for next in text[first..].split('\n').skip(1) {
        let words = next.trim();
        let own = words.is_empty() || words.starts_with(['#', '[']) || words.contains('=');
        // A quotation mark that is closed on the next line may only be the one forgotten.
        if own || (!bracket && !words.ends_with('"')) {
            break;
        }
        end = text[end..]
            .find(words)
            .map_or(end, |at| end + at + words.len());
        if words.ends_with([']', '}']) || !bracket {
            break;
        }
    }
    end
}

/// Where a text in quotation marks of this kind is closed, on its line.
pub(super) fn closing(line: &str, mark: char) -> Option<usize> {
    let mut escaped = false;
    line.char_indices()
        .find(|(_, c)| {
            let closes = *c == mark && !escaped;
            escaped = mark == '"' && *c == '\\' && !escaped;
            closes
        })
        .map(|(at, _)| at)
}
