//! Facilita's side, written from its rules and not from our code: reads a file as its page does,
//! refuses what its page or its server would, and writes the report of refused rows.

use std::collections::BTreeMap;

/// The columns in the guide's words.
const COLUMNS: &str = "IDFacilitatore NominativoFacilitatore IDSede NominativoSede AN1 AN2 AN3 AN4 \
    AN5 AN6 AN7 AN8 AN9 AN10 AN11 AN12 AN14 AN17 PR1 PR2 SE1 SE2 SE3 SE4 SE5 SE6 SE7 ES1 ES2 ES3 \
    ES4 ES5 ES6";

/// Field → the letters or numbers it may have, and whether it may have several.
const LISTS: [(&str, &str, bool); 10] = [
    ("AN5", "ABCDE", false),
    ("AN7", "ABCD", false),
    ("AN8", "ABCDE", false),
    ("AN9", "ABCDEFGHIJKL", false),
    ("AN10", "ABCDEFGH", false),
    ("AN11", "ABC", false),
    ("PR2", "ABCDE", true),
    ("SE3", "ABCDE", true),
    ("SE4", "ABCDE", true),
    ("SE6", "ABCDEFGHIJKLMNOPQRS", true),
];

/// A data row: column → text.
pub(crate) type Line = BTreeMap<&'static str, String>;

/// What makes two rows one service in Facilita, where body and project are the same.
pub(crate) fn identity(line: &Line) -> Vec<&str> {
    [
        "NominativoSede",
        "IDFacilitatore",
        "SE1",
        "SE2",
        "SE3",
        "SE5",
        "SE6",
        "SE7",
    ]
    .map(|column| line[column].as_str())
    .into()
}

/// The records of a CSV text by RFC 4180, one character after the other.
fn records(text: &str) -> Vec<Vec<String>> {
    let mut all = vec![vec![String::new()]];
    let mut quoted = false;
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        let record = all.last_mut().unwrap();
        match c {
            '"' if quoted && characters.peek() == Some(&'"') => {
                characters.next();
                record.last_mut().unwrap().push('"');
            }
            '"' => quoted = !quoted,
            ',' if !quoted => record.push(String::new()),
            '\r' if !quoted => {
                assert_eq!(characters.next(), Some('\n'), "a line ends in CR LF");
                all.push(vec![String::new()]);
            }
            '\n' if !quoted => panic!("a lone LF"),
            c => record.last_mut().unwrap().push(c),
        }
    }
    assert!(!quoted, "a quotation that does not end");
    assert_eq!(
        all.pop(),
        Some(vec![String::new()]),
        "the last line has an end"
    );
    all
}

/// The rows of a file, or what Facilita says of each row that it does not take. `minors`: the
/// programme takes people of 14 to 17. `today` as year, month, day.
pub(crate) fn read(text: &str, today: (i32, u32, u32), minors: bool) -> Vec<Result<Line, String>> {
    assert!(!text.starts_with('\u{feff}'));
    let columns: Vec<&'static str> = COLUMNS.split_whitespace().collect();
    let mut records = records(text).into_iter();
    assert_eq!(records.next().unwrap(), columns);
    let rows: Vec<_> = records
        .map(|record| {
            assert_eq!(record.len(), 33);
            assert!(
                record
                    .iter()
                    .all(|field| !field.contains(['"', '\n', '\r']))
            );
            let line: Line = columns.iter().copied().zip(record).collect();
            wrong(&line, today, minors).map_or(Ok(line), Err)
        })
        .collect();
    assert!(rows.len() <= 9_000, "{} rows", rows.len());
    rows
}

fn wrong(line: &Line, today: (i32, u32, u32), minors: bool) -> Option<String> {
    let needed = "IDFacilitatore NominativoFacilitatore IDSede NominativoSede AN1 AN2 AN3 AN4 AN7 \
        AN8 AN9 AN10 AN11 AN12 SE1 SE2 SE3 SE4 SE5 SE6";
    for column in needed.split_whitespace() {
        if line[column].trim().is_empty() {
            return Some(format!(
                "Il campo \"{column}\" è obbligatorio e non può essere vuoto."
            ));
        }
    }
    for (column, list, several) in LISTS {
        let text = &line[column];
        let codes: Vec<&str> = match several {
            true => text.split(':').collect(),
            false => vec![text],
        };
        let known = |code: &&str| code.len() == 1 && list.contains(*code);
        if !text.is_empty() && !codes.iter().all(known) {
            return Some(format!("Valore non ammesso nel campo {column}: {text}"));
        }
    }
    let levels: Option<Vec<u32>> = line["SE5"].split(':').map(|n| n.parse().ok()).collect();
    let Some(levels) = levels.filter(|all| all.iter().all(|n| (1..=13).contains(n))) else {
        return Some("Valore non ammesso nel campo SE5".to_owned());
    };
    let mut areas: Vec<&str> = levels
        .iter()
        .map(|n| {
            [
                "A", "A", "A", "B", "B", "B", "B", "B", "B", "C", "D", "D", "E",
            ][*n as usize - 1]
        })
        .collect();
    areas.dedup();
    assert_eq!(line["SE4"], areas.join(":"), "SE4 follows from SE5");
    assert_eq!((line["AN4"].as_str(), line["AN6"].as_str()), ("NO", ""));
    assert_eq!(line["AN5"], "");
    assert!(line["SE7"].encode_utf16().count() <= 600);
    let shape = |text: &str, form: &str| {
        let fits = |(c, f): (char, char)| if f == '0' { c.is_ascii_digit() } else { c == f };
        text.chars().count() == form.len() && text.chars().zip(form.chars()).all(fits)
    };
    if !shape(&line["SE1"], "0000-00-00") || !shape(&line["SE2"], "00:00") {
        return Some("Il formato della data o della durata è errato".to_owned());
    }
    person(line, today, minors)
}

