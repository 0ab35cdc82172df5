//! What a record lacks of what the programme's report wants of everybody.
//!
//! Registering asks for a name alone, and whoever is in a hurry goes on; what was given to somebody
//! whose record lacks one of these stands still until it is there. How many of a person's services
//! do is kept with the record (`citizens.held`), so that nobody has to read them all to count them.

use crate::db::entities::citizens;
use crate::domain::facilita::{Citizenship, Education, Occupation};
use crate::domain::table::plain;

/// Something that a record lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lacking {
    /// First or last name is empty.
    Name,
    /// Facilita takes nobody without.
    CodiceFiscale,
    /// AN9.
    Education,
    /// AN10.
    Occupation,
    /// AN11.
    Citizenship,
    /// AN12.
    Province,
}

impl Lacking {
    /// Everything that may be lacking, in the order of the form.
    pub const ALL: [Self; 6] = [
        Self::Name,
        Self::CodiceFiscale,
        Self::Education,
        Self::Occupation,
        Self::Citizenship,
        Self::Province,
    ];

    /// The field of the form, and of [`Details`](super::Details), that it is written in.
    #[must_use]
    pub const fn field(self) -> &'static str {
        match self {
            Self::Name => "last_name",
            Self::CodiceFiscale => "codice_fiscale",
            Self::Education => "education",
            Self::Occupation => "occupation",
            Self::Citizenship => "citizenship",
            Self::Province => "province",
        }
    }
}

/// What is written in a record, as far as the report wants it.
#[derive(Debug, Clone, Copy)]
pub struct WrittenFields<'a> {
    /// AN1.
    pub first_name: &'a str,
    /// AN2.
    pub last_name: &'a str,
    /// Whether there is a codice fiscale.
    pub codice_fiscale: bool,
    /// AN9.
    pub education: Option<Education>,
    /// AN10.
    pub occupation: Option<Occupation>,
    /// AN11.
    pub citizenship: Option<Citizenship>,
    /// AN12.
    pub province: Option<&'a str>,
}

impl WrittenFields<'_> {
    /// What it lacks, in the order of the form.
    #[must_use]
    pub fn lacking(&self) -> Vec<Lacking> {
        let empty = |text: &str| plain(text).is_empty();
        let there = |lacking: &Lacking| match lacking {
            Lacking::Name => !empty(self.first_name) && !empty(self.last_name),
            Lacking::CodiceFiscale => self.codice_fiscale,
            Lacking::Education => self.education.is_some(),
            Lacking::Occupation => self.occupation.is_some(),
            Lacking::Citizenship => self.citizenship.is_some(),
            Lacking::Province => self.province.is_some_and(|text| !empty(text)),
        };
        let all = Lacking::ALL.into_iter();
        all.filter(|lacking| !there(lacking)).collect()
    }
}

impl<'a> From<&'a citizens::Model> for WrittenFields<'a> {
    fn from(row: &'a citizens::Model) -> Self {
        Self {
            first_name: &row.first_name,
            last_name: &row.last_name,
            codice_fiscale: row.cf_sealed.is_some(),
            education: row.education,
            occupation: row.occupation,
            citizenship: row.citizenship,
            province: row.province.as_deref(),
        }
    }
}

impl<'a> From<&'a super::Citizen> for WrittenFields<'a> {
    fn from(citizen: &'a super::Citizen) -> Self {
        Self {
            first_name: &citizen.first_name,
            last_name: &citizen.last_name,
            codice_fiscale: citizen.codice_fiscale.is_some(),
            education: citizen.education,
            occupation: citizen.occupation,
            citizenship: citizen.citizenship,
            province: citizen.province.as_deref(),
        }
    }
}
