//! The headings of a file and their ids.

use std::collections::{HashMap, HashSet};

use pulldown_cmark::{CowStr, Tag};
use unicode_normalization::UnicodeNormalization;

use super::Events;
use crate::content::source::Span;

/// The longest id made from a heading's words, in characters.
const MAX_ID: usize = 60;

/// A heading as written.
#[derive(Debug)]
pub(in crate::content) struct RawHeading {
    /// Its index among the events.
    pub(in crate::content) at: usize,
    /// Whether it is part of a list, a quote or the like.
    pub(in crate::content) nested: bool,
    /// 1 to 6.
    pub(in crate::content) level: u8,
    /// `{#id}`, or made from the words and unique in the file.
    pub(in crate::content) id: String,
    /// Whether the author gave the id.
    pub(in crate::content) explicit_id: bool,
    /// The classes.
    pub(in crate::content) classes: Vec<String>,
    /// The attributes.
    pub(in crate::content) attributes: Vec<(String, Option<String>)>,
    /// The words.
    pub(in crate::content) text: String,
    /// The whole line.
    pub(in crate::content) span: Span,
}

/// Every heading, in order.
pub(in crate::content) fn headings(text: &str, events: &Events<'_>) -> Vec<RawHeading> {
    let mut list = Vec::new();
    let mut taken: HashSet<String> = HashSet::new();
    let mut outside = 0;
    for at in events.whole() {
        if at >= outside {
            outside = events.piece(at).end;
        }
        let Some(Tag::Heading {
            level,
            id,
            classes,
            attrs,
        }) = events.tag(at)
        else {
            continue;
        };
        taken.extend(id.as_ref().map(CowStr::to_string));
        list.push(RawHeading {
            at,
            nested: outside != events.piece(at).end,
            level: *level as u8,
            id: id.as_ref().map(CowStr::to_string).unwrap_or_default(),
            explicit_id: id.is_some(),
            classes: classes.iter().map(CowStr::to_string).collect(),
            attributes: attrs
                .iter()
                .map(|(name, value)| (name.to_string(), value.as_ref().map(CowStr::to_string)))
                .collect(),
            text: events.plain(events.inside(at)).trim().to_owned(),
            span: line(text, events.span(at)),
        });
    }
    let mut next: HashMap<String, usize> = HashMap::new();
    for heading in list.iter_mut().filter(|heading| !heading.explicit_id) {
        let base = slug(&heading.text);
        let count = next.entry(base.clone()).or_insert(1);
        let mut id = base.clone();
        while taken.contains(&id) {
            *count += 1;
            id = format!("{base}-{count}");
        }
        taken.insert(id.clone());
        heading.id = id;
    }
    list
}

/// A span without the line break at its end.
fn line(text: &str, span: Span) -> Span {
    let line = text.get(span.clone()).unwrap_or("");
    span.start..span.start + line.trim_end().len()
}

fn slug(text: &str) -> String {
    let mut slug = String::new();
    for c in text.nfkd() {
        if slug.len() >= MAX_ID {
            break;
        }
        if c.is_ascii_alphanumeric() {
            slug.push(c.to_ascii_lowercase());
        } else if !unicode_normalization::char::is_combining_mark(c)
            && !slug.is_empty()
            && !slug.ends_with('-')
        {
            slug.push('-');
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    if slug.is_empty() {
        slug.push_str("sezione");
    }
    slug
}

/// A sound id near to what somebody wrote: 3 to 40 of a-z, 0-9 and -, beginning with a letter.
pub(in crate::content) fn suggested_id(text: &str) -> String {
    const LONGEST: usize = 40;
    let mut id = slug(text);
    if id.len() < 3 || !id.starts_with(|c: char| c.is_ascii_lowercase()) {
        id = format!("id-{id}");
    }
    id.truncate(LONGEST);
    id.truncate(id.trim_end_matches('-').len());
    id
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_suggested_id_is_always_one_that_is_taken() {
        for (written, id) in [
            ("perché-no", "perche-no"),
            ("3 livelli", "id-3-livelli"),
            ("È", "id-e"),
            ("🙂", "sezione"),
            ("L'identità_Digitale", "l-identita-digitale"),
        ] {
            assert_eq!(suggested_id(written), id);
        }
        for long in ["a".repeat(90), "parole e ".repeat(9), "9".repeat(50)] {
            assert!(crate::domain::ids::is_content_id(&suggested_id(&long)));
        }
    }

    #[test]
    fn an_id_is_made_from_the_words_and_is_unique() {
        let text = "## Perché sì?\n\n## Perché sì!\n\n## 🙂\n\n## x {#perche-si-2}\n";
        let ids: Vec<String> = headings(text, &Events::of(text, 0))
            .into_iter()
            .map(|heading| heading.id)
            .collect();
        assert_eq!(ids, ["perche-si", "perche-si-3", "sezione", "perche-si-2"]);
    }
}
