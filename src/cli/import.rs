//! `autonomia import`: what other systems know, from CSV files.

use std::fs;
use std::io::Write;
use std::path::PathBuf;

use anyhow::{Context as _, bail};
use time::OffsetDateTime;

use super::database::block_on;
use super::{Outcome, Place, known, progress};
use crate::accounts::members;
use crate::db::{self, Db};
use crate::domain::ids::{AccountId, PointId};
use crate::domain::import::{Imported, Manner};
use crate::domain::locale::Lang;
use crate::domain::role::Role;
use crate::domain::sheet;
use crate::learning::import;
use crate::network::import as network;
use crate::web::templates::text;

/// How every table is read, said below each of them.
macro_rules! about_tables {
    ($example:literal) => {
        concat!(
            "\
The table:
  The first line names the columns, in any order, in English or in Italian; capitals, accents and
  spaces do not matter. Semicolons, tabulators or commas stand between them. The file is in UTF-8,
  UTF-16 or Windows-1252. A day is YYYY-MM-DD or DD/MM/YYYY.

",
            $example
        )
    };
}

/// Add and update from a CSV file; nothing is ever deleted
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Take in the people of a point
    ///
    /// The columns: codice_fiscale, last_name, first_name, birth_date, gender, education, occupation,
    /// citizenship (Facilita's letters, or what they mean), province, email, phone. A row is the
    /// person of its codice fiscale; without one, somebody new, and never a change of whoever has the
    /// same name. What is not sure is held back: a column name_differs with yes says that a code is
    /// of somebody whose name it does not fit, a column new_person that somebody is new though the
    /// name is there. An empty cell leaves what is there.
    #[command(after_help = about_tables!(
        "\
Example:
  autonomia import citizens people.csv --point BA-001 --dry-run"
    ))]
    Citizens(Citizens),
    /// Take in the points of the network
    ///
    /// The columns: code, name, municipality, province, region, address, postcode, phone, email,
    /// hours, offers, workstations, itinerant, latitude, longitude, facilita_id, programme, closed_on.
    /// A row is the point of its code, or a new one. An empty cell leaves what is there.
    #[command(after_help = about_tables!(
        "\
Example, a file with one point, and its command:
  code,name,municipality,province,region,programme
  BA-001,Biblioteca comunale,Bari,Bari,Puglia,puglia

  autonomia import points points.csv"
    ))]
    Points(FileArgs),
    /// Take in services that were given and recorded elsewhere
    ///
    /// The columns, all of them: point, facilitator (e-mail), date, kind (individual, group,
    /// classroom, online, other), minutes, competences (SE5, joined by colons), domains (SE6), title,
    /// codice_fiscale. Rows that say the same of other people are one service. A service that is in
    /// the ledger is left alone.
    #[command(after_help = about_tables!(
        "\
Example:
  autonomia import services services.csv --strict"
    ))]
    Services(FileArgs),
}

#[derive(Debug, clap::Args)]
struct Citizens {
    #[command(flatten)]
    file: FileArgs,
    /// The point's code
    #[arg(long, value_name = "CODE")]
    point: String,
    /// The facilitator who follows them, by e-mail; the point's own where it has only one
    #[arg(long, value_name = "EMAIL")]
    by: Option<String>,
}

/// What every import is told.
#[derive(Debug, clap::Args)]
pub(super) struct FileArgs {
    /// The CSV file
    #[arg(value_name = "FILE.csv")]
    file: PathBuf,
    /// Only say what would happen
    #[arg(long)]
    dry_run: bool,
    /// One bad row refuses all of them
    #[arg(long)]
    strict: bool,
}

impl FileArgs {
    const fn manner(&self) -> Manner {
        Manner {
            trial: self.dry_run,
            strict: self.strict,
            unbounded: true,
        }
    }

    fn read(&self) -> anyhow::Result<Vec<u8>> {
        let shown = self.file.display();
        let table = fs::read(&self.file).with_context(|| format!("{shown} cannot be read"))?;
        sheet::text(&table).with_context(|| shown.to_string())?;
        Ok(table)
    }
}

