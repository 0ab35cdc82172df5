//! Texts that people write, as they are kept: without what nobody sees.
//!
//! Direction marks make `Rossi` look like another name on a list or on a card, and control
//! characters break files. They are left out wherever a text comes in: a record, a point, a group,
//! an account, a note, a line of an import.

/// A text of one line: marks and control characters gone, white space as single spaces.
#[must_use]
pub fn line(text: &str) -> String {
    let spaced = text.chars().map(|c| if breaks(c) { ' ' } else { c });
    let shown: String = spaced.filter(|c| is_shown(*c)).collect();
    shown.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text of several lines, which stay lines: forms send two characters for the end of one.
#[must_use]
pub fn paragraphs(text: &str) -> String {
    let text = text
        .replace("\r\n", "\n")
        .replace(['\r', '\u{2028}', '\u{2029}'], "\n");
    let shown: String = text
        .chars()
        .map(|c| if c == '\t' { ' ' } else { c })
        .filter(|c| *c == '\n' || is_shown(*c))
        .collect();
    shown.trim().to_owned()
}

fn breaks(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{2028}' | '\u{2029}')
}

/// Whether a character can be seen, or shapes those beside it as emoji and some scripts need.
fn is_shown(c: char) -> bool {
    let direction = matches!(
        c,
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
    );
    let nothing = matches!(
        c,
        '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
    ) || ('\u{e0000}'..='\u{e007f}').contains(&c);
    !c.is_control() && !direction && !nothing
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_sees_is_left_out() {
        assert_eq!(
            line("  Anna\u{202e} Maria\u{2069}\tRossi\u{7}\n"),
            "Anna Maria Rossi"
        );
        assert_eq!(line("D\u{2019}Amico\u{200f}"), "D\u{2019}Amico");
        assert_eq!(line("\u{202d}\u{200b}"), "");
        assert_eq!(
            paragraphs("uno\r\ndue\u{2066}\ttre\u{0}\r\n"),
            "uno\ndue tre"
        );
        assert_eq!(line("nome 👩\u{200d}🦰"), "nome 👩\u{200d}🦰");
    }
}
