//! What can be written down: an act that is not here cannot be.

macro_rules! actions {
    ($($action:ident $name:literal)*) => {
        /// What was done, or looked at.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Action {
            $(#[doc = concat!("`", $name, "`")] $action,)*
        }

        impl Action {
            /// All of them, in the order in which the register offers them. Each has its words in
            /// every language, under `audit-act-` and its name.
            pub const ALL: &[Self] = &[$(Self::$action,)*];

            /// As it is stored.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$action => $name,)*
                }
            }
        }
    };
}

impl Action {
    /// Whether it tells that somebody looked, came in or was kept out, and not that they did
    /// something.
    #[must_use]
    pub const fn is_look(self) -> bool {
        matches!(
            self,
            Self::RecordRead
                | Self::PeopleSearched
                | Self::PeopleListed
                | Self::GroupRead
                | Self::GroupExported
                | Self::ServiceRead
                | Self::StuckListed
                | Self::CardPrinted
                | Self::ImportLookedUp
                | Self::FacilitaFileExported
                | Self::FacilitaReportExported
                | Self::FacilitaRowsRead
                | Self::FacilitaHeldListed
                | Self::ReportsListed
                | Self::StaffListed
                | Self::AuditListed
                | Self::AuditSealed
                | Self::AccessRefused
                | Self::SignInFailed
                | Self::ProofFailed
                | Self::LinkRefused
                | Self::SignedIn
        )
    }
}

actions! {
    RecordRead "record-read"
    PeopleSearched "people-searched"
    PeopleListed "people-listed"
    GroupRead "group-read"
    GroupExported "group-exported"
    ServiceRead "service-read"
    StuckListed "stuck-listed"
    CardPrinted "card-printed"
    ImportLookedUp "import-looked-up"
    FacilitaFileExported "facilita-file-exported"
    FacilitaReportExported "facilita-report-exported"
    FacilitaRowsRead "facilita-rows-read"
    FacilitaHeldListed "facilita-held-listed"
    IncompleteListed "incomplete-listed"
    EvidenceLookedUp "evidence-looked-up"
    EvidenceExported "evidence-exported"
    ReportsListed "reports-listed"
    StaffListed "staff-listed"
    AuditListed "audit-listed"
    AuditSealed "audit-sealed"
    AccessRefused "access-refused"
    SignInFailed "sign-in-failed"
    ProofFailed "proof-failed"
    LinkRefused "link-refused"
    SignedIn "signed-in"
    ProgressTaken "progress-taken"
    ProgressGivenBack "progress-given-back"
    DeviceMarked "device-marked"
    DeviceFreed "device-freed"
    CitizenRegistered "citizen-registered"
    CitizenCorrected "citizen-corrected"
    CitizenBrought "citizen-brought"
    NoticePutAside "notice-put-aside"
    RecordOpened "record-opened"
    RecordClosed "record-closed"
    DocumentSeen "document-seen"
    CitizensMerged "citizens-merged"
    MergeUndone "merge-undone"
    ConsentRecorded "consent-recorded"
    ConsentWithdrawn "consent-withdrawn"
    CardIssued "card-issued"
    CardRevoked "card-revoked"
    CardReopened "card-reopened"
    GroupCreated "group-created"
    GroupRenamed "group-renamed"
    GroupClosed "group-closed"
    JoinedGroup "joined-group"
    LeftGroup "left-group"
    Assigned "assigned"
    Unassigned "unassigned"
    CompletionRecorded "completion-recorded"
    HelpAsked "help-asked"
    HelpAnswered "help-answered"
    CorrectionAsked "correction-asked"
    CorrectionAnswered "correction-answered"
    CitizenErased "citizen-erased"
    CertificateMade "certificate-made"
    ServiceRecorded "service-recorded"
    ServiceVoided "service-voided"
    FacilitaBatchMade "facilita-batch-made"
    SentToFacilita "sent-to-facilita"
    FacilitaBatchCalledBack "facilita-batch-called-back"
    CalledBackFromFacilita "called-back-from-facilita"
    FacilitaReportRead "facilita-report-read"
    FacilitaRowSettled "facilita-row-settled"
    FacilitaRowAgain "facilita-row-again"
    FacilitaRowThere "facilita-row-there"
    FacilitaTakenAway "facilita-taken-away"
    TakenOutOfFacilita "taken-out-of-facilita"
    FacilitaNameSet "facilita-name-set"
    ReportAnswered "report-answered"
    PointWritten "point-written"
    ProgrammeAdded "programme-added"
    ProgrammeChanged "programme-changed"
    TotalsRebuilt "totals-rebuilt"
    RetentionChanged "retention-changed"
    DoorRulesChanged "door-rules-changed"
    DatabaseCopied "database-copied"
    DatabaseCleared "database-cleared"
    DatabaseRestored "database-restored"
    KeysCopied "keys-copied"
    AccountDisabled "account-disabled"
    AccountEnabled "account-enabled"
    RoleGiven "role-given"
    RoleTaken "role-taken"
    LinkMade "link-made"
    SessionsEnded "sessions-ended"
    PasswordSet "password-set"
    PasswordChanged "password-changed"
    PasswordAsked "password-asked"
    PasswordRequestRefused "password-request-refused"
    SecondFactorSet "second-factor-set"
    SecondFactorReset "second-factor-reset"
    RecoveryCodesMade "recovery-codes-made"
    RecoveryCodeUsed "recovery-code-used"
}
