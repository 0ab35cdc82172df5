//! Which of what the index found answers, and at which place.
//!
//! The index finds the pages that have the words; among those, one counts by how much of what was
//! asked it is called by (`asks`, title, headings), how much of it stands in it at all, and what the
//! index thought. A page of which only a passing word fits answers nothing.

use std::collections::HashMap;

use tantivy::postings::Postings;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocAddress, DocSet, Term};

use crate::domain::locale::Lang;

use super::fit::{covered, fit, raise};
use super::names::{NameKind, Names, placed};
use super::often::Often;
use super::{Search, SearchError};

/// What was asked, in one language.
pub(super) struct Asking {
    pub(super) lang: Lang,
    pub(super) tokens: Vec<Token>,
    /// Its words as they were written, in lower case and without accents.
    pub(super) written: Vec<String>,
}

/// A part of what was asked.
pub(super) struct Token {
    /// Where it was said.
    pub(super) place: usize,
    /// The stems that may have been meant: number, stem, and how sure that is.
    pub(super) stems: Vec<(u32, String, f32)>,
    /// How much it says.
    pub(super) weight: f32,
    /// How much of an answer is missing where it is not answered.
    pub(super) claim: f32,
}

/// A section that was found.
struct Candidate {
    address: DocAddress,
    group: u64,
    lang: Lang,
    heading: u32,
    index_score: f32,
    /// For each token, how well this section has it.
    has: Vec<f32>,
}

/// A page that was found.
pub(super) struct RankedPage {
    /// The section to lead to.
    pub(super) address: DocAddress,
    pub(super) score: f32,
    /// Whether it answers what was asked.
    pub(super) answers: bool,
    /// Whether it is called by a fair part of it, at least.
    pub(super) fits: bool,
    /// How well what it is called by fits, from 0 to 1.
    pub(super) named: f32,
}

/// What a name, another name, what stands in it, what the index thought, and how many names have it
/// count in a score.
const NAME: f32 = 1.0;
const SECOND: f32 = 0.2;
const COVER: f32 = 0.1;
const INDEX: f32 = 0.15;
const OFTEN: f32 = 0.1;

/// How much a name that a keyword is counts beside an ask.
const KEYWORD: f32 = 0.75;

/// How well a section has a word that is about it but not in it: in the module's title, say.
const ABOUT: f32 = 0.77;

/// How well a section has a word of its text: at least, and what the share of the text adds.
const TEXT: f32 = 0.25;
const SHARE: f32 = 0.49;

/// In a text of so many words, a word that stands there once is half of what it is about.
const HALF: f32 = 12.0;

/// A page answers that has so much of what was asked.
const ANSWERING: f32 = 0.5;

/// A page fits, where none answers, that has so much of it, and so much of it in a name: not a passing
/// word.
const FITTING: f32 = 0.2;
const FITTING_NAME: f32 = 0.2;

/// A heading answers better than its page from so much on.
const HEADING: f32 = 0.6;

/// Pages in the order of how well they answer, each once, in one language.
pub(super) fn rank(
    search: &Search,
    askings: &[Asking],
    top: &[(f32, DocAddress)],
    prefer: Option<Lang>,
) -> Result<Vec<RankedPage>, SearchError> {
    let mut candidates = candidates(search, top)?;
    for asking in askings {
        look_into(search, asking, &mut candidates)?;
    }
    let best = top
        .first()
        .map_or(1.0, |(score, _)| score.max(f32::EPSILON));
    let mut pages: HashMap<(u64, bool), Vec<&Candidate>> = HashMap::new();
    for candidate in &candidates {
        let key = (candidate.group, candidate.lang == Lang::En);
        pages.entry(key).or_default().push(candidate);
    }
    let mut ranked = Vec::new();
    for ((group, _), sections) in pages {
        let lang = sections.first().map_or(Lang::It, |one| one.lang);
        let Some(asking) = askings.iter().find(|asking| asking.lang == lang) else {
            continue;
        };
        if let Some(mut page) = of_page(&search.names, asking, group, &sections, best) {
            page.score += match prefer {
                Some(prefer) if prefer == lang => PREFERRED,
                _ => 0.0,
            };
            ranked.push((group, lang, page));
        }
    }
    ranked.sort_by(|(_, a_lang, a), (_, b_lang, b)| {
        let by_score = b.score.total_cmp(&a.score);
        by_score.then_with(|| (a_lang, a.address).cmp(&(b_lang, b.address)))
    });
    let mut seen = Vec::new();
    ranked.retain(|(group, ..)| {
        let first = !seen.contains(group);
        seen.push(*group);
        first
    });
    Ok(ranked.into_iter().map(|(.., page)| page).collect())
}

