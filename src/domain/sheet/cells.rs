//! How cells are read, each into what its field takes.

use time::Date;
use time::format_description::BorrowedFormatItem;
use time::macros::format_description;
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use crate::domain::locale::Lang;

/// A word without case, accents, spaces and marks: how headers and choices are compared.
#[must_use]
pub fn folded(text: &str) -> String {
    text.nfd()
        .filter(|c| !is_combining_mark(*c) && c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// As it is.
///
/// # Errors
/// None.
pub fn plain(text: &str) -> Result<String, &'static str> {
    Ok(text.to_owned())
}

/// A code, without the spaces that people put in it.
///
/// # Errors
/// None: what it is for has its own complaints.
pub fn code(text: &str) -> Result<String, &'static str> {
    Ok(text.split_whitespace().collect())
}

/// A day: `1980-02-01`, or as it is written in Italy, `01/02/1980`; with midnight behind it, as
/// databases write it.
///
/// # Errors
/// `day-two-digits` where the century is not said, `day-number` for a spreadsheet's own number,
/// `day-unreadable` for anything else.
pub fn day(text: &str) -> Result<String, &'static str> {
    const FORMS: [&[BorrowedFormatItem<'_>]; 6] = [
        format_description!("[year]-[month padding:none]-[day padding:none]"),
        format_description!("[year]/[month padding:none]/[day padding:none]"),
        format_description!("[day padding:none]/[month padding:none]/[year]"),
        format_description!("[day padding:none]-[month padding:none]-[year]"),
        format_description!("[day padding:none].[month padding:none].[year]"),
        format_description!("[day padding:none] [month padding:none] [year]"),
    ];
    let (written, hour) = match text.split_once(['T', ' ']) {
        Some((day, hour)) if hour.contains(':') => (day, hour),
        _ => (text, ""),
    };
    if !hour.chars().all(|c| "0:.Z ".contains(c)) {
        return Err("day-unreadable");
    }
    if let Some(day) = FORMS
        .iter()
        .find_map(|form| Date::parse(written, form).ok())
    {
        return Ok(day.to_string());
    }
    let parts: Vec<_> = written.split(['/', '-', '.', ' ']).collect();
    let number = |part: &&str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    Err(match parts.as_slice() {
        [one] if number(one) && one.len() <= 5 => "day-number",
        parts @ [.., year] if parts.len() == 3 && parts.iter().all(number) && year.len() == 2 => {
            "day-two-digits"
        }
        _ => "day-unreadable",
    })
}

/// Yes or no, in words and as boxes are exported.
///
/// # Errors
/// `not-yes-or-no`.
pub fn yes_or_no(text: &str) -> Result<String, &'static str> {
    match folded(text).as_str() {
        "si" | "s" | "yes" | "y" | "x" | "1" | "true" | "vero" => Ok("yes".to_owned()),
        "no" | "n" | "0" | "false" | "falso" => Ok("no".to_owned()),
        _ => Err("not-yes-or-no"),
    }
}

/// A number of minutes, with or without the word.
///
/// # Errors
/// `not-a-duration`.
pub fn minutes(text: &str) -> Result<String, &'static str> {
    let number = text.trim_end_matches(|c: char| c.is_alphabetic() || " .'".contains(c));
    match number.parse::<u16>() {
        Ok(minutes) if ["", "m", "min", "minuti", "minutes"].contains(&unit(text).as_str()) => {
            Ok(minutes.to_string())
        }
        _ => Err("not-a-duration"),
    }
}

fn unit(text: &str) -> String {
    text.chars().filter(|c| c.is_alphabetic()).collect()
}

/// One of a list of letters: the letter, what it means in Italian or English, both (`B: Maschio`),
/// or another word for it.
///
/// # Errors
/// `not-a-choice`.
pub fn coded<T: Copy>(
    text: &str,
    all: &[T],
    letter: impl Fn(T) -> &'static str,
    label: impl Fn(T, Lang) -> &'static str,
    words: &[(&str, &'static str)],
) -> Result<String, &'static str> {
    let said = folded(text);
    let is = |one: &&T| {
        let letter = folded(letter(**one));
        [Lang::It, Lang::En].into_iter().any(|lang| {
            let label = folded(label(**one, lang));
            said == letter || said == label || said == format!("{letter}{label}")
        })
    };
    let word = || words.iter().find(|(word, _)| *word == said);
    let found = all.iter().find(is).map(|one| letter(*one));
    let found = found.or_else(|| word().map(|(_, letter)| *letter));
    found.map(str::to_owned).ok_or("not-a-choice")
}
