//! A form that is sent again as it is: both times it leads to a page, and nothing is there twice.

use autonomia::db::Db;
use sea_orm::{ConnectionTrait, DbBackend, Statement};
use time::Duration;
use uuid::Uuid;

use super::walk::{Walk, path_of};
use crate::actor::{Answer, encode};
use crate::browser::{Browser, Seen};
use crate::own::whole::schema;

pub(super) const FORM: &str = "application/x-www-form-urlencoded";

/// Tables of what happened, not of what there is: who is in, who tried, and who did what.
const APART: [&str; 6] = [
    "address_tries",
    "audit",
    "audit_checkpoints",
    "audit_head",
    "card_tries",
    "sessions",
];

/// Forms that are answered where they stand, by a script that asks.
const NO_PAGE: [&str; 1] = ["POST /accesso/resta"];

/// Reads every row of every table but those apart, with one statement.
pub(super) struct Kept {
    sql: String,
}

impl Kept {
    pub(super) async fn new(db: &Db) -> Self {
        let sqlite = db.read().get_database_backend() == DbBackend::Sqlite;
        let tables = schema(db).await.into_iter();
        let tables = tables.filter(|(table, _)| !APART.contains(&table.as_str()));
        let selects = tables.map(|(table, columns)| {
            let quoted = columns.iter().map(|column| format!("quote(\"{column}\")"));
            let row = match sqlite {
                true => quoted.collect::<Vec<_>>().join(" || ',' || "),
                false => "t::text".to_owned(),
            };
            format!("SELECT '{table} ' || {row} AS v FROM \"{table}\" t")
        });
        Self {
            sql: selects.collect::<Vec<_>>().join(" UNION ALL "),
        }
    }

    async fn rows(&self, db: &Db) -> Vec<String> {
        let statement = Statement::from_string(db.read().get_database_backend(), &self.sql);
        let rows = db.read().query_all_raw(statement).await.unwrap();
        let mut rows: Vec<_> = rows
            .iter()
            .map(|row| row.try_get("", "v").unwrap())
            .collect();
        rows.sort_unstable();
        rows
    }
}

/// The fields of a form as its page has it, with an id of its own.
pub(super) fn coded(fields: &[(&str, &str)]) -> String {
    let pairs = fields.iter();
    let pairs = pairs.map(|(name, value)| format!("&{name}={}", encode(value)));
    format!("una-volta={}{}", Uuid::new_v4(), pairs.collect::<String>())
}

/// The body of a form with one file, which has no id.
pub(super) fn with_file(fields: &[(&str, &str)], name: &str, file: &str) -> (String, String) {
    let mark = "parte";
    let part = |name: &str, text: &str| {
        format!("--{mark}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{text}\r\n")
    };
    let fields: String = fields.iter().map(|(name, text)| part(name, text)).collect();
    let file = format!(
        "--{mark}\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"a.csv\"\r\n\
         Content-Type: text/csv\r\n\r\n{file}\r\n--{mark}--\r\n"
    );
    let kind = format!("multipart/form-data; boundary={mark}");
    (kind, fields + &file)
}

impl Walk<'_> {
    /// Where a form led is a page that can be read; the same bytes again, as a second press of the
    /// button sends them, lead there too and change nothing. What is not so is kept for the end.
    pub(super) async fn again(
        &self,
        what: &str,
        first: &Answer,
        (browser, twin): (&Browser, Browser),
        (path, body): (&str, &(&str, String)),
    ) -> Option<Seen> {
        let fault = |fault: String| self.faults.borrow_mut().push(fault);
        let leads = async |at: &Browser, (status, to): (u16, Option<&str>), which: &str| {
            let Some(to) = to.filter(|_| status == 303) else {
                fault(format!("{what}, {which}, leads to no page: {status}"));
                return None;
            };
            let read = at.get(to).await;
            // Of what was erased the page says that it is gone.
            if !matches!(read.status, 200 | 410) {
                let title = read.all("<title>", '<').concat();
                fault(format!("{what}, {which}: {to} {} {title}", read.status));
            }
            Some(read)
        };
        let has_page = !NO_PAGE.contains(&what);
        let page = match has_page {
            true => {
                let to = (first.status.as_u16(), first.header("location"));
                leads(browser, to, "once").await
            }
            false => None,
        };
        let db = &self.app.db;
        let before = self.kept.rows(db).await;
        // What is written again has another time.
        let clock = &self.app.clock;
        clock.set(clock.now() + Duration::seconds(1));
        let second = twin.sent(path, body).await;
        if has_page {
            leads(&twin, (second.status, second.header("location")), "again").await;
        }
        let after = self.kept.rows(db).await;
        let new: Vec<_> = after.iter().filter(|row| !before.contains(row)).collect();
        let gone: Vec<_> = before.iter().filter(|row| !after.contains(row)).collect();
        if !new.is_empty() || !gone.is_empty() || before.len() != after.len() {
            fault(format!(
                "{what} is done twice: {new:#?}, and before: {gone:#?}"
            ));
        }
        self.twice.borrow_mut().insert(what.to_owned());
        page
    }

    /// One form of a browser that names no citizen: sent, and sent again. Gives where it led.
    pub(super) async fn press(
        &self,
        browser: &Browser,
        pattern: &str,
        places: &[&str],
        fields: &[(&str, &str)],
    ) -> Seen {
        let body = (FORM, coded(fields));
        self.press_body(browser, pattern, places, body).await
    }

    /// The same with any body.
    pub(super) async fn press_body(
        &self,
        browser: &Browser,
        pattern: &str,
        places: &[&str],
        body: (&str, String),
    ) -> Seen {
        let page = self.send(browser, pattern, places, body).await;
        page.unwrap_or_else(|| panic!("POST {pattern} leads to no page"))
    }

    /// The same where it may lead to no page.
    pub(super) async fn send(
        &self,
        browser: &Browser,
        pattern: &str,
        places: &[&str],
        body: (&str, String),
    ) -> Option<Seen> {
        let (what, path) = (format!("POST {pattern}"), path_of(pattern, places));
        let twin = browser.copy();
        let first = browser.sent(&path, &body).await;
        let answer = Answer::from(first);
        self.again(&what, &answer, (browser, twin), (&path, &body))
            .await
    }
}
