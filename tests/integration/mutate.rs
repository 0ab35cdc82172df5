//! Damage to files: seeded, so that a number repeats it.

/// splitmix64.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// 0 where the limit is 0.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        let limit = u64::try_from(limit).unwrap().max(1);
        usize::try_from(self.next() % limit).unwrap()
    }

    pub(crate) fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }
}

/// Pieces that mean something to a parser on the way.
#[rustfmt::skip]
const PIECES: [&str; 82] = [
    "`", "``", "```\n", "~~~\n", "> ", ">", "- ", "* ", "+ ", "1. ", "10) ", "- [ ] ", "- [x] ",
    "- [x]", "- [X] `a` ", "`a` ", "[", "]", "](", ")", "![", "![](", "[a](b)", "[^1]",
    "[^1]: a\n", "[a]: b\n", "|", "| a | b |\n|---|---|\n", "|  |  |\n|---|---|\n", "{#", "}",
    "{", "{#a .q .one}", " {#prova-x .q .many points=2}", " {.q .order}", " {#b .q .match}",
    " {#c .q .number}", " {#d .q .text}", " {#e .practice}", " .q", " points=0",
    " points=99999999999", "+++\n", "+++", "***", "**", "_", "~~", "\n", "\n\n", "\r\n", "\r",
    "\t", "    ", "  ", "\\", "&amp;", "&lt;", "&#x110000;", "&#0;", "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>", "<!--", "<a href='", "[x](javascript:alert(1))",
    "[x](<a \"b>)", "![\"><script>](images/a.svg)", "= 3\n", "=~ abc\n", "= 1..\n",
    "= 3 ± 0,5\n", "= ", "> [!TIP]\n> a\n", "> [!NOTE]\n", "\u{feff}", "\u{202e}", "\0", "🦀",
    "e\u{301}", "## ", "#### ", "===\n",
];

/// No file grows beyond this.
const LARGEST: usize = 40_000;

/// Damages a file in one to eight ways.
pub(crate) fn mutate(bytes: &mut Vec<u8>, other: &[u8], random: &mut Random) {
    if random.below(20) == 0 {
        *bytes = soup(random);
    }
    for _ in 0..=random.below(8) {
        let at = random.below(bytes.len() + 1);
        match random.below(12) {
            0 => on_lines(bytes, random, |lines, a, _| {
                lines.remove(a);
            }),
            1 => on_lines(bytes, random, |lines, a, b| {
                let line = lines[a].clone();
                lines.insert(b, line);
            }),
            2 => on_lines(bytes, random, |lines, a, b| lines.swap(a, b)),
            3 => on_lines(bytes, random, |lines, a, b| {
                lines.drain(a.min(b)..a.max(b));
            }),
            4 => bytes.truncate(at),
            5 => {
                if let Some(byte) = bytes.get_mut(at) {
                    *byte ^= 1 << random.below(8);
                }
            }
            6 => {
                bytes.drain(at..(at + random.below(20)).min(bytes.len()));
            }
            7 => {
                let from = random.below(other.len() + 1);
                let to = (from + random.below(400)).min(other.len());
                insert(bytes, at, &other[from..to]);
            }
            8 => {
                let times = 1 << random.below(10);
                insert(bytes, at, &random.pick(&PIECES).repeat(times).into_bytes());
            }
            9 => nest(bytes, random),
            _ => insert(bytes, at, random.pick(&PIECES).as_bytes()),
        }
        bytes.truncate(LARGEST);
    }
    // Most damage leaves text, or only the reader of bytes would be tried.
    if random.below(10) > 0 {
        *bytes = String::from_utf8_lossy(bytes).into_owned().into_bytes();
    }
}

fn insert(bytes: &mut Vec<u8>, at: usize, piece: &[u8]) {
    bytes.splice(at..at, piece.iter().copied());
}

fn soup(random: &mut Random) -> Vec<u8> {
    let mut bytes = b"+++\nid = \"uno\"\ntitle = \"Uno\"\nminutes = 5\n+++\n".to_vec();
    for _ in 0..random.below(200) {
        if random.below(8) == 0 {
            bytes.extend(random.next().to_le_bytes());
        } else {
            bytes.extend(random.pick(&PIECES).as_bytes());
        }
    }
    bytes
}

/// Puts a part of the lines into lists and quotations, one in another.
fn nest(bytes: &mut Vec<u8>, random: &mut Random) {
    let prefix = ["> ", "- ", "  ", "    ", "1. ", "> - "];
    let prefix = random
        .pick(&prefix)
        .repeat(1 + random.below(40))
        .into_bytes();
    on_lines(bytes, random, |lines, a, b| {
        for line in &mut lines[a.min(b)..=a.max(b)] {
            line.splice(0..0, prefix.iter().copied());
        }
    });
}

