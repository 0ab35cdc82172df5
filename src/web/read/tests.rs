#![expect(clippy::unwrap_used, reason = "a test stops at a surprise")]

use super::*;
use crate::domain::locale::Lang;
use serde::Deserialize;

const CODE: &str = "RSSMRA80A01H501U";

#[derive(Debug, Deserialize)]
#[expect(dead_code, reason = "only read")]
struct Whole {
    #[serde(default)]
    notice: bool,
    #[serde(default)]
    minutes: u16,
    #[serde(default)]
    citizens: Vec<uuid::Uuid>,
    #[serde(flatten)]
    rest: Rest,
}

#[derive(Debug, Deserialize)]
#[expect(dead_code, reason = "only read")]
struct Rest {
    first_name: String,
    #[serde(default)]
    kind: Option<Kind>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Group,
}

fn complaint(text: &str) -> String {
    let error = json::<Whole>(text.as_bytes()).unwrap_err();
    let problem = serde_json::to_string(&error.problem(Lang::En)).unwrap();
    assert!(
        !problem.contains("RSSMRA") && !problem.contains("rssmra"),
        "{problem}"
    );
    format!("{:?}", error)
}

#[test]
fn a_complaint_names_the_field_and_never_the_value() {
    for (text, field, key) in [
        (
            format!(r#"{{"first_name":"x","notice":"{CODE}"}}"#),
            "notice",
            "expected-boolean",
        ),
        (
            format!(r#"{{"first_name":"x","minutes":"{CODE}"}}"#),
            "minutes",
            "expected-number",
        ),
        (
            format!(r#"{{"first_name":"x","kind":"{CODE}"}}"#),
            "kind",
            "expected-choice",
        ),
        (
            r#"{"first_name":7}"#.to_owned(),
            "first_name",
            "expected-text",
        ),
        (
            r#"{"notice":true}"#.to_owned(),
            "first_name",
            "expected-missing",
        ),
        (
            r#"{"first_name":"x","minutes":-1}"#.to_owned(),
            "minutes",
            "expected-number",
        ),
    ] {
        let said = complaint(&text);
        assert!(
            said.contains(key) && said.contains(&format!("{field:?}")),
            "{text}: {said}"
        );
    }
    let said = complaint(&format!(r#"{{"first_name":"x","citizens":["{CODE}"]}}"#));
    assert!(said.contains("citizens"), "{said}");
    let broken = complaint(&format!("{{\"first_name\": {CODE}"));
    assert!(broken.contains("Syntax"), "{broken}");
    complaint(&format!("\"{CODE}\""));
}

#[test]
fn a_name_that_somebody_made_up_is_not_repeated() {
    assert_eq!(field("given.rssmra80a01h501u"), Some("given".to_owned()));
    for other in ["firstName", "telefono2", "città", "cf1"] {
        assert_eq!(field(other), Some(other.to_owned()));
    }
    assert_eq!(field("Bianchettinelli"), None);
    assert_eq!(
        field("given.eyJhbGciOiJIUzI1NiJ9"),
        Some("given".to_owned())
    );
    assert_eq!(field("."), None);
    assert_eq!(field("citizens[3]"), Some("citizens[3]".to_owned()));
}

#[test]
fn forms_and_queries_say_as_much() {
    #[derive(Debug, Deserialize)]
    #[expect(dead_code, reason = "only read")]
    struct Fields {
        minutes: u16,
    }
    let said = |text: &str| format!("{:?}", pairs::<Fields>(text.as_bytes(), false).unwrap_err());
    let wrong = said(&format!("minutes={CODE}"));
    assert!(
        wrong.contains("minutes") && wrong.contains("expected-number"),
        "{wrong}"
    );
    assert!(!wrong.contains(CODE));
    assert!(said("").contains("expected-missing"));
}
