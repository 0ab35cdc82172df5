//! Words in Fluent files, looked up: for the pages, for the complaints about courses and for the
//! command line, each with files of its own.

use std::borrow::Cow;
use std::collections::HashMap;

use fluent_templates::fluent_bundle::FluentValue;
use fluent_templates::{LanguageIdentifier, StaticLoader, langid};

use super::locale::Lang;

const IT: LanguageIdentifier = langid!("it");
const EN: LanguageIdentifier = langid!("en");

/// Values for the places of a message.
pub type Args = HashMap<Cow<'static, str>, FluentValue<'static>>;

/// A message with its places filled; `None` where there is none of this key in the language, or a
/// place of it is not filled.
#[must_use]
pub fn lookup(words: &StaticLoader, lang: Lang, key: &str, args: Option<&Args>) -> Option<String> {
    let id = match lang {
        Lang::It => &IT,
        Lang::En => &EN,
    };
    let counted = args.map(counted);
    let said = words
        .lookup_single_language(id, key, counted.as_ref())
        .ok()?;
    Some(match lang {
        Lang::It if args.is_some_and(|args| !args.is_empty()) => elided(&said),
        _ => said,
    })
}

/// The values with every small number as one, also where it was put into figures before: a text
/// `1` would take the plural. From a thousand on, where thousands stand apart, the plural is right.
fn counted(args: &Args) -> Args {
    let number = |text: &str| {
        let figures = (1..=3).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        let alone = text == "0" || !text.starts_with('0');
        (figures && alone)
            .then(|| text.parse::<u16>().ok())
            .flatten()
    };
    let value = |value: &FluentValue<'static>| match value {
        FluentValue::String(text) => number(text).map_or_else(|| value.clone(), FluentValue::from),
        other => other.clone(),
    };
    args.iter()
        .map(|(name, it)| (name.clone(), value(it)))
        .collect()
}

/// An Italian article loses its vowel before eight and eleven: `l'8`, `dall'11`.
fn elided(text: &str) -> String {
    const ARTICLES: [(&str, &str); 6] = [
        ("il", "l'"),
        ("al", "all'"),
        ("dal", "dall'"),
        ("del", "dell'"),
        ("nel", "nell'"),
        ("sul", "sull'"),
    ];
    let short = |word: &str| {
        let small = word.to_lowercase();
        let (_, short) = ARTICLES.iter().find(|(article, _)| *article == small)?;
        Some(match word.starts_with(char::is_uppercase) {
            true => short[..1].to_uppercase() + &short[1..],
            false => (*short).to_owned(),
        })
    };
    let mut out = String::with_capacity(text.len());
    let mut words = text.split_inclusive(' ').peekable();
    while let Some(word) = words.next() {
        let next = words.peek().copied().unwrap_or_default();
        let number = next.trim_end_matches(|c: char| !c.is_ascii_digit());
        match short(word.trim_end()).filter(|_| ["8", "11"].contains(&number)) {
            Some(short) => out.push_str(&short),
            None => out.push_str(word),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{Args, counted, elided};

    #[test]
    fn a_small_number_in_figures_is_a_number() {
        let args: Args = ["0", "1", "999", "1.000", "007", "1234", "uno"]
            .map(|text| (text.into(), text.into()))
            .into();
        for (text, value) in counted(&args) {
            let number = ["0", "1", "999"].contains(&&*text);
            let found = matches!(
                value,
                fluent_templates::fluent_bundle::FluentValue::Number(_)
            );
            assert_eq!(found, number, "{text}");
        }
    }

    #[test]
    fn an_article_before_eight_or_eleven_loses_its_vowel() {
        assert_eq!(
            elided("Il 8, del 11: nel 80, sul 8."),
            "L'8, dell'11: nel 80, sull'8."
        );
        assert_eq!(
            elided("il 8.000, al 1985 e al 8"),
            "il 8.000, al 1985 e all'8"
        );
    }
}
