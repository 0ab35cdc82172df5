//! `autonomia migrate`: the schema.

use std::io::{self, IsTerminal, Write};

use anyhow::bail;

use super::database::block_on;
use super::{Outcome, Place};
use crate::db::{self, Db, WayBack};

/// Make the database, bring its schema up to date, or take steps back
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  autonomia migrate
  autonomia migrate --database postgres://autonomia@localhost/autonomia
  autonomia migrate --down 1")]
pub(super) struct Args {
    /// Undo the last N steps instead; it says what they held, and asks before that is lost
    #[arg(long, value_name = "N")]
    down: Option<u32>,
    /// Lose what the steps held without being asked
    #[arg(long, requires = "down")]
    yes: bool,
}

pub(super) fn run(args: &Args, place: &Place, out: &mut dyn Write) -> anyhow::Result<Outcome> {
    block_on(async {
        let (db, outcome) = match args.down {
            Some(steps) => {
                let db = place.database.open_as_it_is().await?;
                let outcome = down(&db, steps, args.yes, out).await?;
                (db, outcome)
            }
            None => {
                let (db, new) = place.database.open_new().await?;
                let shown = place.database.shown();
                match new {
                    true => writeln!(out, "made a new database at {shown}")?,
                    false => writeln!(out, "the schema is up to date")?,
                }
                (db, Outcome::Yes)
            }
        };
        db.close().await?;
        Ok(outcome)
    })
}

async fn down(db: &Db, steps: u32, yes: bool, out: &mut dyn Write) -> anyhow::Result<Outcome> {
    let Some(_alone) = db::alone(db.url()).await? else {
        bail!("autonomia serves this database: stop it first");
    };
    let way = db::way_back(db, steps).await?;
    if way.steps.is_empty() {
        writeln!(out, "there is no step to take back")?;
        return Ok(Outcome::Yes);
    }
    if way.sent > 0 {
        bail!(
            "nothing was taken back: {} attendances were sent to Facilita, and without {} they would \
             be sent a second time",
            way.sent,
            way.steps.join(", ")
        );
    }
    tell(&way, out)?;
    if !way.losses.is_empty() && !yes && !asked(out)? {
        writeln!(out, "nothing was taken back")?;
        return Ok(Outcome::No);
    }
    db::migrate_down(db, steps).await?;
    writeln!(out, "took back {} steps", way.steps.len())?;
    Ok(Outcome::Yes)
}

fn tell(way: &WayBack, out: &mut dyn Write) -> io::Result<()> {
    for step in &way.steps {
        writeln!(out, "takes back {step}")?;
    }
    for loss in &way.losses {
        let (table, rows) = (&loss.table, loss.rows);
        match &loss.column {
            Some(column) => writeln!(out, "  loses {table}.{column} of {rows} rows")?,
            None => writeln!(out, "  loses the table {table}, {rows} rows")?,
        }
    }
    if way.losses.is_empty() {
        writeln!(out, "  loses nothing")?;
    }
    out.flush()
}

/// Asks a person; where nobody sits there, the answer is not guessed.
fn asked(out: &mut dyn Write) -> anyhow::Result<bool> {
    if !io::stdin().is_terminal() {
        bail!("this would be lost: say it with --yes, after `autonomia backup`");
    }
    write!(out, "Lose this? Type yes: ")?;
    out.flush()?;
    let mut line = String::new();
    io::stdin().read_line(&mut line)?;
    Ok(line.trim() == "yes")
}
