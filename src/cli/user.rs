//! `autonomia user`: the staff.

use std::io::Write;

use time::OffsetDateTime;

use super::database::block_on;
use super::{Outcome, Place, known, site};
use crate::accounts::members::{self, StaffMember};
use crate::accounts::rules::{self, DoorRules};
use crate::accounts::second_factor;
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
    /// Let somebody in again who was kept out
    #[command(after_help = "Example:\n  autonomia user enable --email nina@example.org")]
    Enable {
        /// What they sign in with
        #[arg(long)]
        email: String,
    },
    /// Take away the second factor of somebody who lost their phone and the recovery codes
    #[command(
        after_help = "Example:\n  autonomia user reset-second-factor --email ada@example.org"
    )]
    ResetSecondFactor {
        /// What they sign in with
        #[arg(long)]
        email: String,
    },
    /// Show or change the rules of the doors, for sessions that begin from now on
    #[command(after_help = "Example:\n  autonomia user rules --staff-idle 20")]
    Rules {
        /// Whether coordinators and administrators need a second factor
        #[arg(long, value_name = "true|false")]
        second_factor: Option<bool>,
        /// Minutes that a browser of the staff may stay unused
        #[arg(long, value_name = "MINUTES")]
        staff_idle: Option<i32>,
        /// Minutes that a browser may stay unused which others use too
        #[arg(long, value_name = "MINUTES")]
        shared_idle: Option<i32>,
    },
}

pub(super) fn run(args: &Args, place: &Place, out: &mut dyn Write) -> anyhow::Result<Outcome> {
    block_on(async {
        let db = match &args.act {
            Act::List => place.database.open_to_look().await?,
            _ => place.database.open_existing().await?,
        };
        let now = OffsetDateTime::now_utc();
        let mut lines = Vec::new();
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
                if let (_, Some(token)) = staff::add(&db, new, None, now).await? {
                    writeln!(out, "To set a password, once, within three days:")?;
                    writeln!(out, "{address}/accedi/password?token={token}")?;
                }
            }
            Act::List => lines = list(&db).await?,
            Act::Disable { email } => {
                staff::disable(&db, email, None, now).await?;
                writeln!(out, "{email} may no longer enter")?;
            }
            Act::Enable { email } => {
                staff::enable(&db, email, None, now).await?;
                writeln!(out, "{email} may enter again, with the password they had")?;
            }
            Act::ResetSecondFactor { email } => {
                let account = staff::by_address(&db, email).await?;
                second_factor::reset(&db, account, None, now).await?;
                writeln!(out, "{email} has no second factor any more")?;
            }
            Act::Rules {
                second_factor,
                staff_idle,
                shared_idle,
            } => {
                let held = rules::read(db.read()).await?;
                let asked = DoorRules {
                    second_factor: second_factor.unwrap_or(held.second_factor),
                    staff_idle: staff_idle.unwrap_or(held.staff_idle),
                    shared_idle: shared_idle.unwrap_or(held.shared_idle),
                };
                if asked != held {
                    rules::set(&db, asked, now).await?;
                }
                tell(asked, out)?;
            }
        }
        db.close().await?;
        for line in lines {
            writeln!(out, "{line}")?;
        }
        Ok(Outcome::Yes)
    })
}

fn tell(rules: DoorRules, out: &mut dyn Write) -> anyhow::Result<()> {
    let demanded = match rules.second_factor {
        true => "demanded of coordinators and administrators",
        false => "as everybody likes",
    };
    writeln!(out, "second factor: {demanded}")?;
    writeln!(
        out,
        "a browser of the staff may stay unused for {} minutes",
        rules.staff_idle
    )?;
    writeln!(out, "a browser of many for {} minutes", rules.shared_idle)?;
    Ok(())
}

async fn list(db: &Db) -> anyhow::Result<Vec<String>> {
    let line = |member: StaffMember| {
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
        format!("{}: {}{state}", member.email, roles.join(", "))
    };
    Ok(members::list(db).await?.into_iter().map(line).collect())
}