/// The codice fiscale, and what is read from it.
fn person(line: &Line, today: (i32, u32, u32), minors: bool) -> Option<String> {
    let code = line["AN3"].as_bytes();
    if code.len() != 16 || line["AN3"] != line["AN3"].to_uppercase() {
        return Some("Il Codice Fiscale inserito è invalido.".to_owned());
    }
    let births = Births::of(code, today);
    assert_eq!(
        line["AN7"],
        if births.woman { "A" } else { "B" },
        "AN7 follows from AN3"
    );
    let se1: Vec<u32> = line["SE1"].split('-').map(|n| n.parse().unwrap()).collect();
    let band = |age: i32| match age {
        ..14 => "",
        14..18 => "E",
        18..30 => "A",
        30..55 => "B",
        55..75 => "C",
        75.. => "D",
    };
    let on_day = band(births.age((i32::try_from(se1[0]).unwrap(), se1[1], se1[2])));
    // Who was a minor on the day, and is not any more, goes as of age where minors may not.
    let expected = if on_day == "E" && !minors {
        "A"
    } else {
        on_day
    };
    if births.too_young(today, minors) {
        return Some("Il cittadino deve essere maggiorenne.".to_owned());
    }
    assert_eq!(line["AN8"], expected, "AN8 follows from AN3");
    None
}

/// What is read in a codice fiscale.
struct Births {
    /// By the server: year, month, day.
    on_server: (i32, u32, u32),
    /// By the page: the year.
    on_page: i32,
    woman: bool,
}

impl Births {
    fn of(code: &[u8], today: (i32, u32, u32)) -> Self {
        let digit = |at: usize| match code[at] {
            b @ b'0'..=b'9' => u32::from(b - b'0'),
            b => u32::try_from("LMNPQRSTUV".find(char::from(b)).unwrap()).unwrap(),
        };
        let (year, day) = (digit(6) * 10 + digit(7), digit(9) * 10 + digit(10));
        let month = u32::try_from("ABCDEHLMPRST".find(char::from(code[8])).unwrap() + 1).unwrap();
        // The server's century does not move, that of the page does with each year.
        let year = i32::try_from(year).unwrap();
        let century = |this: bool| year + if this { 2000 } else { 1900 };
        Self {
            on_server: (century(year <= 23), month, day % 40),
            on_page: century(year <= today.0 % 100),
            woman: day > 40,
        }
    }

    /// In full years, as the server counts.
    fn age(&self, (year, month, day): (i32, u32, u32)) -> i32 {
        let (born, in_month, on_day) = self.on_server;
        year - born - i32::from((month, day) < (in_month, on_day))
    }

    fn too_young(&self, today: (i32, u32, u32), minors: bool) -> bool {
        let least = if minors { 14 } else { 18 };
        self.age(today) < least || today.0 - self.on_page < least
    }
}

/// Whether the page or the server refuses a person of this code on a day for what it reads of the
/// birth, where a programme takes no minors.
pub(crate) fn refuses_birth(code: &str, today: (i32, u32, u32)) -> bool {
    Births::of(code.as_bytes(), today).too_young(today, false)
}

/// A report that says no more of the rows than what Facilita thinks of them.
pub(crate) fn brief(refused: &[(usize, &str)]) -> String {
    let columns = autonomia::network::facilita::report::header();
    let rest = ",".repeat(columns.matches(',').count() - 1);
    let rows = refused.iter();
    let rows: String = rows
        .map(|(row, note)| format!("\n{row},{note}{rest}"))
        .collect();
    format!("{columns}{rows}")
}

/// The report of these rows, as Facilita writes it: nothing is quoted, the codice fiscale and the
/// site's number are left out, and the line ends in LF.
pub(crate) fn report(rows: &[Line], refused: &[(usize, &str)]) -> String {
    let columns = "IDFacilitatore NominativoFacilitatore IDSede NominativoSede AN3 AN4 AN5 AN6 AN7 \
        AN8 AN9 AN10 AN11 AN12 PR1 PR2 SE1 SE2 SE3 SE4 SE5 SE6 SE7 ES1 ES2 ES3 ES4 ES5 ES6";
    let columns: Vec<&str> = columns.split_whitespace().collect();
    let mut text = format!("numeroRiga,note,{}", columns.join(","));
    for (number, note) in refused {
        let fields: Vec<&str> = columns
            .iter()
            .map(|column| match *column {
                "IDSede" | "AN3" => "",
                column => rows[number - 1][column].as_str(),
            })
            .collect();
        text.push_str(&format!("\n{number},{note},{}", fields.join(",")));
    }
    text
}
