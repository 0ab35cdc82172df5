//! What is left of a text when it is taken as people mean it: words that are two in the mouth are one,
//! what stands around a need is nothing, words for one thing are one (`words.toml`).

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

use crate::content::words::Words;
use crate::domain::locale::Lang;

use super::analysis::Stems;
use super::remember::{Remembering, runs};
use super::speech;

/// What `words.toml` says, by stems.
pub(super) struct Vocabulary {
    /// By the first of several words, in lower case: all of them, and the word they are.
    joined: HashMap<String, Vec<(Vec<String>, String)>>,
    languages: [OfLang; 2],
    /// By the first of the English stems of a thing: all of them, and its Italian ones. Most lessons
    /// are in Italian alone.
    translated: Phrases,
    /// Every word of the file: right, whatever a list says.
    known: HashSet<String>,
    as_written: Stems,
}

struct OfLang {
    /// Stems, each replaced by the one that stands for it. Made once: a clone costs little.
    stems: Stems,
    /// By the first of the stems that people say: all of them, and those of the courses.
    phrases: Phrases,
}

/// A word of a text.
#[derive(Debug, Clone)]
pub(super) struct SpokenWord {
    /// Where it stands.
    pub(super) range: Range<usize>,
    /// In lower case, without accents.
    pub(super) written: String,
    /// `None` for a word without meaning.
    pub(super) stem: Option<String>,
    /// Whether it is part of what people say around a need.
    pub(super) framed: bool,
}

/// Reads texts of one language.
pub(super) struct Meaning {
    lang: Lang,
    words: Remembering,
    stems: Remembering,
    vocabulary: Arc<Vocabulary>,
}

impl Vocabulary {
    pub(super) fn new(words: &Words) -> Self {
        let of = |lang| OfLang {
            stems: Stems::new(lang, Arc::default()),
            phrases: Phrases::new(),
        };
        let mut vocabulary = Self {
            joined: HashMap::new(),
            languages: [of(Lang::It), of(Lang::En)],
            translated: Phrases::new(),
            known: HashSet::new(),
            as_written: Stems::as_written(),
        };
        let mut as_written = Remembering::new(Stems::as_written());
        for joined in &words.joined {
            let Some(word) = split(&mut as_written, &joined.word).into_iter().next() else {
                continue;
            };
            for said in &joined.said {
                let said = split(&mut as_written, said);
                let Some(first) = said.first().cloned() else {
                    continue;
                };
                let entry = vocabulary.joined.entry(first).or_default();
                entry.push((said, word.clone()));
                entry.sort_by_key(|(said, _)| std::cmp::Reverse(said.len()));
            }
            vocabulary.known.insert(word);
        }
        for lang in Lang::ALL {
            vocabulary.take_same(lang, words);
        }
        vocabulary.take_translations(words);
        let said = words.same.iter().flat_map(|group| &group.words);
        for text in said.chain(
            words
                .urgent
                .iter()
                .flat_map(|one| one.needs.values().flatten()),
        ) {
            let words = split(&mut as_written, text);
            vocabulary.known.extend(words);
        }
        vocabulary
    }

    fn take_same(&mut self, lang: Lang, words: &Words) {
        let mut stems = Remembering::new(self.stems(lang));
        let groups = words.same.iter().filter(|group| group.lang == lang);
        let groups: Vec<Vec<Vec<String>>> = groups
            .map(|group| {
                let all = group.words.iter().map(|word| split(&mut stems, word));
                all.filter(|stems| !stems.is_empty()).collect()
            })
            .collect();
        let mut same = HashMap::new();
        for group in &groups {
            let Some(([stands], others)) = group.split_first().map(|(a, b)| (a.as_slice(), b))
            else {
                continue;
            };
            for other in others {
                if let [stem] = other.as_slice()
                    && stem != stands
                {
                    same.entry(stem.clone()).or_insert_with(|| stands.clone());
                }
            }
        }
        let as_one = |stems: &[String]| -> Vec<String> {
            let one = |stem: &String| same.get(stem).unwrap_or(stem).clone();
            stems.iter().map(one).collect()
        };
        let of = self.of_mut(lang);
        for group in &groups {
            let Some((stands, others)) = group.split_first() else {
                continue;
            };
            for other in others {
                let (said, meant) = (as_one(other), as_one(stands));
                if said == meant {
                    continue;
                }
                if let Some(first) = said.first().cloned() {
                    let entry = of.phrases.entry(first).or_default();
                    entry.push((said, meant));
                    entry.sort_by_key(|(said, _)| std::cmp::Reverse(said.len()));
                }
            }
        }
        of.stems = Stems::new(lang, Arc::new(same));
    }

