//! `autonomia export`: files for other systems.

use std::io::Write;
use std::path::PathBuf;

use clap::Subcommand;
use time::OffsetDateTime;

use super::database::block_on;
use super::{Outcome, Place, evidence, facilita, known, progress};
use crate::domain::progress::begin;
use crate::network::open_data;

/// Write files for other systems
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Make Facilita's file of the services that wait, or write one again
    #[command(after_help = "\
Examples:
  autonomia export facilita --programme puglia --from 2026-11-01 --to 2026-11-30 november.csv
  autonomia export facilita --batch 01920000-0000-7000-8000-000000000000 november.csv")]
    Facilita {
        #[command(flatten)]
        args: facilita::ExportArgs,
        /// Where to write it; to the standard output if left out
        #[arg(value_name = "FILE.csv")]
        file: Option<PathBuf>,
    },
    /// Write services and who attended them, about nobody in particular, with Facilita's columns.
    /// Of each quarter of a year that is over, once and for good
    #[command(after_help = "\
Example:
  autonomia export open-data --programme puglia dati.csv")]
    OpenData(OpenData),
    /// Write what was counted for whom, or each one's first service for an auditor's list of hashes
    #[command(after_help = "\
Examples:
  autonomia export evidence --programme puglia prove.csv
  autonomia export evidence --programme puglia --hashes elenco.csv risposte.csv")]
    Evidence(evidence::Args),
}

#[derive(Debug, clap::Args)]
struct OpenData {
    /// The programme's code
    #[arg(long, value_name = "CODE")]
    programme: String,
    /// Where to write it; to the standard output if left out
    #[arg(value_name = "FILE.csv")]
    file: Option<PathBuf>,
}

pub(super) fn run(args: &Args, place: &Place, out: &mut dyn Write) -> anyhow::Result<Outcome> {
    match &args.what {
        What::Facilita { args, file } => facilita::export(args, place, file.as_deref(), out),
        What::OpenData(args) => open_data(args, place, out),
        What::Evidence(args) => evidence::export(args, place, out),
    }
}

fn open_data(args: &OpenData, place: &Place, out: &mut dyn Write) -> anyhow::Result<Outcome> {
    if let Some(path) = &args.file {
        known::can_be_written(path)?;
    }
    let file = block_on(async {
        let db = place.database.open_existing().await?;
        let found = known::programme(&db, &args.programme).await?;
        let _shown = progress::show();
        let _step = begin("rows that five people share", 0);
        let file = open_data::csv(&db, &found, OffsetDateTime::now_utc()).await?;
        db.close().await?;
        Ok(file)
    })?;
    match &args.file {
        None => out.write_all(&file)?,
        Some(path) => known::written(path, &file)?,
    }
    Ok(Outcome::Yes)
}
