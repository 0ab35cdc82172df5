//! Facilita, for the coordinator: making files, reading reports, settling what was refused.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Path;
use serde::Deserialize;
use time::Date;

use crate::domain::facilita::SendState;
use crate::domain::ids::{BatchId, ServiceId};
use crate::domain::locale::Lang;
use crate::network::facilita::batch::{self, Batch, Order};
use crate::network::facilita::lines::{emptied, lines, subjects};
use crate::network::facilita::report::{self, ReportAnswer};
use crate::network::facilita::state::{self, Decision};
use crate::network::facilita::{FacilitaError, call_back, redact};
use crate::network::programme::{self, Programme};
use crate::web::error::{Error, FieldFault};
use crate::web::extract::{Coordinator, Language};
use crate::web::network::facilita_file::FilePage;
use crate::web::network::facilita_page::{FacilitaPage, shown};
use crate::web::parts::{see_other, show, show_as};
use crate::web::read::{Form, Query, Upload};
use crate::web::state::{App, State};

/// Refused rows on the page of a file, each with what to do.
const REFUSED: u64 = 5;
/// Rows on a page of all of them.
const ROWS: u64 = 10;

/// Which programme, and the days to try.
#[derive(Debug, Deserialize)]
pub struct FacilitaQuery {
    programma: Option<String>,
    dal: Option<String>,
    al: Option<String>,
}

/// A file to make.
#[derive(Debug, Deserialize)]
pub struct NewFile {
    programma: String,
    #[serde(default)]
    from: String,
    #[serde(default)]
    to: String,
    /// Also while a file waits for its report.
    force: Option<String>,
}

/// Which page of the rows.
#[derive(Debug, Deserialize)]
pub struct FileQuery {
    pagina: Option<u64>,
    /// Of the refused rows.
    rifiutate: Option<u64>,
}

impl FileQuery {
    /// The page of all rows and that of the refused ones, counted from 1.
    fn places(&self) -> (u64, u64) {
        let at = |page: Option<u64>| page.unwrap_or(1).max(1);
        (at(self.pagina), at(self.rifiutate))
    }
}

/// What is decided about a refused row.
#[derive(Debug, Deserialize)]
pub struct Decided {
    #[serde(default)]
    decision: String,
    #[serde(default)]
    reason: String,
}

/// `GET /rete/facilita`: with `dal` and `al`, also what a file of those days would hold.
pub async fn overview(
    app: App,
    Language(lang): Language,
    _who: Coordinator,
    asked: Query<FacilitaQuery>,
) -> Result<HttpResponse, Error> {
    let FacilitaQuery { programma, dal, al } = asked.into_inner();
    let all = programme::list(app.db.read()).await?;
    let Some(chosen) = chosen(&all, programma.as_deref())? else {
        return Ok(see_other("/rete/programmi"));
    };
    if dal.is_none() && al.is_none() {
        let page = page(&app, chosen, &all, preset(&app, chosen), lang).await?;
        return show(&app, "facilita.html", lang, &page);
    }
    let days = (dal.unwrap_or_default(), al.unwrap_or_default());
    let order = order(chosen, &days, false);
    let page = page(&app, chosen, &all, days, lang).await?;
    trial(&app, page, order, lang).await
}

/// `POST /rete/facilita`: makes a file.
pub async fn make(
    app: App,
    Language(lang): Language,
    who: Coordinator,
    new: Form<NewFile>,
) -> Result<HttpResponse, Error> {
    let new = new.into_inner();
    let all = programme::list(app.db.read()).await?;
    let chosen = chosen(&all, Some(&new.programma))?.ok_or(Error::NotFound)?;
    let days = (new.from, new.to);
    let page = page(&app, chosen, &all, days.clone(), lang).await?;
    let order = match order(chosen, &days, new.force.is_some()) {
        Ok(order) => order,
        Err(faults) => return refused(&app, page.refused(&faults, lang), lang),
    };
    match batch::make(&app.db, &app.vault, &order, Some(who.account), app.now()).await {
        Ok(made) => match made.batch {
            Some(id) => Ok(see_other(&format!("/rete/facilita/{id}"))),
            None => refused(&app, page.not_made("facilita-nothing", None, lang), lang),
        },
        Err(error) => not_made(&app, page, error, lang),
    }
}

