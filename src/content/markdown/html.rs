//! From events to HTML, noting on the way what the rules look at: links, images, tables, prose.

use std::collections::{BTreeMap, HashMap};

use pulldown_cmark::{BlockQuoteKind, Event, LinkType, Tag, TagEnd};

use super::table::TableState;
use super::{Events, Piece, RawHeading, escape};
use crate::content::complaints::Complaints;
use crate::content::document::{MarkdownImage, MarkdownLink, Prose, ProsePlace, Table};
use crate::content::message::say;
use crate::content::module;
use crate::content::rules::{raw_html, task_list_outside_question, unknown_alert};
use crate::content::source::Span;
use crate::domain::locale::Lang;

/// Writes pieces of one file.
///
/// A link to a file of the course and an image's address stand between two NUL characters until
/// the module's ids are known (`super::super::links`).
#[derive(Debug)]
pub(in crate::content) struct HtmlWriter<'d> {
    /// The file's language.
    pub(in crate::content) lang: Lang,
    /// What is wrong.
    pub(in crate::content) complaints: Complaints,
    /// What the rules look at.
    pub(in crate::content) found: HtmlFindings,
    /// The index of the heading the text stands under.
    pub(in crate::content) under: Option<usize>,
    pub(super) images: &'d BTreeMap<String, module::Image>,
    pub(super) headings: &'d [RawHeading],
    pub(super) out: String,
    pub(super) table: TableState,
    pub(super) open_link: Option<MarkdownLink>,
    run: Option<Prose>,
    footnotes: HashMap<String, Footnote>,
    /// Code blocks are not prose.
    in_code: bool,
}

/// What the rules look at.
#[derive(Debug, Default)]
pub(in crate::content) struct HtmlFindings {
    pub(in crate::content) links: Vec<MarkdownLink>,
    pub(in crate::content) images: Vec<MarkdownImage>,
    pub(in crate::content) tables: Vec<Table>,
    pub(in crate::content) prose: Vec<Prose>,
}

#[derive(Debug)]
struct Footnote {
    number: usize,
    referred: bool,
}

impl<'d> HtmlWriter<'d> {
    pub(in crate::content) fn new(
        lang: Lang,
        complaints: Complaints,
        images: &'d BTreeMap<String, module::Image>,
        headings: &'d [RawHeading],
    ) -> Self {
        Self {
            lang,
            complaints,
            found: HtmlFindings::default(),
            under: None,
            images,
            headings,
            out: String::new(),
            table: TableState::default(),
            open_link: None,
            run: None,
            footnotes: HashMap::new(),
            in_code: false,
        }
    }

    /// The HTML of a piece; also of what is inside a paragraph or a cell.
    pub(in crate::content) fn write(
        &mut self,
        events: &Events<'_>,
        piece: Piece,
        place: ProsePlace,
    ) -> String {
        let mut at = piece.start;
        while at < piece.end {
            at = self.event(events, at, place);
        }
        self.end_run();
        let mut html = std::mem::take(&mut self.out);
        html.shrink_to_fit();
        html
    }

    /// Writes the event and returns the index of the next one to write.
    fn event(&mut self, events: &Events<'_>, at: usize, place: ProsePlace) -> usize {
        let span = events.span(at);
        match events.event(at) {
            Event::Start(tag) => return self.start(events, at, tag, place),
            Event::End(tag) => self.end(*tag),
            Event::Text(text) => {
                escape::text(&mut self.out, text);
                if !self.in_code {
                    self.words(text, &span, place);
                }
            }
            Event::Code(code) => {
                self.out.push_str("<code>");
                escape::text(&mut self.out, code);
                self.out.push_str("</code>");
                self.words("", &span, place);
                if let Some(link) = &mut self.open_link {
                    link.text.push_str(code);
                }
            }
            Event::SoftBreak => {
                self.out.push('\n');
                self.words(" ", &span, place);
            }
            Event::HardBreak => {
                self.out.push_str("<br>\n");
                self.words(" ", &span, place);
            }
            Event::Rule => self.out.push_str("<hr>\n"),
            Event::FootnoteReference(label) => self.footnote_reference(label),
            Event::TaskListMarker(_) => self.complaints.add_with_help(
                &task_list_outside_question::RULE,
                span,
                say("task-list-outside-question"),
                say("task-list-outside-question-help"),
            ),
            Event::Html(html) | Event::InlineHtml(html) => {
                if !html.starts_with("</") {
                    self.raw_html(span);
                }
            }
            // Extensions that are not switched on.
            Event::InlineMath(text) | Event::DisplayMath(text) => {
                escape::text(&mut self.out, text);
            }
        }
        at + 1
    }

