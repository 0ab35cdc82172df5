//! A page as bytes: rendered and compressed once, sent many times.
//!
//! A text is kept compressed only: with gzip from the start, with Brotli, which is a tenth smaller,
//! from the first browser that takes it. The few clients that want it plain wait for it to be
//! unpacked.

use std::io::Write;
use std::sync::OnceLock;

use actix_web::http::header::{self, HeaderMap, HeaderValue};
use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse};
use aws_lc_rs::digest;
use brotli::CompressorWriter;
use flate2::Compression;
use flate2::write::{GzDecoder, GzEncoder};

/// Half a millisecond for a lesson, once; the highest quality takes ten times as long for a page that
/// is 2 % smaller.
const BROTLI_QUALITY: u32 = 5;

/// Bytes with their strong entity tag.
#[derive(Debug)]
pub struct Page {
    plain_tag: HeaderValue,
    form: Form,
}

#[derive(Debug)]
enum Form {
    Plain(Bytes),
    Packed { gzip: Sent, brotli: OnceLock<Sent> },
}

/// A compressed form with its own entity tag.
#[derive(Debug)]
struct Sent {
    bytes: Bytes,
    tag: HeaderValue,
}

impl Page {
    /// A text: HTML, a style, a drawing.
    #[must_use]
    pub fn text(text: impl AsRef<[u8]>) -> Self {
        let text = text.as_ref();
        let tag = hash(text);
        match gzip(text) {
            Ok(packed) if packed.len() < text.len() => Self {
                form: Form::Packed {
                    gzip: Sent::new(&packed, &tag, "gz"),
                    brotli: OnceLock::new(),
                },
                plain_tag: quoted(&tag),
            },
            _ => Self::binary(text),
        }
    }

    /// What does not get smaller: a font, a photograph.
    #[must_use]
    pub fn binary(bytes: impl AsRef<[u8]>) -> Self {
        let bytes = bytes.as_ref();
        Self {
            plain_tag: quoted(&hash(bytes)),
            form: Form::Plain(Bytes::copy_from_slice(bytes)),
        }
    }

    /// The page, or 304 where the browser has it. The caller adds the media type and how long it
    /// may be kept.
    pub fn answer(&self, request: &HttpRequest) -> HttpResponse {
        let asked = request.headers();
        match &self.form {
            Form::Packed { gzip, brotli } if accepts(asked, "br") => {
                let sent = brotli.get_or_init(|| self.as_brotli(gzip));
                answer(asked, &sent.tag, Some("br"), || sent.bytes.clone())
            }
            Form::Packed { gzip, .. } if accepts(asked, "gzip") => {
                answer(asked, &gzip.tag, Some("gzip"), || gzip.bytes.clone())
            }
            Form::Packed { gzip, .. } => answer(asked, &self.plain_tag, None, || gzip.unpacked()),
            Form::Plain(bytes) => answer(asked, &self.plain_tag, None, || bytes.clone()),
        }
    }

    fn as_brotli(&self, gzip: &Sent) -> Sent {
        let tag = self.plain_tag.to_str().unwrap_or_default();
        let bytes = pack(&gzip.unpacked()).unwrap_or_default();
        Sent::new(&bytes, tag.trim_matches('"'), "br")
    }
}

impl Sent {
    fn new(bytes: &[u8], tag: &str, form: &str) -> Self {
        Self {
            tag: quoted(&format!("{tag}-{form}")),
            // Copied: what it was made in has room to grow, and this is kept for long.
            bytes: Bytes::copy_from_slice(bytes),
        }
    }

    /// Writing into memory what was packed here cannot fail.
    fn unpacked(&self) -> Bytes {
        gunzip(&self.bytes).unwrap_or_default().into()
    }
}

fn answer(
    asked: &HeaderMap,
    tag: &HeaderValue,
    coding: Option<&'static str>,
    bytes: impl FnOnce() -> Bytes,
) -> HttpResponse {
    if has(asked, tag) {
        let mut response = HttpResponse::NotModified();
        return response.insert_header((header::ETAG, tag.clone())).finish();
    }
    let mut response = HttpResponse::Ok().body(bytes());
    let headers = response.headers_mut();
    headers.insert(header::ETAG, tag.clone());
    if let Some(coding) = coding {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding));
    }
    response
}

fn hash(bytes: &[u8]) -> String {
    let hash = digest::digest(&digest::SHA256, bytes);
    hash.as_ref()
        .iter()
        .take(8)
        .map(|b| format!("{b:02x}"))
        .collect()
}

fn pack(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut packer = CompressorWriter::new(Vec::new(), 4_096, BROTLI_QUALITY, 22);
    packer.write_all(bytes)?;
    packer.flush()?;
    Ok(packer.into_inner())
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

fn accepts(headers: &HeaderMap, wanted: &str) -> bool {
    headers
        .get(header::ACCEPT_ENCODING)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| {
            value.split(',').any(|coding| {
                let mut parts = coding.split(';').map(str::trim);
                parts.next() == Some(wanted) && parts.all(|p| !matches!(p, "q=0" | "q=0.0"))
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
            for accepted in ["gzip", "br", "identity"] {
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

    fn unpacked(coding: Option<&str>, bytes: &[u8]) -> Vec<u8> {
        match coding {
            Some("gzip") => gunzip(bytes).unwrap(),
            Some("br") => {
                let mut out = Vec::new();
                brotli::BrotliDecompress(&mut &bytes[..], &mut out).unwrap();
                out
            }
            _ => bytes.to_vec(),
        }
    }

    #[test]
    fn a_text_is_sent_as_the_client_takes_it() {
        let text = "<p>Ciao</p>".repeat(100);
        let page = Page::text(&text);
        let mut tags = Vec::new();
        for (accepted, coding) in [
            ("gzip, deflate, br, zstd", Some("br")),
            ("br;q=0, gzip;q=0.5", Some("gzip")),
            ("gzip;q=0", None),
            ("", None),
        ] {
            let answer = ask(&page, header::ACCEPT_ENCODING, accepted);
            assert_eq!(header_of(&answer, header::CONTENT_ENCODING), coding);
            tags.push(header_of(&answer, header::ETAG).unwrap().to_owned());
            let bytes = answer.into_body().try_into_bytes().unwrap();
            assert_eq!(unpacked(coding, &bytes), text.as_bytes());
        }
        tags.dedup();
        assert_eq!(tags.len(), 3);
    }

    #[test]
    fn what_gets_no_smaller_is_sent_as_it_is() {
        for page in [Page::text("<p>Ciao</p>"), Page::binary(vec![0; 1_000])] {
            let answer = ask(&page, header::ACCEPT_ENCODING, "gzip, br");
            assert_eq!(header_of(&answer, header::CONTENT_ENCODING), None);
        }
    }
}
