//! `autonomia migrate`: the schema.

use std::io::Write;

use super::Outcome;
use super::database::{DatabaseArgs, block_on};
use crate::db;

/// Bring the database's schema up to date, or take steps back.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    database: DatabaseArgs,
    /// Undo the last N steps instead; what they held is lost
    #[arg(long, value_name = "N")]
    down: Option<u32>,
}

pub(super) fn run(args: &Args, out: &mut dyn Write) -> anyhow::Result<Outcome> {
    block_on(async {
        let db = args.database.connect().await?;
        match args.down {
            Some(steps) => {
                db::migrate_down(&db, steps).await?;
                writeln!(out, "took back {steps} steps")?;
            }
            None => {
                db::migrate(&db).await?;
                writeln!(out, "the schema is up to date")?;
            }
        }
        db.close().await?;
        Ok(Outcome::Yes)
    })
}
