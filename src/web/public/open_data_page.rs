//! What the open data are: each column, what it says, and in how many rows it stands.

use serde::Serialize;

use crate::domain::locale::Lang;
use crate::network::anonymous::K;
use crate::network::open_data::{COLUMNS, LICENCE};
use crate::network::programme::Programme;
use crate::web::open_data::PublishedFile;
use crate::web::parts::chrome::{Chrome, SiteSection};
use crate::web::public::totals_page::Cells;
use crate::web::templates::{Args, day, number, text, text_with};

/// `open_data.html`
#[derive(Debug, Serialize)]
pub struct OpenDataPage {
    chrome: Chrome,
    lead: String,
    data: String,
    back: String,
    facts: Vec<(String, String)>,
    heads: Vec<String>,
    columns: Vec<Cells>,
}

impl OpenDataPage {
    /// Of a programme's file.
    #[must_use]
    pub fn new(programme: &Programme, published: &PublishedFile, lang: Lang) -> Self {
        let code = &programme.code;
        let here = format!("/rete/totali/dati?programma={code}");
        let back = format!("/rete/totali?programma={code}");
        let file = &published.file;
        let words = |key: &str| text(lang, key);
        let count = |n: usize| number(lang, n.try_into().unwrap_or(i64::MAX));
        let column = |((name, _), stands): (&(&str, _), &usize)| {
            let key = name.to_ascii_lowercase().replace('_', "-");
            let means = words(&format!("open-data-{key}"));
            Cells {
                cells: vec![(*name).to_owned(), means, share(lang, *stands, file.rows)],
                href: None,
            }
        };
        let to = match file.to {
            Some(last) => day(lang, last),
            None => words("open-data-none"),
        };
        let named = ("name", programme.name.clone().into());
        let named = Args::from([(named.0.into(), named.1)]);
        Self {
            chrome: Chrome::new(lang, words("open-data-title"), SiteSection::Totals, &here)
                .described(words("open-data-description"))
                .under(back.clone(), words("totals-title"), lang),
            lead: text_with(lang, "open-data-lead", &named),
            data: format!("/rete/totali/dati.csv?programma={code}"),
            back,
            facts: vec![
                (words("open-data-to"), to),
                (words("open-data-rows"), count(file.rows)),
                (words("open-data-left-out"), count(file.left_out)),
                (words("open-data-smallest"), count(file.smallest)),
                (words("open-data-most"), format!("1 / {K}")),
                (words("open-data-licence"), LICENCE.to_owned()),
                (words("open-data-form"), words("open-data-form-text")),
            ],
            heads: ["name", "means", "stands"]
                .map(|head| words(&format!("open-data-head-{head}")))
                .into(),
            columns: COLUMNS.iter().zip(&file.stands).map(column).collect(),
        }
    }
}

/// Per cent with a decimal, never more than is so.
fn share(lang: Lang, part: usize, all: usize) -> String {
    let tenths = part * 1_000 / all.max(1);
    let mark = match lang {
        Lang::It => ",",
        Lang::En => ".",
    };
    format!("{}{mark}{} %", tenths / 10, tenths % 10)
}
