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
use serde::Serialize;
use thiserror::Error as ThisError;
use uuid::Uuid;

use crate::accounts::SignInError;
use crate::accounts::staff::StaffError;
use crate::citizens::RecordError;
use crate::content::grade::GivenError;
use crate::db::DbErr;
use crate::domain::field::FieldError;
use crate::domain::locale::Lang;
use crate::learning::LearningError;
use crate::learning::enter::EnterError;
use crate::learning::registration::CorrectionError;
use crate::network::public::Withheld;
use crate::network::report::ReportError;
use crate::network::service::ServiceError;
use crate::search::SearchError;

use super::templates;

/// When to come back after too many wrong tries; the lock may end a little earlier.
const LOCKED: Duration = Duration::from_secs(15 * 60);

/// A key of the interface's messages.
pub type Key = Cow<'static, str>;

/// A request that was not done.
#[derive(Debug, ThisError)]
pub enum Error {
    /// 400: the request makes no sense. The message says why.
    #[error("bad request: {0}")]
    BadRequest(Key),
    /// 401: nobody has signed in, the session has ended, or what was given opens nothing. A page
    /// leads to the sign-in.
    #[error("not signed in")]
    Unauthorized(Option<Key>),
    /// 403: signed in, without the role it takes, or from another site.
    #[error("forbidden")]
    Forbidden,
    /// 404: nothing here, or nothing this person may know of.
    #[error("not found")]
    NotFound,
    /// 405: the address is right, the method is not.
    #[error("method not allowed")]
    MethodNotAllowed,
    /// 409: it contradicts what is there.
    #[error("conflict: {detail}")]
    Conflict {
        /// Why.
        detail: Key,
        /// The record that is there already.
        existing: Option<Uuid>,
    },
    /// 413: more than a form or an import may hold.
    #[error("too large")]
    TooLarge,
    /// 415: neither a form nor JSON.
    #[error("unsupported media type")]
    UnsupportedMediaType,
    /// 422: understood, but these fields are at fault.
    #[error("invalid fields")]
    Invalid(Vec<Field>),
    /// 429: too often.
    #[error("too many requests")]
    TooMany {
        /// When to come back.
        retry_after: Duration,
    },
    /// 500: our fault. The cause is logged once, here, and shown to nobody.
    #[error("internal error")]
    Internal,
    /// 503: not now.
    #[error("unavailable")]
    Unavailable,
}

/// A field at fault and the key of what is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// As the form or the JSON calls it.
    pub field: Cow<'static, str>,
    /// The message.
    pub key: Key,
}

impl Error {
    /// Logs a cause that is our fault.
    pub fn internal(cause: impl Into<anyhow::Error>) -> Self {
        let cause = cause.into();
        tracing::error!("{cause:#}");
        Self::Internal
    }

    /// A request that makes no sense.
    pub fn bad_request(key: impl Into<Key>) -> Self {
        Self::BadRequest(key.into())
    }

    /// One field at fault.
    pub fn field(field: impl Into<Cow<'static, str>>, key: impl Into<Key>) -> Self {
        Self::Invalid(vec![Field {
            field: field.into(),
            key: key.into(),
        }])
    }

