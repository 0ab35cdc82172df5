//! The code lists of Facilita, the monitoring platform of measure 1.7.2.
//!
//! Letters and meanings are Facilita's (version 1.59, April 2026); the English is ours.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::locale::Lang;

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident { $($code:literal $variant:ident $it:literal $en:literal;)* })*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $(#[doc = concat!($code, ": ", $en)] $variant,)*
        }

        impl $name {
            /// Every code, in Facilita's order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// Facilita's letter.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code,)* }
            }

            /// The meaning of a letter; `None` for a letter Facilita does not have.
            #[must_use]
            pub fn from_code(code: &str) -> Option<Self> {
                match code { $($code => Some(Self::$variant),)* _ => None }
            }

            /// What a person reads.
            #[must_use]
            pub const fn label(self, lang: Lang) -> &'static str {
                match (self, lang) {
                    $((Self::$variant, Lang::It) => $it, (Self::$variant, Lang::En) => $en,)*
                }
            }
        }

        impl $name {
            /// Writes the Italian words in place of the letter, for whoever has no list of letters.
            ///
            /// # Errors
            /// The serializer's.
            pub fn in_words<T: Copy + Into<Option<Self>>, S: Serializer>(
                code: &T,
                serializer: S,
            ) -> Result<S::Ok, S::Error> {
                let code: Option<Self> = (*code).into();
                code.map(|code| code.label(Lang::It)).serialize(serializer)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.code())
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let code = String::deserialize(deserializer)?;
                Self::from_code(&code).ok_or_else(|| {
                    let known: Vec<_> = Self::ALL.iter().map(|c| c.code()).collect();
                    serde::de::Error::custom(format!(
                        "'{code}' is not one of {}", known.join(", ")
                    ))
                })
            }
        }
    )*};
}

codes! {
    /// AN7: gender.
    Gender {
        "A" Female "Femmina" "Female";
        "B" Male "Maschio" "Male";
        "C" NonBinary "Non binario" "Non-binary";
        "D" Undisclosed "Preferisco non rispondere" "Prefer not to say";
    }
    /// AN8: age band on the day of the service.
    AgeBand {
        "A" From18To29 "18-29 anni" "18-29";
        "B" From30To54 "30-54 anni" "30-54";
        "C" From55To74 "55-74 anni" "55-74";
        "D" From75 "75 anni e oltre" "75 and over";
        "E" From14To17 "14-17 anni" "14-17";
    }
    /// AN9: education.
    Education {
        "A" Primary "Licenza elementare" "Primary school";
        "B" LowerSecondary "Licenza media" "Lower secondary school";
        "C" UpperSecondary "Diploma di scuola superiore" "Upper secondary school";
        "D" PostSecondary "Istruzione post secondaria non terziaria" "Post-secondary, non-tertiary";
        "E" Vocational "Diploma di qualifica professionale" "Vocational qualification";
        "F" Ifts "Certificato di specializzazione tecnica superiore (IFTS)" "Higher technical specialisation certificate (IFTS)";
        "G" Its "Diploma di tecnico superiore (ITS)" "Higher technical diploma (ITS)";
        "H" ShortDegree "Laurea a ciclo breve o diploma universitario" "Short-cycle degree";
        "I" Degree "Laurea specialistica, magistrale, vecchio ordinamento o equivalente" "Master's degree or equivalent";
        "J" Master "Master o livello equivalente" "Postgraduate master or equivalent";
        "K" Doctorate "Dottorato o livello equivalente" "Doctorate or equivalent";
        "L" Unknown "Non conosciuto, non fornito o altro" "Not known, not given or other";
    }
    /// AN10: occupation.
    Occupation {
        "A" Employee "Dipendente" "Employee";
        "B" Entrepreneur "Imprenditore" "Entrepreneur";
        "C" Professional "Libero professionista" "Self-employed professional";
        "D" Unemployed "Non occupato" "Not employed";
        "E" Student "Studente o studentessa, in formazione" "Student, in training";
        "F" Homemaker "Casalinga o casalingo" "Homemaker";
        "G" Retired "Persona ritirata dal lavoro o pensionata" "Retired";
        "H" Other "Altro" "Other";
    }
    /// AN11: citizenship.
    Citizenship {
        "A" Italian "Italiana" "Italian";
        "B" Eu "Straniera, Paese dell'Unione europea" "Foreign, European Union";
        "C" NonEu "Straniera, Paese fuori dall'Unione europea" "Foreign, outside the European Union";
    }
    /// SE3: kind of service.
    ServiceKind {
        "A" Individual "Facilitazione individuale" "Individual facilitation";
        "B" Group "Facilitazione di gruppo" "Group facilitation";
        "C" Classroom "Formazione in presenza" "Classroom training";
        "D" Online "Formazione online" "Online training";
        "E" Other "Altro" "Other";
    }
    /// SE4: area of competences.
    Area {
        "A" Information "Alfabetizzazione su informazioni e dati" "Information and data literacy";
        "B" Communication "Comunicazione e collaborazione" "Communication and collaboration";
        "C" Content "Creazione di contenuti digitali" "Digital content creation";
        "D" Safety "Sicurezza" "Safety";
        "E" Problems "Risolvere i problemi tecnici" "Solving technical problems";
    }
    /// SE6: domain of the public digital service.
    PublicDomain {
        "A" AppIo "App IO" "IO app";
        "B" PagoPa "pagoPA" "pagoPA";
        "C" Anpr "Anagrafe nazionale (ANPR)" "National register of residents (ANPR)";
        "D" HealthRecord "Fascicolo sanitario elettronico" "Electronic health record";
        "E" Invoicing "Fatturazione elettronica" "Electronic invoicing";
        "F" Culture "Cultura e turismo" "Culture and tourism";
        "G" Education "Istruzione" "Education";
        "H" Training "Formazione" "Training";
        "I" Sport "Sport" "Sport";
        "J" Employment "Sostegno all'occupazione" "Employment support";
        "K" Business "Commercio e impresa" "Trade and business";
        "L" Welfare "Servizi previdenziali e assistenziali" "Pensions and welfare";
        "M" Health "Servizi sanitari diversi dal fascicolo" "Health services other than the record";
        "N" Tax "Adempimenti fiscali" "Tax duties";
        "O" Fines "Tributi e contravvenzioni" "Local taxes and fines";
        "P" Building "Urbanistica ed edilizia" "Town planning and building";
        "Q" Mobility "Infrastrutture e mobilità" "Infrastructure and mobility";
        "R" Participation "Piattaforme di partecipazione" "Participation platforms";
        "S" None "Nessuna delle precedenti" "None of these";
    }
}

