//! The birth that Facilita reads in a codice fiscale: its page reads one, its server another.
//!
//! Source: github.com/teamdigitale/monitoraggio.repubblicadigitale.gov.it, version 1.59.0. The page
//! (`fe-piattaforma/src/utils/csvUtils.ts`, with `@marketto/codice-fiscale-utils` 2.2.1,
//! `parser.class.ts`) takes two digits up to those of the year it is in for this century, and the
//! difference of the years for the age. The server (`ms-questionario-cittadino`,
//! `RANGE_SECOLO=23`) takes two digits up to 23 for this century, for good, and counts full years.
//! A row goes only where both take it, on the day on which the file is written: so each January one
//! more year of birth, 1924 to 1926 in 2026, is a child's for the page.

use time::Date;

use crate::domain::age::full_years;
use crate::domain::codice_fiscale::CodiceFiscale;
use crate::domain::facilita::AgeBand;

/// The last two digits that the server reads in this century.
const SERVER_PIVOT: u8 = 23;
/// The youngest that Facilita takes, where a programme takes minors.
const YOUNGEST: i32 = 14;
/// The youngest that it takes of every programme.
const ADULT: i32 = 18;

/// Why Facilita would refuse a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BirthRefusal {
    /// The page or the server reads another century.
    Century,
    /// Too young for the page or for the server.
    Minor,
}

/// The birth that Facilita's page reads on a day.
#[must_use]
pub fn on_page(code: &CodiceFiscale, today: Date) -> Option<Date> {
    let this_year = today.year().rem_euclid(100);
    code.birth_in(century(i32::from(code.year()) <= this_year))
}

/// The birth that Facilita's server reads, whatever the day.
#[must_use]
pub fn on_server(code: &CodiceFiscale) -> Option<Date> {
    code.birth_in(century(code.year() <= SERVER_PIVOT))
}

/// Whether both take a person of this code on a day. `born`: what the record says of the birth.
///
/// # Errors
/// Why not.
pub fn taken(
    code: &CodiceFiscale,
    born: Option<Date>,
    minors: bool,
    today: Date,
) -> Result<Date, BirthRefusal> {
    let (page, server) = (on_page(code, today), on_server(code));
    let Some(birth) = server.filter(|birth| page == Some(*birth)) else {
        return Err(BirthRefusal::Century);
    };
    if born.is_some_and(|born| born != birth) {
        return Err(BirthRefusal::Century);
    }
    let youngest = if minors { YOUNGEST } else { ADULT };
    let on_page = today.year() - birth.year();
    let on_server = full_years(birth, today).map_or(-1, i32::from);
    if on_page < youngest || on_server < youngest {
        return Err(BirthRefusal::Minor);
    }
    Ok(birth)
}

/// AN8: the age in full years on the day of the service. Who was a minor then and is not today goes
/// with the age of today, where a programme takes no minors.
#[must_use]
pub fn band(birth: Date, day: Date, minors: bool, today: Date) -> Option<AgeBand> {
    let age_on = |day| full_years(birth, day).and_then(AgeBand::of_age);
    match age_on(day) {
        Some(AgeBand::From14To17) if minors => Some(AgeBand::From14To17),
        Some(AgeBand::From14To17) | None => age_on(today),
        adult => adult,
    }
}

const fn century(this: bool) -> i32 {
    if this { 2000 } else { 1900 }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at a surprise")]

    use super::*;
    use time::macros::date;

    fn code(year: i32) -> CodiceFiscale {
        let stem = format!("RSSMRA{:02}A41H501", year.rem_euclid(100));
        CodiceFiscale::invented(&stem).unwrap()
    }

    fn refused(today: Date, minors: bool) -> Vec<(i32, BirthRefusal)> {
        let born = |year| Date::from_calendar_date(year, time::Month::January, 1).unwrap();
        let all = (today.year() - 109)..today.year();
        let found = all.filter_map(|year| {
            let taken = taken(&code(year), Some(born(year)), minors, today);
            taken.err().map(|why| (year, why))
        });
        found.collect()
    }

    #[test]
    fn who_is_refused_moves_with_the_year() {
        let century = |years: std::ops::RangeInclusive<i32>| {
            let years = years.map(|year| (year, BirthRefusal::Century));
            years.collect::<Vec<_>>()
        };
        let minors = |years: std::ops::Range<i32>| {
            let years = years.map(|year| (year, BirthRefusal::Minor));
            years.collect::<Vec<_>>()
        };
        // The server reads 17 to 23 as 2017 to 2023, whoever it is, and 24 and on as 1924 and on.
        let server = century(1917..=1923);
        let in_2026 = [
            server.clone(),
            century(1924..=1926),
            minors(2009..2024),
            century(2024..=2025),
        ];
        assert_eq!(refused(date!(2026 - 11 - 21), false), in_2026.concat());
        assert_eq!(
            refused(date!(2026 - 11 - 21), true),
            [
                server,
                century(1924..=1926),
                minors(2013..2024),
                century(2024..=2025)
            ]
            .concat()
        );
        let in_2027 = [
            century(1918..=1927),
            minors(2010..2024),
            century(2024..=2026),
        ];
        assert_eq!(refused(date!(2027 - 01 - 01), false), in_2027.concat());
        let in_2023 = [century(1914..=1923), minors(2006..2023)];
        assert_eq!(refused(date!(2023 - 06 - 30), false), in_2023.concat());
    }

    #[test]
    fn who_turns_18_this_year_passes_the_page_and_not_the_server() {
        let code = CodiceFiscale::invented("RSSMRA08T05H501").unwrap();
        let on = |today| taken(&code, None, false, today);
        assert_eq!(on(date!(2026 - 11 - 21)), Err(BirthRefusal::Minor));
        assert_eq!(on(date!(2026 - 12 - 05)), Ok(date!(2008 - 12 - 05)));
        let band = |day, minors| band(date!(2008 - 12 - 05), day, minors, date!(2026 - 12 - 05));
        assert_eq!(band(date!(2026 - 11 - 21), true), Some(AgeBand::From14To17));
        assert_eq!(
            band(date!(2026 - 11 - 21), false),
            Some(AgeBand::From18To29)
        );
    }
}
