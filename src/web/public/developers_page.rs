//! The document of the interface for programs, to be read by people: what each operation takes and
//! answers, in the order of its tags. Its words are the document's own, in English.

use std::collections::HashSet;

use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::domain::locale::Lang;
use crate::web::parts::chrome::{Chrome, SiteSection};
use crate::web::templates::text;

/// Where the interface is, below the site's address.
const BASE: &str = "/api/v1";

/// `developers.html`: every operation and shape by name, or one of them whole.
#[derive(Debug, Serialize)]
pub struct DevelopersPage {
    chrome: Chrome,
    about: String,
    rooms: Vec<OperationGroup>,
    shapes: Vec<String>,
    operation: Option<OperationText>,
    shape: Option<Shape>,
}

/// The operations of a tag.
#[derive(Debug, Serialize)]
struct OperationGroup {
    name: String,
    about: String,
    operations: Vec<OperationLine>,
}

/// An operation in a list.
#[derive(Debug, Serialize)]
struct OperationLine {
    id: String,
    method: String,
    path: String,
    summary: String,
}

#[derive(Debug, Serialize)]
struct OperationText {
    id: String,
    method: String,
    path: String,
    summary: String,
    about: String,
    /// The roles that open it; `None` where no token is needed, empty where any will do.
    roles: Option<Vec<String>>,
    parameters: Vec<FieldText>,
    body: Option<TypeText>,
    answers: Vec<AnswerText>,
    curl: String,
}

#[derive(Debug, Serialize)]
struct AnswerText {
    status: String,
    about: String,
    kind: Option<TypeText>,
}

/// A type: its words, and the shape that they lead to.
#[derive(Debug, Default, Serialize)]
struct TypeText {
    words: String,
    shape: Option<String>,
}

#[derive(Debug, Serialize)]
struct FieldText {
    name: String,
    kind: TypeText,
    required: bool,
    about: String,
}

/// A component of the document.
#[derive(Debug, Serialize)]
struct Shape {
    name: String,
    about: String,
    kind: TypeText,
    values: Vec<String>,
    fields: Vec<FieldText>,
}

impl DevelopersPage {
    /// The page of a document, for a site at an address: of one operation or shape, or of their
    /// names. `None` where there is none of that name.
    #[must_use]
    pub fn new(document: &Value, address: &str, name: Option<&str>, lang: Lang) -> Option<Self> {
        let base = format!("{address}{BASE}");
        let group = |tag: &Value| OperationGroup {
            name: said(&tag["name"]),
            about: said(&tag["description"]),
            operations: operations(document)
                .filter(|(_, _, operation)| operation["tags"][0] == tag["name"])
                .map(OperationLine::new)
                .collect(),
        };
        let schemas = || fields(&document["components"]["schemas"]);
        let mut page = Self {
            chrome: chrome(name, lang),
            about: said(&document["info"]["description"]),
            rooms: Vec::new(),
            shapes: Vec::new(),
            operation: None,
            shape: None,
        };
        let Some(name) = name else {
            page.rooms = items(&document["tags"]).map(group).collect();
            page.shapes = schemas().map(|(name, _)| name.to_owned()).collect();
            return Some(page);
        };
        page.operation = operations(document)
            .find(|(_, _, operation)| operation["operationId"] == name)
            .map(|(path, method, one)| OperationText::new(document, &base, path, method, one));
        page.shape = schemas()
            .find(|(shape, _)| *shape == name)
            .map(|(name, schema)| Shape::new(name, schema));
        (page.operation.is_some() || page.shape.is_some()).then_some(page)
    }
}

fn chrome(name: Option<&str>, lang: Lang) -> Chrome {
    let title = text(lang, "developers-title");
    let Some(name) = name else {
        return Chrome::new(lang, title, SiteSection::Other, "/sviluppatori")
            .described(text(lang, "developers-description"));
    };
    let address = format!("/sviluppatori/{name}");
    Chrome::new(lang, name.to_owned(), SiteSection::Other, &address)
        .described(text(lang, "developers-description"))
        .under("/sviluppatori", title, lang)
}

impl OperationLine {
    fn new((path, method, operation): (&str, &str, &Value)) -> Self {
        Self {
            id: said(&operation["operationId"]),
            method: method.to_uppercase(),
            path: path.to_owned(),
            summary: said(&operation["summary"]),
        }
    }
}

fn operations(document: &Value) -> impl Iterator<Item = (&str, &str, &Value)> {
    fields(&document["paths"]).flat_map(|(path, methods)| {
        fields(methods).map(move |(method, operation)| (path, method, operation))
    })
}

impl OperationText {
    fn new(document: &Value, base: &str, path: &str, method: &str, operation: &Value) -> Self {
        let parameter = |one: &Value| FieldText {
            name: said(&one["name"]),
            kind: TypeText::of(&one["schema"]),
            required: one["required"] == true,
            about: said(&one["description"]),
        };
        let body = &operation["requestBody"]["content"];
        let roles = match operation["security"].as_array() {
            None => Some(Vec::new()),
            Some(ways) if ways.contains(&json!({})) => None,
            Some(ways) => Some(ways.iter().map(|way| said(&way["token"][0])).collect()),
        };
        let answers = fields(&operation["responses"]).map(|(status, answer)| AnswerText {
            status: status.to_owned(),
            about: said(&answer["description"]),
            kind: content(&answer["content"]),
        });
        Self {
            id: said(&operation["operationId"]),
            method: method.to_uppercase(),
            path: path.to_owned(),
            summary: said(&operation["summary"]),
            about: said(&operation["description"]),
            parameters: items(&operation["parameters"]).map(parameter).collect(),
            body: content(body),
            answers: answers.collect(),
            curl: curl(document, base, (method, path), operation, roles.is_some()),
            roles,
        }
    }
}

