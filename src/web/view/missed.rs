//! The page of what people look for and do not find.

use serde::Serialize;

use crate::domain::locale::Lang;
use crate::learning::missed::Count;
use crate::web::templates::{day, text};

use super::chrome::{Chrome, Room, Section};
use super::search::address;

/// `missed.html`
#[derive(Debug, Serialize)]
pub struct MissedPage {
    chrome: Chrome,
    rows: Vec<Row>,
}

#[derive(Debug, Serialize)]
struct Row {
    href: String,
    cells: [String; 3],
}

impl MissedPage {
    /// The page of these counts.
    #[must_use]
    pub fn new(counts: Vec<Count>, room: Room, lang: Lang) -> Self {
        const ADDRESS: &str = "/redazione/ricerche";
        let title = text(lang, "missed-title");
        let row = |count: Count| Row {
            href: address(&count.words),
            cells: [count.words, count.times.to_string(), day(lang, count.last)],
        };
        Self {
            chrome: Chrome::new(lang, title, Section::Other, ADDRESS).room(room, ADDRESS, lang),
            rows: counts.into_iter().map(row).collect(),
        }
    }
}
