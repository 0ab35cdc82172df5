//! What holds for every command.

#![expect(clippy::unwrap_used, reason = "a test stops at a surprise")]

use clap::Command;

use super::{command, parse};

/// Every command below, with the words that call it.
fn every(command: &Command, words: &[String], look: &mut impl FnMut(&[String], &Command)) {
    look(words, command);
    for one in command.get_subcommands() {
        let words = [words, &[one.get_name().to_owned()]].concat();
        every(one, &words, look);
    }
}

/// The words of a line, as a shell parts them.
fn parted(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quoted = false;
    for sign in line.chars() {
        match sign {
            '"' => quoted = !quoted,
            ' ' if !quoted => words.push(String::new()),
            _ => words.last_mut().unwrap().push(sign),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// The commands of an example, without what a shell does with their output.
fn examples(help: &str) -> Vec<Vec<String>> {
    let joined = help.replace("\\\n", " ");
    let lines = joined.lines().map(str::trim);
    lines
        .filter(|line| line.starts_with("autonomia "))
        .map(|line| line.split("   ").next().unwrap())
        .map(|line| line.split(['>', '|']).next().unwrap())
        .map(parted)
        .collect()
}

#[test]
fn the_command_line_is_sound() {
    command().debug_assert();
}

#[test]
fn every_command_has_an_example_that_can_be_typed() {
    let mut seen = 0;
    every(&command(), &["autonomia".to_owned()], &mut |words, one| {
        let leaf = one.get_subcommands().next().is_none();
        let help = one.get_after_help().map(ToString::to_string);
        assert!(help.is_some() || !leaf, "{words:?} has no example");
        for example in examples(&help.unwrap_or_default()) {
            seen += 1;
            assert!(
                !leaf || example.starts_with(words),
                "{words:?}: {example:?}"
            );
            if example.get(1).is_some_and(|word| word == "help") {
                continue;
            }
            let typed = parse(example.iter().map(Into::into));
            assert!(typed.is_ok(), "{example:?}: {}", typed.unwrap_err());
        }
    });
    assert!(seen >= 20, "{seen}");
}

#[test]
fn help_texts_have_one_style() {
    every(&command(), &["autonomia".to_owned()], &mut |words, one| {
        let about = one.get_about().map(ToString::to_string).unwrap_or_default();
        let begins = about.chars().next().is_some_and(char::is_uppercase);
        assert!(begins && !about.ends_with('.'), "{words:?}: {about:?}");
        for argument in one.get_arguments() {
            let Some(help) = argument.get_help().map(ToString::to_string) else {
                panic!("{words:?}: {} has no help", argument.get_id());
            };
            assert!(!help.ends_with('.'), "{words:?}: {help:?}");
        }
    });
}
