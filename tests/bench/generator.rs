//! An invented course of any size: the same bytes for the same size and seed, sound for the
//! checker, with words as frequent and as rare as in a real one.

use std::fmt::Write as _;
use std::path::Path;
use std::{fs, io};

use crate::words::{ADJECTIVES, NOUNS, SYLLABLES, VERBS};

/// Lessons in a module.
pub(crate) const PER_MODULE: usize = 10;

/// Questions that a lesson says it answers.
const ASKS: usize = 12;

/// Writes a course of so many lessons, about six kilobytes each, ten to a module, each module with
/// a quiz of ten questions.
pub(crate) fn course(folder: &Path, lessons: usize, seed: u64) -> io::Result<()> {
    for module in 0..lessons.div_ceil(PER_MODULE) {
        let mut author = Author::new(seed, module);
        let folder = folder.join(format!("corso-{module:05}"));
        fs::create_dir_all(&folder)?;
        fs::write(folder.join("module.md"), author.module(module))?;
        for lesson in 1..=PER_MODULE.min(lessons - module * PER_MODULE) {
            let name = format!("{lesson:02}-lezione.md");
            fs::write(folder.join(name), author.lesson(lesson))?;
        }
        fs::write(folder.join("90-quiz.md"), author.quiz())?;
    }
    Ok(())
}

/// One who writes at random, from a seed.
pub(crate) struct Author {
    state: u64,
}

impl Author {
    pub(crate) fn new(seed: u64, module: usize) -> Self {
        let mut author = Self {
            state: seed ^ (module as u64).wrapping_mul(0xD6E8_FEB8_6659_FD93),
        };
        author.next();
        author
    }

    /// splitmix64.
    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    /// One of the list, the first far more often than the last.
    fn pick<T: Copy>(&mut self, list: &[T]) -> T {
        let share = (self.next() >> 11) as f64 / (1_u64 << 53) as f64;
        list[((share * share * list.len() as f64) as usize).min(list.len() - 1)]
    }

    /// A made-up name; some thousands of them, most of them rare.
    pub(crate) fn name(&mut self) -> String {
        let mut name: String = (0..3).map(|_| self.pick(SYLLABLES)).collect();
        name[..1].make_ascii_uppercase();
        name
    }

