//! The site without a network, and as an application of the device.

use actix_web::HttpResponse;
use actix_web::http::header;
use serde::Serialize;
use serde_json::json;

use crate::domain::locale::Lang;
use crate::web::assets::href;
use crate::web::error::Error;
use crate::web::extract::Language;
use crate::web::parts::chrome::{Chrome, SiteSection};
use crate::web::parts::show;
use crate::web::state::App;
use crate::web::templates::text;

/// `offline.html`
#[derive(Debug, Serialize)]
struct OfflinePage {
    chrome: Chrome,
}

/// `GET /offline`: what the service worker shows in place of a page that it does not keep.
pub async fn page(app: App, Language(lang): Language) -> Result<HttpResponse, Error> {
    let title = text(lang, "offline-title");
    let chrome = Chrome::new(lang, title, SiteSection::Other, "/offline");
    show(&app, "offline.html", lang, &OfflinePage { chrome })
}

/// `GET /manifest.webmanifest`: lets people keep the site among the applications of their device.
pub async fn manifest() -> HttpResponse {
    let icon = |file: &str, sizes: &str, media_type: &str, purpose: &str| json!({ "src": href(file), "sizes": sizes, "type": media_type, "purpose": purpose });
    let manifest = json!({
        "id": "/",
        "name": text(Lang::It, "site-name"),
        "short_name": text(Lang::It, "site-name"),
        "description": text(Lang::It, "site-tagline"),
        "lang": "it",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "theme_color": "#0066cc",
        "background_color": "#ffffff",
        "icons": [
            icon("icons/favicon.svg", "any", "image/svg+xml", "any"),
            icon("icons/app-192.png", "192x192", "image/png", "any maskable"),
            icon("icons/app-512.png", "512x512", "image/png", "any maskable"),
        ],
    });
    HttpResponse::Ok()
        .insert_header((header::CACHE_CONTROL, "public, max-age=86400"))
        .content_type("application/manifest+json")
        .body(manifest.to_string())
}
