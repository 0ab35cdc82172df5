//! `{{region.KEY}}` in the text of a lesson: what stands there in the installation's region.
//!
//! A value is put in between parsing and writing, so places in the source stay true and no value is
//! ever read as markup. An address stands only as the whole target of a link, any other value only
//! in running text: not in a heading, whose id must be the same everywhere, nor in a question, whose
//! key must be.

use pulldown_cmark::{CowStr, Event, Tag, TagEnd};

use crate::domain::locale::Lang;

use super::complaints::Complaints;
use super::front_matter::suggestion;
use super::markdown::{Located, RawHeading};
use super::message::{Message, one_line, say};
use super::questions::is_question;
use super::regions::{RegionKey, Regional};
use super::rules::{region_misplaced, region_without_neutral, unknown_region_key};
use super::source::Span;

const OPEN: &str = "{{region.";
const CLOSE: &str = "}}";

/// Whether a file has anything that differs by region: what has not is the same everywhere.
pub(super) fn is_regional(text: &str) -> bool {
    text.contains(OPEN)
}

/// Where no value may stand: headings, and questions from their heading to the next of the same or a
/// higher level. `end` is where the file ends.
pub(super) fn no_place(headings: &[RawHeading], end: usize) -> Vec<Span> {
    let of = |(at, heading): (usize, &RawHeading)| {
        if !is_question(heading) {
            return heading.span.clone();
        }
        let mut behind = headings.iter().skip(at + 1);
        let next = behind.find(|next| next.level <= heading.level);
        heading.span.start..next.map_or(end, |next| next.span.start)
    };
    headings.iter().enumerate().map(of).collect()
}

/// Puts the values in. `no_place` are the places of headings and questions, `body` is where the text
/// begins, behind the front matter.
pub(super) fn fill<'t>(
    events: Located<'t>,
    regional: &Regional,
    lang: Lang,
    body: usize,
    no_place: &[Span],
    complaints: &mut Complaints,
) -> Located<'t> {
    let file = std::sync::Arc::clone(complaints.file());
    if !file.text.contains("{{") {
        return events;
    }
    let mut filler = Filler {
        regional,
        lang,
        no_place,
        text: &file.text,
        seen: Vec::new(),
        complaints,
    };
    let filled = filler.all(events);
    filler.rest(body);
    filled
}

struct Filler<'a> {
    regional: &'a Regional,
    lang: Lang,
    no_place: &'a [Span],
    text: &'a str,
    /// Where a value was put in or complained about.
    seen: Vec<Span>,
    complaints: &'a mut Complaints,
}

