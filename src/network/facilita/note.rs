//! What Facilita's refusals mean, and where they are put right.
//!
//! Its page and its server write sentences, and word them anew now and then; they are recognised by
//! the words that carry the meaning. A sentence that is not recognised is kept and shown as it is.

use super::Mend;

/// A refusal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NoteKind {
    /// The citizen is on the service already: nothing is missing there.
    Present,
    /// The facilitator is not in Facilita.
    Facilitator,
    /// The site is not in Facilita.
    Site,
    /// Facilitator or site do not belong to the project.
    Unassigned,
    /// The project is not in Facilita.
    Project,
    /// A field that is needed is empty.
    Empty,
    /// The codice fiscale is not sound.
    Code,
    /// Too young.
    Minor,
    /// The day is not one of the project's.
    Outside,
    /// The day is after the last one that Facilita takes now.
    Late,
    /// A day or a duration in another form.
    Form,
    /// A code that is not in its list.
    Value,
    /// Something about the service.
    Service,
    /// Something about the citizen.
    Citizen,
    /// Something about the questionnaire.
    Questionnaire,
    /// A sentence that is not known.
    Unknown,
}

/// A refusal has all the words of one of the lines; the first that fits is meant.
const WORDS: [(NoteKind, &[&[&str]]); 15] = [
    (
        NoteKind::Present,
        &[
            &["cittadino", "gia", "present"],
            &["cittadino", "gia", "esistent"],
        ],
    ),
    (
        NoteKind::Unassigned,
        &[
            &["non sono associat"],
            &["non e associat"],
            &["non associat"],
        ],
    ),
    (NoteKind::Facilitator, &[&["facilitatore non"]]),
    (NoteKind::Site, &[&["sede non"]]),
    (NoteKind::Project, &[&["progetto non"]]),
    (NoteKind::Empty, &[&["obbligator"], &["vuot"]]),
    (
        NoteKind::Code,
        &[
            &["codice fiscale", "valido"],
            &["codice fiscale", "invalid"],
            &["codice fiscale", "errat"],
            &["cf", "invalid"],
            &["cf", "valido"],
        ],
    ),
    (
        NoteKind::Minor,
        &[&["maggiorenn"], &["minorenn"], &["almeno 14"]],
    ),
    (
        NoteKind::Form,
        &[&["formato"], &["durata", "errat"], &["data", "non valida"]],
    ),
    (
        NoteKind::Late,
        &[
            &["data", "oltre"],
            &["data", "limite"],
            &["data", "successiv"],
            &["data", "superiore"],
        ],
    ),
    (
        NoteKind::Outside,
        &[&["data", "progetto"], &["fuori progetto"]],
    ),
    (
        NoteKind::Value,
        &[
            &["ammess"],
            &["consentit"],
            &["non riconosciut"],
            &["spazi"],
        ],
    ),
    (NoteKind::Service, &[&["dati del servizio"]]),
    (NoteKind::Citizen, &[&["dati del cittadino"]]),
    (NoteKind::Questionnaire, &[&["questionario"]]),
];

impl NoteKind {
    /// Every refusal.
    pub const ALL: [Self; 16] = [
        Self::Present,
        Self::Facilitator,
        Self::Site,
        Self::Unassigned,
        Self::Project,
        Self::Empty,
        Self::Code,
        Self::Minor,
        Self::Outside,
        Self::Late,
        Self::Form,
        Self::Value,
        Self::Service,
        Self::Citizen,
        Self::Questionnaire,
        Self::Unknown,
    ];

    /// What a note says.
    #[must_use]
    pub fn of(note: &str) -> Self {
        let note = folded(note);
        let says = |lines: &[&[&str]]| {
            let mut lines = lines.iter();
            lines.any(|words| words.iter().all(|word| note.contains(word)))
        };
        let found = WORDS.iter().find(|(_, lines)| says(lines));
        found.map_or(Self::Unknown, |(kind, _)| *kind)
    }

    /// `facilita-repair-` and this is the key of what to do.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Present => "present",
            Self::Facilitator => "facilitator",
            Self::Site => "site",
            Self::Unassigned => "unassigned",
            Self::Project => "project",
            Self::Empty => "empty",
            Self::Code => "code",
            Self::Minor => "minor",
            Self::Outside => "outside",
            Self::Late => "late",
            Self::Form => "form",
            Self::Value => "value",
            Self::Service => "service",
            Self::Citizen => "citizen",
            Self::Questionnaire => "questionnaire",
            Self::Unknown => "unknown",
        }
    }

    /// Where it is put right: of a field, where the field is kept.
    #[must_use]
    pub fn mend(self, note: &str) -> Mend {
        match self {
            Self::Empty | Self::Value | Self::Form => field(note),
            Self::Facilitator => Mend::Facilitator,
            Self::Site => Mend::Point,
            Self::Project => Mend::Programme,
            Self::Code | Self::Minor | Self::Citizen => Mend::Citizen,
            Self::Outside | Self::Service => Mend::Service,
            Self::Present | Self::Unassigned | Self::Late | Self::Questionnaire | Self::Unknown => {
                Mend::Facilita
            }
        }
    }
}

/// Where the first field is kept that a note names.
fn field(note: &str) -> Mend {
    let words = note.split(|c: char| !c.is_alphanumeric());
    let kept = words.filter_map(|word| match word {
        "IDFacilitatore" | "NominativoFacilitatore" => Some(Mend::Facilitator),
        "IDSede" | "NominativoSede" => Some(Mend::Point),
        _ if word.starts_with("AN") => Some(Mend::Citizen),
        _ if word.starts_with("SE") => Some(Mend::Service),
        "data" | "durata" => Some(Mend::Service),
        _ => None,
    });
    kept.into_iter().next().unwrap_or(Mend::Citizen)
}

/// Lower case, without accents and apostrophes, single spaces.
fn folded(text: &str) -> String {
    let plain: String = text
        .to_lowercase()
        .chars()
        .map(|c| match c {
            'à' | 'á' => 'a',
            'è' | 'é' => 'e',
            'ì' | 'í' => 'i',
            'ò' | 'ó' => 'o',
            'ù' | 'ú' => 'u',
            c if c.is_alphanumeric() => c,
            '\'' | '’' | '`' => '\u{0}',
            _ => ' ',
        })
        .filter(|c| *c != '\u{0}')
        .collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}
