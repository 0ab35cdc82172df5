//! What is said about a course, before it is put into words: a key and what fills its places.
//!
//! The words are in `locales/{it,en}/`: `complaints.ftl` for what `check` says, `commands.ftl` for
//! the command line around it.

use std::borrow::Cow;

use fluent_templates::fluent_bundle::FluentValue;

use crate::domain::locale::Lang;
use crate::domain::messages::{self, Args};

fluent_templates::static_loader! {
    static WORDS = {
        locales: "./src/content/locales",
        fallback_language: "it",
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

/// A sentence in no language yet.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Message {
    key: &'static str,
    places: Vec<(&'static str, Arg)>,
}

/// What fills a place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Arg {
    /// What an author wrote, or a name.
    Text(String),
    /// A whole number: it chooses between singular and plural.
    Number(i64),
    /// A number with one decimal, in tenths.
    Tenths(i64),
    /// Other sentences, with a comma between them.
    Messages(Vec<Message>),
}

/// The sentence of a key, its places still empty.
#[must_use]
pub const fn say(key: &'static str) -> Message {
    Message {
        key,
        places: Vec::new(),
    }
}

impl Message {
    /// The same with a place filled.
    #[must_use]
    pub fn with(mut self, place: &'static str, arg: impl Into<Arg>) -> Self {
        self.places.push((place, arg.into()));
        self
    }

    /// Its key in the files of words.
    #[must_use]
    pub const fn key(&self) -> &'static str {
        self.key
    }

    /// Its words.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        let places = self.places.iter();
        let args: Args = places
            .map(|(place, arg)| (Cow::Borrowed(*place), arg.value(lang)))
            .collect();
        let said = messages::lookup(&WORDS, lang, self.key, Some(&args));
        said.unwrap_or_else(|| {
            tracing::error!(%lang, key = self.key, "a message is missing");
            self.key.to_owned()
        })
    }
}

impl Arg {
    fn value(&self, lang: Lang) -> FluentValue<'static> {
        match self {
            Self::Text(text) => text.clone().into(),
            Self::Number(number) => (*number).into(),
            Self::Tenths(tenths) => {
                let mark = match lang {
                    Lang::It => ',',
                    Lang::En => '.',
                };
                let sign = if *tenths < 0 { "-" } else { "" };
                let tenths = tenths.unsigned_abs();
                format!("{sign}{}{mark}{}", tenths / 10, tenths % 10).into()
            }
            Self::Messages(all) => {
                let said: Vec<_> = all.iter().map(|one| one.text(lang)).collect();
                said.join(", ").into()
            }
        }
    }
}

impl From<&str> for Arg {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Arg {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&String> for Arg {
    fn from(text: &String) -> Self {
        Self::Text(text.clone())
    }
}

impl From<i64> for Arg {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<usize> for Arg {
    fn from(number: usize) -> Self {
        Self::Number(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl From<u64> for Arg {
    fn from(number: u64) -> Self {
        Self::Number(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl From<Message> for Arg {
    fn from(message: Message) -> Self {
        Self::Messages(vec![message])
    }
}

impl From<Vec<Message>> for Arg {
    fn from(messages: Vec<Message>) -> Self {
        Self::Messages(messages)
    }
}

/// A text for the inside of a message: no line breaks, not endless.
pub(super) fn one_line(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .take(200)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_chooses_the_form_and_decimals_are_those_of_the_language() {
        let errors = |count: usize| say("sum-errors").with("count", count);
        assert_eq!(errors(1).text(Lang::It), "1 errore");
        assert_eq!(errors(2).text(Lang::It), "2 errori");
        assert_eq!(errors(1).text(Lang::En), "1 error");
        assert_eq!(errors(0).text(Lang::En), "0 errors");
        assert_eq!(Arg::Tenths(599).value(Lang::It), "59,9".into());
        assert_eq!(Arg::Tenths(-5).value(Lang::En), "-0.5".into());
    }
}
