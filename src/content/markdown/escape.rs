//! The only ways an author's text gets into HTML.

/// Appends a text, safe between tags and between double quotes. NUL marks the places of links that
/// are still to be resolved, so an author's is replaced.
pub(in crate::content) fn text(out: &mut String, text: &str) {
    let mut rest = text;
    while let Some(at) = rest.find(['&', '<', '>', '"', '\0']) {
        out.push_str(&rest[..at]);
        out.push_str(match rest.as_bytes()[at] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            _ => "\u{fffd}",
        });
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
}

/// Appends an address, safe in a quoted attribute: what an address cannot hold is
/// percent-encoded.
pub(in crate::content) fn href(out: &mut String, address: &str) {
    for byte in address.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => out.push(char::from(byte)),
            b'-' | b'_' | b'.' | b'!' | b'~' | b'*' | b'(' | b')' | b'%' | b'#' | b'?' | b'='
            | b';' | b':' | b'/' | b',' | b'+' | b'$' | b'@' => out.push(char::from(byte)),
            b'&' => out.push_str("&amp;"),
            _ => {
                const HEX: &[u8; 16] = b"0123456789ABCDEF";
                out.push('%');
                out.push(char::from(HEX[usize::from(byte >> 4)]));
                out.push(char::from(HEX[usize::from(byte & 15)]));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_text_cannot_leave_its_place() {
        let mut out = String::new();
        super::text(&mut out, "l'è <b> \"&\" \0");
        assert_eq!(out, "l'è &lt;b&gt; &quot;&amp;&quot; \u{fffd}");
    }

    #[test]
    fn an_address_cannot_leave_its_quotes() {
        let mut out = String::new();
        super::href(&mut out, "https://a.it/\"à'<?x=1&y=%20");
        assert_eq!(out, "https://a.it/%22%C3%A0%27%3C?x=1&amp;y=%20");
    }
}