/// What a page in the language of the interface counts more.
const PREFERRED: f32 = 0.2;

/// Pages in the order in which the index found them, each once, in one language: of words without
/// meaning it alone can tell.
pub(super) fn by_index(
    search: &Search,
    top: &[(f32, DocAddress)],
) -> Result<Vec<RankedPage>, SearchError> {
    let mut candidates = candidates(search, top)?;
    candidates.sort_by(|a, b| b.index_score.total_cmp(&a.index_score));
    let mut seen = Vec::new();
    candidates.retain(|one| {
        let first = !seen.contains(&one.group);
        seen.push(one.group);
        first
    });
    let ranked = candidates.into_iter().map(|one| RankedPage {
        address: one.address,
        score: one.index_score,
        answers: true,
        fits: true,
        named: 0.0,
    });
    Ok(ranked.collect())
}

fn candidates(search: &Search, top: &[(f32, DocAddress)]) -> Result<Vec<Candidate>, SearchError> {
    let mut columns = Vec::new();
    for segment in search.searcher.segment_readers() {
        let fast = segment.fast_fields();
        columns.push((fast.u64("group")?, fast.u64("place")?));
    }
    let mut candidates: Vec<Candidate> = top
        .iter()
        .filter_map(|(score, address)| {
            let (group, place) = columns.get(address.segment_ord as usize)?;
            let (lang, heading) = placed(place.first(address.doc_id)?);
            Some(Candidate {
                address: *address,
                group: group.first(address.doc_id)?,
                lang,
                heading,
                index_score: *score,
                has: Vec::new(),
            })
        })
        .collect();
    candidates.sort_by_key(|one| one.address);
    Ok(candidates)
}

/// Finds how well each section has each part of what was asked, in its text and in what it is about.
fn look_into(
    search: &Search,
    asking: &Asking,
    candidates: &mut [Candidate],
) -> Result<(), SearchError> {
    let fields = search.shared.fields.of(asking.lang);
    for candidate in candidates.iter_mut().filter(|one| one.lang == asking.lang) {
        candidate.has = vec![0.0; asking.tokens.len()];
    }
    for (at, token) in asking.tokens.iter().enumerate() {
        let stems = token.stems.iter().filter(|(_, stem, _)| !stem.is_empty());
        for (_, stem, sure) in stems {
            in_field(
                search,
                fields.about,
                stem,
                candidates,
                asking.lang,
                |has, _| {
                    raise(has, at, ABOUT * sure);
                },
            )?;
            in_field(
                search,
                fields.text,
                stem,
                candidates,
                asking.lang,
                |has, share| {
                    raise(has, at, SHARE.mul_add(share, TEXT) * sure);
                },
            )?;
        }
    }
    Ok(())
}

