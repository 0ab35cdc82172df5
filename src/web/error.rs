//! What can go wrong with a request: one variant for each status, and the only map to them.
//!
//! A handler returns an [`Error`]; the [gate](super::gate) shows it, as an HTML page in the
//! person's language or, below `/api/`, as `application/problem+json` (RFC 9457).

use std::borrow::Cow;
use std::time::Duration;

use actix_web::body::BoxBody;
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpResponse, ResponseError};
use fluent_templates::fluent_bundle::FluentValue;
use serde::Serialize;
use thiserror::Error as ThisError;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::domain::field::FieldError;
use crate::domain::locale::Lang;

use super::log;
use super::templates::{self, Args};

mod from;
mod records;
mod unavailable;

/// When to come back after a 503: what is away for longer is asked for again.
const SOON: Duration = Duration::from_secs(5);

/// A key of the interface's messages.
pub type MessageKey = Cow<'static, str>;

/// A request that was not done.
#[derive(Debug, ThisError)]
pub enum Error {
    /// 400: the request makes no sense. The message says why.
    #[error("bad request: {0}")]
    BadRequest(MessageKey),
    /// 400: a body or a query that cannot be read.
    #[error("unreadable")]
    Unreadable(UnreadableBody),
    /// 401: nobody has signed in, the session has ended, or what was given opens nothing. A page
    /// leads to the sign-in.
    #[error("not signed in")]
    Unauthorized(Option<MessageKey>),
    /// 403: signed in, without the role it takes, or from another site.
    #[error("forbidden")]
    Forbidden,
    /// 403: signed in with a password alone, where the roles demand a second factor. A page leads to
    /// where it is set up.
    #[error("a second factor has to be set up first")]
    SetUp,
    /// 404: nothing here, or nothing this person may know of.
    #[error("not found")]
    NotFound,
    /// 405: the address is right, the method is not.
    #[error("method not allowed")]
    MethodNotAllowed,
    /// 408: the rest of it did not come in time.
    #[error("request timeout")]
    Timeout,
    /// 409: it contradicts what is there.
    #[error("conflict: {detail}")]
    Conflict {
        /// Why.
        detail: MessageKey,
        /// The record that is there already.
        existing: Option<Uuid>,
    },
    /// 410: somebody whose record was erased.
    #[error("gone")]
    Gone,
    /// 413: more than a form or an import may hold.
    #[error("too large")]
    TooLarge,
    /// 415: neither a form nor JSON.
    #[error("unsupported media type")]
    UnsupportedMediaType,
    /// 422: understood, but these fields are at fault.
    #[error("invalid fields")]
    Invalid(Vec<FieldFault>),
    /// 429: too often.
    #[error("too many requests")]
    TooMany {
        /// When to come back.
        retry_after: Duration,
    },
    /// 500: our fault. The cause is logged once, here, and shown to nobody.
    #[error("internal error")]
    Internal,
    /// 503: not now. The same request may be sent again.
    #[error("unavailable")]
    Unavailable,
}

/// What cannot be read, without anything of what was sent but the name of its field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UnreadableBody {
    /// Not JSON at all, from here on.
    Syntax {
        /// Counted from 1.
        line: usize,
        /// Counted from 1.
        column: usize,
    },
    /// Something else is expected in a field.
    Field {
        /// The field, where it is known.
        field: Option<String>,
        /// The key of what is expected.
        expected: &'static str,
    },
}

/// A field at fault and the key of what is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldFault {
    /// As the form or the JSON calls it.
    pub field: Cow<'static, str>,
    /// The message.
    pub key: MessageKey,
}

/// Why somebody without the second factor that they need gets no further.
const SET_UP: MessageKey = MessageKey::Borrowed("second-factor-missing");

impl Error {
    /// Logs a cause that is our fault.
    pub fn internal(cause: impl Into<anyhow::Error>) -> Self {
        log::failure(&cause.into());
        Self::Internal
    }

    /// A request that makes no sense.
    pub fn bad_request(key: impl Into<MessageKey>) -> Self {
        Self::BadRequest(key.into())
    }

    /// One field at fault.
    pub fn field(field: impl Into<Cow<'static, str>>, key: impl Into<MessageKey>) -> Self {
        Self::Invalid(vec![FieldFault {
            field: field.into(),
            key: key.into(),
        }])
    }

    fn invalid(faults: Vec<FieldError>) -> Self {
        Self::Invalid(faults.into_iter().map(FieldFault::from).collect())
    }

