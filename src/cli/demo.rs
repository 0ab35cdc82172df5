//! `autonomia demo`: a network to try, in a throw-away database unless one is named.

use std::io::Write;
use std::path::PathBuf;
use std::time::Duration;

use actix_web::rt::System;
use anyhow::Context as _;
use clap::ValueEnum;
use serde_json::{Value, json};
use time::OffsetDateTime;
use uuid::Uuid;

use crate::sample::{self, Sample, Size};

use super::Outcome;
use super::database::DatabaseArgs;
use super::keys::{self, KeyArgs};
use super::serve::{self, SiteArgs, serve};

/// The same network every time.
const SEED: u64 = 172;
/// Of an installation that is thrown away.
pub(super) const PASSWORD: &str = "prova-autonomia";

/// Try the site: a network with invented people, and how to enter as each role
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    site: SiteArgs,
    /// Keep the network in this database instead of throwing it away
    #[arg(long, env = "AUTONOMIA_DEMO_DATABASE", hide_env_values = true)]
    database: Option<String>,
    #[command(flatten)]
    keys: KeyArgs,
    /// `json`: the first line is `{address, accounts}`
    #[arg(long, value_enum, default_value = "human")]
    format: Format,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    Human,
    Json,
}

pub(super) fn run(args: &Args, out: &mut impl Write) -> anyhow::Result<Outcome> {
    System::new().block_on(async {
        let listener = args.site.bind()?;
        let folder = Folder::new()?;
        let database = match &args.database {
            Some(url) => url.clone(),
            None => format!("sqlite:{}", folder.0.join("demo.db").display()),
        };
        let db = DatabaseArgs { database }.open().await?;
        // A kept network needs its keys again.
        let keys = match args.database {
            Some(_) => args.keys.of(&db).await?,
            None => keys::throw_away()?,
        };
        let now = OffsetDateTime::now_utc();
        let courses = serve::courses(&args.site.content, now)?;
        let size = (Size::DEMO, SEED);
        let sample = sample::fill(&db, &keys.vault, &courses, PASSWORD, size, now)
            .await
            .context("the demo needs an empty database; `autonomia serve` serves a filled one")?;
        serve(&args.site, listener, db, keys, |address| {
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

fn tell(out: &mut impl Write, address: &str, sample: &Sample) -> anyhow::Result<()> {
    writeln!(out, "Autonomia, rete di prova: {address}\n")?;
    writeln!(out, "Accedi come:")?;
    writeln!(out, "  cittadino      {address}/tessera")?;
    writeln!(
        out,
        "                 tessera {}  PIN {}",
        sample.card.code, sample.card.pin
    )?;
    for (role, email) in &sample.staff {
        writeln!(out, "  {:<14} {address}/accedi", role.name())?;
        writeln!(out, "                 {email}  {PASSWORD}")?;
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
        .map(|(role, email)| json!({ "role": role, "email": email, "password": PASSWORD }));
    std::iter::once(citizen).chain(staff).collect()
}

/// A folder that goes away with the demo.
struct Folder(PathBuf);

impl Folder {
    fn new() -> anyhow::Result<Self> {
        let path = std::env::temp_dir().join(format!("autonomia-demo-{}", Uuid::new_v4()));
        std::fs::create_dir(&path).with_context(|| format!("cannot make {}", path.display()))?;
        Ok(Self(path))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // SQLite's threads may still be closing their files. What is left after that is in the
        // folder for such things, which the system clears.
        for _ in 0..10 {
            match std::fs::remove_dir_all(&self.0) {
                Ok(()) => return,
                Err(_) => std::thread::sleep(Duration::from_millis(20)),
            }
        }
    }
}