    /// The status.
    #[must_use]
    pub const fn status(&self) -> StatusCode {
        match self {
            Self::BadRequest(_) => StatusCode::BAD_REQUEST,
            Self::Unauthorized(_) => StatusCode::UNAUTHORIZED,
            Self::Forbidden => StatusCode::FORBIDDEN,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::Conflict { .. } => StatusCode::CONFLICT,
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
    pub fn detail(&self) -> Option<&Key> {
        match self {
            Self::BadRequest(key) | Self::Conflict { detail: key, .. } => Some(key),
            Self::Unauthorized(key) => key.as_ref(),
            _ => None,
        }
    }

    /// The error as RFC 9457 has it.
    #[must_use]
    pub fn problem(&self, lang: Lang) -> Problem {
        let status = self.status();
        let key = |part: &str| format!("error-{}-{part}", status.as_u16());
        let fields = match self {
            Self::Invalid(fields) => fields.as_slice(),
            _ => &[],
        };
        Problem {
            kind: "about:blank",
            title: templates::text(lang, &key("title")),
            status: status.as_u16(),
            detail: match self.detail() {
                Some(detail) => templates::text(lang, detail),
                None => templates::text(lang, &key("text")),
            },
            id: match self {
                Self::Conflict { existing, .. } => *existing,
                _ => None,
            },
            errors: fields
                .iter()
                .map(|one| FieldProblem {
                    field: one.field.to_string(),
                    message: templates::text(lang, &one.key),
                })
                .collect(),
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
            StatusCode::PAYLOAD_TOO_LARGE | StatusCode::URI_TOO_LONG => Self::TooLarge,
            StatusCode::UNSUPPORTED_MEDIA_TYPE => Self::UnsupportedMediaType,
            StatusCode::SERVICE_UNAVAILABLE => Self::Unavailable,
            status if status.is_client_error() => Self::bad_request("error-400-text"),
            _ => Self::Internal,
        }
    }
}

/// The body of `application/problem+json`.
#[derive(Debug, Serialize)]
pub struct Problem {
    #[serde(rename = "type")]
    kind: &'static str,
    title: String,
    status: u16,
    detail: String,
    /// The record that is there already (409).
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<Uuid>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<FieldProblem>,
}

#[derive(Debug, Serialize)]
struct FieldProblem {
    field: String,
    message: String,
}

impl ResponseError for Error {
    fn status_code(&self) -> StatusCode {
        self.status()
    }

    /// Only the status: the gate knows language and form, and writes the body.
    fn error_response(&self) -> HttpResponse<BoxBody> {
        let mut response = HttpResponse::new(self.status());
        if let Self::TooMany { retry_after } = self {
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

impl From<DbErr> for Error {
    fn from(error: DbErr) -> Self {
        Self::internal(error)
    }
}

impl From<SearchError> for Error {
    fn from(error: SearchError) -> Self {
        Self::internal(error)
    }
}

impl From<FieldError> for Field {
    fn from(fault: FieldError) -> Self {
        Self {
            field: fault.field.into(),
            key: fault.key.into(),
        }
    }
}

impl From<GivenError> for Error {
    fn from(error: GivenError) -> Self {
        Self::field("given", error.message_key())
    }
}

impl From<LearningError> for Error {
    fn from(error: LearningError) -> Self {
        let conflict = |detail| Self::Conflict {
            detail: Key::Borrowed(detail),
            existing: None,
        };
        match error {
            LearningError::NotFound | LearningError::NoQuiz => Self::NotFound,
            LearningError::Finished => conflict("attempt-finished"),
            LearningError::AlreadyAnswered => conflict("attempt-answered"),
            LearningError::Given(error) => error.into(),
            error @ (LearningError::Db(_) | LearningError::Stored(_)) => Self::internal(error),
        }
    }
}

impl From<SignInError> for Error {
    fn from(error: SignInError) -> Self {
        match error {
            SignInError::Wrong => Self::Unauthorized(Some("sign-in-wrong".into())),
            SignInError::Locked { .. } => Self::TooMany {
                retry_after: LOCKED,
            },
            SignInError::Db(error) => error.into(),
        }
    }
}

impl From<EnterError> for Error {
    fn from(error: EnterError) -> Self {
        match error {
            EnterError::SignIn(error) => error.into(),
            EnterError::Learning(error) => error.into(),
            EnterError::Db(error) => error.into(),
        }
    }
}

impl From<RecordError> for Error {
    fn from(error: RecordError) -> Self {
        match error {
            RecordError::Exists(id) => Self::Conflict {
                detail: "citizen-exists".into(),
                existing: Some(id.0),
            },
            RecordError::Invalid(faults) => {
                Self::Invalid(faults.into_iter().map(Field::from).collect())
            }
            RecordError::NotFound => Self::NotFound,
            RecordError::Db(error) => error.into(),
        }
    }
}

impl From<CorrectionError> for Error {
    fn from(error: CorrectionError) -> Self {
        match error {
            CorrectionError::Record(error) => error.into(),
            CorrectionError::Learning(error) => error.into(),
            CorrectionError::Db(error) => error.into(),
        }
    }
}

impl From<ReportError> for Error {
    fn from(error: ReportError) -> Self {
        match error {
            ReportError::Invalid(faults) => {
                Self::Invalid(faults.into_iter().map(Field::from).collect())
            }
            ReportError::NotFound => Self::NotFound,
            ReportError::Db(error) => error.into(),
        }
    }
}

impl From<StaffError> for Error {
    fn from(error: StaffError) -> Self {
        match error {
            StaffError::Email => Self::field("email", "staff-email"),
            StaffError::Point => Self::field("point", "staff-point"),
            StaffError::Link => Self::field("token", "staff-link"),
            StaffError::Short => Self::field("password", "staff-short"),
            StaffError::Unknown => Self::NotFound,
            StaffError::Db(error) => error.into(),
        }
    }
}

impl From<Withheld> for Error {
    fn from(error: Withheld) -> Self {
        match error {
            Withheld::PartOfMonth => Self::field("from", "totals-whole-months"),
            Withheld::HiddenMonths => Self::field("from", "totals-hidden-months"),
            Withheld::PointMonths => Self::field("point", "totals-point-months"),
            Withheld::Db(error) => error.into(),
        }
    }
}

impl From<ServiceError> for Error {
    fn from(error: ServiceError) -> Self {
        match error {
            ServiceError::Invalid(faults) => {
                Self::Invalid(faults.into_iter().map(Field::from).collect())
            }
            ServiceError::NotFound => Self::NotFound,
            ServiceError::Db(error) => error.into(),
        }
    }
}