pub(super) fn run(args: &Args, place: &Place, out: &mut dyn Write) -> anyhow::Result<Outcome> {
    block_on(async {
        let shown = progress::show();
        let (file, imported) = match &args.what {
            What::Citizens(one) => (&one.file, citizens(place, one).await?),
            What::Points(file) => (file, points(place, file).await?),
            What::Services(file) => (file, services(place, file).await?),
        };
        drop(shown);
        report(file, &imported, out)
    })
}

async fn citizens(place: &Place, one: &Citizens) -> anyhow::Result<Imported> {
    let (file, manner) = (one.file.read()?, one.file.manner());
    let db = place.database.open_existing().await?;
    let vault = place.keys.of(&db).await?.vault;
    let point = known::point(&db, &one.point).await?;
    let by = facilitator(&db, point.id, one.by.as_deref()).await?;
    let now = OffsetDateTime::now_utc();
    let done = import::citizens(&db, &vault, &file, point.id, by, manner, now).await;
    end(&db, done).await
}

async fn points(place: &Place, file: &FileArgs) -> anyhow::Result<Imported> {
    let (table, now) = (file.read()?, OffsetDateTime::now_utc());
    let db = place.database.open_existing().await?;
    let done = network::points(&db, &table, file.manner(), None, now).await;
    end(&db, done).await
}

async fn services(place: &Place, file: &FileArgs) -> anyhow::Result<Imported> {
    let (table, now) = (file.read()?, OffsetDateTime::now_utc());
    let db = place.database.open_existing().await?;
    let vault = place.keys.of(&db).await?.vault;
    let done = network::services(&db, &vault, &table, file.manner(), None, now).await;
    end(&db, done).await
}

/// Closes the database; where something was kept, it then knows how much is in it.
async fn end<E>(db: &Db, done: Result<Imported, E>) -> anyhow::Result<Imported>
where
    anyhow::Error: From<E>,
{
    if done.as_ref().is_ok_and(|done| done.kept) {
        db::analyze(db).await?;
    }
    db.close().await?;
    Ok(done?)
}

async fn facilitator(db: &Db, point: PointId, email: Option<&str>) -> anyhow::Result<AccountId> {
    let mut here = members::list(db).await?;
    here.retain(|member| {
        let works =
            |role: Role, at: Option<PointId>| role == Role::Facilitator && at == Some(point);
        let mut roles = member.roles.iter();
        !member.disabled
            && roles.any(|(grant, _)| works(grant.role, grant.point))
            && email.is_none_or(|email| email.eq_ignore_ascii_case(&member.email))
    });
    match here.as_slice() {
        [one] => Ok(one.id),
        [] => bail!("nobody like that is a facilitator of the point"),
        _ => bail!("the point has several facilitators: say with --by who follows these people"),
    }
}

/// Every bad row, then the sums. The answer is no where a row was refused.
fn report(file: &FileArgs, done: &Imported, out: &mut dyn Write) -> anyhow::Result<Outcome> {
    for fault in done.told.iter().chain(&done.refused) {
        let column = match (fault.header.as_str(), fault.field.as_str()) {
            ("", "") => String::new(),
            ("", column) | (column, _) => format!(" {column}:"),
        };
        let read = match fault.read.as_str() {
            "" => String::new(),
            read => format!(" (read: \"{read}\")"),
        };
        let why = text(Lang::En, fault.key);
        let (file, line) = (file.file.display(), fault.line);
        writeln!(out, "{file}:{line}:{column} {why}{read}")?;
    }
    let mut lines: Vec<_> = done.refused.iter().map(|fault| fault.line).collect();
    lines.dedup();
    writeln!(
        out,
        "{} added, {} updated, {} unchanged, {} refused",
        done.added,
        done.updated,
        done.unchanged,
        lines.len()
    )?;
    if !done.kept {
        let why = if file.dry_run {
            "a dry run"
        } else {
            "one bad row refuses all"
        };
        writeln!(out, "Nothing was written: {why}.")?;
    }
    Ok(if lines.is_empty() {
        Outcome::Yes
    } else {
        Outcome::No
    })
}
