//! Texts that people write, as they are kept: without what nobody sees.
//!
//! Direction marks make `Rossi` look like another name on a list or on a card, control characters
//! break files, and a name of characters that show nothing cannot be found or pressed. They are left
//! out wherever a text comes in: a record, a point, a group, an account, a note, a line of an import.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// A text of one line: marks and control characters gone, white space as single spaces.
#[must_use]
pub fn line(text: &str) -> String {
    let spaced = text.chars().map(|c| if is_blank(c) { ' ' } else { c });
    let shown = shown(spaced);
    shown.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text of several lines, which stay lines: forms send two characters for the end of one.
#[must_use]
pub fn paragraphs(text: &str) -> String {
    let text = text
        .replace("\r\n", "\n")
        .replace(['\r', '\u{2028}', '\u{2029}'], "\n");
    let blank = |c| if c != '\n' && is_blank(c) { ' ' } else { c };
    shown(text.chars().map(blank)).trim().to_owned()
}

/// Lower case, without accents, on one line: what a person types on a telephone to find a name.
#[must_use]
pub fn folded(text: &str) -> String {
    let plain = text.nfd().filter(|c| !is_combining_mark(*c));
    let plain: String = plain.flat_map(char::to_lowercase).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a text has a letter or a digit that is seen.
#[must_use]
pub fn says_something(text: &str) -> bool {
    text.chars().any(|c| c.is_alphanumeric() && !hangs(c))
}

/// Whether a [`line()`] can be the name of a person: letters, and what stands between them.
#[must_use]
pub fn is_a_name(line: &str) -> bool {
    let letter = |c: char| c.is_alphabetic() && !hangs(c);
    let between =
        |c| " .,'\u{2019}\u{2018}\u{2bc}`\u{b4}-\u{2010}\u{2011}\u{2013}\u{b7}()".contains(c);
    line.chars().any(letter) && line.chars().all(|c| letter(c) || hangs(c) || between(c))
}

/// Whether a character stands above or below the one before, and is nothing alone.
fn hangs(c: char) -> bool {
    is_combining_mark(c)
}

/// Whether a character leaves a gap and nothing else.
fn is_blank(c: char) -> bool {
    c.is_whitespace() || c == '\u{2800}'
}

/// A text without the characters that show nothing. Those that shape their neighbours stay where
/// emoji and some scripts need them, which is never beside a letter of Europe's.
fn shown(text: impl Iterator<Item = char>) -> String {
    let text: Vec<char> = text
        .filter(|c| *c == '\n' || is_seen(*c) || shapes(*c))
        .collect();
    let shaped = |at: usize| text.get(at).is_some_and(|c| !is_plain(*c) && !shapes(*c));
    let stays = |at: usize, c: char| match c {
        '\u{200c}' | '\u{200d}' => {
            let before = (0..at).rev().find(|at| !shapes(text[*at]));
            before.is_some_and(shaped) && shaped(at + 1)
        }
        _ if shapes(c) => at > 0 && shaped(at - 1),
        _ => true,
    };
    let all = text.iter().enumerate();
    all.filter(|(at, c)| stays(*at, **c))
        .map(|(_, c)| c)
        .collect()
}

/// An e-mail address as it is kept: in ASCII and small letters. A name of a host in other letters
/// has a form in ASCII that mail uses, and a letter of another alphabet that looks like one of ours
/// makes another person's address.
#[must_use]
pub fn email(text: &str) -> Option<String> {
    let text = text.trim();
    let (user, host) = text.split_once('@')?;
    let plain = |c: char| c.is_ascii_graphic() && !"\"(),:;<>[\\]".contains(c);
    let named = host.split('.').count() > 1
        && host.split('.').all(|part| {
            let letters = |c: char| c.is_ascii_alphanumeric() || c == '-';
            !part.is_empty() && part.chars().all(letters)
        });
    let fine = text.len() <= 254 && !user.is_empty() && user.chars().all(plain) && named;
    fine.then(|| text.to_ascii_lowercase())
}

/// Whether every letter is one of the Latin alphabet: none only looks like one.
#[must_use]
pub fn is_latin(text: &str) -> bool {
    let latin = |c: char| matches!(c, '\u{0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}');
    text.chars().filter(|c| c.is_alphabetic()).all(latin)
}

/// Whether a character shapes those beside it: the joiners, and those that choose between a sign and
/// its picture.
const fn shapes(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}')
}

/// Blanks, punctuation, digits and the letters of Latin, Greek and Cyrillic, which nothing shapes.
const fn is_plain(c: char) -> bool {
    matches!(c, '\0'..='\u{58f}' | '\u{1e00}'..='\u{1fff}' | '\u{2c60}'..='\u{2c7f}' | '\u{a640}'..='\u{a7ff}')
        && !matches!(c, '\u{a9}' | '\u{ae}')
}

/// Whether a character is neither a control character nor one that Unicode says to ignore in drawing
/// (`Default_Ignorable_Code_Point`), nor a mark of an annotation or of something left out.
fn is_seen(c: char) -> bool {
    let ignored = matches!(
        c,
        '\u{ad}'
            | '\u{34f}'
            | '\u{61c}'
            | '\u{115f}'..='\u{1160}'
            | '\u{17b4}'..='\u{17b5}'
            | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
            | '\u{ffa0}'
            | '\u{fff0}'..='\u{fffc}'
            | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}'
    );
    !c.is_control() && !ignored
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_that_looks_like_another_is_none() {
        let kept = |text: &str| email(text);
        assert_eq!(
            kept(" Ada@Example.ORG ").as_deref(),
            Some("ada@example.org")
        );
        assert_eq!(
            kept("d'amico+1@a-b.it").as_deref(),
            Some("d'amico+1@a-b.it")
        );
        for text in [
            "\u{430}da@example.org",
            "ada@ex\u{430}mple.org",
            "ada\u{202e}@example.org",
            "a\u{7}da@example.org",
            "ada@example.org\r\nBcc: x@example.org",
            "ada @example.org",
            "ada@example",
            "ada@.org",
            "ada@example.org.",
            "a@b@example.org",
            "@example.org",
            "<ada@example.org>",
        ] {
            assert_eq!(kept(text), None, "{text:?}");
        }
        assert!(is_latin("D\u{2019}Amico Nicol\u{f2}-Ren\u{e9}e") && is_latin("\u{1e9e}"));
        assert!(!is_latin("R\u{43e}ssi") && !is_latin("\u{391}nna"));
    }

    #[test]
    fn what_nobody_sees_is_left_out() {
        assert_eq!(
            line("  Anna\u{202e} Maria\u{2069}\tRossi\u{7}\n"),
            "Anna Maria Rossi"
        );
        assert_eq!(line("D\u{2019}Amico\u{200f}"), "D\u{2019}Amico");
        for nothing in [
            "\u{202d}\u{200b}",
            "\u{3164}",
            "\u{2800}\u{115f}",
            "\u{ffa0}\u{34f}",
        ] {
            assert_eq!(line(nothing), "");
            assert_eq!(paragraphs(nothing), "");
        }
        for mark in [
            "\u{180e}",
            "\u{115f}",
            "\u{34f}",
            "\u{200d}",
            "\u{200c}",
            "\u{fe0f}",
            "\u{e0041}",
        ] {
            assert_eq!(line(&format!("Ro{mark}ssi{mark}")), "Rossi");
            assert_eq!(line(&format!("Àn{mark}\u{301}a")), "Àn\u{301}a");
        }
        assert_eq!(
            paragraphs("uno\r\ndue\u{2066}\ttre\u{0}\r\n"),
            "uno\ndue tre"
        );
    }

    #[test]
    fn what_shapes_its_neighbours_stays_beside_them() {
        for kept in [
            "nome 👩\u{200d}🦰",
            "❤\u{fe0f}\u{200d}🔥 cuore",
            "می\u{200c}خواهم",
            "क्\u{200d}ष",
        ] {
            assert_eq!(line(kept), kept);
        }
    }

    #[test]
    fn a_name_has_letters_that_are_seen_and_no_signs() {
        for name in [
            "Niccolò",
            "D'Amico",
            "De’ Rossi-Bianchi",
            "Gal·la",
            "Nguyễn Văn A.",
            "Ng\u{301}a",
            "王",
            "فاطمة",
        ] {
            assert!(is_a_name(name), "{name}");
        }
        for not in [
            "",
            "-",
            "\u{301}\u{301}",
            "<b>x</b>",
            "R0ssi",
            "a=b",
            "a@b",
            "Ada;",
            "\"Ada\"",
            "Ada/Eva",
            "🙂",
        ] {
            assert!(!is_a_name(not), "{not}");
        }
        assert!(says_something("Gruppo 7") && says_something("7"));
        assert!(!says_something("--") && !says_something("\u{301}"));
    }
}
