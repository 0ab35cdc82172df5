//! Correcting a service: the form of a new one, filled with what is in the ledger.

use actix_web::HttpResponse;
use actix_web::web::Path;

use crate::domain::ids::{CitizenId, PointId, ServiceId};
use crate::domain::locale::Lang;
use crate::network::correction::{self, ServiceCorrection};
use crate::network::point;
use crate::network::service::NewService;
use crate::web::desk::record::ServiceDesk;
use crate::web::desk::service_draft::Draft;
use crate::web::desk::services::{may_correct, may_name, whole};
use crate::web::error::Error;
use crate::web::extract::{Keeper, Language};
use crate::web::learn::answer_form::FormFields;
use crate::web::parts::see_other;
use crate::web::state::{App, State};

/// `GET /punto/servizi/{id}/correggi`
pub async fn form(
    app: App,
    Language(lang): Language,
    keeper: Keeper,
    id: Path<ServiceId>,
) -> Result<HttpResponse, Error> {
    let (whole, _) = whole(&app, &keeper, *id).await?;
    if !may_correct(&whole.entry) {
        return Ok(see_other(&address(*id)));
    }
    let points = keeper.points.as_deref();
    let draft = Draft::of(&whole, |one| may_name(one, points));
    let desk = desk(&app, &keeper, whole.entry.point).await?;
    desk.show(&draft, &[], false, &[], lang).await
}

/// `POST /punto/servizi/{id}/correggi`
pub async fn correct(
    app: App,
    Language(lang): Language,
    keeper: Keeper,
    id: Path<ServiceId>,
    fields: FormFields,
) -> Result<HttpResponse, Error> {
    let (whole, _) = whole(&app, &keeper, *id).await?;
    let mut draft = Draft::read(&fields, false);
    draft.corrects = Some(*id);
    draft.sent = Draft::of(&whole, |_| true).sent;
    let desk = desk(&app, &keeper, whole.entry.point).await?;
    match draft.act.as_str() {
        "search" | "group" => desk.look(draft, lang).await,
        _ => save(&desk, *id, &draft, lang).await,
    }
}

async fn desk<'a>(
    app: &'a State,
    keeper: &'a Keeper,
    here: PointId,
) -> Result<ServiceDesk<'a>, Error> {
    let point = point::by_id(app.db.read(), here).await?;
    Ok(ServiceDesk {
        app,
        keeper,
        points: vec![point.ok_or(Error::NotFound)?],
        // Who gave it stays.
        staff: Vec::new(),
    })
}

/// Corrects, or shows the form again with what is wrong.
async fn save(
    desk: &ServiceDesk<'_>,
    id: ServiceId,
    draft: &Draft,
    lang: Lang,
) -> Result<HttpResponse, Error> {
    let (app, keeper) = (desk.app, desk.keeper);
    // Whoever cannot be named may be all who were there: the ledger knows whether somebody stays.
    let somebody = vec![CitizenId::new()];
    let new = match draft.service(desk.here()?.id, keeper.account, somebody) {
        Ok(new) => new,
        Err(faults) => return desk.show(draft, &[], false, &faults, lang).await,
    };
    let (reach, by, now) = (keeper.reach(), keeper.account, app.now());
    let correction = ServiceCorrection {
        citizens: draft.ids(),
        ..correction_of(new, &draft.reason)
    };
    let done = correction::correct(&app.db, id, correction, reach, by, now).await;
    match done.map_err(Error::from) {
        Ok(instead) => Ok(see_other(&format!("{}?fatto=corrected", address(instead)))),
        Err(Error::Invalid(faults)) => desk.show(draft, &[], false, &faults, lang).await,
        Err(error) => Err(error),
    }
}

fn correction_of(new: NewService, reason: &str) -> ServiceCorrection {
    ServiceCorrection {
        kind: new.kind,
        day: new.day,
        minutes: new.minutes,
        competences: new.competences,
        domains: new.domains,
        title: new.title,
        citizens: new.citizens,
        reason: reason.to_owned(),
    }
}

fn address(service: ServiceId) -> String {
    format!("/punto/servizi/{service}")
}
