//! The templates and the words of the interface.
//!
//! One environment for each language, so that `t("key")` in a template needs no language. Both are
//! strict: an undefined value or a missing key is an error, never an empty place on a page.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::{PoisonError, RwLock};

use fluent_templates::fluent_bundle::FluentValue;
use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Kwargs, Serde, Value, ValueKind};
use minijinja::{AutoEscape, Environment, ErrorKind, UndefinedBehavior};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use rust_embed::RustEmbed;
use serde::Serialize;
use time::{Date, OffsetDateTime};

use crate::domain::locale::Lang;
use crate::domain::{messages, province};

pub use crate::domain::messages::Args;

use super::rooms::{self, OWN_ROOMS};
use super::{assets, fields, idle};

fluent_templates::static_loader! {
    static LOCALES = {
        locales: "./templates/locales",
        fallback_language: "it",
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

#[derive(RustEmbed)]
#[folder = "templates/"]
#[include = "*.html"]
#[include = "*.xml"]
#[exclude = "assets/*"]
struct Files;

/// Whose service this is, as the header says it; the network where nobody is named.
#[derive(Debug, Clone, Default, Serialize)]
pub struct SiteOwner {
    /// The institution's name.
    pub name: Option<String>,
    /// The address of its own site.
    pub url: Option<String>,
    /// Scheme and host of this site, as `State`'s settings have it; without it nothing is said
    /// that needs a whole address.
    pub address: Option<String>,
}

/// The templates in every language.
#[derive(Debug)]
pub struct Templates {
    italian: Environment<'static>,
    english: Environment<'static>,
}

impl Templates {
    /// Reads and parses every template.
    ///
    /// # Errors
    /// A template that cannot be parsed.
    pub fn load(owner: &SiteOwner) -> anyhow::Result<Self> {
        let templates = environment(owner)?;
        Ok(Self {
            italian: in_language(templates.clone(), Lang::It),
            english: in_language(templates, Lang::En),
        })
    }

    /// Renders a template with its value.
    ///
    /// # Errors
    /// A mistake in the template or a missing message: never the person's fault.
    pub fn render(
        &self,
        name: &str,
        lang: Lang,
        page: &impl Serialize,
    ) -> Result<String, minijinja::Error> {
        let environment = match lang {
            Lang::It => &self.italian,
            Lang::En => &self.english,
        };
        environment.get_template(name)?.render(Serde(page))
    }
}

/// What is the same in every language: the templates, once in memory, and what they call.
fn environment(owner: &SiteOwner) -> anyhow::Result<Environment<'static>> {
    let mut env = Environment::new();
    env.set_undefined_behavior(UndefinedBehavior::Strict);
    env.set_auto_escape_callback(|_| AutoEscape::Html);
    env.set_formatter(|out, state, value| match value.as_str() {
        Some(text) if !value.is_safe() => Ok(escape(out, text)?),
        _ => minijinja::escape_formatter(out, state, value),
    });
    env.set_syntax(
        SyntaxConfig::builder()
            .trim_blocks(true)
            .lstrip_blocks(true)
            .build()?,
    );
    env.add_global("owner", Serde(owner.clone()));
    env.add_function("asset", |path: &str| {
        assets::href(path).ok_or_else(|| {
            minijinja::Error::new(ErrorKind::InvalidOperation, format!("no asset {path}"))
        })
    });
    env.add_global("own_rooms", Serde(OWN_ROOMS));
    env.add_function("opens", rooms::opens);
    env.add_global("provinces", province::names().collect::<Value>());
    env.add_function("field_type", fields::shown_type);
    env.add_function("session_end", move || idle::end().map(time_of));
    env.add_filter("urlencode", |text: &str| {
        utf8_percent_encode(text, NON_ALPHANUMERIC).to_string()
    });
    for name in Files::iter() {
        if let Some(file) = Files::get(&name) {
            let source = String::from_utf8(file.data.into_owned())?;
            env.add_template_owned(name.into_owned(), source)?;
        }
    }
    Ok(env)
}

fn in_language(mut env: Environment<'static>, lang: Lang) -> Environment<'static> {
    env.add_global("lang", lang.code());
    let said = Said::default();
    env.add_function("t", move |key: &str, kwargs: Kwargs| {
        translate(lang, key, &kwargs, &said)
    });
    env.add_filter("number", move |value: i64| number(lang, value));
    env
}

/// Escapes what HTML needs. The engine's own escaping takes every `/` too, which makes addresses
/// long and unreadable.
fn escape(out: &mut impl std::fmt::Write, text: &str) -> std::fmt::Result {
    let mut rest = text;
    while let Some(at) = rest.find(['&', '<', '>', '"', '\'']) {
        let (plain, special) = rest.split_at(at);
        out.write_str(plain)?;
        out.write_str(match special.as_bytes().first() {
            Some(b'&') => "&amp;",
            Some(b'<') => "&lt;",
            Some(b'>') => "&gt;",
            Some(b'"') => "&quot;",
            _ => "&#39;",
        })?;
        rest = &special[1..];
    }
    out.write_str(rest)
}

/// A text as HTML, as the templates write it.
pub(super) fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    // Writing into memory cannot fail.
    let _ = escape(&mut html, text);
    html
}

/// Messages without places, as they were said before: a page has a hundred of them, and finding one
/// takes longer than writing it. There are as many as templates ask for.
type Said = RwLock<HashMap<String, Value>>;

fn translate(
    lang: Lang,
    key: &str,
    kwargs: &Kwargs,
    said: &Said,
) -> Result<Value, minijinja::Error> {
    let mut args = Args::new();
    for name in kwargs.args() {
        let value: Value = kwargs.get(name)?;
        let value = match value.kind() {
            ValueKind::Number => FluentValue::from(f64::try_from(value)?),
            _ => FluentValue::from(value.to_string()),
        };
        args.insert(Cow::Owned(name.to_owned()), value);
    }
    if args.is_empty()
        && let Some(message) = said.read().unwrap_or_else(PoisonError::into_inner).get(key)
    {
        return Ok(message.clone());
    }
    let message = lookup(lang, key, Some(&args)).map(Value::from);
    let message = message.ok_or_else(|| {
        minijinja::Error::new(
            ErrorKind::InvalidOperation,
            format!("no {lang} message {key}, or a place of it is not filled"),
        )
    })?;
    if args.is_empty() {
        let mut said = said.write().unwrap_or_else(PoisonError::into_inner);
        said.insert(key.to_owned(), message.clone());
    }
    Ok(message)
}

fn lookup(lang: Lang, key: &str, args: Option<&Args>) -> Option<String> {
    messages::lookup(&LOCALES, lang, key, args)
}

/// Tells whether a language has a message.
#[must_use]
pub fn has(lang: Lang, key: &str) -> bool {
    // A message whose places are not filled exists too, but its look-up fails: no key that is
    // asked for here has places.
    lookup(lang, key, None).is_some()
}

/// A message without places.
#[must_use]
pub fn text(lang: Lang, key: &str) -> String {
    text_with(lang, key, &Args::new())
}

/// A message with its places filled.
#[must_use]
pub fn text_with(lang: Lang, key: &str, args: &Args) -> String {
    lookup(lang, key, Some(args)).unwrap_or_else(|| {
        // The key of a mistake of ours is never a text that somebody sent, and is not shown.
        tracing::error!(%lang, key, "a message is missing");
        match lang {
            Lang::It => "Qualcosa non va.",
            Lang::En => "Something is wrong.",
        }
        .to_owned()
    })
}

/// A whole number with its thousands apart: `183.000`, `183,000`.
#[must_use]
pub fn number(lang: Lang, value: i64) -> String {
    let mark = match lang {
        Lang::It => '.',
        Lang::En => ',',
    };
    let digits = value.unsigned_abs().to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3 + 1);
    if value < 0 {
        out.push('-');
    }
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(mark);
        }
        out.push(digit);
    }
    out
}