/// `GET /rete/facilita/{batch}`
pub async fn file(
    app: App,
    Language(lang): Language,
    _who: Coordinator,
    id: Path<BatchId>,
    paged: Query<FileQuery>,
) -> Result<HttpResponse, Error> {
    let page = file_page(&app, *id, paged.places(), lang).await?;
    show(&app, "facilita_file.html", lang, &page)
}

/// `POST /rete/facilita/{batch}`: reads the report, a file.
pub async fn receive(
    app: App,
    Language(lang): Language,
    who: Coordinator,
    id: Path<BatchId>,
    sent: Upload,
) -> Result<HttpResponse, Error> {
    let (by, now) = (Some(who.account), app.now());
    let told = std::str::from_utf8(sent.part("refused")).unwrap_or_default();
    let Ok(told) = told.trim().parse() else {
        let fault = Error::field("refused", "facilita-report-how-many");
        return answer(&app, *id, Err(fault), lang).await;
    };
    let report = ReportAnswer::Report(sent.part("report"), Some(told));
    let done = report::receive(&app.db, &app.vault, *id, report, by, now).await;
    answer(&app, *id, done.map(drop).map_err(Error::from), lang).await
}

/// `POST /rete/facilita/{batch}/nessuna`: Facilita refused no row.
pub async fn none_refused(
    app: App,
    who: Coordinator,
    id: Path<BatchId>,
) -> Result<HttpResponse, Error> {
    let (by, now) = (Some(who.account), app.now());
    report::receive(&app.db, &app.vault, *id, ReportAnswer::NoneRefused, by, now).await?;
    Ok(see_other(&format!("/rete/facilita/{id}")))
}

/// `POST /rete/facilita/{batch}/richiama`: the file was not sent, and is not to be.
pub async fn call_back(
    app: App,
    who: Coordinator,
    id: Path<BatchId>,
) -> Result<HttpResponse, Error> {
    call_back::call_back(&app.db, *id, who.account, app.now()).await?;
    Ok(see_other(&format!("/rete/facilita/{id}")))
}

/// `POST /rete/facilita/{batch}/{row}`: settles a refused row.
pub async fn decide(
    app: App,
    Language(lang): Language,
    who: Coordinator,
    at: Path<(BatchId, i32)>,
    decided: Form<Decided>,
) -> Result<HttpResponse, Error> {
    let at = at.into_inner();
    let decision = match decided.decision.as_str() {
        "again" => Decision::Again,
        "there" => Decision::There,
        _ => return Err(Error::bad_request("error-400-text")),
    };
    let (by, now) = (who.account, app.now());
    let done = state::decide(&app.db, at, decision, &decided.reason, by, now).await;
    answer(&app, at.0, done.map_err(Error::from), lang).await
}

/// `POST /rete/facilita/tolti/{service}`: a voided service is no longer in Facilita.
pub async fn taken_away(
    app: App,
    who: Coordinator,
    id: Path<ServiceId>,
) -> Result<HttpResponse, Error> {
    state::taken_away(&app.db, *id, who.account, app.now()).await?;
    Ok(see_other("/rete/facilita"))
}

/// What a file of these days would hold.
async fn trial(
    app: &State,
    page: FacilitaPage,
    order: Result<Order, Vec<FieldFault>>,
    lang: Lang,
) -> Result<HttpResponse, Error> {
    match order {
        Ok(order) => {
            let made = batch::preview(&app.db, &app.vault, &order, app.now()).await?;
            let found = subjects(&app.db, &shown(&made)).await?;
            let page = page.with_trial(&made, &found, lang);
            show(app, "facilita.html", lang, &page)
        }
        Err(faults) => refused(app, page.refused(&faults, lang), lang),
    }
}

/// The programme of a code; without one, the first.
fn chosen<'a>(all: &'a [Programme], code: Option<&str>) -> Result<Option<&'a Programme>, Error> {
    match code {
        Some(code) => {
            let found = all.iter().find(|one| one.code == code);
            found.map(Some).ok_or(Error::NotFound)
        }
        None => Ok(all.first()),
    }
}

/// All the days that Facilita takes now.
fn preset(app: &State, programme: &Programme) -> (String, String) {
    let last = programme.facilita_until.unwrap_or(programme.ends_on);
    let to = last.min(programme.ends_on).min(app.today());
    (programme.starts_on.to_string(), to.to_string())
}

