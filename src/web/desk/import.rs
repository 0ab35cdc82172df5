//! Many people at once, from a CSV file: looked at first, then taken in.

use std::borrow::Cow;

use actix_multipart::{Multipart, MultipartError};
use actix_web::HttpResponse;
use futures_util::TryStreamExt as _;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::citizens::columns::COLUMNS;
use crate::citizens::import::LARGEST;
use crate::domain::facilita::{Citizenship, Education, Gender, Occupation};
use crate::domain::ids::PointId;
use crate::domain::import::{Imported, Manner, RowFault};
use crate::domain::locale::Lang;
use crate::domain::sheet::{self, SheetError};
use crate::learning::import;
use crate::network::point::Point;
use crate::web::desk::citizen::own_points;
use crate::web::desk::frame::chrome;
use crate::web::error::Error;
use crate::web::extract::{Facilitator, Language};
use crate::web::learn::catalogue::SelectChoice;
use crate::web::parts::chrome::Chrome;
use crate::web::parts::{show, show_as};
use crate::web::read::{Form, of_body};
use crate::web::state::{App, State};
use crate::web::templates::{Args, has, text, text_with};

/// A file that was looked at.
#[derive(Deserialize)]
pub struct ImportForm {
    point: Uuid,
    testo: String,
    /// One refused row refuses all.
    tutte: Option<String>,
}

/// What was sent: a file, or its text.
#[derive(Default)]
struct Sent {
    point: Option<Uuid>,
    text: Vec<u8>,
}

/// `GET /punto/cittadini/importa`
pub async fn form(
    app: App,
    Language(lang): Language,
    desk: Facilitator,
) -> Result<HttpResponse, Error> {
    let page = ImportPage::new(&own_points(&app, &desk).await?, lang);
    show(&app, "import.html", lang, &page)
}

/// `POST /punto/cittadini/importa`: what the file would do. Nothing is written.
pub async fn look(
    app: App,
    Language(lang): Language,
    desk: Facilitator,
    body: Multipart,
) -> Result<HttpResponse, Error> {
    let sent = read(body).await?;
    let trial = Manner {
        trial: true,
        ..Manner::default()
    };
    take(&app, &desk, sent, trial, lang).await
}

/// `POST /punto/cittadini/importa/conferma`
pub async fn confirm(
    app: App,
    Language(lang): Language,
    desk: Facilitator,
    sure: Form<ImportForm>,
) -> Result<HttpResponse, Error> {
    let sure = sure.into_inner();
    let manner = Manner {
        trial: false,
        strict: sure.tutte.is_some(),
        unbounded: false,
    };
    let sent = Sent {
        point: Some(sure.point),
        text: sure.testo.into_bytes(),
    };
    take(&app, &desk, sent, manner, lang).await
}

async fn take(
    app: &State,
    desk: &Facilitator,
    sent: Sent,
    manner: Manner,
    lang: Lang,
) -> Result<HttpResponse, Error> {
    let point = sent.point.map(PointId).or(desk.points.first().copied());
    let here = point.filter(|point| desk.points.contains(point));
    let here = here.ok_or(Error::Forbidden)?;
    let (db, vault, now) = (&app.db, &app.vault, app.now());
    let page = ImportPage::new(&own_points(app, desk).await?, lang).at(here);
    let done = import::citizens(db, vault, &sent.text, here, desk.account, manner, now).await;
    match done {
        Ok(imported) => {
            let page = page.outcome(&imported, manner, &typed(&sent.text), lang);
            show(app, "import.html", lang, &page)
        }
        Err(import::ImportError::Unreadable(error)) => {
            let page = page.refused(&error, &typed(&sent.text), lang);
            let status = HttpResponse::UnprocessableEntity();
            show_as(status, app, "import.html", lang, &page)
        }
        Err(error) => Err(error.into()),
    }
}

/// What was sent, to be confirmed or corrected; nothing where it is no text.
fn typed(file: &[u8]) -> String {
    sheet::text(file).map_or_else(|_| String::new(), |(text, _)| text)
}

/// The form's parts; a file that was chosen stands before a text that was pasted.
async fn read(mut body: Multipart) -> Result<Sent, Error> {
    let unreadable = |error| match error {
        MultipartError::Payload(error) => of_body(&error),
        _ => Error::bad_request("error-400-text"),
    };
    let mut sent = Sent::default();
    while let Some(mut part) = body.try_next().await.map_err(unreadable)? {
        let name = part.name().unwrap_or_default().to_owned();
        let mut bytes = Vec::new();
        while let Some(some) = part.try_next().await.map_err(unreadable)? {
            if bytes.len() + some.len() > LARGEST {
                return Err(Error::TooLarge);
            }
            bytes.extend_from_slice(&some);
        }
        match name.as_str() {
            "point" => {
                let text = String::from_utf8(bytes).unwrap_or_default();
                sent.point = text.parse().ok();
            }
            "file" | "testo" if sent.text.is_empty() => sent.text = bytes,
            _ => {}
        }
    }
    Ok(sent)
}

/// The most refused rows that are shown: the rest is of the same kind.
const MOST: usize = 30;

/// `import.html`
#[derive(Debug, Serialize)]
pub struct ImportPage {
    chrome: Chrome,
    points: Vec<SelectChoice>,
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
        let choice = |point: &Point| SelectChoice {
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
    pub fn refused(mut self, why: &SheetError, sent: &str, lang: Lang) -> Self {
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
pub(crate) fn why(fault: &RowFault, lang: Lang) -> String {
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
