//! The competences of DigComp 2.2, and their Facilita codes.
//!
//! Titles: Italian translation by the Dipartimento per la trasformazione digitale (December 2022,
//! CC BY-SA 4.0), English by the Joint Research Centre.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A competence of DigComp 2.2, such as 2.6 "Managing digital identity".
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Competence(u8);

/// code, Italian, English, Facilita SE5 (0: none)
const TABLE: [(&str, &str, &str, u8); 21] = [
    (
        "1.1",
        "Navigare, ricercare e filtrare dati, informazioni e contenuti digitali",
        "Browsing, searching and filtering data, information and digital content",
        1,
    ),
    (
        "1.2",
        "Valutare dati, informazioni e contenuti digitali",
        "Evaluating data, information and digital content",
        2,
    ),
    (
        "1.3",
        "Gestire dati, informazioni e contenuti digitali",
        "Managing data, information and digital content",
        3,
    ),
    (
        "2.1",
        "Interagire con gli altri attraverso le tecnologie",
        "Interacting through digital technologies",
        4,
    ),
    (
        "2.2",
        "Condividere informazioni attraverso le tecnologie digitali",
        "Sharing through digital technologies",
        5,
    ),
    (
        "2.3",
        "Esercitare la cittadinanza attraverso le tecnologie digitali",
        "Engaging in citizenship through digital technologies",
        6,
    ),
    (
        "2.4",
        "Collaborare attraverso le tecnologie digitali",
        "Collaborating through digital technologies",
        7,
    ),
    ("2.5", "Netiquette", "Netiquette", 8),
    (
        "2.6",
        "Gestire l’identità digitale",
        "Managing digital identity",
        9,
    ),
    (
        "3.1",
        "Sviluppare contenuti digitali",
        "Developing digital content",
        10,
    ),
    (
        "3.2",
        "Integrare e rielaborare contenuti digitali",
        "Integrating and re-elaborating digital content",
        10,
    ),
    ("3.3", "Copyright e licenze", "Copyright and licences", 10),
    ("3.4", "Programmazione", "Programming", 10),
    ("4.1", "Proteggere i dispositivi", "Protecting devices", 11),
    (
        "4.2",
        "Proteggere i dati personali e la privacy",
        "Protecting personal data and privacy",
        12,
    ),
    (
        "4.3",
        "Proteggere la salute e il benessere",
        "Protecting health and well-being",
        0,
    ),
    (
        "4.4",
        "Proteggere l’ambiente",
        "Protecting the environment",
        0,
    ),
    (
        "5.1",
        "Risolvere problemi tecnici",
        "Solving technical problems",
        13,
    ),
    (
        "5.2",
        "Individuare bisogni e risposte tecnologiche",
        "Identifying needs and technological responses",
        0,
    ),
    (
        "5.3",
        "Utilizzare in modo creativo le tecnologie digitali",
        "Creatively using digital technologies",
        0,
    ),
    (
        "5.4",
        "Individuare i divari di competenze digitali",
        "Identifying digital competence gaps",
        0,
    ),
];

impl Competence {
    /// Every competence, in the framework's order.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..21).map(Self)
    }

    /// The competence of a code such as `2.6`.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::all().find(|competence| competence.code() == code)
    }

    fn row(self) -> &'static (&'static str, &'static str, &'static str, u8) {
        // The field is private and only `all` makes it, so it is always below 21.
        &TABLE[usize::from(self.0)]
    }

    /// The framework's code, `1.1` to `5.4`.
    #[must_use]
    pub fn code(self) -> &'static str {
        self.row().0
    }

    /// The official title.
    #[must_use]
    pub fn title(self, lang: super::locale::Lang) -> &'static str {
        match lang {
            super::locale::Lang::It => self.row().1,
            super::locale::Lang::En => self.row().2,
        }
    }

    /// The second-level competence code of Facilita (SE5, 1 to 13), or `None` where Facilita has
    /// none: such a competence cannot be reported.
    #[must_use]
    pub fn se5(self) -> Option<u8> {
        Some(self.row().3).filter(|code| *code != 0)
    }
}

/// What a person reads for a second-level competence code of Facilita (SE5, 1 to 13): one code
/// stands for the whole area of creating content.
#[must_use]
pub fn se5_title(code: u8, lang: super::locale::Lang) -> &'static str {
    match (code, lang) {
        (10, super::locale::Lang::It) => "Creare contenuti digitali",
        (10, super::locale::Lang::En) => "Creating digital content",
        _ => Competence::all()
            .find(|competence| competence.se5() == Some(code))
            .map_or("", |competence| competence.title(lang)),
    }
}

impl fmt::Display for Competence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Debug for Competence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Competence({})", self.code())
    }
}

impl Serialize for Competence {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Competence {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let code = String::deserialize(deserializer)?;
        Self::from_code(&code).ok_or_else(|| {
            serde::de::Error::custom(format!("DigComp 2.2 has no competence {code}"))
        })
    }
}
