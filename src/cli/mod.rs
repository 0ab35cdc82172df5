//! The command line: a file per subcommand, each with its arguments and a `run`.
//!
//! Exit codes: 0, done; 1, the answer is no (mistakes found, totals disagree); 2, it could not
//! run, with one line on standard error.

mod audit;
mod backup;
mod check;
mod completions;
mod database;
mod demo;
mod environment;
mod evidence;
mod explain;
mod export;
mod facilita;
mod import;
mod keys;
mod known;
mod lang;
mod left_out;
mod lock;
mod manual;
mod message;
mod marks;
mod migrate;
mod programme;
mod progress;
mod restore;
mod serve;
mod simulate;
mod site;
mod stop;
mod throw_away;
mod tidy;
mod totals;
mod user;
mod watch;
mod welcome;

#[cfg(test)]
mod tests;

use std::ffi::OsString;
use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::parser::ValueSource;
use clap::{CommandFactory as _, FromArgMatches as _, Parser, Subcommand};

use database::DatabaseArgs;
use keys::KeyArgs;

/// Online training for the network of digital facilitation
#[derive(Debug, Parser)]
#[command(name = "autonomia", version, arg_required_else_help = true)]
#[command(after_help = "\
Examples:
  autonomia demo                     try it
  autonomia serve                    serve what is in ./content, with a database in ./data
  autonomia help import points       what a command takes

Exit codes: 0, done; 1, the answer is no; 2, it could not run.")]
struct Cli {
    #[command(flatten)]
    place: Place,
    #[command(subcommand)]
    command: Command,
}

/// Where the installation is: its database and its secrets. Taken before and after every command.
#[derive(Debug, Clone, clap::Args)]
struct Place {
    #[command(flatten)]
    database: DatabaseArgs,
    #[command(flatten)]
    keys: KeyArgs,
}

#[derive(Debug, Subcommand)]
enum Command {
    Audit(audit::Args),
    Serve(serve::Args),
    Demo(demo::Args),
    Check(check::Args),
    Explain(explain::Args),
    Lock(lock::Args),
    Migrate(migrate::Args),
    Programme(programme::Args),
    Backup(backup::Args),
    Restore(restore::Args),
    Tidy(tidy::Args),
    User(user::Args),
    Import(import::Args),
    Export(export::Args),
    Facilita(facilita::Args),
    Totals(totals::Args),
    Simulate(simulate::Args),
    Completions(completions::Args),
    Manual(manual::Args),
}

/// What a subcommand that ran has to say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// Done, or the answer is yes.
    Yes,
    /// The answer is no.
    No,
}

/// The whole command line, as it is parsed, completed and documented.
fn command() -> clap::Command {
    environment::name_flags(Cli::command())
}

/// Runs one command to its end.
#[must_use]
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let Cli { place, command } = match parse(arguments) {
        Ok(cli) => cli,
        Err(error) => return not_understood(&error),
    };
    let out = &mut io::stdout().lock();
    let colour = io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    let place = &place;
    let result = match command {
        Command::Audit(args) => audit::run(&args, place, out),
        Command::Serve(args) => serve::run(&args, place, out),
        Command::Demo(args) => demo::run(&args, place, out),
        Command::Backup(args) => backup::run(&args, place, out),
        Command::Restore(args) => restore::run(&args, place, out),
        Command::Tidy(args) => tidy::run(&args, place, out),
        Command::Check(args) => check::run(&args, colour, out),
        Command::Explain(args) => explain::run(&args, out),
        Command::Lock(args) => lock::run(&args, colour, out),
        Command::Migrate(args) => migrate::run(&args, place, out),
        Command::Programme(args) => programme::run(&args, place, out),
        Command::User(args) => user::run(&args, place, out),
        Command::Import(args) => import::run(&args, place, out),
        Command::Export(args) => export::run(&args, place, out),
        Command::Facilita(args) => facilita::run(&args, place, out),
        Command::Totals(args) => totals::run(&args, place, out),
        Command::Simulate(args) => simulate::run(&args, place, out),
        Command::Completions(args) => completions::run(&args, out),
        Command::Manual(args) => manual::run(&args, out),
    };
    match result.and_then(|outcome| Ok(out.flush().map(|()| outcome)?)) {
        Ok(Outcome::Yes) => ExitCode::SUCCESS,
        Ok(Outcome::No) => ExitCode::from(1),
        // The reader of a pipe has seen enough.
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => complain(&message::one_line(&error)),
    }
}

fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Cli, clap::Error> {
    let matches = command().try_get_matches_from(arguments)?;
    let mut cli = Cli::from_arg_matches(&matches)?;
    let source = matches.value_source("database");
    cli.place.database.named = source == Some(ValueSource::CommandLine);
    cli.place.database.drop_empty();
    cli.place.keys.drop_empty();
    Ok(cli)
}

fn not_understood(error: &clap::Error) -> ExitCode {
    match error.kind() {
        ErrorKind::DisplayHelp
        | ErrorKind::DisplayVersion
        | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            // Nothing is left to tell it to.
            let _ = error.print();
            ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2))
        }
        _ => complain(&message::usage(error)),
    }
}

fn complain(line: &str) -> ExitCode {
    // Nothing is left to tell it to.
    let _ = writeln!(io::stderr(), "autonomia: {line}");
    ExitCode::from(2)
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error
        .downcast_ref::<io::Error>()
        .is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}
