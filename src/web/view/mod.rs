//! What the templates are given: one value for each page.
//!
//! Entities and catalogue values never reach a template; a view holds texts and addresses, ready
//! to be written.

pub mod chrome;
pub mod list;
pub mod assign;
pub mod desk;
pub mod group;
pub mod help;
pub mod stuck;
pub mod error;
pub mod gone;
pub mod filters;
pub mod catalogue;
pub mod question;
pub mod report;
pub mod module;
pub mod course;
pub mod machines;
pub mod developers;
pub mod practice;
pub mod quiz;
pub mod refused;
pub mod result;
pub mod review;
pub mod search;
pub mod missed;
pub mod sheet;
pub mod enter;
pub mod whose;
pub mod devices;
pub mod access;
pub mod account;
pub mod administration;
pub mod next;
pub mod mine;
pub mod trail;
pub mod my_day;
pub mod own;
pub mod own_forms;
mod own_parts;
pub mod certificate;
pub mod erasing;
pub mod point;
pub mod services;
pub mod services_list;
pub mod draft;
pub mod service_form;
pub mod points;
pub mod network_points;
pub mod points_list;
pub mod programmes;
pub mod citizen;
pub mod history;
pub mod brought;
pub mod arrival;
pub mod citizen_form;
pub mod card;
pub mod merge;
pub mod import;
pub mod incomplete;
pub mod totals;
pub mod open_data;
pub mod totals_points;
pub mod evidence;
pub mod look_up;
pub mod facilita;
pub mod facilita_file;
pub mod chart;
pub mod network;

/// An address without its scheme, for those who type it.
fn typed(address: &str) -> String {
    address.rsplit("//").next().unwrap_or(address).to_owned()
}
