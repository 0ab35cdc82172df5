//! The points of the sample network: one in most municipalities of Puglia, more in the cities, 231
//! in all. The municipalities are real, the points are not: streets, hours and telephones are
//! invented, and only the first point of a province stands where its town does; the others are
//! spread around the middle of the province.

use crate::domain::ids::ProgrammeId;
use crate::network::point::Point;

/// Province, the letters of its number plates, municipalities. The bar separates names.
const PROVINCES: [(&str, &str, &str); 6] = [
    (
        "Bari",
        "BA",
        "Bari|Acquaviva delle Fonti|Adelfia|Alberobello|Altamura|Binetto|Bitetto|Bitonto|Bitritto|\
         Capurso|Casamassima|Cassano delle Murge|Castellana Grotte|Cellamare|Conversano|Corato|\
         Gioia del Colle|Giovinazzo|Gravina in Puglia|Grumo Appula|Locorotondo|Modugno|\
         Mola di Bari|Molfetta|Monopoli|Noci|Noicattaro|Palo del Colle|Poggiorsini|\
         Polignano a Mare|Putignano|Rutigliano|Ruvo di Puglia|Sammichele di Bari|\
         Sannicandro di Bari|Santeramo in Colle|Terlizzi|Toritto|Triggiano|Turi|Valenzano|\
         Bari|Bari|Bari|Bari|Bari|Bari",
    ),
    (
        "Barletta-Andria-Trani",
        "BT",
        "Andria|Barletta|Bisceglie|Canosa di Puglia|Margherita di Savoia|Minervino Murge|\
         San Ferdinando di Puglia|Spinazzola|Trani|Trinitapoli|Andria|Barletta",
    ),
    (
        "Brindisi",
        "BR",
        "Brindisi|Carovigno|Ceglie Messapica|Cellino San Marco|Cisternino|Erchie|Fasano|\
         Francavilla Fontana|Latiano|Mesagne|Oria|Ostuni|San Donaci|San Michele Salentino|\
         San Pancrazio Salentino|San Pietro Vernotico|San Vito dei Normanni|Torchiarolo|\
         Torre Santa Susanna|Villa Castelli|Brindisi|Brindisi",
    ),
    (
        "Foggia",
        "FG",
        "Foggia|Accadia|Alberona|Anzano di Puglia|Apricena|Ascoli Satriano|Biccari|Bovino|\
         Cagnano Varano|Candela|Carapelle|Carlantino|Carpino|Casalnuovo Monterotaro|\
         Casalvecchio di Puglia|Castelluccio dei Sauri|Castelluccio Valmaggiore|\
         Castelnuovo della Daunia|Celenza Valfortore|Celle di San Vito|Cerignola|Chieuti|Deliceto|\
         Faeto|Ischitella|Isole Tremiti|Lesina|Lucera|Manfredonia|Mattinata|Monte Sant'Angelo|\
         Monteleone di Puglia|Motta Montecorvino|Ordona|Orsara di Puglia|Orta Nova|Panni|Peschici|\
         Pietramontecorvino|Poggio Imperiale|Rignano Garganico|Rocchetta Sant'Antonio|\
         Rodi Garganico|Roseto Valfortore|San Giovanni Rotondo|San Marco in Lamis|\
         San Marco la Catola|San Nicandro Garganico|San Paolo di Civitate|San Severo|\
         Sant'Agata di Puglia|Serracapriola|Stornara|Stornarella|Torremaggiore|Troia|\
         Vico del Gargano|Vieste|Volturara Appula|Volturino|Zapponeta|Foggia|Foggia|Foggia",
    ),
    (
        "Lecce",
        "LE",
        "Lecce|Alessano|Alezio|Aradeo|Campi Salentina|Carmiano|Casarano|Castrignano del Capo|\
         Cavallino|Collepasso|Copertino|Corsano|Cutrofiano|Gagliano del Capo|Galatina|Galatone|\
         Gallipoli|Leverano|Lizzanello|Maglie|Martano|Matino|Melendugno|Monteroni di Lecce|Nardò|\
         Neviano|Novoli|Otranto|Parabita|Poggiardo|Porto Cesareo|Presicce-Acquarica|Racale|\
         Ruffano|Salice Salentino|Salve|Sannicola|Sogliano Cavour|Soleto|Specchia|Squinzano|Surbo|\
         Taurisano|Taviano|Trepuzzi|Tricase|Tuglie|Ugento|Veglie|Vernole|Lecce|Lecce|Lecce",
    ),
    (
        "Taranto",
        "TA",
        "Taranto|Avetrana|Carosino|Castellaneta|Crispiano|Faggiano|Fragagnano|Ginosa|Grottaglie|\
         Laterza|Leporano|Lizzano|Manduria|Martina Franca|Maruggio|Massafra|Monteiasi|Montemesola|\
         Monteparano|Mottola|Palagianello|Palagiano|Pulsano|Roccaforzata|San Giorgio Ionico|\
         San Marzano di San Giuseppe|Sava|Statte|Torricella|Taranto|Taranto|Taranto|Taranto",
    ),
];

