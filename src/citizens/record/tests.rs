#![expect(clippy::unwrap_used, reason = "a test stops at a surprise")]

use super::*;
use time::macros::date;

const TODAY: Date = date!(2026 - 11 - 21);

fn details(fields: &[(&str, &str)]) -> Details {
    let map: serde_json::Map<_, _> = fields
        .iter()
        .map(|(k, v)| ((*k).to_owned(), (*v).into()))
        .collect();
    serde_json::from_value(map.into()).unwrap()
}

#[test]
fn birth_and_gender_are_read_from_the_codice_fiscale() {
    let given = details(&[("codice_fiscale", "RSSMRA85M01H501Q")]);
    let checked = given.check(None, TODAY).unwrap();
    assert_eq!(checked.birth_date, Some(Some(date!(1985 - 08 - 01))));
    assert_eq!(checked.gender, Some(Some(Gender::Male)));
}

#[test]
fn every_field_at_fault_is_named() {
    let given = details(&[
        ("codice_fiscale", "RSSMRA85M01H501Z"),
        ("first_name", " "),
        ("last_name", "R0ssi"),
        ("education", "Z"),
        ("email", "nobody"),
        ("phone", "12"),
        ("province", "Barri"),
        ("birth_date", "2027-01-01"),
    ]);
    let faults = given.check(None, TODAY).unwrap_err();
    let fields: Vec<_> = faults
        .iter()
        .map(|fault| (fault.field, fault.key))
        .collect();
    let expected = [
        ("codice_fiscale", "codice-fiscale-check"),
        ("first_name", "required"),
        ("last_name", "not-a-name"),
        ("birth_date", "not-a-birth-date"),
        ("education", "not-a-choice"),
        ("province", "not-a-province"),
        ("email", "not-an-email"),
        ("phone", "not-a-phone"),
    ];
    assert_eq!(fields, expected);
}

#[test]
fn a_province_is_kept_by_its_full_name() {
    for (written, kept) in [("ba", "Bari"), ("Forli Cesena", "Forlì-Cesena")] {
        let checked = details(&[("province", written)])
            .check(None, TODAY)
            .unwrap();
        assert_eq!(checked.province, Some(Some(kept.to_owned())));
    }
}

#[test]
fn a_birth_date_must_agree_with_the_codice_fiscale() {
    let given = details(&[
        ("codice_fiscale", "RSSMRA85M01H501Q"),
        ("birth_date", "1985-08-02"),
    ]);
    let faults = given.check(None, TODAY).unwrap_err();
    assert_eq!(
        faults,
        [FieldError::new("birth_date", "birth-date-differs")]
    );
}

#[test]
fn an_open_century_is_asked_and_the_answer_is_kept() {
    let open = CodiceFiscale::invented("RSSMRA26A41H501").unwrap();
    let code = ("codice_fiscale", open.as_str());
    let fault = [FieldError::new("birth_date", "birth-century-open")];
    for unsaid in [vec![code], vec![code, ("birth_date", "")]] {
        let unsaid = details(&unsaid);
        assert_eq!(unsaid.check(None, TODAY).unwrap_err(), fault);
        let said = Some(date!(1926 - 01 - 01));
        let known = unsaid.check(Some((&open, said)), TODAY).unwrap();
        assert_eq!(known.birth_date, Some(said));
        // What was said of another code says nothing of this one.
        let other = Some(date!(1985 - 08 - 01));
        assert_eq!(
            unsaid.check(Some((&open, other)), TODAY).unwrap_err(),
            fault
        );
    }
    for year in ["1926-01-01", "2026-01-01"] {
        let said = details(&[code, ("birth_date", year)]);
        let checked = said.check(None, TODAY).unwrap();
        assert_eq!(checked.birth_date.unwrap().unwrap().to_string(), year);
    }
    // In December it will be a newborn too; before that it is not.
    let ahead = CodiceFiscale::invented("RSSMRA26T41H501").unwrap();
    let said = details(&[("codice_fiscale", ahead.as_str())]);
    assert!(said.check(None, TODAY).is_ok());
    assert!(said.check(None, date!(2026 - 12 - 01)).is_err());
}

#[test]
fn names_are_folded_for_searching() {
    assert_eq!(
        folded("  D’Àngelo  Niccolò-Maria "),
        "d angelo niccolo maria"
    );
}
