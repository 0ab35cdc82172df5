//! What went wrong, in one line without what libraries leave in it.

/// What `sea-orm` and `sqlx` put before a text that says the same.
const LEFTOVERS: [&str; 8] = [
    "Custom Error: ",
    "Connection Error: ",
    "Execution Error: ",
    "Query Error: ",
    "Migration Error: ",
    "error returned from database: ",
    "error communicating with database: ",
    "error occurred while attempting to establish a TLS connection: ",
];

/// What libraries say of a value that cannot be read, and what a person can do about it.
const IN_OTHER_WORDS: [(&str, &str); 5] = [
    ("invalid digit found in string", "write a whole number"),
    (
        "cannot parse integer from empty string",
        "write a whole number",
    ),
    (
        "number too large to fit in target type",
        "the number is too large",
    ),
    (
        "number too small to fit in target type",
        "the number is too small",
    ),
    (
        "provided string was not `true` or `false`",
        "write yes or no",
    ),
];

/// The error and its causes, joined by colons.
pub(super) fn one_line(error: &anyhow::Error) -> String {
    let mut line = String::new();
    for cause in error.chain() {
        let text = plain(&cause.to_string());
        // Many errors repeat their cause.
        if text.is_empty() || line.contains(&text) {
            continue;
        }
        if !line.is_empty() {
            line.push_str(": ");
        }
        line.push_str(&text);
    }
    line
}

/// What clap has to say, without the usage below it.
pub(super) fn usage(error: &clap::Error) -> String {
    let text = error.render().to_string();
    let mut parts = text
        .split("\n\n")
        .map(|part| part.split_whitespace().collect::<Vec<_>>().join(" "))
        .filter(|part| !part.is_empty());
    let first = parts.next().unwrap_or_default();
    let mut line = plain(first.strip_prefix("error: ").unwrap_or(&first));
    for tip in parts.filter(|part| part.starts_with("tip: ")) {
        line.push_str("; ");
        line.push_str(tip.trim_start_matches("tip: "));
    }
    line
}

fn plain(text: &str) -> String {
    let mut text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for leftover in LEFTOVERS {
        text = text.replace(leftover, "");
    }
    for (theirs, ours) in IN_OTHER_WORDS {
        text = text.replace(theirs, ours);
    }
    // The number of an error of the system is in no manual that a person has at hand.
    while let Some(start) = text.find(" (os error ") {
        let end = text[start..]
            .find(')')
            .map_or(text.len(), |at| start + at + 1);
        text.replace_range(start..end, "");
    }
    // SQLite's number.
    if let Some(rest) = text.strip_prefix("(code: ")
        && let Some((_, words)) = rest.split_once(") ")
    {
        text = words.to_owned();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use anyhow::Context as _;

    #[test]
    fn nothing_is_left_of_the_libraries_and_nothing_is_said_twice() {
        let cause = crate::db::DbErr::Custom("no such thing\nat all".to_owned());
        let error = Err::<(), _>(cause).context("it does not answer");
        let error = error.map_or_else(|error| one_line(&error), |()| String::new());
        assert_eq!(error, "it does not answer: no such thing at all");
        let twice = anyhow::anyhow!("the port").context("cannot listen: the port (os error 98)");
        assert_eq!(one_line(&twice), "cannot listen: the port");
        assert_eq!(plain("(code: 14) unable to open"), "unable to open");
    }
}
