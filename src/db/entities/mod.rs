//! The tables as the program sees them, one file each.
//!
//! The columns have the names of the trade; a file says only what a name does not. A test compares
//! every one of them with the migrated tables.

#![expect(
    missing_docs,
    reason = "columns and what the macros make of them speak for themselves"
)]

use sea_orm::{ColumnTrait, EntityTrait, Iden, Iterable};

pub mod programmes;
pub mod programme_targets;
pub mod points;
pub mod accounts;
pub mod account_roles;
pub mod account_links;
pub mod citizens;
pub mod citizen_points;
pub mod cards;
pub mod card_tries;
pub mod address_tries;
pub mod limits;
pub mod codes_written;
pub mod learners;
pub mod sessions;
pub mod audit;
pub mod audit_head;
pub mod audit_checkpoints;
pub mod lesson_reads;
pub mod question_snapshots;
pub mod attempts;
pub mod answers;
pub mod completions;
pub mod services;
pub mod attendances;
pub mod citizens_reached;
pub mod tallies;
pub mod reports;
pub mod consents;
pub mod merges;
pub mod groups;
pub mod group_members;
pub mod assignments;
pub mod help_requests;
pub mod facilita_batches;
pub mod facilita_rows;
pub mod people_tallies;
pub mod installation;
pub mod retention;
pub mod door_rules;
pub mod second_factors;
pub mod recovery_codes;
pub mod account_places;
pub mod password_requests;
pub mod takeovers;
pub mod point_devices;
pub mod kept_attendances;
pub mod kept_digests;
pub mod corrections;
pub mod certificates;
pub mod programme_retention;
pub mod open_data_editions;
pub mod missed_searches;

/// The columns of a table, as its entity has them: name, and whether it may be empty.
pub type TableShape = (&'static str, Vec<(String, bool)>);

/// Every table's shape, for the comparison with the database.
#[must_use]
pub fn shapes() -> Vec<TableShape> {
    fn shape<E: EntityTrait>(name: &'static str, _: E) -> TableShape {
        let columns = E::Column::iter()
            .map(|column| (column.to_string(), column.def().is_null()))
            .collect();
        (name, columns)
    }
    vec![
        shape("programmes", programmes::Entity),
        shape("programme_targets", programme_targets::Entity),
        shape("points", points::Entity),
        shape("accounts", accounts::Entity),
        shape("account_roles", account_roles::Entity),
        shape("account_links", account_links::Entity),
        shape("citizens", citizens::Entity),
        shape("citizen_points", citizen_points::Entity),
        shape("cards", cards::Entity),
        shape("card_tries", card_tries::Entity),
        shape("address_tries", address_tries::Entity),
        shape("limits", limits::Entity),
        shape("codes_written", codes_written::Entity),
        shape("learners", learners::Entity),
        shape("sessions", sessions::Entity),
        shape("audit", audit::Entity),
        shape("audit_head", audit_head::Entity),
        shape("audit_checkpoints", audit_checkpoints::Entity),
        shape("lesson_reads", lesson_reads::Entity),
        shape("question_snapshots", question_snapshots::Entity),
        shape("attempts", attempts::Entity),
        shape("answers", answers::Entity),
        shape("completions", completions::Entity),
        shape("services", services::Entity),
        shape("attendances", attendances::Entity),
        shape("citizens_reached", citizens_reached::Entity),
        shape("tallies", tallies::Entity),
        shape("reports", reports::Entity),
        shape("missed_searches", missed_searches::Entity),
        shape("consents", consents::Entity),
        shape("merges", merges::Entity),
        shape("groups", groups::Entity),
        shape("group_members", group_members::Entity),
        shape("assignments", assignments::Entity),
        shape("help_requests", help_requests::Entity),
        shape("facilita_batches", facilita_batches::Entity),
        shape("facilita_rows", facilita_rows::Entity),
        shape("people_tallies", people_tallies::Entity),
        shape("installation", installation::Entity),
        shape("retention", retention::Entity),
        shape("door_rules", door_rules::Entity),
        shape("second_factors", second_factors::Entity),
        shape("recovery_codes", recovery_codes::Entity),
        shape("account_places", account_places::Entity),
        shape("password_requests", password_requests::Entity),
        shape("takeovers", takeovers::Entity),
        shape("point_devices", point_devices::Entity),
        shape("kept_attendances", kept_attendances::Entity),
        shape("kept_digests", kept_digests::Entity),
        shape("corrections", corrections::Entity),
        shape("certificates", certificates::Entity),
        shape("programme_retention", programme_retention::Entity),
        shape("open_data_editions", open_data_editions::Entity),
    ]
}
