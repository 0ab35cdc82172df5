//! A page as bytes: rendered once, sent many times.

use std::io::Write;
use std::sync::OnceLock;

use actix_web::http::header::{self, HeaderMap, HeaderValue};
use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse};
use aws_lc_rs::digest;
use flate2::Compression;
use flate2::write::GzEncoder;

/// Bytes with their strong entity tag, and their compressed form once somebody has asked for it.
#[derive(Debug)]
pub struct Page {
    bytes: Bytes,
    tag: HeaderValue,
    compressed: OnceLock<Option<(Bytes, HeaderValue)>>,
}

impl Page {
    /// A page of these bytes.
    #[must_use]
    pub fn new(bytes: impl Into<Bytes>) -> Self {
        let bytes = bytes.into();
        let hash = digest::digest(&digest::SHA256, &bytes);
        let tag: String = hash
            .as_ref()
            .iter()
            .take(8)
            .map(|b| format!("{b:02x}"))
            .collect();
        Self {
            tag: quoted(&tag),
            bytes,
            compressed: OnceLock::new(),
        }
    }

    /// Its bytes, uncompressed.
    #[must_use]
    pub fn bytes(&self) -> &Bytes {
        &self.bytes
    }

    /// The page, or 304 where the browser has it. The caller adds the media type and how long it
    /// may be kept.
    pub fn answer(&self, request: &HttpRequest, compressible: bool) -> HttpResponse {
        let asked = request.headers();
        let packed = (compressible && accepts_gzip(asked))
            .then(|| self.compressed())
            .flatten();
        let (bytes, tag) = packed.map_or((&self.bytes, &self.tag), |(bytes, tag)| (bytes, tag));
        if has(asked, tag) {
            let mut response = HttpResponse::NotModified();
            return response.insert_header((header::ETAG, tag.clone())).finish();
        }
        let mut response = HttpResponse::Ok().body(bytes.clone());
        let headers = response.headers_mut();
        headers.insert(header::ETAG, tag.clone());
        if packed.is_some() {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
        }
        response
    }

    fn compressed(&self) -> Option<&(Bytes, HeaderValue)> {
        self.compressed
            .get_or_init(|| {
                let mut encoder = GzEncoder::new(Vec::new(), Compression::new(6));
                encoder.write_all(&self.bytes).ok()?;
                let bytes = encoder.finish().ok()?;
                let tag = self.tag.to_str().ok()?.trim_matches('"');
                Some((bytes.into(), quoted(&format!("{tag}-gz"))))
            })
            .as_ref()
    }
}

fn quoted(tag: &str) -> HeaderValue {
    HeaderValue::from_str(&format!("\"{tag}\"")).unwrap_or_else(|_| HeaderValue::from_static(""))
}

fn accepts_gzip(headers: &HeaderMap) -> bool {
    headers
        .get(header::ACCEPT_ENCODING)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| {
            value.split(',').any(|coding| {
                let mut parts = coding.split(';').map(str::trim);
                parts.next() == Some("gzip") && parts.all(|p| !matches!(p, "q=0" | "q=0.0"))
            })
        })
}

fn has(headers: &HeaderMap, tag: &HeaderValue) -> bool {
    let (Some(asked), Ok(tag)) = (headers.get(header::IF_NONE_MATCH), tag.to_str()) else {
        return false;
    };
    asked.to_str().is_ok_and(|asked| {
        asked
            .split(',')
            .map(|one| one.trim().trim_start_matches("W/"))
            .any(|one| one == tag || one == "*")
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::test::TestRequest;

    #[test]
    fn a_page_the_browser_has_is_not_sent_again() {
        let page = Page::new("<p>Ciao</p>");
        let first = page.answer(&TestRequest::default().to_http_request(), true);
        assert_eq!(first.status(), 200);
        let tag = first
            .headers()
            .get(header::ETAG)
            .cloned()
            .unwrap_or(HeaderValue::from_static(""));
        let again = TestRequest::default()
            .insert_header((header::IF_NONE_MATCH, tag))
            .to_http_request();
        assert_eq!(page.answer(&again, true).status(), 304);
        assert_eq!(Page::new("<p>Addio</p>").answer(&again, true).status(), 200);
    }

    #[test]
    fn the_compressed_page_has_a_tag_of_its_own() {
        let page = Page::new("<p>Ciao</p>".repeat(100));
        let request = TestRequest::default()
            .insert_header((header::ACCEPT_ENCODING, "br, gzip;q=0.5"))
            .to_http_request();
        let packed = page.answer(&request, true);
        assert_eq!(
            packed
                .headers()
                .get(header::CONTENT_ENCODING)
                .map(HeaderValue::as_bytes),
            Some(&b"gzip"[..])
        );
        assert_ne!(packed.headers().get(header::ETAG), Some(&page.tag));
        let refused = TestRequest::default()
            .insert_header((header::ACCEPT_ENCODING, "gzip;q=0"))
            .to_http_request();
        assert!(
            page.answer(&refused, true)
                .headers()
                .get(header::CONTENT_ENCODING)
                .is_none()
        );
    }
}
