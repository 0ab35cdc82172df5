//! The part of a text that shows why it was found.

use std::collections::HashSet;
use std::ops::Range;

use rustc_hash::FxHashMap;

use super::analysis::Stems;
use super::remember::{Remembering, runs};

/// How long a part is, in bytes, and how far before its first word it may begin.
const LENGTH: usize = 220;
const BEFORE: usize = 80;

/// The words to mark in the texts of one language.
pub(super) struct Marker {
    analysis: Remembering,
    /// Each with a number.
    wanted: FxHashMap<String, u32>,
    /// The letters they begin with, as bits: no stem loses its first. Of other letters nothing is known.
    initials: u128,
    /// Whether others may go on with what is remembered.
    lasts: bool,
}

impl Marker {
    /// For stems, with what is remembered of them.
    pub(super) fn new(analysis: Remembering, wanted: HashSet<String>) -> Self {
        let first = |word: &String| word.bytes().next().filter(u8::is_ascii);
        Self {
            analysis,
            initials: wanted
                .iter()
                .filter_map(first)
                .fold(0, |bits, byte| bits | 1 << byte),
            wanted: wanted.into_iter().zip(0..).collect(),
            lasts: true,
        }
    }

    /// For words as they are written.
    pub(super) fn as_written(analysis: Stems, wanted: HashSet<String>) -> Self {
        Self {
            lasts: false,
            ..Self::new(Remembering::new(analysis), wanted)
        }
    }

    /// What was remembered, for the next one who asks for stems.
    pub(super) fn into_memory(self) -> Option<Remembering> {
        self.lasts.then_some(self.analysis)
    }

    /// The wanted words of a text: where they stand, and which they are.
    fn marks(&mut self, text: &str) -> Vec<(Range<usize>, u32)> {
        let mut word = String::new();
        let mut marks = Vec::new();
        for (start, run) in runs(text) {
            if self.may_begin(run)
                && self.analysis.write(run, &mut word)
                && let Some(number) = self.wanted.get(&word)
            {
                marks.push((start..start + run.len(), *number));
            }
        }
        marks
    }

    fn may_begin(&self, run: &str) -> bool {
        run.bytes().next().is_some_and(|first| {
            !first.is_ascii() || self.initials >> first.to_ascii_lowercase() & 1 == 1
        })
    }
}

/// The best part of a text as escaped HTML, with the wanted words in `<mark>`; its beginning where
/// none of them occurs.
pub(super) fn html(marker: &mut Marker, text: &str) -> String {
    let marks = marker.marks(text);
    let part = part(text, &marks);
    let mut html = String::with_capacity(LENGTH * 2);
    if part.start > 0 {
        html.push('…');
    }
    let mut at = part.start;
    for (range, _) in &marks {
        if range.start >= at && range.end <= part.end {
            escape(&mut html, text.get(at..range.start).unwrap_or_default());
            html.push_str("<mark>");
            escape(&mut html, text.get(range.clone()).unwrap_or_default());
            html.push_str("</mark>");
            at = range.end;
        }
    }
    escape(&mut html, text.get(at..part.end).unwrap_or_default());
    if part.end < text.trim_end().len() {
        html.push('…');
    }
    html
}

/// The part with the most different words, and among those with the most words.
fn part(text: &str, marks: &[(Range<usize>, u32)]) -> Range<usize> {
    let (mut best, mut at) = ((0, 0), 0);
    for (nth, (first, _)) in marks.iter().enumerate() {
        let within = marks
            .iter()
            .skip(nth)
            .take_while(|(range, _)| range.end <= first.start + LENGTH - BEFORE);
        // A bit for each word; those beyond the last bit count as one.
        let (seen, words) = within.fold((0_u64, 0), |(seen, words), (_, number)| {
            (seen | 1 << (*number).min(u64::BITS - 1), words + 1)
        });
        if (seen.count_ones(), words) > best {
            best = (seen.count_ones(), words);
            at = first.start;
        }
    }
    let start = begin(text, at);
    start..finish(text, start)
}

/// Where a part begins that shows the word at `at`: with its sentence, or a few words before.
fn begin(text: &str, at: usize) -> usize {
    if at <= BEFORE {
        return 0;
    }
    let from = text.ceil_char_boundary(at - BEFORE);
    let before = text.get(from..at).unwrap_or_default();
    let sentence = before
        .match_indices(['.', '!', '?', ':', ';', '\n'])
        .rfind(|(end, mark)| {
            *mark == "\n"
                || before
                    .get(end + 1..)
                    .is_some_and(|rest| rest.starts_with([' ', '\n']))
        })
        .map(|(end, _)| end + 1);
    let word = || before.find(char::is_whitespace);
    let start = sentence.or_else(word).map_or(at, |skip| from + skip);
    let blank = text.get(start..at).unwrap_or_default();
    start + (blank.len() - blank.trim_start().len())
}

/// Where it ends: with a whole word.
fn finish(text: &str, start: usize) -> usize {
    let text_end = text.trim_end().len();
    if start + LENGTH >= text_end {
        return text_end.max(start);
    }
    let end = text.floor_char_boundary(start + LENGTH);
    let part = text.get(start..end).unwrap_or_default();
    part.rfind(char::is_whitespace)
        .filter(|length| *length > LENGTH / 2)
        .map_or(end, |length| start + length)
}

fn escape(html: &mut String, text: &str) {
    for character in text.chars() {
        match character {
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '&' => html.push_str("&amp;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            space if space.is_whitespace() => html.push(' '),
            other => html.push(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::locale::Lang;

    fn of(text: &str, words: &[&str]) -> String {
        let mut analyzer = Stems::new(Lang::It, std::sync::Arc::default());
        let wanted = words
            .iter()
            .filter_map(|word| analyzer.single(word))
            .collect();
        html(&mut Marker::new(Remembering::new(analyzer), wanted), text)
    }

    #[test]
    fn what_is_not_a_mark_is_escaped() {
        assert_eq!(
            of("Usa <script> & l'identità \"digitale\".", &["identita"]),
            "Usa &lt;script&gt; &amp; l&#39;<mark>identità</mark> &quot;digitale&quot;."
        );
    }

    #[test]
    fn the_part_begins_with_the_sentence_and_ends_with_a_whole_word() {
        let text = format!(
            "{} Poi prenota la visita. {}",
            "Una frase che non c'entra. ".repeat(20),
            "E una parola dopo l'altra ".repeat(20)
        );
        let html = of(&text, &["visite", "prenotare"]);
        assert!(
            html.starts_with("…Poi <mark>prenota</mark> la <mark>visita</mark>. E una"),
            "{html}"
        );
        assert!(
            html.ends_with("parola…") || html.ends_with("altra…") || html.ends_with("una…"),
            "{html}"
        );
    }

    #[test]
    fn a_text_without_the_words_shows_its_beginning() {
        assert_eq!(of("Poche parole.\n", &["assente"]), "Poche parole.");
        assert_eq!(of("", &["assente"]), "");
    }

    #[test]
    fn long_words_and_odd_characters_do_not_break_it() {
        let text = "è😀".repeat(500);
        assert!(of(&text, &["assente"]).chars().count() < LENGTH);
        let text = format!("{} visita {}", "à".repeat(300), "ù".repeat(300));
        assert!(of(&text, &["visita"]).contains("<mark>visita</mark>"));
    }
}
