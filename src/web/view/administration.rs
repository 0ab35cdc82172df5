//! The accounts of the staff, as those see them who keep them.

use serde::{Deserialize, Serialize};

use crate::accounts::links::PasswordRequest;
use crate::accounts::staff::Member;
use crate::domain::locale::Lang;
use crate::domain::role::Role;
use crate::network::point::Point;
use crate::web::error::Field;
use crate::web::templates::{moment, text};

use super::catalogue::Choice;
use super::chrome::{Chrome, Room, Section};

/// Accounts on one page.
const ON_A_PAGE: usize = 50;

/// What somebody typed of a new account.
#[derive(Debug, Default, Deserialize)]
pub struct Typed {
    /// The e-mail address.
    #[serde(default)]
    pub email: String,
    /// The name.
    #[serde(default)]
    pub name: String,
    /// The name of the role.
    #[serde(default)]
    pub role: String,
    /// The code of the point; empty for everywhere.
    #[serde(default)]
    pub point: String,
}

/// `accounts.html`: everybody, and who asks for a new password.
#[derive(Debug, Serialize)]
pub struct AccountsPage {
    chrome: Chrome,
    requests: Vec<Request>,
    roles: Vec<Choice>,
    count: usize,
    heads: Vec<String>,
    rows: Vec<Row>,
    page: usize,
    pages: usize,
    previous: String,
    next: String,
}

#[derive(Debug, Serialize)]
struct Request {
    href: String,
    name: String,
    email: String,
    asked: String,
}

#[derive(Debug, Serialize)]
struct Row {
    href: String,
    cells: Vec<String>,
}

impl AccountsPage {
    /// The accounts of a role, or all of them; and the requests of those among them.
    #[must_use]
    pub fn new(
        members: &[Member],
        waiting: &[PasswordRequest],
        (role, page): (&str, usize),
        room: Room,
        lang: Lang,
    ) -> Self {
        let of_role = |member: &&Member| {
            role.is_empty()
                || member
                    .roles
                    .iter()
                    .any(|(grant, _)| grant.role.name() == role)
        };
        let mut chosen: Vec<&Member> = members.iter().filter(of_role).collect();
        chosen.sort_by_key(|member| name(member).to_lowercase());
        let pages = chosen.len().div_ceil(ON_A_PAGE).max(1);
        let page = page.clamp(1, pages);
        let part = chosen.iter().skip((page - 1) * ON_A_PAGE).take(ON_A_PAGE);
        let to = |number: usize| match (1..=pages).contains(&number) {
            true => format!("/amministrazione?ruolo={role}&pagina={number}"),
            false => String::new(),
        };
        let request = |asked: &PasswordRequest| {
            let member = members.iter().find(|member| member.id == asked.account)?;
            Some(Request {
                href: address(member),
                name: member.name.clone(),
                email: member.email.clone(),
                asked: moment(lang, asked.asked_at),
            })
        };
        let heads = ["name", "email", "roles", "factor", "entered", "state"];
        Self {
            chrome: chrome(room, text(lang, "admin-title"), "/amministrazione", lang),
            requests: waiting.iter().filter_map(request).collect(),
            roles: Role::ALL.map(|one| choice(one, role, lang)).into(),
            count: chosen.len(),
            heads: heads
                .map(|head| text(lang, &format!("account-head-{head}")))
                .into(),
            rows: part.map(|member| row(member, lang)).collect(),
            previous: to(page - 1),
            next: to(page + 1),
            page,
            pages,
        }
    }
}

fn row(member: &Member, lang: Lang) -> Row {
    Row {
        href: address(member),
        cells: vec![
            name(member),
            member.email.clone(),
            roles(member, lang)
                .iter()
                .map(|held| held.label.as_str())
                .collect::<Vec<_>>()
                .join(", "),
            text(
                lang,
                if member.second_factor {
                    "account-yes"
                } else {
                    "account-no"
                },
            ),
            entered(member, lang),
            state(member, lang),
        ],
    }
}

fn name(member: &Member) -> String {
    match member.name.as_str() {
        "" => member.email.clone(),
        name => name.to_owned(),
    }
}

fn address(member: &Member) -> String {
    format!("/amministrazione/{}", member.id)
}

fn entered(member: &Member, lang: Lang) -> String {
    match member.last_entered {
        Some(at) => moment(lang, at),
        None => text(lang, "account-never"),
    }
}

