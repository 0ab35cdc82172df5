//! What surrounds every page: title, breadcrumb, the other languages.

use serde::Serialize;

use crate::domain::locale::Lang;
use crate::web::templates::text;

/// The surroundings of a page.
#[derive(Debug, Serialize)]
pub struct Chrome {
    title: String,
    description: Option<String>,
    /// The page's address without its query: the one search engines keep.
    path: String,
    /// The part of the site that is marked in the navigation.
    section: SiteSection,
    /// What the search box holds.
    query: String,
    crumbs: Vec<Crumb>,
    langs: Vec<LangLink>,
    /// Whether search engines may list the page.
    listed: bool,
    /// The parts of the room the page is in: the desk, or the coordinator's.
    tabs: Vec<Tab>,
}

#[derive(Debug, Serialize)]
struct Tab {
    href: &'static str,
    label: String,
    current: bool,
}

/// A part of the site for those who work here, with its pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Room {
    /// The facilitator's desk.
    Desk,
    /// The coordinator's room.
    Network,
    /// The editors' room.
    Editorial,
    /// The accounts, as a coordinator keeps some of them.
    Accounts,
    /// The administrator's room: the accounts, and the register of what was done.
    Administration,
}

impl Room {
    /// The addresses of its pages, and the keys of their names.
    const fn pages(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::Desk => &[
                ("/punto", "room-people"),
                ("/punto/gruppi", "room-groups"),
                ("/punto/servizi", "room-services"),
                ("/punto/fermi", "room-stuck"),
                ("/accesso/oggi", "room-day"),
            ],
            Self::Network => &[
                ("/rete", "room-network"),
                ("/rete/programmi", "room-programmes"),
                ("/rete/punti", "room-points"),
                ("/rete/servizi", "room-services"),
                ("/rete/facilita", "room-facilita"),
                ("/rete/segnalazioni", "room-reports"),
                ("/redazione/ricerche", "room-missed"),
            ],
            Self::Editorial => &[
                ("/moduli", "nav-lessons"),
                ("/redazione/ricerche", "room-missed"),
            ],
            Self::Accounts => &[
                ("/amministrazione", "room-accounts"),
                ("/amministrazione/nuovo", "account-new"),
            ],
            Self::Administration => &[
                ("/amministrazione", "room-accounts"),
                ("/amministrazione/nuovo", "account-new"),
                ("/amministrazione/registro", "room-register"),
                ("/redazione/ricerche", "room-missed"),
            ],
        }
    }
}

/// A step of the breadcrumb.
#[derive(Debug, Serialize)]
pub struct Crumb {
    /// Where it leads.
    pub href: String,
    /// Its words.
    pub label: String,
    /// The language of its words.
    pub lang: Lang,
}

#[derive(Debug, Serialize)]
struct LangLink {
    code: &'static str,
    name: &'static str,
    href: String,
    current: bool,
}

/// A part of the site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the names of the navigation")]
pub enum SiteSection {
    Home,
    Modules,
    Search,
    Mine,
    Totals,
    Point,
    Network,
    Other,
}

impl Chrome {
    /// The surroundings of a page without breadcrumb. `address` is its path and query.
    pub fn new(lang: Lang, title: impl Into<String>, section: SiteSection, address: &str) -> Self {
        Self {
            title: title.into(),
            description: None,
            path: address.split('?').next().unwrap_or_default().to_owned(),
            section,
            query: String::new(),
            crumbs: Vec::new(),
            langs: Lang::ALL
                .into_iter()
                .map(|other| LangLink {
                    code: other.code(),
                    name: other.own_name(),
                    href: in_language(address, other),
                    current: other == lang,
                })
                .collect(),
            listed: false,
            tabs: Vec::new(),
        }
    }

    /// The page is in a room, at the part with this address.
    #[must_use]
    pub fn room(mut self, room: Room, at: &str, lang: Lang) -> Self {
        let tab = |(href, key): &(&'static str, &str)| Tab {
            href,
            label: text(lang, key),
            current: *href == at,
        };
        self.tabs = room.pages().iter().map(tab).collect();
        self
    }

    /// What search engines and messages say of the page; they may list it.
    #[must_use]
    pub fn described(mut self, text: impl Into<String>) -> Self {
        self.description = Some(text.into());
        self.listed = true;
        self
    }

    /// The title begins with this: what sets a page apart is heard first.
    #[must_use]
    pub fn beginning(mut self, part: &str) -> Self {
        self.title = format!("{part} - {}", self.title);
        self
    }

    /// Adds a step to the breadcrumb.
    #[must_use]
    pub fn under(mut self, href: impl Into<String>, label: impl Into<String>, lang: Lang) -> Self {
        self.crumbs.push(Crumb {
            href: href.into(),
            label: label.into(),
            lang,
        });
        self
    }

    /// Fills the search box.
    #[must_use]
    pub fn searching(mut self, query: &str) -> Self {
        query.clone_into(&mut self.query);
        self
    }

    /// The title.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.title
    }
}

/// The same address in a language.
fn in_language(address: &str, lang: Lang) -> String {
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    let mut href = format!("{path}?");
    for pair in query
        .split('&')
        .filter(|pair| !pair.is_empty() && !pair.starts_with("lingua="))
    {
        href.push_str(pair);
        href.push('&');
    }
    href.push_str("lingua=");
    href.push_str(lang.code());
    href
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_in_a_language_keeps_the_rest_of_the_query() {
        assert_eq!(in_language("/moduli", Lang::En), "/moduli?lingua=en");
        assert_eq!(
            in_language("/cerca?q=spid&lingua=it&livello=1", Lang::En),
            "/cerca?q=spid&livello=1&lingua=en"
        );
    }
}