/// So many points, each with a code such as `BA-001` and a name that no other has: of the 231, and
/// beyond them again in the same places.
pub(super) fn points(programme: ProgrammeId, many: usize) -> Vec<Point> {
    let mut all = every(programme);
    let known = all.len();
    for number in known..many {
        let like = all[number % known].clone();
        let place = [&*like.municipality, &*like.province, &*like.region];
        let code = format!("X-{:04}", number + 1);
        let name = format!("{} ({code})", like.name);
        all.push(Point::new(programme, &code, &name, place));
    }
    all.truncate(many);
    for (number, point) in (1_001..).zip(&mut all) {
        point.facilita_id = Some(number.to_string());
    }
    all
}

fn every(programme: ProgrammeId) -> Vec<Point> {
    let mut points: Vec<Point> = Vec::new();
    for (province, plate, names) in PROVINCES {
        for (number, municipality) in (1_u16..).zip(names.split('|')) {
            let there = points
                .iter()
                .filter(|p| p.municipality == municipality)
                .count();
            let name = match there {
                0 => format!("Punto di facilitazione di {municipality}"),
                n => format!("Punto di facilitazione di {municipality} {}", n + 1),
            };
            let code = format!("{plate}-{number:03}");
            let place = [municipality, province, "Puglia"];
            let point = Point::new(programme, &code, &name, place);
            points.push(furnished(point, plate, number));
        }
    }
    points
}

/// Latitude and longitude.
type Degrees = (f64, f64);

/// Letters, main town, middle of the province, beginning of its postcodes.
const PLACES: [(&str, Degrees, Degrees, &str); 6] = [
    ("BA", (41.117, 16.872), (40.93, 16.85), "70"),
    ("BT", (41.227, 16.296), (41.17, 16.17), "76"),
    ("BR", (40.632, 17.942), (40.58, 17.65), "72"),
    ("FG", (41.462, 15.545), (41.52, 15.42), "71"),
    ("LE", (40.352, 18.174), (40.17, 18.2), "73"),
    ("TA", (40.464, 17.247), (40.52, 17.15), "74"),
];

const HOURS: [&str; 3] = [
    "Dal lunedì al venerdì, dalle 9 alle 13.",
    "Martedì e giovedì, dalle 15 alle 18. Sabato, dalle 9 alle 12.",
    "Dal lunedì al giovedì, dalle 9 alle 12 e dalle 15 alle 17.",
];

/// A point with what people want to know of it, all of it invented.
fn furnished(point: Point, plate: &str, number: u16) -> Point {
    let Some((_, town, middle, postcode)) = PLACES.iter().find(|place| place.0 == plate) else {
        return point;
    };
    // Seeds of a sunflower: evenly spread, and the same each time.
    let (turn, far) = (f64::from(number) * 2.4, f64::from(number).sqrt() * 0.035);
    let spread = (
        middle.0 + far * turn.sin(),
        middle.1 + far * turn.cos() * 1.3,
    );
    Point {
        address: Some(format!("Via dell'Esempio {number}")),
        postcode: Some(format!("{postcode}{number:03}")),
        phone: Some(format!("000 {postcode}0 {number:04}")),
        hours: Some(HOURS[usize::from(number) % HOURS.len()].to_owned()),
        offers: Some("Aiuto con telefono, SPID e CIE, pagamenti e salute online.".to_owned()),
        workstations: Some(2 + number % 4),
        itinerant: number.is_multiple_of(20),
        facilita_id: Some(format!("{postcode}{number:04}")),
        position: Some(if number == 1 { *town } else { spread }),
        ..point
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn the_sample_has_the_231_points_of_the_target_with_names_of_their_own() {
        let points = points(ProgrammeId::new(), 300);
        assert_eq!(points.len(), 300);
        assert_eq!(every(ProgrammeId::new()).len(), 231);
        assert_eq!(
            points
                .iter()
                .map(|p| &p.code)
                .collect::<BTreeSet<_>>()
                .len(),
            300
        );
        assert_eq!(
            points
                .iter()
                .map(|p| &p.name)
                .collect::<BTreeSet<_>>()
                .len(),
            300
        );
    }
}
