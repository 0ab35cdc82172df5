//! Why the program itself voids a service. Whatever a person writes is a reason too; what the program
//! writes is kept as a key, so that each reads it in their language.

/// A reason of the program's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VoidReason {
    /// What was taken over from a guest was given back.
    GivenBack,
    /// Two records were merged and parted again.
    MergeUndone,
}

impl VoidReason {
    /// Every reason.
    pub const ALL: [Self; 2] = [Self::GivenBack, Self::MergeUndone];

    /// As the ledger keeps it, and the key of its words.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::GivenBack => "void-given-back",
            Self::MergeUndone => "void-merge-undone",
        }
    }

    /// The reason that a stored text is, if the program wrote it. Entries before there were keys have
    /// a sentence.
    #[must_use]
    pub fn of(text: &str) -> Option<Self> {
        match text {
            "learned by somebody else on the same device, and given back" => Some(Self::GivenBack),
            "two records of one person were merged and parted again" => Some(Self::MergeUndone),
            _ => Self::ALL.into_iter().find(|reason| reason.key() == text),
        }
    }
}
