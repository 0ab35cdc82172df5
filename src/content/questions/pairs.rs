//! `.match`: a table of two columns.

use std::collections::BTreeSet;

use pulldown_cmark::Tag;

use super::Reader;
use super::alike::form;
use crate::content::markdown::Piece;
use crate::content::message::say;
use crate::content::question::{Kind, Labelled};
use crate::content::rules::{match_table, option_empty, question_without_options};
use crate::content::source::Span;

impl Reader<'_, '_, '_> {
    pub(super) fn pairs(&mut self, tables: &[Piece]) -> Kind {
        let mut left = Vec::new();
        let mut right = Vec::new();
        let mut keys = BTreeSet::new();
        let mut forms = [Vec::new(), Vec::new()];
        for table in tables {
            let columns = match self.events.tag(table.start) {
                Some(Tag::Table(alignments)) => alignments.len(),
                _ => 0,
            };
            if columns != 2 {
                let span = self.line(table.start);
                self.writer.complaints.add_with_help(
                    &match_table::RULE,
                    span,
                    say("match-table").with("count", columns),
                    say("match-table-help"),
                );
                continue;
            }
            let rows: Vec<Piece> = self
                .events
                .children(self.events.inside(table.start))
                .skip(1)
                .collect();
            for row in rows {
                self.pair(&row, &mut keys, &mut forms, (&mut left, &mut right));
            }
        }
        for cells in &forms {
            self.alike(
                say("alike-cells"),
                cells.iter().map(|(form, span)| (&**form, span)),
            );
        }
        if !tables.is_empty() && left.len() < 2 {
            self.writer.complaints.add_with_help(
                &question_without_options::RULE,
                self.heading.span.clone(),
                say("question-few-pairs").with("question", &self.heading.text),
                say("question-few-pairs-help"),
            );
        }
        Kind::Match { left, right }
    }

    fn pair(
        &mut self,
        row: &Piece,
        keys: &mut BTreeSet<String>,
        forms: &mut [Vec<(String, Span)>; 2],
        (left, right): (&mut Vec<Labelled>, &mut Vec<Labelled>),
    ) {
        let line = self.line(row.start);
        let mut cells: Vec<Piece> = self
            .events
            .children(self.events.inside(row.start))
            .map(|cell| self.events.inside(cell.start))
            .collect();
        cells.resize(2, 0..0);
        let (mut first, mut second) = (cells[0].clone(), cells[1].clone());
        if second.is_empty() {
            return self.writer.complaints.add_with_help(
                &option_empty::RULE,
                line,
                say("option-empty-right"),
                say("option-empty-right-help"),
            );
        }
        let pair = !first.is_empty();
        let key = self.key(if pair { &mut first } else { &mut second }, keys, &line);
        let key = key.unwrap_or_default();
        for (cell, forms) in [&first, &second].into_iter().zip(forms) {
            forms.push((form(self.events, cell), self.events.span_of(cell)));
        }
        if pair {
            left.push(Labelled {
                key: key.clone(),
                html: self.label(first, &line),
            });
        }
        right.push(Labelled {
            key,
            html: self.label(second, &line),
        });
    }
}
