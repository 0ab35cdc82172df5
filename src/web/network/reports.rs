//! Reporting a page that one cannot use, and answering.

use actix_web::HttpResponse;
use actix_web::web::Path;
use serde::{Deserialize, Serialize};

use crate::domain::ids::ReportId;
use crate::domain::locale::Lang;
use crate::network::report::{self, DUE, LONGEST, NewReport, Report};
use crate::web::desk::frame::network_chrome;
use crate::web::error::{Error, FieldFault};
use crate::web::extract::{Coordinator, Language};
use crate::web::parts::chrome::{Chrome, SiteSection};
use crate::web::parts::list::Queue;
use crate::web::parts::{see_other, show, show_as};
use crate::web::read::{Form, Query};
use crate::web::state::App;
use crate::web::templates::{day_of, text};
use crate::web::throttle::{Address, ThrottledAct};

/// Which page, or that something was sent.
#[derive(Debug, Deserialize)]
pub struct ReportQuery {
    #[serde(default)]
    pagina: String,
    inviata: Option<String>,
}

/// The form.
#[derive(Deserialize)]
pub struct ReportForm {
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
    asked: Query<ReportQuery>,
) -> Result<HttpResponse, Error> {
    let page = ReportPage::new(&asked.pagina, asked.inviata.is_some(), lang);
    show(&app, "report.html", lang, &page)
}

/// `POST /accessibilita/segnala`
pub async fn send(
    app: App,
    Language(lang): Language,
    address: Address,
    sent: Form<ReportForm>,
) -> Result<HttpResponse, Error> {
    app.throttle
        .spend(ThrottledAct::Report, address, app.now())?;
    let ReportForm { page, text, email } = sent.into_inner();
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

/// Reports on a page.
const SHOWN: usize = 8;

/// `report.html`
#[derive(Debug, Serialize)]
pub struct ReportPage {
    chrome: Chrome,
    sent: bool,
    page: String,
    text: String,
    email: String,
    longest: usize,
    text_error: String,
    email_error: String,
    wrong: usize,
}

impl ReportPage {
    /// An empty form, or thanks where something was sent just now.
    #[must_use]
    pub fn new(page: &str, sent: bool, lang: Lang) -> Self {
        let title = text(lang, "report-title");
        Self {
            chrome: Chrome::new(lang, title, SiteSection::Other, "/accessibilita/segnala").under(
                "/accessibilita",
                text(lang, "accessibilita-title"),
                lang,
            ),
            sent,
            page: page.to_owned(),
            text: String::new(),
            email: String::new(),
            longest: LONGEST,
            text_error: String::new(),
            email_error: String::new(),
            wrong: 0,
        }
    }

    /// The form with what was typed, and what is wrong with it.
    #[must_use]
    pub fn refused(new: NewReport, faults: &[FieldFault], lang: Lang) -> Self {
        let error = |field: &str| {
            let fault = faults.iter().find(|fault| fault.field == field);
            fault.map_or(String::new(), |fault| text(lang, &fault.key))
        };
        Self {
            text_error: error("text"),
            email_error: error("email"),
            text: new.text,
            email: new.email,
            wrong: faults.len(),
            ..Self::new(&new.page, false, lang)
        }
    }
}

/// `reports.html`: those that wait for an answer.
#[derive(Debug, Serialize)]
pub struct ReportsPage {
    chrome: Chrome,
    reports: Queue<Line>,
}

#[derive(Debug, Serialize)]
struct Line {
    href: String,
    page: String,
    text: String,
    email: Option<String>,
    sent: String,
    due: String,
}

impl ReportsPage {
    /// The page of these reports.
    #[must_use]
    pub fn new(reports: Vec<Report>, lang: Lang) -> Self {
        let line = |report: Report| Line {
            href: format!("/rete/segnalazioni/{}", report.id),
            page: report.page,
            text: report.text,
            email: report.email,
            sent: day_of(lang, report.sent_at),
            due: day_of(lang, report.sent_at + DUE),
        };
        let title = text(lang, "reports-title");
        Self {
            chrome: network_chrome(title, "/rete/segnalazioni", lang),
            reports: Queue::new(reports.into_iter().map(line).collect(), SHOWN),
        }
    }
}
