//! A page as bytes: rendered and compressed once, sent many times.
//!
//! A text is kept compressed only. Browsers take it as it is, from a third of the memory; the few
//! clients that want it plain wait for it to be unpacked, which takes less time than sending it.

use std::io::Write;

use actix_web::http::header::{self, HeaderMap, HeaderValue};
use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse};
use aws_lc_rs::digest;
use flate2::Compression;
use flate2::write::{GzDecoder, GzEncoder};

/// Bytes with their strong entity tag.
#[derive(Debug)]
pub struct Page {
    bytes: Bytes,
    packed: bool,
    /// Of the bytes as they are kept.
    tag: HeaderValue,
    /// Of the bytes unpacked.
    plain_tag: HeaderValue,
}

impl Page {
    /// A text: HTML, a style, a drawing.
    #[must_use]
    pub fn text(text: impl AsRef<[u8]>) -> Self {
        let text = text.as_ref();
        match gzip(text) {
            Ok(packed) if packed.len() < text.len() => Self::kept(&packed, true, text),
            _ => Self::binary(text),
        }
    }

    /// What does not get smaller: a font, a photograph.
    #[must_use]
    pub fn binary(bytes: impl AsRef<[u8]>) -> Self {
        Self::kept(bytes.as_ref(), false, bytes.as_ref())
    }

    fn kept(bytes: &[u8], packed: bool, plain: &[u8]) -> Self {
        let hash = digest::digest(&digest::SHA256, plain);
        let tag: String = hash
            .as_ref()
            .iter()
            .take(8)
            .map(|b| format!("{b:02x}"))
            .collect();
        let plain_tag = quoted(&tag);
        Self {
            tag: if packed {
                quoted(&format!("{tag}-gz"))
            } else {
                plain_tag.clone()
            },
            plain_tag,
            packed,
            // Copied: what it was made in has room to grow, and this is kept for long.
            bytes: Bytes::copy_from_slice(bytes),
        }
    }

    /// The page, or 304 where the browser has it. The caller adds the media type and how long it
    /// may be kept.
    pub fn answer(&self, request: &HttpRequest) -> HttpResponse {
        let asked = request.headers();
        let unpack = self.packed && !accepts_gzip(asked);
        let tag = if unpack { &self.plain_tag } else { &self.tag };
        if has(asked, tag) {
            let mut response = HttpResponse::NotModified();
            return response.insert_header((header::ETAG, tag.clone())).finish();
        }
        let mut response = HttpResponse::Ok().body(if unpack {
            self.unpacked()
        } else {
            self.bytes.clone()
        });
        let headers = response.headers_mut();
        headers.insert(header::ETAG, tag.clone());
        if self.packed && !unpack {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
        }
        response
    }

    fn unpacked(&self) -> Bytes {
        // Writing into memory what was packed here cannot fail.
        gunzip(&self.bytes).unwrap_or_default().into()
    }
}

fn gzip(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::with_capacity(bytes.len() / 3), Compression::new(6));
    encoder.write_all(bytes)?;
    encoder.finish()
}

fn gunzip(packed: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut decoder = GzDecoder::new(Vec::with_capacity(packed.len() * 5));
    decoder.write_all(packed)?;
    decoder.finish()
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
    #![expect(clippy::unwrap_used, reason = "a test stops at a surprise")]

    use super::*;
    use actix_web::body::MessageBody as _;
    use actix_web::test::TestRequest;

    fn ask(page: &Page, name: header::HeaderName, value: &str) -> HttpResponse {
        let request = TestRequest::default().insert_header((name, value));
        page.answer(&request.to_http_request())
    }

    fn header_of(response: &HttpResponse, name: header::HeaderName) -> Option<&str> {
        response.headers().get(name)?.to_str().ok()
    }

    #[test]
    fn a_page_the_browser_has_is_not_sent_again() {
        for text in ["<p>Ciao</p>".to_owned(), "<p>Ciao</p>".repeat(100)] {
            let page = Page::text(&text);
            for accepted in ["gzip", "identity"] {
                let first = ask(&page, header::ACCEPT_ENCODING, accepted);
                assert_eq!(first.status(), 200);
                let tag = header_of(&first, header::ETAG).unwrap();
                let again = TestRequest::default()
                    .insert_header((header::ACCEPT_ENCODING, accepted))
                    .insert_header((header::IF_NONE_MATCH, tag))
                    .to_http_request();
                assert_eq!(page.answer(&again).status(), 304);
                let other = Page::text(text.replace("Ciao", "Addio"));
                assert_eq!(other.answer(&again).status(), 200);
            }
        }
    }

    #[test]
    fn a_text_is_sent_packed_or_plain_as_the_client_wants() {
        let text = "<p>Ciao</p>".repeat(100);
        let page = Page::text(&text);
        let packed = ask(&page, header::ACCEPT_ENCODING, "br, gzip;q=0.5");
        assert_eq!(header_of(&packed, header::CONTENT_ENCODING), Some("gzip"));
        let packed_tag = header_of(&packed, header::ETAG).unwrap().to_owned();
        let bytes = packed.into_body().try_into_bytes().unwrap();
        assert_eq!(gunzip(&bytes).unwrap(), text.as_bytes());
        for refused in ["gzip;q=0", "br", ""] {
            let plain = ask(&page, header::ACCEPT_ENCODING, refused);
            assert_eq!(header_of(&plain, header::CONTENT_ENCODING), None);
            assert_ne!(header_of(&plain, header::ETAG), Some(packed_tag.as_str()));
            let bytes = plain.into_body().try_into_bytes().unwrap();
            assert_eq!(bytes, text.as_bytes());
        }
    }

    #[test]
    fn what_gets_no_smaller_is_sent_as_it_is() {
        for page in [Page::text("<p>Ciao</p>"), Page::binary(vec![0; 1_000])] {
            let answer = ask(&page, header::ACCEPT_ENCODING, "gzip");
            assert_eq!(header_of(&answer, header::CONTENT_ENCODING), None);
        }
    }
}
