//! Every column of the schema has an answer to two questions: where does somebody read it of
//! themselves, and what becomes of it when they are erased. A new column without one fails here.

use std::collections::{BTreeMap, BTreeSet};

use autonomia::citizens::Vault;
use autonomia::citizens::vault::Purpose;
use autonomia::db::entities::facilita_batches;
use sea_orm::EntityTrait;

use super::answers::{
    COLUMNS,
    Rows::{Gone, Stay},
};
use super::others::OTHERS;
use super::whole::{MARKS, erase_oneself, everything, plain, public, schema, somebody};
use crate::app::TestApp;
use crate::database::TestDb;

#[actix_web::test]
async fn every_column_of_the_schema_says_what_becomes_of_it() {
    let test = TestDb::new().await;
    let there = schema(&test).await;
    let known: BTreeMap<_, _> = COLUMNS.iter().map(|row| (row.0, row)).collect();
    let tables: BTreeSet<_> = there.keys().map(String::as_str).collect();
    let answered: BTreeSet<_> = known.keys().copied().collect();
    assert_eq!(
        tables, answered,
        "a table without an answer, or one that is gone"
    );
    for (table, columns) in &there {
        let (_, rows, why, said) = known[table.as_str()];
        assert!(
            *rows != Stay || !why.is_empty(),
            "{table}: why does it stay?"
        );
        let others = OTHERS.iter().find(|(name, _)| name == table);
        assert_eq!(
            others.is_some(),
            said.contains('*'),
            "{table}: which others?"
        );
        let said: BTreeSet<&str> = said
            .split([' ', '|', '*'])
            .chain(others.map_or("", |(_, others)| others).split(' '))
            .filter(|word| !word.is_empty())
            .collect();
        let columns: BTreeSet<&str> = columns.iter().map(String::as_str).collect();
        let unknown: Vec<_> = columns.difference(&said).collect();
        assert!(unknown.is_empty(), "{table}: {unknown:?}");
        let gone: Vec<_> = said.difference(&columns).collect();
        assert!(gone.is_empty(), "{table} has no {gone:?}");
    }
}

#[actix_web::test]
async fn nothing_of_a_person_is_anywhere_once_they_are_erased_and_the_totals_stay() {
    let app = TestApp::new().await;
    let who = somebody(&app).await;
    app.verify_totals().await;
    let before = everything(&app.db).await;
    let file = who.learner.get("/mio-percorso/dati/scarica").await;
    assert_eq!(file.status, 200);
    in_the_download(&file.text, &before, &who.id);
    // The fixture fills what it has to find again.
    for mark in MARKS {
        let sealed = mark == "mrczbd60e41a662";
        let found = before.values().flat_map(BTreeMap::values).flatten();
        let found = found
            .filter(|value| value.to_lowercase().contains(mark))
            .count();
        assert!(found > 0 || sealed, "nothing says {mark}");
    }
    let figures = public(&app).await;
    let audited = before["audit"]["hash"].len();

    assert_eq!(erase_oneself(&who.learner, &who.card).await, 303);

    let after = everything(&app.db).await;
    assert_eq!(public(&app).await, figures, "totals and open data");
    app.verify_totals().await;
    crate::audit::verified(&app.db).await;
    for (table, columns) in &after {
        for (column, values) in columns {
            for value in values {
                let value = value.to_lowercase();
                let found = MARKS.iter().find(|mark| value.contains(*mark));
                assert!(
                    found.is_none(),
                    "{table}.{column} still says {found:?}: {value}"
                );
            }
        }
    }
    // Nothing of the audit changed: there are only more rows.
    for (column, values) in &before["audit"] {
        assert_eq!(values[..], after["audit"][column][..audited], "{column}");
    }
    gone_where_it_says_so(&after, &who.id, &who.merged);
    sealed_files_are_empty_of_them(&app).await;
    // Evidence stays: as many services, attendances and people reached, and each completion's proof.
    for table in [
        "services",
        "attendances",
        "citizens_reached",
        "tallies",
        "people_tallies",
    ] {
        let rows = |all: &super::whole::Everything| all[table].values().next().unwrap().len();
        assert_eq!(rows(&before), rows(&after), "{table}");
    }
    let proofs = |all: &super::whole::Everything| {
        let mut proofs: Vec<_> = all["completions"]["evidence"].clone();
        proofs.sort();
        proofs
    };
    assert_eq!(proofs(&before), proofs(&after));
}

