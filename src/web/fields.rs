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
        "date" => written.len() == "2026-11-08".len() && Date::parse(&written, day).is_ok(),
        // What HTML calls a number: neither "+30" nor "inf".
        "number" => {
            written.starts_with(|c: char| c.is_ascii_digit() || c == '-')
                && written.ends_with(|c: char| c.is_ascii_digit())
                && written.parse::<f64>().is_ok()
        }
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
        for other in ["mezz'ora", "inf", "+30", "30.", "-"] {
            assert_eq!(of("number", other), "text", "{other}");
        }
        assert_eq!(of("date", "+2026-01-01"), "text");
        assert_eq!(of("email", "nessuno"), "email");
    }
}
