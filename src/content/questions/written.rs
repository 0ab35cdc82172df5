//! `.number` and `.text`: lines that begin with `=`.

use super::Reader;
use crate::content::answers::{self, TYPO_LETTERS};
use crate::content::markdown::Piece;
use crate::content::question::{AcceptedText, Kind, NumberRange};
use crate::content::rules::{number_answer, question_content, text_answer};
use crate::content::source::Span;

impl Reader<'_, '_, '_> {
    pub(super) fn number(&mut self, paragraphs: &[Piece]) -> Kind {
        let mut accepted = Vec::new();
        for (text, span) in self.answer_lines(paragraphs) {
            match range(&text) {
                Ok(range) => accepted.push(range),
                Err(message) => self.writer.complaints.add_with_help(
                    &number_answer::RULE,
                    span,
                    message,
                    "write `= 3`, `= 3 ± 0,5` or `= 10..12`",
                ),
            }
        }
        Kind::Number { accepted }
    }

    pub(super) fn text(&mut self, paragraphs: &[Piece]) -> Kind {
        let mut accepted = Vec::new();
        for (line, span) in self.answer_lines(paragraphs) {
            let one_typo = line.starts_with('~');
            let text = line.strip_prefix('~').unwrap_or(&line).trim();
            let normalised = answers::normalised(text);
            let (message, help) = if normalised.is_empty() {
                ("the accepted answer is empty", "write it after the `=`")
            } else if one_typo && answers::letters(&normalised) < TYPO_LETTERS {
                (
                    "a typing error is allowed only from six letters on",
                    "write `=` instead of `=~`",
                )
            } else {
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
        Kind::Text { accepted }
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
                        "a line among the accepted answers does not begin with `=`",
                        "put an empty line between the text and the answers",
                    );
                }
            }
        }
        answers
    }
}

fn range(text: &str) -> Result<NumberRange, String> {
    let number = |text: &str| {
        answers::number(text).ok_or_else(|| format!("`{}` is not a number", text.trim()))
    };
    let (min, max) = if let Some((middle, tolerance)) = text.split_once('±') {
        let (middle, tolerance) = (number(middle)?, number(tolerance)?);
        (middle - tolerance, middle + tolerance)
    } else if let Some((min, max)) = text.split_once("..") {
        (number(min)?, number(max)?)
    } else {
        (number(text)?, number(text)?)
    };
    if min > max {
        return Err("the range is empty: its end is smaller than its beginning".to_owned());
    }
    Ok(NumberRange { min, max })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_is_a_number_a_tolerance_or_two_ends() {
        let range = |text| range(text).map(|range| (range.min, range.max)).ok();
        assert_eq!(range("3"), Some((3.0, 3.0)));
        assert_eq!(range("3 ± 0,5"), Some((2.5, 3.5)));
        assert_eq!(range("10..12"), Some((10.0, 12.0)));
        for bad in ["", "tre", "12..10", "3 ± -1", "1..2..3"] {
            assert_eq!(range(bad), None, "{bad}");
        }
    }
}
