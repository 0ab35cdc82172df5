//! The columns of a table of people.

use crate::domain::facilita::{Citizenship, Education, Gender, Occupation};
use crate::domain::sheet::{SheetColumn, code, coded, day, plain, yes_or_no};

use super::name_question;

/// Somebody new, though the point has a person of this name: the answer to that question.
pub(super) const NEW_PERSON: &str = "new_person";

const fn column(
    name: &'static str,
    also: &'static [&'static str],
    personal: bool,
    read: fn(&str) -> Result<String, &'static str>,
) -> SheetColumn {
    SheetColumn {
        name,
        also,
        personal,
        read,
    }
}

/// What a table of people may say, in the order of the form: the fields of a record, and the answers
/// to what an import asks.
pub const COLUMNS: [SheetColumn; 13] = [
    column(
        "codice_fiscale",
        &["cf", "codfiscale", "codfisc", "taxcode", "fiscalcode"],
        true,
        code,
    ),
    column("last_name", &["cognome", "surname"], true, plain),
    column("first_name", &["nome", "name"], true, plain),
    column(
        "birth_date",
        &[
            "datadinascita",
            "datanascita",
            "giornodinascita",
            "nascita",
            "natoil",
            "nataail",
            "natoail",
            "dateofbirth",
        ],
        false,
        day,
    ),
    column("gender", &["sesso", "genere", "sex"], false, gender),
    column(
        "education",
        &["titolodistudio", "titolostudio", "istruzione"],
        false,
        education,
    ),
    column(
        "occupation",
        &[
            "occupazione",
            "professione",
            "condizioneprofessionale",
            "condizioneoccupazionale",
        ],
        false,
        occupation,
    ),
    column(
        "citizenship",
        &["cittadinanza", "nazionalita"],
        false,
        citizenship,
    ),
    column(
        "province",
        &["provincia", "provinciadidomicilio", "prov"],
        false,
        plain,
    ),
    column(
        "email",
        &[
            "mail",
            "postaelettronica",
            "indirizzoemail",
            "indirizzomail",
        ],
        true,
        plain,
    ),
    column(
        "phone",
        &["telefono", "tel", "cellulare", "cell", "numeroditelefono"],
        true,
        plain,
    ),
    column(
        name_question::FIELD,
        &["nomediverso", "codiceconfermato"],
        false,
        yes_or_no,
    ),
    column(
        NEW_PERSON,
        &["personanuova", "nuovapersona"],
        false,
        yes_or_no,
    ),
];

fn gender(text: &str) -> Result<String, &'static str> {
    let words = [
        ("f", "A"),
        ("donna", "A"),
        ("femminile", "A"),
        ("m", "B"),
        ("uomo", "B"),
        ("maschile", "B"),
    ];
    coded(text, Gender::ALL, Gender::code, Gender::label, &words)
}

/// A degree of which it is not said how long it took is neither of the two.
fn education(text: &str) -> Result<String, &'static str> {
    let words = [
        ("elementare", "A"),
        ("elementari", "A"),
        ("quintaelementare", "A"),
        ("licenzadiscuolaelementare", "A"),
        ("media", "B"),
        ("medie", "B"),
        ("terzamedia", "B"),
        ("scuolamedia", "B"),
        ("mediainferiore", "B"),
        ("licenzamediainferiore", "B"),
        ("diploma", "C"),
        ("maturita", "C"),
        ("diplomadimaturita", "C"),
        ("diplomasuperiore", "C"),
        ("mediasuperiore", "C"),
        ("scuolasuperiore", "C"),
        ("superiori", "C"),
        ("qualifica", "E"),
        ("qualificaprofessionale", "E"),
        ("ifts", "F"),
        ("its", "G"),
        ("laureatriennale", "H"),
        ("laureabreve", "H"),
        ("diplomauniversitario", "H"),
        ("laureamagistrale", "I"),
        ("laureaspecialistica", "I"),
        ("laureavecchioordinamento", "I"),
        ("master", "J"),
        ("dottorato", "K"),
        ("dottoratodiricerca", "K"),
        ("nonconosciuto", "L"),
        ("nonfornito", "L"),
        ("altro", "L"),
    ];
    coded(
        text,
        Education::ALL,
        Education::code,
        Education::label,
        &words,
    )
}

fn occupation(text: &str) -> Result<String, &'static str> {
    let words = [
        ("lavoratoredipendente", "A"),
        ("lavoratricedipendente", "A"),
        ("impiegato", "A"),
        ("impiegata", "A"),
        ("operaio", "A"),
        ("operaia", "A"),
        ("imprenditrice", "B"),
        ("liberaprofessionista", "C"),
        ("disoccupato", "D"),
        ("disoccupata", "D"),
        ("inoccupato", "D"),
        ("inoccupata", "D"),
        ("nonoccupata", "D"),
        ("studente", "E"),
        ("studentessa", "E"),
        ("casalinga", "F"),
        ("casalingo", "F"),
        ("pensionato", "G"),
        ("pensionata", "G"),
    ];
    coded(
        text,
        Occupation::ALL,
        Occupation::code,
        Occupation::label,
        &words,
    )
}

fn citizenship(text: &str) -> Result<String, &'static str> {
    let words = [
        ("italia", "A"),
        ("italiano", "A"),
        ("ita", "A"),
        ("it", "A"),
        ("ue", "B"),
        ("eu", "B"),
        ("unioneeuropea", "B"),
        ("comunitaria", "B"),
        ("comunitario", "B"),
        ("extraue", "C"),
        ("nonue", "C"),
        ("extracomunitaria", "C"),
        ("extracomunitario", "C"),
    ];
    coded(
        text,
        Citizenship::ALL,
        Citizenship::code,
        Citizenship::label,
        &words,
    )
}