/// A command that asks for the operation, with the examples of the document.
fn curl(
    document: &Value,
    base: &str,
    (method, path): (&str, &str),
    operation: &Value,
    token: bool,
) -> String {
    let (mut address, mut mark) = (format!("{base}{path}"), '?');
    for one in items(&operation["parameters"]) {
        let name = said(&one["name"]);
        let value = match &one["example"] {
            Value::Null => example(document, &one["schema"]),
            example => example.clone(),
        };
        let value = value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned);
        if one["in"] == "path" {
            address = address.replace(&format!("{{{name}}}"), &value);
        } else if one["required"] == true {
            address.push_str(&format!("{mark}{name}={}", value.replace(' ', "+")));
            mark = '&';
        }
    }
    let mut command = format!("curl -X {} '{address}'", method.to_uppercase());
    if token {
        command.push_str(" \\\n  -H \"Authorization: Bearer $TOKEN\"");
    }
    if let Some((kind, body)) = fields(&operation["requestBody"]["content"]).next() {
        command.push_str(&format!(" \\\n  -H 'Content-Type: {kind}'"));
        let body = match kind {
            "application/json" => example(document, &body["schema"]).to_string(),
            _ => "@file".to_owned(),
        };
        command.push_str(&format!(" \\\n  --data '{}'", body.replace('\'', "'\\''")));
    }
    command
}

/// A value that a schema allows: its example, or one that is put together.
fn example(document: &Value, schema: &Value) -> Value {
    let given = [
        &schema["example"],
        &schema["examples"][0],
        &schema["enum"][0],
    ];
    if let Some(given) = given.into_iter().find(|value| !value.is_null()) {
        return given.clone();
    }
    if let Some(name) = schema["$ref"].as_str() {
        return example(document, &document["components"]["schemas"][last(name)]);
    }
    if let Some(first) = items(&schema["oneOf"]).next() {
        return example(document, first);
    }
    if schema.get("allOf").is_some() || schema.get("properties").is_some() {
        let mut whole = Map::new();
        for part in items(&schema["allOf"]) {
            if let Value::Object(part) = example(document, part) {
                whole.extend(part);
            }
        }
        for (name, schema) in fields(&schema["properties"]) {
            whole.insert(name.to_owned(), example(document, schema));
        }
        return Value::Object(whole);
    }
    match (
        TypeText::of(schema).words.as_str(),
        schema["format"].as_str(),
    ) {
        (_, Some("uuid")) => json!("0193484e-5a00-7000-8000-000000000001"),
        (_, Some("date")) => json!("2026-11-21"),
        (_, Some("date-time")) => json!("2026-11-21T10:00:00Z"),
        (words, _) if words.starts_with("list") => json!([example(document, &schema["items"])]),
        (words, _) if words.starts_with("integer") => json!(30),
        (words, _) if words.starts_with("boolean") => json!(true),
        _ => json!("testo"),
    }
}

impl TypeText {
    fn of(schema: &Value) -> Self {
        if let Some(name) = schema["$ref"].as_str() {
            return Self {
                words: last(name).to_owned(),
                shape: Some(last(name).to_owned()),
            };
        }
        let choices: Vec<Self> = ["oneOf", "allOf"]
            .iter()
            .flat_map(|key| items(&schema[*key]))
            .map(Self::of)
            .collect();
        if !choices.is_empty() {
            let words: Vec<&str> = choices.iter().map(|one| one.words.as_str()).collect();
            return Self {
                words: words.join(if schema.get("oneOf").is_some() {
                    " or "
                } else {
                    " and "
                }),
                shape: choices.iter().find_map(|one| one.shape.clone()),
            };
        }
        let kinds: Vec<&str> = match &schema["type"] {
            Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).collect(),
            kind => kind.as_str().into_iter().collect(),
        };
        let mut words = kinds.join(" or ");
        if let Some(format) = schema["format"].as_str() {
            words.push_str(&format!(" ({format})"));
        }
        if schema.get("items").is_some() {
            let inner = Self::of(&schema["items"]);
            return Self {
                words: format!("list of {}", inner.words),
                shape: inner.shape,
            };
        }
        Self { words, shape: None }
    }
}

impl Shape {
    fn new(name: &str, schema: &Value) -> Self {
        let parts = items(&schema["allOf"]).chain([schema]);
        let parts: Vec<&Value> = parts.chain(items(&schema["oneOf"])).collect();
        // One of several shapes may name a field again.
        let mut seen = HashSet::new();
        let own = parts.iter().flat_map(|part| {
            fields(&part["properties"]).map(|(name, field)| FieldText {
                name: name.to_owned(),
                kind: TypeText::of(field),
                required: items(&part["required"]).any(|required| required == name),
                about: said(&field["description"]),
            })
        });
        Self {
            name: name.to_owned(),
            about: said(&schema["description"]),
            kind: TypeText::of(schema),
            values: items(&schema["enum"]).map(said).collect(),
            fields: own
                .filter(|field| seen.insert(field.name.clone()))
                .collect(),
        }
    }
}

fn content(content: &Value) -> Option<TypeText> {
    let (kind, content) = fields(content).next()?;
    match kind {
        "text/csv" => Some(TypeText {
            words: kind.to_owned(),
            shape: None,
        }),
        _ => Some(TypeText::of(&content["schema"])),
    }
}

fn last(reference: &str) -> &str {
    reference.rsplit('/').next().unwrap_or_default()
}

fn said(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn items(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn fields(value: &Value) -> impl Iterator<Item = (&str, &Value)> {
    let fields = value.as_object().into_iter().flatten();
    fields.map(|(name, value)| (name.as_str(), value))
}