/// Calls `found` for each section that has a stem in a field, with the share that it has of it. The
/// candidates are in the order of their addresses.
#[expect(clippy::cast_precision_loss, reason = "counts of words")]
fn in_field(
    search: &Search,
    field: Field,
    stem: &str,
    candidates: &mut [Candidate],
    lang: Lang,
    found: impl Fn(&mut [f32], f32),
) -> Result<(), SearchError> {
    let term = Term::from_field_text(field, stem);
    let mut rest = candidates;
    while let Some(first) = rest.first() {
        let segment = first.address.segment_ord;
        let length = rest.partition_point(|one| one.address.segment_ord == segment);
        let (here, others) = rest.split_at_mut(length);
        rest = others;
        let reader = search.searcher.segment_reader(segment);
        let index = reader.inverted_index(field)?;
        let option = IndexRecordOption::WithFreqs;
        let postings = index.read_postings(&term, option);
        let Some(mut postings) = postings.map_err(tantivy::TantivyError::from)? else {
            continue;
        };
        let lengths = reader.get_fieldnorms_reader(field)?;
        for candidate in here.iter_mut().filter(|one| one.lang == lang) {
            let doc = candidate.address.doc_id;
            if postings.doc() < doc && postings.seek(doc) != doc || postings.doc() != doc {
                continue;
            }
            let times = postings.term_freq() as f32;
            let length = lengths.fieldnorm(doc) as f32;
            found(&mut candidate.has, times / (times + length / HALF));
        }
    }
    Ok(())
}

/// How well a page answers, and where.
fn of_page(
    names: &Names,
    asking: &Asking,
    group: u64,
    sections: &[&Candidate],
    best_index: f32,
) -> Option<RankedPage> {
    let all: f32 = asking.tokens.iter().map(|token| token.weight).sum();
    let mut has = vec![0.0_f32; asking.tokens.len()];
    let (mut page_name, mut second) = (0.0_f32, 0.0_f32);
    let mut headings: Vec<(u32, f32)> = Vec::new();
    let mut often = Often::new(asking);
    for (kind, stems) in names.of((group, asking.lang)) {
        let fit = fit(names, asking, stems, &mut has);
        often.count(asking, kind, stems);
        match kind {
            NameKind::Title | NameKind::Ask | NameKind::Keyword => {
                let fit = if kind == NameKind::Keyword {
                    KEYWORD * fit
                } else {
                    fit
                };
                second = second.max(fit.min(page_name));
                page_name = page_name.max(fit);
            }
            NameKind::Heading(number) => headings.push((number, fit)),
        }
    }
    let of_heading = |number: u32| {
        let found = headings.iter().find(|(heading, _)| *heading == number);
        found.map_or(0.0, |(_, fit)| *fit)
    };
    let section = |one: &&&Candidate| {
        let text: f32 = covered(asking, &one.has) / all.max(f32::EPSILON);
        of_heading(one.heading) + 0.3 * text + 0.1 * one.index_score / best_index
    };
    let top = sections.iter().find(|one| one.heading == 0);
    let nearest = sections
        .iter()
        .max_by(|a, b| section(a).total_cmp(&section(b)))?;
    for one in sections {
        for (at, had) in one.has.iter().enumerate() {
            raise(&mut has, at, *had);
        }
    }
    let heading = of_heading(nearest.heading);
    let by_heading = heading >= HEADING && heading > page_name;
    let place = match top {
        // The page itself, unless one of its sections is what was asked, or only its text has it.
        Some(top) if !by_heading && page_name >= 0.5 => top,
        Some(top) if section(&nearest) <= section(&top) => top,
        _ => nearest,
    };
    let cover = covered(asking, &has) / all.max(f32::EPSILON);
    let answered = asking.tokens.iter().zip(&has);
    let answered: f32 = answered.map(|(token, has)| token.claim * has).sum();
    let claimed: f32 = asking.tokens.iter().map(|token| token.claim).sum();
    let name = page_name.max(0.95 * heading);
    let index = sections.iter().map(|one| one.index_score / best_index);
    let index = index.fold(0.0, f32::max);
    Some(RankedPage {
        address: place.address,
        score: NAME * name
            + SECOND * second
            + COVER * cover
            + INDEX * index
            + OFTEN * often.share(),
        answers: answered >= ANSWERING * claimed,
        fits: answered >= FITTING * claimed && name >= FITTING_NAME,
        named: name,
    })
}
