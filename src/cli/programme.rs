//! `autonomia programme`: what is counted, for whom and when.

use std::io::Write;

use anyhow::{anyhow, bail};
use time::{Date, OffsetDateTime};

use super::database::block_on;
use super::{Outcome, Place, known};
use crate::db::{self, Db};
use crate::domain::locale::Lang;
use crate::network::programme;
use crate::network::revise::{self, ProgrammeDetails, ProgrammeError};
use crate::web::templates::text;

/// Add and list programmes; the rest of one is written at /rete/programmi
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    act: Act,
}

#[derive(Debug, clap::Subcommand)]
enum Act {
    Add(AddArgs),
    /// List the programmes and their days
    #[command(after_help = "Example:\n  autonomia programme list")]
    List,
}

/// Add a programme: points belong to one, and what is counted is counted for it
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  autonomia programme add --code puglia --name \"Rete della Puglia\" --from 2026-01-01 --to 2026-12-31")]
struct AddArgs {
    /// What addresses and commands call it: small letters, digits and hyphens
    #[arg(long)]
    code: String,
    /// What people call it
    #[arg(long)]
    name: String,
    /// Its first day, YYYY-MM-DD
    #[arg(long, value_name = "DAY", value_parser = known::day)]
    from: Date,
    /// Its last day
    #[arg(long, value_name = "DAY", value_parser = known::day)]
    to: Date,
    /// The youngest age that counts, in full years
    #[arg(long, value_name = "YEARS", default_value_t = 18)]
    age_min: u8,
    /// The oldest age that counts
    #[arg(long, value_name = "YEARS", default_value_t = 74)]
    age_max: u8,
}

pub(super) fn run(args: &Args, place: &Place, out: &mut dyn Write) -> anyhow::Result<Outcome> {
    block_on(async {
        match &args.act {
            Act::Add(new) => {
                known::in_order(Some(new.from), Some(new.to))?;
                let db = place.database.open_existing().await?;
                add(&db, new).await?;
                writeln!(out, "added the programme {}", new.code)?;
                db.close().await?;
            }
            Act::List => {
                let db = place.database.open_to_read().await?;
                for one in programme::list(db.read()).await? {
                    let (code, name) = (one.code, one.name);
                    writeln!(out, "{code}: {name}, {} to {}", one.starts_on, one.ends_on)?;
                }
                db.close().await?;
            }
        }
        Ok(Outcome::Yes)
    })
}

async fn add(db: &Db, new: &AddArgs) -> anyhow::Result<()> {
    let details = ProgrammeDetails {
        code: new.code.clone(),
        name: new.name.clone(),
        starts_on: new.from.to_string(),
        ends_on: new.to.to_string(),
        age_min: new.age_min.to_string(),
        age_max: new.age_max.to_string(),
        lessons: "none".to_owned(),
        retroactive: "yes".to_owned(),
        ..ProgrammeDetails::default()
    };
    let now = OffsetDateTime::now_utc();
    let added = db::write(db, async move |tx| {
        revise::add_in(tx, &details, None, now).await
    });
    match added.await {
        Ok(()) => Ok(()),
        Err(ProgrammeError::Invalid(faults)) => {
            let faults = faults.iter().map(|fault| {
                let flag = fault.field.replace('_', "-");
                format!("--{flag}: {}", text(Lang::En, fault.key))
            });
            bail!(faults.collect::<Vec<_>>().join(" "))
        }
        Err(error) => Err(anyhow!(error)),
    }
}
