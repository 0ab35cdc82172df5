//! `autonomia tidy`: clears what counted for nothing and nobody comes back to. `serve` does it each
//! night.

use std::io::Write;
use std::time::Duration;

use anyhow::{Context as _, bail};
use time::OffsetDateTime;

use super::database::block_on;
use super::{Outcome, Place, known};
use crate::citizens::Vault;
use crate::db::{Db, DbErr, installation};
use crate::domain::calendar::next_night;
use crate::learning::retention::{self, ForgottenCount};
use crate::learning::tidy::{self, Retention, Sweep, Swept, TidyKind};

/// A new server has other things to do first.
const AT_START: Duration = Duration::from_secs(5);
/// After a night that failed.
const AGAIN: Duration = Duration::from_secs(60 * 60);

/// Clear guests, sessions and unfinished attempts by the installation's rule; never what counted
///
/// `serve` does it each night. People whose last programme ended so long ago that it keeps nobody any
/// more are erased as if they had asked for it: what counted stays, without their name.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  autonomia tidy --dry-run
  autonomia tidy --keep guest=120,guest-idle=7
  autonomia tidy --keep-programme puglia=10")]
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
    /// For how many years after its end a programme keeps the records of people, such as `puglia=10`
    #[arg(long, value_name = "PROGRAMME=YEARS", value_delimiter = ',')]
    keep_programme: Vec<String>,
}

pub(super) fn run(args: &Args, place: &Place, out: &mut dyn Write) -> anyhow::Result<Outcome> {
    let changes = args.keep.iter().map(|text| change(text));
    let changes = changes.collect::<anyhow::Result<Vec<_>>>()?;
    let years = args.keep_programme.iter().map(|text| years(text));
    let years = years.collect::<anyhow::Result<Vec<_>>>()?;
    if args.dry_run && !(changes.is_empty() && years.is_empty()) {
        bail!("--dry-run changes nothing: leave --keep and --keep-programme out");
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
        for (code, years) in years {
            let programme = known::programme(&db, &code).await?;
            retention::keep_for(&db, programme.id, years, now).await?;
        }
        let sweep = match args.dry_run {
            true => Sweep::Count,
            false => Sweep::Clear,
        };
        let rule = tidy::rule(&db).await?;
        let mut swept = tidy::tidy(&db, sweep, now).await?;
        let mut forgotten = retention::due(&db, now).await?;
        if sweep == Sweep::Clear && forgotten != ForgottenCount::default() {
            let keys = place.keys.of(&db).await?;
            forgotten = retention::forget(&db, &keys.vault, now).await?;
        }
        swept.extend(nameless(forgotten));
        let own = retention::by_programme(&db).await?;
        db.close().await?;
        tell(&rule, &own, &swept, sweep, out)?;
        Ok(Outcome::Yes)
    })
}

fn nameless(forgotten: ForgottenCount) -> impl Iterator<Item = (&'static str, u64)> {
    let rows = [
        ("people's records", forgotten.people),
        ("digests of people erased before", forgotten.digests),
    ];
    rows.into_iter().filter(|(_, rows)| *rows > 0)
}

fn years(text: &str) -> anyhow::Result<(String, u16)> {
    let parts = text.split_once('=');
    let (code, years) =
        parts.with_context(|| format!("--keep-programme {text}: write PROGRAMME=YEARS"))?;
    let years = years
        .parse()
        .with_context(|| format!("{years} is no number of years"))?;
    Ok((code.to_owned(), years))
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

fn tell(
    rule: &Retention,
    own: &[(String, i32)],
    swept: &Swept,
    sweep: Sweep,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    for kind in TidyKind::ALL {
        match rule.get(&kind) {
            Some(days) if kind == TidyKind::Citizen => writeln!(
                out,
                "{:<16} kept for {days} days after their last programme",
                kind.name()
            )?,
            Some(days) => writeln!(out, "{:<16} kept for {days} days", kind.name())?,
            None => writeln!(out, "{:<16} kept for ever", kind.name())?,
        }
    }
    for (code, years) in own {
        writeln!(
            out,
            "{code:<16} keeps people for {years} years after its end"
        )?;
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
pub(super) async fn nightly(db: Db, vault: Vault) {
    let mut wait = match overdue(&db).await {
        true => AT_START,
        false => until_night(),
    };
    loop {
        tokio::time::sleep(wait).await;
        let now = OffsetDateTime::now_utc();
        match night(&db, &vault, now).await {
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

async fn night(db: &Db, vault: &Vault, now: OffsetDateTime) -> Result<Swept, DbErr> {
    let forgotten = retention::forget(db, vault, now).await?;
    let mut swept = tidy::tidy(db, Sweep::Clear, now).await?;
    swept.extend(nameless(forgotten));
    Ok(swept)
}

async fn overdue(db: &Db) -> bool {
    let last = installation::last_tidy(db).await;
    last.is_ok_and(|last| tidy::is_overdue(last, OffsetDateTime::now_utc()))
}

fn until_night() -> Duration {
    let now = OffsetDateTime::now_utc();
    (next_night(now) - now).unsigned_abs()
}
