//! What each refusal of a service is to a request.

use std::time::Duration;

use crate::accounts::SignInError;
use crate::accounts::second_factor::SecondFactorError;
use crate::accounts::staff::StaffError;
use crate::citizens::RecordError;
use crate::content::grade::GivenError;
use crate::learning::enter::EnterError;
use crate::learning::registration::CorrectionError;
use crate::learning::revision::RevisionError;
use crate::learning::takeover::GiveBackError;
use crate::learning::{DeskError, LearningError};
use crate::network::directory::PointError;
use crate::network::facilita::FacilitaError;
use crate::network::public::Withheld;
use crate::network::report::ReportError;
use crate::network::revise::ProgrammeError;
use crate::network::service::ServiceError;
use crate::search::SearchError;

use super::{Error, FieldFault, MessageKey};

impl From<SearchError> for Error {
    fn from(error: SearchError) -> Self {
        Self::internal(error)
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
            detail: MessageKey::Borrowed(detail),
            existing: None,
        };
        match error {
            LearningError::NotFound | LearningError::NoQuiz => Self::NotFound,
            LearningError::TooOften(wait) => Self::TooMany {
                retry_after: wait.unsigned_abs(),
            },
            LearningError::Finished => conflict("attempt-finished"),
            LearningError::AlreadyAnswered => conflict("attempt-answered"),
            LearningError::Given(error) => error.into(),
            LearningError::Db(error) => error.into(),
            error @ LearningError::Stored(_) => Self::internal(error),
        }
    }
}

impl From<DeskError> for Error {
    fn from(error: DeskError) -> Self {
        match error {
            DeskError::Invalid(faults) => Self::invalid(faults),
            DeskError::NotFound => Self::NotFound,
            DeskError::Completed => Self::Conflict {
                detail: "completed-already".into(),
                existing: None,
            },
            DeskError::Learning(error) => error.into(),
            DeskError::Db(error) => error.into(),
        }
    }
}

impl From<SignInError> for Error {
    fn from(error: SignInError) -> Self {
        match error {
            SignInError::Wrong => Self::Unauthorized(Some("sign-in-wrong".into())),
            SignInError::Locked { wait } => Self::TooMany {
                retry_after: Duration::try_from(wait).unwrap_or(Duration::from_secs(60)),
            },
            SignInError::CodeNeeded => Self::Unauthorized(Some("code-needed".into())),
            SignInError::Code => Self::Unauthorized(Some("code-wrong".into())),
            SignInError::SetUp => Self::SetUp,
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

impl From<GiveBackError> for Error {
    fn from(error: GiveBackError) -> Self {
        match error {
            GiveBackError::NotFound => Self::NotFound,
            GiveBackError::TooLate => Self::Conflict {
                detail: "give-back-late".into(),
                existing: None,
            },
            GiveBackError::Learning(error) => error.into(),
            GiveBackError::Db(error) => error.into(),
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
            RecordError::Invalid(faults) => Self::invalid(faults),
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
            ReportError::Invalid(faults) => Self::invalid(faults),
            ReportError::NotFound => Self::NotFound,
            ReportError::Full => Self::TooMany {
                retry_after: Duration::from_secs(60 * 60),
            },
            ReportError::Db(error) => error.into(),
        }
    }
}

impl From<FacilitaError> for Error {
    fn from(error: FacilitaError) -> Self {
        match error {
            FacilitaError::NotFound => Self::NotFound,
            FacilitaError::Open(id) => Self::Conflict {
                detail: "facilita-open".into(),
                existing: Some(id.0),
            },
            FacilitaError::CalledBack => Self::Conflict {
                detail: "facilita-called-back".into(),
                existing: None,
            },
            FacilitaError::Reported => Self::Conflict {
                detail: "facilita-has-report".into(),
                existing: None,
            },
            FacilitaError::Changed => Self::Conflict {
                detail: "facilita-changed".into(),
                existing: None,
            },
            FacilitaError::Unreadable(lines) => {
                let line = |(number, key)| FieldFault {
                    field: format!("line-{number}").into(),
                    key: MessageKey::Borrowed(key),
                };
                Self::Invalid(lines.into_iter().map(line).collect())
            }
            FacilitaError::Invalid(faults) => Self::invalid(faults),
            FacilitaError::Db(error) => error.into(),
        }
    }
}

impl From<PointError> for Error {
    fn from(error: PointError) -> Self {
        match error {
            PointError::Invalid(faults) => Self::invalid(faults),
            PointError::NotFound => Self::NotFound,
            PointError::Db(error) => error.into(),
        }
    }
}

impl From<RevisionError> for Error {
    fn from(error: RevisionError) -> Self {
        match error {
            RevisionError::Programme(ProgrammeError::Invalid(faults)) => Self::invalid(faults),
            RevisionError::Programme(ProgrammeError::NotFound) => Self::NotFound,
            RevisionError::Programme(ProgrammeError::Unconfirmed) => Self::Conflict {
                detail: "programme-unconfirmed".into(),
                existing: None,
            },
            RevisionError::Learning(error) => error.into(),
            RevisionError::Programme(ProgrammeError::Db(error)) | RevisionError::Db(error) => {
                error.into()
            }
        }
    }
}

impl From<StaffError> for Error {
    fn from(error: StaffError) -> Self {
        match error {
            StaffError::Email => Self::field("email", "staff-email"),
            StaffError::Point => Self::field("point", "staff-point"),
            StaffError::Link => Self::field("token", "staff-link"),
            StaffError::Weak(weak) => Self::field("password", weak.key()),
            StaffError::Current => Self::field("current", "password-current-wrong"),
            StaffError::Disabled => Self::field("email", "account-is-disabled"),
            StaffError::LastAdmin => Self::Conflict {
                detail: "account-last-admin".into(),
                existing: None,
            },
            StaffError::Unknown | StaffError::NotYours => Self::NotFound,
            StaffError::Db(error) => error.into(),
        }
    }
}

impl From<SecondFactorError> for Error {
    fn from(error: SecondFactorError) -> Self {
        match error {
            SecondFactorError::Code => Self::field("code", "code-wrong"),
            SecondFactorError::Unknown => Self::NotFound,
            SecondFactorError::Db(error) => error.into(),
        }
    }
}

impl From<ServiceError> for Error {
    fn from(error: ServiceError) -> Self {
        match error {
            ServiceError::Invalid(faults) => Self::invalid(faults),
            ServiceError::NotFound => Self::NotFound,
            ServiceError::Db(error) => error.into(),
        }
    }
}

impl From<Withheld> for Error {
    fn from(error: Withheld) -> Self {
        match error {
            Withheld::PartOfMonth => Self::field("from", "totals-whole-months"),
            Withheld::HiddenMonths => Self::field("from", "totals-hidden-months"),
            Withheld::PointMonths => Self::field("point", "totals-point-months"),
        }
    }
}
