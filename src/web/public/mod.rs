//! What everybody may read about the service: points, totals, its interface, how it is kept.

pub mod about;
pub mod developers;
pub mod developers_page;
pub mod health;
pub mod machines;
pub mod offline;
pub mod open_data_page;
pub mod points;
pub mod points_page;
pub mod style;
pub mod totals;
pub mod totals_page;
pub mod totals_points;
