//! The administrator's room as one enters it: what asks for somebody, the accounts, and how the
//! installation does.

use serde::Serialize;
use time::{Duration, OffsetDateTime};

use crate::accounts::members::{MemberFilter, MemberState, StaffMember};
use crate::db::Ailment;
use crate::domain::locale::Lang;
use crate::domain::role::Role;
use crate::network::point::Point;
use crate::web::doors::account_page::{address, choice, chrome, point_choices, role_name};
use crate::web::error::FieldFault;
use crate::web::installation::Condition;
use crate::web::learn::catalogue::SelectChoice;
use crate::web::parts::chrome::{Chrome, Room};
use crate::web::parts::list::{ListAddress, ListColumn, ListPart, ListRow, ListView};
use crate::web::templates::{Args, moment, text, text_with};

/// Accounts on one page: on a phone each is a card of its own.
const ON_A_PAGE: usize = 12;
/// Accounts found by a name that are shown: whoever finds more writes more of it.
const FOUND: usize = 12;
/// Who asks for a password, named on the page.
const NAMED: usize = 5;
/// How old a copy may be: `autonomia backup` is for every night.
const COPY: Duration = Duration::hours(48);

/// What of the accounts is asked for, as the address has it, and what of it was understood.
#[derive(Debug, Default)]
pub struct AccountsAsked {
    /// The name of a role.
    pub role: String,
    /// A point's code.
    pub point: String,
    /// The name of a state.
    pub state: String,
    /// All of it, with a part of a name.
    pub filter: MemberFilter,
    /// Counted from 1.
    pub page: usize,
}

impl AccountsAsked {
    fn address(&self) -> ListAddress {
        let fields = [
            ("ruolo", self.role.as_str()),
            ("punto", &self.point),
            ("stato", &self.state),
        ];
        ListAddress::new("/amministrazione", &fields)
    }
}

/// The state that an address names.
#[must_use]
pub fn state_from_name(name: &str) -> Option<MemberState> {
    let named = |state: &MemberState| state_name(*state) == name;
    MemberState::ALL.into_iter().find(named)
}

/// A state in an address.
const fn state_name(state: MemberState) -> &'static str {
    match state {
        MemberState::Asked => "richiesta",
        MemberState::Invited => "invitato",
        MemberState::Unused => "fermo",
        MemberState::OneFactor => "senza-codice",
        MemberState::Active => "attivo",
        MemberState::Disabled => "chiuso",
    }
}

/// `accounts.html`
#[derive(Debug, Serialize)]
pub struct AccountsPage {
    chrome: Chrome,
    needs: Vec<Need>,
    requests: Vec<Request>,
    q: String,
    roles: Vec<SelectChoice>,
    points: Vec<SelectChoice>,
    states: Vec<SelectChoice>,
    filtered: bool,
    count: usize,
    /// There are more than are shown, and a longer name finds fewer.
    more: bool,
    list: ListView,
    installation: Vec<Fact>,
}

/// Something that asks for somebody.
#[derive(Debug, Serialize)]
struct Need {
    text: String,
    href: String,
}

#[derive(Debug, Serialize)]
struct Request {
    href: String,
    name: String,
    email: String,
    asked: String,
}

/// What is known of the installation.
#[derive(Debug, Serialize)]
struct Fact {
    name: String,
    value: String,
}

impl AccountsPage {
    /// The accounts that somebody keeps, those of a filter among them, and what asks for somebody.
    #[must_use]
    pub fn new(
        kept: &[StaffMember],
        points: &[Point],
        (asked, faults, now): (&AccountsAsked, &[FieldFault], OffsetDateTime),
        room: Room,
        condition: Option<&Condition>,
        lang: Lang,
    ) -> Self {
        let taken = |member: &&StaffMember| member.is_taken_by(&asked.filter, now);
        let chosen: Vec<&StaffMember> = match faults.is_empty() {
            true => kept.iter().filter(taken).collect(),
            false => Vec::new(),
        };
        let at = asked.address();
        let searched = !asked.filter.text.trim().is_empty();
        let rows = if searched {
            chosen.len().min(FOUND)
        } else {
            chosen.len()
        };
        let part = ListPart::of(rows, asked.page, ON_A_PAGE);
        let mut needs = condition.map_or_else(Vec::new, |now_is| worries(now_is, now, lang));
        needs.extend(needs_of(kept, now, lang));
        Self {
            chrome: chrome(room, text(lang, "admin-title"), "/amministrazione", lang),
            needs,
            requests: requests(kept, lang),
            q: asked.filter.text.clone(),
            roles: Role::ALL
                .into_iter()
                .filter(|role| *role != Role::Citizen)
                .map(|role| choice(role, &asked.role, lang))
                .collect(),
            points: point_choices(points, &asked.point),
            states: states(&asked.state, lang),
            filtered: searched || at.filtered(),
            count: chosen.len(),
            more: searched && chosen.len() > FOUND,
            list: ListView::new(&at, columns(lang), "", faults, lang)
                .rows(
                    text(lang, "admin-open"),
                    part.cut(&chosen[..rows])
                        .map(|member| row(member, lang))
                        .collect(),
                )
                .paged(&at, &part),
            installation: condition.map_or_else(Vec::new, |condition| facts(condition, lang)),
        }
    }
}

