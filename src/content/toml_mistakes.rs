//! What is wrong with one statement of TOML, by what people do: habits of word processors, of other
//! formats and of Italian spelling.

use time::{Date, Month};
use toml::de::DeTable;

use super::message::{Message, one_line, say};
use super::toml_text::closing;

/// A mistake, and the statement as it is meant, where that is plain.
pub(super) struct Mistake {
    pub(super) message: Message,
    pub(super) help: Message,
    pub(super) mended: Option<String>,
}

/// The keys whose value is a whole number.
const NUMBERS: &[&str] = &["level", "minutes", "pass", "rev"];
/// The keys whose value is a list of texts, those of `paths.toml` too.
const LISTS: &[&str] = &[
    "digcomp", "domains", "keywords", "requires", "sources", "asks", "modules",
];
/// Quotation marks of word processors.
const CURLY: [char; 8] = ['“', '”', '„', '‟', '«', '»', '‘', '’'];
/// Spaces that look like one and are none for a program.
const INVISIBLE: [char; 6] = [
    '\u{a0}', '\u{2007}', '\u{202f}', '\u{200b}', '\u{feff}', '\u{3000}',
];

/// A mistake whose help is the statement as it should be, or else another sentence.
fn mistake(message: Message, mended: Option<String>, otherwise: Message) -> Mistake {
    let mended = mended.filter(|it| DeTable::parse(it).is_ok());
    let help = match &mended {
        Some(line) => say("toml-write").with("line", one_line(line)),
        None => otherwise,
    };
    Mistake {
        message,
        help,
        mended,
    }
}

/// The key of a statement: one word before the equals sign.
pub(super) fn key_of(statement: &str) -> Option<&str> {
    let key = statement.split_once('=')?.0.trim();
    let key = key.trim_matches(['"', '\'']);
    is_key(key).then_some(key)
}

fn is_key(key: &str) -> bool {
    let letter = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    !key.is_empty() && key.chars().all(letter)
}

/// What is wrong with a statement that cannot be read.
pub(super) fn classified(statement: &str) -> Mistake {
    let general = || say("toml-syntax-help");
    let statement = statement.trim();
    let visible = statement.replace(INVISIBLE, " ");
    if visible != statement && DeTable::parse(&visible).is_ok() {
        return mistake(say("toml-invisible"), Some(visible), general());
    }
    if visible.starts_with('[') {
        let name = visible.trim_matches(['[', ']', ' ']);
        let table = is_key(name).then(|| format!("[[{name}]]"));
        return mistake(say("toml-table"), table, say("toml-table-help"));
    }
    let before_quotes = visible.split(['"', '\'']).next().unwrap_or("");
    let sign = before_quotes.find(['=', ':']);
    let Some(sign) = sign.or_else(|| visible.find('=')) else {
        return mistake(say("toml-no-sign"), None, general());
    };
    let (key, value) = (visible[..sign].trim(), visible[sign + 1..].trim());
    if !is_key(key) {
        let message = say("toml-key").with("key", one_line(key));
        return mistake(message, None, say("toml-key-help"));
    }
    if visible[sign..].starts_with(':') || value.starts_with(['=', ':']) {
        let value = value.trim_start_matches(['=', ':', ' ']);
        let mended = format!("{key} = {}", meant(key, value));
        let key = one_line(key);
        let message = match visible[sign..].starts_with(':') {
            true => say("toml-colon").with("key", key),
            false => say("toml-signs").with("key", key),
        };
        return mistake(message, Some(mended), general());
    }
    in_value(key, value)
}

/// What is wrong with a value.
fn in_value(key: &str, value: &str) -> Mistake {
    let with = |value: String| Some(format!("{key} = {value}"));
    let shown = one_line(value);
    let known = say("toml-syntax-help");
    if value.is_empty() || value.starts_with('#') {
        let message = say("toml-no-value").with("key", key);
        return mistake(message, None, say("toml-no-value-help").with("key", key));
    }
    if is_curly(value) {
        return mistake(
            say("toml-curly"),
            with(straight(value)),
            say("toml-curly-help"),
        );
    }
    if NUMBERS.contains(&key) {
        return number(key, value);
    }
    if let Some(day) = day(value) {
        let message = match day {
            Some(_) => say("toml-day").with("value", shown),
            None => say("toml-no-such-day").with("value", shown),
        };
        let mended = day.map(|day| format!("{key} = {day}"));
        return mistake(message, mended, say("toml-day-help"));
    }
    match value.chars().next() {
        Some('[') => list(key, value),
        Some('{') if !value.ends_with('}') => {
            mistake(say("toml-open-brace"), with(format!("{value} }}")), known)
        }
        Some('{') => {
            let help = match key {
                "changes" => say("value-changes"),
                _ => say("toml-in-braces-help"),
            };
            mistake(say("toml-in-braces"), with(braces(value)), help)
        }
        Some(mark @ ('"' | '\'')) => quoted(key, value, mark),
        _ if LISTS.contains(&key) => {
            let message = say("toml-list").with("key", key);
            mistake(message, with(meant(key, value)), known)
        }
        _ if key == "verified" => {
            let message = say("toml-day").with("value", shown);
            mistake(message, None, say("toml-day-help"))
        }
        _ => {
            let message = say("toml-no-quotes").with("value", shown);
            mistake(message, with(meant(key, value)), known)
        }
    }
}

