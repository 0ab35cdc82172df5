//! Invented people with codici fiscali that pass the checksum.

use serde_json::{Value, json};
use time::Date;

/// A person who does not exist, born on a day; another `number` is another person.
pub(crate) struct Person {
    pub(crate) codice_fiscale: String,
    first_name: String,
    last_name: String,
}

impl Person {
    pub(crate) fn born(birth: Date, number: u32) -> Self {
        // Letters of names that no one has: consonants counted up in base 16.
        const CONSONANTS: &[u8; 16] = b"BCDFGHLMNPQRSTVZ";
        let letter =
            |shift: u32| char::from(CONSONANTS[usize::try_from(number >> shift & 15).unwrap()]);
        let name: String = [0, 8, 4].map(letter).into_iter().collect();
        // Of the family and the given name only one letter differs; then the place does.
        let given = format!("PV{}", letter(0));
        let place = format!("A{:03}", (662 + number / 16) % 1000);
        let month = char::from(b"ABCDEHLMPRST"[usize::from(u8::from(birth.month()) - 1)]);
        let year = birth.year() % 100;
        let body = format!("NVN{given}{year:02}{month}{:02}{place}", birth.day());
        Self {
            codice_fiscale: format!("{body}{}", check_letter(&body)),
            first_name: format!("Prova {name}"),
            last_name: "Inventata".to_owned(),
        }
    }

    /// The record a facilitator enters.
    pub(crate) fn record(&self, point: &str) -> Value {
        json!({
            "codice_fiscale": self.codice_fiscale,
            "first_name": self.first_name,
            "last_name": self.last_name,
            "education": "C",
            "occupation": "G",
            "citizenship": "A",
            "province": "Bari",
            "point": point,
        })
    }
}

/// The 16th letter, by the table of the decree of 23 December 1976.
fn check_letter(body: &str) -> char {
    const ODD: [u32; 26] = [
        1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24,
        23,
    ];
    let sum: u32 = body
        .bytes()
        .zip(1..)
        .map(|(byte, place)| {
            let value = match byte {
                b'0'..=b'9' => u32::from(byte - b'0'),
                _ => u32::from(byte - b'A'),
            };
            if place % 2 == 1 {
                ODD[usize::try_from(value).unwrap()]
            } else {
                value
            }
        })
        .sum();
    char::from(b'A' + u8::try_from(sum % 26).unwrap())
}

#[test]
fn the_check_letter_is_that_of_the_published_examples() {
    assert_eq!(check_letter("RSSMRA85M01H501"), 'Q');
    assert_eq!(check_letter("RSSMRA80A01H501"), 'U');
}
