//! Tables for an auditor: Facilita's columns for each one's first service, and all of a proof.

use sea_orm::DbErr;

use crate::citizens::Vault;
use crate::citizens::audit_hash::hexadecimal;
use crate::db::Db;
use crate::domain::digcomp::se5_title;
use crate::domain::facilita::SendState;
use crate::domain::locale::Lang;
use crate::domain::table::{self, TableReader};

use super::first::{LookUpAnswer, LookUpLine, hash_of};
use super::read::of_pairs;
use super::{Proof, RuleMet};
use crate::network::ledger::CountedAs;

/// Columns of the answers to a list: those of Facilita's own look-up, after the line and the hash.
pub const ANSWER_COLUMNS: [&str; 13] = [
    "RIGA",
    "HASH",
    "ESITO",
    "REGIONE",
    "ENTE",
    "CUP",
    "SEDE_ID",
    "NOME_SEDE",
    "COMUNE",
    "FACILITATORE",
    "DATA",
    "TIPOLOGIA_SERVIZIO",
    "COMPETENZE_TRATTATE",
];

/// Columns of everything that counts.
pub const PROOF_COLUMNS: [&str; 23] = [
    "HASH",
    "SERVIZIO",
    "REGIONE",
    "ENTE",
    "CUP",
    "SEDE_ID",
    "NOME_SEDE",
    "COMUNE",
    "FACILITATORE",
    "DATA",
    "MINUTI",
    "TIPOLOGIA_SERVIZIO",
    "COMPETENZE_TRATTATE",
    "NOME_SERVIZIO",
    "NUOVO_CITTADINO",
    "REGISTRATO_IL",
    "REGISTRATO_DA",
    "CODICE_FISCALE_VERIFICATO_IL",
    "MODULO",
    "REVISIONE",
    "REGOLA",
    "FILE_FACILITA",
    "STATO_FACILITA",
];

/// Lines of a list at a time: of so many the proofs are in memory.
const AT_ONCE: usize = 500;

/// The answers to a list as a table.
///
/// # Errors
/// The database's.
pub async fn answers(db: &Db, lines: &[LookUpLine], reader: TableReader) -> Result<Vec<u8>, DbErr> {
    let mut all = written(reader, [ANSWER_COLUMNS])?;
    for some in lines.chunks(AT_ONCE) {
        let found = some.iter().filter_map(|line| match line.answer {
            LookUpAnswer::Found(service, citizen) => Some((service, citizen)),
            _ => None,
        });
        let proofs = of_pairs(db, &found.collect::<Vec<_>>()).await?;
        let mut proofs = proofs.iter().peekable();
        let row = |line: &LookUpLine| {
            let of =
                |proof: &&Proof| line.answer == LookUpAnswer::Found(proof.service, proof.citizen);
            answer(line, proofs.next_if(of))
        };
        let rows: Vec<_> = some.iter().map(row).collect();
        all.extend(more(reader, rows)?);
    }
    Ok(all)
}

fn answer(line: &LookUpLine, proof: Option<&Proof>) -> [String; ANSWER_COLUMNS.len()] {
    let said = match line.answer {
        LookUpAnswer::Found(..) => "trovato".to_owned(),
        LookUpAnswer::Missing => "non trovato".to_owned(),
        LookUpAnswer::Again(earlier) => format!("ripetuto: riga {earlier}"),
        LookUpAnswer::Unreadable => "non è un hash".to_owned(),
    };
    let hash = line.hash.as_ref().map(hexadecimal).unwrap_or_default();
    let mut row = std::array::from_fn(|_| String::new());
    let begin = [line.number.to_string(), hash, said];
    let rest = proof.into_iter().flat_map(service_columns);
    for (cell, text) in row.iter_mut().zip(begin.into_iter().chain(rest)) {
        *cell = text;
    }
    row
}