/// A whole number, in figures and alone.
fn number(key: &str, value: &str) -> Mistake {
    let shown = one_line(value);
    let figures: String = value.chars().take_while(char::is_ascii_digit).collect();
    let whole = figures.parse::<u32>().ok();
    let rest = value[figures.len()..].strip_prefix(',');
    let decimals = rest.and_then(|rest| rest.trim().parse::<u32>().ok());
    let help = say("toml-number-help").with("key", key);
    match (whole, decimals) {
        (Some(whole), Some(_)) => {
            let up = rest.is_some_and(|rest| rest.starts_with(['5', '6', '7', '8', '9']));
            let mended = format!("{key} = {}", whole.saturating_add(u32::from(up)));
            mistake(say("toml-comma").with("value", shown), Some(mended), help)
        }
        (whole, _) => {
            let mended = whole.map(|whole| format!("{key} = {whole}"));
            mistake(say("toml-number").with("value", shown), mended, help)
        }
    }
}

/// A text that begins with a quotation mark.
fn quoted(key: &str, value: &str, mark: char) -> Mistake {
    let with = |value: String| Some(format!("{key} = {value}"));
    let inside = &value[1..];
    let general = say("toml-syntax-help");
    if value.contains('\n') {
        let joined = value.split_whitespace().collect::<Vec<_>>().join(" ");
        return mistake(say("toml-lines"), with(joined), general);
    }
    let Some(end) = closing(inside, mark) else {
        let text = inside.trim_end_matches([' ', ',', ';', '”', '’']);
        let text = format!("\"{}\"", escaped(text));
        return mistake(say("toml-open-quote"), with(text), general);
    };
    let (text, after) = (&inside[..end], inside[end + 1..].trim_start());
    if after.is_empty() || after.starts_with('#') {
        // Closed and alone, so it is what stands in it.
        let text = format!("\"{}\"", escaped(text));
        return mistake(say("toml-backslash"), with(text), general);
    }
    if LISTS.contains(&key) && after.starts_with(',') {
        let message = say("toml-list").with("key", key);
        return mistake(message, with(format!("[{value}]")), general);
    }
    if after.chars().all(|c| c.is_ascii_punctuation() && c != mark) {
        let message = say("toml-after").with("rest", one_line(after));
        return mistake(message, with(value[..end + 2].to_owned()), general);
    }
    if after
        .split_once('=')
        .is_some_and(|(key, _)| is_key(key.trim_matches([' ', ',', ';'])))
    {
        return mistake(say("toml-two-keys"), None, say("toml-two-keys-help"));
    }
    let whole = inside.trim_end().trim_end_matches([',', ';']);
    let text = whole.strip_suffix(mark).unwrap_or(whole);
    let message = match mark {
        '"' => say("toml-inner-quote"),
        _ => say("toml-inner-apostrophe"),
    };
    let text = text.replace("\\\"", "\"");
    mistake(message, with(format!("\"{}\"", escaped(&text))), general)
}

/// A list.
fn list(key: &str, value: &str) -> Mistake {
    let general = say("toml-list-help").with("key", key);
    let inside = value.trim_start_matches('[').trim_end();
    let closed = inside.ends_with(']');
    let inside = inside.trim_end_matches([']', ',', ' ']);
    let items = items(inside, &[',', ';']);
    let quoted = |item: &&str| item.starts_with(['"', '\'']) && item.len() > 1;
    let whole = |item: &&str| {
        let mark = item.chars().next().unwrap_or('"');
        let rest = item.strip_prefix(mark).unwrap_or_default();
        closing(rest, mark).is_some_and(|end| end + 2 == item.len())
    };
    let message = if inside.matches('"').count() % 2 == 1 {
        say("toml-open-quote")
    } else if !items.iter().all(quoted) {
        say("toml-list-quotes")
    } else if items
        .iter()
        .filter_map(|item| item.strip_prefix('"'))
        .any(|rest| closing(rest, '"').is_none())
    {
        say("toml-open-quote")
    } else if !items.iter().all(whole) {
        say("toml-list-comma")
    } else if !closed {
        say("toml-open-bracket")
    } else if inside.contains(';') {
        say("toml-list-semicolon")
    } else {
        say("toml-list").with("key", key)
    };
    let parted = items
        .iter()
        .flat_map(|item| match whole(item) || !quoted(item) {
            true => vec![*item],
            false => item
                .split('"')
                .map(str::trim)
                .filter(|it| !it.is_empty())
                .collect(),
        });
    let mended: Vec<_> = parted
        .map(|item| format!("\"{}\"", escaped(bare(item))))
        .collect();
    let mended = format!("{key} = [{}]", mended.join(", "));
    mistake(message, Some(mended), general)
}

