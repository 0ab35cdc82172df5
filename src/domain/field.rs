//! A field of a form and what is wrong with it.

use serde::Serialize;

/// A field at fault, and the key of the sentence that says why.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct FieldError {
    /// The field's name in the API and in forms.
    pub field: &'static str,
    /// The key of what a person reads.
    pub key: &'static str,
}

impl FieldError {
    /// A field and a key.
    #[must_use]
    pub const fn new(field: &'static str, key: &'static str) -> Self {
        Self { field, key }
    }
}
