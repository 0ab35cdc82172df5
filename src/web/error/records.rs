//! What records, their merging, imports and tries at the door answer with.

use std::time::Duration;

use super::{Error, FieldFault, MessageKey};
use crate::citizens::correction::RecordCorrectionError;
use crate::domain::sheet::SheetError;
use crate::learning::arrival::ArrivalError;
use crate::learning::erase::EraseError;
use crate::learning::import::ImportError;
use crate::learning::merge::MergeError;
use crate::web::throttle::Busy;

impl From<MergeError> for Error {
    fn from(error: MergeError) -> Self {
        let conflict = |detail| Self::Conflict {
            detail: MessageKey::Borrowed(detail),
            existing: None,
        };
        match error {
            MergeError::NotFound => Self::NotFound,
            MergeError::Same => Self::field("other", "merge-same"),
            MergeError::TwoPeople => conflict("merge-two-people"),
            MergeError::KeepTheirs => conflict("merge-keep-theirs"),
            MergeError::CodeTheirs => conflict("merge-code-theirs"),
            MergeError::UndoTheirs => conflict("merge-undo-theirs"),
            MergeError::TooLate => conflict("merge-too-late"),
            MergeError::LaterFirst => conflict("merge-later-first"),
            MergeError::CodeTaken => conflict("merge-code-taken"),
            MergeError::Learning(error) => error.into(),
            MergeError::Db(error) => error.into(),
        }
    }
}

impl From<RecordCorrectionError> for Error {
    fn from(error: RecordCorrectionError) -> Self {
        match error {
            RecordCorrectionError::Invalid(faults) => Self::invalid(faults),
            RecordCorrectionError::NotFound => Self::NotFound,
            RecordCorrectionError::Db(error) => error.into(),
        }
    }
}

impl From<EraseError> for Error {
    fn from(error: EraseError) -> Self {
        match error {
            EraseError::NotFound => Self::NotFound,
            EraseError::Theirs => Self::Conflict {
                detail: MessageKey::Borrowed("erase-theirs"),
                existing: None,
            },
            EraseError::Db(error) => error.into(),
        }
    }
}

impl From<ArrivalError> for Error {
    fn from(error: ArrivalError) -> Self {
        match error {
            ArrivalError::Record(error) => error.into(),
            ArrivalError::Service(error) => error.into(),
            ArrivalError::Db(error) => error.into(),
        }
    }
}

impl From<SheetError> for FieldFault {
    fn from(error: SheetError) -> Self {
        Self {
            field: "testo".into(),
            key: error.key().into(),
        }
    }
}

impl From<ImportError> for Error {
    fn from(error: ImportError) -> Self {
        match error {
            ImportError::Unreadable(error) => Self::Invalid(vec![error.into()]),
            ImportError::Record(error) => error.into(),
            ImportError::Db(error) => error.into(),
        }
    }
}

impl From<Busy> for Error {
    fn from(busy: Busy) -> Self {
        let retry_after = Duration::try_from(busy.retry_after).unwrap_or(Duration::from_secs(60));
        Self::TooMany { retry_after }
    }
}
