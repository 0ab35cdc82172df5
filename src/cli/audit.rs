//! `autonomia audit`: whether what was written down of acts and looks is what was written then.

use std::io::Write;
use std::time::{Duration, Instant};

use time::OffsetDateTime;

use super::database::block_on;
use super::{Outcome, Place as Installation, progress};
use crate::db::audit::place::{ChainPlace, checkpoint};
use crate::db::audit::verify::{Verified, verify};

/// Check the audit: who did what, and who looked at what
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  autonomia audit verify
  autonomia audit verify --place 1204:9f2c9f2c9f2c9f2c9f2c9f2c9f2c9f2c9f2c9f2c9f2c9f2c9f2c9f2c9f2c9f2c")]
pub(super) struct Args {
    #[command(subcommand)]
    act: Act,
}

#[derive(Debug, clap::Subcommand)]
enum Act {
    /// Recompute the chain of its rows, and compare it with its checkpoints
    ///
    /// Exit 1 names the first row that does not fit, and what kind of change it is: changed,
    /// missing, inserted, reordered, cut at the end, or rewritten (a chain that is whole, and not
    /// the one that was sealed); or says that the seal or the triggers are gone. What fits gets a
    /// checkpoint.
    #[command(after_help = "\
Examples:
  autonomia audit verify
  autonomia audit verify --place 1204:9f2c9f2c9f2c9f2c9f2c9f2c9f2c9f2c9f2c9f2c9f2c9f2c9f2c9f2c9f2c9f2c")]
    Verify {
        /// A place of the chain that was kept outside, as the log of `serve` has it
        #[arg(long = "place", value_name = "NUMBER:HASH")]
        outside: Option<ChainPlace>,
    },
}

pub(super) fn run(
    args: &Args,
    place: &Installation,
    out: &mut dyn Write,
) -> anyhow::Result<Outcome> {
    let Act::Verify { outside } = &args.act;
    let began = Instant::now();
    let found = block_on(async {
        let db = place.database.open_existing().await?;
        place.keys.of(&db).await?;
        let shown = progress::show();
        let found = verify(&db, outside.as_ref()).await?;
        drop(shown);
        if found.is_whole() {
            checkpoint(&db, OffsetDateTime::now_utc()).await?;
        }
        db.close().await?;
        anyhow::Ok(found)
    })?;
    tell(&found, began.elapsed(), out)
}

fn tell(found: &Verified, took: Duration, out: &mut dyn Write) -> anyhow::Result<Outcome> {
    let Verified {
        head,
        checkpoints,
        sealed,
        unguarded,
        broken,
    } = found;
    let rows = head.sequence;
    match broken {
        None if !unguarded.is_empty() => {
            let missing = unguarded.join(", ");
            writeln!(
                out,
                "The {rows} rows of the audit fit, and nothing keeps them any more. Missing \
                 triggers: {missing}."
            )?;
            Ok(Outcome::No)
        }
        None if !sealed => {
            writeln!(
                out,
                "The audit has no seal: nothing says that its {rows} rows are all. That is so once, \
                 after an update; `autonomia serve` seals it and writes that down."
            )?;
            Ok(Outcome::No)
        }
        None => {
            let took = took.as_secs_f64();
            writeln!(
                out,
                "The audit is whole: {rows} rows, {checkpoints} checkpoints, in {took:.2} s."
            )?;
            writeln!(out, "{head}")?;
            Ok(Outcome::Yes)
        }
        Some(broken) => {
            let (row, kind) = (broken.sequence, broken.kind.name());
            writeln!(out, "The audit was tampered with. Row {row}: {kind}.")?;
            Ok(Outcome::No)
        }
    }
}
