//! Numbers in figures, as editors and as learners write them.
//!
//! An editor's number is a key: what can be read in two ways is refused. A learner's is read as
//! Italian, generously, but never guessed: what is not plainly one number is not understood, and
//! they are asked again.

/// The most figures of a number.
const MAX_FIGURES: usize = 20;

/// Why an editor's number is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unclear {
    /// `1.000`: one, or a thousand.
    DotBeforeThree,
    /// `1 000`, `1.000.000`, `1.500,50`: marks between groups of figures.
    Grouped,
    /// No number in figures.
    NotANumber,
}

/// Reads a number of a course: figures, a comma before the decimals; a dot too, unless three
/// figures follow it.
pub(super) fn written(text: &str) -> Result<f64, Unclear> {
    let text = text.trim();
    let figures = text.strip_prefix(['-', '+', '\u{2212}']).unwrap_or(text);
    let minus = figures.len() < text.len() && !text.starts_with('+');
    let mark = figures.find(['.', ',']);
    let (whole, decimals) = match mark {
        Some(at) => (&figures[..at], Some(&figures[at + 1..])),
        None => (figures, None),
    };
    if !all_figures(whole) || !decimals.is_none_or(all_figures) || figures.len() > MAX_FIGURES {
        let complete = figures.starts_with(|c: char| c.is_ascii_digit())
            && figures.ends_with(|c: char| c.is_ascii_digit());
        return Err(if complete && read(figures).is_some() {
            Unclear::Grouped
        } else {
            Unclear::NotANumber
        });
    }
    let dot = mark.is_some_and(|at| figures[at..].starts_with('.'));
    if dot && decimals.is_some_and(|decimals| decimals.len() == 3) {
        return Err(Unclear::DotBeforeThree);
    }
    value(whole, decimals.unwrap_or(""), minus).ok_or(Unclear::NotANumber)
}

/// Reads a number of a learner: `1.000`, `1 000` and `1'000` are a thousand, `65,50 €`,
/// `20 minuti`, `n. 3` are a number and its unit.
pub(super) fn given(text: &str) -> Option<f64> {
    let spaced: String = text
        .chars()
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .collect();
    let quoted = |c: char| matches!(c, ' ' | '"' | '“' | '”' | '«' | '»');
    let text = spaced
        .trim_matches(quoted)
        .trim_end_matches(['.', '!', ' ']);
    let begin = text.find(|c: char| c.is_ascii_digit())?;
    let begin = number_begins(text, begin);
    let inside = |c: char| {
        c.is_ascii_digit()
            || is_apostrophe(c)
            || matches!(c, '.' | ',' | ' ' | '-' | '+' | '\u{2212}')
    };
    let end = text[begin..].find(|c| !inside(c));
    let (before, rest) = text.split_at(begin);
    let (number, unit) = rest.split_at(end.unwrap_or(rest.len()));
    // The sign of a price may stand before or behind that of the currency.
    let before = before.trim();
    let (before, minus) = match before.strip_suffix(['-', '\u{2212}', '–']) {
        Some(before) => (before.trim_end(), true),
        None => (before.strip_suffix('+').unwrap_or(before).trim_end(), false),
    };
    let times = scale(unit)?;
    let number = read(number.trim())?;
    is_sign(before).then_some(if minus { -number } else { number } * times)
}

/// A number may begin with its decimal mark: `,5`.
fn number_begins(text: &str, figure: usize) -> usize {
    match text[..figure].chars().next_back() {
        Some(mark @ ('.' | ',')) => {
            let at = figure - mark.len_utf8();
            let alone = text[..at].chars().next_back();
            // The dot of `n.3` is not of the number.
            if alone.is_some_and(char::is_alphabetic) {
                figure
            } else {
                at
            }
        }
        _ => figure,
    }
}