fn columns(lang: Lang) -> Vec<ListColumn> {
    let column = |head| ListColumn {
        label: text(lang, &format!("account-head-{head}")),
        name: None,
        largest_first: false,
    };
    ["name", "email", "roles", "entered", "state"]
        .map(column)
        .into()
}

fn states(chosen: &str, lang: Lang) -> Vec<SelectChoice> {
    let choice = |state: MemberState| {
        let name = state_name(state);
        SelectChoice {
            value: name.to_owned(),
            label: text(lang, &format!("admin-state-{name}")),
            selected: name == chosen,
        }
    };
    MemberState::ALL.map(choice).into()
}

/// Who asked for a password, the first of them by name.
fn requests(kept: &[StaffMember], lang: Lang) -> Vec<Request> {
    let request = |member: &StaffMember| {
        Some(Request {
            asked: moment(lang, member.asked_at?),
            href: address(member),
            name: member.name.clone(),
            email: member.email.clone(),
        })
    };
    kept.iter().filter_map(request).take(NAMED).collect()
}

/// The accounts that ask for somebody, counted.
fn needs_of(kept: &[StaffMember], now: OffsetDateTime, lang: Lang) -> Vec<Need> {
    let asking = [
        MemberState::Asked,
        MemberState::OneFactor,
        MemberState::Invited,
        MemberState::Unused,
    ];
    let need = |state: MemberState| {
        let all = kept.iter().filter(|member| member.has_state(state, now));
        let count = i64::try_from(all.count()).unwrap_or(i64::MAX);
        let args: Args = [("count".into(), count.into())].into();
        let name = state_name(state);
        (count > 0).then(|| Need {
            text: text_with(lang, &format!("admin-need-{name}"), &args),
            href: format!("/amministrazione?stato={name}#persone"),
        })
    };
    asking.into_iter().filter_map(need).collect()
}

/// What is wrong with the installation.
fn worries(condition: &Condition, now: OffsetDateTime, lang: Lang) -> Vec<Need> {
    let old = match condition.copied_at {
        _ if condition.on_server => None,
        None => Some("admin-need-no-copy"),
        Some(at) if now - at > COPY => Some("admin-need-old-copy"),
        Some(_) => None,
    };
    let ailments = condition
        .ailments
        .iter()
        .map(|ailment| ailment_key(*ailment));
    let need = |key: &str| Need {
        text: text(lang, key),
        href: "#installazione".to_owned(),
    };
    ailments.chain(old).map(need).collect()
}

const fn ailment_key(ailment: Ailment) -> &'static str {
    match ailment {
        Ailment::Silent => "admin-ailment-silent",
        Ailment::Damaged => "admin-ailment-damaged",
        Ailment::Unwritable => "admin-ailment-unwritable",
        Ailment::Full => "admin-ailment-full",
        Ailment::Schema => "admin-ailment-schema",
    }
}

fn facts(condition: &Condition, lang: Lang) -> Vec<Fact> {
    let at = |at: Option<OffsetDateTime>| match at {
        Some(at) => moment(lang, at),
        None => text(lang, "account-never"),
    };
    let copy = match condition.on_server {
        true => text(lang, "admin-copy-on-server"),
        false => at(condition.copied_at),
    };
    let health = match condition.ailments.as_slice() {
        [] => text(lang, "admin-health-good"),
        ailments => {
            let words = ailments.iter().map(|one| text(lang, ailment_key(*one)));
            words.collect::<Vec<_>>().join(" ")
        }
    };
    let factor = match condition.doors.second_factor {
        true => "admin-factor-demanded",
        false => "admin-factor-free",
    };
    [
        ("admin-health", health),
        ("admin-copy", copy),
        ("admin-cleared", at(condition.tidied_at)),
        ("account-head-factor", text(lang, factor)),
        ("admin-courses", condition.courses.to_string()),
        ("admin-version", env!("CARGO_PKG_VERSION").to_owned()),
    ]
    .map(|(name, value)| Fact {
        name: text(lang, name),
        value,
    })
    .into()
}

fn row(member: &StaffMember, lang: Lang) -> ListRow {
    let roles = member.roles.iter().map(|(grant, point)| match point {
        Some(code) => format!("{} ({code})", role_name(grant.role, lang)),
        None => role_name(grant.role, lang),
    });
    ListRow {
        href: Some(address(member)),
        cells: vec![
            member.called().to_owned(),
            member.email.clone(),
            roles.collect::<Vec<_>>().join(", "),
            crate::web::doors::account_page::entered(member, lang),
            crate::web::doors::account_page::state(member, lang),
        ],
    }
}
