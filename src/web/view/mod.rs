//! What the templates are given: one value for each page.
//!
//! Entities and catalogue values never reach a template; a view holds texts and addresses, ready
//! to be written.

pub mod chrome;
pub mod desk;
pub mod error;
pub mod catalogue;
pub mod question;
pub mod report;
pub mod module;
pub mod practice;
pub mod quiz;
pub mod search;
pub mod sheet;
pub mod enter;
pub mod mine;
pub mod point;
pub mod chart;
pub mod totals;
pub mod network;
