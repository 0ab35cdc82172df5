//! The schema, one step a file. Steps never see the program's types, so that an old step keeps
//! meaning what it meant; each one reverts, and runs in a transaction.

pub use sea_orm_migration::MigratorTrait;
use sea_orm_migration::prelude::*;

mod m0001_programmes;
mod m0002_people;
mod m0003_learning;
mod m0004_ledger;
mod m0005_reports;
mod m0006_records;
mod m0007_desk;
mod m0008_points;
mod m0009_facilita;
mod m0010_people_tallies;
mod m0011_keeping;
mod m0012_audit_chain;
mod m0013_doors;
mod m0014_citizen_doors;
mod m0015_whose;
mod m0016_standing;
mod m0017_name_answers;
mod m0019_own;
mod m0023_corrections;
mod m0024_open_data;
mod m0025_missed_searches;
mod m0026_name_key;
mod parts;

/// The steps, in order.
#[derive(Debug)]
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m0001_programmes::Step),
            Box::new(m0002_people::Step),
            Box::new(m0003_learning::Step),
            Box::new(m0004_ledger::Step),
            Box::new(m0005_reports::Step),
            Box::new(m0006_records::Step),
            Box::new(m0007_desk::Step),
            Box::new(m0008_points::Step),
            Box::new(m0009_facilita::Step),
            Box::new(m0010_people_tallies::Step),
            Box::new(m0011_keeping::Step),
            Box::new(m0012_audit_chain::Step),
            Box::new(m0013_doors::Step),
            Box::new(m0014_citizen_doors::Step),
            Box::new(m0015_whose::Step),
            Box::new(m0016_standing::Step),
            Box::new(m0017_name_answers::Step),
            Box::new(m0019_own::Step),
            Box::new(m0023_corrections::Step),
            Box::new(m0024_open_data::Step),
            Box::new(m0025_missed_searches::Step),
            Box::new(m0026_name_key::Step),
        ]
    }
}
