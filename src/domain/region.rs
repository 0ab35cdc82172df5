//! The 19 Regions and the two autonomous Provinces, which are to health and transport what a Region
//! is elsewhere.

use std::fmt;

/// Id and name, by name. Trento and Bolzano stand for themselves, not for Trentino-Alto Adige.
const ALL: [(&str, &str); 21] = [
    ("abruzzo", "Abruzzo"),
    ("basilicata", "Basilicata"),
    ("bolzano", "Bolzano"),
    ("calabria", "Calabria"),
    ("campania", "Campania"),
    ("emilia-romagna", "Emilia-Romagna"),
    ("friuli-venezia-giulia", "Friuli-Venezia Giulia"),
    ("lazio", "Lazio"),
    ("liguria", "Liguria"),
    ("lombardia", "Lombardia"),
    ("marche", "Marche"),
    ("molise", "Molise"),
    ("piemonte", "Piemonte"),
    ("puglia", "Puglia"),
    ("sardegna", "Sardegna"),
    ("sicilia", "Sicilia"),
    ("toscana", "Toscana"),
    ("trento", "Trento"),
    ("umbria", "Umbria"),
    ("valle-d-aosta", "Valle d'Aosta"),
    ("veneto", "Veneto"),
];

/// One of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Region(usize);

impl Region {
    /// Puglia, where the demo's network is.
    pub const PUGLIA: Self = Self(13);

    /// Every region, by name.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..ALL.len()).map(Self)
    }

    /// The ids of all, for a suggestion.
    pub fn ids() -> [&'static str; ALL.len()] {
        ALL.map(|(id, _)| id)
    }

    /// The region of an id, such as `valle-d-aosta`.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        ALL.iter().position(|(known, _)| *known == id).map(Self)
    }

    /// The name in lower case, with hyphens: the table of `regions.toml` and what `--region` takes.
    #[must_use]
    pub const fn id(self) -> &'static str {
        ALL[self.0].0
    }

    /// The official name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        ALL[self.0].1
    }
}

impl fmt::Display for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_region_is_found_by_its_id_alone() {
        assert_eq!(Region::all().count(), 21);
        for region in Region::all() {
            assert_eq!(Region::from_id(region.id()), Some(region));
        }
        assert_eq!(Region::PUGLIA.name(), "Puglia");
        assert_eq!(Region::from_id("Puglia"), None);
    }
}
