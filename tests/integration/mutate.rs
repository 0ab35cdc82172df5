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
const PIECES: [&str; 82] = [
    "`",
    "``",
    "```\n",
    "~~~\n",
    "> ",
    ">",
    "- ",
    "* ",
    "+ ",
    "1. ",
    "10) ",
    "- [ ] ",
    "- [x] ",
    "- [x]",
    "- [X] `a` ",
    "`a` ",
    "[",
    "]",
    "](",
    ")",
    "![",
    "![](",
    "[a](b)",
    "[^1]",
    "[^1]: a\n",
    "[a]: b\n",
    "|",
    "| a | b |\n|---|---|\n",
    "|  |  |\n|---|---|\n",
    "{#",
    "}",
    "{",
    "{#a .q .one}",
    " {#prova-x .q .many points=2}",
    " {.q .order}",
    " {#b .q .match}",
    " {#c .q .number}",
    " {#d .q .text}",
    " {#e .practice}",
    " .q",
    " points=0",
    " points=99999999999",
    "+++\n",
    "+++",
    "***",
    "**",
    "_",
    "~~",
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    "\t",
    "    ",
    "  ",
    "\\",
    "&amp;",
    "&lt;",
    "&#x110000;",
    "&#0;",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<!--",
    "<a href='",
    "[x](javascript:alert(1))",
    "[x](<a \"b>)",
    "![\"><script>](images/a.svg)",
    "= 3\n",
    "=~ abc\n",
    "= 1..\n",
    "= 3 ± 0,5\n",
    "= ",
    "> [!TIP]\n> a\n",
    "> [!NOTE]\n",
    "\u{feff}",
    "\u{202e}",
    "\0",
    "🦀",
    "e\u{301}",
    "## ",
    "#### ",
    "===\n",
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
