//! `.one`, `.many` and `.order`: lists.

use std::collections::BTreeSet;

use pulldown_cmark::Tag;

use super::Reader;
use super::items::Item;
use crate::content::markdown::Piece;
use crate::content::question::{Choice, Kind, Labelled};
use crate::content::rules::{
    order_list, question_with_several_right_answers, question_without_options,
    question_without_right_answer,
};

impl Reader<'_, '_, '_> {
    pub(super) fn one(&mut self, lists: &[Piece]) -> Kind {
        let (options, right) = self.choices(lists);
        if right.len() > 1 {
            self.writer.complaints.add_with_help(
                &question_with_several_right_answers::RULE,
                self.heading.span.clone(),
                format!(
                    "{} right answers to \"{}\", which is `.one`",
                    right.len(),
                    self.heading.text
                ),
                "leave one `[x]`, or make the question `.many`",
            );
        }
        let right = right.into_iter().next().unwrap_or_default();
        Kind::One { options, right }
    }

    pub(super) fn many(&mut self, lists: &[Piece]) -> Kind {
        let (options, right) = self.choices(lists);
        Kind::Many {
            options,
            right: right.into_iter().collect::<BTreeSet<_>>(),
        }
    }

    /// The options and the keys of the right ones.
    fn choices(&mut self, lists: &[Piece]) -> (Vec<Choice>, Vec<String>) {
        let items = self.items(lists, false);
        self.at_least_two(lists, &items);
        if !lists.is_empty() && !items.iter().any(|item| item.checked == Some(true)) {
            self.writer.complaints.add_with_help(
                &question_without_right_answer::RULE,
                self.heading.span.clone(),
                format!("no right answer to \"{}\"", self.heading.text),
                "mark one option with `[x]`",
            );
        }
        let right = items
            .iter()
            .filter(|item| item.checked == Some(true))
            .filter_map(|item| item.key.clone())
            .collect();
        let options = items
            .into_iter()
            .map(|item| Choice {
                key: item.key.unwrap_or_default(),
                html: item.html,
                feedback_html: item.feedback_html,
            })
            .collect();
        (options, right)
    }

    pub(super) fn order(&mut self, lists: &[Piece]) -> Kind {
        for list in lists {
            if self.events.tag(list.start) == Some(&Tag::List(None)) {
                let span = self.line(list.start);
                self.writer.complaints.add_with_help(
                    &order_list::RULE,
                    span,
                    "the steps of an `.order` question are a numbered list",
                    "write `1.`, `2.` …, in the right order",
                );
            }
        }
        let items = self.items(lists, true);
        self.at_least_two(lists, &items);
        let steps = items
            .into_iter()
            .map(|item| Labelled {
                key: item.key.unwrap_or_default(),
                html: item.html,
            })
            .collect();
        Kind::Order { steps }
    }

    fn at_least_two(&mut self, lists: &[Piece], items: &[Item]) {
        if !lists.is_empty() && items.len() < 2 {
            self.writer.complaints.add_with_help(
                &question_without_options::RULE,
                self.heading.span.clone(),
                format!("\"{}\" has a single option", self.heading.text),
                "add at least another one",
            );
        }
    }
}
