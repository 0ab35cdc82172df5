//! The audit is only ever added to: a sequence without gaps, each row chained to the one before by
//! its hash, triggers that refuse changes, and checkpoints. Rows of before are chained here.

use aws_lc_rs::digest::{Context, SHA256};
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, binary, binary_null, date, integer, text, text_null, timestamp_with_time_zone,
    uuid_null,
};
use sea_orm_migration::sea_orm::{DbBackend, QueryResult};
use time::OffsetDateTime;
use time_tz::{OffsetDateTimeExt as _, timezones};
use uuid::Uuid;

use crate::parts::{drop, id, index, to};

/// Rows that are moved at once.
const AT_ONCE: u64 = 2_000;

/// The tables that nothing is taken out of or changed in, and the column that tells their rows apart.
const KEPT: [(&str, &str); 2] = [("audit", "sequence"), ("audit_checkpoints", "number")];

#[derive(DeriveMigrationName)]
pub(crate) struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        tables(manager).await?;
        chain(manager).await?;
        drop(manager, &["audit"]).await?;
        rename(manager, "audit_chained", "audit").await?;
        for columns in [
            &["subject_id", "sequence"][..],
            &["account_id", "sequence"],
            &["action", "sequence"],
            &["day", "sequence"],
        ] {
            manager.create_index(index("audit", columns)).await?;
        }
        keep(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        release(manager).await?;
        rename(manager, "audit", "audit_chained").await?;
        before(manager).await?;
        unchain(manager).await?;
        // Its name is that of the index of before.
        let tables = ["audit_checkpoints", "audit_head", "audit_chained"];
        drop(manager, &tables).await?;
        manager
            .create_index(index("audit", &["subject_kind", "subject_id"]))
            .await
    }
}

async fn rename(
    manager: &SchemaManager<'_>,
    from: &'static str,
    to: &'static str,
) -> Result<(), DbErr> {
    manager
        .rename_table(Table::rename().table(from, to).take())
        .await
}

/// A number that SQLite keeps as the place of the row in the table.
fn number(manager: &SchemaManager<'_>, name: &'static str) -> ColumnDef {
    match manager.get_database_backend() {
        DbBackend::Sqlite => integer(name),
        _ => big_integer(name),
    }
}

async fn tables(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("audit_chained")
                .col(number(manager, "sequence").primary_key().take())
                .col(timestamp_with_time_zone("at"))
                .col(date("day"))
                .col(uuid_null("account_id"))
                .col(text_null("role"))
                .col(text("through"))
                .col(uuid_null("session_id"))
                .col(uuid_null("point_id"))
                .col(text("action"))
                .col(text("subject_kind"))
                .col(text("subject_id"))
                .col(text("detail"))
                .col(binary("hash"))
                .take(),
        )
        .await?;
    manager
        .create_table(
            Table::create()
                .table("audit_head")
                .col(integer("id").primary_key().take())
                .col(big_integer("sequence"))
                .col(binary("hash"))
                // How far it is sealed: nothing is where this step ends, which has no keys.
                .col(big_integer("sealed_sequence").default(0).take())
                .col(binary_null("seal"))
                .take(),
        )
        .await?;
    manager
        .create_table(
            Table::create()
                .table("audit_checkpoints")
                .col(number(manager, "number").primary_key().take())
                .col(timestamp_with_time_zone("at"))
                .col(big_integer("sequence"))
                .col(binary("hash"))
                .col(binary("seal"))
                .take(),
        )
        .await
}

/// The table as it was before this step, but for its index.
async fn before(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("audit")
                .col(id())
                .col(timestamp_with_time_zone("at"))
                .col(uuid_null("account_id"))
                .col(text("action"))
                .col(text("subject_kind"))
                .col(text("subject_id"))
                .col(text("detail"))
                .foreign_key(&mut to("audit", "account_id", "accounts"))
                .take(),
        )
        .await
}

/// A row of before: who, what, about what.
struct Row {
    at: OffsetDateTime,
    account: Option<Uuid>,
    texts: [String; 4],
}

const TEXTS: [&str; 4] = ["action", "subject_kind", "subject_id", "detail"];

impl Row {
    fn read(row: &QueryResult) -> Result<Self, DbErr> {
        let text = |name: &str| row.try_get::<String>("", name);
        let [action, kind, id, detail] = TEXTS;
        Ok(Self {
            at: row.try_get("", "at")?,
            account: row.try_get("", "account_id")?,
            texts: [text(action)?, text(kind)?, text(id)?, text(detail)?],
        })
    }

    fn day(&self) -> time::Date {
        let rome = timezones::db::europe::ROME;
        self.at.to_timezone(rome).date()
    }

    /// `db/audit/chain.rs` has the same.
    fn hash(&self, previous: &[u8], sequence: i64) -> Vec<u8> {
        let mut context = Context::new(&SHA256);
        context.update(&[1]);
        context.update(previous);
        context.update(&sequence.to_be_bytes());
        let micros = self.at.unix_timestamp_nanos() / 1_000;
        let micros: i64 = TryInto::try_into(micros).unwrap_or(i64::MAX);
        context.update(&micros.to_be_bytes());
        let mut text = |text: Option<&str>| {
            let length = text.map_or(0, str::len);
            context.update(&[u8::from(text.is_some())]);
            let length: u32 = TryInto::try_into(length).unwrap_or(u32::MAX);
            context.update(&length.to_be_bytes());
            context.update(text.unwrap_or_default().as_bytes());
        };
        text(Some(&self.day().to_string()));
        text(self.account.map(|id| id.to_string()).as_deref());
        text(None);
        text(Some("unknown"));
        text(None);
        text(None);
        for one in &self.texts {
            text(Some(one));
        }
        context.finish().as_ref().to_vec()
    }
}

