//! A drawing in SVG that is safe to serve from our own address: known elements only, no scripts,
//! no handlers, nothing fetched from elsewhere.

use super::message::{Message, say};

/// Elements a drawing may have.
const ELEMENTS: [&str; 35] = [
    "svg",
    "g",
    "defs",
    "symbol",
    "use",
    "title",
    "desc",
    "metadata",
    "path",
    "rect",
    "circle",
    "ellipse",
    "line",
    "polyline",
    "polygon",
    "text",
    "tspan",
    "textPath",
    "linearGradient",
    "radialGradient",
    "stop",
    "clipPath",
    "mask",
    "pattern",
    "marker",
    "filter",
    "feBlend",
    "feColorMatrix",
    "feComposite",
    "feFlood",
    "feGaussianBlur",
    "feMerge",
    "feMergeNode",
    "feOffset",
    "style",
];

/// The drawing's size by its `viewBox`, or what is wrong with it.
pub(super) fn check(bytes: &[u8]) -> Result<(u32, u32), Message> {
    let text = std::str::from_utf8(bytes).map_err(|_| say("svg-not-utf8"))?;
    let mut size = None;
    let mut rest = text;
    let mut seen = false;
    while let Some(at) = rest.find('<') {
        style(&rest[..at])?;
        rest = &rest[at + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            let end = comment.find("-->").ok_or_else(|| say("svg-open-comment"))?;
            rest = &comment[end + 3..];
            continue;
        }
        if rest.starts_with('!') {
            return Err(say("svg-doctype"));
        }
        let end = tag_end(rest).ok_or_else(|| say("svg-open-tag"))?;
        let tag = &rest[..end];
        rest = &rest[end + 1..];
        if tag.starts_with('?') {
            if seen || !tag.starts_with("?xml") || tag.starts_with("?xml-stylesheet") {
                return Err(say("svg-instruction"));
            }
            continue;
        }
        let tag = tag.strip_prefix('/').unwrap_or(tag);
        let name_end = tag
            .find(|c: char| c.is_whitespace() || c == '/')
            .unwrap_or(tag.len());
        let name = &tag[..name_end];
        if !ELEMENTS.contains(&name) {
            let name: String = name.chars().take(40).collect();
            return Err(say("svg-element").with("name", name));
        }
        let drawn = attributes(&tag[name_end..])?;
        if !seen {
            if name != "svg" {
                return Err(say("svg-beginning"));
            }
            size = drawn;
            seen = true;
        }
    }
    style(rest)?;
    size.ok_or_else(|| say("svg-without-size"))
}

/// Where the tag ends: a `>` outside quotes.
fn tag_end(tag: &str) -> Option<usize> {
    let mut quote = None;
    tag.bytes().position(|byte| {
        match quote {
            None if byte == b'>' => return true,
            None if byte == b'"' || byte == b'\'' => quote = Some(byte),
            Some(open) if open == byte => quote = None,
            _ => {}
        }
        false
    })
}

/// Checks the attributes; the size, where there is a `viewBox`.
fn attributes(mut rest: &str) -> Result<Option<(u32, u32)>, Message> {
    let mut size = None;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        if rest.is_empty() {
            return Ok(size);
        }
        let (name, after) = rest
            .split_once('=')
            .ok_or_else(|| say("svg-attribute-value"))?;
        let name = name.trim();
        let after = after.trim_start();
        let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''));
        let quote = quote.ok_or_else(|| say("svg-attribute-quotes"))?;
        let (value, after) = after[1..]
            .split_once(quote)
            .ok_or_else(|| say("svg-open-quote"))?;
        rest = after;
        if name.to_ascii_lowercase().starts_with("on") {
            let name: String = name.chars().take(40).collect();
            return Err(say("svg-script").with("name", name));
        }
        let is_link = name == "href" || name.ends_with(":href");
        if is_link && !value.trim_start().starts_with('#') {
            return Err(say("svg-link"));
        }
        style(value)?;
        if name == "viewBox" {
            size = view_box(value);
        }
    }
}

/// Nothing is fetched by a style, wherever it stands.
fn style(text: &str) -> Result<(), Message> {
    let lower = text.to_ascii_lowercase();
    let fetched = lower.match_indices("url(").any(|(at, found)| {
        let target = lower[at + found.len()..].trim_start_matches([' ', '"', '\'']);
        !target.starts_with('#')
    });
    if fetched || lower.contains("@import") || lower.contains("javascript:") || text.contains('\\')
    {
        return Err(say("svg-fetches"));
    }
    Ok(())
}

fn view_box(value: &str) -> Option<(u32, u32)> {
    let numbers: Vec<f64> = value
        .split([' ', ','])
        .filter(|part| !part.is_empty())
        .map(|part| part.parse().ok())
        .collect::<Option<_>>()?;
    let [_, _, width, height] = numbers[..] else {
        return None;
    };
    let size = |length: f64| {
        (1.0..=10_000.0)
            .contains(&length)
            .then(|| length.round() as u32)
    };
    Some((size(width)?, size(height)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_drawing_has_the_size_of_its_view_box() {
        let svg = "<?xml version=\"1.0\"?>\n<!-- a > b --><svg viewBox=\"0 0 640 360\">\
                   <g fill=\"url(#a)\"><path d='M0 0'/></g></svg>";
        assert_eq!(check(svg.as_bytes()), Ok((640, 360)));
    }

    #[test]
    fn whatever_could_run_or_fetch_is_refused() {
        for inside in [
            "<script>x</script>",
            "<a href=\"https://a.it\"/>",
            "<g onload=\"x\"/>",
            "<g ONLOAD = 'x'/>",
            "<use href=\"https://a.it/x.svg#a\"/>",
            "<use xlink:href='data:x'/>",
            "<style>@import 'x';</style>",
            "<g style=\"fill:url( https://a.it)\"/>",
            "<foreignObject/>",
            "<!DOCTYPE x>",
            "<![CDATA[<script>]]>",
            "<g",
            "<g x=y/>",
        ] {
            let svg = format!("<svg viewBox=\"0 0 10 10\">{inside}</svg>");
            assert!(check(svg.as_bytes()).is_err(), "{inside}");
        }
    }
}