fn state(member: &Member, lang: Lang) -> String {
    let key = match (member.disabled, member.has_password) {
        (true, _) => "account-state-disabled",
        (false, false) => "account-state-invited",
        (false, true) => "account-state-active",
    };
    text(lang, key)
}

/// A role that is held.
#[derive(Debug, Serialize)]
struct Held {
    role: &'static str,
    point: String,
    label: String,
}

fn roles(member: &Member, lang: Lang) -> Vec<Held> {
    let held = |(grant, point): &(crate::accounts::Grant, Option<String>)| Held {
        role: grant.role.name(),
        point: point.clone().unwrap_or_default(),
        label: match point {
            Some(code) => format!("{} ({code})", role_name(grant.role, lang)),
            None => role_name(grant.role, lang),
        },
    };
    member.roles.iter().map(held).collect()
}

fn role_name(role: Role, lang: Lang) -> String {
    text(lang, &format!("role-{role}"))
}

fn choice(role: Role, chosen: &str, lang: Lang) -> Choice {
    Choice {
        value: role.name().to_owned(),
        label: role_name(role, lang),
        selected: role.name() == chosen,
    }
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
    told: String,
}

impl AccountPage {
    /// An account.
    #[must_use]
    pub fn new(
        member: &Member,
        own: bool,
        waiting: &[PasswordRequest],
        points: &[Point],
        room: Room,
        lang: Lang,
    ) -> Self {
        let asked = waiting.iter().find(|asked| asked.account == member.id);
        let mut roles = roles(member, lang);
        for held in &mut roles {
            if let Some(point) = points.iter().find(|point| point.code == held.point) {
                held.label = format!("{}, {}", held.label, point.name);
            }
        }
        Self {
            chrome: beneath(room, name(member), &address(member), lang),
            href: address(member),
            email: member.email.clone(),
            entered: entered(member, lang),
            state: state(member, lang),
            disabled: member.disabled,
            second_factor: member.second_factor,
            own,
            asked: asked.map_or_else(String::new, |asked| moment(lang, asked.asked_at)),
            roles,
            told: String::new(),
        }
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
        ];
        if known.contains(&done) {
            self.told = text(lang, &format!("account-done-{done}"));
        }
        self
    }
}

/// `account_new.html`: somebody to add, or a role for somebody who is there.
#[derive(Debug, Serialize)]
pub struct NewAccountPage {
    chrome: Chrome,
    fields: Vec<FieldView>,
    roles: Vec<Choice>,
    points: Vec<Choice>,
    role_error: String,
    point_error: String,
    wrong: usize,
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
    pub fn new(typed: &Typed, room: Room, points: &[Point], faults: &[Field], lang: Lang) -> Self {
        let error = |name: &str| {
            let fault = faults.iter().find(|fault| fault.field == name);
            fault.map_or_else(String::new, |fault| text(lang, &fault.key))
        };
        let field = |name: &'static str, key: &str, value: &str, kind| FieldView {
            name,
            label: text(lang, key),
            value: value.to_owned(),
            error: error(name),
            kind,
        };
        let roles = Role::ALL
            .into_iter()
            .filter(|role| room == Room::Administration || *role == Role::Facilitator);
        Self {
            chrome: chrome(
                room,
                text(lang, "account-new"),
                "/amministrazione/nuovo",
                lang,
            ),
            fields: vec![
                field("email", "field-email", &typed.email, "email"),
                field("name", "account-name", &typed.name, "text"),
            ],
            roles: roles.map(|role| choice(role, &typed.role, lang)).collect(),
            points: points
                .iter()
                .map(|point| Choice {
                    value: point.code.clone(),
                    label: format!("{} ({})", point.name, point.code),
                    selected: point.code == typed.point,
                })
                .collect(),
            role_error: error("role"),
            point_error: error("point"),
            wrong: faults.len(),
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
    pub fn new(member: &Member, site: &str, token: &str, room: Room, lang: Lang) -> Self {
        Self {
            chrome: beneath(room, text(lang, "link-title"), &address(member), lang),
            name: name(member),
            back: address(member),
            link: format!("{site}/accedi/password?token={token}"),
        }
    }
}

fn chrome(room: Room, title: String, address: &str, lang: Lang) -> Chrome {
    Chrome::new(lang, title, Section::Other, address).room(room, address, lang)
}

fn beneath(room: Room, title: String, address: &str, lang: Lang) -> Chrome {
    Chrome::new(lang, title, Section::Other, address)
        .room(room, "/amministrazione", lang)
        .under("/amministrazione", text(lang, "admin-title"), lang)
}
