//! `regions.toml`: what differs by region, each value with the day it was checked and its source.
//!
//! A table for each region, a table of values in each; `[neutral]` has the words that stand where a
//! region has no value. An address has no neutral one: the link is then its words alone.

use std::collections::HashMap;
use std::sync::Arc;

use time::Date;
use toml::Spanned;
use toml::de::DeValue;

use crate::domain::locale::Lang;
use crate::domain::region::Region;

use super::diagnostic::Diagnostic;
use super::front_matter::suggestion;
use super::message::{one_line, say};
use super::rules::{insecure_link, missing_key, region_value_old, unknown_region_key};
use super::source::SourceFile;
use super::toml_file::{self, TomlFile, Value};
use super::toml_text::date;

/// What may differ by region.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct RegionKey(usize);

/// Name, and whether it is an address.
const KEYS: [(&str, bool); 15] = [
    ("portale_nome", false),
    ("portale_url", true),
    ("prenota_url", true),
    ("cup_tel", false),
    ("app", false),
    ("fse_url", true),
    ("medico_url", true),
    ("disdetta_giorni", false),
    ("ricetta_validita", false),
    ("ticket_nota", false),
    ("emergenza", false),
    ("lavoro_url", true),
    ("bollo_url", true),
    ("tpl_url", true),
    ("farmacia_prenota", false),
];

impl RegionKey {
    pub(super) fn from_name(name: &str) -> Option<Self> {
        KEYS.iter().position(|(known, _)| *known == name).map(Self)
    }

    pub(super) const fn name(self) -> &'static str {
        KEYS[self.0].0
    }

    pub(super) const fn is_address(self) -> bool {
        KEYS[self.0].1
    }

    /// The names of all, for a suggestion.
    pub(super) fn names() -> [&'static str; KEYS.len()] {
        KEYS.map(|(name, _)| name)
    }
}

/// A text in each language; where one is missing, the Italian one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub(super) struct InLanguages {
    italian: String,
    english: Option<String>,
}

impl InLanguages {
    fn get(&self, lang: Lang) -> &str {
        match (lang, &self.english) {
            (Lang::En, Some(english)) => english,
            _ => &self.italian,
        }
    }
}

/// What `regions.toml` says.
#[derive(Debug, Default)]
pub(super) struct Regions {
    values: HashMap<(Region, RegionKey), InLanguages>,
    neutral: HashMap<RegionKey, InLanguages>,
}

/// What stands in the text of an installation: its region's values, and the neutral words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Regional {
    values: HashMap<RegionKey, InLanguages>,
    neutral: HashMap<RegionKey, InLanguages>,
}

impl Regional {
    /// The value or the neutral words; `None` where there are neither.
    pub(super) fn get(&self, key: RegionKey, lang: Lang) -> Option<&str> {
        let found = self.values.get(&key).or_else(|| self.neutral.get(&key));
        found.map(|text| text.get(lang))
    }

    /// Whether the words are there that stand where a region has no value.
    pub(super) fn has_neutral(&self, key: RegionKey) -> bool {
        self.neutral.contains_key(&key)
    }
}

impl Regions {
    /// The values of a region; without one, only the neutral words.
    pub(super) fn of(&self, region: Option<Region>) -> Regional {
        let own = self.values.iter();
        let own = own.filter(|((of, _), _)| Some(*of) == region);
        Regional {
            values: own.map(|((_, key), text)| (*key, text.clone())).collect(),
            neutral: self.neutral.clone(),
        }
    }

    /// Reads `regions.toml`. A value with mistakes is complained about and left out.
    pub(super) fn parse(file: &Arc<SourceFile>, today: Date) -> (Self, Vec<Diagnostic>) {
        let (toml, text) = TomlFile::read(file);
        let mut reader = Reader {
            toml,
            regions: Self::default(),
            today,
        };
        for (name, table) in &toml_file::table(&text) {
            reader.table(name, table);
        }
        (reader.regions, reader.toml.into_diagnostics())
    }
}

