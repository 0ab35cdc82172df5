//! Files as people make them, with a mistake in most: what was taken, what was refused, and in which
//! words. All of it stands in `tests/fixtures/imports.snap`.

use std::fmt::Write as _;

use autonomia::citizens::Details;
use autonomia::citizens::find::read;
use autonomia::domain::codice_fiscale::CodiceFiscale;
use autonomia::domain::import::{Imported, Manner, RowFault};
use autonomia::domain::locale::Lang;
use autonomia::learning::import::{ImportError, citizens};
use autonomia::network::import;
use autonomia::network::point;
use autonomia::web::templates::text;
use time::macros::date;

use crate::ground::{Ground, NOW, person};

const TRIAL: Manner = Manner {
    trial: true,
    strict: false,
    unbounded: false,
};

/// What is not text of itself: the accents of Windows, and UTF-16.
fn windows(text: &str) -> Vec<u8> {
    let byte = |c: char| match c {
        '’' => 0x92,
        _ => u8::try_from(u32::from(c)).unwrap(),
    };
    text.chars().map(byte).collect()
}

fn wide(text: &str, order: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(order).collect()
}

fn code(stem: &str) -> String {
    CodiceFiscale::invented(stem).unwrap().as_str().to_owned()
}

/// `Neri Pia`, of 2 March 1954; another number is another person.
fn pia(number: u32) -> String {
    code(&format!("NREPIA54C42Y{number:03}"))
}

