//! How somebody comes in: on what, and who was here before them.

use crate::domain::ids::{CardId, LearnerId, SessionId};

/// What a session is opened on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Screen {
    /// A program, which holds its token itself: nobody leaves it open on a desk.
    #[default]
    Program,
    /// A browser that others use too.
    Shared,
    /// A browser of one person.
    Own,
}

/// Who was here without a name, until somebody entered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Guest {
    /// Under whom what they did is kept.
    pub learner: LearnerId,
    /// The session that their browser had last, which may be over.
    pub session: Option<SessionId>,
    /// What becomes of it.
    pub then: Then,
}

/// What becomes of a guest's progress when somebody enters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Then {
    /// Whoever entered is asked whether it is theirs. Until they say so it is nobody's.
    Ask,
    /// A program sent the guest's own token: that is the answer.
    Take,
    /// On a device of a point it is never anybody's.
    Leave,
}

/// How somebody comes in.
#[derive(Debug, Clone, Default)]
pub struct WayIn {
    /// Who was here without a name until now.
    pub guest: Option<Guest>,
    /// The session of a known person in the same browser: it ends.
    pub replaces: Option<SessionId>,
    /// What the session is opened on.
    pub screen: Screen,
    /// A coarse word for the device.
    pub device: String,
    /// The card that opens it.
    pub card: Option<CardId>,
    /// Where from, as [`place`](super::place::place) tells it; for the staff.
    pub place: Option<Vec<u8>>,
}
