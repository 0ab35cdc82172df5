//! The two hashes of a question: of what decides a mark, and of the rest.
//!
//! Every field is written with its length before it, so that no two questions are written alike.

use crate::content::question::{Kind, Question};

/// Of kind, option keys, right set, tolerances and points. A translated text's accepted answers
/// are its language's own: a translation takes over the hash of its original.
pub(super) fn key(question: &Question) -> String {
    let mut fields = Fields::default();
    fields.put(question.kind.name());
    fields.put(&question.points.to_string());
    match &question.kind {
        Kind::One { options, right } => {
            let mut keys: Vec<&str> = options.iter().map(|o| o.key.as_str()).collect();
            keys.sort_unstable();
            fields.all(keys);
            fields.put(right);
        }
        Kind::Many { options, right } => {
            let mut keys: Vec<&str> = options.iter().map(|o| o.key.as_str()).collect();
            keys.sort_unstable();
            fields.all(keys);
            fields.all(right.iter().map(String::as_str).collect());
        }
        Kind::Order { steps } => fields.all(steps.iter().map(|s| s.key.as_str()).collect()),
        Kind::Match { left, right } => {
            for side in [left, right] {
                let mut keys: Vec<&str> = side.iter().map(|cell| cell.key.as_str()).collect();
                keys.sort_unstable();
                fields.all(keys);
            }
        }
        Kind::Number { accepted } => {
            for range in accepted {
                fields.put(&range.min.to_string());
                fields.put(&range.max.to_string());
            }
        }
        Kind::Text { accepted } => {
            for answer in accepted {
                fields.put(&answer.text);
                fields.put(if answer.one_typo { "~" } else { "" });
            }
        }
    }
    fields.hash()
}

/// Of everything people read.
pub(super) fn text(question: &Question) -> String {
    let mut fields = Fields::default();
    fields.put(&question.title_html);
    fields.put(&question.text_html);
    fields.put(question.hint_html.as_deref().unwrap_or(""));
    fields.put(question.explanation_html.as_deref().unwrap_or(""));
    match &question.kind {
        Kind::One { options, .. } | Kind::Many { options, .. } => {
            for option in options {
                fields.put(&option.key);
                fields.put(&option.html);
                fields.put(option.feedback_html.as_deref().unwrap_or(""));
            }
        }
        Kind::Order { steps } => fields.all(steps.iter().map(|s| s.html.as_str()).collect()),
        Kind::Match { left, right } => {
            for cell in left.iter().chain(right) {
                fields.put(&cell.key);
                fields.put(&cell.html);
            }
        }
        Kind::Number { .. } | Kind::Text { .. } => {}
    }
    fields.hash()
}

#[derive(Default)]
struct Fields(Vec<u8>);

impl Fields {
    fn put(&mut self, field: &str) {
        self.0.extend((field.len() as u64).to_le_bytes());
        self.0.extend(field.as_bytes());
    }

    fn all(&mut self, fields: Vec<&str>) {
        self.put(&fields.len().to_string());
        for field in fields {
            self.put(field);
        }
    }

    fn hash(&self) -> String {
        crate::content::short_hash(&self.0)
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_hash_is_sixteen_hex_figures() {
        assert_eq!(crate::content::short_hash(b"").len(), 16);
        assert_eq!(crate::content::short_hash(b""), "e3b0c44298fc1c14");
    }
}