type Name<'i> = Spanned<std::borrow::Cow<'i, str>>;

struct Reader {
    toml: TomlFile,
    regions: Regions,
    today: Date,
}

impl Reader {
    fn table(&mut self, name: &Name<'_>, value: &Value<'_>) {
        let region = Region::from_id(name.get_ref());
        if region.is_none() && name.get_ref() != "neutral" {
            let known: Vec<_> = Region::ids().into_iter().chain(["neutral"]).collect();
            self.toml.unknown(name, &known);
            return;
        }
        let DeValue::Table(values) = value.get_ref() else {
            self.toml.wrong(value, say("region-table"));
            return;
        };
        for (name, value) in values {
            let Some(key) = RegionKey::from_name(name.get_ref()) else {
                self.toml.complaints.add_with_help(
                    &unknown_region_key::RULE,
                    name.span(),
                    say("region-unknown-key").with("key", one_line(name.get_ref())),
                    suggestion(name.get_ref(), &RegionKey::names()),
                );
                continue;
            };
            match region {
                Some(region) => self.value(region, key, value),
                None => self.neutral(key, value),
            }
        }
    }

    fn neutral(&mut self, key: RegionKey, value: &Value<'_>) {
        if key.is_address() {
            self.toml.wrong(value, say("region-neutral-address"));
        } else if let Some(text) = self.text(value) {
            self.regions.neutral.insert(key, text);
        }
    }

    fn value(&mut self, region: Region, key: RegionKey, whole: &Value<'_>) {
        const PARTS: [&str; 3] = ["value", "verified", "source"];
        let DeValue::Table(parts) = whole.get_ref() else {
            self.toml.wrong(whole, say("region-value"));
            return;
        };
        self.toml.only(parts, &PARTS);
        let [value, verified, source] = PARTS.map(|part| {
            let found = parts.get(part);
            if found.is_none() {
                let message = say("region-value-part").with("part", part);
                self.toml
                    .complaints
                    .add(&missing_key::RULE, whole.span(), message);
            }
            found
        });
        if let Some(source) = source
            && let Some(source_text) = self.text(source)
        {
            self.must_be_secure(source, &source_text);
        }
        if let Some(verified) = verified {
            self.verified(verified);
        }
        let Some((text, value)) = value.and_then(|value| Some((self.text(value)?, value))) else {
            return;
        };
        if key.is_address() {
            self.must_be_secure(value, &text);
        }
        self.regions.values.insert((region, key), text);
    }

    fn verified(&mut self, value: &Value<'_>) {
        let Some(day) = date(value.get_ref()) else {
            self.toml.wrong(value, say("value-day"));
            return;
        };
        region_value_old::check(day, self.today, value.span(), &mut self.toml.complaints);
    }

    fn must_be_secure(&mut self, value: &Value<'_>, text: &InLanguages) {
        if !text.italian.starts_with("https://") || text.italian.contains(char::is_whitespace) {
            self.toml.complaints.add_with_help(
                &insecure_link::RULE,
                value.span(),
                say("region-address").with("address", &text.italian),
                say("region-address-help"),
            );
        }
    }

    /// A text, or one for each language.
    fn text(&mut self, value: &Value<'_>) -> Option<InLanguages> {
        let written = toml_file::text;
        let text = match value.get_ref() {
            DeValue::Table(table) => {
                self.toml.only(table, &Lang::ALL.map(Lang::code));
                table
                    .get("it")
                    .and_then(written)
                    .map(|italian| InLanguages {
                        italian,
                        english: table.get("en").and_then(written),
                    })
            }
            _ => written(value).map(|italian| InLanguages {
                italian,
                english: None,
            }),
        };
        if text.is_none() {
            self.toml.wrong(value, say("region-text"));
        }
        text
    }
}
