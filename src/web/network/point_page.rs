//! The points as a coordinator keeps them: one of them, a table to take in.

use serde::Serialize;

use crate::accounts::facilitators::FacilitatorAccount;
use crate::domain::ids::AccountId;
use crate::domain::import::Imported;
use crate::domain::locale::Lang;
use crate::network::directory::PointDetails;
use crate::network::point::Point;
use crate::network::programme::Programme;
use crate::web::desk::frame::network_chrome;
use crate::web::error::FieldFault;
use crate::web::learn::catalogue::SelectChoice;
use crate::web::parts::chrome::Chrome;
use crate::web::templates::text;

/// `network_point.html`: a point to change, and its facilitators.
#[derive(Serialize)]
pub struct NetworkPoint {
    chrome: Chrome,
    href: String,
    code: String,
    public: String,
    saved: bool,
    fields: Vec<FieldView>,
    itinerant: bool,
    staff: Vec<Member>,
    wrong: usize,
}

#[derive(Serialize)]
struct FieldView {
    name: String,
    label: String,
    kind: &'static str,
    value: String,
    help: String,
    error: String,
}

/// A facilitator's names for Facilita.
#[derive(Serialize)]
struct Member {
    id: String,
    name: String,
    email: String,
    disabled: bool,
    fields: Vec<FieldView>,
    wrong: usize,
}

/// What was sent of a facilitator and refused.
pub struct RefusedFacilitator<'a> {
    account: String,
    written: [String; 3],
    faults: &'a [FieldFault],
}

impl<'a> RefusedFacilitator<'a> {
    /// The account, then name, number and codice fiscale as written, and what is wrong.
    #[must_use]
    pub fn new(account: AccountId, written: [String; 3], faults: &'a [FieldFault]) -> Self {
        Self {
            account: account.to_string(),
            written,
            faults,
        }
    }
}

impl NetworkPoint {
    /// The form of a point with what it holds and what is wrong with it.
    #[must_use]
    pub fn new(
        point: &Point,
        details: &PointDetails,
        faults: &[FieldFault],
        staff: &[FacilitatorAccount],
        refused: Option<&RefusedFacilitator<'_>>,
        lang: Lang,
    ) -> Self {
        let href = address(point);
        Self {
            chrome: network_chrome(point.name.clone(), &href, lang).under(
                "/rete/punti",
                text(lang, "room-points"),
                lang,
            ),
            code: point.code.clone(),
            public: format!("/punti/{}", point.code),
            saved: false,
            itinerant: details.itinerant.as_deref() == Some("yes"),
            fields: fields(details, faults, lang).into(),
            staff: staff.iter().map(|one| member(one, refused, lang)).collect(),
            wrong: faults.len(),
            href,
        }
    }

    /// Says that it was saved.
    #[must_use]
    pub const fn saved(mut self, saved: bool) -> Self {
        self.saved = saved;
        self
    }
}

/// `network_point_new.html`: a point to add.
#[derive(Serialize)]
pub struct NewPoint {
    chrome: Chrome,
    code: FieldView,
    programme: FieldView,
    programmes: Vec<SelectChoice>,
    fields: Vec<FieldView>,
    itinerant: bool,
    wrong: usize,
}

impl NewPoint {
    /// The form with what was written of a point and what is wrong with it.
    #[must_use]
    pub fn new(
        details: &PointDetails,
        programmes: &[Programme],
        faults: &[FieldFault],
        lang: Lang,
    ) -> Self {
        let title = text(lang, "network-point-new");
        let choice = |programme: &Programme| SelectChoice {
            value: programme.code.clone(),
            label: programme.name.clone(),
            selected: details.programme.as_deref() == Some(&programme.code),
        };
        Self {
            chrome: network_chrome(title, "/rete/punti/nuovo", lang).under(
                "/rete/punti",
                text(lang, "room-points"),
                lang,
            ),
            code: field("code", "text", details.code.as_deref(), faults, lang),
            programme: field("programme", "", details.programme.as_deref(), faults, lang),
            programmes: programmes.iter().map(choice).collect(),
            fields: fields(details, faults, lang).into(),
            itinerant: details.itinerant.as_deref() == Some("yes"),
            wrong: faults.len(),
        }
    }
}

