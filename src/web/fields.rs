//! The fields of forms.

use minijinja::value::Value;
use time::Date;
use time::macros::format_description;

/// The type of a field that shows this value: one of days or numbers stays empty where somebody wrote
/// something else.
pub(super) fn shown_type(wanted: &str, value: &Value) -> String {
    let written = value.to_string();
    let day = format_description!("[year]-[month]-[day]");
    let shown = match wanted {
        "date" => Date::parse(&written, day).is_ok(),
        "number" => written.parse::<f64>().is_ok(),
        _ => true,
    };
    let kept = shown || written.is_empty();
    if kept { wanted } else { "text" }.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_shows_what_was_written_into_it() {
        let of = |kind, value: &str| shown_type(kind, &Value::from(value));
        assert_eq!(of("date", "2026-11-08"), "date");
        assert_eq!(of("date", ""), "date");
        assert_eq!(of("date", "ieri"), "text");
        assert_eq!(of("number", "30"), "number");
        assert_eq!(of("number", "mezz'ora"), "text");
        assert_eq!(of("email", "nessuno"), "email");
    }
}
