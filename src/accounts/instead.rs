//! The card that a new one takes the place of, and why.

use crate::domain::ids::CardId;

/// The card that a new one takes the place of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Instead {
    /// Whichever works.
    Any,
    /// This one, or none; where another works by then, nothing is issued.
    Of(Option<(CardId, ReplacementReason)>),
}

/// Why somebody gets another card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReplacementReason {
    /// It was lost, or somebody else has it.
    Lost,
    /// It cannot be read any more.
    Broken,
    /// The PIN was forgotten, or somebody else knows it.
    Pin,
}

impl ReplacementReason {
    /// Every reason.
    pub const ALL: [Self; 3] = [Self::Lost, Self::Broken, Self::Pin];

    /// As a form and the audit have it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Lost => "lost",
            Self::Broken => "broken",
            Self::Pin => "pin",
        }
    }

    /// The reason of a name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|why| why.name() == name)
    }
}
