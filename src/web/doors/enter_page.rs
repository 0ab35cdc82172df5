//! Signing in.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;

use crate::domain::locale::Lang;
use crate::web::parts::chrome::{Chrome, SiteSection};
use crate::web::rooms::OwnRoom;
use crate::web::templates::text;

/// What was wrong with a try.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignInFault {
    /// Unknown, or the wrong password or PIN.
    Wrong,
    /// Too many tries.
    Locked,
}

impl SignInFault {
    pub(crate) const fn key(self) -> &'static str {
        match self {
            Self::Wrong => "sign-in-wrong",
            Self::Locked => "sign-in-locked",
        }
    }
}

/// `enter.html` and `card.html`: the ways in.
#[derive(Debug, Serialize)]
pub struct EnterPage {
    chrome: Chrome,
    /// Where to go afterwards: an address of this site, or empty.
    back: String,
    email: String,
    /// The code of a card that was read from its QR; empty where it is to be typed.
    code: String,
    /// The code that was typed with a wrong PIN.
    typed: String,
    /// Whether the device was said to be theirs.
    pub own: bool,
    error: String,
    /// The room of whoever is in already.
    room: Option<OwnRoom>,
    /// The message of what ended before.
    ended: Option<&'static str>,
}

impl EnterPage {
    /// The page of every way in.
    #[must_use]
    pub fn all(back: &str, room: Option<OwnRoom>, lang: Lang) -> Self {
        Self::new("accedi-title", "/accedi", back, room, lang)
    }

    /// The page of the card.
    #[must_use]
    pub fn card(back: &str, room: Option<OwnRoom>, lang: Lang) -> Self {
        Self::new("tessera-title", "/tessera", back, room, lang)
    }

    fn new(title: &str, address: &str, back: &str, room: Option<OwnRoom>, lang: Lang) -> Self {
        Self {
            chrome: Chrome::new(lang, text(lang, title), SiteSection::Other, address),
            back: back.to_owned(),
            email: String::new(),
            code: String::new(),
            typed: String::new(),
            own: false,
            error: String::new(),
            room,
            ended: None,
        }
    }

    /// What ended before: a session, with a form that was not kept or without one.
    #[must_use]
    pub fn after(mut self, what: &str) -> Self {
        self.ended = match what {
            "pagina" => Some("stay-ended-text"),
            "modulo" => Some("stay-ended-lost"),
            _ => None,
        };
        self
    }

    /// The code of the card is known: only the PIN is asked for.
    #[must_use]
    pub fn scanned(mut self, code: &str) -> Self {
        self.code = code.trim().to_uppercase();
        self
    }

    /// The code was typed before: only the PIN is to be typed again.
    #[must_use]
    pub fn typed(mut self, code: &str) -> Self {
        self.typed = code.trim().to_uppercase();
        self
    }

    /// The page again, after a try that failed.
    #[must_use]
    pub fn refused(mut self, why: SignInFault, email: &str, lang: Lang) -> Self {
        self.error = text(lang, why.key());
        email.clone_into(&mut self.email);
        self
    }
}

/// `register.html`: how to get a card.
#[derive(Debug, Serialize)]
pub struct RegisterPage {
    chrome: Chrome,
}

impl RegisterPage {
    /// The page.
    #[must_use]
    pub fn new(lang: Lang) -> Self {
        let title = text(lang, "registrati-title");
        Self {
            chrome: Chrome::new(lang, title, SiteSection::Other, "/registrati"),
        }
    }
}

/// `code.html`: the code of the second factor, after the password.
#[derive(Debug, Serialize)]
pub struct CodePage {
    chrome: Chrome,
    /// Whose password was right, signed.
    half: String,
    back: String,
    error: String,
}

impl CodePage {
    /// The form, with what was wrong the last time.
    #[must_use]
    pub fn new(half: String, back: &str, error: Option<&str>, lang: Lang) -> Self {
        Self {
            chrome: Chrome::new(
                lang,
                text(lang, "code-title"),
                SiteSection::Other,
                "/accedi/codice",
            ),
            half,
            back: back.to_owned(),
            error: error.map_or_else(String::new, |key| text(lang, key)),
        }
    }
}

/// `forgotten.html`: asking for a new password.
#[derive(Debug, Serialize)]
pub struct ForgottenPage {
    chrome: Chrome,
    sent: bool,
}

impl ForgottenPage {
    /// The form, or that it was sent.
    #[must_use]
    pub fn new(sent: bool, lang: Lang) -> Self {
        let title = text(lang, "forgotten-title");
        Self {
            chrome: Chrome::new(lang, title, SiteSection::Other, "/accedi/dimenticata"),
            sent,
        }
    }
}

/// `password.html`: a new password, by a link that works once.
#[derive(Debug, Serialize)]
pub struct PasswordPage {
    chrome: Chrome,
    token: String,
    error: String,
    shortest: usize,
    done: bool,
}

impl PasswordPage {
    /// The form of a link, with what was wrong the last time.
    #[must_use]
    pub fn new(token: &str, error: Option<&str>, lang: Lang) -> Self {
        let encoded = utf8_percent_encode(token, NON_ALPHANUMERIC);
        let address = format!("/accedi/password?token={encoded}");
        Self {
            chrome: Chrome::new(
                lang,
                text(lang, "password-title"),
                SiteSection::Other,
                &address,
            ),
            token: token.to_owned(),
            error: error.map_or_else(String::new, |key| text(lang, key)),
            shortest: crate::accounts::strength::SHORTEST,
            done: false,
        }
    }

    /// The password is set.
    #[must_use]
    pub fn done(mut self) -> Self {
        self.done = true;
        self
    }
}
