//! An answer for every column of the schema: who reads it of themselves, and what becomes of it.

/// What a table keeps of a person who is erased.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rows {
    /// Nothing of it is about a citizen.
    Nobody,
    /// Their rows go.
    Gone,
    /// Their rows stay, without what names them; the reason is beside.
    Stay,
}
use Rows::{Gone, Nobody, Stay};

/// Table, what becomes of a person's rows and why, and its columns: those that are in what the
/// person reads of themselves, and those that are not, since they name nobody, tell nothing (digests,
/// seals, hashes, ids of rows) or are about somebody else.
pub(super) const COLUMNS: &[(&str, Rows, &str, &str)] = &[
    (
        "citizens",
        Stay,
        "services refer to it; emptied but for what totals are made of",
        "cf_sealed cf_verified_at first_name last_name birth_date gender education occupation citizenship province email phone point_id created_at updated_at merged_into | id cf_digest last_first first_last name_key registered_by erased_at held name_differs_at name_differs_by",
    ),
    (
        "citizen_points",
        Gone,
        "",
        "point_id since first_name last_name document opened_at ended_at | citizen_id brought_on brought_by opened_by opened_how ended_by stopped_at home_seen_at office_seen_at",
    ),
    (
        "cards",
        Gone,
        "",
        "issued_at revoked_at point_id | id citizen_id code_digest code_sealed pin_hash issued_by",
    ),
    (
        "card_tries",
        Gone,
        "of their cards; other codes are nobody's",
        "failures tried_on right_on | code_digest place locked_until",
    ),
    (
        "learners",
        Stay,
        "one who has nothing but the completions of the ledger",
        "| id citizen_id account_id moved_to created_at",
    ),
    (
        "sessions",
        Gone,
        "",
        "device created_at last_seen_at expires_at closed_at | id learner_id account_id card_id idle_minutes limited proven_at pending_factor guest_id",
    ),
    (
        "lesson_reads",
        Gone,
        "",
        "module lesson read_at | learner_id",
    ),
    (
        "attempts",
        Stay,
        "the one that is the proof of a service",
        "module lang rev started_at finished_at score passed | id learner_id seed served points max_points",
    ),
    (
        "answers",
        Gone,
        "",
        "question given correct points answered_at | attempt_id submission max_points grade",
    ),
    (
        "completions",
        Stay,
        "those that became services, as their proof",
        "id module completed_at rev source evidence not_counted reason | learner_id attempt_id recorded_by",
    ),
    (
        "certificates",
        Stay,
        "a serial drawn by chance, so that it is known to be withdrawn",
        "serial completion_id issued_at | withdrawn_at",
    ),
    (
        "services",
        Stay,
        "the ledger; texts lose the names",
        "programme_id point_id kind day minutes title completion_id voided_at void_reason | id account_id competences domains recorded_at recorded_by voided_by corrects_id",
    ),
    (
        "attendances",
        Stay,
        "the ledger",
        "new_citizen facilita | service_id citizen_id",
    ),
    (
        "citizens_reached",
        Stay,
        "the totals",
        "service_id | programme_id citizen_id point_id day kind age_band gender",
    ),
    (
        "kept_attendances",
        Stay,
        "age and count of services without the record",
        "| service_id citizen_id age_band counts",
    ),
    (
        "kept_digests",
        Stay,
        "whoever comes again counts once and auditors find what counted, for the time of the programme",
        "| programme_id citizen_id cf_digest hashes_sealed",
    ),
    (
        "consents",
        Stay,
        "that the notice was given",
        "kind version day withdrawn_at own | id citizen_id recorded_by recorded_at",
    ),
    (
        "takeovers",
        Gone,
        "",
        "answer taken_at undone_at | id guest_id learner_id moved undone_by",
    ),
    ("point_devices", Nobody, "tablets of a point", "| *"),
    (
        "merges",
        Gone,
        "",
        "| id kept_id merged_id moved merged_by merged_at undone_by undone_at",
    ),
    ("group_members", Gone, "", "added_at group_id | citizen_id"),
    (
        "groups",
        Nobody,
        "its name loses theirs",
        "name | id point_id created_by created_at closed_at",
    ),
    (
        "assignments",
        Gone,
        "a group's stay, and lose their name",
        "module lesson group_id due_on note assigned_at withdrawn_at | id citizen_id path assigned_by",
    ),
    (
        "help_requests",
        Gone,
        "",
        "module lesson question text asked_at answer answered_at | id citizen_id point_id answered_by",
    ),
    (
        "corrections",
        Gone,
        "",
        "about text asked_at answer answered_at | id citizen_id point_id answered_by",
    ),
    (
        "reports",
        Gone,
        "those under their e-mail",
        "page text email sent_at | id answered_at answered_by",
    ),
    (
        "missed_searches",
        Nobody,
        "counts of words that were looked for",
        "| week lang words times",
    ),
    (
        "facilita_rows",
        Stay,
        "what was sent when, to be taken out there by hand",
        "batch_id number state note reason | service_id citizen_id hash",
    ),
    (
        "facilita_batches",
        Nobody,
        "their row of the sealed file is emptied",
        "made_at | id programme_id from_day to_day rows sha256 made_by rejected reported_at reported_by report_sha256 file_sealed report_sealed called_back_at called_back_by",
    ),
    (
        "audit",
        Stay,
        "ids alone, and never changed",
        "at action role point_id through | sequence day account_id session_id subject_kind subject_id detail hash",
    ),
    ("audit_head", Nobody, "", "| *"),
    ("audit_checkpoints", Nobody, "", "| *"),
    ("programmes", Nobody, "", "name | *"),
    ("programme_targets", Nobody, "", "| *"),
    ("programme_retention", Nobody, "", "| *"),
    ("points", Nobody, "", "name | *"),
    ("tallies", Nobody, "", "| *"),
    ("people_tallies", Nobody, "", "| *"),
    (
        "open_data_editions",
        Nobody,
        "rows that five people share, and which nothing ties to them",
        "| *",
    ),
    ("accounts", Nobody, "of the staff", "| *"),
    ("account_roles", Nobody, "of the staff", "| *"),
    ("account_links", Nobody, "of the staff", "| *"),
    ("account_places", Nobody, "of the staff", "| *"),
    ("password_requests", Nobody, "of the staff", "| *"),
    ("second_factors", Nobody, "of the staff", "| *"),
    ("recovery_codes", Nobody, "of the staff", "| *"),
    (
        "codes_written",
        Nobody,
        "how many a facilitator wrote on a day",
        "| *",
    ),
    (
        "address_tries",
        Nobody,
        "a keyed digest of an address",
        "| *",
    ),
    ("question_snapshots", Nobody, "", "| *"),
    ("limits", Nobody, "", "| *"),
    ("installation", Nobody, "", "| *"),
    ("retention", Nobody, "", "| *"),
    ("door_rules", Nobody, "", "| *"),
];
