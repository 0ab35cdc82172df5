//! `.number` and `.text`: lines that begin with `=`.

use super::Reader;
use crate::content::answers::{self, TYPO_LETTERS};
use crate::content::markdown::Piece;
use crate::content::message::{Message, say};
use crate::content::numbers::{self, Unclear};
use crate::content::question::{AcceptedText, Kind, NumberRange};
use crate::content::rules::{number_answer, question_content, text_answer};
use crate::content::source::Span;

impl Reader<'_, '_, '_> {
    pub(super) fn number(&mut self, paragraphs: &[Piece]) -> Kind {
        let mut accepted = Vec::new();
        let mut places = Vec::new();
        for (text, span) in self.answer_lines(paragraphs) {
            match range(&text) {
                Ok(range) => {
                    places.push((format!("{} {}", range.min, range.max), span));
                    accepted.push(range);
                }
                Err((message, help)) => {
                    self.writer
                        .complaints
                        .add_with_help(&number_answer::RULE, span, message, help)
                }
            }
        }
        self.same_answers(&places);
        Kind::Number { accepted }
    }

    pub(super) fn text(&mut self, paragraphs: &[Piece]) -> Kind {
        let mut accepted = Vec::new();
        let mut places = Vec::new();
        for (line, span) in self.answer_lines(paragraphs) {
            let one_typo = line.starts_with('~');
            let text = line.strip_prefix('~').unwrap_or(&line).trim();
            let (message, help) = if answers::is_empty(text) {
                (say("text-answer-empty"), say("text-answer-empty-help"))
            } else if one_typo && answers::letters(text) < TYPO_LETTERS {
                (say("text-answer-short"), say("text-answer-short-help"))
            } else {
                // With an article and without is told apart: it is the author's care.
                places.push((answers::normalised(text), span));
                accepted.push(AcceptedText {
                    text: text.to_owned(),
                    one_typo,
                });
                continue;
            };
            self.writer
                .complaints
                .add_with_help(&text_answer::RULE, span, message, help);
        }
        self.same_answers(&places);
        Kind::Text { accepted }
    }

    fn same_answers(&mut self, places: &[(String, Span)]) {
        let texts = places.iter().map(|(text, span)| (text.as_str(), span));
        self.alike(say("alike-answers"), texts);
    }

    /// What stands behind the `=` of each line, and the place of the line.
    fn answer_lines(&mut self, paragraphs: &[Piece]) -> Vec<(String, Span)> {
        let mut answers = Vec::new();
        for paragraph in paragraphs {
            let span = self.events.span(paragraph.start);
            let text = self.file_text(&span).to_owned();
            let mut start = span.start;
            for line in text.split_inclusive('\n') {
                let indent = line.len() - line.trim_start().len();
                let words = line.trim();
                let place = start + indent..start + indent + words.len();
                start += line.len();
                if let Some(answer) = words.strip_prefix('=') {
                    answers.push((answer.trim().to_owned(), place));
                } else if !words.is_empty() {
                    self.writer.complaints.add_with_help(
                        &question_content::RULE,
                        place,
                        say("answer-line"),
                        say("answer-line-help"),
                    );
                }
            }
        }
        answers
    }
}

/// What is wrong with a number, and how to write it.
type Wrong = (Message, Message);

fn range(text: &str) -> Result<NumberRange, Wrong> {
    if text.contains("...") || text.contains('…') {
        return Err((say("number-dots"), say("number-dots-help")));
    }
    let (min, max) = if let Some((middle, tolerance)) = text.split_once('±') {
        let (middle, tolerance) = (number(middle)?, number(tolerance)?);
        (middle - tolerance, middle + tolerance)
    } else if let Some((min, max)) = text.split_once("..") {
        (number(min)?, number(max)?)
    } else {
        (number(text)?, number(text)?)
    };
    if min > max {
        return Err((say("number-range-empty"), say("number-answer-help")));
    }
    Ok(NumberRange { min, max })
}

fn number(text: &str) -> Result<f64, Wrong> {
    let shown = text.trim();
    numbers::written(text).map_err(|unclear| match unclear {
        Unclear::DotBeforeThree => (
            say("number-two-ways").with("text", shown),
            say("number-two-ways-help")
                .with("whole", shown.replace('.', ""))
                .with("thousandths", shown.replace('.', ",")),
        ),
        Unclear::Grouped => (
            say("number-grouped").with("text", shown),
            say("number-grouped-help"),
        ),
        Unclear::NotANumber => (
            say("number-answer").with("text", shown),
            say("number-answer-help"),
        ),
    })
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test stops at a surprise")]
mod tests {
    use super::*;
    use crate::domain::locale::Lang;

    #[test]
    fn a_range_is_a_number_a_tolerance_or_two_ends() {
        let range = |text| range(text).map(|range| (range.min, range.max)).ok();
        assert_eq!(range("3"), Some((3.0, 3.0)));
        assert_eq!(range("3 ± 0,5"), Some((2.5, 3.5)));
        assert_eq!(range("10..12"), Some((10.0, 12.0)));
        assert_eq!(range("1000..2000"), Some((1000.0, 2000.0)));
        assert_eq!(range("0,5..0,75"), Some((0.5, 0.75)));
        for bad in [
            "", "tre", "12..10", "3 ± -1", "1..2..3", "0...5", "0…5", "0.. .5",
        ] {
            assert_eq!(range(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_dot_before_three_figures_is_refused_with_both_ways_to_write_it() {
        for text in [
            "1.000",
            "1.000 ± 5",
            "5 ± 1.000",
            "1.000..2.000",
            "500..1.000",
        ] {
            let (message, help) = range(text).unwrap_err();
            assert_eq!(message.key(), "number-two-ways", "{text}");
            let help = help.text(Lang::En);
            assert!(
                help.contains("`1000`") && help.contains("`1,000`"),
                "{help}"
            );
        }
        for text in ["1 000", "1'000", "1.000.000", "1.500,50"] {
            assert!(
                range(text).unwrap_err().0.key() == "number-grouped",
                "{text}"
            );
        }
    }
}
