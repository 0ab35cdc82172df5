//! The one test program: journeys through the running application, and what the house rules say.

#![expect(clippy::unwrap_used, reason = "a test stops at a surprise")]

mod actor;
mod administration;
mod app;
mod browser;
mod commands;
mod compiling;
mod completions;
mod concurrency;
mod content;
mod counting;
mod crash;
mod database;
mod disclosure;
mod entities;
mod forms;
mod fuzz;
mod grading;
mod ground;
mod html;
mod key;
mod learning;
mod ledger;
mod mutate;
mod networks;
mod open_data;
mod pages;
mod people;
mod records;
mod scripts;
mod search;
mod reports;
mod secrecy;
mod sheets;
mod speed;
mod totals;
mod words;
mod tidy;