fn order(
    programme: &Programme,
    (from, to): &(String, String),
    force: bool,
) -> Result<Order, Vec<FieldFault>> {
    let mut faults = Vec::new();
    let mut read = |field: &'static str, text: &str| {
        let form = time::macros::format_description!("[year]-[month]-[day]");
        let day = Date::parse(text.trim(), form).ok();
        if day.is_none() {
            faults.push(FieldFault {
                field: field.into(),
                key: "not-a-date".into(),
            });
        }
        day
    };
    let days = (read("from", from), read("to", to));
    match days {
        (Some(from), Some(to)) if from <= to => Ok(Order {
            programme: programme.clone(),
            from,
            to,
            force,
        }),
        (Some(_), Some(_)) => Err(vec![FieldFault {
            field: "to".into(),
            key: "facilita-days-reversed".into(),
        }]),
        _ => Err(faults),
    }
}

async fn page(
    app: &State,
    programme: &Programme,
    all: &[Programme],
    days: (String, String),
    lang: Lang,
) -> Result<FacilitaPage, Error> {
    let counts = state::counts(&app.db, &app.vault, programme, app.now()).await?;
    let files = batch::list(&app.db, programme.id).await?;
    let away = state::to_take_away(&app.db, programme).await?;
    let erased = redact::erased_there(&app.db, programme).await?;
    let ready = state::days(&app.db, programme).await?;
    let page = FacilitaPage::new(programme, all, (counts, ready), days, lang);
    Ok(page.with_files(files, away, lang).with_erased(erased, lang))
}

fn refused(app: &State, page: FacilitaPage, lang: Lang) -> Result<HttpResponse, Error> {
    let status = HttpResponse::UnprocessableEntity();
    show_as(status, app, "facilita.html", lang, &page)
}

fn not_made(
    app: &State,
    page: FacilitaPage,
    error: FacilitaError,
    lang: Lang,
) -> Result<HttpResponse, Error> {
    match Error::from(error) {
        Error::Conflict { detail, existing } => {
            let open = existing.map(|id| id.to_string());
            let page = page.not_made(&detail, open, lang);
            show_as(HttpResponse::Conflict(), app, "facilita.html", lang, &page)
        }
        error => Err(error),
    }
}

/// The page of a file after something was done to it, or with what is wrong.
async fn answer(
    app: &State,
    id: BatchId,
    done: Result<(), Error>,
    lang: Lang,
) -> Result<HttpResponse, Error> {
    match done {
        Ok(()) => Ok(see_other(&format!("/rete/facilita/{id}"))),
        Err(error) if error.status() == StatusCode::UNPROCESSABLE_ENTITY => {
            let Error::Invalid(faults) = &error else {
                return Err(error);
            };
            let page = file_page(app, id, (1, 1), lang).await?;
            let page = page.refused_report(faults, lang);
            let status = HttpResponse::UnprocessableEntity();
            show_as(status, app, "facilita_file.html", lang, &page)
        }
        Err(error) => Err(error),
    }
}

async fn file_page(
    app: &State,
    id: BatchId,
    (at, refused_at): (u64, u64),
    lang: Lang,
) -> Result<FilePage, Error> {
    let found: Option<Batch> = batch::by_id(&app.db, id).await?;
    let batch = found.ok_or(Error::NotFound)?;
    let programme = programme::by_id(app.db.read(), batch.programme_id).await?;
    let programme = programme.ok_or(Error::NotFound)?;
    let emptied = emptied(&app.db, id).await?;
    let mut page = FilePage::new(&batch, &programme, emptied, lang);
    if batch.rejected.is_some_and(|rejected| rejected > 0) {
        let refused = lines(
            &app.db,
            id,
            &[SendState::Rejected],
            (refused_at - 1, REFUSED),
        )
        .await?;
        let now = state::refused_now(&app.db, &app.vault, &programme, app.now()).await?;
        page = page.with_refused(refused, (refused_at, at), &now, &programme, lang);
    }
    let all = lines(&app.db, id, &SendState::ALL, (at - 1, ROWS)).await?;
    Ok(page.with_lines(all, (at, refused_at), lang))
}
