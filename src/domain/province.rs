//! The provinces of Italy, metropolitan cities and free consortia among them: Facilita's AN12 and a
//! point's province are one of these by its full name.
//!
//! Names are ISTAT's, without a second language; the two letters are those of number plates. What
//! Sardinia had until 2025 (Sud Sardegna) stands beside what it has now, since records of both are
//! there.

use super::sheet::folded;

/// Name and plate, by name.
const ALL: [(&str, &str); 111] = [
    ("Agrigento", "AG"),
    ("Alessandria", "AL"),
    ("Ancona", "AN"),
    ("Aosta", "AO"),
    ("Arezzo", "AR"),
    ("Ascoli Piceno", "AP"),
    ("Asti", "AT"),
    ("Avellino", "AV"),
    ("Bari", "BA"),
    ("Barletta-Andria-Trani", "BT"),
    ("Belluno", "BL"),
    ("Benevento", "BN"),
    ("Bergamo", "BG"),
    ("Biella", "BI"),
    ("Bologna", "BO"),
    ("Bolzano", "BZ"),
    ("Brescia", "BS"),
    ("Brindisi", "BR"),
    ("Cagliari", "CA"),
    ("Caltanissetta", "CL"),
    ("Campobasso", "CB"),
    ("Caserta", "CE"),
    ("Catania", "CT"),
    ("Catanzaro", "CZ"),
    ("Chieti", "CH"),
    ("Como", "CO"),
    ("Cosenza", "CS"),
    ("Cremona", "CR"),
    ("Crotone", "KR"),
    ("Cuneo", "CN"),
    ("Enna", "EN"),
    ("Fermo", "FM"),
    ("Ferrara", "FE"),
    ("Firenze", "FI"),
    ("Foggia", "FG"),
    ("Forlì-Cesena", "FC"),
    ("Frosinone", "FR"),
    ("Gallura Nord-Est Sardegna", "OT"),
    ("Genova", "GE"),
    ("Gorizia", "GO"),
    ("Grosseto", "GR"),
    ("Imperia", "IM"),
    ("Isernia", "IS"),
    ("La Spezia", "SP"),
    ("L'Aquila", "AQ"),
    ("Latina", "LT"),
    ("Lecce", "LE"),
    ("Lecco", "LC"),
    ("Livorno", "LI"),
    ("Lodi", "LO"),
    ("Lucca", "LU"),
    ("Macerata", "MC"),
    ("Mantova", "MN"),
    ("Massa-Carrara", "MS"),
    ("Matera", "MT"),
    ("Medio Campidano", "VS"),
    ("Messina", "ME"),
    ("Milano", "MI"),
    ("Modena", "MO"),
    ("Monza e della Brianza", "MB"),
    ("Napoli", "NA"),
    ("Novara", "NO"),
    ("Nuoro", "NU"),
    ("Ogliastra", "OG"),
    ("Oristano", "OR"),
    ("Padova", "PD"),
    ("Palermo", "PA"),
    ("Parma", "PR"),
    ("Pavia", "PV"),
    ("Perugia", "PG"),
    ("Pesaro e Urbino", "PU"),
    ("Pescara", "PE"),
    ("Piacenza", "PC"),
    ("Pisa", "PI"),
    ("Pistoia", "PT"),
    ("Pordenone", "PN"),
    ("Potenza", "PZ"),
    ("Prato", "PO"),
    ("Ragusa", "RG"),
    ("Ravenna", "RA"),
    ("Reggio Calabria", "RC"),
    ("Reggio Emilia", "RE"),
    ("Rieti", "RI"),
    ("Rimini", "RN"),
    ("Roma", "RM"),
    ("Rovigo", "RO"),
    ("Salerno", "SA"),
    ("Sassari", "SS"),
    ("Savona", "SV"),
    ("Siena", "SI"),
    ("Siracusa", "SR"),
    ("Sondrio", "SO"),
    ("Sud Sardegna", "SU"),
    ("Sulcis Iglesiente", "CI"),
    ("Taranto", "TA"),
    ("Teramo", "TE"),
    ("Terni", "TR"),
    ("Torino", "TO"),
    ("Trapani", "TP"),
    ("Trento", "TN"),
    ("Treviso", "TV"),
    ("Trieste", "TS"),
    ("Udine", "UD"),
    ("Varese", "VA"),
    ("Venezia", "VE"),
    ("Verbano-Cusio-Ossola", "VB"),
    ("Vercelli", "VC"),
    ("Verona", "VR"),
    ("Vibo Valentia", "VV"),
    ("Vicenza", "VI"),
    ("Viterbo", "VT"),
];

