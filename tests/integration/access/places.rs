//! What stands in the places of an address.

use super::person::Person;

/// Somebody, or something, that is not there.
const NOBODY: &str = "019ab000-0000-7000-8000-000000000000";

/// An address with the person's ids in its places.
pub(crate) fn filled(address: &str, person: &Person) -> String {
    let mut path = String::new();
    let mut before = "";
    for part in address.split('/').skip(1) {
        path.push('/');
        let Some(name) = part
            .strip_prefix('{')
            .and_then(|part| part.split('}').next())
        else {
            path.push_str(part);
            before = part;
            continue;
        };
        let name = name.split(':').next().unwrap();
        let rest = part.split('}').nth(1).unwrap_or_default();
        let value = match (before, name) {
            (_, "module") => "spid",
            (_, "lesson") => "che-cose-spid",
            (_, "number" | "row") => "1",
            (_, "file" | "account" | "session" | "act") | ("sviluppatori", _) => "nessuno",
            ("cittadini" | "citizens", _) => person.id.as_str(),
            ("tessera", _) => person.card["card"].as_str().unwrap(),
            ("percorsi", _) => "pagare-online",
            ("programmi" | "programmes", _) => "puglia",
            ("punti" | "points", _) => "bari-centro",
            ("assets", _) => "css/site.css",
            ("cancellati", "citizen") => person.id.as_str(),
            ("cancellati", _) => person.ids["tolti"].as_str(),
            ("segnalazioni" | "verifica" | "attestati" | "correzioni", _) => NOBODY,
            (before, _) => person
                .ids
                .get(before)
                .unwrap_or_else(|| panic!("no id for {address}")),
        };
        path.push_str(value);
        path.push_str(rest);
    }
    path
}
