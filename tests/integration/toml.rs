//! Front matter and `paths.toml` as people write them: each mistake is told once, in words of our
//! own, with the line as it should be.

use autonomia::content::{Source, compile};
use autonomia::domain::locale::Lang;

use crate::content::{Case, TODAY};

/// What is complained about in a lesson with this front matter: line, sentence, fix.
fn told(front: &str, lang: Lang) -> Vec<(usize, String, String)> {
    let case = format!("\n=== prova/02-due.md raw\n+++\n{front}+++\n\nLeggi con calma.\n");
    let build = compile(&Source::from_files(Case::parse(&case).files), TODAY);
    let wrong = build.diagnostics.iter();
    let wrong = wrong.filter(|it| it.file.path == "prova/02-due.md");
    wrong
        .map(|it| {
            let help = it.help.as_ref().map(|help| help.text(lang));
            (
                it.start().line,
                it.message.text(lang),
                help.unwrap_or_default(),
            )
        })
        .collect()
}

/// A mistake, a part of what is said in English and in Italian, and the fix without its first word.
const MISTAKES: [(&str, &str, &str, &str); 33] = [
    (
        "verified = 20/11/26",
        "not how a day",
        "non è il modo",
        "`verified = 2026-11-20`",
    ),
    (
        "keywords = [\n\"a\"\n\"b\"\n]",
        "a comma is missing",
        "manca una virgola",
        "`keywords = [\"a\", \"b\"]`",
    ),
    (
        "summary = \"Uno\ndue\"",
        "several lines",
        "più righe",
        "`summary = \"Uno due\"`",
    ),
    (
        "[lezione]",
        "begins a block",
        "comincia un blocco",
        "take this line away",
    ),
    (
        "changes = { a-b = credit }",
        "cannot be read",
        "non si legge",
        "`changes = { a-b = \"credit\" }`",
    ),
    (
        "title = “Due”",
        "not straight",
        "quelle diritte",
        "`title = \"Due\"`",
    ),
    (
        "title = \"Due”",
        "not straight",
        "quelle diritte",
        "`title = \"Due\"`",
    ),
    (
        "title = «Due»",
        "not straight",
        "quelle diritte",
        "`title = \"Due\"`",
    ),
    (
        "title = ‘Due’",
        "not straight",
        "quelle diritte",
        "`title = \"Due\"`",
    ),
    ("minutes = 7,5", "a comma", "una virgola", "`minutes = 8`"),
    (
        "minutes = 20 minuti",
        "figures alone",
        "da solo",
        "`minutes = 20`",
    ),
    (
        "minutes = venti",
        "figures alone",
        "da solo",
        "figures alone",
    ),
    (
        "title = \"Che cos'è \"SPID\"\"",
        "end it too early",
        "chiudono troppo presto",
        "`title = \"Che cos'è \\\"SPID\\\"\"`",
    ),
    (
        "title = 'L'identità'",
        "ends it too early",
        "chiude troppo presto",
        "`title = \"L'identità\"`",
    ),
    (
        "title: \"Due\"",
        "a colon",
        "due punti",
        "`title = \"Due\"`",
    ),
    (
        "title: Due giorni",
        "a colon",
        "due punti",
        "`title = \"Due giorni\"`",
    ),
    (
        "title == \"Due\"",
        "more than one equals sign",
        "più di un segno",
        "`title = \"Due\"`",
    ),
    (
        "verified = 20/11/2026",
        "not how a day",
        "non è il modo",
        "`verified = 2026-11-20`",
    ),
    (
        "verified = 20-11-2026",
        "not how a day",
        "non è il modo",
        "`verified = 2026-11-20`",
    ),
    (
        "verified = 1 dicembre 2026",
        "not how a day",
        "non è il modo",
        "`verified = 2026-12-01`",
    ),
    (
        "verified = 31/2/2026",
        "there is no day",
        "non esiste",
        "year, month and day",
    ),
    (
        "title = \"Due",
        "not closed",
        "non sono chiuse",
        "`title = \"Due\"`",
    ),
    (
        "title = Due giorni",
        "without quotation marks",
        "senza virgolette",
        "`title = \"Due giorni\"`",
    ),
    (
        "title = \"Due\";",
        "stands `;`",
        "c'è `;`",
        "`title = \"Due\"`",
    ),
    (
        "title = \"Due\",",
        "stands `,`",
        "c'è `,`",
        "`title = \"Due\"`",
    ),
    (
        "title =\u{a0}\"Due\"",
        "another sign",
        "un altro segno",
        "`title = \"Due\"`",
    ),
    (
        "title = \"C:\\Documenti\"",
        "written twice",
        "due volte",
        "`title = \"C:\\\\Documenti\"`",
    ),
    (
        "title =",
        "has no value",
        "non ha un valore",
        "after the equals sign",
    ),
    ("Due giorni", "no key", "né una voce", "a line is a key"),
    (
        "il titolo = \"Due\"",
        "cannot be a key",
        "non può essere una voce",
        "one word",
    ),
    (
        "title = \"Due\" minutes = 5",
        "two keys",
        "due voci",
        "a line of its own",
    ),
    (
        "keywords = [\"a\", \"b\"",
        "not closed with `]`",
        "non è chiuso con `]`",
        "`keywords = [\"a\", \"b\"]`",
    ),
    (
        "keywords = [poste, spid]",
        "has no quotation marks",
        "senza virgolette",
        "`keywords = [\"poste\", \"spid\"]`",
    ),
];

