//! A page whose surroundings are drawn once: of a page of results, all but the words asked for and
//! what was found is the same each time, and drawing it takes longer than the search.
//!
//! It is drawn with marks where the words and the results belong, and cut there.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::templates::escaped;

/// Where a text belongs: characters that no text of the site has.
pub(super) const WORDS: &str = "\u{E000}";
/// Where it belongs in an address.
pub(super) const ADDRESS: &str = "\u{E001}";
/// Where the rest of the page belongs.
pub(super) const REST: &str = "\u{E002}";

/// A page, cut at its marks.
#[derive(Debug)]
pub(super) struct Frame {
    /// Each with the mark behind it.
    parts: Vec<(String, Hole)>,
    end: String,
}

#[derive(Debug, Clone, Copy)]
enum Hole {
    Words,
    Address,
    Rest,
}

impl Frame {
    /// Cuts a page that was drawn with the marks.
    pub(super) fn new(page: &str) -> Self {
        let mut parts = Vec::new();
        let mut rest = page;
        while let Some((at, mark)) = rest
            .match_indices(['\u{E000}', '\u{E001}', '\u{E002}'])
            .next()
        {
            let hole = match mark {
                WORDS => Hole::Words,
                ADDRESS => Hole::Address,
                _ => Hole::Rest,
            };
            parts.push((rest[..at].to_owned(), hole));
            rest = &rest[at + mark.len()..];
        }
        Self {
            parts,
            end: rest.to_owned(),
        }
    }

    /// The page with these words, plain text, and this rest, HTML.
    pub(super) fn filled(&self, words: &str, html: &str) -> String {
        let (escaped, address) = (escaped(words), in_address(words));
        let value = |hole| match hole {
            Hole::Words => escaped.as_str(),
            Hole::Address => address.as_str(),
            Hole::Rest => html,
        };
        let parts = self.parts.iter();
        let length: usize = parts
            .map(|(part, hole)| part.len() + value(*hole).len())
            .sum();
        let mut page = String::with_capacity(length + self.end.len());
        for (part, hole) in &self.parts {
            page.push_str(part);
            page.push_str(value(*hole));
        }
        page.push_str(&self.end);
        page
    }
}

/// Words as a value of an address.
pub(super) fn in_address(words: &str) -> String {
    utf8_percent_encode(words, NON_ALPHANUMERIC).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mark_is_filled_and_what_somebody_wrote_is_no_markup() {
        let frame = Frame::new(&format!(
            "<a href=\"/cerca?q={ADDRESS}\">{WORDS}</a>{REST}<p>{WORDS}"
        ));
        let page = frame.filled("<b> & c", "<p>trovato");
        assert_eq!(
            page,
            "<a href=\"/cerca?q=%3Cb%3E%20%26%20c\">&lt;b&gt; &amp; c</a><p>trovato<p>&lt;b&gt; &amp; c"
        );
        assert_eq!(Frame::new("intera").filled("a", "b"), "intera");
        // A mark that somebody sends stays what it is.
        assert!(frame.filled(REST, "").contains(REST));
    }
}
