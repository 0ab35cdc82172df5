//! Showing a question without its key, and grading what was given: pure functions.
//!
//! All or nothing: the right answer earns the question's points, any other answer none. `.order`
//! and `.match` are shown shuffled by a seed, under keys that say only the place shown (`s1`,
//! `r1`), so that an author's `a`, `b`, `c` reveals nothing; the same seed maps them back.

use std::collections::BTreeSet;

use thiserror::Error;

use super::answers;
use super::numbers;
use super::question::{Choice, Given, Grade, Kind, Labelled, Question};
use super::shuffle::permutation;

/// The longest answer in words that is looked at, in bytes.
const MAX_ANSWER: usize = 1000;

/// A question as a client may see it before grading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServedQuestion {
    /// `one`, `many`, `order`, `match`, `number` or `text`.
    pub kind: &'static str,
    /// What is chosen, ordered or matched, in the order to show.
    pub options: Vec<Labelled>,
    /// What `.match` matches the options with, in the order to show.
    pub right_options: Vec<Labelled>,
}

/// An answer that does not fit its question, so that it is not graded at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum GivenError {
    /// Keys where a text is wanted, or the like.
    #[error("the answer has the wrong shape for this kind of question")]
    WrongShape,
    /// A key the question does not have.
    #[error("the answer names an option that this question does not have")]
    UnknownOption,
    /// Nothing was chosen or written.
    #[error("the answer is empty")]
    Empty,
    /// A step or a pair is missing, or occurs twice.
    #[error("the answer does not use every step or pair once")]
    Incomplete,
    /// Not a number in figures.
    #[error("the answer is not a number")]
    NotANumber,
    /// Longer than any answer can be.
    #[error("the answer is too long")]
    TooLong,
}

impl GivenError {
    /// The key of the sentence for people.
    #[must_use]
    pub const fn message_key(self) -> &'static str {
        match self {
            Self::WrongShape => "answer-wrong-shape",
            Self::UnknownOption => "answer-unknown-option",
            Self::Empty => "answer-empty",
            Self::Incomplete => "answer-incomplete",
            Self::NotANumber => "answer-not-a-number",
            Self::TooLong => "answer-too-long",
        }
    }
}

impl Kind {
    /// `one`, `many`, `order`, `match`, `number` or `text`.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::One { .. } => "one",
            Self::Many { .. } => "many",
            Self::Order { .. } => "order",
            Self::Match { .. } => "match",
            Self::Number { .. } => "number",
            Self::Text { .. } => "text",
        }
    }
}

impl Question {
    /// The options as they may be seen before grading, in the order of a seed.
    #[must_use]
    pub fn shown(&self, seed: u64) -> ServedQuestion {
        let seed = self.own_seed(seed);
        let (options, right_options) = match &self.kind {
            Kind::One { options, .. } | Kind::Many { options, .. } => (
                options
                    .iter()
                    .map(|option| Labelled {
                        key: option.key.clone(),
                        html: option.html.clone(),
                    })
                    .collect(),
                Vec::new(),
            ),
            Kind::Order { steps } => (by_place("s", steps, &step_order(steps, seed)), Vec::new()),
            Kind::Match { left, right } => (
                left.clone(),
                by_place("r", right, &permutation(right.len(), seed)),
            ),
            Kind::Number { .. } | Kind::Text { .. } => (Vec::new(), Vec::new()),
        };
        ServedQuestion {
            kind: self.kind.name(),
            options,
            right_options,
        }
    }

