//! The one test program: journeys through the running application, and what the house rules say.

#![expect(clippy::unwrap_used, reason = "a test stops at a surprise")]

mod administration;
mod commands;
mod compiling;
mod completions;
mod content;
mod database;
mod entities;
mod fuzz;
mod grading;
mod ground;
mod html;
mod ledger;
mod mutate;
mod records;
mod search;
mod tidy;
