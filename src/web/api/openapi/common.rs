//! What every operation shares: the errors that follow from what it takes, and the words that each
//! answer needs.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

/// What a status means here, and whether it says when to come back.
const ERRORS: [(&str, &str, bool); 13] = [
    (
        "400",
        "The body or a parameter cannot be read; `detail` names the place.",
        false,
    ),
    (
        "401",
        "No token, or one that opens nothing any more.",
        false,
    ),
    (
        "403",
        "The token's roles do not allow it, or demand a second factor that is not set up.",
        false,
    ),
    (
        "404",
        "Nothing here, or nothing this token may know of.",
        false,
    ),
    ("408", "The request took too long to arrive.", false),
    ("409", "It contradicts what is there.", false),
    ("410", "The person's data were erased.", false),
    ("413", "The body is too large.", false),
    (
        "415",
        "The body is not of the type that is described here.",
        false,
    ),
    (
        "422",
        "Understood, but `errors` names the fields at fault.",
        false,
    ),
    ("429", "Too often.", true),
    ("500", "A fault of the server; it is logged there.", false),
    ("503", "Not now.", true),
];

/// Where a component's name begins.
const COMPONENT: &str = "#/components/schemas/";

/// Adds to a document what its attributes leave out.
pub(super) fn finish(document: &mut Value) {
    require_what_is_always_there(document);
    let schemas = document.pointer("/components/schemas").cloned();
    let schemas = schemas.unwrap_or_default();
    let Some(Value::Object(paths)) = document.get_mut("paths") else {
        return;
    };
    for operation in paths.values_mut().filter_map(Value::as_object_mut) {
        for operation in operation.values_mut().filter_map(Value::as_object_mut) {
            say_in_one_sentence(operation);
            never_null(operation);
            let statuses = follow(operation);
            let Some(Value::Object(answers)) = operation.get_mut("responses") else {
                continue;
            };
            for status in statuses {
                answers.entry(status).or_insert_with(|| json!({}));
            }
            for (status, answer) in answers.iter_mut() {
                describe(status, answer, &schemas);
            }
        }
    }
}

/// An answer has all its fields, those that may be null too: only what cannot be null is left out
/// where it is not there. In what is sent a null is as good as nothing.
fn require_what_is_always_there(document: &mut Value) {
    let (mut sent, mut answered) = (BTreeSet::new(), BTreeSet::new());
    for operation in document["paths"]
        .as_object()
        .into_iter()
        .flat_map(Map::values)
    {
        for operation in operation.as_object().into_iter().flat_map(Map::values) {
            reach(&operation["requestBody"], document, &mut sent);
            reach(&operation["responses"], document, &mut answered);
        }
    }
    answered.insert("Problem".to_owned());
    reach(
        &document["components"]["schemas"]["Problem"],
        document,
        &mut answered,
    );
    if let Some(Value::Object(schemas)) = document.pointer_mut("/components/schemas") {
        // A type that a generic one is filled with is listed too.
        schemas.retain(|name, _| sent.contains(name) || answered.contains(name));
    }
    for name in answered.difference(&sent) {
        let Some(schema) = document.pointer_mut(&format!("/components/schemas/{name}")) else {
            continue;
        };
        let parts = match schema.get_mut("allOf") {
            Some(Value::Array(parts)) => parts.iter_mut().collect(),
            _ => vec![schema],
        };
        for part in parts {
            let Some(Value::Object(properties)) = part.get("properties") else {
                continue;
            };
            let nullable = properties.iter().filter(|(_, schema)| may_be_null(schema));
            let mut required: BTreeSet<String> = nullable.map(|(name, _)| name.clone()).collect();
            let before = part["required"].as_array().into_iter().flatten();
            required.extend(before.filter_map(Value::as_str).map(str::to_owned));
            if !required.is_empty() {
                part["required"] = json!(required);
            }
        }
    }
}

