//! Invented people. Their codici fiscali pass every check and belong to nobody: no municipality
//! has a place code that begins with Y.

use rand::RngExt as _;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom as _;
use time::{Date, Duration, Month};

use crate::citizens::Details;
use crate::domain::codice_fiscale::CodiceFiscale;
use crate::domain::facilita::{Education, Gender, Occupation};
use crate::domain::name_letters::name_letters;

const WOMEN: [&str; 16] = [
    "Addolorata",
    "Angela",
    "Anna",
    "Carmela",
    "Caterina",
    "Cosima",
    "Filomena",
    "Giovanna",
    "Grazia",
    "Immacolata",
    "Lucia",
    "Maria",
    "Nunzia",
    "Rosa",
    "Teresa",
    "Vita",
];
const MEN: [&str; 16] = [
    "Antonio",
    "Cataldo",
    "Cosimo",
    "Domenico",
    "Francesco",
    "Giuseppe",
    "Leonardo",
    "Luigi",
    "Michele",
    "Nicola",
    "Oronzo",
    "Pasquale",
    "Pietro",
    "Rocco",
    "Savino",
    "Vito",
];
const FAMILIES: [&str; 24] = [
    "Abbrescia",
    "Amoruso",
    "Carofiglio",
    "Caputo",
    "Colonna",
    "De Giorgi",
    "De Santis",
    "Fanelli",
    "Ficarra",
    "Greco",
    "Lacalamita",
    "Lorusso",
    "Mancini",
    "Marasco",
    "Massaro",
    "Nardelli",
    "Palmisano",
    "Pellegrino",
    "Quaranta",
    "Ricchiuti",
    "Sabatelli",
    "Tarantino",
    "Urso",
    "Zaccaria",
];

/// A person of the network's ages: most over 55, some beyond what the programme counts.
pub(super) fn person(random: &mut StdRng, today: Date) -> Details {
    let age = match random.random_range(0..10) {
        0 => random.random_range(18..30),
        1 | 2 => random.random_range(30..55),
        3..=8 => random.random_range(55..75),
        _ => random.random_range(75..90),
    };
    let days = Duration::days(i64::from(age) * 365 + random.random_range(0..365));
    born(random, today - days)
}

/// The name of a facilitator, as Facilita writes it: family name first.
pub(super) fn facilitator(number: usize) -> String {
    let family = FAMILIES[number % FAMILIES.len()];
    let names = [WOMEN[number % WOMEN.len()], MEN[number % MEN.len()]];
    format!("{family} {}", names[number % 2])
}

/// A person born on a day.
pub(super) fn born(random: &mut StdRng, birth: Date) -> Details {
    let gender = if random.random_bool(0.6) {
        Gender::Female
    } else {
        Gender::Male
    };
    let names = if gender == Gender::Female {
        &WOMEN
    } else {
        &MEN
    };
    let first_name = names.choose(random).copied().unwrap_or("Maria");
    let last_name = FAMILIES.choose(random).copied().unwrap_or("Greco");
    let education = Education::ALL
        .choose(random)
        .map(|code| code.code().to_owned());
    let occupation = if birth.year() < 1960 {
        Some(Occupation::Retired.code().to_owned())
    } else {
        Occupation::ALL
            .choose(random)
            .map(|code| code.code().to_owned())
    };
    // Somebody else may have the same name and birth: the digits of the place tell them apart.
    let place = random.random_range(0..1_000);
    Details {
        codice_fiscale: code(first_name, last_name, birth, gender, place),
        first_name: Some(first_name.to_owned()),
        last_name: Some(last_name.to_owned()),
        education,
        occupation,
        citizenship: Some("A".to_owned()),
        province: Some("Bari".to_owned()),
        ..Details::default()
    }
}

/// The code of an invented person. The place is a letter that no municipality has (`Y`).
fn code(first: &str, last: &str, birth: Date, gender: Gender, place: u16) -> Option<String> {
    let months = b"ABCDEHLMPRST";
    let month = months
        .get(usize::from(u8::from(birth.month())) - 1)
        .copied()?;
    let day = birth.day() + if gender == Gender::Female { 40 } else { 0 };
    let stem = format!(
        "{}{:02}{}{day:02}Y{place:03}",
        name_letters(last, first)?,
        birth.year() % 100,
        char::from(month)
    );
    CodiceFiscale::invented(&stem)
        .ok()
        .map(|code| code.as_str().to_owned())
}

/// A day on which an invented person turned this many years, a month ago.
pub(super) fn birth_at_age(age: i32, today: Date) -> Date {
    let year = today.year() - age;
    let month = today.month().previous();
    let year = if month == Month::December {
        year - 1
    } else {
        year
    };
    Date::from_calendar_date(year, month, 1).unwrap_or(today)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at a surprise")]

    use super::*;
    use crate::domain::name_letters::NameFit;
    use rand::SeedableRng as _;
    use time::macros::date;

    #[test]
    fn an_invented_code_is_sound_and_nobodys() {
        let mut random = StdRng::seed_from_u64(1);
        for _ in 0..500 {
            let details = person(&mut random, date!(2026 - 11 - 21));
            let code = CodiceFiscale::parse(&details.codice_fiscale.unwrap()).unwrap();
            assert!(code.place().starts_with('Y'));
            let (last, first) = (details.last_name.unwrap(), details.first_name.unwrap());
            assert_eq!(code.name_fit(&last, &first), NameFit::Fits);
        }
    }

    #[test]
    fn a_person_of_an_age_has_it() {
        let today = date!(2026 - 01 - 10);
        let birth = birth_at_age(70, today);
        assert_eq!(crate::domain::age::full_years(birth, today), Some(70));
    }
}