    /// The seed for this question: two of one attempt must not be shuffled alike, or the graded
    /// one would give the other away. FNV-1a of the id, which never changes.
    fn own_seed(&self, seed: u64) -> u64 {
        self.id
            .as_str()
            .bytes()
            .fold(seed ^ 0xcbf2_9ce4_8422_2325, |hash, byte| {
                (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
            })
    }

    /// Grades an answer to the question as [`Question::shown`] with the same seed.
    ///
    /// # Errors
    /// When the answer does not fit the question; nothing is graded then.
    pub fn grade(&self, given: &Given, seed: u64) -> Result<Grade, GivenError> {
        let seed = self.own_seed(seed);
        let mut feedback = None;
        let correct = match (&self.kind, given) {
            (Kind::One { options, right }, Given::Text(key)) => {
                let chosen = choice(options, key)?;
                feedback = chosen.feedback_html.clone();
                chosen.key == *right
            }
            (Kind::Many { options, right }, Given::Keys(keys)) => {
                let chosen = keys
                    .iter()
                    .map(|key| choice(options, key))
                    .collect::<Result<Vec<_>, _>>()?;
                if chosen.is_empty() {
                    return Err(GivenError::Empty);
                }
                let keys: BTreeSet<&str> = chosen.iter().map(|c| c.key.as_str()).collect();
                let said: Vec<&str> = options
                    .iter()
                    .filter(|option| keys.contains(option.key.as_str()))
                    .filter_map(|option| option.feedback_html.as_deref())
                    .collect();
                feedback = (!said.is_empty()).then(|| said.concat());
                keys == right.iter().map(String::as_str).collect()
            }
            (Kind::Order { steps }, Given::Keys(keys)) => in_order(steps, keys, seed)?,
            (Kind::Match { left, right }, Given::Pairs(pairs)) => {
                let order = permutation(right.len(), seed);
                if pairs.is_empty() {
                    return Err(GivenError::Empty);
                }
                if !pairs.keys().all(|key| left.iter().any(|l| l.key == *key)) {
                    return Err(GivenError::UnknownOption);
                }
                let mut all_right = true;
                for item in left {
                    let wire = pairs.get(&item.key).ok_or(GivenError::Incomplete)?;
                    let chosen = &right[place("r", wire, &order)?];
                    // Cells that read the same are the same answer.
                    all_right &= right
                        .iter()
                        .any(|cell| cell.key == item.key && cell.html == chosen.html);
                }
                all_right
            }
            (Kind::Number { accepted }, Given::Text(text)) => {
                let number = numbers::given(limited(text)?).ok_or(GivenError::NotANumber)?;
                accepted.iter().any(|range| range.accepts(number))
            }
            (Kind::Text { accepted }, Given::Text(text)) => {
                let given = limited(text)?;
                if answers::is_empty(given) {
                    return Err(GivenError::Empty);
                }
                accepted.iter().any(|answer| answer.accepts(given))
            }
            _ => return Err(GivenError::WrongShape),
        };
        Ok(Grade {
            correct,
            points: if correct { self.points } else { 0 },
            max_points: self.points,
            feedback_html: feedback,
            explanation_html: self.explanation_html.clone(),
        })
    }
}

fn limited(text: &str) -> Result<&str, GivenError> {
    let text = text.trim();
    match text.len() {
        0 => Err(GivenError::Empty),
        1..=MAX_ANSWER => Ok(text),
        _ => Err(GivenError::TooLong),
    }
}

fn choice<'q>(options: &'q [Choice], key: &str) -> Result<&'q Choice, GivenError> {
    if key.is_empty() {
        return Err(GivenError::Empty);
    }
    options
        .iter()
        .find(|option| option.key == key)
        .ok_or(GivenError::UnknownOption)
}

/// The order steps are shown in: shuffled, and never the right one unless all steps read the same.
fn step_order(steps: &[Labelled], seed: u64) -> Vec<usize> {
    let mut order = permutation(steps.len(), seed);
    for _ in 0..steps.len() {
        let right = order
            .iter()
            .zip(steps)
            .all(|(at, step)| steps[*at].html == step.html);
        if !right {
            break;
        }
        order.rotate_left(1);
    }
    order
}

fn in_order(steps: &[Labelled], keys: &[String], seed: u64) -> Result<bool, GivenError> {
    if keys.is_empty() {
        return Err(GivenError::Empty);
    }
    let order = step_order(steps, seed);
    let given = keys
        .iter()
        .map(|key| place("s", key, &order))
        .collect::<Result<Vec<_>, _>>()?;
    if given.len() != steps.len() || given.iter().collect::<BTreeSet<_>>().len() != steps.len() {
        return Err(GivenError::Incomplete);
    }
    Ok(given
        .iter()
        .zip(steps)
        .all(|(at, step)| steps[*at].html == step.html))
}

fn by_place(prefix: &str, labels: &[Labelled], order: &[usize]) -> Vec<Labelled> {
    order
        .iter()
        .enumerate()
        .map(|(shown, at)| Labelled {
            key: format!("{prefix}{}", shown + 1),
            html: labels[*at].html.clone(),
        })
        .collect()
}

/// The index a key such as `s2` stands for.
fn place(prefix: &str, key: &str, order: &[usize]) -> Result<usize, GivenError> {
    if key.is_empty() {
        return Err(GivenError::Incomplete);
    }
    (1..=order.len())
        .find(|shown| key.strip_prefix(prefix) == Some(shown.to_string().as_str()))
        .map(|shown| order[shown - 1])
        .ok_or(GivenError::UnknownOption)
}
