//! The marks of other dialects, and how each is recognised. Not a rule: [`super::other_dialect`]
//! is.

use crate::content::markdown::{HIDDEN, TextWithin, after, before, marks};

/// A mark: the keys of where it is at home, and of what to write instead.
pub(super) struct Mark {
    pub(super) home: &'static str,
    pub(super) help: &'static str,
}

const fn mark(home: &'static str, help: &'static str) -> Mark {
    Mark { home, help }
}

static BOX: Mark = mark("dialect-box", "dialect-box-help");
static MKDOCS: Mark = mark("dialect-mkdocs", "dialect-mkdocs-help");
static DEFINITION: Mark = mark("dialect-definition", "dialect-definition-help");
static KRAMDOWN: Mark = mark("dialect-kramdown", "dialect-kramdown-help");
static ABBREVIATION: Mark = mark("dialect-abbreviation", "dialect-abbreviation-help");
static CONTENTS: Mark = mark("dialect-contents", "dialect-contents-help");
static MDX: Mark = mark("dialect-mdx", "dialect-mdx-help");
static RST: Mark = mark("dialect-rst", "dialect-rst-help");
static MOODLE: Mark = mark("dialect-moodle", "dialect-moodle-help");
static TEXTILE: Mark = mark("dialect-textile", "dialect-textile-help");
static WIKI: Mark = mark("dialect-wiki", "dialect-wiki-help");
static MACRO: Mark = mark("dialect-macro", "dialect-macro-help");
static ROLE: Mark = mark("dialect-role", "dialect-role-help");
static LIQUID: Mark = mark("dialect-liquid", "dialect-liquid-help");
static HUGO: Mark = mark("dialect-hugo", "dialect-hugo-help");
static BRACES: Mark = mark("dialect-braces", "dialect-braces-help");
static ATTRIBUTES: Mark = mark("dialect-attributes", "dialect-attributes-help");
static MATH: Mark = mark("dialect-math", "dialect-math-help");
static STRIKE: Mark = mark("dialect-strike", "dialect-strike-help");
static HIGHLIGHT: Mark = mark("dialect-highlight", "dialect-highlight-help");
static EMOJI: Mark = mark("dialect-emoji", "dialect-emoji-help");
static WIKI_LINK: Mark = mark("dialect-wiki-link", "dialect-wiki-link-help");
static SCRIPT: Mark = mark("dialect-script", "dialect-script-help");
static NOTE: Mark = mark("dialect-note", "dialect-note-help");
static CITATION: Mark = mark("dialect-citation", "dialect-citation-help");
static BBCODE: Mark = mark("dialect-bbcode", "dialect-bbcode-help");
static COMMENT: Mark = mark("dialect-comment", "dialect-comment-help");
pub(super) static LIA: Mark = mark("dialect-lia", "dialect-lia-help");

/// What a box of MyST is given on lines of their own, `:class: tip`.
const OPTIONS: [&str; 11] = [
    "align",
    "alt",
    "alt-output",
    "class",
    "figclass",
    "height",
    "label",
    "name",
    "open",
    "scale",
    "width",
];

