//! What proves the services that count: sheets to print, and the look-up of an auditor's list.

use std::sync::Arc;

use actix_web::HttpResponse;
use actix_web::http::header;
use actix_web::web::Path;
use serde::Deserialize;
use uuid::Uuid;

use crate::citizens::erased::erased;
use crate::citizens::find;
use crate::db::audit;
use crate::domain::ids::{AccountId, CitizenId, ServiceId};
use crate::domain::locale::Lang;
use crate::domain::table::TableReader;
use crate::network::evidence::first::{self, LookUpAnswer, LookUpLine};
use crate::network::evidence::hashes::{HashList, ListError};
use crate::network::evidence::{Proof, read, table};
use crate::network::programme;
use crate::web::error::Error;
use crate::web::extract::{Coordinator, Language};
use crate::web::look_ups::LookUp;
use crate::web::network::evidence_page::SheetsPage;
use crate::web::network::look_up::{FoundPage, LookUpPage};
use crate::web::parts::{see_other, show, show_as};
use crate::web::read::{Query, Upload};
use crate::web::state::{App, State};

/// Lines on a page, and sheets that are printed at once.
const LINES: usize = 25;

/// Which page of the lines, from 1.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct LookUpQuery {
    pagina: Option<usize>,
}

/// `GET /rete/prove/servizi/{id}`
pub async fn of_service(
    app: App,
    Language(lang): Language,
    _who: Coordinator,
    id: Path<ServiceId>,
) -> Result<HttpResponse, Error> {
    let proofs = read::of_service(&app.db, *id).await?;
    if proofs.is_empty() {
        return Err(Error::NotFound);
    }
    let here = format!("/rete/prove/servizi/{id}");
    let back = format!("/punto/servizi/{id}");
    sheets_of(&app, &proofs, (&here, &back), lang)
}

/// `GET /rete/prove/cittadini/{id}`
pub async fn of_citizen(
    app: App,
    Language(lang): Language,
    _who: Coordinator,
    id: Path<CitizenId>,
) -> Result<HttpResponse, Error> {
    let there = find::one(&app.db, *id, None).await?.is_some();
    if !there && erased(&app.db, *id).await?.is_none() {
        return Err(Error::NotFound);
    }
    let proofs = read::of_citizen(&app.db, *id).await?;
    let here = format!("/rete/prove/cittadini/{id}");
    let back = format!("/punto/cittadini/{id}");
    sheets_of(&app, &proofs, (&here, &back), lang)
}

/// `GET /rete/verifica`
pub async fn form(
    app: App,
    Language(lang): Language,
    _who: Coordinator,
) -> Result<HttpResponse, Error> {
    let programmes = programme::list(app.db.read()).await?;
    let page = LookUpPage::new(&programmes, lang);
    show(&app, "evidence_lookup.html", lang, &page)
}

/// `POST /rete/verifica`: a list, and of which programme.
pub async fn look_up(
    app: App,
    Language(lang): Language,
    who: Coordinator,
    sent: Result<Upload, Error>,
) -> Result<HttpResponse, Error> {
    let programmes = programme::list(app.db.read()).await?;
    let form = LookUpPage::new(&programmes, lang);
    let sent = match sent {
        Err(Error::TooLarge) => return again(&app, &form.too_large(lang), lang),
        sent => sent?,
    };
    let code = String::from_utf8_lossy(sent.part("programma")).into_owned();
    let chosen = programmes.iter().find(|one| one.code == code);
    let chosen = chosen.ok_or(Error::NotFound)?;
    let list = match listed(sent).await? {
        Ok(list) => list,
        Err(error) => return again(&app, &form.refused(&code, error, lang), lang),
    };
    let lines = first::look_up(&app.db, &app.vault, chosen, &list).await?;
    let id = Uuid::new_v4();
    app.look_ups.keep(LookUp {
        id,
        account: who.account,
        at: app.now(),
        programme: chosen.clone(),
        lines,
    });
    Ok(see_other(&format!("/rete/verifica/{id}")))
}