/// What every point is asked for, but for its code and its programme.
fn fields(details: &PointDetails, faults: &[FieldFault], lang: Lang) -> [FieldView; 15] {
    [
        ("name", "text", &details.name),
        ("address", "text", &details.address),
        ("postcode", "text", &details.postcode),
        ("municipality", "text", &details.municipality),
        ("province", "text", &details.province),
        ("region", "text", &details.region),
        ("phone", "tel", &details.phone),
        ("email", "email", &details.email),
        ("hours", "textarea", &details.hours),
        ("offers", "textarea", &details.offers),
        ("workstations", "number", &details.workstations),
        ("latitude", "text", &details.latitude),
        ("longitude", "text", &details.longitude),
        ("closed_on", "date", &details.closed_on),
        ("facilita_id", "text", &details.facilita_id),
    ]
    .map(|(name, kind, value)| field(name, kind, value.as_deref(), faults, lang))
}

fn field(
    name: &'static str,
    kind: &'static str,
    value: Option<&str>,
    faults: &[FieldFault],
    lang: Lang,
) -> FieldView {
    let help = match name {
        "code" | "name" | "hours" | "latitude" | "closed_on" | "facilita_id" => {
            text(lang, &format!("point-help-{name}"))
        }
        _ => String::new(),
    };
    let label = format!("point-field-{name}");
    view(label, name.to_owned(), kind, value, help, faults, lang)
}

fn member(
    one: &FacilitatorAccount,
    refused: Option<&RefusedFacilitator<'_>>,
    lang: Lang,
) -> Member {
    let id = one.id.to_string();
    let refused = refused.filter(|refused| refused.account == id);
    let text_of = |value: &Option<String>| value.clone().unwrap_or_default();
    let known = [&one.facilita_name, &one.facilita_id, &one.codice_fiscale].map(text_of);
    let values = refused.map_or(known, |refused| refused.written.clone());
    let faults = refused.map_or(&[][..], |refused| refused.faults);
    let names = ["facilita_name", "facilita_id", "codice_fiscale"];
    let fields = names.into_iter().zip(values).map(|(name, value)| {
        let mut field = view(
            format!("staff-field-{name}"),
            name.to_owned(),
            "text",
            Some(&value),
            String::new(),
            faults,
            lang,
        );
        // One form a person: the ids of the fields must differ.
        field.name = format!("{name}-{id}");
        field
    });
    Member {
        fields: fields.collect(),
        wrong: faults.len(),
        name: one.name.clone(),
        email: one.email.clone(),
        disabled: one.disabled,
        id,
    }
}

fn view(
    label: String,
    name: String,
    kind: &'static str,
    value: Option<&str>,
    help: String,
    faults: &[FieldFault],
    lang: Lang,
) -> FieldView {
    let fault = faults.iter().find(|fault| fault.field == name);
    FieldView {
        label: text(lang, &label),
        name,
        kind,
        value: value.unwrap_or_default().to_owned(),
        help,
        error: fault.map_or_else(String::new, |fault| text(lang, &fault.key)),
    }
}

/// `points_import.html`: a table to take in, first to look at, then for good.
#[derive(Debug, Serialize)]
pub struct PointsImport {
    chrome: Chrome,
    columns: String,
    text: String,
    outcome: Option<Outcome>,
}

#[derive(Debug, Serialize)]
struct Outcome {
    kept: bool,
    added: usize,
    updated: usize,
    unchanged: usize,
    refused: usize,
    rows: Vec<Fault>,
}

#[derive(Debug, Serialize)]
struct Fault {
    line: u64,
    field: String,
    why: String,
}

impl PointsImport {
    /// The form, with what a table did or would do.
    #[must_use]
    pub fn new(table: String, outcome: Option<&Imported>, lang: Lang) -> Self {
        let title = text(lang, "points-import");
        let outcome = outcome.map(|done| {
            let fault = |one: &crate::domain::import::RowFault| Fault {
                line: one.line,
                field: match one.header.is_empty() {
                    true => one.field.clone(),
                    false => one.header.clone(),
                },
                why: crate::web::desk::import::why(one, lang),
            };
            let mut lines: Vec<_> = done.refused.iter().map(|one| one.line).collect();
            lines.dedup();
            Outcome {
                kept: done.kept,
                added: done.added,
                updated: done.updated,
                unchanged: done.unchanged,
                refused: lines.len(),
                rows: done.told.iter().chain(&done.refused).map(fault).collect(),
            }
        });
        Self {
            chrome: network_chrome(title, "/rete/punti/importa", lang).under(
                "/rete/punti",
                text(lang, "room-points"),
                lang,
            ),
            columns: PointDetails::FIELDS.join(", "),
            text: table,
            outcome,
        }
    }
}

pub(crate) fn address(point: &Point) -> String {
    format!("/rete/punti/{}", point.code)
}
