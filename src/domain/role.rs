//! What a person may do.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A role. A person can have several; a facilitator's is tied to a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Learns, and sees what is theirs.
    Citizen,
    /// Helps citizens at a point.
    Facilitator,
    /// Writes courses.
    Editor,
    /// Answers for a programme's totals.
    Coordinator,
    /// Runs the installation.
    Admin,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 5] = [
        Self::Citizen,
        Self::Facilitator,
        Self::Editor,
        Self::Coordinator,
        Self::Admin,
    ];

    /// The name used in commands, tables and the API.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Citizen => "citizen",
            Self::Facilitator => "facilitator",
            Self::Editor => "editor",
            Self::Coordinator => "coordinator",
            Self::Admin => "admin",
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Role {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        Self::ALL
            .into_iter()
            .find(|role| role.name() == text)
            .ok_or_else(|| format!("no role is called '{text}'"))
    }
}
