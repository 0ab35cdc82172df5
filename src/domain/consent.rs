//! What a person is told, and what they agree to.

/// A notice or a consent. Each has versions: the day of its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ConsentKind {
    /// The notice on how data are used (GDPR, article 13): given, not asked for.
    Notice,
    /// That the point may write or call.
    Contact,
}

impl ConsentKind {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Notice, Self::Contact];

    /// The name kept in the table.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Notice => "notice",
            Self::Contact => "contact",
        }
    }

    /// The version of the text in force: the day it was written. A text that changes gets a new
    /// day, and is told or asked again.
    #[must_use]
    pub const fn version(self) -> &'static str {
        match self {
            Self::Notice => "2026-11-29",
            Self::Contact => "2026-11-22",
        }
    }

    /// The kind of a name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}