/// A day in words: `21 novembre 2026`, `21 November 2026`. Italian has an ordinal for the first alone:
/// `1º novembre 2026`.
#[must_use]
pub fn day(lang: Lang, day: Date) -> String {
    let first = match (lang, day.day()) {
        (Lang::It, 1) => "º",
        _ => "",
    };
    let (number, month) = (day.day(), month_name(lang, day.month()));
    format!("{number}{first} {month} {}", day.year())
}

/// The Italian day of a moment, in words.
#[must_use]
pub fn day_of(lang: Lang, moment: OffsetDateTime) -> String {
    day(lang, crate::domain::calendar::rome_day(moment))
}

/// The Italian time of a moment: `11:30`.
#[must_use]
pub fn time_of(moment: OffsetDateTime) -> String {
    let time = crate::domain::calendar::rome_time(moment);
    format!("{:02}:{:02}", time.hour(), time.minute())
}

/// The Italian day and time of a moment: `21 novembre 2026, 11:30`.
#[must_use]
pub fn moment(lang: Lang, moment: OffsetDateTime) -> String {
    format!("{}, {}", day_of(lang, moment), time_of(moment))
}

/// A month in words: `novembre 2026`.
#[must_use]
pub fn month(lang: Lang, year: i32, month: time::Month) -> String {
    format!("{} {year}", month_name(lang, month))
}