pub(super) type FoundMark = Option<(usize, &'static Mark)>;

/// The mark a line begins with: its length.
pub(super) fn in_line(line: &str) -> FoundMark {
    let word = line.split([' ', HIDDEN]).next().unwrap_or("");
    let rest = |prefix: &str| line.strip_prefix(prefix);
    let letter = |text: &str| text.starts_with(|c: char| c.is_ascii_alphabetic());
    let whole = line.len();
    // The colons that close a box are an echo of those that open it.
    let opens = line.starts_with(":::") && !line.trim_end().bytes().all(|b| b == b':');
    let option = rest(":").and_then(|rest| rest.split(": ").next());
    if opens || option.is_some_and(|name| OPTIONS.contains(&name) && line.contains(": ")) {
        return Some((whole, &BOX));
    }
    let boxed = ["!!! ", "!!!+ ", "??? ", "???+ "];
    if boxed.iter().any(|mark| rest(mark).is_some_and(letter)) || line.starts_with("=== \"") {
        return Some((whole, &MKDOCS));
    }
    if line.starts_with(": ") {
        return Some((whole, &DEFINITION));
    }
    if line.starts_with("{:") {
        return Some((whole, &KRAMDOWN));
    }
    if line.starts_with("*[") && line.contains("]:") {
        return Some((whole, &ABBREVIATION));
    }
    let contents = [
        "[toc]",
        "[[toc]]",
        "[[_toc_]]",
        "${toc}",
        "\\tableofcontents",
    ];
    if contents.contains(&line.to_ascii_lowercase().trim()) {
        return Some((whole, &CONTENTS));
    }
    let imports =
        rest("import ").is_some_and(|rest| rest.contains(" from '") || rest.contains(" from \""));
    if imports || line.starts_with("export const ") || line.starts_with("export default ") {
        return Some((whole, &MDX));
    }
    if rest(".. ").is_some_and(|rest| letter(rest) && rest.contains("::")) {
        return Some((whole, &RST));
    }
    if rest("(").is_some_and(|rest| rest.trim_end().ends_with(")=")) {
        return Some((whole, &ROLE));
    }
    let titled = rest("::").is_some_and(|rest| !rest.starts_with(':') && rest.contains("::"));
    let aiken = rest("ANSWER: ").is_some_and(|rest| rest.trim().len() == 1);
    if titled || aiken {
        return Some((whole, &MOODLE));
    }
    let level = word
        .strip_prefix('h')
        .and_then(|word| word.strip_suffix('.'));
    if level.is_some_and(|level| matches!(level, "1" | "2" | "3" | "4" | "5" | "6")) {
        return Some((whole, &TEXTILE));
    }
    if word.len() >= 2 && word.bytes().all(|b| b == b'=') && letter(line[word.len()..].trim_start())
    {
        return Some((whole, &WIKI));
    }
    let inside = rest("{").and_then(|rest| rest.trim_end().strip_suffix('}'));
    let name = inside.map(|inside| inside.split(':').next().unwrap_or(""));
    if name.is_some_and(|name| name.len() > 1 && name.bytes().all(|b| b.is_ascii_lowercase())) {
        return Some((whole, &MACRO));
    }
    None
}

/// The marks in a run: where, and how long.
pub(super) fn in_run(
    within: TextWithin,
    text: &str,
    source: &str,
) -> impl Iterator<Item = (usize, usize, &'static Mark)> {
    let mut found = Vec::new();
    braces(within, text, source, &mut found);
    math(text, &mut found);
    pairs(text, &mut found);
    brackets(text, &mut found);
    if !text.starts_with(":::") {
        emoji(text, &mut found);
    }
    found.into_iter()
}

type List = Vec<(usize, usize, &'static Mark)>;

/// The longest mark, in bytes: what is not closed must not be looked for to the end of the file.
const LONGEST: usize = 400;

/// To the end of what begins here, on its line.
fn until(text: &str, at: usize, end: &str) -> Option<usize> {
    let text = &text[..text.floor_char_boundary(at + LONGEST)];
    let line = text[at..].split('\n').next().unwrap_or("");
    line.find(end).map(|found| found + end.len())
}

fn braces(within: TextWithin, text: &str, source: &str, out: &mut List) {
    let mut next = 0;
    for (at, _) in text.match_indices('{') {
        if at < next {
            continue;
        }
        let rest = &text[at + 1..];
        let (end, mark) = if let Some(inside) = rest.strip_prefix('{') {
            if inside.trim_start().starts_with("region.") {
                next = at + until(text, at, "}}").unwrap_or(2);
                continue;
            }
            let hugo = rest.starts_with("{<") || rest.starts_with("{%");
            ("}}", if hugo { &HUGO } else { &BRACES })
        } else if rest.starts_with('%') {
            ("%}", &LIQUID)
        } else if let Some(role) = rest.split('}').next()
            && role.len() > 1
            && role
                .bytes()
                .all(|b| b.is_ascii_lowercase() || matches!(b, b':' | b'-'))
            && source[at + role.len() + 2..].starts_with('`')
        {
            ("}", &ROLE)
        } else if is_attributes(rest)
            && !(within == TextWithin::Heading && rest.starts_with(['#', '.']))
        {
            ("}", &ATTRIBUTES)
        } else {
            continue;
        };
        // What is not closed is no mark, unless it can be nothing else.
        let length = match until(text, at, end) {
            Some(length) => length,
            None if end == "}" => continue,
            None => 2,
        };
        next = at + length;
        out.push((at, length, mark));
    }
}

/// `{.class`, `{#id`, `{width=50%`, `{-}`
fn is_attributes(rest: &str) -> bool {
    let mut chars = rest.chars();
    match chars.next() {
        Some('.' | '#') => chars.next().is_some_and(char::is_alphabetic),
        Some('-') => chars.next() == Some('}'),
        Some(c) if c.is_ascii_lowercase() => {
            let name = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-'));
            name.is_some_and(|end| rest[end..].starts_with('='))
        }
        _ => false,
    }
}

fn math(text: &str, out: &mut List) {
    if let [first, .., last] = &marks(text, '$', 2)[..] {
        out.push((first.start, last.end - first.start, &MATH));
    }
    for pair in marks(text, '$', 1).windows(2) {
        let inside = &text[pair[0].end..pair[1].start];
        let tight = !inside.is_empty() && inside.trim() == inside && !inside.contains('\n');
        let formula = inside.contains(['\\', '^', '_', '{', '=', '+', '<', '>'])
            || (inside.chars().count() == 1 && inside.chars().all(char::is_alphabetic));
        let price = after(text, pair[1].end).is_some_and(|c| c.is_ascii_digit());
        if tight && formula && !price {
            out.push((pair[0].start, pair[1].end - pair[0].start, &MATH));
        }
    }
    for (at, _) in text.match_indices('\\') {
        let name = text[at + 1..].find(|c: char| !c.is_ascii_alphabetic());
        if let Some(end) = name
            && end > 1
            && text[at + 1 + end..].starts_with('{')
        {
            out.push((at, 1 + end, &MATH));
        }
    }
}

/// Marks on both sides of words.
fn pairs(text: &str, out: &mut List) {
    for (sign, count, mark) in [
        ('~', 2, &STRIKE),
        ('=', 2, &HIGHLIGHT),
        ('\'', 3, &WIKI),
        ('%', 2, &COMMENT),
    ] {
        for pair in marks(text, sign, count).windows(2) {
            let inside = &text[pair[0].end..pair[1].start];
            let space = |c: char| c.is_whitespace();
            if !inside.is_empty()
                && (sign == '%' || !(inside.starts_with(space) || inside.ends_with(space)))
            {
                out.push((pair[0].start, pair[1].end - pair[0].start, mark));
            }
        }
    }
    for sign in ['~', '^'] {
        for pair in marks(text, sign, 1).windows(2) {
            let inside = &text[pair[0].end..pair[1].start];
            let behind = before(text, pair[0].start).is_some_and(char::is_alphanumeric);
            let short = (1..=6).contains(&inside.chars().count());
            if behind && short && inside.chars().all(|c| c.is_alphanumeric() || c == '-') {
                out.push((pair[0].start, pair[1].end - pair[0].start, &SCRIPT));
            }
        }
    }
}

fn brackets(text: &str, out: &mut List) {
    for (begin, end, mark) in [
        ("[[", "]]", &WIKI_LINK),
        ("^[", "]", &NOTE),
        ("[@", "]", &CITATION),
        ("[/", "]", &BBCODE),
        ("!?[", "]", &LIA),
        ("[(", ")]", &LIA),
    ] {
        for (at, _) in text.match_indices(begin) {
            let Some(length) = until(text, at, end) else {
                continue;
            };
            let inside = &text[at + begin.len()..at + length - end.len()];
            let name = inside.bytes().all(|b| b.is_ascii_alphabetic());
            let fits = match begin {
                "[[" => true,
                "[/" => name && !inside.is_empty(),
                "[(" => inside.trim().is_empty() || inside.trim().eq_ignore_ascii_case("x"),
                _ => !inside.is_empty(),
            };
            if fits {
                out.push((at, length, mark));
            }
        }
    }
}

/// `:smile:`: a name between colons, with nothing of a word around them.
fn emoji(text: &str, out: &mut List) {
    for pair in marks(text, ':', 1).windows(2) {
        let name = &text[pair[0].end..pair[1].start];
        let outside = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric() && c != '/');
        let simple =
            |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'_' | b'+' | b'-');
        if name.len() > 1
            && !OPTIONS.contains(&name)
            && name.starts_with(|c: char| c.is_ascii_lowercase() || c == '+' || c == '-')
            && name.bytes().all(simple)
            && outside(before(text, pair[0].start))
            && outside(after(text, pair[1].end))
        {
            let (start, end) = (pair[0].start, pair[1].end);
            out.push((start, end - start, &EMOJI));
        }
    }
}
