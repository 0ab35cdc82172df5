//! `autonomia completions`: what a shell needs to complete commands and flags.

use std::io::Write;

use clap_complete::Shell;

use super::Outcome;

/// Print what a shell needs to complete commands and flags
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  autonomia completions bash > /etc/bash_completion.d/autonomia
  autonomia completions zsh > ~/.zfunc/_autonomia
  autonomia completions fish > ~/.config/fish/completions/autonomia.fish")]
pub(super) struct Args {
    /// The shell
    shell: Shell,
}

pub(super) fn run(args: &Args, out: &mut dyn Write) -> anyhow::Result<Outcome> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut super::command(), "autonomia", &mut script);
    out.write_all(&script)?;
    Ok(Outcome::Yes)
}
