//! Many people at once, from a CSV file: looked at first, then taken in.

use actix_multipart::{Multipart, MultipartError};
use actix_web::HttpResponse;
use futures_util::TryStreamExt as _;
use serde::Deserialize;
use uuid::Uuid;

use crate::citizens::import::LARGEST;
use crate::domain::ids::PointId;
use crate::domain::import::Manner;
use crate::domain::locale::Lang;
use crate::domain::sheet;
use crate::learning::import;
use crate::web::error::Error;
use crate::web::extract::{Facilitator, Language};
use crate::web::read::{Form, of_body};
use crate::web::state::{App, State};
use crate::web::view::import::ImportPage;

use super::citizen::own_points;
use super::{show, show_as};

/// A file that was looked at.
#[derive(Deserialize)]
pub struct Sure {
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
    sure: Form<Sure>,
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