fn on_lines(
    bytes: &mut Vec<u8>,
    random: &mut Random,
    change: impl FnOnce(&mut Vec<Vec<u8>>, usize, usize),
) {
    let mut lines: Vec<Vec<u8>> = bytes
        .split_inclusive(|byte| *byte == b'\n')
        .map(<[u8]>::to_vec)
        .collect();
    if lines.is_empty() {
        return;
    }
    let (a, b) = (random.below(lines.len()), random.below(lines.len()));
    change(&mut lines, a, b);
    *bytes = lines.concat();
}

/// Kind of file, a beginning, and what comes after it over and over.
#[rustfmt::skip]
pub(crate) const REPEATED: &[(&str, &str, &str)] = &[
    ("text", "", "> "), ("text", "", "- "), ("text", "", "1. "), ("text", "", "* a\n  "),
    ("text", "", "["), ("text", "", "]("), ("text", "", "!["), ("text", "", "[a](b)"),
    ("text", "", "*"), ("text", "", "**a "), ("text", "", "_a"), ("text", "", "`"),
    ("text", "", "`` ` "), ("text", "", "~~"), ("text", "", "\\"), ("text", "", "&"),
    ("text", "", "<"), ("text", "", "<a "), ("text", "", "<!--"), ("text", "", "<![CDATA["),
    ("text", "", "<?"), ("text", "", "|"), ("text", "", "|a"), ("text", "", "|\n|-"),
    ("text", "", "{#"), ("text", "", "# "), ("text", "", "#### a {#b .q"),
    ("text", "", "### a {#b .q .one}\n"), ("text", "", "- [x] `a` b\n"), ("text", "", "- [ ] "),
    ("text", "", "  > a\n"), ("text", "", "[^1]"), ("text", "", "[^1]: "),
    ("text", "", "[^1]: a\n\n"), ("text", "", "= 3\n"), ("text", "", "=~ a\n"),
    ("text", "", "> [!TIP]\n"), ("text", "", "> a\n\n"), ("text", "", "a. "), ("text", "", "a "),
    ("text", "", "SPID "), ("text", "", "("), ("text", "", "\n\n"), ("text", "", "\r\n"),
    ("text", "", "\t"), ("text", "", "    a\n"), ("text", "", "```\n"), ("text", "", "[a]: b\n"),
    ("text", "", "[a][b]"), ("text", "", "http://a "), ("text", "", "é"),
    ("text", "", "\u{301}"), ("text", "", "a b c d e f g. "), ("text", "", "---\n"),
    ("text", "", "===\n"), ("text", "", "<a@b.c>"), ("text", "", "[x](http://a) "),
    ("text", "", "[a](#b)\n\n"), ("text", "", "![](a)\n\n"), ("text", "", "![](images/a.svg) "),
    ("text", "", "## a {#b}\n\n"), ("text", "", "## a\n\n"), ("text", "", "&#1;"),
    ("text", "", "{"), ("text", "", "}"),
    ("text", "", "a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a. "),
    ("text", "", "&amp; a a a a a a a a a a a a a a a a a a a a a a a a a a a a. "),
    ("text", "## a {#bbb .q .one}\n\n", "- [x] `a` b\n"),
    ("text", "## a {#bbb .q .many}\n\n", "- [x] `a` b\n  > c\n"),
    ("text", "## a {#bbb .q .order}\n\n", "1. `a` b\n"),
    ("text", "## a {#bbb .q .match}\n\n| a | b |\n|---|---|\n", "| `a` b | c |\n"),
    ("text", "## a {#bbb .q .number}\n\n", "= 3 ± 1\n"),
    ("text", "## a {#bbb .q .text}\n\n", "=~ parola\n"),
    ("text", "| a | b |\n|---|---|\n", "| c | d |\n"), ("text", "[a]: b\n\n", "[a] "),
    ("text", "[^1]: a\n\n", "b[^1] "),
    ("text", "", "## a {#bbb .q .one}\n\n- [x] `a` b\n- [ ] `c` d\n\n"), ("toml", "", "a = 1\n"),
    ("toml", "", "a."), ("toml", "", "[a]\n"), ("toml", "", "["), ("toml", "", "{"),
    ("toml", "", "a = ["), ("toml", "", "\""), ("toml", "", "'''"), ("toml", "", "a = {b="),
    ("toml", "", "="), ("toml", "", "\n"), ("toml", "", "é = "), ("toml", "", "#"),
    ("toml", "", "[[path]]\n"), ("toml", "", "[[path]]\nid = \"aaa\"\nmodules = [\"bbb\"]\n"),
    ("toml", "", "module aaa live\n"), ("toml", "", "lesson aaa/bbb live\n"),
    ("toml", "requires = [", "\"abc\", "), ("toml", "changes = {", "a-b = \"credit\", "),
];
