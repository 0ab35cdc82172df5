//! The one test program: journeys through the running application, and what the house rules say.

// The future of a test holds those of whole requests, one within the other.
#![recursion_limit = "256"]
#![expect(clippy::unwrap_used, reason = "a test stops at a surprise")]
#![expect(clippy::print_stdout, reason = "figures are to be seen")]
#![expect(
    clippy::print_stderr,
    reason = "what a process said is seen where its test fails"
)]

mod access;
mod actor;
mod administration;
mod answers;
mod arrivals;
mod app;
mod assignments;
mod asvs;
mod at_once;
mod audit;
mod bounds;
mod browser;
mod commands;
mod compiling;
mod completions;
mod concurrency;
mod content;
mod corrections;
mod counted;
mod counting;
mod courses;
mod crash;
mod database;
mod desk_people;
mod doors;
mod desk;
mod disclosure;
mod document;
mod entities;
mod evidence;
mod facilita;
mod faults;
mod following;
mod forms;
mod fuzz;
mod grading;
mod ground;
mod groups;
mod html;
mod import_files;
mod importing;
mod journey;
mod keeping;
mod keeping_home;
mod kept_lists;
mod key;
mod learning;
mod left_out;
mod lists;
mod log;
mod ledger;
mod merging;
mod missed;
mod nearly;
mod mutate;
mod network;
mod office;
mod outside;
mod own;
mod questions;
mod names;
mod networks;
mod open_data;
mod open_data_days;
mod teachers;
mod third_visit;
mod today;
mod toml;
mod pages;
mod people;
mod pins;
mod pin_answers;
mod port;
mod process;
mod quiet;
mod readme;
mod records;
mod regions;
mod rush;
mod sample;
mod scripts;
mod search;
mod reports;
mod rights;
mod safe;
mod secrecy;
mod services;
mod sheets;
mod shell;
mod terminal;
mod tables;
mod twice;
mod staff_doors;
mod standing;
mod stuck;
mod totals;
mod unknown_codes;
mod unknown_fields;
mod whose;
mod words;
mod tidy;
