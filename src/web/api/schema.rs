//! How the words of the trade look in the document: each is one component, with its pattern or its
//! list of values. What they mean is said here once; the types themselves know nothing of OpenAPI.

use serde_json::{Value, json};
use utoipa::openapi::schema::{AdditionalProperties, ArrayBuilder, OneOfBuilder, SchemaType};
use utoipa::openapi::{Object, ObjectBuilder, Ref, RefOr, Schema, Type};
use utoipa::{PartialSchema, ToSchema};

use crate::citizens::Details;
use crate::content::question::Given;
use crate::domain::digcomp::Competence;
use crate::domain::facilita::{
    AgeBand, Citizenship, Education, Gender, Occupation, PublicDomain, ServiceKind,
};
use crate::domain::ids::{LessonId, ModuleId, PathId, QuestionId};
use crate::domain::locale::Lang;
use crate::domain::role::Role;
use crate::learning::completion::CompletionSource;
use crate::network::counting::NotCounted;
use crate::network::facilita::check::Reason;
use crate::network::programme::TargetKind;

/// The form of every content id.
const CONTENT_ID: &str = "^[a-z][a-z0-9-]{2,39}$";

macro_rules! component {
    ($($type:ty => $schema:expr;)*) => {$(
        impl PartialSchema for $type {
            fn schema() -> RefOr<Schema> {
                RefOr::T(Schema::from($schema))
            }
        }

        impl ToSchema for $type {}
    )*};
}

component! {
    ModuleId => content_id("A module; its id never changes.", "spid");
    LessonId => content_id("A lesson, unique within its module.", "che-cose-spid");
    QuestionId => content_id("A question, unique within its module.", "spid-scopo");
    PathId => content_id("A learning path.", "pagare-online");
    Lang => names("A language, by its BCP 47 code.", Lang::ALL.map(Lang::code));
    Role => names(
        "What a person may do. A facilitator's role is tied to a point.",
        Role::ALL.map(Role::name),
    );
    Competence => names(
        "A competence of DigComp 2.2, by its code.",
        Competence::all().map(Competence::code),
    );
    Gender => letters("AN7 of Facilita", Gender::ALL, Gender::code, Gender::label);
    AgeBand => letters("AN8 of Facilita, on the day of the service", AgeBand::ALL, AgeBand::code, AgeBand::label);
    Education => letters("AN9 of Facilita", Education::ALL, Education::code, Education::label);
    Occupation => letters("AN10 of Facilita", Occupation::ALL, Occupation::code, Occupation::label);
    Citizenship => letters("AN11 of Facilita", Citizenship::ALL, Citizenship::code, Citizenship::label);
    PublicDomain => letters("SE6 of Facilita", PublicDomain::ALL, PublicDomain::code, PublicDomain::label);
    TargetKind => names("What a target counts.", TargetKind::ALL.map(TargetKind::name));
    Given => given();
    Details => details();
}

/// A kind of service by its name in this interface.
pub(super) fn service_kind() -> Object {
    let kinds = ServiceKind::ALL.iter().map(|kind| kind.name());
    names("SE3 of Facilita: the kind of a service.", kinds)
}

/// Why a completion became no service.
pub(super) fn not_counted() -> Object {
    names("For programs.", NotCounted::ALL.map(NotCounted::key))
}

/// Where a completion came from.
pub(super) fn source() -> Object {
    let about = "Learned `online`, or recorded by a `facilitator`.";
    names(
        about,
        [CompletionSource::Online, CompletionSource::Facilitator].map(CompletionSource::name),
    )
}

/// How a question is answered.
pub(super) fn question_kind() -> Object {
    let kinds = ["one", "many", "order", "match", "number", "text"];
    names("How it is answered, and so the shape of `given`.", kinds)
}

/// At what somebody stopped.
pub(super) fn stuck_at() -> Object {
    let places = ["lesson", "question", "quiz", "module"];
    names("At what the person stopped.", places)
}

/// Why Facilita would refuse an attendance.
pub(super) fn held_back() -> Schema {
    let reasons = Reason::ALL.iter().map(|reason| reason.key());
    let one = names("What Facilita would refuse, and why.", reasons);
    Schema::Array(ArrayBuilder::new().items(one).build())
}

fn text(about: &str) -> ObjectBuilder {
    ObjectBuilder::new()
        .schema_type(Type::String)
        .description(Some(about))
}

fn content_id(about: &str, example: &str) -> Object {
    let id = text(about).pattern(Some(CONTENT_ID)).max_length(Some(40));
    id.examples([json!(example)]).build()
}

fn names<'n>(about: &str, names: impl IntoIterator<Item = &'n str>) -> Object {
    text(about).enum_values(Some(names)).build()
}