    /// The status.
    #[must_use]
    pub const fn status(&self) -> StatusCode {
        match self {
            Self::BadRequest(_) | Self::Unreadable(_) => StatusCode::BAD_REQUEST,
            Self::Timeout => StatusCode::REQUEST_TIMEOUT,
            Self::Unauthorized(_) => StatusCode::UNAUTHORIZED,
            Self::Forbidden | Self::SetUp => StatusCode::FORBIDDEN,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::Conflict { .. } => StatusCode::CONFLICT,
            Self::Gone => StatusCode::GONE,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::UnsupportedMediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
            Self::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    /// What is wrong with this request, where more can be said than the status does.
    #[must_use]
    pub fn detail(&self, lang: Lang) -> Option<String> {
        match self {
            Self::BadRequest(key) | Self::Conflict { detail: key, .. } => {
                Some(templates::text(lang, key))
            }
            Self::Unauthorized(key) => key.as_ref().map(|key| templates::text(lang, key)),
            Self::SetUp => Some(templates::text(lang, &SET_UP)),
            Self::Unreadable(what) => Some(what.text(lang)),
            Self::TooMany { retry_after } => {
                let minutes = retry_after.as_secs().div_ceil(60).max(1);
                let minutes = (Cow::Borrowed("minutes"), FluentValue::from(minutes));
                Some(templates::text_with(
                    lang,
                    "error-429-wait",
                    &Args::from([minutes]),
                ))
            }
            _ => None,
        }
    }

    /// The type of a problem that a program can do something about; `about:blank` says no more than
    /// the status.
    fn kind(&self) -> &'static str {
        match self {
            Self::SetUp => "/problems/second-factor-missing",
            Self::Unauthorized(Some(key)) if key == "code-needed" => "/problems/code-needed",
            Self::Unauthorized(Some(key)) if key == "code-wrong" => "/problems/code-wrong",
            _ => "about:blank",
        }
    }

    /// The error as RFC 9457 has it.
    #[must_use]
    pub fn problem(&self, lang: Lang) -> Problem {
        let status = self.status();
        let key = |part: &str| format!("error-{}-{part}", status.as_u16());
        let field = |field: &str, key: &str| FieldProblem {
            field: field.to_owned(),
            message: templates::text(lang, key),
        };
        let errors = match self {
            Self::Invalid(fields) => fields
                .iter()
                .map(|one| field(&one.field, &one.key))
                .collect(),
            Self::Unreadable(UnreadableBody::Field {
                field: Some(name),
                expected,
            }) => vec![field(name, expected)],
            _ => Vec::new(),
        };
        Problem {
            kind: self.kind(),
            title: templates::text(lang, &key("title")),
            status: status.as_u16(),
            detail: self
                .detail(lang)
                .unwrap_or_else(|| templates::text(lang, &key("text"))),
            id: match self {
                Self::Conflict { existing, .. } => *existing,
                _ => None,
            },
            errors,
        }
    }

    /// The error of a status that the framework answered by itself.
    #[must_use]
    pub fn of_status(status: StatusCode) -> Self {
        match status {
            StatusCode::UNAUTHORIZED => Self::Unauthorized(None),
            StatusCode::FORBIDDEN => Self::Forbidden,
            StatusCode::NOT_FOUND => Self::NotFound,
            StatusCode::METHOD_NOT_ALLOWED => Self::MethodNotAllowed,
            StatusCode::REQUEST_TIMEOUT => Self::Timeout,
            StatusCode::PAYLOAD_TOO_LARGE | StatusCode::URI_TOO_LONG => Self::TooLarge,
            StatusCode::UNSUPPORTED_MEDIA_TYPE => Self::UnsupportedMediaType,
            StatusCode::SERVICE_UNAVAILABLE => Self::Unavailable,
            status if status.is_client_error() => Self::bad_request("error-400-text"),
            _ => Self::Internal,
        }
    }
}

impl UnreadableBody {
    fn text(&self, lang: Lang) -> String {
        let fill = |key: &str, places: [(&'static str, FluentValue<'static>); 2]| {
            let places = places.map(|(name, value)| (Cow::Borrowed(name), value));
            templates::text_with(lang, key, &Args::from(places))
        };
        match self {
            Self::Syntax { line, column } => fill(
                "unreadable-json",
                [
                    ("line", FluentValue::from(*line)),
                    ("column", FluentValue::from(*column)),
                ],
            ),
            Self::Field { field, expected } => {
                let expected = templates::text(lang, expected);
                match field {
                    None => expected,
                    Some(field) => fill(
                        "unreadable-field",
                        [
                            ("field", FluentValue::from(field.clone())),
                            ("expected", FluentValue::from(expected)),
                        ],
                    ),
                }
            }
        }
    }
}

/// The body of `application/problem+json`.
#[derive(Debug, Serialize, ToSchema)]
pub struct Problem {
    /// `about:blank` where the status says all; an address that an operation names where a program
    /// can do something about it.
    #[serde(rename = "type")]
    #[schema(example = "about:blank")]
    kind: &'static str,
    /// What happened, in the language of the request.
    #[schema(example = "Qualcosa da correggere")]
    title: String,
    /// The status of the answer.
    #[schema(minimum = 400, maximum = 599, example = 422)]
    status: u16,
    /// Why, and what to do.
    detail: String,
    /// The record that is there already (409).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    id: Option<Uuid>,
    /// The fields at fault (422).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<FieldProblem>,
}

/// A field at fault.
#[derive(Debug, Serialize, ToSchema)]
pub struct FieldProblem {
    /// As the body or the query calls it.
    #[schema(example = "birth_date")]
    field: String,
    /// What is wrong with it, in the language of the request.
    message: String,
}

impl ResponseError for Error {
    fn status_code(&self) -> StatusCode {
        self.status()
    }

    /// Only the status: the gate knows language and form, and writes the body.
    fn error_response(&self) -> HttpResponse<BoxBody> {
        let mut response = HttpResponse::new(self.status());
        let retry_after = match self {
            Self::TooMany { retry_after } => Some(*retry_after),
            Self::Unavailable => Some(SOON),
            _ => None,
        };
        if let Some(retry_after) = retry_after {
            let seconds = retry_after.as_secs().max(1);
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

impl From<minijinja::Error> for Error {
    fn from(error: minijinja::Error) -> Self {
        Self::internal(error)
    }
}

impl From<FieldError> for FieldFault {
    fn from(fault: FieldError) -> Self {
        Self {
            field: fault.field.into(),
            key: fault.key.into(),
        }
    }
}
