//! The schema, one step a file. Steps never see the program's types, so that an old step keeps
//! meaning what it meant; each one reverts, and runs in a transaction.

pub use sea_orm_migration::MigratorTrait;
use sea_orm_migration::prelude::*;

mod m0001_programmes;
mod m0002_people;
mod m0003_learning;
mod m0004_ledger;
mod m0005_reports;
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
        ]
    }
}
