//! `autonomia export evidence`: what was counted for whom, and an auditor's list looked up.

use std::fs;
use std::io::Write;
use std::path::PathBuf;

use anyhow::Context as _;
use time::OffsetDateTime;

use super::database::block_on;
use super::{Outcome, Place, known, progress};
use crate::citizens::Vault;
use crate::db::{Db, audit};
use crate::domain::progress::begin;
use crate::domain::table::TableReader;
use crate::network::evidence::first::{self, LookUpAnswer};
use crate::network::evidence::hashes::HashList;
use crate::network::evidence::{read, table};
use crate::network::programme::Programme;

/// Which evidence.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The programme's code
    #[arg(long, value_name = "CODE")]
    programme: String,
    /// A list of SHA-256 of codici fiscali, one a line or in a column of CSV: each one's first
    /// service is written
    #[arg(long, value_name = "FILE")]
    hashes: Option<PathBuf>,
    /// Where to write it; to the standard output if left out
    #[arg(value_name = "FILE.csv")]
    file: Option<PathBuf>,
}

/// Exit 1 where a line of the list is no hash or was found for nobody.
pub(super) fn export(args: &Args, place: &Place, out: &mut dyn Write) -> anyhow::Result<Outcome> {
    if let Some(path) = &args.file {
        known::can_be_written(path)?;
    }
    let list = match &args.hashes {
        None => None,
        Some(path) => {
            let shown = path.display();
            let bytes = fs::read(path).with_context(|| format!("cannot read {shown}"))?;
            Some(HashList::read(&bytes).with_context(|| format!("{shown} cannot be looked up"))?)
        }
    };
    let (file, outcome) = block_on(async {
        let db = place.database.open_existing().await?;
        let vault = place.keys.of(&db).await?.vault;
        let programme = known::programme(&db, &args.programme).await?;
        let shown = progress::show();
        let made = match &list {
            Some(list) => answers(&db, &vault, &programme, list).await,
            None => everything(&db, &vault, &programme).await,
        };
        drop(shown);
        db.close().await?;
        made
    })?;
    match &args.file {
        None => out.write_all(&file)?,
        Some(path) => known::written_for_owner(path, &file)?,
    }
    Ok(outcome)
}

async fn answers(
    db: &Db,
    vault: &Vault,
    programme: &Programme,
    list: &HashList,
) -> anyhow::Result<(Vec<u8>, Outcome)> {
    let step = begin("codes compared with the list", 0);
    let lines = first::look_up(db, vault, programme, list).await?;
    drop(step);
    told(db).await?;
    let mut outcome = Outcome::Yes;
    for line in &lines {
        let said = match line.answer {
            LookUpAnswer::Unreadable => "no hash",
            LookUpAnswer::Missing => "not found",
            LookUpAnswer::Found(..) | LookUpAnswer::Again(_) => continue,
        };
        outcome = Outcome::No;
        writeln!(std::io::stderr(), "line {}: {said}", line.number)?;
    }
    let file = table::answers(db, &lines, TableReader::Program).await?;
    Ok((file, outcome))
}

async fn everything(
    db: &Db,
    vault: &Vault,
    programme: &Programme,
) -> anyhow::Result<(Vec<u8>, Outcome)> {
    audit::saw(
        audit::Action::EvidenceExported,
        "programme",
        programme.id.0,
        "",
    );
    told(db).await?;
    let _step = begin("services that count", 0);
    let mut file = table::proof_head(TableReader::Program)?;
    read::of_programme(db, programme, |proofs| {
        file.extend(table::proof_rows(vault, &proofs, TableReader::Program)?);
        Ok::<_, anyhow::Error>(())
    })
    .await?;
    Ok((file, Outcome::Yes))
}

/// That it was read is written down before anything of it leaves.
async fn told(db: &Db) -> anyhow::Result<()> {
    if let Some(context) = audit::context() {
        audit::settle(db, &context, OffsetDateTime::now_utc()).await?;
    }
    Ok(())
}
