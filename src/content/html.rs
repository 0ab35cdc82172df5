//! The rendered text of a lesson, kept compressed: it is most of what a course takes in memory, and once
//! its page is drawn it is read again only for another language's page, for paper and for programs.

use std::borrow::Cow;

use flate2::{Compress, Compression, Decompress, FlushCompress, FlushDecompress, Status};

/// A shorter text is not worth it.
const WORTH_IT: usize = 512;

/// Rendered text.
#[derive(Debug, Clone)]
pub struct Html(Form);

#[derive(Debug, Clone)]
enum Form {
    Plain(String),
    /// And how long it is.
    Packed(Box<[u8]>, usize),
}

impl From<String> for Html {
    fn from(text: String) -> Self {
        Self(Form::Plain(text))
    }
}

impl Html {
    /// The text.
    #[must_use]
    pub fn text(&self) -> Cow<'_, str> {
        match &self.0 {
            Form::Plain(text) => Cow::Borrowed(text),
            Form::Packed(packed, length) => Cow::Owned(unpacked(packed, *length)),
        }
    }

    /// The text, to be changed.
    pub(super) fn plain(&mut self) -> &mut String {
        if let Form::Packed(packed, length) = &self.0 {
            self.0 = Form::Plain(unpacked(packed, *length));
        }
        match &mut self.0 {
            Form::Plain(text) => text,
            Form::Packed(..) => unreachable!("it was unpacked"),
        }
    }
}

/// Compresses texts one after the other with one memory to work in.
pub(super) struct Packer(Compress);

impl Packer {
    pub(super) fn new() -> Self {
        Self(Compress::new(Compression::fast(), false))
    }

    /// Compresses a text, where that makes it smaller.
    pub(super) fn pack(&mut self, html: &mut Html) {
        let Form::Plain(text) = &mut html.0 else {
            return;
        };
        let mut packed = Vec::with_capacity(text.len());
        self.0.reset();
        let done = match text.len() {
            ..WORTH_IT => None,
            _ => (self.0)
                .compress_vec(text.as_bytes(), &mut packed, FlushCompress::Finish)
                .ok(),
        };
        match done {
            Some(Status::StreamEnd) => html.0 = Form::Packed(packed.into(), text.len()),
            // It is short, or would not be shorter.
            _ => text.shrink_to_fit(),
        }
    }
}

/// Unpacking what was packed here cannot fail.
fn unpacked(packed: &[u8], length: usize) -> String {
    let mut text = Vec::with_capacity(length);
    let done = Decompress::new(false).decompress_vec(packed, &mut text, FlushDecompress::Finish);
    debug_assert!(matches!(done, Ok(Status::StreamEnd)));
    String::from_utf8(text).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_packed_text_is_the_same_text() {
        let mut packer = Packer::new();
        let long = "<p>È così, perché la città è già lì. 😀</p>\n".repeat(200);
        let noise: String = (0..3_000u32)
            .filter_map(|n| char::from_u32(n.wrapping_mul(2_654_435_761) >> 15))
            .collect();
        for text in ["", "<p>Ciao</p>", &long, &noise, &long] {
            let mut html = Html::from(text.to_owned());
            packer.pack(&mut html);
            assert_eq!(html.text(), text);
            let is_packed = matches!(html.0, Form::Packed(..));
            assert_eq!(is_packed, text == long || text == noise && is_packed);
            assert_eq!(html.plain(), text);
        }
    }
}
