//! The administrator's room: accounts.

pub mod account;
pub mod account_page;
pub mod accounts;
