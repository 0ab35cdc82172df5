//! What the browser gets beside pages: styles, scripts, fonts, icons, drawings. Embedded in the
//! program.

use std::collections::HashMap;
use std::sync::LazyLock;

use actix_web::http::header::{self, HeaderValue};
use actix_web::web::Path;
use actix_web::{HttpRequest, HttpResponse};
use aws_lc_rs::digest;
use rust_embed::RustEmbed;

use super::error::Error;
use super::page::Page;

#[derive(RustEmbed)]
#[folder = "templates/assets/"]
#[include = "css/*.css"]
#[include = "fonts/*.woff2"]
#[include = "icons/*"]
#[include = "drawings/*.svg"]
#[include = "js/*.js"]
struct Files;

/// By path below `templates/assets/`.
static ASSETS: LazyLock<HashMap<String, Asset>> = LazyLock::new(|| {
    Files::iter()
        .filter_map(|path| {
            Some((
                path.to_string(),
                Asset::new(&path, &Files::get(&path)?.data),
            ))
        })
        .collect()
});

struct Asset {
    page: Page,
    media_type: HeaderValue,
    /// The address with the hash of the content, which may be kept for ever.
    href: String,
}

impl Asset {
    fn new(path: &str, data: &[u8]) -> Self {
        let media_type = match path.rsplit('.').next() {
            Some("css") => "text/css; charset=utf-8",
            Some("js") => "text/javascript; charset=utf-8",
            Some("svg") => "image/svg+xml",
            Some("woff2") => "font/woff2",
            Some("png") => "image/png",
            Some("ico") => "image/x-icon",
            _ => "application/octet-stream",
        };
        let hash = digest::digest(&digest::SHA256, data);
        let version: String = hash
            .as_ref()
            .iter()
            .take(6)
            .map(|b| format!("{b:02x}"))
            .collect();
        let packed = matches!(path.rsplit('.').next(), Some("woff2" | "png"));
        Self {
            page: if packed {
                Page::binary(data)
            } else {
                Page::text(data)
            },
            media_type: HeaderValue::from_static(media_type),
            href: format!("/assets/{path}?v={version}"),
        }
    }
}

/// The address of an asset, with the hash of its content.
#[must_use]
pub fn href(path: &str) -> Option<String> {
    ASSETS.get(path).map(|asset| asset.href.clone())
}

/// `GET /assets/{path}`
pub async fn get(request: HttpRequest, path: Path<String>) -> Result<HttpResponse, Error> {
    let asset = ASSETS.get(path.as_str()).ok_or(Error::NotFound)?;
    let mut response = asset.page.answer(&request);
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, asset.media_type.clone());
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    headers.insert(
        header::CACHE_CONTROL,
        // Without the hash in the address the content may change under it.
        HeaderValue::from_static(if request.query_string().starts_with("v=") {
            "public, max-age=31536000, immutable"
        } else {
            "no-cache"
        }),
    );
    Ok(response)
}

/// `GET /favicon.ico`: browsers ask for it whatever the page says.
pub async fn favicon(request: HttpRequest) -> Result<HttpResponse, Error> {
    get(request, Path::from("icons/favicon.svg".to_owned())).await
}
