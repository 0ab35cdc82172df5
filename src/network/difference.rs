//! What a recount finds: where what is kept is not what the ledger says.

use std::fmt;

use crate::domain::ids::{CitizenId, CompletionId, ProgrammeId};

use super::tally::{People, TallyPlace};

/// Something that the ledger does not bear out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Difference {
    /// A tally that is not the ledger's sum: services and citizens, kept and recounted.
    Tally {
        /// Where.
        place: TallyPlace,
        /// What the tally has.
        kept: (i64, i64),
        /// What the ledger has.
        counted: (i64, i64),
    },
    /// A citizen who should be reached and is not, or is and should not be, or by another service.
    Reached {
        /// The programme.
        programme: ProgrammeId,
        /// Who.
        citizen: CitizenId,
        /// What is wrong.
        why: &'static str,
    },
    /// Citizens reached by age and gender that are not as the records say: kept and recounted.
    People {
        /// Among whom.
        people: People,
        /// What the tally has.
        kept: i64,
        /// What ledger and records have.
        counted: i64,
    },
    /// A citizen's completion with neither a service nor a reason.
    Completion(CompletionId),
    /// Services that stand still for a record, none for one that lacks nothing: kept and recounted.
    Held {
        /// Whose.
        citizen: CitizenId,
        /// What the record has.
        kept: Option<i32>,
        /// What the ledger has.
        counted: Option<i32>,
    },
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tally {
                place,
                kept,
                counted,
            } => write!(
                f,
                "point {}, {}, kind {}: the tally has {} services and {} citizens, the ledger {} and {}",
                place.point,
                place.month,
                place.kind.code(),
                kept.0,
                kept.1,
                counted.0,
                counted.1
            ),
            Self::Reached { citizen, why, .. } => write!(f, "citizen {citizen}: {why}"),
            Self::People {
                people,
                kept,
                counted,
            } => write!(
                f,
                "point {}, age {}, gender {}: the tally has {kept} citizens, the records {counted}",
                people.point,
                people.age.code(),
                people.gender.code()
            ),
            Self::Completion(id) => write!(f, "completion {id}: neither a service nor a reason"),
            Self::Held {
                citizen,
                kept,
                counted,
            } => write!(
                f,
                "citizen {citizen}: the record holds up {kept:?} services, the ledger {counted:?}"
            ),
        }
    }
}
