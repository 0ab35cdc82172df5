//! What the hash of a row is made of.
//!
//! SHA-256 of the hash before, and of the row: a byte for this form, the sequence number and the
//! microseconds since 1970 as 64 bits each, most significant byte first, then each text with a byte
//! that says whether there is one and its length in 32 bits. Lengths keep two rows from being the
//! same bytes. The hash before the first row is 32 zero bytes.
//!
//! Migration 12, which chained the rows of before, has the same form; another form gets another
//! first byte.

use aws_lc_rs::digest::{Context, SHA256};

use crate::db::entities::audit;

/// The form of what is hashed.
const FORM: u8 = 1;

/// The hash before the first row.
pub const BEGINNING: [u8; 32] = [0; 32];

/// The hash of a row after another.
#[must_use]
pub fn hash(previous: &[u8], row: &audit::Model) -> Vec<u8> {
    let mut context = Context::new(&SHA256);
    context.update(&[FORM]);
    context.update(previous);
    context.update(&row.sequence.to_be_bytes());
    let micros = row.at.unix_timestamp_nanos() / 1_000;
    let micros = i64::try_from(micros).unwrap_or(i64::MAX);
    context.update(&micros.to_be_bytes());
    let mut text = |text: Option<&str>| {
        let (there, text) = match text {
            Some(text) => (1, text),
            None => (0, ""),
        };
        let length = u32::try_from(text.len()).unwrap_or(u32::MAX);
        context.update(&[there]);
        context.update(&length.to_be_bytes());
        context.update(text.as_bytes());
    };
    let id = |id: Option<uuid::Uuid>| id.map(|id| id.to_string());
    text(Some(&row.day.to_string()));
    text(id(row.account_id.map(|id| id.0)).as_deref());
    text(row.role.as_ref().map(|role| role.name()));
    text(Some(&row.through));
    text(id(row.session_id.map(|id| id.0)).as_deref());
    text(id(row.point_id.map(|id| id.0)).as_deref());
    text(Some(&row.action));
    text(Some(&row.subject_kind));
    text(Some(&row.subject_id));
    text(Some(&row.detail));
    context.finish().as_ref().to_vec()
}
