//! What is a person's own: their path, their data, their certificate, their day.

pub mod certificate;
pub mod data;
pub mod data_forms;
pub mod data_page;
pub mod data_parts;
pub mod day;
pub mod next_step;
pub mod path;
pub mod style;