/// Region, body, project, point, facilitator, day, kind, competences.
fn service_columns(proof: &Proof) -> [String; 10] {
    [
        proof.place.region.clone(),
        proof.programme.facilita_body.clone().unwrap_or_default(),
        proof.programme.facilita_project.clone().unwrap_or_default(),
        proof.place.code.clone(),
        proof.place.name.clone(),
        proof.place.municipality.clone(),
        proof.facilitator.clone(),
        proof.day.to_string(),
        proof.kind.label(Lang::It).to_owned(),
        competences(proof, Lang::It).join(":"),
    ]
}

/// What was treated, in words.
#[must_use]
pub fn competences(proof: &Proof, lang: Lang) -> Vec<&'static str> {
    let codes = proof.competences.iter();
    codes.map(|code| se5_title(*code, lang)).collect()
}

/// The line above everything that counts.
///
/// # Errors
/// None that can happen.
pub fn proof_head(reader: TableReader) -> Result<Vec<u8>, DbErr> {
    written(reader, [PROOF_COLUMNS])
}

/// Rows of what counts; a name is in none of them.
///
/// # Errors
/// A code that does not open.
pub fn proof_rows(vault: &Vault, proofs: &[Proof], reader: TableReader) -> Result<Vec<u8>, DbErr> {
    let rows = proofs.iter().map(|proof| row(vault, proof));
    more(reader, rows.collect::<Result<Vec<_>, _>>()?)
}

fn row(vault: &Vault, proof: &Proof) -> Result<[String; PROOF_COLUMNS.len()], DbErr> {
    let hash = hash_of(vault, proof)?.map_or_else(String::new, |hash| hexadecimal(&hash));
    let [
        region,
        body,
        project,
        code,
        point,
        place,
        who,
        day,
        kind,
        competences,
    ] = service_columns(proof);
    let learned = proof.learned.as_ref();
    let sent = proof.sent.last();
    let (recorded_at, recorded_by) = &proof.recorded;
    Ok([
        hash,
        proof.service.to_string(),
        region,
        body,
        project,
        code,
        point,
        place,
        who,
        day,
        proof.minutes.to_string(),
        kind,
        competences,
        proof.title.clone(),
        match proof.counted {
            CountedAs::New => "sì",
            _ => "no",
        }
        .to_owned(),
        recorded_at.date().to_string(),
        recorded_by.clone().unwrap_or_default(),
        proof
            .identity
            .0
            .map_or_else(String::new, |at| at.date().to_string()),
        learned.map_or_else(String::new, |learned| learned.module.to_string()),
        learned.map_or_else(String::new, |learned| learned.rev.to_string()),
        learned.map_or_else(String::new, |learned| rule(learned.rule)),
        sent.map_or_else(String::new, |row| {
            format!("{}, riga {}", row.batch, row.number)
        }),
        state(proof.facilita).to_owned(),
    ])
}

fn rule(rule: RuleMet) -> String {
    match rule {
        RuleMet::Quiz { score, pass } => format!("quiz: {score} su 100, ne servono {pass}"),
        RuleMet::Lessons => "tutte le lezioni lette".to_owned(),
        RuleMet::Facilitator => "visto da un facilitatore".to_owned(),
        RuleMet::Unknown => String::new(),
    }
}

const fn state(state: SendState) -> &'static str {
    match state {
        SendState::Ready => "da inviare",
        SendState::Sent => "inviato",
        SendState::Accepted => "accettato",
        SendState::Rejected => "rifiutato",
        SendState::Corrected => "corretto, da inviare",
        SendState::Erased => "persona cancellata",
    }
}

fn written<const N: usize>(reader: TableReader, rows: [[&str; N]; 1]) -> Result<Vec<u8>, DbErr> {
    table::csv(reader, rows).map_err(|error| DbErr::Custom(error.to_string()))
}

/// Rows without the mark that begins a file.
fn more<const N: usize>(reader: TableReader, rows: Vec<[String; N]>) -> Result<Vec<u8>, DbErr> {
    let bytes = table::csv(reader, rows).map_err(|error| DbErr::Custom(error.to_string()))?;
    Ok(bytes
        .strip_prefix(b"\xef\xbb\xbf")
        .map_or(bytes.clone(), <[u8]>::to_vec))
}
