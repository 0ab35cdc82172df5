//! `autonomia audit`: whether what was written down of acts and looks is what was written then.

use std::io::Write;
use std::time::{Duration, Instant};

use time::OffsetDateTime;

use super::database::block_on;
use super::{Outcome, Place as Installation, progress};
use crate::db::audit::place::{Place, checkpoint};
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
    /// the one of the checkpoints). What fits gets a checkpoint.
    #[command(after_help = "\
Examples:
  autonomia audit verify
  autonomia audit verify --place 1204:9f2c9f2c9f2c9f2c9f2c9f2c9f2c9f2c9f2c9f2c9f2c9f2c9f2c9f2c9f2c9f2c")]
    Verify {
        /// A place of the chain that was kept outside, as the log of `serve` has it
        #[arg(long = "place", value_name = "NUMBER:HASH")]
        outside: Option<Place>,
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
        let vault = place.keys.of(&db).await?.vault;
        let seal = |bytes: &[u8]| vault.checkpoint(bytes);
        let shown = progress::show();
        let found = verify(&db, &seal, outside.as_ref()).await?;
        drop(shown);
        if found.broken.is_none() {
            checkpoint(&db, &seal, OffsetDateTime::now_utc()).await?;
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
        broken,
    } = found;
    match broken {
        None => {
            let rows = head.sequence;
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
