//! The rooms of the site: who has which, and where somebody lands who has just entered.
//!
//! Every page has the links to all of them, hidden, so that it is the same bytes for everybody;
//! `/io.css` ([`super::own::style`]) shows those that are somebody's.

use std::cell::Cell;
use std::future::Future;

use serde::Serialize;

use crate::accounts::Viewer;
use crate::domain::role::Role;

/// A part of the site that is somebody's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct OwnRoom {
    /// The class of its link in the header.
    pub class: &'static str,
    /// Its address.
    pub href: &'static str,
    /// The key of its name.
    pub label: &'static str,
    #[serde(skip)]
    roles: &'static [Role],
}

/// All of them. Whoever has several sees them in this order, and lands in the first: a queue at a
/// desk waits for nobody, a network for an hour, accounts for a day.
pub const OWN_ROOMS: [OwnRoom; 6] = [
    OwnRoom {
        class: "to-desk",
        href: "/punto",
        label: "nav-point",
        roles: &[Role::Facilitator],
    },
    OwnRoom {
        class: "to-network",
        href: "/rete",
        label: "room-network",
        roles: &[Role::Coordinator],
    },
    OwnRoom {
        class: "to-accounts",
        href: "/amministrazione",
        label: "nav-accounts",
        roles: &[Role::Admin, Role::Coordinator],
    },
    // Drafts have no room yet: an editor begins with what is published.
    OwnRoom {
        class: "to-lessons",
        href: "/moduli",
        label: "nav-lessons",
        roles: &[Role::Editor],
    },
    OwnRoom {
        class: "to-editorial",
        href: "/redazione/ricerche",
        label: "nav-editorial",
        roles: &[Role::Editor],
    },
    OwnRoom {
        class: "to-mine",
        href: "/mio-percorso",
        label: "nav-mine",
        roles: &[Role::Citizen],
    },
];

/// Everybody who is in has this one, whatever else they have.
const MINE: OwnRoom = OWN_ROOMS[5];

/// Whom the pages are for that are not everybody's, by how their address begins: the first that
/// fits. A coordinator opens the records and services of every desk, and none of its lists.
const DOORS: [(&str, &[Role]); 8] = [
    (
        "/redazione",
        &[Role::Editor, Role::Coordinator, Role::Admin],
    ),
    ("/punto/gruppi", &[Role::Facilitator]),
    ("/punto/fermi", &[Role::Facilitator]),
    ("/punto", &[Role::Facilitator, Role::Coordinator]),
    ("/rete/totali", &[]),
    ("/rete", &[Role::Coordinator]),
    ("/amministrazione/registro", &[Role::Admin]),
    ("/amministrazione", &[Role::Admin, Role::Coordinator]),
];

/// The list of a desk's services; a service of it is for whoever keeps records.
const DESK_SERVICES: (&str, &[Role]) = ("/punto/servizi", &[Role::Facilitator]);

tokio::task_local! {
    /// The roles of whoever reads the page under way, once they were looked for: a bit each.
    static READER: Cell<Option<u8>>;
}

/// Runs one request, of which [`opens`] can be asked.
pub(super) fn request<T>(answer: impl Future<Output = T>) -> impl Future<Output = T> {
    READER.scope(Cell::new(None), answer)
}

/// Remembers, for the pages of this request, whose it is.
pub(super) fn note(viewer: &Viewer) {
    let roles = viewer.grants.iter().map(|grant| bit(grant.role));
    let all = roles.fold(0, |all, role| all | role);
    // Outside a request there is no page to be read.
    let _ = READER.try_with(|reader| reader.set(Some(all)));
}

/// Whether whoever reads this page may open an address: a link that is refused is not shown. Where
/// nobody is known yet, everything is open to whoever enters.
pub(super) fn opens(href: &str) -> bool {
    let path = href.split(['?', '#']).next().unwrap_or_default();
    let door = DOORS.iter().find(|(door, _)| within(path, door));
    let roles = match path == DESK_SERVICES.0 {
        true => DESK_SERVICES.1,
        false => door.map_or(&[][..], |(_, roles)| roles),
    };
    let reader = READER.try_with(Cell::get).ok().flatten();
    let held = |all: u8| roles.iter().any(|role| all & bit(*role) != 0);
    roles.is_empty() || reader.is_none_or(held)
}

