//! `autonomia tidy`: clears what counted for nothing and nobody comes back to. `serve` does it each
//! night.

use std::io::Write;
use std::time::Duration;

use anyhow::{Context as _, bail};
use time::OffsetDateTime;

use super::database::block_on;
use super::{Outcome, Place};
use crate::db::{Db, installation};
use crate::domain::calendar::next_night;
use crate::learning::tidy::{self, Retention, Sweep, Swept, TidyKind};

/// A new server has other things to do first.
const AT_START: Duration = Duration::from_secs(5);
/// After a night that failed.
const AGAIN: Duration = Duration::from_secs(60 * 60);

/// Clear guests, sessions and unfinished attempts by the installation's rule; never what counted
///
/// `serve` does it each night.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  autonomia tidy --dry-run
  autonomia tidy --keep guest=120,guest-idle=7")]
pub(super) struct Args {
    /// Only say the rule, and what would be cleared
    #[arg(long)]
    dry_run: bool,
    /// Change the rule first: a kind and for how many days it is kept, such as `guest=120`
    #[arg(
        long,
        value_name = "KIND=DAYS",
        env = "AUTONOMIA_KEEP",
        value_delimiter = ','
    )]
    keep: Vec<String>,
}

pub(super) fn run(args: &Args, place: &Place, out: &mut dyn Write) -> anyhow::Result<Outcome> {
    let changes = args.keep.iter().map(|text| change(text));
    let changes = changes.collect::<anyhow::Result<Vec<_>>>()?;
    if args.dry_run && !changes.is_empty() {
        bail!("--dry-run changes nothing: leave --keep out");
    }
    block_on(async {
        let db = match args.dry_run {
            true => place.database.open_to_read().await?,
            false => place.database.open_existing().await?,
        };
        let now = OffsetDateTime::now_utc();
        for (kind, days) in changes {
            tidy::keep_for(&db, kind, days, now).await?;
        }
        let sweep = match args.dry_run {
            true => Sweep::Count,
            false => Sweep::Clear,
        };
        let rule = tidy::rule(&db).await?;
        let swept = tidy::tidy(&db, sweep, now).await?;
        db.close().await?;
        tell(&rule, &swept, sweep, out)?;
        Ok(Outcome::Yes)
    })
}

fn change(text: &str) -> anyhow::Result<(TidyKind, u32)> {
    let parts = text.split_once('=');
    let (kind, days) = parts.with_context(|| format!("--keep {text}: write KIND=DAYS"))?;
    let kind = TidyKind::from_name(kind).with_context(|| {
        let known = TidyKind::ALL.map(TidyKind::name).join(", ");
        format!("nothing called {kind} is cleared: there are {known}")
    })?;
    let days = days
        .parse()
        .with_context(|| format!("{days} is no number of days"))?;
    Ok((kind, days))
}

fn tell(rule: &Retention, swept: &Swept, sweep: Sweep, out: &mut dyn Write) -> anyhow::Result<()> {
    for kind in TidyKind::ALL {
        match rule.get(&kind) {
            Some(days) => writeln!(out, "{:<16} kept for {days} days", kind.name())?,
            None => writeln!(out, "{:<16} kept for ever", kind.name())?,
        }
    }
    let did = match sweep {
        Sweep::Clear => "cleared",
        Sweep::Count => "would be cleared",
    };
    for (table, rows) in swept {
        writeln!(out, "{rows:>10} {table} {did}")?;
    }
    if swept.is_empty() {
        writeln!(out, "nothing {did}")?;
    }
    Ok(())
}

/// Clears each night at half past three in Rome, and at once where a night was missed. It ends when
/// it is dropped.
pub(super) async fn nightly(db: Db) {
    let mut wait = match overdue(&db).await {
        true => AT_START,
        false => until_night(),
    };
    loop {
        tokio::time::sleep(wait).await;
        let now = OffsetDateTime::now_utc();
        match tidy::tidy(&db, Sweep::Clear, now).await {
            Ok(swept) => {
                for (table, rows) in swept {
                    tracing::info!(table, rows, "cleared");
                }
                wait = until_night();
            }
            Err(error) => {
                tracing::warn!(%error, "what nobody needs could not be cleared; again in an hour");
                wait = AGAIN;
            }
        }
    }
}

async fn overdue(db: &Db) -> bool {
    let last = installation::last_tidy(db).await;
    last.is_ok_and(|last| tidy::is_overdue(last, OffsetDateTime::now_utc()))
}

fn until_night() -> Duration {
    let now = OffsetDateTime::now_utc();
    (next_night(now) - now).unsigned_abs()
}
