//! Entering and leaving: password, card, second factor, and whose it was what was done before.

pub mod access;
pub mod access_page;
pub mod account_page;
pub mod card;
pub mod devices;
pub mod enter;
pub mod enter_page;
pub mod password;
pub mod whose;
