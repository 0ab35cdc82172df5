//! `autonomia export`: files for other systems.

use std::io::Write;
use std::path::PathBuf;

use super::Outcome;
use super::facilita;

/// Write files for other systems
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Make Facilita's file of the services that wait, or write one again
    Facilita {
        #[command(flatten)]
        args: facilita::ExportArgs,
        /// Where to write it; to the standard output if left out
        file: Option<PathBuf>,
    },
}

pub(super) fn run(args: &Args, out: &mut dyn Write) -> anyhow::Result<Outcome> {
    match &args.what {
        What::Facilita { args, file } => facilita::export(args, file.as_deref(), out),
    }
}
