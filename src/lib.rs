//! Autonomia: the third service of Italy's network of digital facilitation, online training by
//! autonomous access to the materials.
//!
//! Data goes three ways through this crate, and the modules below stand in that order. A module
//! imports only from those before it.
//!
//! 1. **From Markdown to a page.** [`content`] turns a folder into a [`content::Catalogue`] and
//!    complaints; [`search`] indexes it; [`web`] renders its pages and swaps all of it in at once.
//! 2. **From an answer to the network's total.** [`web`] finds the learner ([`accounts`]);
//!    [`learning`] has the catalogue's question grade the answer; one transaction of [`db`] writes
//!    answer, attempt and completion and has [`network`] record one service.
//! 3. **From the ledger to Facilita**, the national monitoring platform: [`network`] again.

pub mod domain;
pub mod content;
pub mod search;
pub mod db;
pub mod citizens;
pub mod accounts;
pub mod network;
pub mod learning;
pub mod sample;
pub mod web;
pub mod cli;
