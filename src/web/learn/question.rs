//! A question as a form, and what was said to an answer.

use serde::Serialize;

use crate::content::question::{Choice, Given, Grade, Kind, Labelled, Question};
use crate::domain::locale::Lang;
use crate::web::learn::module_page::ContentLink;
use crate::web::learn::refused_answer::RefusedAnswer;

/// `partials/question.html`: a question that can be answered. Nothing of its key is in it.
#[derive(Debug, Serialize)]
pub struct QuestionForm {
    id: String,
    kind: &'static str,
    title_html: String,
    text_html: String,
    hint_html: Option<String>,
    options: Vec<QuestionOption>,
    right_options: Vec<QuestionOption>,
    /// What was written, in a `.number` or `.text` question.
    written: String,
    points: u16,
    /// The language of the question.
    lang: Lang,
    /// Why an answer was not taken; empty for a question that is asked for the first time.
    pub(crate) error: String,
    /// The option, the row or the field where the answer is to be mended.
    pub(crate) focus: String,
}

#[derive(Debug, Serialize)]
pub(crate) struct QuestionOption {
    pub(crate) key: String,
    html: String,
    /// The label without markup, for an `<option>`.
    pub(crate) text: String,
    chosen: bool,
    /// `.order`: the place given, from 1; `.match`: the right key given.
    pub(crate) given: Option<String>,
    /// What is wrong with this row of an answer that was not taken.
    pub(crate) fault: String,
}

impl QuestionForm {
    /// The form of a question as shown by a seed, with what was given filled in.
    #[must_use]
    pub fn new(question: &Question, seed: u64, given: Option<&Given>, lang: Lang) -> Self {
        let shown = question.shown(seed);
        let option = |Labelled { key, html }: Labelled| QuestionOption {
            chosen: match given {
                Some(Given::Text(text)) => *text == key,
                Some(Given::Keys(keys)) => keys.contains(&key),
                _ => false,
            },
            given: match given {
                Some(Given::Keys(keys)) => keys
                    .iter()
                    .position(|one| *one == key)
                    .map(|at| (at + 1).to_string()),
                Some(Given::Pairs(pairs)) => pairs.get(&key).cloned(),
                _ => None,
            },
            key,
            text: plain(&html),
            html,
            fault: String::new(),
        };
        Self {
            id: question.id.to_string(),
            kind: shown.kind,
            title_html: question.title_html.clone(),
            text_html: question.text_html.clone(),
            hint_html: question.hint_html.clone(),
            options: shown.options.into_iter().map(option).collect(),
            right_options: shown.right_options.into_iter().map(option).collect(),
            written: match given {
                Some(Given::Text(text)) => text.clone(),
                _ => String::new(),
            },
            points: question.points,
            lang,
            error: String::new(),
            focus: String::new(),
        }
    }

    /// The form of a question whose answer was not taken: as it was filled in, with what is missing.
    /// `said` is the language of what is said of it.
    #[must_use]
    pub fn again(
        question: &Question,
        seed: u64,
        refused: &RefusedAnswer,
        lang: Lang,
        said: Lang,
    ) -> Self {
        let mut form = Self::new(question, seed, Some(&refused.given), lang);
        refused.mark(&mut form, said);
        form
    }

    /// `one`, `many`, `order`, `match`, `number` or `text`.
    pub(crate) fn kind(&self) -> &'static str {
        self.kind
    }

    /// What is chosen, ordered or matched, in the order shown.
    pub(crate) fn rows(&mut self) -> &mut [QuestionOption] {
        &mut self.options
    }
}

/// `partials/graded.html`: an answered question, what was given and what is said to it.
#[derive(Debug, Serialize)]
pub struct Graded {
    question: QuestionForm,
    /// `.one` and `.many`: what was chosen, each with what is said to it.
    chosen: Vec<Chosen>,
    /// `.many`: every option chosen is right, but one is missing.
    incomplete: bool,
    /// `.order`: the steps as given.
    steps: Vec<String>,
    /// `.match`: left and right as given.
    pairs: Vec<(String, String)>,
    correct: bool,
    points: u16,
    max_points: u16,
    explanation_html: Option<String>,
    /// Where to read again what a wrong answer was about.
    lesson: Option<ContentLink>,
}

#[derive(Debug, Serialize)]
struct Chosen {
    html: String,
    right: bool,
    said_html: Option<String>,
}

impl Graded {
    /// An answered question.
    #[must_use]
    pub fn new(question: &Question, seed: u64, given: &Given, grade: Grade, lang: Lang) -> Self {
        let form = QuestionForm::new(question, seed, Some(given), lang);
        let label = |options: &[QuestionOption], key: &str| {
            let option = options.iter().find(|option| option.key == key);
            option.map_or_else(String::new, |option| option.text.clone())
        };
        let steps = match given {
            Given::Keys(keys) if form.kind == "order" => {
                keys.iter().map(|key| label(&form.options, key)).collect()
            }
            _ => Vec::new(),
        };
        let pairs = match given {
            Given::Pairs(pairs) => form
                .options
                .iter()
                .filter_map(|left| {
                    let right = label(&form.right_options, pairs.get(&left.key)?);
                    Some((left.text.clone(), right))
                })
                .collect(),
            _ => Vec::new(),
        };
        let chosen = chosen(question, given);
        Self {
            question: form,
            incomplete: !grade.correct && !chosen.is_empty() && chosen.iter().all(|one| one.right),
            chosen,
            steps,
            pairs,
            correct: grade.correct,
            points: grade.points,
            max_points: grade.max_points,
            explanation_html: grade.explanation_html,
            lesson: None,
        }
    }

    /// Names the lesson of a wrong answer.
    #[must_use]
    pub fn taught_in(mut self, lesson: Option<ContentLink>) -> Self {
        self.lesson = lesson.filter(|_| !self.correct);
        self
    }
}

/// The options that were chosen, in the author's order. Nothing of the others is told.
fn chosen(question: &Question, given: &Given) -> Vec<Chosen> {
    let options: &[Choice] = match &question.kind {
        Kind::One { options, .. } | Kind::Many { options, .. } => options,
        _ => return Vec::new(),
    };
    let is_right = |key: &String| match &question.kind {
        Kind::One { right, .. } => key == right,
        Kind::Many { right, .. } => right.contains(key),
        _ => false,
    };
    let was_chosen = |key: &String| match given {
        Given::Text(given) => given == key,
        Given::Keys(keys) => keys.contains(key),
        Given::Pairs(_) => false,
    };
    let chosen = options.iter().filter(|option| was_chosen(&option.key));
    chosen
        .map(|option| Chosen {
            html: option.html.clone(),
            right: is_right(&option.key),
            said_html: option.feedback_html.clone(),
        })
        .collect()
}

/// The words of rendered HTML.
pub(crate) fn plain(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut in_tag = false;
    for c in html.chars() {
        match c {
            '<' => in_tag = true,
            '>' => in_tag = false,
            c if !in_tag => text.push(c),
            _ => {}
        }
    }
    // The last one is `&amp;`, so that `&amp;lt;` stays the text it was.
    for (entity, c) in [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&amp;", "&"),
    ] {
        text = text.replace(entity, c);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_in_a_list_box_has_no_markup() {
        assert_eq!(
            plain("usare <em>l'app</em> &amp; il &lt;sito&gt;"),
            "usare l'app & il <sito>"
        );
        assert_eq!(plain("&amp;lt;"), "&lt;");
    }
}
