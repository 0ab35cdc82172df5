//! `autonomia export`: files for other systems.

use std::fs;
use std::io::Write;
use std::path::PathBuf;

use anyhow::Context as _;
use clap::Subcommand;
use time::OffsetDateTime;

use super::Outcome;
use super::database::{DatabaseArgs, block_on};
use super::facilita;
use crate::network::{open_data, programme};

/// Write files for other systems
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Make Facilita's file of the services that wait, or write one again
    Facilita {
        #[command(flatten)]
        args: facilita::ExportArgs,
        /// Where to write it; to the standard output if left out
        file: Option<PathBuf>,
    },
    /// Services and who attended them, about nobody in particular, as CSV with Facilita's columns
    OpenData(OpenData),
}

#[derive(Debug, clap::Args)]
struct OpenData {
    #[command(flatten)]
    database: DatabaseArgs,
    /// The programme
    #[arg(long, value_name = "CODE")]
    programme: String,
    /// Where to; standard output where it is not said
    file: Option<PathBuf>,
}

pub(super) fn run(args: &Args, out: &mut dyn Write) -> anyhow::Result<Outcome> {
    match &args.what {
        What::Facilita { args, file } => facilita::export(args, file.as_deref(), out),
        What::OpenData(args) => open_data(args, out),
    }
}

fn open_data(args: &OpenData, out: &mut dyn Write) -> anyhow::Result<Outcome> {
    let code = &args.programme;
    let file = block_on(async {
        let db = args.database.open().await?;
        let found = programme::by_code(db.read(), code).await?;
        let found = found.with_context(|| format!("no programme has the code {code}"))?;
        let file = open_data::csv(&db, &found, OffsetDateTime::now_utc()).await?;
        db.close().await?;
        Ok(file)
    })?;
    match &args.file {
        None => out.write_all(&file)?,
        Some(path) => {
            fs::write(path, file).with_context(|| format!("cannot write {}", path.display()))?;
        }
    }
    Ok(Outcome::Yes)
}
