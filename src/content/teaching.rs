//! Which lesson teaches what a question of the quiz asks.
//!
//! An author's link decides: the first one in the explanation to a lesson of the module. Without
//! one it is the lesson that BM25 finds first for the words of the question. Worked
//! out from the original alone: questions and lessons have the same ids in every language.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::domain::ids::{LessonId, QuestionId};

use super::lesson::Lesson;
use super::module::Module;
use super::question::{Choice, Kind, Labelled, Question};

/// Shorter words say nothing of a subject.
const SHORTEST: usize = 4;
/// Letters by which two words are one: Italian bends its words at their ends.
const STEM: usize = 6;
/// BM25 with its usual constants: how soon a word that is repeated says no more, and how much a long
/// lesson is held back.
const SATURATION: f64 = 1.2;
const LENGTH: f64 = 0.75;
/// What a word weighs more where it stands in a title, of the lesson or of the question.
const TITLE: f64 = 2.0;

/// Question → the lesson to read again.
pub type LessonsBehind = BTreeMap<QuestionId, LessonId>;

/// The lesson behind each question of a module's quiz; a question that shares no word with any
/// lesson has none.
#[must_use]
pub fn lessons_behind(module: &Module) -> LessonsBehind {
    let edition = &module.original;
    let lessons: Vec<Words> = edition.lessons.iter().map(Words::of).collect();
    let rarity = rarity(&lessons);
    let usual = lessons.iter().map(|words| words.length).sum::<f64>() / count(lessons.len());
    let questions = edition.quiz.iter().flat_map(|quiz| &quiz.questions);
    let behind = questions.filter_map(|question| {
        let lesson = linked(question, module).or_else(|| {
            let asked = words_of(question);
            let scored = edition.lessons.iter().zip(&lessons);
            let scored =
                scored.map(|(lesson, words)| (words.score(&asked, &rarity, usual), lesson));
            let best = scored.fold(None, |best: Option<(f64, &Lesson)>, one| match best {
                // Of two that share as much the first one is where it begins.
                Some(best) if best.0 >= one.0 => Some(best),
                _ => Some(one),
            });
            best.filter(|(score, _)| *score > 0.0)
                .map(|(_, lesson)| &lesson.id)
        })?;
        Some((question.id.clone(), lesson.clone()))
    });
    behind.collect()
}

/// The lesson that the explanation leads to.
fn linked<'m>(question: &Question, module: &'m Module) -> Option<&'m LessonId> {
    let html = question.explanation_html.as_deref()?;
    let mark = format!("href=\"/moduli/{}/", module.id);
    html.match_indices(&mark).find_map(|(at, _)| {
        let rest = &html[at + mark.len()..];
        let id = rest.split(['"', '#', '?']).next()?;
        let mut lessons = module.original.lessons.iter();
        lessons
            .find(|lesson| lesson.id.as_str() == id)
            .map(|lesson| &lesson.id)
    })
}

/// The words of a lesson and of its practice questions.
struct Words {
    times: HashMap<String, f64>,
    title: BTreeSet<String>,
    length: f64,
}

impl Words {
    fn of(lesson: &Lesson) -> Self {
        let mut words: Vec<String> = stems(&lesson.html()).collect();
        words.extend(stems(lesson.summary.as_deref().unwrap_or_default()));
        for question in lesson.questions() {
            words.extend(texts_of(question).into_iter().flat_map(stems));
        }
        let length = count(words.len());
        let mut times: HashMap<String, f64> = HashMap::new();
        for word in words {
            *times.entry(word).or_default() += 1.0;
        }
        Self {
            times,
            title: stems(&lesson.title).collect(),
            length,
        }
    }