fn month_name(lang: Lang, month: time::Month) -> String {
    text(lang, &format!("month-{}", month as u8))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at a surprise")]

    use super::*;
    use crate::web::error::Error;
    use crate::web::parts::error_page::ErrorPage;

    #[test]
    fn what_a_person_wrote_cannot_become_markup() {
        let mut env = in_language(environment(&SiteOwner::default()).unwrap(), Lang::It);
        env.add_template("try", "<p title=\"{{ a }}\">{{ a }}</p>{{ b|safe }}")
            .unwrap();
        let values = minijinja::context!(a => "<b>\"a\" & 'b'</b>/c", b => "<i>");
        let shown = env.get_template("try").unwrap().render(values).unwrap();
        let text = "&lt;b&gt;&quot;a&quot; &amp; &#39;b&#39;&lt;/b&gt;/c";
        assert_eq!(shown, format!("<p title=\"{text}\">{text}</p><i>"));
    }

    #[test]
    fn the_owner_stands_at_the_top_of_a_page() {
        let owner = SiteOwner {
            name: Some("Ente di prova".to_owned()),
            url: Some("https://ente.example.org".to_owned()),
            address: None,
        };
        let page = ErrorPage::new(Lang::It, "/nulla", &Error::NotFound);
        let show = |owner| {
            let templates = Templates::load(owner).unwrap();
            templates.render("error.html", Lang::It, &page).unwrap()
        };
        let link = "<a href=\"https://ente.example.org\">Ente di prova</a>";
        assert!(show(&owner).contains(link));
        assert!(show(&SiteOwner::default()).contains("Rete dei punti"));
    }

    #[test]
    fn a_day_of_the_month_stands_with_its_article_as_people_say_it() {
        let on = |number| {
            let date = Date::from_calendar_date(2026, time::Month::November, number).unwrap();
            let args: Args = [("from".into(), day(Lang::It, date).into())].into();
            text_with(
                Lang::It,
                "facilita-span",
                &[args, [("to".into(), "31".into())].into()]
                    .into_iter()
                    .flatten()
                    .collect(),
            )
        };
        assert_eq!(on(1), "dal 1º novembre 2026 al 31");
        assert_eq!(on(8), "dall'8 novembre 2026 al 31");
        assert_eq!(on(11), "dall'11 novembre 2026 al 31");
        assert_eq!(on(18), "dal 18 novembre 2026 al 31");
        assert_eq!(
            day(Lang::En, Date::from_ordinal_date(2026, 1).unwrap()),
            "1 January 2026"
        );
    }

    #[test]
    fn thousands_stand_apart() {
        assert_eq!(number(Lang::It, 183_000), "183.000");
        assert_eq!(number(Lang::En, 1_234_567), "1,234,567");
        assert_eq!(number(Lang::It, 999), "999");
        assert_eq!(number(Lang::It, -1_000), "-1.000");
    }
}
