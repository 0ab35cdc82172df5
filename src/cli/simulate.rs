//! `autonomia simulate`: fills a database with an invented network of any size, for measuring.

use std::io::Write;
use std::path::PathBuf;
use std::time::Instant;

use anyhow::{Context as _, ensure};
use time::OffsetDateTime;

use super::database::block_on;
use super::{Outcome, Place, demo, progress, serve};
use crate::db;
use crate::domain::locale::Lang;
use crate::sample::{self, Size};

/// Fill an empty database with an invented network, for measuring
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  autonomia simulate --citizens 10000 --points 231 --seed 1 --database sqlite:simulated.db")]
pub(super) struct Args {
    /// The folder of the courses that are learned
    #[arg(
        long,
        env = "AUTONOMIA_CONTENT",
        default_value = "content",
        value_name = "DIR"
    )]
    content: PathBuf,
    /// People in the records; there are three services for two of them
    #[arg(long, value_name = "N", default_value_t = 10_000)]
    citizens: usize,
    /// Points of the network
    #[arg(long, value_name = "N", default_value_t = 231)]
    points: usize,
    /// The days until today in which everything happened
    #[arg(long, value_name = "N", default_value_t = 900)]
    days: u16,
    /// The same number gives the same network
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
}

pub(super) fn run(args: &Args, place: &Place, out: &mut dyn Write) -> anyhow::Result<Outcome> {
    ensure!(args.points > 0, "--points must be at least 1");
    ensure!(args.days > 0, "--days must be at least 1");
    let began = Instant::now();
    let now = OffsetDateTime::now_utc();
    let courses = serve::courses(&args.content, now, Lang::En)?;
    block_on(async {
        let (db, _) = place.database.open_new().await?;
        let keys = place.keys.of(&db).await?;
        let shown = progress::show();
        let size = Size {
            citizens: args.citizens,
            points: args.points,
            days: args.days.into(),
        };
        let size = (size, args.seed);
        let sample = sample::fill(&db, &keys.vault, &courses, demo::PASSWORD, size, now)
            .await
            .context("a simulation needs an empty database")?;
        db::analyze(&db).await?;
        drop(shown);
        db.close().await?;
        let (citizens, seconds) = (args.citizens, began.elapsed().as_secs_f64());
        writeln!(out, "{citizens} citizens in {seconds:.1} s; staff:")?;
        for member in &sample.staff {
            let (role, email) = (member.role, &member.email);
            writeln!(out, "  {role:<12} {email}  {}", demo::PASSWORD)?;
        }
        Ok(Outcome::Yes)
    })
}
