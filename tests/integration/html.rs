//! What HTML the compiler may write: every piece of a module, and a strict reader of it.

use std::borrow::Cow;

use autonomia::content::lesson::Block;
use autonomia::content::module::Module;
use autonomia::content::question::{Kind, Question};

/// The tags the compiler writes. Anything else came from an author.
const TAGS: [&str; 37] = [
    "a",
    "aside",
    "blockquote",
    "br",
    "code",
    "dd",
    "del",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "img",
    "input",
    "li",
    "ol",
    "p",
    "pre",
    "section",
    "span",
    "strong",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "ul",
];

/// The attributes the compiler writes.
const ATTRIBUTES: [&str; 20] = [
    "alt",
    "aria-describedby",
    "aria-hidden",
    "aria-label",
    "aria-labelledby",
    "class",
    "colspan",
    "height",
    "href",
    "id",
    "lang",
    "loading",
    "rel",
    "role",
    "scope",
    "src",
    "start",
    "tabindex",
    "title",
    "width",
];

/// Every rendered piece of a module.
pub(crate) fn every_html(module: &Module) -> Vec<Cow<'_, str>> {
    let mut all = Vec::new();
    for edition in std::iter::once(&module.original).chain(module.translations.values()) {
        all.push(Cow::from(&edition.intro_html));
        for lesson in &edition.lessons {
            for block in &lesson.body {
                match block {
                    Block::Html(html) => all.push(html.text()),
                    Block::Practice(question) => of_question(question, &mut all),
                }
            }
        }
        if let Some(quiz) = &edition.quiz {
            all.push(Cow::from(&quiz.intro_html));
            for question in &quiz.questions {
                of_question(question, &mut all);
            }
        }
    }
    all
}

fn of_question<'a>(question: &'a Question, all: &mut Vec<Cow<'a, str>>) {
    let mut add = |html: &'a str| all.push(Cow::Borrowed(html));
    add(&question.title_html);
    add(&question.text_html);
    question.hint_html.as_deref().map(&mut add);
    question.explanation_html.as_deref().map(&mut add);
    match &question.kind {
        Kind::One { options, .. } | Kind::Many { options, .. } => {
            for option in options {
                add(&option.html);
                option.feedback_html.as_deref().map(&mut add);
            }
        }
        Kind::Order { steps } => steps.iter().for_each(|step| add(&step.html)),
        Kind::Match { left, right } => {
            left.iter().chain(right).for_each(|cell| add(&cell.html));
        }
        Kind::Number { .. } | Kind::Text { .. } => {}
    }
}

/// The first thing in a piece of HTML that the compiler does not write itself, if there is one:
/// another tag or attribute, an address that is not a page or `https`, an open tag, a stray mark.
pub(crate) fn foreign_markup(html: &str) -> Option<String> {
    if html.contains('\0') {
        return Some(format!("a NUL character in {html:?}"));
    }
    let mut open: Vec<&str> = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        if rest[..at].contains('>') {
            return Some(format!("a bare > before {:?}", &rest[at..]));
        }
        rest = &rest[at + 1..];
        let end = rest.find('>')?;
        let (tag, after) = rest.split_at(end);
        rest = &after[1..];
        if let Some(name) = tag.strip_prefix('/') {
            if open.pop() != Some(name) {
                return Some(format!("</{name}> closes another tag, in {html:?}"));
            }
            continue;
        }
        let name = tag.split([' ', '/']).next().unwrap_or("");
        if !TAGS.contains(&name) {
            return Some(format!("<{tag}>"));
        }
        if !matches!(name, "br" | "hr" | "img" | "input") {
            open.push(name);
        }
        if let Some(attribute) = foreign_attribute(&tag[name.len()..]) {
            return Some(format!("{attribute} in <{tag}>"));
        }
    }
    (rest.contains('>') || !open.is_empty()).then(|| format!("open: {open:?} in {html:?}"))
}

fn foreign_attribute(mut text: &str) -> Option<String> {
    loop {
        text = text.trim_start().trim_start_matches('/');
        if text.is_empty() {
            return None;
        }
        let Some((name, after)) = text.split_once('=') else {
            return Some(text.to_owned());
        };
        let Some((value, after)) = after
            .strip_prefix('"')
            .and_then(|rest| rest.split_once('"'))
        else {
            return Some(text.to_owned());
        };
        let page = ["https://", "/moduli/", "#"];
        let safe = match name {
            "href" | "src" => page.iter().any(|start| value.starts_with(start)),
            _ => ATTRIBUTES.contains(&name),
        };
        if !safe || value.contains('<') {
            return Some(format!("{name}=\"{value}\""));
        }
        text = after;
    }
}

#[test]
fn the_strict_reader_lets_the_compilers_markup_pass_and_no_other() {
    for own in [
        "",
        "<p>a &lt;b&gt; <em>c</em><br /></p>\n",
        "<a href=\"https://a.it/?x=1&amp;y=2\" rel=\"external\">a</a>",
        "<img src=\"/moduli/a/immagini/b.svg?v=1\" alt=\"&quot;x&quot;\" width=\"1\" />",
    ] {
        assert_eq!(foreign_markup(own), None);
    }
    for other in [
        "<script>",
        "<p>",
        "</p>",
        "<p><em></p></em>",
        "<p onclick=\"x\"></p>",
        "<a href=\"javascript:x\"></a>",
        "<img src=x>",
        "a > b",
        "<p class=\"a\"b\"></p>",
        "\0",
    ] {
        assert!(foreign_markup(other).is_some(), "{other}");
    }
}
