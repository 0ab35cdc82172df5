//! The entities say what the migrated tables say, and every step of the schema reverts.

use std::collections::{BTreeMap, BTreeSet};

use autonomia::db::entities::shapes;
use autonomia::db::{self, Db};
use sea_orm::{ConnectionTrait, DbBackend, Statement};

use crate::database::TestDb;

/// Table → column → whether it may be empty.
type Tables = BTreeMap<String, BTreeMap<String, bool>>;

async fn tables(db: &Db) -> Tables {
    let sql = match db.read().get_database_backend() {
        DbBackend::Sqlite => {
            "SELECT m.name AS t, c.name AS c, c.\"notnull\" = 0 AS n \
             FROM sqlite_master m, pragma_table_info(m.name) c \
             WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%'"
        }
        _ => {
            "SELECT table_name::text AS t, column_name::text AS c, is_nullable = 'YES' AS n \
             FROM information_schema.columns WHERE table_schema = current_schema()"
        }
    };
    let statement = Statement::from_string(db.read().get_database_backend(), sql);
    let mut tables = Tables::new();
    for row in db.read().query_all_raw(statement).await.unwrap() {
        let (table, column): (String, String) =
            (row.try_get("", "t").unwrap(), row.try_get("", "c").unwrap());
        let empty: bool = row.try_get("", "n").unwrap();
        tables.entry(table).or_default().insert(column, empty);
    }
    tables.remove("seaql_migrations");
    tables
}

#[actix_web::test]
async fn every_entity_has_the_columns_of_its_table() {
    let test = TestDb::new().await;
    let entities: Tables = shapes()
        .into_iter()
        .map(|(table, columns)| (table.to_owned(), columns.into_iter().collect()))
        .collect();
    let there = tables(&test).await;
    for (table, columns) in &entities {
        assert_eq!(Some(columns), there.get(table), "{table}");
    }
    let names = |tables: &Tables| tables.keys().cloned().collect::<BTreeSet<_>>();
    assert_eq!(names(&entities), names(&there));
}

#[actix_web::test]
async fn every_step_of_the_schema_reverts_and_returns() {
    let test = TestDb::new().await;
    let whole = tables(&test).await;
    let columns = |tables: &Tables| tables.values().map(|columns| columns.len()).sum::<usize>();
    let mut before = columns(&whole);
    while before > 0 {
        db::migrate_down(&test, 1).await.unwrap();
        let now = columns(&tables(&test).await);
        assert!(now < before, "a step took nothing away");
        before = now;
    }
    db::migrate(&test).await.unwrap();
    assert_eq!(tables(&test).await, whole);
    // Up to date already: nothing to do.
    db::migrate(&test).await.unwrap();
    assert_eq!(tables(&test).await, whole);
}
