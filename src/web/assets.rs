//! What the browser gets beside pages: styles, scripts, fonts, icons, drawings. Embedded in the
//! program.

use std::borrow::Cow;
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
        .filter_map(|path| Some((path.to_string(), Asset::new(&path, &content(&path)?))))
        .collect()
});

/// What every page needs, and the list of what is kept. The rest is kept when it is first used: a
/// first visit on a slow network pays for nothing else.
const SHELL: [&str; 3] = ["css/site.css", "js/kept.js", "js/main.js"];

/// The service worker: told first what to keep, under a name that changes whenever that does.
static WORKER: LazyLock<Page> = LazyLock::new(|| {
    let shell: Vec<String> = SHELL.iter().filter_map(|path| href(path)).collect();
    let version = version(shell.concat().as_bytes());
    let script = Files::get(WORKER_FILE).map_or_else(Vec::new, |file| file.data.into_owned());
    let known = format!("const VERSION = {version:?};\nconst SHELL = {shell:?};\n");
    Page::text([known.into_bytes(), script].concat())
});

/// The content of an asset. A script that names another as `./other.js` names its version too.
fn content(path: &str) -> Option<Cow<'static, [u8]>> {
    let data = Files::get(path)?.data;
    let Some(mut text) = path
        .ends_with(".js")
        .then(|| String::from_utf8_lossy(&data).into_owned())
    else {
        return Some(data);
    };
    for other in Files::iter().filter(|other| other.as_ref() != path) {
        let name = other.strip_prefix("js/").unwrap_or_default();
        let mark = format!("\"./{name}\"");
        if text.contains(&mark) {
            let version = version(&content(&other)?);
            text = text.replace(&mark, &format!("\"./{name}?v={version}\""));
        }
    }
    Some(text.into_bytes().into())
}

/// A name for a content, that changes with it.
fn version(data: &[u8]) -> String {
    let hash = digest::digest(&digest::SHA256, data);
    hash.as_ref()
        .iter()
        .take(6)
        .map(|b| format!("{b:02x}"))
        .collect()
}

const JAVASCRIPT: &str = "text/javascript; charset=utf-8";
const WORKER_FILE: &str = "js/worker.js";

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
            Some("js") => JAVASCRIPT,
            Some("svg") => "image/svg+xml",
            Some("woff2") => "font/woff2",
            Some("png") => "image/png",
            Some("ico") => "image/x-icon",
            _ => "application/octet-stream",
        };
        let version = version(data);
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

/// `GET /sw.js`: at the top of the site, because it may serve only what is below it.
pub async fn worker(request: HttpRequest) -> HttpResponse {
    let mut response = WORKER.answer(&request);
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(JAVASCRIPT));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    response
}

/// `GET /favicon.ico`: browsers ask for it whatever the page says.
pub async fn favicon(request: HttpRequest) -> Result<HttpResponse, Error> {
    get(request, Path::from("icons/favicon.svg".to_owned())).await
}
