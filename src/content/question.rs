//! Questions: the six kinds, and how an answer is graded.
//!
//! A [`Question`] holds its key (right answers, feedback, explanation), so it never leaves the
//! server whole: before grading `web` shows title, text, hint and what [`Question::shown`] gives;
//! after it, a [`Grade`]. Grading itself is in [`super::grade`].

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::domain::ids::QuestionId;

/// A question in one language, with its key.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Question {
    /// Permanent, the same in every language.
    pub id: QuestionId,
    /// Points for a right answer.
    pub points: u16,
    /// The heading, rendered as inline HTML without the `<h3>`: what a `<legend>` may hold.
    pub title_html: String,
    /// The text between the heading and the options, rendered as blocks; empty where there is
    /// none.
    pub text_html: String,
    /// What may be shown before answering.
    pub hint_html: Option<String>,
    /// Kind, options and key.
    pub kind: Kind,
    /// What is sent only with the graded answer.
    pub explanation_html: Option<String>,
    /// Hash of what decides a mark: kind, option keys, right set, tolerances, points. The same in
    /// every language.
    pub key_hash: String,
    /// Hash of everything else.
    pub text_hash: String,
}

/// A kind of question with its options and its key.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Kind {
    /// One right option.
    One {
        /// In the author's order.
        options: Vec<Choice>,
        /// The key of the right one.
        right: String,
    },
    /// One right option or more; all of them and no other earn the points.
    Many {
        /// In the author's order.
        options: Vec<Choice>,
        /// The keys of the right ones.
        right: BTreeSet<String>,
    },
    /// Steps to put in order.
    Order {
        /// In the right order; always shown shuffled.
        steps: Vec<Labelled>,
    },
    /// Pairs to match; the right column is shown shuffled.
    Match {
        /// Left cells with the key of their right cell (a pair's key is its left cell's).
        left: Vec<Labelled>,
        /// Right cells, distractors included, with the key of their pair or of the distractor.
        right: Vec<Labelled>,
    },
    /// A number in one of these ranges, ends included.
    Number {
        /// `= 3` is a range of one number.
        accepted: Vec<NumberRange>,
    },
    /// A text, compared without case, accents, punctuation, hyphens, extra spaces and a leading
    /// article; every apostrophe is one.
    Text {
        /// Any of these.
        accepted: Vec<AcceptedText>,
    },
}

/// An option of a `.one` or `.many` question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// `[a-z0-9]{1,8}`, unique in the question.
    pub key: String,
    /// The label, rendered.
    pub html: String,
    /// Said once this option was chosen and graded.
    pub feedback_html: Option<String>,
}

/// A keyed label.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Labelled {
    /// `[a-z0-9]{1,8}`, unique in the question.
    pub key: String,
    /// The label, rendered.
    pub html: String,
}

/// Numbers from `min` to `max`.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct NumberRange {
    /// The smallest accepted.
    pub min: f64,
    /// The largest accepted.
    pub max: f64,
}

/// A text that earns the points.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AcceptedText {
    /// As the author wrote it.
    pub text: String,
    /// `=~`: one typing error is allowed from six letters on.
    pub one_typo: bool,
}

/// What a learner gave: a key, keys, pairs or a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Given {
    /// A key (`.one`), or a text (`.number`, `.text`).
    Text(String),
    /// Keys (`.many`, `.order`).
    Keys(Vec<String>),
    /// Left key → right key (`.match`).
    Pairs(BTreeMap<String, String>),
}

/// The result of grading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grade {
    /// Whether the answer is right.
    pub correct: bool,
    /// Points earned: all or none.
    pub points: u16,
    /// Points the question is worth.
    pub max_points: u16,
    /// Feedback of what was chosen, if the author wrote any.
    pub feedback_html: Option<String>,
    /// The explanation, if the author wrote one.
    pub explanation_html: Option<String>,
}