fn letters<T: Copy>(
    about: &str,
    all: &[T],
    code: impl Fn(T) -> &'static str,
    label: impl Fn(T, Lang) -> &'static str,
) -> Object {
    let meanings = all
        .iter()
        .map(|one| format!("`{}` {}", code(*one), label(*one, Lang::En)));
    let about = format!("{about}: {}.", meanings.collect::<Vec<_>>().join("; "));
    names(&about, all.iter().map(|one| code(*one)))
}

fn given() -> Schema {
    let key = || ObjectBuilder::new().schema_type(Type::String);
    let one = text("`one`: the key of an option. `number`, `text`: what was written.")
        .examples([json!("a")]);
    let keys = ArrayBuilder::new()
        .items(key())
        .description(Some(
            "`many`: the keys of the options; `order`: all keys, in order.",
        ))
        .examples([json!(["a", "c"])]);
    let pairs = ObjectBuilder::new()
        .title(Some("GivenPairs"))
        .description(Some("`match`: the right key for each left one."))
        .additional_properties(Some(AdditionalProperties::from(RefOr::T(Schema::from(
            key(),
        )))))
        .examples([json!({ "a": "r2", "b": "r1" })]);
    let shapes = OneOfBuilder::new().item(one).item(keys).item(pairs);
    let about = "What was answered; its shape depends on the question's `kind`.";
    Schema::OneOf(shapes.description(Some(about)).build())
}

/// The fields of a citizen's record as they are written.
fn details() -> Object {
    let example = |about: &str, value: Value| optional(text(about).examples([value]));
    let person = ObjectBuilder::new()
        .description(Some(
            "A citizen's record. A field that is left out, or null, stays as it is; an empty text \
             clears it.",
        ))
        .property(
            "codice_fiscale",
            example(
                "The 16 characters of the Italian tax code; case and spaces do not matter. It may \
                 be missing: such a person learns and is not counted.",
                json!("NVNPRV66D52A662N"),
            ),
        )
        .property(
            "first_name",
            example("Given name, as on the health card; needed.", json!("Prova")),
        )
        .property(
            "last_name",
            example(
                "Family name, as on the health card; needed.",
                json!("Inventata"),
            ),
        )
        .property(
            "birth_date",
            example(
                "`YYYY-MM-DD`; read from the codice fiscale where there is one.",
                json!("1966-04-12"),
            ),
        )
        .property(
            "gender",
            letter("Read from the codice fiscale where not given.", "Gender"),
        )
        .property(
            "education",
            letter("The highest title of study.", "Education"),
        )
        .property("occupation", letter("What the person does.", "Occupation"))
        .property(
            "citizenship",
            letter("Of which part of the world.", "Citizenship"),
        )
        .property(
            "province",
            example("Province of domicile, its full name.", json!("Bari")),
        )
        .property(
            "email",
            example(
                "Used only where the person agreed to be written to.",
                json!("prova@example.org"),
            ),
        )
        .property(
            "phone",
            example(
                "Used only where the person agreed to be called.",
                json!("080 0000000"),
            ),
        )
        .property("name_differs", name_differs());
    person.build()
}

fn name_differs() -> Object {
    let kinds = SchemaType::from_iter([Type::Boolean, Type::Null]);
    let about = "Yes to the question that a 422 names by this field: the first six letters of the \
                 codice fiscale are of another name, and yet the code is this person's. Send it only \
                 after somebody looked at the health card; the answer is kept until name or code \
                 change.";
    let yes = ObjectBuilder::new().schema_type(kinds);
    yes.description(Some(about)).build()
}

/// A text that may be null: the field is then as if it were left out.
fn optional(text: ObjectBuilder) -> Object {
    text.schema_type(SchemaType::from_iter([Type::String, Type::Null]))
        .build()
}

/// One of a list of letters; empty or null.
fn letter(about: &str, component: &str) -> Schema {
    let none = ObjectBuilder::new()
        .schema_type(Type::String)
        .max_length(Some(0));
    let null = ObjectBuilder::new().schema_type(Type::Null);
    let choice = OneOfBuilder::new()
        .item(Ref::from_schema_name(component))
        .item(none)
        .item(null);
    Schema::OneOf(choice.description(Some(about)).build())
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at a surprise")]

    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_field_of_a_record_is_described() {
        let Value::Object(fields) = serde_json::to_value(Details::default()).unwrap() else {
            unreachable!("a record is an object");
        };
        let fields: BTreeSet<&str> = fields.keys().map(String::as_str).collect();
        let described = details();
        let described: BTreeSet<&str> = described.properties.keys().map(String::as_str).collect();
        assert_eq!(fields, described);
    }

    #[test]
    fn the_person_of_the_examples_could_be_registered() {
        let described = serde_json::to_value(details()).unwrap();
        let mut person = json!({});
        for (name, schema) in described["properties"].as_object().unwrap() {
            if let Some(example) = schema.pointer("/examples/0") {
                person[name] = example.clone();
            }
        }
        let person: Details = serde_json::from_value(person).unwrap();
        assert_eq!(person.faults(time::macros::date!(2026 - 11 - 21)), []);
    }
}
