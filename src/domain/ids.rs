//! Identifiers: one type for each kind of thing, so that two of them cannot be mixed up.
//!
//! People and records have UUIDv7 (they sort by the time they were made); content has permanent
//! strings that an editor chose.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use thiserror::Error;
use uuid::Uuid;

/// A content id that does not follow `^[a-z][a-z0-9-]{2,39}$`.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("an id has 3 to 40 characters, a-z, 0-9 and -, and begins with a letter")]
pub struct InvalidId;

/// Tells whether a text follows `^[a-z][a-z0-9-]{2,39}$`, the form of every content id.
#[must_use]
pub fn is_content_id(text: &str) -> bool {
    (3..=40).contains(&text.len())
        && text.starts_with(|c: char| c.is_ascii_lowercase())
        && text
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

macro_rules! content_id {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Arc<str>);

        impl $name {
            /// Accepts `^[a-z][a-z0-9-]{2,39}$`.
            ///
            /// # Errors
            /// [`InvalidId`] for anything else.
            pub fn parse(text: &str) -> Result<Self, InvalidId> {
                if is_content_id(text) { Ok(Self(text.into())) } else { Err(InvalidId) }
            }

            /// The id as written by the editor.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl FromStr for $name {
            type Err = InvalidId;
            fn from_str(text: &str) -> Result<Self, InvalidId> {
                Self::parse(text)
            }
        }

        impl std::borrow::Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                Self::parse(&text).map_err(serde::de::Error::custom)
            }
        }
    )*};
}

content_id! {
    /// A module of the catalogue; the key of everything learned in it.
    ModuleId;
    /// A lesson, unique within its module.
    LessonId;
    /// A question, unique within its module.
    QuestionId;
    /// A learning path of `paths.toml`.
    PathId;
}

macro_rules! record_id {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
        )]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl $name {
            /// A new id, later in order than every id made before it.
            #[must_use]
            #[expect(clippy::new_without_default, reason = "a default id would be a surprise")]
            pub fn new() -> Self {
                Self(Uuid::now_v7())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, uuid::Error> {
                Uuid::parse_str(text).map(Self)
            }
        }
    )*};
}

record_id! {
    /// Someone who learns: a guest without a name, or a citizen.
    LearnerId;
    /// A person in the citizen records.
    CitizenId;
    /// A member of the staff who may enter.
    AccountId;
    /// One sign-in, until it ends.
    SessionId;
    /// A citizen's access card.
    CardId;
    /// A programme of the network, with its targets.
    ProgrammeId;
    /// A point of the network.
    PointId;
    /// An entry of the ledger.
    ServiceId;
    /// A try at a module's quiz.
    AttemptId;
    /// The first time a learner completed a module.
    CompletionId;
    /// What somebody reports of a page.
    ReportId;
    /// That a notice was given, or a consent.
    ConsentId;
    /// Two records of one person, made one.
    MergeId;
    /// Citizens of a point who learn together.
    GroupId;
    /// Something given to learn.
    AssignmentId;
    /// A citizen's question to the facilitator.
    HelpRequestId;
    /// What a citizen asks their point to correct.
    CorrectionId;
    /// A file for Facilita.
    BatchId;
    /// A guest's learning, taken over by a person.
    TakeoverId;
    /// A tablet or computer of a point.
    PointDeviceId;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_content_id_is_short_lower_case_and_begins_with_a_letter() {
        for good in ["spid", "a-1", "prenotare-salute", &"x".repeat(40)] {
            assert!(ModuleId::parse(good).is_ok(), "{good}");
        }
        for bad in [
            "",
            "ab",
            "1ab",
            "Spid",
            "sp_id",
            "spìd",
            "-ab",
            &"x".repeat(41),
        ] {
            assert_eq!(ModuleId::parse(bad), Err(InvalidId), "{bad}");
        }
    }
}
