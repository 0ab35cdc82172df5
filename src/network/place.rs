//! Points by where they are, as people write places.

use crate::domain::near;
use crate::domain::text::folded;

use super::point::Point;

/// The points that have a text in their name or municipality, or at the start of their postcode; where
/// there are none, those whose name is the nearest to it.
#[must_use]
pub fn within<'p>(points: &[&'p Point], place: &str, province: &str) -> Vec<&'p Point> {
    let here: Vec<&Point> = points
        .iter()
        .filter(|point| province.is_empty() || point.province == province)
        .copied()
        .collect();
    let (plain, letters) = (folded(place), near::letters(place));
    if letters.is_empty() {
        return match plain.is_empty() {
            true => here,
            false => Vec::new(),
        };
    }
    let has = |point: &&&Point| {
        near::letters(&point.municipality).contains(&letters)
            || near::letters(&point.name).contains(&letters)
            || (point.postcode.as_ref()).is_some_and(|code| code.starts_with(&plain))
    };
    let found: Vec<&Point> = here.iter().filter(has).copied().collect();
    if !found.is_empty() {
        return found;
    }
    let by_errors = here
        .iter()
        .filter_map(|point| Some((errors(point, &letters)?, *point)));
    let by_errors: Vec<(usize, &Point)> = by_errors.collect();
    let least = by_errors.iter().map(|(errors, _)| *errors).min();
    let nearest = by_errors
        .iter()
        .filter(|(errors, _)| Some(*errors) == least);
    nearest.map(|(_, point)| *point).collect()
}

/// How many typing errors are between what was written and the nearest word of a point's name.
fn errors(point: &Point, letters: &str) -> Option<usize> {
    let names = [&point.municipality, &point.name, &point.province];
    let parts = names.into_iter().flat_map(|name| {
        let starts = name.char_indices().filter(|(at, _)| {
            let before = name
                .get(..*at)
                .and_then(|before| before.chars().next_back());
            before.is_none_or(|c| !c.is_alphanumeric())
        });
        starts.filter_map(|(at, _)| name.get(at..))
    });
    parts
        .filter_map(|part| near::errors(letters, &near::letters(part)))
        .min()
}

/// The points whose postcodes share the most first digits with one, at least two: the first two are
/// of a province, the third of a part of it.
#[must_use]
pub fn nearby<'p>(points: &[&'p Point], place: &str) -> Vec<&'p Point> {
    let code = place.trim();
    if code.len() != 5 || !code.bytes().all(|b| b.is_ascii_digit()) {
        return Vec::new();
    }
    let like = |digits: usize| -> Vec<&'p Point> {
        let begins = |point: &&&Point| {
            let known = point.postcode.as_ref();
            known.is_some_and(|known| known.starts_with(&code[..digits]))
        };
        points.iter().filter(begins).copied().collect()
    };
    let found = (2..5).rev().map(like).find(|found| !found.is_empty());
    found.unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::ProgrammeId;

    fn at(code: &str, place: &str) -> Point {
        Point::new(ProgrammeId::new(), code, place, [place, "Bari", "Puglia"])
    }

    #[test]
    fn a_point_is_found_however_its_place_is_written() {
        let points = [
            at("1", "Monopoli"),
            at("2", "L'Aquila"),
            at("3", "Mola di Bari"),
        ];
        let open: Vec<&Point> = points.iter().collect();
        for (written, code) in [
            ("monopli", "1"),
            ("MONOPOLLI", "1"),
            ("laquila", "2"),
            ("l’aquila", "2"),
            ("mola di bri", "3"),
        ] {
            let found = within(&open, written, "");
            let codes: Vec<&str> = found.iter().map(|point| point.code.as_str()).collect();
            assert_eq!(codes, [code], "{written}");
        }
        for nowhere in ["%", "_", "Trieste"] {
            assert!(within(&open, nowhere, "").is_empty(), "{nowhere}");
        }
        assert_eq!(within(&open, " ", "").len(), 3);
    }

    #[test]
    fn a_postcode_without_a_point_leads_to_those_that_begin_alike() {
        let mut points = [at("LE-1", "Nardò"), at("LE-2", "Lecce")];
        points[0].postcode = Some("73048".to_owned());
        points[1].postcode = Some("73100".to_owned());
        let open: Vec<&Point> = points.iter().collect();
        let codes = |place| -> Vec<&str> {
            let near = nearby(&open, place);
            near.iter().map(|point| point.code.as_str()).collect()
        };
        assert_eq!(codes("73040"), ["LE-1"]);
        assert_eq!(codes("73900"), ["LE-1", "LE-2"]);
        assert!(codes("00100").is_empty() && codes("73").is_empty());
    }
}