impl Filler<'_> {
    fn all<'t>(&mut self, events: Located<'t>) -> Located<'t> {
        let mut filled = Vec::with_capacity(events.len());
        let mut run: Located<'t> = Vec::new();
        // Of each open link, whether it stays one.
        let mut links = Vec::new();
        let mut code = false;
        for (mut event, span) in events {
            if matches!(event, Event::Text(_)) && !code {
                run.push((event, span));
                continue;
            }
            self.flush(&mut run, &mut filled);
            let keeps = match &mut event {
                Event::Start(Tag::CodeBlock(_)) => {
                    code = true;
                    true
                }
                Event::End(TagEnd::CodeBlock) => {
                    code = false;
                    true
                }
                Event::Start(Tag::Link { dest_url, .. }) => {
                    let stays = self.link(dest_url, &span);
                    links.push(stays);
                    stays
                }
                Event::End(TagEnd::Link) => links.pop().unwrap_or(true),
                _ => true,
            };
            if keeps {
                filled.push((event, span));
            }
        }
        self.flush(&mut run, &mut filled);
        filled
    }

    /// Texts that stand side by side are one text here: the parser parts them at an underscore.
    fn flush<'t>(&mut self, run: &mut Located<'t>, filled: &mut Located<'t>) {
        let whole: String = run.iter().map(|(event, _)| words(event)).collect();
        if !whole.contains(OPEN) {
            filled.append(run);
            return;
        }
        let span = run.first().map_or(0, |(_, span)| span.start)
            ..run.last().map_or(0, |(_, span)| span.end);
        run.clear();
        let text = self.put_in(&whole, &span);
        filled.push((Event::Text(CowStr::from(text)), span));
    }

    fn put_in(&mut self, whole: &str, span: &Span) -> String {
        let mut text = String::with_capacity(whole.len());
        let mut rest = whole;
        let mut from = span.start;
        while let Some((before, after)) = rest.split_once(OPEN) {
            text.push_str(before);
            let Some((name, behind)) = after.split_once(CLOSE) else {
                // Not closed: said by `rest`.
                text.push_str(OPEN);
                rest = after;
                continue;
            };
            let place = self.place(name, from..span.end);
            from = place.end;
            match self.value(name, place) {
                Some(value) => text.push_str(value),
                None => text.extend([OPEN, name, CLOSE]),
            }
            rest = behind;
        }
        text + rest
    }

    /// Gives a link its address. Whether it stays a link: where there is no address, it does not.
    fn link(&mut self, target: &mut CowStr<'_>, span: &Span) -> bool {
        if !target.contains(OPEN) {
            return true;
        }
        let name = target.strip_prefix(OPEN);
        let Some(name) = name.and_then(|name| name.strip_suffix(CLOSE)) else {
            let help = say("region-misplaced-link");
            self.misplaced(span.clone(), help);
            self.seen.push(span.clone());
            return false;
        };
        let place = self.place(name, span.clone());
        let Some(key) = self.key(name, &place) else {
            return false;
        };
        if !key.is_address() {
            self.misplaced(place, say("region-misplaced-text"));
            return false;
        }
        if self.refused_here(&place) {
            return false;
        }
        match self.regional.get(key, self.lang) {
            Some(address) => {
                *target = CowStr::from(address.to_owned());
                true
            }
            None => false,
        }
    }

    /// What is put in for a key in running text.
    fn value(&mut self, name: &str, place: Span) -> Option<&str> {
        let key = self.key(name, &place)?;
        if key.is_address() {
            let help = say("region-misplaced-address").with("key", name);
            self.misplaced(place, help);
            return None;
        }
        if self.refused_here(&place) {
            return None;
        }
        if !self.regional.has_neutral(key) {
            self.complaints.add_with_help(
                &region_without_neutral::RULE,
                place,
                say("region-without-neutral").with("key", key.name()),
                say("region-without-neutral-help").with("key", key.name()),
            );
        }
        self.regional.get(key, self.lang)
    }

    fn key(&mut self, name: &str, place: &Span) -> Option<RegionKey> {
        self.seen.push(place.clone());
        let key = RegionKey::from_name(name);
        if key.is_none() {
            self.complaints.add_with_help(
                &unknown_region_key::RULE,
                place.clone(),
                say("region-unknown-key").with("key", one_line(name)),
                suggestion(name, &RegionKey::names()),
            );
        }
        key
    }

    fn refused_here(&mut self, place: &Span) -> bool {
        let refused = self.no_place.iter();
        let refused = refused
            .clone()
            .any(|no| no.start <= place.start && place.end <= no.end);
        if refused {
            self.misplaced(place.clone(), say("region-misplaced-question"));
        }
        refused
    }

    /// Complains about what was left as it is: in the front matter, in code, not closed, misspelt.
    fn rest(&mut self, body: usize) {
        let found: Vec<usize> = self.text.match_indices("{{").map(|(at, _)| at).collect();
        for at in found {
            let behind = self.text[at + 2..].trim_start_matches(' ');
            if !behind.starts_with("region") || self.seen.iter().any(|seen| seen.contains(&at)) {
                continue;
            }
            let line = self.text[at..].lines().next().unwrap_or("");
            let end = line
                .find(CLOSE)
                .map_or(line.len(), |close| close + CLOSE.len());
            let help = if at < body {
                say("region-misplaced-front-matter")
            } else {
                say("region-misplaced-written")
            };
            self.misplaced(at..at + end, help);
        }
    }

    fn misplaced(&mut self, place: Span, help: Message) {
        self.complaints.add_with_help(
            &region_misplaced::RULE,
            place,
            say("region-misplaced"),
            help,
        );
    }

    /// Where a key stands within a place of the source.
    fn place(&self, name: &str, within: Span) -> Span {
        let written = format!("{OPEN}{name}{CLOSE}");
        let source = self.text.get(within.clone()).unwrap_or("");
        match source.find(&written) {
            Some(at) => within.start + at..within.start + at + written.len(),
            None => within,
        }
    }
}

fn words<'e>(event: &'e Event<'_>) -> &'e str {
    match event {
        Event::Text(words) => words,
        _ => "",
    }
}
