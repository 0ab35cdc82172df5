//! What people come for most often: each need says by itself what a service was about, so that a
//! facilitator with a queue chooses once.

use crate::domain::facilita::PublicDomain;

/// What somebody came for.
#[derive(Debug, Clone, Copy)]
pub struct Need {
    /// What forms send, and the end of its words' key.
    pub key: &'static str,
    /// SE5 codes.
    pub competences: &'static [u8],
    /// SE6.
    pub domains: &'static [PublicDomain],
    /// SE7, in the ledger's language: Facilita reads Italian.
    pub title: &'static str,
}

/// The needs, the most frequent first.
pub const NEEDS: [Need; 5] = [
    Need {
        key: "spid",
        competences: &[9, 12],
        domains: &[PublicDomain::AppIo],
        title: "SPID e CIE",
    },
    Need {
        key: "payments",
        competences: &[6],
        domains: &[PublicDomain::PagoPa],
        title: "Pagamenti online",
    },
    Need {
        key: "health",
        competences: &[1, 6],
        domains: &[PublicDomain::HealthRecord, PublicDomain::Health],
        title: "Salute: fascicolo e prenotazioni",
    },
    Need {
        key: "phone",
        competences: &[4, 13],
        domains: &[PublicDomain::None],
        title: "Posta e telefono",
    },
    Need {
        key: "safety",
        competences: &[11, 12],
        domains: &[PublicDomain::None],
        title: "Sicurezza e truffe online",
    },
];

impl Need {
    /// The need of a key.
    #[must_use]
    pub fn of(key: &str) -> Option<&'static Self> {
        NEEDS.iter().find(|need| need.key == key)
    }
}