/// What people write too.
const ALSO: [(&str, &str); 13] = [
    ("bat", "BT"),
    ("carboniaiglesias", "CI"),
    ("forliecesena", "FC"),
    ("monza", "MB"),
    ("monzabrianza", "MB"),
    ("monzaebrianza", "MB"),
    ("olbiatempio", "OT"),
    ("pesarourbino", "PU"),
    ("reggiodicalabria", "RC"),
    ("reggionellemilia", "RE"),
    ("romacapitale", "RM"),
    ("valledaosta", "AO"),
    ("vco", "VB"),
];

/// What stands before a name in a register.
const BEFORE: [&str; 5] = [
    "provinciadi",
    "provinciadel",
    "cittametropolitanadi",
    "liberoconsorziocomunaledi",
    "provinciaautonomadi",
];

/// The names, for whoever chooses one.
pub fn names() -> impl Iterator<Item = &'static str> {
    ALL.iter().map(|(name, _)| *name)
}

/// The letters of plates that are words too: in capitals alone they are a plate.
const WORDS: [&str; 2] = ["NO", "SI"];

/// The full name of a province that is written by its name, in whatever case, accents, spaces and
/// marks, with or without its letters and its second language; or by its letters alone.
///
/// # Errors
/// `not-a-province`: the complaint of the field.
pub fn read(text: &str) -> Result<&'static str, &'static str> {
    let text = text.trim();
    let (name, letters) = match text.rsplit_once('(') {
        Some((name, letters)) => (name.trim(), letters.trim_end_matches(')').trim()),
        None => ("", text),
    };
    match (by_plate(letters), name) {
        (Some(found), "") => Ok(found),
        (Some(found), name) if by_name(name) == Some(found) => Ok(found),
        (Some(_), _) => Err("not-a-province"),
        (None, _) => by_name(text).ok_or("not-a-province"),
    }
}

/// Letters and nothing else: "N/A" is not Napoli.
fn by_plate(letters: &str) -> Option<&'static str> {
    let plate = letters.to_ascii_uppercase();
    if WORDS.contains(&plate.as_str()) && plate != letters {
        return None;
    }
    let found = ALL.iter().find(|(_, known)| *known == plate);
    found.map(|(name, _)| *name)
}

fn by_name(text: &str) -> Option<&'static str> {
    // After a stroke stands the name in another language.
    let first = text.split_once('/').map_or(text, |(first, _)| first);
    let said = folded(first);
    let by = |said: &str| {
        let also = ALSO.iter().find(|(other, _)| *other == said);
        let plate = also.map(|(_, plate)| *plate);
        let is = |(name, letters): &&(&str, &str)| plate == Some(letters) || folded(name) == said;
        ALL.iter().find(is).map(|(name, _)| *name)
    };
    let short = || {
        let rest = |before: &&str| by(said.strip_prefix(*before)?);
        BEFORE.iter().find_map(rest)
    };
    by(&said).or_else(short)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at a surprise")]

    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn a_province_is_known_however_it_is_written_and_nothing_else_is() {
        for (written, name) in [
            ("Bari", "Bari"),
            (" bari", "Bari"),
            ("BA", "Bari"),
            ("(ba)", "Bari"),
            ("Forli' - Cesena", "Forlì-Cesena"),
            ("BAT", "Barletta-Andria-Trani"),
            ("Città metropolitana di Bari", "Bari"),
            ("Provincia dell'Aquila", "L'Aquila"),
            ("Reggio nell'Emilia", "Reggio Emilia"),
            ("Bari (BA)", "Bari"),
            ("Città metropolitana di Roma Capitale", "Roma"),
            ("Bolzano/Bozen", "Bolzano"),
            ("Valle d'Aosta/Vallée d'Aoste", "Aosta"),
            ("Forlì e Cesena", "Forlì-Cesena"),
            ("NO", "Novara"),
            ("mi", "Milano"),
        ] {
            assert_eq!(read(written).unwrap(), name, "{written}");
        }
        for written in [
            "Barri",
            "Barletta",
            "Puglia",
            "Italia",
            "xx",
            "-",
            "Bari BA",
            "Bari (LE)",
            "N/A",
            "n.a.",
            "No",
            "Sì",
            "si",
            "",
            "()",
        ] {
            assert_eq!(read(written), Err("not-a-province"), "{written}");
        }
    }

    #[test]
    fn no_two_provinces_are_written_alike() {
        let mut all: Vec<_> = names().map(folded).collect();
        all.extend(ALL.iter().map(|(_, letters)| folded(letters)));
        all.extend(ALSO.iter().map(|(other, _)| (*other).to_owned()));
        let apart: BTreeSet<_> = all.iter().collect();
        assert_eq!((apart.len(), names().count()), (all.len(), 111));
        for name in names() {
            assert_eq!(read(name), Ok(name));
        }
    }
}
