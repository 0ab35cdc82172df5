//! `autonomia totals`: the network's totals, and whether the ledger bears them out.

use std::io::Write;

use anyhow::Context as _;
use time::OffsetDateTime;

use super::Outcome;
use super::database::{DatabaseArgs, block_on};
use crate::network::programme::{self, Programme};
use crate::network::totals::{self, Filter, Totals};
use crate::network::verify::verify;

/// Print the network's totals; with --verify, recount them from the ledger.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    database: DatabaseArgs,
    /// One programme only
    #[arg(long, value_name = "CODE")]
    programme: Option<String>,
    /// How to print them
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
    /// Recount everything from the ledger; exit 1 on any difference
    #[arg(long)]
    verify: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    Human,
    Json,
}

pub(super) fn run(args: &Args, out: &mut dyn Write) -> anyhow::Result<Outcome> {
    block_on(async {
        let db = args.database.open().await?;
        let programmes = match &args.programme {
            None => programme::list(db.read()).await?,
            Some(code) => vec![
                programme::by_code(db.read(), code)
                    .await?
                    .with_context(|| format!("no programme has the code {code}"))?,
            ],
        };
        let mut all = Vec::new();
        for programme in &programmes {
            let now = OffsetDateTime::now_utc();
            all.push(totals::of(&db, programme, Filter::default(), now).await?);
        }
        let differences = if args.verify {
            verify(&db).await?
        } else {
            Vec::new()
        };
        db.close().await?;
        match args.format {
            Format::Human => human(&programmes, &all, out)?,
            Format::Json => {
                serde_json::to_writer_pretty(&mut *out, &all)?;
                writeln!(out)?;
            }
        }
        // The totals alone go to a script; what is wrong with them goes to a person.
        for difference in &differences {
            match args.format {
                Format::Human => writeln!(out, "differs: {difference}")?,
                Format::Json => writeln!(std::io::stderr(), "differs: {difference}")?,
            }
        }
        if args.verify && differences.is_empty() && args.format == Format::Human {
            writeln!(out, "\nThe ledger agrees.")?;
        }
        Ok(if differences.is_empty() {
            Outcome::Yes
        } else {
            Outcome::No
        })
    })
}

fn human(programmes: &[Programme], all: &[Totals], out: &mut dyn Write) -> anyhow::Result<()> {
    for (programme, totals) in programmes.iter().zip(all) {
        writeln!(out, "{} ({})", programme.name, programme.code)?;
        let of = |target: Option<u64>| target.map(|n| format!(" of {n}")).unwrap_or_default();
        let (citizens, services) = (&totals.citizens, &totals.services);
        writeln!(
            out,
            "  citizens reached  {}{}",
            citizens.reached,
            of(citizens.target)
        )?;
        writeln!(
            out,
            "  eligible, without a verified codice fiscale  {}",
            citizens.eligible_unverified
        )?;
        writeln!(out, "  services  {}{}", services.total, of(services.target))?;
        let by = &services.by_kind;
        let kinds = [
            ("individual", by.individual),
            ("group", by.group),
            ("classroom", by.classroom),
            ("online", by.online),
            ("other", by.other),
        ];
        for (kind, n) in kinds {
            writeln!(out, "    {kind:<11}{n:>9}")?;
        }
        for month in &totals.by_month {
            let (citizens, services) = (month.citizens, month.services);
            writeln!(
                out,
                "  {}  {citizens:>7} citizens {services:>7} services",
                month.month
            )?;
        }
    }
    Ok(())
}