impl ServiceKind {
    /// The name used in the API.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Individual => "individual",
            Self::Group => "group",
            Self::Classroom => "classroom",
            Self::Online => "online",
            Self::Other => "other",
        }
    }

    /// The kind of an API name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.name() == name)
    }
}

impl Area {
    /// The area of a code of SE5.
    #[must_use]
    pub const fn of_competence(code: u8) -> Self {
        match code {
            0..=3 => Self::Information,
            4..=9 => Self::Communication,
            10 => Self::Content,
            11..=12 => Self::Safety,
            _ => Self::Problems,
        }
    }
}

impl AgeBand {
    /// The band of an age in full years; `None` below 14.
    #[must_use]
    pub const fn of_age(years: u8) -> Option<Self> {
        match years {
            0..=13 => None,
            14..=17 => Some(Self::From14To17),
            18..=29 => Some(Self::From18To29),
            30..=54 => Some(Self::From30To54),
            55..=74 => Some(Self::From55To74),
            75.. => Some(Self::From75),
        }
    }
}

/// Where an attendance is on its way to Facilita.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SendState {
    /// Never sent.
    Ready,
    /// In a file; nothing came back yet.
    Sent,
    /// Facilita took it.
    Accepted,
    /// Facilita refused it.
    Rejected,
    /// Refused, and mended since: it goes again.
    Corrected,
    /// Of somebody whose record is gone: never sent, or taken out there by hand.
    Erased,
}

impl SendState {
    /// Every state, in order.
    pub const ALL: [Self; 6] = [
        Self::Ready,
        Self::Sent,
        Self::Accepted,
        Self::Rejected,
        Self::Corrected,
        Self::Erased,
    ];

    /// The name kept in the table and used in the API.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ready => "ready",
            Self::Sent => "sent",
            Self::Accepted => "accepted",
            Self::Rejected => "rejected",
            Self::Corrected => "corrected",
            Self::Erased => "erased",
        }
    }

    /// The state of a name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.name() == name)
    }
}