/// The rows of before, in the order in which they were made, which is that of their ids.
async fn chain(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let connection = manager.get_connection();
    let (mut sequence, mut hash) = (0_i64, vec![0_u8; 32]);
    let mut last: Option<Uuid> = None;
    loop {
        let mut query = Query::select();
        query.columns(["id", "at", "account_id"]).columns(TEXTS);
        query.from("audit").order_by("id", Order::Asc);
        query.limit(AT_ONCE);
        if let Some(last) = last {
            query.and_where(Expr::col("id").gt(last));
        }
        let rows = connection.query_all(&query).await?;
        let mut insert = Query::insert();
        insert.into_table("audit_chained");
        let columns = ["sequence", "at", "day", "account_id", "through", "hash"];
        insert.columns(columns.into_iter().chain(TEXTS));
        for row in &rows {
            last = Some(row.try_get("", "id")?);
            let row = Row::read(row)?;
            sequence += 1;
            hash = row.hash(&hash, sequence);
            let mut values: Vec<Expr> = vec![
                sequence.into(),
                row.at.into(),
                row.day().into(),
                row.account.into(),
                "unknown".into(),
                hash.clone().into(),
            ];
            values.extend(row.texts.into_iter().map(Expr::from));
            let done = insert.values(values);
            done.map_err(|error| DbErr::Custom(error.to_string()))?;
        }
        if rows.is_empty() {
            break;
        }
        connection.execute(&insert).await?;
    }
    let mut head = Query::insert();
    head.into_table("audit_head");
    head.columns(["id", "sequence", "hash"]);
    let values: [Expr; 3] = [1_i32.into(), sequence.into(), hash.into()];
    let done = head.values(values);
    done.map_err(|error| DbErr::Custom(error.to_string()))?;
    connection.execute(&head).await?;
    Ok(())
}

/// The rows as they were before: what this step added to them is lost.
async fn unchain(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let connection = manager.get_connection();
    let mut last = 0_i64;
    loop {
        let mut query = Query::select();
        query.columns(["sequence", "at", "account_id"]);
        query.columns(TEXTS).from("audit_chained");
        query.and_where(Expr::col("sequence").gt(last));
        query.order_by("sequence", Order::Asc).limit(AT_ONCE);
        let rows = connection.query_all(&query).await?;
        let mut insert = Query::insert();
        insert.into_table("audit");
        insert.columns(["id", "at", "account_id"].into_iter().chain(TEXTS));
        for row in &rows {
            last = row.try_get("", "sequence")?;
            let row = Row::read(row)?;
            let mut values: Vec<Expr> =
                vec![Uuid::now_v7().into(), row.at.into(), row.account.into()];
            values.extend(row.texts.into_iter().map(Expr::from));
            let done = insert.values(values);
            done.map_err(|error| DbErr::Custom(error.to_string()))?;
        }
        if rows.is_empty() {
            return Ok(());
        }
        connection.execute(&insert).await?;
    }
}

/// The triggers. Whoever owns the database can take them away: what is changed then is found by
/// recomputing the chain.
async fn keep(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut all = Vec::new();
    if manager.get_database_backend() == DbBackend::Sqlite {
        for (table, key) in KEPT {
            for act in ["UPDATE", "DELETE"] {
                let name = act.to_lowercase();
                all.push(format!(
                    "CREATE TRIGGER {table}_no_{name} BEFORE {act} ON {table} BEGIN \
                     SELECT RAISE(ABORT, '{table} is only added to'); END"
                ));
            }
            // INSERT OR REPLACE deletes without the trigger of a deletion.
            all.push(format!(
                "CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} \
                 WHEN EXISTS (SELECT 1 FROM {table} WHERE {key} = NEW.{key}) BEGIN \
                 SELECT RAISE(ABORT, '{table} is only added to'); END"
            ));
        }
        all.push(
            "CREATE TRIGGER audit_head_no_delete BEFORE DELETE ON audit_head BEGIN \
             SELECT RAISE(ABORT, 'audit_head is never empty'); END"
                .to_owned(),
        );
    } else {
        all.push(
            "CREATE FUNCTION audit_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \
             RAISE EXCEPTION '% is only added to', TG_TABLE_NAME; END $$"
                .to_owned(),
        );
        for (table, acts) in [
            ("audit", "UPDATE OR DELETE OR TRUNCATE"),
            ("audit_checkpoints", "UPDATE OR DELETE OR TRUNCATE"),
            ("audit_head", "DELETE OR TRUNCATE"),
        ] {
            all.push(format!(
                "CREATE TRIGGER {table}_kept BEFORE {acts} ON {table} \
                 FOR EACH STATEMENT EXECUTE FUNCTION audit_is_kept()"
            ));
        }
    }
    for statement in all {
        manager
            .get_connection()
            .execute_unprepared(&statement)
            .await?;
    }
    Ok(())
}

async fn release(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut all = Vec::new();
    if manager.get_database_backend() == DbBackend::Sqlite {
        for (table, _) in KEPT {
            for name in ["update", "delete", "replace"] {
                all.push(format!("DROP TRIGGER {table}_no_{name}"));
            }
        }
        all.push("DROP TRIGGER audit_head_no_delete".to_owned());
    } else {
        for table in ["audit", "audit_checkpoints", "audit_head"] {
            all.push(format!("DROP TRIGGER {table}_kept ON {table}"));
        }
        all.push("DROP FUNCTION audit_is_kept()".to_owned());
    }
    for statement in all {
        manager
            .get_connection()
            .execute_unprepared(&statement)
            .await?;
    }
    Ok(())
}
