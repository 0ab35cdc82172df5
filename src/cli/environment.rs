//! Every flag's name in the environment.
//!
//! A flag of `serve` and of the installation is `AUTONOMIA_FLAG`, wherever it is taken. A flag
//! that only another command has is `AUTONOMIA_COMMAND_FLAG`, so that what an installation sets for
//! its server does not change what a command does.

use clap::{Arg, ArgAction, Command};

/// Gives a name to every flag of the command and of those below it that has none yet, and has
/// every flag without a value take a yes or a no.
pub(super) fn name_flags(command: Command) -> Command {
    below(command, &[])
}

fn below(command: Command, path: &[String]) -> Command {
    let named = command.mut_args(|flag| name(flag, path));
    named.mut_subcommands(|command| {
        let mut path = path.to_vec();
        // Its own flags are those of the server.
        if !(path.is_empty() && command.get_name() == "serve") {
            path.push(command.get_name().to_owned());
        }
        below(command, &path)
    })
}

fn name(flag: Arg, path: &[String]) -> Arg {
    let flag = match flag.get_action() {
        ArgAction::SetTrue => flag.value_parser(yes_or_no),
        _ => flag,
    };
    let Some(long) = flag.get_long().map(str::to_owned) else {
        return flag;
    };
    if flag.get_env().is_some() || matches!(flag.get_action(), ArgAction::Help | ArgAction::Version)
    {
        return flag;
    }
    let words = std::iter::once("autonomia")
        .chain(path.iter().map(String::as_str))
        .chain(std::iter::once(long.as_str()));
    let words: Vec<_> = words.map(|word| word.replace('-', "_")).collect();
    flag.env(words.join("_").to_uppercase())
}

fn yes_or_no(text: &str) -> Result<bool, String> {
    match text.trim().to_lowercase().as_str() {
        "1" | "true" | "yes" | "on" => Ok(true),
        // A variable that is set to nothing says nothing.
        "0" | "false" | "no" | "off" | "" => Ok(false),
        _ => Err("write 1, true, yes or on; or 0, false, no or off".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at a surprise")]

    use super::*;
    use crate::cli::command;

    fn every(command: &Command, path: &str, look: &mut impl FnMut(&str, &Arg)) {
        for flag in command.get_arguments() {
            look(path, flag);
        }
        for one in command.get_subcommands() {
            every(one, &format!("{path} {}", one.get_name()), look);
        }
    }

    #[test]
    fn every_flag_of_every_command_has_a_name_in_the_environment() {
        let mut flags = 0;
        every(&command(), "autonomia", &mut |path, flag| {
            let Some(long) = flag.get_long() else { return };
            if matches!(flag.get_action(), ArgAction::Help | ArgAction::Version) {
                return;
            }
            flags += 1;
            let name = flag.get_env().unwrap_or_default().to_string_lossy();
            let end = long.replace('-', "_").to_uppercase();
            let named = name.starts_with("AUTONOMIA_") && name.ends_with(&end);
            assert!(named, "{path} --{long}: {name:?}");
        });
        assert!(flags > 40, "{flags}");
    }

    #[test]
    fn the_same_name_means_the_same_flag() {
        let mut known = std::collections::HashMap::new();
        every(&command(), "", &mut |path, flag| {
            if let (Some(name), Some(long)) = (flag.get_env(), flag.get_long()) {
                let first = known.entry(name.to_owned()).or_insert(long.to_owned());
                assert_eq!(first, long, "{path}: {name:?}");
            }
        });
        assert!(known.contains_key(std::ffi::OsStr::new("AUTONOMIA_WATCH")));
        assert!(known.contains_key(std::ffi::OsStr::new("AUTONOMIA_TOTALS_VERIFY")));
    }

    #[test]
    fn a_flag_without_a_value_takes_every_yes_and_no() {
        for (text, meant) in [
            ("1", true),
            ("true", true),
            ("Yes", true),
            ("on", true),
            ("0", false),
            ("false", false),
            ("no", false),
            ("OFF", false),
            ("", false),
        ] {
            assert_eq!(yes_or_no(text).unwrap(), meant, "{text}");
        }
        assert!(yes_or_no("maybe").is_err());
    }
}
