//! Certificates: one's own to print, and anybody's to check by its serial.

use actix_web::HttpResponse;
use actix_web::web::Path;
use serde::Deserialize;

use crate::domain::ids::CompletionId;
use crate::learning::certificate::{check, of_learner};
use crate::web::error::Error;
use crate::web::extract::{Language, Learner};
use crate::web::read::Query;
use crate::web::state::App;
use crate::web::throttle::{Act, Address};
use crate::web::view::certificate::{CertificatePage, CheckPage};

use super::sheet::drawn;
use super::{see_other, show, show_as};

/// What somebody typed.
#[derive(Debug, Deserialize)]
pub struct Typed {
    #[serde(default)]
    numero: String,
}

/// `GET /mio-percorso/attestati/{id}`: of a module that one has done.
pub async fn own(
    app: App,
    Language(lang): Language,
    learner: Learner,
    id: Path<CompletionId>,
) -> Result<HttpResponse, Error> {
    let citizen = learner.viewer.citizen.ok_or(Error::NotFound)?;
    let one = of_learner(&app.db, (learner.id, citizen), *id, app.now()).await?;
    let qr = app
        .address()
        .map(|site| drawn(&format!("{site}/verifica/{}", one.serial)))
        .transpose()?;
    let page = CertificatePage::new(&one, app.address(), qr.as_deref(), lang);
    show(&app, "certificate.html", lang, &page)
}

/// `GET /verifica?numero=`: asks for a serial, and leads to what it stands for.
pub async fn ask(
    app: App,
    Language(lang): Language,
    typed: Query<Typed>,
) -> Result<HttpResponse, Error> {
    let mut serial = typed.numero.trim().replace(' ', "-");
    serial.retain(|c| c.is_ascii_alphanumeric() || c == '-');
    serial.truncate(40);
    match serial.is_empty() {
        true => show(&app, "check.html", lang, &CheckPage::ask(lang)),
        false => Ok(see_other(&format!("/verifica/{serial}"))),
    }
}

/// `GET /verifica/{serial}`: for anybody who holds the paper.
pub async fn verify(
    app: App,
    Language(lang): Language,
    at: Address,
    serial: Path<String>,
) -> Result<HttpResponse, Error> {
    app.throttle.spend(Act::Check, at, app.now())?;
    let checked = check(&app.db, &serial).await?;
    let status = match checked {
        Some(_) => HttpResponse::Ok(),
        None => HttpResponse::NotFound(),
    };
    let page = CheckPage::of(&serial, checked, lang);
    show_as(status, &app, "check.html", lang, &page)
}