    fn take_translations(&mut self, words: &Words) {
        let mut english = Remembering::new(self.stems(Lang::En));
        let mut italian = Remembering::new(self.stems(Lang::It));
        let groups = |lang| words.same.iter().filter(move |group| group.lang == lang);
        for from in groups(Lang::En) {
            let to = groups(Lang::It).find(|to| to.thing == from.thing);
            let Some(to) = to.and_then(|to| to.words.first()) else {
                continue;
            };
            let to = split(&mut italian, to);
            for word in &from.words {
                let said = split(&mut english, word);
                if let Some(first) = said.first().cloned() {
                    let entry = self.translated.entry(first).or_default();
                    entry.push((said, to.clone()));
                    entry.sort_by_key(|(said, _)| std::cmp::Reverse(said.len()));
                }
            }
        }
    }

    /// The Italian stems of what is said in English, with the places of the words that they are of.
    pub(super) fn in_italian(&self, english: &[(usize, &str)]) -> Vec<(String, Vec<usize>)> {
        rewritten(&self.translated, english)
            .into_iter()
            .filter(|(.., rewritten)| *rewritten)
            .map(|(stem, places, _)| (stem, places))
            .collect()
    }

    const fn of(&self, lang: Lang) -> &OfLang {
        match lang {
            Lang::It => &self.languages[0],
            Lang::En => &self.languages[1],
        }
    }

    const fn of_mut(&mut self, lang: Lang) -> &mut OfLang {
        match lang {
            Lang::It => &mut self.languages[0],
            Lang::En => &mut self.languages[1],
        }
    }

    /// The stems of a language.
    pub(super) fn stems(&self, lang: Lang) -> Stems {
        self.of(lang).stems.clone()
    }

    /// Every word, but for case and accents.
    pub(super) fn as_written(&self) -> Stems {
        self.as_written.clone()
    }

    /// Whether the file has a word, in lower case and without accents.
    pub(super) fn knows(&self, word: &str) -> bool {
        self.known.contains(word)
    }

    /// Stems as the courses say them, with the places of the words that they are of.
    pub(super) fn meant(&self, lang: Lang, stems: &[(usize, &str)]) -> Vec<(String, Vec<usize>)> {
        rewritten(&self.of(lang).phrases, stems)
            .into_iter()
            .map(|(stem, places, _)| (stem, places))
            .collect()
    }

    /// The words of the file that are nearly a word.
    pub(super) fn near(&self, word: &str, errors: usize) -> impl Iterator<Item = &String> {
        let length = word.chars().count();
        self.known.iter().filter(move |known| {
            known.chars().count().abs_diff(length) <= errors
                && known.as_str() != word
                && strsim::osa_distance(known, word) <= errors
        })
    }

    /// How many of the next words are one, and which.
    fn join(&self, words: &[&str]) -> Option<(usize, String)> {
        let all = self.joined.get(*words.first()?)?;
        let fits = |(said, _): &&(Vec<String>, String)| {
            let here = words.get(..said.len());
            here.is_some_and(|here| here.iter().zip(said).all(|(a, b)| a == b))
        };
        let (said, word) = all.iter().find(fits)?;
        Some((said.len(), word.clone()))
    }
}

impl Meaning {
    pub(super) fn new(lang: Lang, vocabulary: &Arc<Vocabulary>) -> Self {
        Self {
            lang,
            words: Remembering::new(vocabulary.as_written()),
            stems: Remembering::new(vocabulary.stems(lang)),
            vocabulary: Arc::clone(vocabulary),
        }
    }

    /// The words of a text, at most so many.
    pub(super) fn words(&mut self, text: &str, most: usize) -> Vec<SpokenWord> {
        let mut plain: Vec<(Range<usize>, String)> = Vec::new();
        for (start, run) in runs(text) {
            let mut written = String::new();
            if self.words.write(run, &mut written) {
                plain.push((start..start + run.len(), written));
            }
        }
        let names: Vec<&str> = plain.iter().map(|(_, word)| word.as_str()).collect();
        let mut said: Vec<SpokenWord> = Vec::new();
        let (mut at, mut frame_end) = (0, 0);
        while at < plain.len() && said.len() < most {
            frame_end = frame_end.max(at + speech::frame(self.lang, &names[at..]));
            let framed = at < frame_end;
            let (range, written) = plain[at].clone();
            let joined = self.vocabulary.join(&names[at..]);
            if let Some((length, word)) = joined.filter(|_| !framed) {
                said.push(SpokenWord {
                    range: range.start..plain[at + length - 1].0.end,
                    stem: self.stem(&word),
                    written: word,
                    framed,
                });
                at += length;
                continue;
            }
            said.push(SpokenWord {
                stem: self.stem(text.get(range.clone()).unwrap_or_default()),
                range,
                written,
                framed,
            });
            at += 1;
        }
        // Where nothing but a frame was said, it is what was meant.
        if said.iter().any(|word| !word.framed && word.stem.is_some()) {
            for word in said.iter_mut().filter(|word| word.framed) {
                word.stem = None;
            }
        }
        said
    }

