//! What proves each counted service of each citizen, and the look-up that auditors have.
//!
//! Reading order: [`Proof`] is what is known of somebody at a service, read by [`mod@read`];
//! [`hashes`] reads an auditor's list; [`first`] finds each one's first service; [`table`] writes
//! tables of both.
//!
//! Facilita keeps the SHA-256 of a codice fiscale without a key or salt, in hexadecimal, and an
//! auditor asks with it. Nothing like it is kept here: there are so few codes that whoever has a
//! table of such hashes has the codes in an afternoon. So the sealed codes are opened, one at a time,
//! for each list. Of a record that is erased the hashes stay, sealed, as long as the programme has to
//! prove what it counted.

pub mod read;
pub mod hashes;
pub mod first;
pub mod table;

use time::{Date, OffsetDateTime};

use crate::domain::facilita::{PublicDomain, SendState, ServiceKind};
use crate::domain::ids::{BatchId, CitizenId, ModuleId, ServiceId};

use super::ledger::CountedAs;
use super::programme::Programme;

/// Somebody at a service: what counted, and why one may believe it.
#[derive(Debug, Clone)]
pub struct Proof {
    /// The service.
    pub service: ServiceId,
    /// Whose.
    pub citizen: CitizenId,
    /// Family name and given name; empty of somebody whose record is erased.
    pub name: String,
    /// What the hash of the codice fiscale is made from.
    pub code: SealedCode,
    /// When the record was erased.
    pub erased: Option<OffsetDateTime>,
    /// The day.
    pub day: Date,
    /// How long.
    pub minutes: i32,
    /// SE3.
    pub kind: ServiceKind,
    /// SE5.
    pub competences: Vec<u8>,
    /// SE6.
    pub domains: Vec<PublicDomain>,
    /// SE7.
    pub title: String,
    /// What it is for the programme's count.
    pub counted: CountedAs,
    /// Where.
    pub place: PlaceOf,
    /// Under which programme.
    pub programme: Programme,
    /// Who gave it.
    pub facilitator: String,
    /// When it was recorded, and by whom: nobody where the program did.
    pub recorded: (OffsetDateTime, Option<String>),
    /// What was learned, where it counts for that.
    pub learned: Option<CompletedModule>,
    /// When the codice fiscale was checked, and who registered the person.
    pub identity: (Option<OffsetDateTime>, String),
    /// On the way to Facilita.
    pub facilita: SendState,
    /// The rows of files for Facilita.
    pub sent: Vec<SentRow>,
    /// When it was voided, by whom, and why: it counts no more.
    pub voided: Option<(OffsetDateTime, Option<String>, String)>,
}

/// A codice fiscale, for whoever may open it.
#[derive(Debug, Clone)]
pub enum SealedCode {
    /// There is none.
    None,
    /// The code, sealed.
    Sealed(Vec<u8>),
    /// Its hashes, sealed: the record is erased.
    Hashes(Vec<u8>),
}

/// A point, as a proof names it.
#[derive(Debug, Clone)]
pub struct PlaceOf {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Where it is.
    pub municipality: String,
    /// Where it is.
    pub province: String,
    /// Where it is.
    pub region: String,
}

/// What somebody completed.
#[derive(Debug, Clone)]
pub struct CompletedModule {
    /// The module.
    pub module: ModuleId,
    /// The revision of its content.
    pub rev: i32,
    /// When.
    pub at: OffsetDateTime,
    /// By which rule.
    pub rule: RuleMet,
    /// Why a facilitator recorded it.
    pub reason: Option<String>,
}

/// The rule by which a module was completed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RuleMet {
    /// A quiz: per cent reached, and asked for.
    Quiz {
        /// Reached.
        score: u8,
        /// Asked for.
        pass: u8,
    },
    /// Every lesson was read.
    Lessons,
    /// A facilitator saw it done.
    Facilitator,
    /// What was kept does not say.
    Unknown,
}

/// A row of a file for Facilita.
#[derive(Debug, Clone)]
pub struct SentRow {
    /// The file.
    pub batch: BatchId,
    /// When it was made.
    pub made_at: OffsetDateTime,
    /// The row's number in it.
    pub number: i32,
    /// What became of it.
    pub state: SendState,
    /// Facilita's words.
    pub note: Option<String>,
}