    fn start(&mut self, events: &Events<'_>, at: usize, tag: &Tag<'_>, place: ProsePlace) -> usize {
        let span = events.span(at);
        match tag {
            Tag::Paragraph => {
                if let Some(next) = self.figure(events, at) {
                    return next;
                }
                self.begin_run(span, place);
                self.out.push_str("<p>");
            }
            Tag::Heading { .. } => self.heading(at, span, place),
            Tag::BlockQuote(kind) => {
                self.end_run();
                self.quote(events, at, *kind);
            }
            Tag::CodeBlock(_) => {
                self.end_run();
                self.in_code = true;
                self.out.push_str("<pre tabindex=\"0\"><code>");
            }
            Tag::HtmlBlock => {
                self.end_run();
                self.raw_html(span);
                return events.piece(at).end;
            }
            Tag::List(start) => {
                self.end_run();
                self.list(*start, place);
            }
            Tag::Item => self.out.push_str("<li>"),
            Tag::FootnoteDefinition(label) => {
                self.end_run();
                self.footnote_definition(label);
            }
            Tag::Table(alignments) => {
                self.end_run();
                self.start_table(events, at, alignments, place);
            }
            Tag::TableHead | Tag::TableRow => self.start_table_part(tag),
            Tag::TableCell => {
                self.begin_run(span, place);
                self.start_table_part(tag);
            }
            Tag::Emphasis => self.out.push_str("<em>"),
            Tag::Strong => self.out.push_str("<strong>"),
            Tag::Link {
                dest_url,
                title,
                link_type,
                ..
            } => {
                let email = *link_type == LinkType::Email;
                self.start_link(dest_url, title, span, email);
            }
            Tag::Image { .. } => return self.image(events, at, false),
            // Extensions that are not switched on.
            _ => {}
        }
        at + 1
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Link => return self.end_link(),
            TagEnd::Emphasis => return self.out.push_str("</em>"),
            TagEnd::Strong => return self.out.push_str("</strong>"),
            _ => self.end_run(),
        }
        match tag {
            TagEnd::Paragraph => self.out.push_str("</p>\n"),
            TagEnd::Heading(level) => {
                let level = (level as u8).max(2);
                self.out.push_str(&format!("</h{level}>\n"));
            }
            TagEnd::BlockQuote(None) => self.out.push_str("</blockquote>\n"),
            TagEnd::BlockQuote(Some(_)) | TagEnd::FootnoteDefinition => {
                self.out.push_str("</div>\n");
            }
            TagEnd::CodeBlock => {
                self.in_code = false;
                self.out.push_str("</code></pre>\n");
            }
            TagEnd::List(ordered) => {
                self.out
                    .push_str(if ordered { "</ol>\n" } else { "</ul>\n" });
            }
            TagEnd::Item => self.out.push_str("</li>\n"),
            TagEnd::Table => self.out.push_str("</tbody></table></div>\n"),
            TagEnd::TableHead => self.end_table_head(),
            TagEnd::TableRow => self.out.push_str("</tr>\n"),
            TagEnd::TableCell => self.end_table_cell(),
            _ => {}
        }
    }

    fn heading(&mut self, at: usize, span: Span, place: ProsePlace) {
        self.end_run();
        let Ok(index) = self.headings.binary_search_by_key(&at, |h| h.at) else {
            return;
        };
        let heading = &self.headings[index];
        self.under = Some(index);
        let place = match place {
            ProsePlace::Text => ProsePlace::Heading,
            other => other,
        };
        self.begin_run(span, place);
        self.out
            .push_str(&format!("<h{} id=\"", heading.level.max(2)));
        escape::text(&mut self.out, &heading.id);
        self.out.push_str("\">");
    }

    fn list(&mut self, start: Option<u64>, place: ProsePlace) {
        let steps = if place == ProsePlace::Text {
            " class=\"steps\""
        } else {
            ""
        };
        match start {
            None => self.out.push_str("<ul>\n"),
            Some(1) => self.out.push_str(&format!("<ol{steps}>\n")),
            Some(start) => self
                .out
                .push_str(&format!("<ol{steps} start=\"{start}\">\n")),
        }
    }

    fn quote(&mut self, events: &Events<'_>, at: usize, kind: Option<BlockQuoteKind>) {
        let Some(kind) = kind else {
            let misspelt = events.tag(at + 1) == Some(&Tag::Paragraph)
                && matches!(events.event(at + 2), Event::Text(text) if text.starts_with('['))
                && events.plain(events.inside(at + 1)).starts_with("[!");
            if misspelt {
                let span = self.trimmed(events.span(at + 1));
                self.complaints.add_with_help(
                    &unknown_alert::RULE,
                    span,
                    say("unknown-alert"),
                    say("unknown-alert-help"),
                );
            }
            return self.out.push_str("<blockquote>\n");
        };
        let (class, italian, english) = match kind {
            BlockQuoteKind::Note => ("note", "Nota", "Note"),
            BlockQuoteKind::Tip => ("tip", "Consiglio", "Tip"),
            BlockQuoteKind::Important => ("important", "Importante", "Important"),
            BlockQuoteKind::Warning => ("warning", "Attenzione", "Warning"),
            BlockQuoteKind::Caution => ("caution", "Pericolo", "Danger"),
        };
        let label = match self.lang {
            Lang::It => italian,
            Lang::En => english,
        };
        self.out.push_str(&format!(
            "<div class=\"callout callout-{class}\" role=\"note\">\
             <p class=\"callout-label\">{label}</p>\n"
        ));
    }

    fn footnote(&mut self, label: &str) -> &mut Footnote {
        let number = self.footnotes.len() + 1;
        let fresh = Footnote {
            number,
            referred: false,
        };
        self.footnotes.entry(label.to_owned()).or_insert(fresh)
    }

    fn footnote_reference(&mut self, label: &str) {
        let note = self.footnote(label);
        let number = note.number;
        let id = if std::mem::replace(&mut note.referred, true) {
            String::new()
        } else {
            format!(" id=\"fnref-{number}\"")
        };
        self.out.push_str(&format!(
            "<sup><a href=\"#fn-{number}\"{id} role=\"doc-noteref\">{number}</a></sup>"
        ));
    }

    fn footnote_definition(&mut self, label: &str) {
        let number = self.footnote(label).number;
        self.out.push_str(&format!(
            "<div class=\"footnote\" id=\"fn-{number}\" role=\"doc-footnote\">\
             <a href=\"#fnref-{number}\" role=\"doc-backlink\">{number}</a>\n"
        ));
    }

    fn raw_html(&mut self, span: Span) {
        let line = self.complaints.file().at(&span).lines().next();
        let end = span.start + line.map_or(0, |line| line.trim_end().len());
        self.complaints.add_with_help(
            &raw_html::RULE,
            span.start..end,
            say("raw-html"),
            say("raw-html-help"),
        );
    }

    fn begin_run(&mut self, span: Span, place: ProsePlace) {
        self.end_run();
        self.run = Some(Prose {
            text: String::new(),
            span: self.trimmed(span),
            place,
            under: self.under,
        });
    }

    /// Adds words to the prose under way, or begins one: the text of a tight list's item stands in
    /// no paragraph.
    pub(super) fn words(&mut self, words: &str, span: &Span, place: ProsePlace) {
        let under = self.under;
        let run = self.run.get_or_insert_with(|| Prose {
            text: String::new(),
            span: span.clone(),
            place,
            under,
        });
        run.text.push_str(words);
        run.span.end = run.span.end.max(span.end);
        if let Some(link) = &mut self.open_link {
            link.text.push_str(words);
        }
    }

    /// A place without the line break at its end.
    fn trimmed(&self, span: Span) -> Span {
        let text = self.complaints.file().at(&span);
        span.start..span.start + text.trim_end().len()
    }

    fn end_run(&mut self) {
        if let Some(run) = self.run.take()
            && !run.text.trim().is_empty()
        {
            self.found.prose.push(run);
        }
    }
}
