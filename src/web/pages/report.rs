//! Reporting a page that one cannot use, and answering.

use actix_web::HttpResponse;
use actix_web::web::Path;
use serde::Deserialize;

use crate::domain::ids::ReportId;
use crate::network::report::{self, NewReport};
use crate::web::error::Error;
use crate::web::extract::{Coordinator, Language};
use crate::web::read::{Form, Query};
use crate::web::state::App;
use crate::web::throttle::{Act, Address};
use crate::web::view::report::{ReportPage, ReportsPage};

use super::{see_other, show, show_as};

/// Which page, or that something was sent.
#[derive(Debug, Deserialize)]
pub struct Asked {
    #[serde(default)]
    pagina: String,
    inviata: Option<String>,
}

/// The form.
#[derive(Deserialize)]
pub struct Sent {
    #[serde(default)]
    page: String,
    #[serde(default)]
    text: String,
    #[serde(default)]
    email: String,
}

/// `GET /accessibilita/segnala`
pub async fn form(
    app: App,
    Language(lang): Language,
    asked: Query<Asked>,
) -> Result<HttpResponse, Error> {
    let page = ReportPage::new(&asked.pagina, asked.inviata.is_some(), lang);
    show(&app, "report.html", lang, &page)
}

/// `POST /accessibilita/segnala`
pub async fn send(
    app: App,
    Language(lang): Language,
    address: Address,
    sent: Form<Sent>,
) -> Result<HttpResponse, Error> {
    app.throttle.spend(Act::Report, address, app.now())?;
    let Sent { page, text, email } = sent.into_inner();
    let new = NewReport { page, text, email };
    match report::send(&app.db, &new, app.now())
        .await
        .map_err(Error::from)
    {
        Ok(()) => Ok(see_other("/accessibilita/segnala?inviata=1")),
        Err(Error::Invalid(faults)) => {
            let page = ReportPage::refused(new, &faults, lang);
            show_as(
                HttpResponse::UnprocessableEntity(),
                &app,
                "report.html",
                lang,
                &page,
            )
        }
        Err(error) => Err(error),
    }
}

/// `GET /rete/segnalazioni`
pub async fn waiting(
    app: App,
    Language(lang): Language,
    _who: Coordinator,
) -> Result<HttpResponse, Error> {
    let page = ReportsPage::new(report::waiting(&app.db).await?, lang);
    show(&app, "reports.html", lang, &page)
}

/// `POST /rete/segnalazioni/{id}`: it has been answered.
pub async fn answered(
    app: App,
    who: Coordinator,
    id: Path<ReportId>,
) -> Result<HttpResponse, Error> {
    report::answer(&app.db, *id, who.account, app.now()).await?;
    Ok(see_other("/rete/segnalazioni"))
}
