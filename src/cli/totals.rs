//! `autonomia totals`: the network's totals, and whether the ledger bears them out.

use std::io::Write;
use std::time::Instant;

use time::OffsetDateTime;

use super::database::block_on;
use super::{Outcome, Place, known, progress};
use crate::domain::facilita::ServiceKind;
use crate::domain::locale::Lang;
use crate::network::programme::{self, Programme};
use crate::network::rebuild::rebuild;
use crate::network::totals::{self, Totals, TotalsFilter};
use crate::network::verify::verify;

/// Print the network's totals; with --verify, recount them from the ledger
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  autonomia totals --programme puglia --format json
  autonomia totals --verify
  autonomia totals --rebuild --apply")]
pub(super) struct Args {
    /// One programme only
    #[arg(long, value_name = "CODE")]
    programme: Option<String>,
    /// How to print them
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
    /// Recount everything from the ledger; exit 1 on any difference
    #[arg(long)]
    verify: bool,
    /// Say what a recount would change; with --apply, write it
    #[arg(long, conflicts_with_all = ["programme", "verify"])]
    rebuild: bool,
    /// Write the recounted totals, all of them or none
    #[arg(long, requires = "rebuild")]
    apply: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    Human,
    Json,
}

pub(super) fn run(args: &Args, place: &Place, out: &mut dyn Write) -> anyhow::Result<Outcome> {
    if args.rebuild {
        return rebuilt(args, place, out);
    }
    block_on(async {
        let db = place.database.open_to_read().await?;
        let shown = progress::show();
        let programmes = match &args.programme {
            None => programme::list(db.read()).await?,
            Some(code) => vec![known::programme(&db, code).await?],
        };
        let mut all = Vec::new();
        for programme in &programmes {
            let now = OffsetDateTime::now_utc();
            all.push(totals::of(&db, programme, TotalsFilter::default(), now).await?);
        }
        let began = Instant::now();
        let differences = if args.verify {
            verify(&db).await?
        } else {
            Vec::new()
        };
        let took = began.elapsed().as_secs_f64();
        drop(shown);
        db.close().await?;
        match args.format {
            Format::Human => human(&programmes, &all, out)?,
            Format::Json => {
                serde_json::to_writer_pretty(&mut *out, &all)?;
                writeln!(out)?;
            }
        }
        if args.verify {
            let line = format!("Recounted from the ledger in {took:.2} s.");
            match args.format {
                Format::Human => writeln!(out, "\n{line}")?,
                Format::Json => writeln!(std::io::stderr(), "{line}")?,
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
            writeln!(out, "The ledger agrees.")?;
        }
        Ok(if differences.is_empty() {
            Outcome::Yes
        } else {
            Outcome::No
        })
    })
}

/// Recounts citizens reached and tallies from the ledger: without `--apply`, what would change.
fn rebuilt(args: &Args, place: &Place, out: &mut dyn Write) -> anyhow::Result<Outcome> {
    block_on(async {
        let db = match args.apply {
            true => place.database.open_existing().await?,
            false => place.database.open_to_read().await?,
        };
        let shown = progress::show();
        let differences = verify(&db).await?;
        let left = match args.apply && !differences.is_empty() {
            true => Some(rebuild(&db, OffsetDateTime::now_utc()).await?),
            false => None,
        };
        drop(shown);
        db.close().await?;
        for difference in &differences {
            writeln!(out, "differs: {difference}")?;
        }
        if differences.is_empty() {
            writeln!(out, "The ledger agrees: there is nothing to write.")?;
            return Ok(Outcome::Yes);
        }
        let Some(left) = left else {
            writeln!(
                out,
                "Nothing was written: --apply writes what was recounted."
            )?;
            return Ok(Outcome::No);
        };
        for difference in &left {
            writeln!(out, "a recount cannot mend: {difference}")?;
        }
        writeln!(out, "The totals were written anew from the ledger.")?;
        Ok(match left.is_empty() {
            true => Outcome::Yes,
            false => Outcome::No,
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
        for target in &totals.targets {
            let (kind, day, value) = (target.kind.name(), target.due_on, target.value);
            writeln!(out, "  target of {day}: {value} {kind}")?;
        }
        let mut line = |label: &str, citizens: u64, services: u64| {
            writeln!(
                out,
                "  {label:<24}{citizens:>9} citizens {services:>9} services"
            )
        };
        for kind in ServiceKind::ALL {
            let (citizens, services) = (citizens.by_kind.of(*kind), services.by_kind.of(*kind));
            line(kind.name(), citizens, services)?;
        }
        for row in &totals.by_province {
            line(&row.province, row.citizens, row.services)?;
        }
        for row in &totals.by_month {
            line(&row.month, row.citizens, row.services)?;
        }
        for row in &citizens.by_age {
            let label = row.age.label(Lang::En);
            writeln!(out, "  {label:<24}{:>9} citizens", row.citizens)?;
        }
        for row in &citizens.by_gender {
            let label = row.gender.label(Lang::En);
            writeln!(out, "  {label:<24}{:>9} citizens", row.citizens)?;
        }
    }
    Ok(())
}
