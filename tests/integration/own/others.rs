//! The columns that stand for `*` in the list of answers: those of tables that are about nobody who is
//! registered. A new one is listed once somebody has seen that it names no person.

/// Table, and the columns that tell nothing of a citizen.
pub(super) const OTHERS: &[(&str, &str)] = &[
    (
        "point_devices",
        "id point_id token_digest device marked_by marked_at ended_at ended_by",
    ),
    ("audit_head", "id sequence hash sealed_sequence seal"),
    ("audit_checkpoints", "number at sequence hash seal"),
    (
        "programmes",
        "id code starts_on ends_on age_min age_max rule facilita_body facilita_project facilita_until minors_from",
    ),
    ("programme_targets", "programme_id kind due_on value"),
    ("programme_retention", "programme_id years"),
    (
        "open_data_editions",
        "programme_id number to_day made_at left_out rows",
    ),
    (
        "points",
        "id programme_id code municipality province region address facilita_id created_at postcode phone email hours offers workstations itinerant latitude longitude closed_on",
    ),
    (
        "tallies",
        "programme_id point_id month kind services citizens",
    ),
    (
        "people_tallies",
        "programme_id point_id age_band gender citizens",
    ),
    (
        "accounts",
        "id email name password_hash disabled_at created_at facilita_name facilita_id cf_sealed entered_at",
    ),
    ("account_roles", "id account_id role point_id"),
    (
        "account_links",
        "token_digest account_id expires_at used_at",
    ),
    ("account_places", "account_id place seen_at"),
    (
        "password_requests",
        "id account_id asked_at settled_at settled_by",
    ),
    ("second_factors", "account_id sealed confirmed_at last_step"),
    ("recovery_codes", "account_id digest used_at"),
    ("codes_written", "account_id written_on number"),
    ("address_tries", "place usual busy_until tried_on"),
    ("question_snapshots", "hash question"),
    ("limits", "name value"),
    (
        "installation",
        "one id digest_mark seal_mark signing_mark marked_at backed_up_at tidied_at",
    ),
    ("retention", "kind days"),
    ("door_rules", "id second_factor staff_idle shared_idle"),
];
