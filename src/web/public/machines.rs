//! What programs ask a site for, beside its interface: what may be listed, what there is, whom to
//! tell about a weakness.

use actix_web::HttpResponse;
use actix_web::http::header;
use serde::Serialize;
use time::format_description::well_known::Rfc3339;
use time::{Date, Duration};

use crate::content::Catalogue;
use crate::content::module::Module;
use crate::domain::locale::Lang;
use crate::web::error::Error;
use crate::web::extract::Language;
use crate::web::state::App;

/// How long `security.txt` holds; RFC 9116 wants less than a year.
const SECURITY_HOLDS: Duration = Duration::days(180);

const FOR_ROBOTS: &str = "User-agent: *\nDisallow: /api/\nDisallow: /cerca\n\
    Disallow: /mio-percorso\nDisallow: /punto\n";

/// `GET /robots.txt`: courses may be listed, people's pages need not be asked for.
pub async fn robots(app: App) -> HttpResponse {
    let map = app.settings.address.as_ref();
    let map = map.map(|address| format!("Sitemap: {address}/sitemap.xml\n"));
    plain(format!("{FOR_ROBOTS}{}", map.unwrap_or_default()))
}

/// `GET /sitemap.xml`: every page that may be listed, in every language. It needs the site's own
/// address.
pub async fn sitemap(app: App, Language(lang): Language) -> Result<HttpResponse, Error> {
    app.settings.address.as_ref().ok_or(Error::NotFound)?;
    let map = SiteMap::new(&app.catalogue());
    let text = app.templates.render("sitemap.xml", lang, &map)?;
    Ok(xml("application/xml; charset=utf-8", text))
}

/// `GET /moduli.atom`: the modules as a feed.
pub async fn feed(app: App, Language(lang): Language) -> Result<HttpResponse, Error> {
    let feed = Feed::new(&app.catalogue(), lang);
    let text = app.templates.render("feed.xml", lang, &feed)?;
    Ok(xml("application/atom+xml; charset=utf-8", text))
}

/// `GET /.well-known/security.txt` (RFC 9116): not there where nobody is named.
pub async fn security(app: App) -> Result<HttpResponse, Error> {
    let contact = app.settings.security_contact.as_ref();
    let contact = contact.ok_or(Error::NotFound)?;
    let expires = (app.now() + SECURITY_HOLDS).replace_nanosecond(0);
    let expires = expires.map(|at| at.format(&Rfc3339));
    let expires = expires.map_err(Error::internal)?.map_err(Error::internal)?;
    let canonical = app
        .settings
        .address
        .as_ref()
        .map(|address| format!("Canonical: {address}/.well-known/security.txt\n"));
    Ok(plain(format!(
        "Contact: {contact}\nExpires: {expires}\nPreferred-Languages: it, en\n{}",
        canonical.unwrap_or_default()
    )))
}

fn plain(text: String) -> HttpResponse {
    HttpResponse::Ok()
        .content_type("text/plain; charset=utf-8")
        .body(text)
}

fn xml(kind: &str, text: String) -> HttpResponse {
    HttpResponse::Ok()
        .content_type(kind)
        .insert_header((header::CACHE_CONTROL, "public, max-age=3600"))
        .insert_header((header::VARY, "accept-encoding, accept-language, cookie"))
        .body(text)
}

/// Pages that are the same for everybody, beside those of the courses.
const PAGES: [&str; 8] = [
    "/",
    "/moduli",
    "/punti",
    "/rete/totali",
    "/sviluppatori",
    "/privacy",
    "/accessibilita",
    "/cookie",
];

/// `sitemap.xml`
#[derive(Debug, Serialize)]
pub struct SiteMap {
    langs: [&'static str; Lang::ALL.len()],
    pages: Vec<MappedPage>,
}

#[derive(Debug, Serialize)]
struct MappedPage {
    path: String,
    /// The day its facts were last checked.
    checked: Option<String>,
}

impl SiteMap {
    /// The pages of a catalogue, and those that are always there.
    #[must_use]
    pub fn new(catalogue: &Catalogue) -> Self {
        let page = |path: String, checked: Option<Date>| MappedPage {
            path,
            checked: checked.map(|day| day.to_string()),
        };
        let mut pages: Vec<_> = PAGES.map(|path| page(path.to_owned(), None)).into();
        let paths = catalogue.paths().iter();
        pages.extend(paths.map(|path| page(format!("/percorsi/{}", path.id), None)));
        for module in catalogue.modules() {
            let front = format!("/moduli/{}", module.id);
            let checked = Some(module.original.verified);
            let lessons = module.original.lessons.iter();
            let lessons = lessons.map(|lesson| page(format!("{front}/{}", lesson.id), checked));
            pages.extend(lessons);
            pages.push(page(front, checked));
        }
        Self {
            langs: Lang::ALL.map(Lang::code),
            pages,
        }
    }
}

/// `feed.xml`: the modules, those last checked first.
#[derive(Debug, Serialize)]
pub struct Feed {
    updated: String,
    entries: Vec<FeedEntry>,
}

#[derive(Debug, Serialize)]
struct FeedEntry {
    id: String,
    title: String,
    summary: String,
    lang: Lang,
    updated: String,
}

impl Feed {
    /// The modules of a catalogue in a language.
    #[must_use]
    pub fn new(catalogue: &Catalogue, lang: Lang) -> Self {
        let mut modules: Vec<&Module> = catalogue.modules().iter().map(AsRef::as_ref).collect();
        let checked = |module: &Module| module.edition(lang).verified;
        modules.sort_by_key(|module| (std::cmp::Reverse(checked(module)), module.id.clone()));
        let moment = |day: Date| format!("{day}T00:00:00Z");
        let first = modules.first().map(|module| checked(module));
        Self {
            updated: moment(first.unwrap_or(time::macros::date!(2026 - 01 - 01))),
            entries: modules
                .into_iter()
                .map(|module| {
                    let edition = module.edition(lang);
                    FeedEntry {
                        id: module.id.to_string(),
                        title: edition.title.clone(),
                        summary: edition.summary.clone(),
                        lang: edition.lang,
                        updated: moment(edition.verified),
                    }
                })
                .collect(),
        }
    }
}
