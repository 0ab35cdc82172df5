//! The schema: bringing it up to date, and taking steps back without losing anything unawares.

use std::collections::BTreeMap;
use std::time::Duration;

use migrations::{Migrator, MigratorTrait};
use sea_orm::{
    ConnectionTrait, Database, DatabaseConnection, DbBackend, DbErr, Statement, TransactionTrait,
};

use super::Db;
use super::options::write_options;

/// How a database's schema stands to this program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SchemaAge {
    /// No step was made here yet: nothing of this program's is in it.
    New,
    /// It misses this many steps.
    Older(usize),
    /// It is what this program wants.
    Current,
    /// It has a step that this program does not know.
    Newer(String),
}

/// What taking steps back would lose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loss {
    /// The table.
    pub table: String,
    /// One column of it; `None` for the whole table.
    pub column: Option<String>,
    /// Rows of the table, or rows that say something in the column.
    pub rows: u64,
}

/// Steps to take back, and what they would lose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WayBack {
    /// The steps, the newest first.
    pub steps: Vec<String>,
    /// What is lost; tables and columns without content are left out.
    pub losses: Vec<Loss>,
    /// Attendances that were sent to Facilita and whose being sent would be forgotten.
    pub sent: u64,
}

/// How the database's schema stands to this program; it writes nothing.
///
/// # Errors
/// The database's.
pub async fn schema_age(db: &Db) -> Result<SchemaAge, DbErr> {
    age_of(db.read()).await
}

async fn age_of(connection: &DatabaseConnection) -> Result<SchemaAge, DbErr> {
    let known: Vec<String> = Migrator::migrations()
        .iter()
        .map(|step| step.name().to_owned())
        .collect();
    let applied = applied(connection).await?;
    let unknown = applied.iter().find(|step| !known.contains(step));
    if let Some(step) = unknown {
        return Ok(SchemaAge::Newer(step.clone()));
    }
    Ok(match known.len() - applied.len() {
        _ if applied.is_empty() => SchemaAge::New,
        0 => SchemaAge::Current,
        missing => SchemaAge::Older(missing),
    })
}

/// The steps a database has, the oldest first.
async fn applied(connection: &impl ConnectionTrait) -> Result<Vec<String>, DbErr> {
    let backend = connection.get_database_backend();
    if !tables(connection).await?.contains_key("seaql_migrations") {
        return Ok(Vec::new());
    }
    let sql = "SELECT version FROM seaql_migrations ORDER BY version";
    let rows = connection.query_all_raw(Statement::from_string(backend, sql));
    rows.await?
        .iter()
        .map(|row| row.try_get("", "version"))
        .collect()
}

/// Brings the schema up to date. Of two programs that do at once, the one whose step is there already
/// goes on from where the other is.
///
/// # Errors
/// When a step fails; that step is undone. When the database was written by a newer program.
pub async fn migrate(db: &Db) -> Result<(), DbErr> {
    let connection = Database::connect(write_options(db.url())).await?;
    let mut patience = OTHERS;
    let mut age = age_of(&connection).await?;
    let done = loop {
        let error = match up(&connection, &age).await {
            Ok(()) => break Ok(()),
            Err(error) => error,
        };
        tokio::time::sleep(OTHERS_STEP).await;
        let now = age_of(&connection).await?;
        match now == age {
            true if patience == 0 => break Err(error),
            true => patience -= 1,
            false => (age, patience) = (now, OTHERS),
        }
    };
    connection.close().await?;
    done
}

/// How often a failed step is tried again while nobody else gets further, and how long after.
const OTHERS: u32 = 4;
const OTHERS_STEP: Duration = Duration::from_millis(250);

async fn up(connection: &DatabaseConnection, age: &SchemaAge) -> Result<(), DbErr> {
    if let SchemaAge::Newer(step) = age {
        let text = format!(
            "this database was written by a newer autonomia (it has the step {step}): update the \
             program"
        );
        return Err(DbErr::Custom(text));
    }
    Migrator::up(connection, None).await
}