/// `GET /rete/verifica/{id}`: a page of the answers.
pub async fn found(
    app: App,
    Language(lang): Language,
    who: Coordinator,
    id: Path<Uuid>,
    paged: Query<LookUpQuery>,
) -> Result<HttpResponse, Error> {
    let asked = asked(&app, who.account, *id)?;
    let (page, lines) = part(&asked, paged.pagina)?;
    let proofs = proofs(&app, &asked, lines).await?;
    let page = FoundPage::new(&asked, (page, LINES), lines, &proofs, lang);
    show(&app, "evidence_found.html", lang, &page)
}

/// `GET /rete/verifica/{id}/tabella.csv`
pub async fn csv(app: App, who: Coordinator, id: Path<Uuid>) -> Result<HttpResponse, Error> {
    let asked = asked(&app, who.account, *id)?;
    saw(&asked, &asked.lines);
    let file = table::answers(&app.db, &asked.lines, TableReader::Excel).await?;
    Ok(HttpResponse::Ok()
        .content_type("text/csv; charset=utf-8; header=present")
        .insert_header((
            header::CONTENT_DISPOSITION,
            "attachment; filename=\"verifica.csv\"",
        ))
        .insert_header((header::CACHE_CONTROL, "private, no-store"))
        .body(file))
}

/// `GET /rete/verifica/{id}/schede`: the sheets of a page of the answers.
pub async fn sheets(
    app: App,
    Language(lang): Language,
    who: Coordinator,
    id: Path<Uuid>,
    paged: Query<LookUpQuery>,
) -> Result<HttpResponse, Error> {
    let asked = asked(&app, who.account, *id)?;
    let (page, lines) = part(&asked, paged.pagina)?;
    let proofs = proofs(&app, &asked, lines).await?;
    if proofs.is_empty() {
        return Err(Error::NotFound);
    }
    let here = format!("/rete/verifica/{id}/schede?pagina={page}");
    let back = format!("/rete/verifica/{id}?pagina={page}");
    sheets_of(&app, &proofs, (&here, &back), lang)
}

fn sheets_of(
    app: &State,
    proofs: &[Proof],
    (here, back): (&str, &str),
    lang: Lang,
) -> Result<HttpResponse, Error> {
    let page = SheetsPage::new(
        proofs,
        (&app.vault, &app.catalogue()),
        (here, back),
        app.now(),
        lang,
    );
    show(app, "evidence.html", lang, &page.map_err(Error::internal)?)
}

/// The form again. What is still to come of a list that is too large is not waited for.
fn again(app: &State, form: &LookUpPage, lang: Lang) -> Result<HttpResponse, Error> {
    let mut status = HttpResponse::UnprocessableEntity();
    status.force_close();
    show_as(status, app, "evidence_lookup.html", lang, form)
}

/// The list, read in a thread that serves nobody.
async fn listed(sent: Upload) -> Result<Result<HashList, ListError>, Error> {
    let read = move || HashList::read(sent.part("file"));
    let read = actix_web::web::block(read).await;
    read.map_err(Error::internal)
}

fn asked(app: &State, who: AccountId, id: Uuid) -> Result<Arc<LookUp>, Error> {
    let asked = app.look_ups.of(id, who, app.now());
    asked.ok_or(Error::NotFound)
}

/// A page of the lines, and which one it is.
fn part(asked: &LookUp, page: Option<usize>) -> Result<(usize, &[LookUpLine]), Error> {
    let page = page.unwrap_or(1);
    let at = page.checked_sub(1).ok_or(Error::NotFound)?;
    let lines = asked.lines.chunks(LINES).nth(at).ok_or(Error::NotFound)?;
    Ok((page, lines))
}

/// What is known of the services on these lines, in their order.
async fn proofs(app: &State, asked: &LookUp, lines: &[LookUpLine]) -> Result<Vec<Proof>, Error> {
    saw(asked, lines);
    let found = lines.iter().filter_map(|line| match line.answer {
        LookUpAnswer::Found(service, citizen) => Some((service, citizen)),
        _ => None,
    });
    Ok(read::of_pairs(&app.db, &found.collect::<Vec<_>>()).await?)
}

fn saw(asked: &LookUp, lines: &[LookUpLine]) {
    let found = lines
        .iter()
        .filter(|line| matches!(line.answer, LookUpAnswer::Found(..)));
    let programme = asked.programme.id.0;
    let action = audit::Action::EvidenceLookedUp;
    audit::counted(action, "programme", programme, found.count());
}
