//! Who may enter: sessions, passwords, access cards, roles.
//!
//! Reading order: [`mod@viewer`] is what every request asks ("who is this?"); [`entry`] is how
//! somebody comes in, [`session`] opens and closes, [`open_sessions`] shows them; [`token`] is what a
//! browser keeps; [`password`] and [`card`] are the two ways in, [`strength`] says which passwords
//! are taken, [`tries`] how often a PIN may be tried, [`brought`] what cards have to do with a second
//! point; [`second_factor`] is the code of an app ([`totp`]); [`place`] knows where somebody usually
//! enters from, [`devices`] which browsers are a point's; [`rules`] are an installation's. [`staff`] is who works here, [`links`] how they get and change a password,
//! [`proof`] when they have to show again who they are; [`facilitators`] are those of a point. What a
//! role may do is decided where it is done.

pub mod token;
pub mod password;
pub mod strength;
pub mod totp;
pub mod rules;
pub mod place;
pub mod devices;
pub mod viewer;
pub mod open_sessions;
pub mod entry;
pub mod second_factor;
pub mod session;
mod code;
pub mod tries;
pub mod instead;
mod blank;
pub mod card;
pub mod brought;
pub mod stewardship;
pub mod members;
pub mod staff;
pub mod proof;
pub mod links;
pub mod trail;
mod called;
pub mod facilitators;

use thiserror::Error;
use time::Duration;

use sea_orm::DbErr;

pub use called::called;
pub use entry::{Guest, Screen, Then, WayIn};
pub use session::{Identified, Opened};
pub use token::SigningKey;
pub use viewer::{Grant, Viewer, viewer};

/// Why somebody may not enter. It never tells whether the e-mail or the card exists.
#[derive(Debug, Error)]
pub enum SignInError {
    /// Unknown, disabled, revoked, or the wrong password or PIN.
    #[error("these details do not open anything")]
    Wrong,
    /// Too many wrong tries.
    #[error("too many wrong tries; locked for {wait}")]
    Locked {
        /// For how long.
        wait: Duration,
    },
    /// The password is right; a code of the second factor is needed as well.
    #[error("a code of the second factor is needed")]
    CodeNeeded,
    /// The code is wrong, too old, or was used before.
    #[error("the code is wrong, too old, or was used before")]
    Code,
    /// The password is right; the roles demand a second factor, which is set up in a browser.
    #[error("a second factor has to be set up first")]
    SetUp,
    /// The database's.
    #[error(transparent)]
    Db(#[from] DbErr),
}

/// What the random source or the library of secrets says when it fails, which it does not.
pub(crate) fn no_secret<E>(_: E) -> DbErr {
    DbErr::Custom("the system's random source does not answer".to_owned())
}
