//! `autonomia facilita` and `autonomia export facilita`: the file, and the report of its rejects.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use time::{Date, OffsetDateTime};

use super::database::block_on;
use super::{Outcome, Place, known, progress};
use crate::citizens::Vault;
use crate::db::Db;
use crate::domain::ids::BatchId;
use crate::domain::locale::Lang;
use crate::network::facilita::FacilitaError;
use crate::network::facilita::batch::{self, Made, Order};
use crate::network::facilita::report::{self, ReportAnswer};
use crate::web::templates;

/// Read what Facilita answers
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    act: Act,
}

#[derive(Debug, clap::Subcommand)]
enum Act {
    /// Read the report of refused rows; a row it does not name was accepted
    ///
    /// Exit 1 where it is empty, a part of one or cannot be understood, and nothing is changed then.
    #[command(after_help = "\
Example:
  autonomia facilita rejects scarti.csv --batch 01920000-0000-7000-8000-000000000000")]
    Rejects {
        /// The report as Facilita gives it
        #[arg(value_name = "FILE.csv", required_unless_present = "none")]
        file: Option<PathBuf>,
        /// Facilita refused no row: there is no report
        #[arg(long, conflicts_with = "file")]
        none: bool,
        /// How many rows Facilita says that it refused: a report with fewer was cut off
        #[arg(long, value_name = "ROWS", conflicts_with = "none")]
        refused: Option<usize>,
        /// The file it is about
        #[arg(long, value_name = "ID", value_parser = batch_id)]
        batch: BatchId,
    },
}

/// Which file to write.
#[derive(Debug, clap::Args)]
pub(super) struct ExportArgs {
    /// The programme's code
    #[arg(long, value_name = "CODE", required_unless_present = "batch")]
    programme: Option<String>,
    /// The first day, YYYY-MM-DD
    #[arg(long, value_name = "DAY", value_parser = known::day, required_unless_present = "batch")]
    from: Option<Date>,
    /// The last day
    #[arg(long, value_name = "DAY", value_parser = known::day, required_unless_present = "batch")]
    to: Option<Date>,
    /// Also while an earlier file waits for its report
    #[arg(long)]
    force: bool,
    /// Write a file that was made before, the same bytes again
    #[arg(long, value_name = "ID", value_parser = batch_id, conflicts_with_all = ["programme", "from", "to", "force"])]
    batch: Option<BatchId>,
}

pub(super) fn run(args: &Args, place: &Place, out: &mut dyn Write) -> anyhow::Result<Outcome> {
    let Act::Rejects {
        file,
        refused,
        batch,
        ..
    } = &args.act;
    let report = file.as_deref().map(read_report).transpose()?;
    let name = file.as_deref().unwrap_or(Path::new("")).display();
    block_on(async {
        let db = place.database.open_existing().await?;
        let vault = place.keys.of(&db).await?.vault;
        let now = OffsetDateTime::now_utc();
        let answer = report
            .as_deref()
            .map_or(ReportAnswer::NoneRefused, |bytes| {
                ReportAnswer::Report(bytes, *refused)
            });
        let read = report::receive(&db, &vault, *batch, answer, None, now).await;
        db.close().await?;
        match read {
            Ok(outcome) => {
                writeln!(out, "accepted {}", outcome.accepted)?;
                writeln!(out, "rejected {}", outcome.rejected.len())?;
                for one in &outcome.rejected {
                    writeln!(
                        out,
                        "  row {}, service {}: {}",
                        one.row, one.service, one.note
                    )?;
                }
                Ok(Outcome::Yes)
            }
            Err(FacilitaError::Unreadable(lines)) => {
                for (line, key) in lines {
                    let why = templates::text(Lang::En, key);
                    writeln!(out, "{name}:{line}: {why}")?;
                }
                Ok(Outcome::No)
            }
            Err(FacilitaError::Invalid(faults)) => {
                for fault in faults {
                    writeln!(out, "{name}: {}", templates::text(Lang::En, fault.key))?;
                }
                Ok(Outcome::No)
            }
            Err(error) => Err(error.into()),
        }
    })
}

fn read_report(file: &Path) -> anyhow::Result<Vec<u8>> {
    fs::read(file).with_context(|| format!("the report {} cannot be read", file.display()))
}

fn batch_id(text: &str) -> Result<BatchId, String> {
    text.parse()
        .map_err(|_| "write the ID that `autonomia export facilita` told".to_owned())
}

/// Writes a file. Exit 1 where nothing could be sent.
pub(super) fn export(
    args: &ExportArgs,
    place: &Place,
    file: Option<&Path>,
    out: &mut dyn Write,
) -> anyhow::Result<Outcome> {
    known::in_order(args.from, args.to)?;
    if let Some(path) = file {
        known::can_be_written(path)?;
    }
    block_on(async {
        let db = place.database.open_existing().await?;
        let vault = place.keys.of(&db).await?.vault;
        let shown = progress::show();
        let id = match args.batch {
            Some(id) => Some(id),
            None => made(args, &db, &vault).await?,
        };
        drop(shown);
        let Some(id) = id else {
            db.close().await?;
            return Ok(Outcome::No);
        };
        // The file alone goes to a pipe; what a person wants to know goes beside it. Its rows are
        // sent from here on: whatever happens to the file, it can be written again.
        writeln!(std::io::stderr(), "batch {id}")?;
        let (text, sha256) = batch::file(&db, &vault, id).await?;
        db.close().await?;
        let written = match file {
            Some(path) => known::written_for_owner(path, text.as_bytes()),
            None => out.write_all(text.as_bytes()).and_then(|()| out.flush()),
        };
        if let Err(error) = written {
            bail!("the file was not written ({error}): write it again with --batch {id}");
        }
        writeln!(std::io::stderr(), "sha256 {sha256}")?;
        Ok(Outcome::Yes)
    })
}

async fn made(args: &ExportArgs, db: &Db, vault: &Vault) -> anyhow::Result<Option<BatchId>> {
    let code = args.programme.as_deref().unwrap_or_default();
    let programme = known::programme(db, code).await?;
    let order = Order {
        from: args.from.unwrap_or(programme.starts_on),
        to: args.to.unwrap_or(programme.ends_on),
        programme,
        force: args.force,
    };
    let made = batch::make(db, vault, &order, None, OffsetDateTime::now_utc()).await?;
    tell(&made)?;
    Ok(made.batch)
}

fn tell(made: &Made) -> anyhow::Result<()> {
    let err = &mut std::io::stderr();
    writeln!(err, "rows {}", made.rows)?;
    if made.waiting > 0 {
        writeln!(err, "left for the next file {}", made.waiting)?;
    }
    let mut reasons: BTreeMap<&str, usize> = BTreeMap::new();
    for held in &made.held_back {
        for reason in &held.reasons {
            *reasons.entry(reason.key()).or_default() += 1;
        }
    }
    let refused = made.held_back.iter().filter(|held| held.refused).count();
    writeln!(err, "held back {}", made.held_back.len() - refused)?;
    if refused > 0 {
        writeln!(err, "refused and not mended {refused}")?;
    }
    for (reason, count) in reasons {
        writeln!(err, "  {reason} {count}")?;
    }
    Ok(())
}