/// Figures, perhaps in groups of three, perhaps with decimals; Italian where it could be English.
fn read(text: &str) -> Option<f64> {
    let figures = text.chars().filter(char::is_ascii_digit).count();
    if figures == 0 || figures > MAX_FIGURES {
        return None;
    }
    let marks: Vec<(usize, char)> = text
        .char_indices()
        .filter(|(_, c)| !c.is_ascii_digit())
        .map(|(at, c)| (at, if is_apostrophe(c) { '\'' } else { c }))
        .collect();
    let Some((last_at, last)) = marks.last().copied() else {
        return value(text, "", false);
    };
    if marks
        .iter()
        .any(|(_, c)| !matches!(c, '.' | ',' | ' ' | '\''))
    {
        return None;
    }
    let first = marks[0].1;
    let after = text[last_at..].trim_start_matches(|c: char| !c.is_ascii_digit());
    let before = &text[..last_at];
    let alike = marks.iter().all(|(_, mark)| *mark == first);
    // A single dot before three figures parts thousands, as in Italian, unless nothing but a zero
    // stands before it; a single comma never does.
    let groups = match (marks.len(), first) {
        (1, ',') => false,
        (1, '.') => after.len() == 3 && is_group(before) && !before.starts_with('0'),
        _ => alike,
    };
    if groups {
        return value(&joined(text)?, "", false);
    }
    if !matches!(last, '.' | ',') || (marks.len() > 1 && last == first) {
        return None;
    }
    value(&joined(before)?, after, false)
}

/// The figures of `1.000.000` in one; `None` where they are not groups of three with one mark.
fn joined(text: &str) -> Option<String> {
    if text.bytes().all(|b| b.is_ascii_digit()) {
        return Some(text.to_owned());
    }
    let mark = text.chars().find(|c| !c.is_ascii_digit())?;
    let mut groups = text.split(mark);
    let first = groups.next()?;
    let whole = is_group(first) && groups.all(|group| group.len() == 3 && all_figures(group));
    whole.then(|| text.chars().filter(char::is_ascii_digit).collect())
}

fn is_group(text: &str) -> bool {
    (1..=3).contains(&text.len()) && all_figures(text)
}