    pub(crate) fn verb(&mut self) -> &'static str {
        self.pick(VERBS).0
    }

    pub(crate) fn noun(&mut self) -> &'static str {
        self.pick(NOUNS)
    }

    /// A noun with an adjective that agrees with it.
    fn noun_and_adjective(&mut self) -> String {
        let noun = self.noun();
        let ending = match noun.split(' ').next() {
            Some("la") => 'a',
            Some("le") => 'e',
            Some("i") => 'i',
            _ => 'o',
        };
        format!("{noun} {}{ending}", self.pick(ADJECTIVES))
    }

    fn order(&mut self) -> String {
        let (order, _) = self.pick(VERBS);
        capital(&format!("{order} {}", self.noun_and_adjective()))
    }

    pub(crate) fn sentence(&mut self) -> String {
        match self.below(6) {
            0 => format!("{} e poi {}.", self.order(), self.pick(VERBS).0),
            1 => format!(
                "Se {} non va, {} {}.",
                self.noun(),
                self.pick(VERBS).0,
                self.noun()
            ),
            2 => {
                let subject = capital(&self.noun_and_adjective());
                format!(
                    "{subject} {} {} di {}.",
                    self.pick(VERBS).1,
                    self.noun(),
                    self.name()
                )
            }
            3 => format!(
                "Per {} ti serve {}.",
                self.noun(),
                self.noun_and_adjective()
            ),
            4 => format!("{} di {}: è {}.", self.order(), self.name(), self.noun()),
            _ => format!(
                "Quando {} {}, {} a {}.",
                self.noun(),
                self.pick(VERBS).1,
                self.pick(VERBS).0,
                self.name()
            ),
        }
    }

    fn paragraph(&mut self, text: &mut String) {
        for _ in 0..9 {
            text.push_str(&self.sentence());
            text.push(' ');
        }
        text.push_str("\n\n");
    }

    fn module(&mut self, number: usize) -> String {
        let (name, noun) = (self.name(), self.noun_and_adjective());
        let mut keywords: Vec<&str> = Vec::new();
        while keywords.len() < 3 {
            let keyword = without_article(self.noun());
            if !keywords.contains(&keyword) {
                keywords.push(keyword);
            }
        }
        let mut text = format!(
            "+++\nid = \"corso-{number:05}\"\ntitle = \"{}: {} di {name}\"\nsummary = \"{}\"\n\
             level = {}\ndigcomp = [\"2.6\", \"4.2\"]\ndomains = [\"S\"]\nminutes = 60\npass = 70\n\
             keywords = [\"{}\", \"{}\", \"{}\"]\nrequires = []\nverified = 2026-11-10\n\
             sources = [\"https://www.example.org/\"]\nrev = 1\nchanges = {{}}\n+++\n\n",
            self.order(),
            noun,
            self.sentence(),
            1 + self.below(4),
            keywords[0],
            keywords[1],
            keywords[2],
        );
        self.paragraph(&mut text);
        text
    }

    /// What people ask where a lesson is the answer: each another one.
    fn asks(&mut self) -> String {
        let ask = |nth| format!("\"{} {} {nth}\"", self.order().to_lowercase(), self.name());
        (1..=ASKS).map(ask).collect::<Vec<_>>().join(", ")
    }

    pub(crate) fn lesson(&mut self, number: usize) -> String {
        let mut text = format!(
            "+++\nid = \"lezione-{number:02}\"\ntitle = \"{} di {}\"\nsummary = \"{}\"\nasks = [{}]\nminutes = 6\n+++\n\n",
            self.order(),
            self.name(),
            self.sentence(),
            self.asks(),
        );
        self.paragraph(&mut text);
        for part in 1..=4 {
            let _ = write!(text, "## {} {{#parte-{part}}}\n\n", self.order());
            self.paragraph(&mut text);
            match part {
                1 => self.steps(&mut text),
                2 => self.points(&mut text),
                3 => self.table(&mut text),
                _ => {
                    let _ = write!(text, "> [!TIP]\n> {}\n\n", self.sentence());
                }
            }
            self.paragraph(&mut text);
        }
        text.push_str("## Prova tu {#prova}\n\n");
        for question in 1..=3 {
            self.one(
                &mut text,
                &format!("lezione-{number:02}-domanda-{question}"),
                "###",
            );
        }
        text
    }

    fn steps(&mut self, text: &mut String) {
        for step in 1..=5 {
            let _ = writeln!(text, "{step}. {}.", self.order());
        }
        text.push('\n');
    }

    fn points(&mut self, text: &mut String) {
        for _ in 0..4 {
            let _ = writeln!(text, "- {}", self.sentence());
        }
        text.push('\n');
    }

    fn table(&mut self, text: &mut String) {
        text.push_str("| Che cosa | Quando |\n|---|---|\n");
        for _ in 0..3 {
            let _ = writeln!(text, "| {} | {} |", self.order(), self.sentence());
        }
        text.push('\n');
    }

    fn quiz(&mut self) -> String {
        let mut text =
            String::from("+++\nid = \"quiz\"\ntitle = \"Quiz\"\nkind = \"quiz\"\n+++\n\n");
        self.paragraph(&mut text);
        for number in 1..=10 {
            let id = format!("quiz-{number:02}");
            match number {
                7 => self.many(&mut text, &id),
                8 => self.in_order(&mut text, &id),
                9 => self.matching(&mut text, &id),
                10 => self.number(&mut text, &id),
                _ => self.one(&mut text, &id, "##"),
            }
        }
        text
    }

    fn question(&mut self, text: &mut String, id: &str, kind: &str, level: &str) {
        let (noun, name) = (self.noun(), self.name());
        let _ = write!(
            text,
            "{level} Che cosa fai con {noun} di {name}? {{#{id} .q .{kind}}}\n\n"
        );
    }

    fn explanation(&mut self, text: &mut String) {
        let _ = write!(text, "\n> [!NOTE]\n> {}\n\n", self.sentence());
    }

    fn one(&mut self, text: &mut String, id: &str, level: &str) {
        self.question(text, id, "one", level);
        let right = self.below(3);
        self.options(text, |option| option == right);
    }

    fn many(&mut self, text: &mut String, id: &str) {
        self.question(text, id, "many", "##");
        self.options(text, |option| option != 1);
    }

    fn options(&mut self, text: &mut String, right: impl Fn(usize) -> bool) {
        for option in 0..3 {
            let (mark, word) = if right(option) {
                ('x', "Giusto")
            } else {
                (' ', "Non ancora")
            };
            let key = ['a', 'b', 'c'][option];
            let (order, feedback) = (self.order(), self.sentence());
            let _ = writeln!(
                text,
                "- [{mark}] `{key}` {order} {}\n  > {word}: {feedback}",
                option + 1
            );
        }
        self.explanation(text);
    }

    fn in_order(&mut self, text: &mut String, id: &str) {
        self.question(text, id, "order", "##");
        for (at, key) in ["x", "k", "w", "y"].into_iter().enumerate() {
            let _ = writeln!(text, "{}. `{key}` {} {}", at + 1, self.order(), at + 1);
        }
        self.explanation(text);
    }

    fn matching(&mut self, text: &mut String, id: &str) {
        self.question(text, id, "match", "##");
        text.push_str("| Che cosa | A che serve |\n|---|---|\n");
        for (at, key) in ["s", "p", "r"].into_iter().enumerate() {
            let (left, right) = (self.order(), self.order());
            let _ = writeln!(text, "| `{key}` {left} {at} | {right} {at} |");
        }
        let _ = writeln!(text, "|  | `z` {} 9 |", self.order());
        self.explanation(text);
    }

    fn number(&mut self, text: &mut String, id: &str) {
        self.question(text, id, "number", "##");
        let _ = writeln!(text, "= {}", 1 + self.below(20));
        self.explanation(text);
    }
}

fn capital(text: &str) -> String {
    let mut text = text.to_owned();
    if let Some(first) = text.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    text
}

fn without_article(noun: &str) -> &str {
    noun.split_once(' ').map_or(noun, |(_, noun)| noun)
}
