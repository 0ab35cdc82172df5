//! `autonomia user`: the staff.

use std::io::Write;

use time::OffsetDateTime;

use super::database::block_on;
use super::{Outcome, Place, known, site};
use crate::accounts::staff::{self, NewStaff};
use crate::db::Db;
use crate::domain::role::Role;

/// Add, list and disable the accounts of the staff
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    act: Act,
}

#[derive(Debug, clap::Subcommand)]
enum Act {
    /// Add somebody, or a role to somebody who is there, and print a link to set a password
    #[command(after_help = "\
Examples:
  autonomia user add --email ada@example.org --role admin
  autonomia user add --email nina@example.org --role facilitator --point BA-001")]
    Add {
        /// What they sign in with
        #[arg(long)]
        email: String,
        /// What others call them
        #[arg(long, default_value = "")]
        name: String,
        /// citizen, facilitator, editor, coordinator or admin
        #[arg(long)]
        role: Role,
        /// The point's code; a facilitator needs one
        #[arg(long, value_name = "CODE")]
        point: Option<String>,
        /// The address people reach the site at, for the link
        #[arg(
            long,
            env = "AUTONOMIA_ADDRESS",
            value_name = "URL",
            value_parser = site::origin,
            default_value = "http://127.0.0.1:8080"
        )]
        address: String,
    },
    /// List everybody
    #[command(after_help = "Example:
  autonomia user list")]
    List,
    /// Keep somebody out from now on
    #[command(after_help = "Example:
  autonomia user disable --email nina@example.org")]
    Disable {
        /// What they sign in with
        #[arg(long)]
        email: String,
    },
}

pub(super) fn run(args: &Args, place: &Place, out: &mut dyn Write) -> anyhow::Result<Outcome> {
    block_on(async {
        let db = match &args.act {
            Act::List => place.database.open_to_read().await?,
            _ => place.database.open_existing().await?,
        };
        let now = OffsetDateTime::now_utc();
        match &args.act {
            Act::Add {
                email,
                name,
                role,
                point,
                address,
            } => {
                let point = match point {
                    Some(code) => Some(known::point(&db, code).await?.id),
                    None => None,
                };
                let new = NewStaff {
                    email: email.clone(),
                    name: name.clone(),
                    role: *role,
                    point,
                };
                let (_, token) = staff::add(&db, new, None, now).await?;
                writeln!(out, "To set a password, once, within three days:")?;
                writeln!(out, "{address}/accedi/password?token={token}")?;
            }
            Act::List => list(&db, out).await?,
            Act::Disable { email } => {
                staff::disable(&db, email, None, now).await?;
                writeln!(out, "{email} may no longer enter")?;
            }
        }
        db.close().await?;
        Ok(Outcome::Yes)
    })
}

async fn list(db: &Db, out: &mut dyn Write) -> anyhow::Result<()> {
    for member in staff::list(db).await? {
        let roles: Vec<_> = member
            .roles
            .iter()
            .map(|(grant, point)| match point {
                Some(code) => format!("{} at {code}", grant.role),
                None => grant.role.to_string(),
            })
            .collect();
        let state = match (member.disabled, member.has_password) {
            (true, _) => ", disabled",
            (false, false) => ", no password yet",
            (false, true) => "",
        };
        writeln!(out, "{}: {}{state}", member.email, roles.join(", "))?;
    }
    Ok(())
}
