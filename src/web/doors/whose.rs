//! Whose it is what was done on a device before somebody entered: the question, and giving back.

use std::borrow::Cow;
use std::collections::BTreeMap;

use actix_web::HttpResponse;
use actix_web::web::Path;
use fluent_templates::fluent_bundle::FluentValue;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use crate::content::Catalogue;
use crate::domain::ids::{CitizenId, ModuleId, TakeoverId};
use crate::domain::locale::Lang;
use crate::learning::progress::{self, ModuleProgress};
use crate::learning::takeover::{self, Takeover};
use crate::web::desk::citizen::address;
use crate::web::doors::enter::{Back, within_site};
use crate::web::error::Error;
use crate::web::extract::{Keeper, Language, Learner, guest_cookie};
use crate::web::parts::chrome::{Chrome, SiteSection};
use crate::web::parts::{see_other, show};
use crate::web::read::{Form, Query};
use crate::web::rooms::landing;
use crate::web::state::App;
use crate::web::templates::{Args, day_of, text, text_with};

const QUESTION: &str = "/accedi/sei-tu";

/// What somebody says. Whatever is not a yes is a no.
#[derive(Deserialize)]
pub struct WhoseForm {
    #[serde(default)]
    risposta: String,
    #[serde(default)]
    ritorno: String,
}

/// The address of the question, which leads on to `back`.
pub(crate) fn question(back: &str) -> String {
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
    let page = WhosePage::new(&app.catalogue(), &done, back, lang);
    show(&app, "whose.html", lang, &page)
}

/// `POST /accedi/sei-tu`: it is about the session's own question, whatever else is sent. After a no the
/// guest is this browser's still.
pub async fn answer(app: App, who: Learner, said: Form<WhoseForm>) -> Result<HttpResponse, Error> {
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

/// Courses that a sentence names; the others are counted.
const NAMED: usize = 3;

/// `whose.html`: one sentence with what was done, and whether it was them.
#[derive(Debug, Serialize)]
pub struct WhosePage {
    chrome: Chrome,
    asked: String,
    /// Where to go on afterwards: an address of this site, or empty.
    back: String,
}

impl WhosePage {
    /// The question about what a guest did.
    #[must_use]
    pub fn new(
        catalogue: &Catalogue,
        progress: &BTreeMap<ModuleId, ModuleProgress>,
        back: &str,
        lang: Lang,
    ) -> Self {
        let of = |done: bool| {
            let mine = progress.iter();
            mine.filter(move |(_, one)| one.completion.is_some() == done)
                .map(|(id, _)| id)
        };
        let key = Did::of(of(true).count(), of(false).count());
        Self {
            chrome: Chrome::new(
                lang,
                text(lang, "whose-title"),
                SiteSection::Other,
                "/accedi/sei-tu",
            ),
            asked: sentence(
                &format!("whose-{}", key.name()),
                &[
                    ("done", titles(catalogue, of(true), lang)),
                    ("begun", titles(catalogue, of(false), lang)),
                ],
                lang,
            ),
            back: back.to_owned(),
        }
    }
}

/// What there is to name in a sentence.
enum Did {
    Done,
    Begun,
    Both,
}

impl Did {
    const fn of(done: usize, begun: usize) -> Self {
        match (done, begun) {
            (_, 0) => Self::Done,
            (0, _) => Self::Begun,
            (_, _) => Self::Both,
        }
    }

    const fn name(&self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Begun => "begun",
            Self::Both => "both",
        }
    }
}

/// Something that can be given back.
#[derive(Debug, Serialize)]
pub struct TakenLine {
    href: String,
    what: String,
    until: String,
}

impl TakenLine {
    /// The lines of a list, with addresses below `base`.
    #[must_use]
    pub fn lines(taken: &[Takeover], base: &str, catalogue: &Catalogue, lang: Lang) -> Vec<Self> {
        let line = |one: &Takeover| Self {
            href: format!("{base}/presi/{}", one.id),
            what: what(one, catalogue, lang),
            until: day_of(lang, one.until),
        };
        taken.iter().map(line).collect()
    }
}

/// `give_back.html`: asks first, and says afterwards that it is done.
#[derive(Debug, Serialize)]
pub struct GiveBackPage {
    chrome: Chrome,
    what: String,
    until: String,
    /// `open`, `done`, or `late` where its time is over.
    state: &'static str,
    /// Of the person themselves, and not of the desk.
    own: bool,
    back: &'static str,
    back_href: String,
}

impl GiveBackPage {
    /// The page on one's own learning (`own`), or on the record of a person at the desk.
    #[must_use]
    pub fn new(
        taken: &Takeover,
        (base, own): (&str, bool),
        catalogue: &Catalogue,
        now: OffsetDateTime,
        lang: Lang,
    ) -> Self {
        let address = format!("{base}/presi/{}", taken.id);
        let title = text(lang, "give-back-title");
        let back = match own {
            true => "nav-mine",
            false => "citizen-record",
        };
        Self {
            chrome: match own {
                true => Chrome::new(lang, title, SiteSection::Mine, &address),
                false => crate::web::desk::frame::chrome(title, &address, lang),
            }
            .under(base, text(lang, back), lang),
            what: what(taken, catalogue, lang),
            until: day_of(lang, taken.until),
            state: match (taken.undone, now > taken.until) {
                (true, _) => "done",
                (false, true) => "late",
                (false, false) => "open",
            },
            own,
            back,
            back_href: base.to_owned(),
        }
    }
}

fn what(taken: &Takeover, catalogue: &Catalogue, lang: Lang) -> String {
    let key = Did::of(taken.done.len(), taken.begun.len());
    sentence(
        &format!("taken-{}", key.name()),
        &[
            ("done", titles(catalogue, taken.done.iter(), lang)),
            ("begun", titles(catalogue, taken.begun.iter(), lang)),
            ("day", day_of(lang, taken.taken_at)),
        ],
        lang,
    )
}

fn sentence(key: &str, parts: &[(&'static str, String)], lang: Lang) -> String {
    let args: Args = parts
        .iter()
        .map(|(name, value)| (Cow::Borrowed(*name), FluentValue::from(value.clone())))
        .collect();
    text_with(lang, key, &args)
}

/// The titles of courses, as a list in a sentence. One that is no longer in the catalogue is counted.
fn titles<'a>(
    catalogue: &Catalogue,
    modules: impl Iterator<Item = &'a ModuleId>,
    lang: Lang,
) -> String {
    let all: Vec<_> = modules.collect();
    let titles = all.iter().filter_map(|id| catalogue.module(id));
    let mut parts: Vec<String> = titles
        .take(NAMED)
        .map(|module| format!("«{}»", module.edition(lang).title))
        .collect();
    let others = all.len() - parts.len();
    if others > 0 {
        let count = (Cow::Borrowed("count"), FluentValue::from(others));
        parts.push(text_with(lang, "whose-others", &Args::from([count])));
    }
    let and = format!(" {} ", text(lang, "whose-and"));
    match parts.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, before)) => format!("{}{and}{last}", before.join(", ")),
        None => String::new(),
    }
}