fn all_figures(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

fn value(whole: &str, decimals: &str, minus: bool) -> Option<f64> {
    let whole = if whole.is_empty() { "0" } else { whole };
    let number: f64 = if decimals.is_empty() {
        whole.parse().ok()?
    } else {
        format!("{whole}.{decimals}").parse().ok()?
    };
    Some(if minus { -number } else { number })
}

/// Any of the signs that people type for an apostrophe.
pub(super) const fn is_apostrophe(c: char) -> bool {
    matches!(
        c,
        '\'' | '`' | '´' | '‘' | '’' | '‛' | '′' | 'ʹ' | 'ʻ' | 'ʼ' | 'ˈ' | '＇'
    )
}

/// What may stand before a number: nothing, `€`, `n.`
fn is_sign(text: &str) -> bool {
    let word = text.trim_end_matches(['.', ':', ' ']).to_lowercase();
    matches!(
        word.as_str(),
        "" | "="
            | "€"
            | "$"
            | "£"
            | "euro"
            | "eur"
            | "n"
            | "n°"
            | "nº"
            | "nr"
            | "num"
            | "numero"
            | "number"
            | "№"
    )
}

/// Words that change a number, or say that there are two.
const NO_UNIT: [&str; 45] = [
    "a",
    "about",
    "all",
    "almeno",
    "and",
    "appena",
    "cento",
    "centinaia",
    "circa",
    "da",
    "dai",
    "dozen",
    "dozzina",
    "dozzine",
    "decine",
    "e",
    "ed",
    "fino",
    "forse",
    "half",
    "hundred",
    "k",
    "least",
    "less",
    "ma",
    "massimo",
    "meno",
    "mezza",
    "mezzo",
    "migliaia",
    "minimo",
    "more",
    "most",
    "no",
    "non",
    "not",
    "o",
    "od",
    "oltre",
    "oppure",
    "or",
    "più",
    "poco",
    "quasi",
    "to",
];

/// By what the words behind a number multiply it: one for a plain unit, a thousand for `mila`.
/// `None` where they are not plainly a unit.
fn scale(text: &str) -> Option<f64> {
    let fits = |c: char| {
        c.is_alphabetic()
            || is_apostrophe(c)
            || matches!(
                c,
                ' ' | '.' | '/' | '²' | '³' | '%' | '‰' | '°' | '€' | '$' | '£'
            )
    };
    if !text.chars().all(fits) {
        return None;
    }
    let lower = text.to_lowercase().replace("per cento", "%");
    let mut words: Vec<&str> = lower
        .split(|c: char| c == ' ' || c == '.' || is_apostrophe(c))
        .filter(|word| !word.is_empty())
        .collect();
    let times = match words.first() {
        Some(&("mila" | "thousand")) => 1e3,
        Some(&("milione" | "milioni" | "million")) => 1e6,
        Some(&("miliardo" | "miliardi" | "billion")) => 1e9,
        _ => 1.0,
    };
    if times > 1.0 {
        words.remove(0);
    }
    let plain = words.len() <= 4 && !words.iter().any(|word| NO_UNIT.contains(word));
    plain.then_some(times)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[rustfmt::skip]
    const ITALIAN: &[(&str, f64)] = &[
        ("1.000", 1000.0), ("1 000", 1000.0), ("1'000", 1000.0), ("1’000", 1000.0),
        ("1\u{a0}000", 1000.0), ("1.500,50", 1500.5), ("1 500,50", 1500.5),
        ("1.000.000", 1_000_000.0), ("1,5", 1.5), ("1.5", 1.5), ("3.50", 3.5), ("0.500", 0.5),
        ("1,000", 1.0), ("1,500.50", 1500.5), ("1000.500", 1000.5), (",5", 0.5), ("3.", 3.0),
        ("-2", -2.0), ("\u{2212}2", -2.0), ("+10", 10.0), (" 11 ", 11.0),
    ];

    #[rustfmt::skip]
    const UNITS: &[(&str, f64)] = &[
        ("65,50 €", 65.5), ("65,50€", 65.5), ("€ 65,50", 65.5), ("€65.50", 65.5),
        ("EUR 65,50", 65.5), ("65,50 euro", 65.5), ("1.500 €", 1500.0), ("-5 €", -5.0),
        ("€ -5", -5.0), ("20 minuti", 20.0), ("20 min.", 20.0), ("20%", 20.0),
        ("20 per cento", 20.0), ("n. 3", 3.0), ("n.3", 3.0), ("N° 3", 3.0), ("numero 3", 3.0),
        ("36,6 °C", 36.6), ("50 m²", 50.0), ("10 euro al mese", 10.0), ("18 cifre.", 18.0),
        ("3 livelli di sicurezza", 3.0), ("«20»", 20.0), ("2 volte", 2.0), ("20 mila", 20_000.0),
        ("20mila euro", 20_000.0), ("1,5 milioni di euro", 1_500_000.0),
    ];

    #[rustfmt::skip]
    const UNCLEAR: &[&str] = &[
        "", "tre", "circa 20", "20 circa", "20 o 30", "20-30", "20 30", "da 20 a 30", "5 o più",
        "2 dozzine", "65 euro e 50", "10:30", "10/12", "1e3", "inf", "NaN", ".", "-", "1.00.000",
        "1.000.00", "1.500.50", "1,00,000", "20 e mezzo", "almeno 20", "20 per cento o meno",
        "0x10", "1..5", "1,,5", "--5", "1-", "5 5 5", "non 20", "20k",
    ];

    #[test]
    fn an_editors_number_has_a_comma_and_no_groups() {
        assert_eq!(written("3,5"), Ok(3.5));
        assert_eq!(written(" 3.5 "), Ok(3.5));
        assert_eq!(written("\u{2212}2,25"), Ok(-2.25));
        assert_eq!(written("+10"), Ok(10.0));
        assert_eq!(written("0,125"), Ok(0.125));
        assert_eq!(written("3.1234"), Ok(3.1234));
        for text in ["1.000", "12.345", "0.125", "-1.000"] {
            assert_eq!(written(text), Err(Unclear::DotBeforeThree), "{text}");
        }
        for text in ["1 000", "1'000", "1.000.000", "1.500,50", "1,500.50"] {
            assert_eq!(written(text), Err(Unclear::Grouped), "{text}");
        }
        for text in [
            "", "tre", "1e3", "inf", ".", "-", "3 5", "5 €", "10-12", ".5", "5,", "--5",
        ] {
            assert_eq!(written(text), Err(Unclear::NotANumber), "{text}");
        }
    }

    #[test]
    fn a_learners_number_is_read_as_italian_and_a_plain_unit_is_passed_over() {
        for (text, number) in ITALIAN.iter().chain(UNITS) {
            assert_eq!(given(text), Some(*number), "{text}");
        }
    }

    #[test]
    fn what_is_not_plainly_one_number_is_not_understood() {
        for text in UNCLEAR {
            assert_eq!(given(text), None, "{text}");
        }
        assert_eq!(given(&"9".repeat(500)), None);
    }
}