    fn score(&self, asked: &BTreeMap<String, f64>, rarity: &HashMap<&str, f64>, usual: f64) -> f64 {
        let held = SATURATION * (1.0 - LENGTH + LENGTH * self.length / usual.max(1.0));
        let scores = asked.iter().filter_map(|(word, weight)| {
            let times = self.times.get(word).copied().unwrap_or_default();
            let title = if self.title.contains(word) {
                TITLE
            } else {
                0.0
            };
            let said = times * (SATURATION + 1.0) / (times + held) + title;
            Some(weight * rarity.get(word.as_str())? * said)
        });
        scores.sum()
    }
}

fn count(things: usize) -> f64 {
    f64::from(u32::try_from(things).unwrap_or(u32::MAX))
}

/// How few of the lessons have a word: nothing where all have it.
fn rarity(lessons: &[Words]) -> HashMap<&str, f64> {
    let mut having: HashMap<&str, usize> = HashMap::new();
    for words in lessons {
        let known: BTreeSet<&String> = words.times.keys().chain(&words.title).collect();
        for word in known {
            *having.entry(word).or_default() += 1;
        }
    }
    // With one lesson there is nothing to tell apart.
    let rare = |having: usize| match lessons.len() {
        1 => 1.0,
        all => (count(all) / count(having)).ln(),
    };
    let rarity = having
        .into_iter()
        .map(|(word, having)| (word, rare(having)));
    rarity.collect()
}

/// The words that a question is about, those of its title above the others.
fn words_of(question: &Question) -> BTreeMap<String, f64> {
    let texts = texts_of(question).into_iter().flat_map(stems);
    let mut words: BTreeMap<String, f64> = texts.map(|word| (word, 1.0)).collect();
    words.extend(stems(&question.title_html).map(|word| (word, TITLE)));
    words
}

/// What a question says, its right answers among it: wrong ones speak of other things.
fn texts_of(question: &Question) -> Vec<&str> {
    let mut texts = vec![&*question.title_html, &*question.text_html];
    texts.extend(question.hint_html.as_deref());
    texts.extend(question.explanation_html.as_deref());
    match &question.kind {
        Kind::One { options, right } => {
            let right = options.iter().filter(|option| option.key == *right);
            texts.extend(right.flat_map(said));
        }
        Kind::Many { options, right } => {
            let right = options.iter().filter(|option| right.contains(&option.key));
            texts.extend(right.flat_map(said));
        }
        Kind::Order { steps } => texts.extend(steps.iter().map(|step| &*step.html)),
        Kind::Match { left, right } => {
            let paired = |cell: &&Labelled| left.iter().any(|one| one.key == cell.key);
            let cells = left.iter().chain(right.iter().filter(paired));
            texts.extend(cells.map(|cell| &*cell.html));
        }
        Kind::Text { accepted } => texts.extend(accepted.iter().map(|one| &*one.text)),
        Kind::Number { .. } => {}
    }
    texts
}

fn said(option: &Choice) -> impl Iterator<Item = &str> {
    [Some(&*option.html), option.feedback_html.as_deref()]
        .into_iter()
        .flatten()
}

/// The beginnings of the words of some HTML.
fn stems(html: &str) -> impl Iterator<Item = String> {
    let mut text = String::with_capacity(html.len());
    let mut ends = None;
    for c in html.chars() {
        match (ends, c) {
            (None, '<') => ends = Some('>'),
            (None, '&') => ends = Some(';'),
            (Some(end), c) if c == end => {
                ends = None;
                text.push(' ');
            }
            (None, c) => text.push(c),
            (Some(_), _) => {}
        }
    }
    let words: Vec<String> = text
        .split(|c: char| !c.is_alphabetic())
        .map(|word| word.nfkd().filter(|c| !is_combining_mark(*c)).collect())
        .filter(|word: &String| word.chars().count() >= SHORTEST)
        .map(|word| word.to_lowercase().chars().take(STEM).collect())
        .collect();
    words.into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read_past_marks_and_by_their_beginnings() {
        let read: Vec<String> =
            stems("<p class=\"x\">Le <b>ricette</b> &amp; l&#39;Età</p>").collect();
        assert_eq!(read, ["ricett"]);
        assert!(stems("ricetta").eq(stems("RICETTE")));
    }
}