/// The components that a part of the document is made of.
fn reach(part: &Value, document: &Value, found: &mut BTreeSet<String>) {
    match part {
        Value::Object(fields) => {
            let name = fields.get("$ref").and_then(Value::as_str);
            if let Some(name) = name.and_then(|name| name.strip_prefix(COMPONENT))
                && found.insert(name.to_owned())
            {
                reach(&document["components"]["schemas"][name], document, found);
            }
            fields
                .values()
                .for_each(|part| reach(part, document, found));
        }
        Value::Array(parts) => parts.iter().for_each(|part| reach(part, document, found)),
        _ => {}
    }
}

fn may_be_null(schema: &Value) -> bool {
    let is_null = |kind: &Value| kind == "null" || kind["type"] == "null";
    let has_null = |kinds: &Value| kinds.as_array().is_some_and(|all| all.iter().any(is_null));
    has_null(&schema["type"]) || has_null(&schema["oneOf"])
}

/// The summary without the address, which stands before it in the source.
fn say_in_one_sentence(operation: &mut Map<String, Value>) {
    let Some(Value::String(summary)) = operation.get_mut("summary") else {
        return;
    };
    let Some((_, rest)) = summary.split_once("`: ") else {
        return;
    };
    let rest = rest.trim_end_matches('.');
    let mut letters = rest.chars();
    *summary = letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    });
}

/// A parameter is there or it is not: an address has no null.
fn never_null(operation: &mut Map<String, Value>) {
    let Some(Value::Array(parameters)) = operation.get_mut("parameters") else {
        return;
    };
    for schema in parameters
        .iter_mut()
        .filter_map(|one| one.get_mut("schema"))
    {
        if let Some(Value::Array(choices)) = schema.get("oneOf") {
            let one = choices.iter().find(|choice| choice["type"] != "null");
            *schema = one.cloned().unwrap_or_default();
        }
        if let Some(Value::Array(types)) = schema.get("type") {
            let one = types.iter().find(|kind| *kind != "null");
            schema["type"] = one.cloned().unwrap_or_default();
        }
    }
}

/// The errors that follow from what an operation takes.
fn follow(operation: &Map<String, Value>) -> Vec<&'static str> {
    let mut statuses = vec!["500", "503"];
    let is_in = |place: &str| {
        let parameters = operation.get("parameters").and_then(Value::as_array);
        parameters.is_some_and(|all| all.iter().any(|one| one["in"] == place))
    };
    if is_in("path") {
        statuses.push("404");
    }
    if is_in("query") || operation.contains_key("requestBody") {
        statuses.push("400");
    }
    let body = operation.get("requestBody");
    if is_in("query") || body.is_some_and(|body| body["content"]["application/json"].is_object()) {
        // What is not known is refused by its name.
        statuses.push("422");
    }
    if operation.contains_key("requestBody") {
        statuses.extend(["408", "413", "415"]);
    }
    match operation.get("security").and_then(Value::as_array) {
        Some(ways) if ways.contains(&json!({})) => {
            // A token that may be left out can still be one that opens nothing yet.
            statuses.extend((ways.len() > 1).then_some("403"));
        }
        _ => statuses.extend(["401", "403"]),
    }
    statuses
}

/// Words and a body for an answer that has none.
fn describe(status: &str, answer: &mut Value, schemas: &Value) {
    let known = ERRORS.iter().find(|(known, ..)| *known == status);
    if let Some((_, meaning, comes_back)) = known {
        if answer.get("description").is_none() {
            answer["description"] = json!(meaning);
        }
        let problem = json!({ "$ref": format!("{COMPONENT}Problem") });
        answer["content"] = json!({ "application/problem+json": { "schema": problem } });
        if *comes_back {
            answer["headers"] = json!({ "Retry-After": {
                "description": "Seconds to wait.",
                "schema": { "type": "integer", "minimum": 1 },
            } });
        }
    } else if answer.get("description").is_none() {
        let body = answer.pointer("/content/application~1json/schema/$ref");
        let name = body.and_then(Value::as_str).unwrap_or_default();
        let name = name.rsplit('/').next().unwrap_or_default();
        answer["description"] = schemas[name]["description"].clone();
    }
}
