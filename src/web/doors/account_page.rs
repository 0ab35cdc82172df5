//! One account of the staff, as those see it who keep it.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use crate::accounts::members::StaffMember;
use crate::accounts::open_sessions::OpenSession;
use crate::domain::locale::Lang;
use crate::domain::role::Role;
use crate::network::point::Point;
use crate::web::doors::access_page::SESSIONS;
use crate::web::error::FieldFault;
use crate::web::extract::Steward;
use crate::web::learn::catalogue::SelectChoice;
use crate::web::parts::chrome::{Chrome, Room, SiteSection};
use crate::web::parts::list::{ListPart, Pager};
use crate::web::templates::{moment, text};

/// What somebody typed of a new account, or of a role to give.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct AccountTyped {
    /// The e-mail address.
    pub email: String,
    /// The name.
    pub name: String,
    /// The name of the role.
    pub role: String,
    /// The code of the point; empty for everywhere.
    pub point: String,
    /// The password of who keeps the account, where they have to show who they are.
    pub current: String,
}

/// A role that is held.
#[derive(Debug, Serialize)]
struct Held {
    role: &'static str,
    point: String,
    label: String,
}

/// Where somebody is in.
#[derive(Debug, Serialize)]
struct Open {
    id: String,
    device: String,
    since: String,
    last_seen: String,
}

/// A role to choose, and where it is held.
#[derive(Debug, Default, Serialize)]
struct RoleFields {
    roles: Vec<SelectChoice>,
    points: Vec<SelectChoice>,
    role_error: String,
    point_error: String,
    /// Whether the password is asked for.
    prove: bool,
    current_error: String,
    wrong: usize,
}

impl RoleFields {
    fn new(
        typed: &AccountTyped,
        who: &Steward,
        points: &[Point],
        faults: &[FieldFault],
        lang: Lang,
    ) -> Self {
        let roles = who.stewardship.roles().iter();
        Self {
            roles: roles.map(|role| choice(*role, &typed.role, lang)).collect(),
            points: point_choices(points, &typed.point),
            role_error: error(faults, "role", lang),
            point_error: error(faults, "point", lang),
            prove: !who.proven,
            current_error: error(faults, "current", lang),
            wrong: faults.len(),
        }
    }
}

fn error(faults: &[FieldFault], name: &str, lang: Lang) -> String {
    let fault = faults.iter().find(|fault| fault.field == name);
    fault.map_or_else(String::new, |fault| text(lang, &fault.key))
}

/// `account.html`: one account, and what can be done with it.
#[derive(Debug, Serialize)]
pub struct AccountPage {
    chrome: Chrome,
    href: String,
    email: String,
    entered: String,
    state: String,
    disabled: bool,
    second_factor: bool,
    /// Whether it is that of who looks, who changes it elsewhere.
    own: bool,
    /// When they asked for a new password; empty where they did not.
    asked: String,
    roles: Vec<Held>,
    give: RoleFields,
    sessions: Vec<Open>,
    /// How many there are in all.
    open: usize,
    pager: Pager,
    /// The points where a role can be held.
    #[serde(skip)]
    points: Vec<Point>,
    /// What they did, for who may read the register.
    register: Option<String>,
    told: String,
}

impl AccountPage {
    /// An account, with a page of its sessions.
    #[must_use]
    pub fn new(
        member: &StaffMember,
        who: &Steward,
        points: Vec<Point>,
        (open, at): (&[OpenSession], usize),
        lang: Lang,
    ) -> Self {
        let room = who.room();
        let part = ListPart::of(open.len(), at, SESSIONS);
        let sessions = part.cut(open).map(|session| Open {
            id: session.id.to_string(),
            device: match session.device.as_str() {
                "" => text(lang, "access-device-unknown"),
                device => device.to_owned(),
            },
            since: moment(lang, session.since),
            last_seen: moment(lang, session.last_seen),
        });
        Self {
            chrome: beneath(room, member.called().to_owned(), &address(member), lang),
            href: address(member),
            email: member.email.clone(),
            entered: entered(member, lang),
            state: state(member, lang),
            disabled: member.disabled,
            second_factor: member.second_factor,
            own: member.id == who.account,
            asked: member
                .asked_at
                .map_or_else(String::new, |at| moment(lang, at)),
            roles: held(member, &points, lang),
            give: RoleFields::default(),
            sessions: sessions.collect(),
            open: open.len(),
            pager: part.pager(|page| format!("{}?pagina={page}#dove", address(member))),
            points,
            register: (room == Room::Administration)
                .then(|| format!("/amministrazione/registro?chi={}", member.id)),
            told: String::new(),
        }
    }

    /// With the form of another role.
    #[must_use]
    pub fn giving(
        mut self,
        typed: &AccountTyped,
        who: &Steward,
        faults: &[FieldFault],
        lang: Lang,
    ) -> Self {
        self.give = RoleFields::new(typed, who, &self.points, faults, lang);
        self
    }