/// The value that is meant by one without what it needs.
fn meant(key: &str, value: &str) -> String {
    let value = match is_curly(value) {
        true => straight(value),
        false => value.to_owned(),
    };
    if DeTable::parse(&format!("a = {value}")).is_ok() {
        return value;
    }
    if let Some(Some(day)) = day(&value) {
        return day;
    }
    let value = value.split(" #").next().unwrap_or(&value).trim();
    if !LISTS.contains(&key) {
        return format!("\"{}\"", escaped(bare(value.trim_end_matches([';', ',']))));
    }
    let items = items(value.trim_matches(['[', ']', '(', ')', ' ']), &[',', ';']);
    let items: Vec<_> = items
        .iter()
        .map(|item| format!("\"{}\"", escaped(bare(item))))
        .collect();
    format!("[{}]", items.join(", "))
}

/// What is meant by keys and values between braces.
fn braces(value: &str) -> String {
    let inside = value.trim_matches(['{', '}', ' ']);
    let pairs = items(inside, &[',', ';']).into_iter().map(|pair| {
        let (key, value) = pair.split_once(['=', ':']).unwrap_or((pair, ""));
        let (key, value) = (bare(key.trim()), bare(value.trim()));
        format!("{key} = \"{}\"", escaped(value))
    });
    format!("{{ {} }}", pairs.collect::<Vec<_>>().join(", "))
}

/// What stands between marks, outside quotation marks.
fn items<'t>(text: &'t str, marks: &[char]) -> Vec<&'t str> {
    let (mut items, mut start, mut quoted) = (Vec::new(), 0, false);
    for (at, c) in text.char_indices() {
        quoted ^= c == '"';
        if marks.contains(&c) && !quoted {
            items.push(text[start..at].trim());
            start = at + c.len_utf8();
        }
    }
    items.push(text[start..].trim());
    items.retain(|item| !item.is_empty());
    items
}

fn bare(text: &str) -> &str {
    text.trim_matches(|c: char| matches!(c, '"' | ',' | ';') || c.is_whitespace())
        .trim_matches(CURLY)
}

fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"")
}

/// Whether what should be straight quotation marks are not.
fn is_curly(value: &str) -> bool {
    let outside: String = value.split('"').step_by(2).collect();
    match value.chars().next() {
        Some('[' | '{') => outside.contains(CURLY),
        Some('"') => value.ends_with(CURLY) && value.matches('"').count() == 1,
        first => first.is_some_and(|first| CURLY.contains(&first)),
    }
}

/// The same with straight ones.
fn straight(value: &str) -> String {
    if value.starts_with(['[', '{']) {
        let parts = value.split('"').enumerate();
        let parts = parts.map(|(at, part)| match at % 2 {
            // An apostrophe inside a word is one.
            0 => part.replace(['“', '”', '„', '‟', '«', '»'], "\""),
            _ => part.to_owned(),
        });
        return parts.collect::<Vec<_>>().join("\"");
    }
    format!("\"{}\"", escaped(bare(value)))
}

/// A value that is meant as a day: as it is written here, or `None` where there is no such day.
fn day(value: &str) -> Option<Option<String>> {
    const MONTHS: [(&str, &str); 12] = [
        ("gennaio", "january"),
        ("febbraio", "february"),
        ("marzo", "march"),
        ("aprile", "april"),
        ("maggio", "may"),
        ("giugno", "june"),
        ("luglio", "july"),
        ("agosto", "august"),
        ("settembre", "september"),
        ("ottobre", "october"),
        ("novembre", "november"),
        ("dicembre", "december"),
    ];
    let value = value.trim_matches(['"', '\'']);
    let parts = value.split(['/', '-', '.', ' ', '–', '—']);
    let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
    let [first, month, last] = parts[..] else {
        return None;
    };
    let figures = |part: &str| {
        let short = part.len() <= 4 && part.bytes().all(|b| b.is_ascii_digit());
        short.then(|| part.parse::<u16>().ok()).flatten()
    };
    let named = month.to_lowercase();
    let named = MONTHS
        .iter()
        .position(|(it, en)| named == *it || named == *en);
    let month = match named {
        Some(at) => u16::try_from(at + 1).ok()?,
        None => figures(month)?,
    };
    let (year, day) = match first.len() {
        4 => (figures(first)?, figures(last)?),
        _ => (figures(last)?, figures(first)?),
    };
    // `20/11/26`
    let year = if year < 100 { year + 2000 } else { year };
    let date = || {
        let month = Month::try_from(u8::try_from(month).ok()?).ok()?;
        Date::from_calendar_date(i32::from(year), month, u8::try_from(day).ok()?).ok()
    };
    let date = date().filter(|date| date.year() >= 1000);
    Some(date.map(|date| date.to_string()))
}
