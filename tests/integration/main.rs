//! The one test program: journeys through the running application, and what the house rules say.

#![expect(clippy::unwrap_used, reason = "a test stops at a surprise")]

mod content;
mod mutate;
mod html;
mod fuzz;
mod commands;
mod search;
mod database;
mod entities;
mod tidy;
