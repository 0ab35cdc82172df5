//! What of a lesson goes on paper: its lists of steps, or its text without what only a screen
//! needs. It reads nothing but the compiler's own HTML.

use super::lesson::{Block, Lesson};

/// A list of steps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Steps {
    /// The heading it stands under, rendered as inline HTML; `None` before the first one.
    pub heading_html: Option<String>,
    /// The list, `<ol>` and all.
    pub list_html: String,
}

/// The lists of steps of a lesson, in order.
#[must_use]
pub fn steps(lesson: &Lesson) -> Vec<Steps> {
    let mut found = Vec::new();
    let mut heading = None;
    for block in &lesson.body {
        if let Block::Html(html) = block {
            collect(&html.text(), &mut heading, &mut found);
        }
    }
    found
}

/// The text of a lesson without the ids of its headings, which would be there twice where several
/// lessons are on one page, and with images that do not wait to be scrolled to.
#[must_use]
pub fn whole(lesson: &Lesson) -> String {
    let html = lesson.html().replace(" loading=\"lazy\"", "");
    let mut out = String::with_capacity(html.len());
    let mut rest = html.as_str();
    while let Some(at) = rest.find("<h") {
        let (before, tag) = rest.split_at(at);
        let end = tag.find('>').unwrap_or(tag.len());
        let id = tag[..end].find(" id=\"");
        out.push_str(before);
        out.push_str(&tag[..id.unwrap_or(end)]);
        rest = &tag[end..];
    }
    out + rest
}

fn collect(html: &str, heading: &mut Option<String>, found: &mut Vec<Steps>) {
    let mut rest = html;
    while let Some(at) = rest
        .find("<h")
        .into_iter()
        .chain(rest.find("<ol class=\"steps\""))
        .min()
    {
        rest = &rest[at..];
        if rest.starts_with("<ol") {
            let end = list_end(rest);
            found.push(Steps {
                heading_html: heading.clone(),
                list_html: rest[..end].to_owned(),
            });
            rest = &rest[end..];
        } else {
            *heading = inside(rest).map(str::to_owned).or(heading.take());
            rest = &rest[2..];
        }
    }
}

/// What stands in the heading that a text begins with; `None` where it is a rule (`<hr>`).
fn inside(html: &str) -> Option<&str> {
    let (_, rest) = html.strip_prefix("<h")?.split_once('>')?;
    Some(rest.split_once("</h")?.0).filter(|_| !html.starts_with("<hr"))
}

/// Where the list that a text begins with ends, lists inside it included.
fn list_end(html: &str) -> usize {
    let mut depth = 0_usize;
    let mut at = 0;
    while let Some(next) = html
        .get(at..)
        .and_then(|rest| rest.find("ol"))
        .map(|next| at + next)
    {
        at = next + 2;
        if html[..next].ends_with("</") && html[at..].starts_with('>') {
            depth = depth.saturating_sub(1);
            if depth == 0 {
                return at + 1;
            }
        } else if html[..next].ends_with('<') {
            depth += 1;
        }
    }
    html.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::LessonId;

    fn lesson(html: &[&str]) -> Lesson {
        Lesson {
            asks: Vec::new(),
            id: LessonId::parse("prova").unwrap_or_else(|_| unreachable!("a good id")),
            title: "Prova".to_owned(),
            summary: None,
            minutes: 5,
            body: html
                .iter()
                .map(|html| Block::Html((*html).to_owned().into()))
                .collect(),
        }
    }

    #[test]
    fn steps_stand_under_their_heading_with_the_lists_inside_them() {
        let lesson = lesson(&[
            "<ol class=\"steps\">\n<li>Apri il solco</li>\n</ol>\n<h2 id=\"a\">Entra <strong>qui</strong></h2>\n<hr>\n\
             <ol class=\"steps\" start=\"2\">\n<li>Uno<ol>\n<li>Due</li>\n</ol>\n</li>\n</ol>\n<p>Altro</p>",
            "<ul><li>No</li></ul><ol class=\"steps\"><li>Tre</li></ol>",
        ]);
        let under = Some("Entra <strong>qui</strong>".to_owned());
        let found = steps(&lesson);
        let headings: Vec<_> = found.iter().map(|one| one.heading_html.clone()).collect();
        assert_eq!(headings, [None, under.clone(), under]);
        assert_eq!(
            found[0].list_html,
            "<ol class=\"steps\">\n<li>Apri il solco</li>\n</ol>"
        );
        assert!(
            found[1]
                .list_html
                .ends_with("<li>Due</li>\n</ol>\n</li>\n</ol>")
        );
        assert_eq!(found[2].list_html, "<ol class=\"steps\"><li>Tre</li></ol>");
    }

    #[test]
    fn a_whole_lesson_keeps_its_words_and_loses_its_ids() {
        let html = "<h2 id=\"a\">Uno</h2>\n<hr>\n<p><a href=\"/x\">due</a> <img src=\"/y\" loading=\"lazy\"></p>";
        let expected = "<h2>Uno</h2>\n<hr>\n<p><a href=\"/x\">due</a> <img src=\"/y\"></p>";
        assert_eq!(whole(&lesson(&[html])), expected);
    }
}
