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
mod entities;
mod facilita;
mod forms;
mod fuzz;
mod grading;
mod ground;
mod html;
mod key;
mod learning;
mod ledger;
mod mutate;
mod network;
mod office;
mod pages;
mod people;
mod process;
mod records;
mod rush;
mod sample;
mod scripts;
mod search;
mod reports;
mod rights;
mod secrecy;
mod services;
mod sheets;
mod tables;
mod words;
mod tidy;
