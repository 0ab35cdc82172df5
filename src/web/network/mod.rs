//! The coordinator's room: points, programmes, Facilita, evidence.

pub mod acts;
pub mod evidence;
pub mod evidence_page;
pub mod facilita;
pub mod facilita_file;
pub mod facilita_page;
pub mod look_up;
pub mod overview;
pub mod point;
pub mod point_page;
pub mod points_list;
pub mod programmes;
pub mod reports;
