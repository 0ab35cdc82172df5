//! The interface for programs, `/api/v1`: the same services as the pages, as JSON.
//!
//! A file for each thing; a handler extracts, calls one service and shows. [`view`] and the structs
//! beside the handlers are the shapes that outside systems rely on; [`openapi`] describes them.

mod schema;
pub mod view;
pub mod guests;
pub mod sessions;
pub mod modules;
pub mod search;
pub mod attempts;
pub mod me;
pub mod citizens;
pub mod records;
pub mod groups;
pub mod assignments;
pub mod services;
pub mod facilita;
pub mod totals;
pub mod openapi;
