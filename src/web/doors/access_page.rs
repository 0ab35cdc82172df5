//! "Il mio accesso": where somebody is in, and what they enter with.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;

use crate::accounts::Viewer;
use crate::accounts::open_sessions::OpenSession;
use crate::accounts::second_factor::SecondFactor;
use crate::accounts::strength::SHORTEST;
use crate::domain::locale::Lang;
use crate::web::parts::chrome::{Chrome, SiteSection};
use crate::web::parts::list::{ListPart, Pager};
use crate::web::templates::{day_of, moment, text};

/// Sessions on a page: enough for one person, and below them stands what they enter with.
pub(crate) const SESSIONS: usize = 5;

/// `access.html`
#[derive(Debug, Serialize)]
pub struct AccessPage {
    chrome: Chrome,
    /// A member of the staff has a password too; a citizen's card is the desk's.
    staff: bool,
    sessions: Vec<Line>,
    pager: Pager,
    /// More than the one at hand.
    others: bool,
    factor: Option<Factor>,
    told: String,
    code_error: String,
}

/// A session.
#[derive(Debug, Serialize)]
struct Line {
    id: String,
    device: String,
    since: String,
    last_seen: String,
    /// The one at hand.
    here: bool,
}

#[derive(Debug, Serialize)]
struct Factor {
    since: String,
    left: u64,
}

impl AccessPage {
    /// The sessions that are open, a page of them, and the second factor.
    #[must_use]
    pub fn new(
        viewer: &Viewer,
        (open, at): (&[OpenSession], usize),
        factor: Option<SecondFactor>,
        lang: Lang,
    ) -> Self {
        let line = |session: &OpenSession| Line {
            id: session.id.to_string(),
            device: match session.device.as_str() {
                "" => text(lang, "access-device-unknown"),
                device => device.to_owned(),
            },
            since: moment(lang, session.since),
            last_seen: moment(lang, session.last_seen),
            here: session.id == viewer.session,
        };
        let part = ListPart::of(open.len(), at, SESSIONS);
        Self {
            chrome: chrome(lang, "access-title", "/accesso"),
            staff: viewer.account.is_some(),
            sessions: part.cut(open).map(line).collect(),
            pager: part.pager(|page| format!("/accesso?pagina={page}#dove")),
            others: open.len() > 1,
            factor: factor.map(|factor| Factor {
                since: day_of(lang, factor.since),
                left: factor.codes_left,
            }),
            told: String::new(),
            code_error: String::new(),
        }
    }

    /// Says what was done; nothing of what is not known here.
    #[must_use]
    pub fn told(mut self, done: &str, lang: Lang) -> Self {
        if ["chiusa", "chiuse", "password", "proprio"].contains(&done) {
            self.told = text(lang, &format!("access-done-{done}"));
        }
        self
    }

    /// The code for new recovery codes was wrong.
    #[must_use]
    pub fn wrong_code(mut self, lang: Lang) -> Self {
        self.code_error = text(lang, "code-wrong");
        self
    }
}

/// `stay.html`: why sessions end that are not used.
#[derive(Debug, Serialize)]
pub struct StayPage {
    chrome: Chrome,
}

impl StayPage {
    /// The page.
    #[must_use]
    pub fn new(lang: Lang) -> Self {
        let title = text(lang, "stay-title");
        Self {
            chrome: Chrome::new(lang, title, SiteSection::Other, "/accesso/resta"),
        }
    }
}

/// `access_password.html`: another password.
#[derive(Debug, Serialize)]
pub struct ChangePage {
    chrome: Chrome,
    shortest: usize,
    fields: Vec<Field>,
    wrong: usize,
}

#[derive(Debug, Serialize)]
struct Field {
    name: &'static str,
    label: String,
    error: String,
    autocomplete: &'static str,
}

impl ChangePage {
    /// The form, with the fields at fault and the keys of what is wrong.
    #[must_use]
    pub fn new(faults: &[(&str, &str)], lang: Lang) -> Self {
        let field = |(name, label, autocomplete): (&'static str, &str, &'static str)| Field {
            name,
            label: text(lang, label),
            error: faults
                .iter()
                .find(|(field, _)| *field == name)
                .map_or_else(String::new, |(_, key)| text(lang, key)),
            autocomplete,
        };
        let fields = [
            ("current", "field-current-password", "current-password"),
            ("password", "field-new-password", "new-password"),
            ("again", "field-again", "new-password"),
        ];
        Self {
            chrome: chrome(lang, "access-password-title", "/accesso/password").under(
                "/accesso",
                text(lang, "access-title"),
                lang,
            ),
            shortest: SHORTEST,
            fields: fields.map(field).into(),
            wrong: faults.len(),
        }
    }
}

/// `confirm.html`: the present password, before something that opens a door.
#[derive(Debug, Serialize)]
pub struct ConfirmPage {
    chrome: Chrome,
    back: String,
    error: String,
}

impl ConfirmPage {
    /// The form, and the page that it leads back to.
    #[must_use]
    pub fn new(back: &str, error: Option<&str>, lang: Lang) -> Self {
        Self {
            chrome: chrome(lang, "confirm-title", "/accesso/conferma"),
            back: back.to_owned(),
            error: error.map_or_else(String::new, |key| text(lang, key)),
        }
    }
}

/// `second_factor.html`: setting up a second factor.
#[derive(Debug, Serialize)]
pub struct SecondFactorPage {
    chrome: Chrome,
    /// In groups of four.
    key: String,
    qr: String,
    /// There is one already, which this one takes the place of.
    has: bool,
    /// Nothing else opens before.
    demanded: bool,
    code_error: String,
}

impl SecondFactorPage {
    /// A secret as text and as a drawing.
    #[must_use]
    pub fn new(
        key: &str,
        qr: &str,
        (has, demanded): (bool, bool),
        error: Option<(&str, &str)>,
        lang: Lang,
    ) -> Self {
        let groups: Vec<&str> = key
            .as_bytes()
            .chunks(4)
            .filter_map(|group| std::str::from_utf8(group).ok())
            .collect();
        Self {
            chrome: chrome(lang, "second-factor-title", "/accesso/secondo-fattore"),
            key: groups.join(" "),
            qr: format!("data:image/svg+xml;base64,{}", STANDARD.encode(qr)),
            has,
            demanded,
            code_error: error.map_or_else(String::new, |(_, key)| text(lang, key)),
        }
    }
}

/// `recovery_codes.html`: ten codes, shown once.
#[derive(Debug, Serialize)]
pub struct CodesPage {
    chrome: Chrome,
    codes: Vec<String>,
}

impl CodesPage {
    /// The codes.
    #[must_use]
    pub fn new(codes: Vec<String>, lang: Lang) -> Self {
        Self {
            chrome: chrome(lang, "recovery-title", "/accesso"),
            codes,
        }
    }
}

fn chrome(lang: Lang, title: &str, address: &str) -> Chrome {
    Chrome::new(lang, text(lang, title), SiteSection::Mine, address)
}