#[test]
fn every_mistake_is_told_once_in_both_languages_with_its_fix() {
    for (line, english, italian, fix) in MISTAKES {
        let key = line.split([' ', '=', ':']).next().unwrap();
        // What else a lesson needs, without the key that is wrong.
        let rest: String = [
            ("id", "id = \"due\""),
            ("title", "title = \"Due\""),
            ("minutes", "minutes = 5"),
        ]
        .iter()
        .filter(|(name, _)| *name != key && !line.contains(name))
        .map(|(_, line)| format!("{line}\n"))
        .collect();
        let front = format!("{rest}{line}\n");
        let told_in = |lang| {
            let mut all = told(&front, lang);
            // These keys are the module's: that they are misplaced is another complaint.
            all.retain(|(_, said, _)| {
                !["`keywords`", "`verified`", "`changes`"]
                    .iter()
                    .any(|key| said.contains(key))
            });
            assert_eq!(all.len(), 1, "{line}: {all:#?}");
            all.remove(0)
        };
        let (at, said, help) = told_in(Lang::En);
        assert_eq!(at, 2 + rest.lines().count(), "{line}");
        assert!(said.contains(english), "{line}: {said}");
        assert!(help.contains(fix), "{line}: {help}");
        let (_, detto, rimedio) = told_in(Lang::It);
        assert!(detto.contains(italian), "{line}: {detto}");
        assert_ne!(help, rimedio, "{line}");
        if fix.starts_with('`') {
            assert!(rimedio.contains(fix), "{line}: {rimedio}");
        }
    }
}

#[test]
fn nothing_of_the_librarys_own_words_is_left() {
    let leftovers = [
        "expected",
        "newline",
        "invalid",
        "unquoted",
        "TOML",
        "unexpected",
        "duplicate",
    ];
    for line in MISTAKES.map(|(line, ..)| line).into_iter().chain([
        "keywords = [\"a\"; \"b\"]",
        "keywords = [\"a\" \"b\"]",
        "keywords = \"a\", \"b\"",
        "keywords = (\"a\")",
        "title = \"Due\"\ntitle = \"Tre\"",
        "[lezione",
        "[[x]\ny = 1",
        "a = { b = 1",
        "a = { b: 1 }",
        "a = \"\"\"due",
        "a.b = 1\na = 2",
        "= \"x\"",
        "\u{1}",
        "a = 0x",
        "a = [1, [2, 3]",
        "title = 'Due",
        "title = \"\\q\"",
        "title = ]",
        "title = }",
        "{}",
        "\"",
    ]) {
        let front = format!("id = \"due\"\n{line}\n");
        let all = told(&front, Lang::En);
        assert!(!all.is_empty(), "{line}");
        for (_, said, help) in all {
            let text = format!("{said} {help}");
            let left = leftovers.iter().find(|word| text.contains(**word));
            assert_eq!(left, None, "{line}: {text}");
        }
    }
}

#[test]
fn a_key_that_stands_twice_is_told_at_the_second_place() {
    let all = told(
        "id = \"due\"\ntitle = \"Due\"\nminutes = 5\ntitle = \"Tre\"\n",
        Lang::It,
    );
    assert_eq!(all.len(), 1, "{all:#?}");
    assert_eq!(all[0].0, 5);
    assert!(all[0].1.contains("`title` c'è due volte"), "{}", all[0].1);
    assert!(all[0].2.contains("riga 3"), "{}", all[0].2);
}

#[test]
fn several_mistakes_are_told_each_at_its_line() {
    let front = "id: \"due\"\ntitle = “Due”\nminutes = 7,5\n";
    let lines: Vec<_> = told(front, Lang::It).iter().map(|it| it.0).collect();
    assert_eq!(lines, [2, 3, 4]);
}

#[test]
fn a_path_written_as_people_write_is_told_line_by_line() {
    let case = "
=== paths.toml
[[path]]
id = \"al-mare\"
title = { it = “Al mare”, en = \"To the sea\" }
summary = { it = \"Prima una cosa\", en = \"One thing first\"
modules = \"prova\", \"prova\"

[[path]]
id = \"altro\"
title = { it = \"Altro\" }
summary = {
  it = \"Su più righe.\",
}
modules = [
  \"prova\", # con un commento
]
";
    let build = compile(&Source::from_files(Case::parse(case).files), TODAY);
    let wrong = build
        .diagnostics
        .iter()
        .filter(|it| it.file.path == "paths.toml");
    let wrong: Vec<_> = wrong
        .map(|it| (it.start().line, it.message.text(Lang::En)))
        .collect();
    assert_eq!(
        wrong,
        [
            (
                3,
                "the quotation marks of this value are not straight ones".to_owned()
            ),
            (4, "the closing brace is missing".to_owned()),
            (
                5,
                "the values of `modules` are no list between square brackets".to_owned()
            ),
        ]
    );
}