const fn bit(role: Role) -> u8 {
    1 << role as u8
}

/// Whether a path is a room's, or one below it.
fn within(path: &str, room: &str) -> bool {
    let below = path.strip_prefix(room);
    below.is_some_and(|below| below.is_empty() || below.starts_with('/'))
}

impl OwnRoom {
    /// Whether somebody has it.
    fn is_of(&self, viewer: &Viewer) -> bool {
        self.roles.iter().any(|role| viewer.is(*role))
    }

    /// Whether an address is in it.
    fn holds(&self, address: &str) -> bool {
        let path = address.split(['?', '#']).next().unwrap_or_default();
        within(path, self.href)
    }
}

/// The rooms of somebody, first where they work most; none of a guest's.
pub fn of(viewer: &Viewer) -> impl Iterator<Item = &'static OwnRoom> {
    OWN_ROOMS.iter().filter(|room| room.is_of(viewer))
}

/// Where somebody lands who has just entered: where they were going, unless that is a room of
/// others; else in their own.
#[must_use]
pub fn landing<'a>(viewer: &Viewer, going: &'a str) -> &'a str {
    let closed = |room: &&OwnRoom| {
        let staff = !matches!(room.class, "to-mine" | "to-lessons");
        staff && room.holds(going) && !room.is_of(viewer)
    };
    // The totals are everybody's.
    let open = going.starts_with("/rete/totali") || !OWN_ROOMS.iter().any(|room| closed(&room));
    if !going.is_empty() && open {
        return going;
    }
    first(viewer).href
}

/// Where somebody works most.
#[must_use]
pub fn first(viewer: &Viewer) -> OwnRoom {
    of(viewer).next().copied().unwrap_or(MINE)
}

#[cfg(test)]
mod tests {
    use time::OffsetDateTime;

    use super::*;
    use crate::accounts::Grant;
    use crate::domain::ids::{LearnerId, SessionId};

    fn holding(roles: &[Role]) -> Viewer {
        Viewer {
            session: SessionId::new(),
            learner: LearnerId::new(),
            citizen: None,
            account: None,
            grants: roles
                .iter()
                .map(|&role| Grant { role, point: None })
                .collect(),
            limited: false,
            proven_at: None,
            idle: None,
            ends_at: OffsetDateTime::UNIX_EPOCH,
            asked: None,
            before: None,
        }
    }

    #[test]
    fn each_role_lands_in_its_room_and_several_in_the_most_needed() {
        for (roles, room) in [
            (&[Role::Citizen][..], "/mio-percorso"),
            (&[Role::Facilitator], "/punto"),
            (&[Role::Coordinator], "/rete"),
            (&[Role::Admin], "/amministrazione"),
            (&[Role::Editor], "/moduli"),
            (&[], "/mio-percorso"),
            (&[Role::Admin, Role::Coordinator], "/rete"),
            (&[Role::Admin, Role::Editor, Role::Facilitator], "/punto"),
        ] {
            assert_eq!(landing(&holding(roles), ""), room, "{roles:?}");
        }
    }

    #[test]
    fn nobody_is_led_into_a_room_of_others() {
        let citizen = holding(&[Role::Citizen]);
        for (going, lands) in [
            ("/moduli/spid", "/moduli/spid"),
            ("/rete/totali?punto=x", "/rete/totali?punto=x"),
            ("/punti", "/punti"),
            ("/punto", "/mio-percorso"),
            ("/punto/cittadini/x", "/mio-percorso"),
            ("/rete?dal=2026-01-01", "/mio-percorso"),
            ("/amministrazione/registro", "/mio-percorso"),
        ] {
            assert_eq!(landing(&citizen, going), lands);
        }
        // A coordinator has a desk in every point, and keeps accounts.
        let coordinator = holding(&[Role::Coordinator]);
        assert_eq!(
            landing(&coordinator, "/amministrazione"),
            "/amministrazione"
        );
    }
}
