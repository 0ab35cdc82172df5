//! `autonomia demo`: a network to try, in a throw-away database unless one is named.

use std::io::Write;

use actix_web::rt::System;
use anyhow::Context as _;
use clap::ValueEnum;
use serde_json::{Value, json};
use time::OffsetDateTime;

use crate::content::Catalogue;
use crate::db::Db;
use crate::domain::region::Region;
use crate::sample::{self, Sample, Size};

use super::database::DatabaseArgs;
use super::keys::Keys;
use super::serve::{self, SiteArgs, serve};
use super::stop::Stop;
use super::throw_away::Folder;
use super::{Outcome, Place, keys, progress};

/// The same network every time.
const SEED: u64 = 172;
/// Of an installation that is thrown away.
pub(super) const PASSWORD: &str = "prova-autonomia";

/// Try the site: a network with invented people, and how to enter as each role
///
/// The courses tell Puglia's addresses and rules, unless --region names another.
///
/// The network is thrown away at the end, unless --database or AUTONOMIA_DEMO_DATABASE names an
/// empty database to keep it in; the installation's AUTONOMIA_DATABASE is left alone.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  autonomia demo
  autonomia demo --listen 127.0.0.1:0 --format json
  autonomia demo --database sqlite:prova.db --keys prova.toml")]
pub(super) struct Args {
    #[command(flatten)]
    site: SiteArgs,
    /// How to tell the address and who may enter
    #[arg(long, value_enum, default_value = "human")]
    format: Format,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// For people
    Human,
    /// One line: `{address, accounts}`
    Json,
}

pub(super) fn run(args: &Args, place: &Place, out: &mut impl Write) -> anyhow::Result<Outcome> {
    System::new().block_on(async {
        let stop = Stop::listen()?;
        serve::log();
        let listener = args.site.bind()?;
        let now = OffsetDateTime::now_utc();
        let courses = serve::courses(&args.site.content, now, args.site.lang.lang())?;
        // A kept network needs no folder that goes away.
        let (folder, url) = match kept(place) {
            Some(url) => (None, url),
            None => {
                let folder = Folder::new()?;
                let file = folder.path().join("demo.db");
                (Some(folder), format!("sqlite:{}", file.display()))
            }
        };
        let database = DatabaseArgs {
            database: url,
            named: true,
        };
        let made = make(place, &database, folder.is_some(), &courses, now);
        let Some((db, keys, sample)) = stop.unless(made).await.transpose()? else {
            return Ok(Outcome::Yes);
        };
        let site = args
            .site
            .or_address(listener.local_addr()?)
            .or_region(Region::PUGLIA);
        serve(&site, listener, db, keys, &stop, |address, _| {
            match args.format {
                Format::Human => tell(out, address, &sample)?,
                Format::Json => {
                    let accounts = accounts(&sample);
                    writeln!(
                        out,
                        "{}",
                        json!({ "address": address, "accounts": accounts })
                    )?;
                }
            }
            Ok(out.flush()?)
        })
        .await
    })
}

/// Fills an empty database.
async fn make(
    place: &Place,
    database: &DatabaseArgs,
    throw_away: bool,
    courses: &Catalogue,
    now: OffsetDateTime,
) -> anyhow::Result<(Db, Keys, Sample)> {
    let (db, _) = database.open_new().await?;
    // A kept network needs its keys again.
    let keys = match throw_away {
        true => keys::throw_away(&db).await?,
        false => place.keys.of(&db).await?,
    };
    let shown = progress::show();
    let size = (Size::DEMO, SEED);
    let sample = sample::fill(&db, &keys.vault, courses, PASSWORD, size, now)
        .await
        .context("the demo needs an empty database; `autonomia serve` serves a filled one")?;
    drop(shown);
    Ok((db, keys, sample))
}

/// The database that somebody named for the demo.
fn kept(place: &Place) -> Option<String> {
    let named = place
        .database
        .named
        .then(|| place.database.database.clone());
    let set = || std::env::var("AUTONOMIA_DEMO_DATABASE").ok();
    named.or_else(set).filter(|url| !url.is_empty())
}

fn tell(out: &mut impl Write, address: &str, sample: &Sample) -> anyhow::Result<()> {
    writeln!(out, "Autonomia, rete di prova: {address}\n")?;
    writeln!(out, "Accedi come:")?;
    writeln!(out, "  cittadino      {address}/tessera")?;
    writeln!(
        out,
        "                 tessera {}  PIN {}",
        sample.card.code, sample.card.pin
    )?;
    for member in &sample.staff {
        writeln!(out, "  {:<14} {address}/accedi", member.role.name())?;
        let (indent, email) = ("                 ", &member.email);
        writeln!(out, "{indent}{email}  {PASSWORD}")?;
        if let Some(point) = &member.point {
            writeln!(out, "{indent}{point}")?;
        }
    }
    writeln!(
        out,
        "\nLe persone sono inventate. Ctrl-C per finire: non resta niente."
    )?;
    Ok(())
}

fn accounts(sample: &Sample) -> Vec<Value> {
    let citizen = json!({
        "role": "citizen", "card": sample.card.code, "pin": sample.card.pin,
    });
    let staff = sample
        .staff
        .iter()
        .map(|one| json!({ "role": one.role, "email": one.email, "password": PASSWORD }));
    std::iter::once(citizen).chain(staff).collect()
}
