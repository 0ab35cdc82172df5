//! Tables: a header row of column headings, in a region that scrolls on a small screen.

use pulldown_cmark::{Alignment, Tag};

use super::escape;
use super::{Events, HtmlWriter};
use crate::content::document::{ProsePlace, Table};
use crate::domain::locale::Lang;

/// Where the writer is in a table.
#[derive(Debug, Default)]
pub(super) struct TableState {
    alignments: Vec<Alignment>,
    column: usize,
    head: bool,
}

impl HtmlWriter<'_> {
    pub(super) fn start_table(
        &mut self,
        events: &Events<'_>,
        at: usize,
        alignments: &[Alignment],
        place: ProsePlace,
    ) {
        let header: Vec<String> = events
            .children(events.inside(at))
            .take(1)
            .flat_map(|head| events.children(events.inside(head.start)))
            .map(|cell| events.plain(cell).trim().to_owned())
            .collect();
        let name = match self.lang {
            Lang::It => "Tabella",
            Lang::En => "Table",
        };
        self.out
            .push_str("<div class=\"table-scroll\" role=\"region\" tabindex=\"0\" aria-label=\"");
        escape::text(&mut self.out, &format!("{name}: {}", header.join(", ")));
        self.out.push_str("\"><table>");
        self.table = TableState {
            alignments: alignments.to_vec(),
            ..TableState::default()
        };
        if place == ProsePlace::Text {
            let span = events.span(at);
            self.found.tables.push(Table { header, span });
        }
    }

    /// Rows and cells.
    pub(super) fn start_table_part(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::TableHead => {
                self.table.head = true;
                self.table.column = 0;
                self.out.push_str("<thead><tr>");
            }
            Tag::TableRow => {
                self.table.column = 0;
                self.out.push_str("<tr>");
            }
            _ => {
                self.out.push_str(if self.table.head {
                    "<th scope=\"col\""
                } else {
                    "<td"
                });
                match self.table.alignments.get(self.table.column) {
                    Some(Alignment::Center) => self.out.push_str(" class=\"text-center\""),
                    Some(Alignment::Right) => self.out.push_str(" class=\"text-end\""),
                    _ => {}
                }
                self.out.push('>');
            }
        }
    }

    pub(super) fn end_table_cell(&mut self) {
        let end = if self.table.head { "</th>" } else { "</td>" };
        self.out.push_str(end);
        self.table.column += 1;
    }

    pub(super) fn end_table_head(&mut self) {
        self.table.head = false;
        self.out.push_str("</tr></thead><tbody>");
    }
}
