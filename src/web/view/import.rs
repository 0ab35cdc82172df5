//! Many people from a file: what it would do, and what it did.

use std::borrow::Cow;

use serde::Serialize;

use crate::citizens::columns::COLUMNS;
use crate::domain::facilita::{Citizenship, Education, Gender, Occupation};
use crate::domain::ids::PointId;
use crate::domain::import::{Imported, Manner, RowFault};
use crate::domain::locale::Lang;
use crate::domain::sheet::Unreadable;
use crate::network::point::Point;
use crate::web::templates::{Args, has, text, text_with};

use super::catalogue::Choice;
use super::chrome::Chrome;
use super::desk::chrome;

/// The most refused rows that are shown: the rest is of the same kind.
const MOST: usize = 30;

/// `import.html`
#[derive(Debug, Serialize)]
pub struct ImportPage {
    chrome: Chrome,
    points: Vec<Choice>,
    /// The point chosen.
    point: Option<PointId>,
    columns: Vec<Column>,
    /// Whether the file was looked at or taken in, and with what outcome.
    outcome: Option<Outcome>,
    /// What was sent, to be confirmed or corrected.
    text: String,
    error: String,
}

#[derive(Debug, Serialize)]
struct Column {
    name: &'static str,
    label: String,
    /// The letters it takes and what they mean.
    letters: Vec<String>,
}

#[derive(Debug, Serialize)]
struct Outcome {
    added: usize,
    updated: usize,
    unchanged: usize,
    refused: usize,
    rows: Vec<Row>,
    told: Vec<Row>,
    more: usize,
    kept: bool,
    /// It is still to be confirmed.
    trial: bool,
}

#[derive(Debug, Serialize)]
struct Row {
    /// Its first cell leads nowhere.
    href: Option<String>,
    cells: [String; 3],
}

impl ImportPage {
    /// An empty form.
    #[must_use]
    pub fn new(points: &[Point], lang: Lang) -> Self {
        let choice = |point: &Point| Choice {
            value: point.id.to_string(),
            label: format!("{} ({})", point.name, point.municipality),
            selected: false,
        };
        let title = text(lang, "import-title");
        Self {
            chrome: chrome(title, "/punto/cittadini/importa", lang),
            point: points.first().map(|point| point.id),
            points: match points {
                [_] => Vec::new(),
                several => several.iter().map(choice).collect(),
            },
            columns: COLUMNS
                .iter()
                .map(|column| Column::new(column.name, lang))
                .collect(),
            outcome: None,
            text: String::new(),
            error: String::new(),
        }
    }

    /// Marks the point that was chosen.
    #[must_use]
    pub fn at(mut self, point: PointId) -> Self {
        self.point = Some(point);
        for choice in &mut self.points {
            choice.selected = choice.value == point.to_string();
        }
        self
    }

    /// What the file would do, or did.
    #[must_use]
    pub fn outcome(mut self, done: &Imported, manner: Manner, sent: &str, lang: Lang) -> Self {
        let rows = done.refused.iter().take(MOST);
        let mut lines: Vec<u64> = done.refused.iter().map(|fault| fault.line).collect();
        lines.dedup();
        self.outcome = Some(Outcome {
            added: done.added,
            updated: done.updated,
            unchanged: done.unchanged,
            refused: lines.len(),
            rows: rows.map(|fault| Row::new(fault, lang)).collect(),
            told: done.told.iter().map(|one| Row::new(one, lang)).collect(),
            more: done.refused.len().saturating_sub(MOST),
            kept: done.kept,
            trial: manner.trial,
        });
        if !done.kept {
            sent.clone_into(&mut self.text);
        }
        self
    }

    /// The form again: the file cannot be read.
    #[must_use]
    pub fn refused(mut self, why: &Unreadable, sent: &str, lang: Lang) -> Self {
        self.error = text(lang, why.key());
        let columns = why.columns();
        if !columns.is_empty() {
            let named: Vec<_> = columns.iter().map(|name| format!("«{name}»")).collect();
            self.error = format!("{} {}", self.error, named.join(", "));
        }
        sent.clone_into(&mut self.text);
        self
    }
}

impl Column {
    fn new(name: &'static str, lang: Lang) -> Self {
        macro_rules! letters {
            ($codes:ident) => {
                $codes::ALL
                    .iter()
                    .map(|one| format!("{}: {}", one.code(), one.label(lang)))
                    .collect()
            };
        }
        Self {
            label: text(lang, &format!("field-{name}")),
            letters: match name {
                "gender" => letters!(Gender),
                "education" => letters!(Education),
                "occupation" => letters!(Occupation),
                "citizenship" => letters!(Citizenship),
                _ => Vec::new(),
            },
            name,
        }
    }
}

/// What is wrong with a row and, where it may be repeated, what was read there.
pub(super) fn why(fault: &RowFault, lang: Lang) -> String {
    let why = text(lang, fault.key);
    if fault.read.is_empty() {
        return why;
    }
    let read = (Cow::Borrowed("read"), fault.read.clone().into());
    let read = text_with(lang, "import-read", &Args::from([read]));
    format!("{why} {read}")
}

impl Row {
    fn new(fault: &RowFault, lang: Lang) -> Self {
        let field = format!("field-{}", fault.field);
        let column = match has(lang, &field) {
            true => text(lang, &field),
            false => [&fault.field, &fault.header].map(String::as_str).concat(),
        };
        Self {
            href: None,
            cells: [fault.line.to_string(), column, why(fault, lang)],
        }
    }
}
