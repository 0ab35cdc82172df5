//! The right answers, read from the sources as an examiner would: the application never tells.

use autonomia::content::question::{Kind, Question};
use serde_json::{Value, json};

/// The right answer to a question as it was shown.
pub(crate) fn right(question: &Question, shown: &Value) -> Value {
    let key_of = |list: &str, html: &str| {
        let options = shown[list].as_array().unwrap();
        let found = options.iter().find(|option| option["html"] == html);
        found.unwrap_or_else(|| panic!("{html} is not shown: {shown}"))["key"].clone()
    };
    match &question.kind {
        Kind::One { right, .. } => json!(right),
        Kind::Many { right, .. } => json!(right),
        Kind::Order { steps } => steps
            .iter()
            .map(|step| key_of("options", &step.html))
            .collect(),
        Kind::Match { left, right } => {
            let pair = |key: &str| right.iter().find(|cell| cell.key == key).unwrap();
            let pairs = left.iter().map(|cell| {
                let left = key_of("options", &cell.html);
                (
                    left.as_str().unwrap().to_owned(),
                    key_of("right_options", &pair(&cell.key).html),
                )
            });
            Value::Object(pairs.collect())
        }
        Kind::Number { accepted } => json!(accepted[0].min.to_string()),
        Kind::Text { accepted } => json!(accepted[0].text),
    }
}

/// A wrong answer that the question accepts as an answer.
pub(crate) fn wrong(question: &Question, shown: &Value) -> Value {
    match &question.kind {
        Kind::One { options, right } => {
            json!(
                options
                    .iter()
                    .find(|option| option.key != *right)
                    .unwrap()
                    .key
            )
        }
        Kind::Many { options, right } => match options.iter().find(|one| !right.contains(&one.key))
        {
            Some(option) => json!([option.key]),
            None => json!([options[0].key]),
        },
        Kind::Order { .. } => {
            let Value::Array(mut keys) = right(question, shown) else {
                unreachable!()
            };
            keys.reverse();
            Value::Array(keys)
        }
        Kind::Match { .. } => {
            let Value::Object(pairs) = right(question, shown) else {
                unreachable!()
            };
            let mut values: Vec<Value> = pairs.values().cloned().collect();
            values.rotate_left(1);
            Value::Object(pairs.keys().cloned().zip(values).collect())
        }
        Kind::Number { .. } => json!("-98765"),
        Kind::Text { .. } => json!("zzzz zzzz"),
    }
}
