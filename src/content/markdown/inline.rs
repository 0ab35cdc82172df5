//! Links and images.

use pulldown_cmark::{Event, Tag};
use unicode_normalization::UnicodeNormalization;

use super::{Events, HtmlWriter, Piece, escape};
use crate::content::document::{MarkdownImage, MarkdownLink};
use crate::content::link::{self, LinkTarget};
use crate::content::message::say;
use crate::content::rules::image_missing;
use crate::content::source::Span;

impl HtmlWriter<'_> {
    pub(super) fn start_link(&mut self, target: &str, title: &str, span: Span, email: bool) {
        let target = if email {
            format!("mailto:{target}")
        } else {
            target.to_owned()
        };
        self.out.push_str("<a href=\"");
        let mut external = false;
        match link::target(&self.complaints.file().path, &target) {
            LinkTarget::Secure => {
                external = true;
                escape::href(&mut self.out, &target);
            }
            LinkTarget::File { .. } if target.starts_with('#') => {
                escape::href(&mut self.out, &target);
            }
            LinkTarget::File { path, anchor } => {
                self.out.push('\0');
                self.out.push_str(&path.replace('\0', "\u{fffd}"));
                if let Some(anchor) = anchor {
                    self.out.push('#');
                    self.out.push_str(&anchor.replace('\0', "\u{fffd}"));
                }
                self.out.push('\0');
            }
            // Complained about elsewhere; such a page is never shown.
            LinkTarget::Refused => self.out.push('#'),
        }
        if external {
            self.out.push_str("\" rel=\"external");
        }
        if !title.is_empty() {
            self.out.push_str("\" title=\"");
            escape::text(&mut self.out, title);
        }
        self.out.push_str("\">");
        self.open_link = Some(MarkdownLink {
            target,
            text: String::new(),
            span,
        });
    }

    pub(super) fn end_link(&mut self) {
        self.out.push_str("</a>");
        self.found.links.extend(self.open_link.take());
    }

    /// Writes a paragraph that holds nothing but an image, and returns the index of what follows.
    pub(super) fn figure(&mut self, events: &Events<'_>, at: usize) -> Option<usize> {
        let inside = events.inside(at);
        let Some(Tag::Image { title, .. }) = events.tag(inside.start) else {
            return None;
        };
        if events.piece(inside.start).end != inside.end {
            return None;
        }
        self.out.push_str("<figure>");
        self.image(events, inside.start, true);
        if !title.is_empty() {
            self.out.push_str("<figcaption>");
            escape::text(&mut self.out, title);
            self.out.push_str("</figcaption>");
        }
        self.out.push_str("</figure>\n");
        Some(events.piece(at).end)
    }

    /// The image that is likely meant: one written without its folder, or in another case (`A.SVG`
    /// is another file than `a.svg` on most servers), or mistyped.
    fn like(&self, target: &str) -> Option<&String> {
        let wanted = plain(target.rsplit('/').next().unwrap_or(target));
        if wanted.is_empty() || wanted.len() > 80 {
            return None;
        }
        let near = self.images.keys().map(|name| {
            let distance = strsim::osa_distance(&wanted, &plain(name));
            (distance, name)
        });
        let near = near.filter(|(distance, _)| *distance <= 2).min();
        near.map(|(_, name)| name)
    }

    /// Writes an image, and returns the index of what follows.
    pub(super) fn image(&mut self, events: &Events<'_>, at: usize, captioned: bool) -> usize {
        let next = events.piece(at).end;
        let Some(Tag::Image {
            dest_url, title, ..
        }) = events.tag(at)
        else {
            return next;
        };
        let span = events.span(at);
        let alt = alternative(events, events.inside(at));
        if let Some(link) = &mut self.open_link {
            link.text.push_str(&alt);
        }
        let name = dest_url.strip_prefix("images/").unwrap_or("");
        if let Some(image) = self.images.get(name) {
            self.out.push_str("<img src=\"\0");
            let folder = self.complaints.file().path.split('/').next();
            self.out.push_str(folder.unwrap_or(""));
            self.out.push_str("/images/");
            self.out.push_str(name);
            self.out.push_str("\0\" alt=\"");
            escape::text(&mut self.out, &alt);
            if !captioned && !title.is_empty() {
                self.out.push_str("\" title=\"");
                escape::text(&mut self.out, title);
            }
            let (width, height) = (image.width, image.height);
            self.out.push_str(&format!(
                "\" width=\"{width}\" height=\"{height}\" loading=\"lazy\">"
            ));
        } else {
            let help = match self.like(dest_url) {
                Some(near) => say("did-you-mean").with("name", format!("images/{near}")),
                None => say("image-missing-help"),
            };
            let message = say("image-missing").with("image", &**dest_url);
            self.complaints
                .add_with_help(&image_missing::RULE, span.clone(), message, help);
        }
        self.found.images.push(MarkdownImage {
            target: dest_url.to_string(),
            alt,
            span,
        });
        next
    }
}

/// The letters of an image's name that somebody may take for others: neither case nor accents.
fn plain(name: &str) -> String {
    let decomposed = name.nfkd();
    let letters = decomposed.filter(|c| !unicode_normalization::char::is_combining_mark(*c));
    letters.flat_map(char::to_lowercase).collect()
}

/// An alternative text: the words and the code.
fn alternative(events: &Events<'_>, piece: Piece) -> String {
    let mut alt = String::new();
    for at in piece {
        match events.event(at) {
            Event::Text(text) | Event::Code(text) => alt.push_str(text),
            Event::SoftBreak | Event::HardBreak => alt.push(' '),
            _ => {}
        }
    }
    alt
}
