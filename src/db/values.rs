//! How the words of the trade are stored: record ids as UUIDs, everything else as text.
//!
//! Text that does not parse back is an error of the database, never a wrong value.

use std::sync::Arc;

use sea_orm::sea_query::{ArrayType, ColumnType, Nullable, StringLen, ValueType, ValueTypeErr};
use sea_orm::{ColIdx, DbErr, QueryResult, TryFromU64, TryGetError, TryGetable, Value};
use uuid::Uuid;

use crate::domain::consent::ConsentKind;
use crate::domain::facilita::{
    AgeBand, Citizenship, Education, Gender, Occupation, SendState, ServiceKind,
};
use crate::domain::ids::{
    AccountId, AssignmentId, AttemptId, BatchId, CardId, CitizenId, CompletionId, ConsentId,
    CorrectionId, GroupId, HelpRequestId, LearnerId, LessonId, MergeId, ModuleId, PathId,
    PointDeviceId, PointId, ProgrammeId, QuestionId, ReportId, ServiceId, SessionId, TakeoverId,
};
use crate::domain::locale::Lang;
use crate::domain::role::Role;

macro_rules! shared {
    ($name:ident) => {
        impl sea_orm::IntoActiveValue<$name> for $name {
            fn into_active_value(self) -> sea_orm::ActiveValue<$name> {
                sea_orm::ActiveValue::Set(self)
            }
        }

        // sea-orm asks it of every key; no key of ours is a number.
        impl TryFromU64 for $name {
            fn try_from_u64(_: u64) -> Result<Self, DbErr> {
                Err(DbErr::ConvertFromU64(stringify!($name)))
            }
        }
    };
}

macro_rules! stored_as_uuid {
    ($($name:ident),* $(,)?) => {$(
        shared!($name);

        impl From<$name> for Value {
            fn from(id: $name) -> Self {
                id.0.into()
            }
        }

        impl TryGetable for $name {
            fn try_get_by<I: ColIdx>(row: &QueryResult, index: I) -> Result<Self, TryGetError> {
                Uuid::try_get_by(row, index).map(Self)
            }
        }

        impl ValueType for $name {
            fn try_from(value: Value) -> Result<Self, ValueTypeErr> {
                <Uuid as ValueType>::try_from(value).map(Self)
            }

            fn type_name() -> String {
                stringify!($name).to_owned()
            }

            fn array_type() -> ArrayType {
                ArrayType::Uuid
            }

            fn column_type() -> ColumnType {
                ColumnType::Uuid
            }
        }

        impl Nullable for $name {
            fn null() -> Value {
                Uuid::null()
            }
        }
    )*};
}

macro_rules! stored_as_text {
    ($($name:ident: $write:expr, $read:expr;)*) => {$(
        shared!($name);

        impl From<$name> for Value {
            fn from(value: $name) -> Self {
                let write: fn(&$name) -> &str = $write;
                write(&value).to_owned().into()
            }
        }

        impl TryGetable for $name {
            fn try_get_by<I: ColIdx>(row: &QueryResult, index: I) -> Result<Self, TryGetError> {
                let text = String::try_get_by(row, index)?;
                let read: fn(&str) -> Option<$name> = $read;
                read(&text).ok_or_else(|| TryGetError::DbErr(unknown(&text, stringify!($name))))
            }
        }

        impl ValueType for $name {
            fn try_from(value: Value) -> Result<Self, ValueTypeErr> {
                let text = <String as ValueType>::try_from(value)?;
                let read: fn(&str) -> Option<$name> = $read;
                read(&text).ok_or(ValueTypeErr)
            }

            fn type_name() -> String {
                stringify!($name).to_owned()
            }

            fn array_type() -> ArrayType {
                ArrayType::String
            }

            fn column_type() -> ColumnType {
                ColumnType::String(StringLen::None)
            }
        }

        impl Nullable for $name {
            fn null() -> Value {
                String::null()
            }
        }
    )*};
}

fn unknown(text: &str, into: &'static str) -> DbErr {
    let message = format!("'{text}' is stored, and means nothing");
    DbErr::TryIntoErr {
        from: "String",
        into,
        source: Arc::new(std::io::Error::new(
            std::io::ErrorKind::InvalidData,
            message,
        )),
    }
}

stored_as_uuid! {
    LearnerId, CitizenId, AccountId, SessionId, CardId, ProgrammeId, PointId, ServiceId,
    AttemptId, CompletionId, ReportId, ConsentId, MergeId, GroupId, AssignmentId, HelpRequestId,
    BatchId, TakeoverId, PointDeviceId, CorrectionId,
}

stored_as_text! {
    ModuleId: ModuleId::as_str, |text| ModuleId::parse(text).ok();
    LessonId: LessonId::as_str, |text| LessonId::parse(text).ok();
    QuestionId: QuestionId::as_str, |text| QuestionId::parse(text).ok();
    PathId: PathId::as_str, |text| PathId::parse(text).ok();
    Role: |role| role.name(), |text| text.parse().ok();
    Lang: |lang| lang.code(), Lang::from_code;
    Gender: |gender| gender.code(), Gender::from_code;
    Education: |education| education.code(), Education::from_code;
    Occupation: |occupation| occupation.code(), Occupation::from_code;
    Citizenship: |citizenship| citizenship.code(), Citizenship::from_code;
    ServiceKind: |kind| kind.code(), ServiceKind::from_code;
    AgeBand: |band| band.code(), AgeBand::from_code;
    SendState: |state| state.name(), SendState::from_name;
    ConsentKind: |kind| kind.name(), ConsentKind::from_name;
}