/// What taking the last `steps` steps back would lose. They are taken back in a transaction, what is
/// gone then is counted, and nothing is kept of it.
///
/// # Errors
/// The database's.
pub async fn way_back(db: &Db, steps: u32) -> Result<WayBack, DbErr> {
    let connection = Database::connect(write_options(db.url())).await?;
    let way = way_back_of(&connection, steps).await;
    connection.close().await?;
    way
}

async fn way_back_of(connection: &DatabaseConnection, steps: u32) -> Result<WayBack, DbErr> {
    let mut names = applied(connection).await?;
    names.reverse();
    names.truncate(usize::try_from(steps).unwrap_or(usize::MAX));
    let before = tables(connection).await?;
    let transaction = connection.begin().await?;
    Migrator::down(&transaction, Some(steps)).await?;
    let after = tables(&transaction).await?;
    transaction.rollback().await?;
    let mut losses = Vec::new();
    for (table, columns) in &before {
        let Some(left) = after.get(table) else {
            losses.push(loss(connection, table, None).await?);
            continue;
        };
        for (column, default) in columns.iter().filter(|(name, _)| !left.contains_key(*name)) {
            losses.push(loss(connection, table, Some((column, default))).await?);
        }
    }
    losses.retain(|loss| loss.rows > 0);
    let forgets = |table: &str, column: Option<&str>| {
        losses
            .iter()
            .find(|loss| loss.table == table && loss.column.as_deref() == column)
            .map_or(0, |loss| loss.rows)
    };
    let sent = forgets("attendances", Some("facilita")).max(forgets("facilita_rows", None));
    Ok(WayBack {
        steps: names,
        losses,
        sent,
    })
}

/// Undoes the last `steps` steps of the schema.
///
/// # Errors
/// When a step fails; that step stays. When it would be forgotten what was sent to Facilita, which
/// would then be sent twice: nothing is undone.
pub async fn migrate_down(db: &Db, steps: u32) -> Result<(), DbErr> {
    let connection = Database::connect(write_options(db.url())).await?;
    let sent = way_back_of(&connection, steps).await?.sent;
    if sent > 0 {
        let text = format!(
            "{sent} attendances were sent to Facilita; without these steps they would be sent \
             again. Nothing was taken back"
        );
        return Err(DbErr::Custom(text));
    }
    Migrator::down(&connection, Some(steps)).await?;
    connection.close().await
}

/// Tables, their columns and the value a column has by itself, as SQL.
type Tables = BTreeMap<String, BTreeMap<String, String>>;

async fn tables(connection: &impl ConnectionTrait) -> Result<Tables, DbErr> {
    let backend = connection.get_database_backend();
    let sql = match backend {
        DbBackend::Postgres => {
            "SELECT table_name::text AS t, column_name::text AS c, \
             COALESCE(column_default, 'NULL')::text AS d \
             FROM information_schema.columns WHERE table_schema = current_schema()"
        }
        _ => {
            "SELECT m.name AS t, c.name AS c, COALESCE(c.dflt_value, 'NULL') AS d \
             FROM sqlite_master m, pragma_table_info(m.name) c \
             WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%'"
        }
    };
    let mut tables = Tables::new();
    let rows = connection.query_all_raw(Statement::from_string(backend, sql));
    for row in rows.await? {
        let (table, column): (String, String) = (row.try_get("", "t")?, row.try_get("", "c")?);
        let default = row.try_get("", "d")?;
        tables.entry(table).or_default().insert(column, default);
    }
    Ok(tables)
}

/// Names and the default come from the schema itself.
async fn loss(
    connection: &impl ConnectionTrait,
    table: &str,
    column: Option<(&String, &String)>,
) -> Result<Loss, DbErr> {
    let said = match column {
        Some((name, default)) => format!(" WHERE \"{name}\" IS DISTINCT FROM {default}"),
        None => String::new(),
    };
    let sql = format!("SELECT COUNT(*) AS n FROM \"{table}\"{said}");
    let statement = Statement::from_string(connection.get_database_backend(), sql);
    let rows: i64 = match connection.query_one_raw(statement).await? {
        Some(row) => row.try_get("", "n")?,
        None => 0,
    };
    Ok(Loss {
        table: table.to_owned(),
        column: column.map(|(name, _)| name.clone()),
        rows: u64::try_from(rows).unwrap_or(0),
    })
}