    /// Says what was done; nothing of what is not known here.
    #[must_use]
    pub fn told(mut self, done: &str, lang: Lang) -> Self {
        let known = [
            "disattiva",
            "riattiva",
            "secondo-fattore",
            "rifiuta",
            "ruolo",
            "ruolo-dato",
            "sessioni",
        ];
        if known.contains(&done) {
            self.told = text(lang, &format!("account-done-{done}"));
        }
        self
    }
}

fn held(member: &StaffMember, points: &[Point], lang: Lang) -> Vec<Held> {
    let name = |code: &str| {
        let point = points.iter().find(|point| point.code == code);
        point.map_or_else(String::new, |point| format!(", {}", point.name))
    };
    let held = |(grant, point): &(crate::accounts::Grant, Option<String>)| Held {
        role: grant.role.name(),
        point: point.clone().unwrap_or_default(),
        label: match point {
            Some(code) => format!("{} ({code}){}", role_name(grant.role, lang), name(code)),
            None => role_name(grant.role, lang),
        },
    };
    member.roles.iter().map(held).collect()
}

/// `account_link_another.html`: asks before a link that waits is ended.
#[derive(Debug, Serialize)]
pub struct AnotherLinkPage {
    chrome: Chrome,
    name: String,
    back: String,
    until: String,
}

impl AnotherLinkPage {
    /// Of an account whose link works until then.
    #[must_use]
    pub fn new(member: &StaffMember, until: OffsetDateTime, room: Room, lang: Lang) -> Self {
        Self {
            chrome: beneath(room, text(lang, "link-another"), &address(member), lang),
            name: member.called().to_owned(),
            back: address(member),
            until: moment(lang, until),
        }
    }
}

/// `account_new.html`: somebody to add, or a role for somebody who is there.
#[derive(Debug, Serialize)]
pub struct NewAccountPage {
    chrome: Chrome,
    fields: Vec<FieldView>,
    give: RoleFields,
}

#[derive(Debug, Serialize)]
struct FieldView {
    name: &'static str,
    label: String,
    value: String,
    error: String,
    kind: &'static str,
}

impl NewAccountPage {
    /// The form, with what was typed and what is wrong with it.
    #[must_use]
    pub fn new(
        typed: &AccountTyped,
        who: &Steward,
        points: &[Point],
        faults: &[FieldFault],
        lang: Lang,
    ) -> Self {
        let field = |name: &'static str, key: &str, value: &str, kind| FieldView {
            name,
            label: text(lang, key),
            value: value.to_owned(),
            error: error(faults, name, lang),
            kind,
        };
        let title = text(lang, "account-new");
        Self {
            chrome: chrome(who.room(), title, "/amministrazione/nuovo", lang),
            fields: vec![
                field("email", "field-email", &typed.email, "email"),
                field("name", "account-name", &typed.name, "text"),
            ],
            give: RoleFields::new(typed, who, points, faults, lang),
        }
    }
}

/// `account_link.html`: a link to set a password, shown once.
#[derive(Debug, Serialize)]
pub struct LinkPage {
    chrome: Chrome,
    name: String,
    back: String,
    link: String,
}

impl LinkPage {
    /// The link of an account. `site` is the site's address, or empty where it is not known.
    #[must_use]
    pub fn new(member: &StaffMember, site: &str, token: &str, room: Room, lang: Lang) -> Self {
        Self {
            chrome: beneath(room, text(lang, "link-title"), &address(member), lang),
            name: member.called().to_owned(),
            back: address(member),
            link: format!("{site}/accedi/password?token={token}"),
        }
    }
}

pub(crate) fn address(member: &StaffMember) -> String {
    format!("/amministrazione/{}", member.id)
}

pub(crate) fn entered(member: &StaffMember, lang: Lang) -> String {
    match member.last_entered {
        Some(at) => moment(lang, at),
        None => text(lang, "account-never"),
    }
}

pub(crate) fn state(member: &StaffMember, lang: Lang) -> String {
    let key = match (member.disabled, member.has_password) {
        (true, _) => "account-state-disabled",
        (false, false) => "account-state-invited",
        (false, true) => "account-state-active",
    };
    text(lang, key)
}

pub(crate) fn role_name(role: Role, lang: Lang) -> String {
    text(lang, &format!("role-{role}"))
}

pub(crate) fn choice(role: Role, chosen: &str, lang: Lang) -> SelectChoice {
    SelectChoice {
        value: role.name().to_owned(),
        label: role_name(role, lang),
        selected: role.name() == chosen,
    }
}

pub(crate) fn point_choices(points: &[Point], chosen: &str) -> Vec<SelectChoice> {
    let choice = |point: &Point| SelectChoice {
        value: point.code.clone(),
        label: format!("{} ({})", point.name, point.code),
        selected: point.code == chosen,
    };
    points.iter().map(choice).collect()
}

pub(crate) fn chrome(room: Room, title: String, address: &str, lang: Lang) -> Chrome {
    Chrome::new(lang, title, SiteSection::Other, address).room(room, address, lang)
}

fn beneath(room: Room, title: String, address: &str, lang: Lang) -> Chrome {
    Chrome::new(lang, title, SiteSection::Other, address)
        .room(room, "/amministrazione", lang)
        .under("/amministrazione", text(lang, "admin-title"), lang)
}