/// The file's name and bytes.
type File = (&'static str, Vec<u8>);

#[expect(clippy::too_many_lines, reason = "one file after the other")]
fn people() -> Vec<File> {
    let niccolo = code("DNGNCL48L10Y001");
    let known = person(date!(1960 - 05 - 01), 1).codice_fiscale.unwrap();
    let mistyped = format!(
        "{}{}",
        &known[..15],
        if known.ends_with('A') { 'B' } else { 'A' }
    );
    let spaced = pia(7).to_lowercase();
    let spaced = format!("{} {} {}", &spaced[..6], &spaced[6..11], &spaced[11..]);
    let excel = format!(
        "Cognome;Nome;Codice Fiscale;Data di nascita;Sesso;Titolo di studio\r\n\
         D’Angelo;Niccolò;{niccolo};10/07/1948;M;Licenza media\r\n"
    );
    let text = |text: String| text.into_bytes();
    vec![
        ("excel-csv.csv: Windows-1252, Italian headers", windows(&excel)),
        ("excel-csv-utf8.csv: a mark of the byte order", text(format!("\u{feff}{excel}"))),
        (
            "excel-testo-unicode.txt: UTF-16 and tabulators",
            wide(&format!("\u{feff}{}", excel.replace(';', "\t")), u16::to_le_bytes),
        ),
        ("utf16-senza-marca.csv", wide(&excel, u16::to_be_bytes)),
        (
            "excel-sep.csv: sep=;, a day that no month has",
            text(format!(
                "sep=;\r\nCOGNOME;NOME;CODICE_FISCALE;NATO IL\r\nNeri;Pia;{};2/3/1954\r\nNeri;Ada;;31/02/1960\r\n",
                pia(1)
            )),
        ),
        (
            "libreoffice.csv: quotes, a line end in a cell, then a telephone too short",
            text(format!(
                "\"Cognome\",\"Nome\",\"codice fiscale\",\"Provincia\",\"telefono\"\n\
                 \"Neri\",\"Pia\",\"{}\",\"Barletta-Andria-\nTrani\",\"080 555 0100\"\n\n\
                 \"Rossi \"\"detto\"\" B\",\"Ada\",\"\",\"Bari\",\"12\"\n",
                pia(2)
            )),
        ),
        (
            "provincia.csv: the letters of a plate, then a province that is not there",
            text("Cognome;Nome;Provincia\r\nNeri;Lia;ba\r\nNeri;Zoe;Barri\r\n".into()),
        ),
        (
            "excel-colonne-vuote.csv: empty columns and rows, one value without a header",
            text("Cognome;Nome;;;\r\nNeri;Pia;;;\r\n;;;;\r\n;;;;\r\nNeri;Ada;;x;\r\n".into()),
        ),
        (
            "gestionale-totale.csv: a row of totals at the end",
            text("cognome;nome;data nascita\nNeri;Pia;02.03.1954\nTotale persone;1;\n".into()),
        ),
        (
            "gestionale-titolo.csv: two rows before the header",
            text("Elenco cittadini;;\n\nEstratto il 20/11/2026;;\nCognome;Nome;Sesso\nNeri;Pia;Femmina\n".into()),
        ),
        ("doppia.csv: one column under two names", text("Cognome;Nome;Telefono;Cellulare\nNeri;Pia;1;2\n".into())),
        (
            "sconosciute.csv: columns that are not there",
            text("Cognome;Nome;Codice fiscle;Note\nNeri;Pia;x;y\n".into()),
        ),
        (
            "omonima.csv: a mistyped code, and the name of somebody who is there",
            text(format!("cognome;nome;codice fiscale;telefono\nProva B;Nives;{mistyped};080 555 0199\n")),
        ),
        (
            "senza-codice.csv: the name and day of somebody who is there",
            text("cognome;nome;data di nascita;telefono\nBIANCHI;Ugo;03/02/1950;080 555 0199\n".into()),
        ),
        (
            "senza-codice-uguale.csv: the same, and nothing new",
            text("cognome;nome;data di nascita\nBianchi;Ugo;3-2-1950\n".into()),
        ),
        (
            "senza-codice-nuova.csv: the same, said to be somebody new",
            text("cognome;nome;data di nascita;telefono;persona nuova\nBianchi;Ugo;03/02/1950;080 555 0199;sì\n".into()),
        ),
        (
            "senza-codice-altro-giorno.csv: the name alone",
            text("cognome;nome;data di nascita\nBianchi;Ugo;03/02/1951\n".into()),
        ),
        ("anno-due-cifre.csv", text("cognome;nome;data di nascita\nNeri;Pia;1/2/80\n".into())),
        ("numero-di-excel.csv", text("cognome;nome;data di nascita\nNeri;Pia;21976\n".into())),
        ("americana.csv", text("surname,name,date of birth\nNeri,Pia,05/31/1960\n".into())),
        (
            "database.csv: midnights, another order, lower-case letters",
            text(format!(
                "sesso,cf,nome,cognome,nato_il\nf,{},Pia,Neri,1954-03-02 00:00:00.000\n",
                pia(3)
            )),
        ),
        (
            "parole.csv: words for letters, one of them not sure",
            text("Cognome;Nome;Sesso;Titolo di studio;Occupazione;Cittadinanza\n\
                  Neri;Pia;Donna;terza media;Pensionata;italiana\n\
                  Neri;Ada;B: Maschio;Laurea;Libero professionista;Extra UE\n".into()),
        ),
        (
            "scambiati.csv: family and given name the other way round",
            text(format!("nome,cognome,codice fiscale\nNeri,Pia,{}\n", pia(4))),
        ),
        (
            "altra-tessera.csv: a code of another name, once with a yes",
            text(format!(
                "cognome;nome;codice fiscale;nome diverso\nVerdi;Pia;{};\nVerdi;Pia;{};Sì\n",
                pia(5),
                pia(6)
            )),
        ),
        ("spazi.csv: a code with spaces", text(format!("cognome;nome;codice fiscale\nNeri;Pia;{spaced}\n"))),
        ("provvisorio.csv", text("cognome;nome;codice fiscale\nNeri;Pia;12345678901\n".into())),
        (
            "virgolette.csv: a quotation mark that is never closed",
            text("cognome;nome;telefono\nNeri;\"Pia;080 555 0100\nVerdi;Ada;080 555 0101\nRossi;Ugo;\n".into()),
        ),
        (
            "celle.csv: too few cells, too many, and a cell beyond the header that is empty",
            text("cognome,nome,telefono\nNeri,Pia\nNeri,Ada,080 555 0100,di mattina\nNeri,Lea,080 555 0100,\n".into()),
        ),
        (
            "due-volte.csv: the same person twice",
            text(format!("cognome;nome;cf\nNeri;Pia;{0}\nNeri;Pia;{0}\n", pia(8))),
        ),
        ("senza-intestazione.csv", text(format!("Neri;Pia;{}\n", pia(9)))),
        ("elenco.xlsx: not a table of text at all", b"PK\x03\x04\x14\x00\x06\x00".to_vec()),
        ("mac.csv: the accents of an old Mac", b"cognome;nome\nNeri;Mos\x8f\n".to_vec()),
    ]
}

fn points() -> Vec<File> {
    vec![
        (
            "punti.csv: a code in another case, a decimal comma, a postcode without its zero",
            "Codice;Nome;Comune;Provincia;Regione;CAP;Itinerante;Latitudine;Longitudine;Programma;Orari\r\n\
             ba-1;;;;;;Sì;41,12;16,87;;\"dalle 9\r\nalle 13\"\r\n\
             RM-1;Punto di Roma;Roma;Roma;Lazio;185;forse;;;prova;\r\n"
                .into(),
        ),
        (
            "punti-due-volte.csv: one code in two cases",
            "codice;nome;comune;provincia;regione;programma\n\
             LE-9;Punto nuovo;Lecce;Lecce;Puglia;prova\nle-9;Punto nuovo;Lecce;Lecce;Puglia;prova\n"
                .into(),
        ),
    ]
}

fn services() -> Vec<File> {
    let known = person(date!(1960 - 05 - 01), 1).codice_fiscale.unwrap();
    let header = "Punto;Facilitatrice;Data;Tipo;Durata;Competenze;Ambiti;Titolo;Codice fiscale";
    let start = "ba-1;Facilitatrice@example.org";
    vec![
        (
            "servizi.csv: words for letters; a day without its century; nobody known",
            windows(&format!(
                "{header}\r\n\
                 {start};20/11/2026;Facilitazione di gruppo;60 min;9;App IO;Novità;{known}\r\n\
                 {start};20/11/26;gruppo;un'ora;9;pagopa;Altro;{known}\r\n\
                 {start};20/11/2026;Individuale;30;9;A,B;Altro;{}\r\n",
                pia(10)
            )),
        ),
        (
            "servizi-senza-colonna.csv",
            format!("{}\n", header.replace(";Durata", "")).into_bytes(),
        ),
    ]
}

/// What a file did, for people to read.
fn told(report: &mut String, name: &str, done: &Imported) {
    let Imported {
        added,
        updated,
        unchanged,
        ..
    } = done;
    let refused = done.refused.len();
    writeln!(report, "{name}").unwrap();
    writeln!(
        report,
        "  {added} new, {updated} changed, {unchanged} the same, {refused} faults"
    )
    .unwrap();
    let all = done.told.iter().map(|one| ("told", one));
    for (kind, fault) in all.chain(done.refused.iter().map(|one| ("refused", one))) {
        let RowFault {
            line,
            field,
            header,
            read,
            key,
        } = fault;
        let words = text(Lang::It, key);
        writeln!(
            report,
            "  {kind}: row {line}, {field} «{header}», read «{read}»: {words}"
        )
        .unwrap();
    }
}

#[actix_web::test]
async fn files_as_people_make_them_are_taken_refused_and_told_as_written_down() {
    let ground = Ground::new().await;
    let (db, vault, by) = (&ground.db, &ground.vault, ground.facilitator);
    let home = ground.points[0];
    let known = ground.citizen(date!(1960 - 05 - 01), 1).await;
    let ugo = Details {
        last_name: Some("Bianchi".to_owned()),
        first_name: Some("Ugo".to_owned()),
        birth_date: Some("1950-02-03".to_owned()),
        ..Details::default()
    };
    let ugo = ground.register(ugo).await.unwrap();
    let before = (
        read(db, vault, known).await.unwrap(),
        read(db, vault, ugo).await.unwrap(),
    );
    let mut report = String::new();
    let files = people();
    for (name, file) in &files {
        match citizens(db, vault, file, home, by, TRIAL, NOW).await {
            Ok(done) => told(&mut report, name, &done),
            Err(ImportError::Unreadable(why)) => {
                let named = why.columns().join(", ");
                let words = text(Lang::It, why.key());
                writeln!(report, "{name}\n  nothing: {words} {named}").unwrap();
            }
            Err(error) => panic!("{name}: {error}"),
        }
    }
    for (name, file) in points() {
        let done = import::points(db, &file, TRIAL, None, NOW).await.unwrap();
        told(&mut report, name, &done);
    }
    for (name, file) in services() {
        let done = import::services(db, vault, &file, TRIAL, None, NOW)
            .await
            .unwrap();
        told(&mut report, name, &done);
    }
    insta::with_settings!({
        snapshot_path => "../fixtures", prepend_module_to_snapshot => false, omit_expression => true,
    }, { insta::assert_snapshot!("imports", report) });
    for word in [
        "Neri",
        "Pia",
        "Bianchi",
        "NRE",
        "nre",
        "PRV",
        "555",
        "D’Angelo",
    ] {
        assert!(!report.contains(word), "{word} is told");
    }
    // Taken in for good, a mistyped code and a name change nobody.
    for (name, file) in files
        .iter()
        .filter(|(name, _)| name.starts_with("omonima") || name.starts_with("senza-codice."))
    {
        let done = citizens(db, vault, file, home, by, Manner::default(), NOW)
            .await
            .unwrap();
        assert_eq!(
            (done.added, done.updated, done.refused.len()),
            (0, 0, 1),
            "{name}"
        );
    }
    let after = (
        read(db, vault, known).await.unwrap(),
        read(db, vault, ugo).await.unwrap(),
    );
    assert_eq!(before, after);
    // The words of another alphabet arrive, and once more change nothing.
    let (_, excel) = &files[0];
    let done = citizens(db, vault, excel, home, by, Manner::default(), NOW)
        .await
        .unwrap();
    assert!(done.kept && done.added == 1);
    let found = autonomia::citizens::find::find(db, vault, "d angelo niccolo", None)
        .await
        .unwrap();
    assert_eq!(found[0].first_name, "Niccolò");
    let again = citizens(db, vault, excel, home, by, Manner::default(), NOW)
        .await
        .unwrap();
    assert_eq!((again.added, again.updated, again.unchanged), (0, 0, 1));
    for code in ["BA-1", "ba-1", "Ba-1"] {
        let found = point::by_code(db.read(), code).await.unwrap();
        assert_eq!(found.map(|point| point.id), Some(home), "{code}");
    }
}