/// Every value that the list says is in the download is in it.
fn in_the_download(file: &str, all: &super::whole::Everything, id: &str) {
    let id = plain(id);
    for (table, column) in [
        ("citizens", "first_name"),
        ("citizens", "email"),
        ("citizens", "phone"),
        ("citizens", "province"),
        ("citizens", "birth_date"),
        ("citizen_points", "first_name"),
        ("consents", "version"),
        ("help_requests", "text"),
        ("corrections", "text"),
        ("facilita_rows", "note"),
        ("assignments", "note"),
    ] {
        let whose = all[table]
            .get("citizen_id")
            .or_else(|| all[table].get("id"));
        let whose = whose.unwrap();
        for (owner, value) in whose.iter().zip(&all[table][column]) {
            if plain(owner) == id && !value.is_empty() {
                assert!(file.contains(value.as_str()), "{table}.{column}: {value}");
            }
        }
    }
    for text in [
        "MRCZBD60E41A662",
        "Amici di Zobeida",
        "Con Zobeida",
        "Dromedario illeggibile",
        "record-read",
    ] {
        assert!(file.contains(text), "{text} is not in the download: {file}");
    }
    // Parts that are lists have something of this person, who has everything.
    let data: serde_json::Value = serde_json::from_str(file).unwrap();
    for (part, rows) in data.as_object().unwrap() {
        let empty = rows.as_array().is_some_and(Vec::is_empty);
        assert!(!empty, "{part} is empty");
    }
    assert!(!file.contains("Persona Inventata"), "a colleague's name");
}

fn gone_where_it_says_so(after: &super::whole::Everything, id: &str, merged: &str) {
    let theirs = [plain(id), plain(merged)];
    for (table, rows, ..) in COLUMNS {
        let Some(whose) = after[*table].get("citizen_id") else {
            continue;
        };
        let left = whose
            .iter()
            .filter(|owner| theirs.contains(&plain(owner)))
            .count();
        assert!(*rows != Gone || left == 0, "{table}: {left} rows are left");
    }
    for table in ["sessions", "lesson_reads", "takeovers"] {
        let heirs: Vec<_> = after["learners"]["id"]
            .iter()
            .zip(&after["learners"]["citizen_id"])
            .filter(|(_, owner)| theirs.contains(&plain(owner)))
            .map(|(learner, _)| learner)
            .collect();
        let left = after[table]["learner_id"]
            .iter()
            .filter(|one| heirs.contains(one))
            .count();
        assert_eq!(left, 0, "{table}");
    }
}

async fn sealed_files_are_empty_of_them(app: &TestApp) {
    let vault = Vault::new(&[1; 32], &[2; 32]).unwrap();
    let files = facilita_batches::Entity::find()
        .all(app.db.read())
        .await
        .unwrap();
    assert!(!files.is_empty());
    for file in files {
        let report = file.report_sealed.as_ref();
        let report = report.map(|sealed| vault.open(Purpose::FacilitaReport, file.id.0, sealed));
        let text = vault
            .open(Purpose::FacilitaFile, file.id.0, &file.file_sealed)
            .unwrap();
        let all = format!("{text}{}", report.unwrap().unwrap()).to_lowercase();
        for mark in MARKS {
            assert!(
                !all.contains(mark),
                "a file for Facilita still says {mark}: {all}"
            );
        }
        assert!(text.lines().count() > 3, "its rows keep their places");
    }
}
