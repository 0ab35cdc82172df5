//! `.one`, `.many` and `.order`: lists.

use std::collections::BTreeSet;

use pulldown_cmark::Tag;

use super::Reader;
use super::items::Item;
use crate::content::markdown::Piece;
use crate::content::message::say;
use crate::content::question::{Choice, Kind, Labelled};
use crate::content::rules::{
    option_marker, order_list, question_with_several_right_answers, question_without_options,
    question_without_right_answer,
};

impl Reader<'_, '_, '_> {
    pub(super) fn one(&mut self, lists: &[Piece]) -> Kind {
        let (options, right) = self.choices(lists);
        if right.len() > 1 {
            self.writer.complaints.add_with_help(
                &question_with_several_right_answers::RULE,
                self.heading.span.clone(),
                say("question-several-right")
                    .with("count", right.len())
                    .with("question", &self.heading.text),
                say("question-several-right-help"),
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
        for list in lists {
            if matches!(self.events.tag(list.start), Some(Tag::List(Some(_)))) {
                let span = self.line(list.start);
                self.writer.complaints.add_with_help(
                    &option_marker::RULE,
                    span,
                    say("options-numbered"),
                    say("options-numbered-help"),
                );
            }
        }
        let items = self.items(lists, false);
        self.at_least_two(lists, &items);
        self.alike(
            say("alike-options"),
            items.iter().map(|item| (&*item.form, &item.line)),
        );
        if !lists.is_empty() && !items.iter().any(|item| item.checked == Some(true)) {
            self.writer.complaints.add_with_help(
                &question_without_right_answer::RULE,
                self.heading.span.clone(),
                say("question-without-right").with("question", &self.heading.text),
                say("question-without-right-help"),
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
                    say("order-list"),
                    say("order-list-help"),
                );
            }
        }
        let items = self.items(lists, true);
        self.at_least_two(lists, &items);
        self.alike(
            say("alike-steps"),
            items.iter().map(|item| (&*item.form, &item.line)),
        );
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
                say("question-single-option").with("question", &self.heading.text),
                say("question-single-option-help"),
            );
        }
    }
}