    /// What a name or a need means: a number for each stem, each once.
    pub(super) fn numbers(&mut self, text: &str) -> Vec<u32> {
        let said = self.words(text, 40);
        let stems = said.iter().enumerate();
        let stems: Vec<_> = stems
            .filter_map(|(at, word)| Some((at, word.stem.as_deref()?)))
            .collect();
        let meant = self.vocabulary.meant(self.lang, &stems).into_iter();
        let meant = meant.map(|(stem, places)| (places.first().copied(), number(&stem)));
        let smalls = said.iter().enumerate();
        let smalls = smalls.filter_map(|(at, word)| Some((Some(at), small(word)?)));
        let mut all: Vec<(Option<usize>, u32)> = meant.chain(smalls).collect();
        all.sort_by_key(|(at, _)| *at);
        let mut numbers: Vec<u32> = Vec::new();
        for (_, number) in all {
            if !numbers.contains(&number) {
                numbers.push(number);
            }
        }
        numbers
    }

    /// The last word with a meaning, in lower case and without accents.
    pub(super) fn last_word(&mut self, text: &str) -> Option<String> {
        let said = self.words(text, 40).into_iter();
        said.rev()
            .find(|word| word.stem.is_some())
            .map(|word| word.written)
    }

    fn stem(&mut self, word: &str) -> Option<String> {
        let mut stem = String::new();
        self.stems.write(word, &mut stem).then_some(stem)
    }
}

type Phrases = HashMap<String, Vec<(Vec<String>, Vec<String>)>>;

/// Stems with the phrases among them replaced: each with the places of its words, and whether it was
/// replaced.
fn rewritten(phrases: &Phrases, stems: &[(usize, &str)]) -> Vec<(String, Vec<usize>, bool)> {
    let mut meant = Vec::new();
    let mut at = 0;
    while let Some((place, stem)) = stems.get(at) {
        let fits = |said: &[String]| {
            let here = stems.get(at..at + said.len());
            here.is_some_and(|here| here.iter().zip(said).all(|((_, a), b)| a == b))
        };
        let found = phrases
            .get(*stem)
            .and_then(|all| all.iter().find(|(said, _)| fits(said)));
        if let Some((said, to)) = found {
            let places: Vec<_> = stems[at..at + said.len()].iter().map(|(p, _)| *p).collect();
            meant.extend(to.iter().map(|stem| (stem.clone(), places.clone(), true)));
            at += said.len();
        } else {
            meant.push(((*stem).to_owned(), vec![*place], false));
            at += 1;
        }
    }
    meant
}

/// A number for a word without meaning of its own, which still tells "chi" from "quanto"; `None` for
/// one with a meaning, and for the smallest.
pub(super) fn small(word: &SpokenWord) -> Option<u32> {
    let written = word.written.as_str();
    let is_small =
        word.stem.is_none() && !word.framed && written.len() > 2 && !ELIDED.contains(&written);
    is_small.then(|| number(&word.written) & !SMALL | SMALL)
}

/// Articles before an apostrophe: it makes no difference whether somebody says them.
const ELIDED: [&str; 7] = ["all", "dall", "dell", "nell", "sull", "coll", "quell"];

/// Numbers of words without meaning have this bit, all others have not.
const SMALL: u32 = 1 << 31;

/// Whether a number is of a word without meaning.
pub(super) const fn is_small(number: u32) -> bool {
    number & SMALL != 0
}

/// A number for a stem.
pub(super) fn number(stem: &str) -> u32 {
    let mix = |hash: u32, byte: u8| (hash ^ u32::from(byte)).wrapping_mul(16_777_619);
    stem.bytes().fold(2_166_136_261, mix) & !SMALL
}

fn split(analysis: &mut Remembering, text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    for (_, run) in runs(text) {
        if analysis.write(run, &mut word) {
            words.push(word.clone());
        }
    }
    words
}
