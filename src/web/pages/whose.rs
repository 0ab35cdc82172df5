//! Whose it is what was done on a device before somebody entered: the question, and giving back.

use actix_web::HttpResponse;
use actix_web::web::Path;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Deserialize;

use crate::domain::ids::{CitizenId, TakeoverId};
use crate::learning::{progress, takeover};
use crate::web::error::Error;
use crate::web::extract::{Keeper, Language, Learner, guest_cookie};
use crate::web::read::{Form, Query};
use crate::web::rooms::landing;
use crate::web::state::App;
use crate::web::view::whose::{GiveBackPage, QuestionPage};

use super::citizen::address;
use super::enter::{Back, within_site};
use super::{see_other, show};

const QUESTION: &str = "/accedi/sei-tu";

/// What somebody says. Whatever is not a yes is a no.
#[derive(Deserialize)]
pub struct Said {
    #[serde(default)]
    risposta: String,
    #[serde(default)]
    ritorno: String,
}

/// The address of the question, which leads on to `back`.
pub(super) fn question(back: &str) -> String {
    match back {
        "" => QUESTION.to_owned(),
        back => format!(
            "{QUESTION}?ritorno={}",
            utf8_percent_encode(back, NON_ALPHANUMERIC)
        ),
    }
}

/// `GET /accedi/sei-tu`: whoever has answered, or is asked nothing, goes on.
pub async fn ask(
    app: App,
    Language(lang): Language,
    who: Learner,
    back: Query<Back>,
) -> Result<HttpResponse, Error> {
    let back = within_site(&back.ritorno);
    let Some(guest) = who.viewer.asked else {
        return Ok(see_other(landing(&who.viewer, back)));
    };
    let done = progress::of_learner(&app.db, guest).await?;
    let page = QuestionPage::new(&app.catalogue(), &done, back, lang);
    show(&app, "whose.html", lang, &page)
}

/// `POST /accedi/sei-tu`: it is about the session's own question, whatever else is sent. After a no the
/// guest is this browser's still.
pub async fn answer(app: App, who: Learner, said: Form<Said>) -> Result<HttpResponse, Error> {
    let yes = said.risposta == "si";
    let session = who.viewer.session;
    let guest = takeover::answer(&app.db, &app.signing_key, session, yes, app.now()).await?;
    let back = within_site(&said.ritorno);
    // The quiz that somebody else had open is not theirs to go on with.
    let back = match back.contains("/quiz/") && !yes {
        true => "",
        false => back,
    };
    let mut response = see_other(landing(&who.viewer, back));
    if let Some(guest) = guest {
        let kept = guest_cookie(&app, &guest);
        response.add_cookie(&kept).map_err(Error::internal)?;
    }
    Ok(response)
}

/// `GET /mio-percorso/presi/{id}`
pub async fn own(
    app: App,
    Language(lang): Language,
    who: Learner,
    id: Path<TakeoverId>,
) -> Result<HttpResponse, Error> {
    let taken = takeover::one(&app.db, *id, who.id).await?;
    let room = ("/mio-percorso", true);
    let page = GiveBackPage::new(&taken, room, &app.catalogue(), app.now(), lang);
    show(&app, "give_back.html", lang, &page)
}

/// `POST /mio-percorso/presi/{id}`
pub async fn own_back(app: App, who: Learner, id: Path<TakeoverId>) -> Result<HttpResponse, Error> {
    let by = who.viewer.account;
    takeover::give_back(&app.db, *id, who.id, by, app.now()).await?;
    Ok(see_other(&format!("/mio-percorso/presi/{id}")))
}

/// `GET /punto/cittadini/{id}/presi/{takeover}`
pub async fn at_desk(
    app: App,
    Language(lang): Language,
    keeper: Keeper,
    ids: Path<(CitizenId, TakeoverId)>,
) -> Result<HttpResponse, Error> {
    let citizen = keeper.record(&app, ids.0).await?.id;
    let learner = takeover::learner_of(&app.db, citizen).await?;
    let taken = takeover::one(&app.db, ids.1, learner.ok_or(Error::NotFound)?).await?;
    let room = (address(citizen), false);
    let page = GiveBackPage::new(&taken, (&room.0, room.1), &app.catalogue(), app.now(), lang);
    show(&app, "give_back.html", lang, &page)
}

/// `POST /punto/cittadini/{id}/presi/{takeover}`
pub async fn at_desk_back(
    app: App,
    keeper: Keeper,
    ids: Path<(CitizenId, TakeoverId)>,
) -> Result<HttpResponse, Error> {
    let citizen = keeper.record(&app, ids.0).await?.id;
    let learner = takeover::learner_of(&app.db, citizen).await?;
    let learner = learner.ok_or(Error::NotFound)?;
    let by = Some(keeper.account);
    takeover::give_back(&app.db, ids.1, learner, by, app.now()).await?;
    Ok(see_other(&format!("{}/presi/{}", address(citizen), ids.1)))
}
