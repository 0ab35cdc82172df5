//! What programs ask a site for, beside its interface: what may be listed, what there is, whom to
//! tell about a weakness.

use actix_web::HttpResponse;
use actix_web::http::header;
use time::Duration;
use time::format_description::well_known::Rfc3339;

use crate::web::error::Error;
use crate::web::extract::Language;
use crate::web::state::App;
use crate::web::view::machines::{Feed, SiteMap};

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
