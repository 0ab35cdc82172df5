//! The acronyms of the network's trade, and how each is spelled out.
//!
//! Names that look like acronyms (pagoPA, the app IO) are not here.

/// An acronym.
#[derive(Debug)]
pub(super) struct Acronym {
    /// As it is written, in capitals.
    pub(super) short: &'static str,
    /// Spelled out: what the help proposes.
    pub(super) long: &'static str,
    /// Other words that spell it out or explain it well, separated by `;`.
    pub(super) also: &'static str,
}

const fn of(short: &'static str, long: &'static str, also: &'static str) -> Acronym {
    Acronym { short, long, also }
}

/// Every acronym, in alphabetical order.
pub(super) static ACRONYMS: &[Acronym] = &[
    of("ADI", "Assegno di Inclusione", "inclusion allowance"),
    of(
        "AGCOM",
        "Autorità per le Garanzie nelle Comunicazioni",
        "communications authority",
    ),
    of(
        "AGENAS",
        "Agenzia Nazionale per i Servizi Sanitari Regionali",
        "health agency",
    ),
    of(
        "AGID",
        "Agenzia per l'Italia Digitale",
        "agency for digital italy",
    ),
    of(
        "AIRE",
        "Anagrafe degli Italiani Residenti all'Estero",
        "registry of italians abroad",
    ),
    of(
        "ANPR",
        "Anagrafe Nazionale della Popolazione Residente",
        "national population register",
    ),
    of("ASL", "Azienda Sanitaria Locale", "local health authority"),
    of(
        "ASST",
        "Azienda Socio Sanitaria Territoriale",
        "local health authority",
    ),
    of("ATM", "sportello automatico", "cash machine;bancomat"),
    of("ATS", "Agenzia di Tutela della Salute", "health agency"),
    of(
        "AUU",
        "Assegno Unico Universale",
        "universal child allowance",
    ),
    of(
        "CAF",
        "Centro di Assistenza Fiscale",
        "tax assistance centre;tax help",
    ),
    of(
        "CAP",
        "Codice di Avviamento Postale",
        "post code;postcode;codice postale",
    ),
    of(
        "CIE",
        "Carta d'Identità Elettronica",
        "electronic identity card",
    ),
    of(
        "CNS",
        "Carta Nazionale dei Servizi",
        "national service card",
    ),
    of(
        "CRS",
        "Carta Regionale dei Servizi",
        "regional service card",
    ),
    of(
        "CUP",
        "Centro Unico di Prenotazione",
        "booking centre;booking center",
    ),
    of(
        "CVC",
        "codice di verifica della carta",
        "card verification;codice di sicurezza;security code",
    ),
    of(
        "CVV",
        "codice di verifica della carta",
        "card verification;codice di sicurezza;security code",
    ),
    of(
        "DSU",
        "Dichiarazione Sostitutiva Unica",
        "income declaration",
    ),
    of(
        "FSE",
        "Fascicolo Sanitario Elettronico",
        "electronic health record",
    ),
    of(
        "GDPR",
        "Regolamento generale sulla protezione dei dati",
        "data protection",
    ),
    of(
        "IBAN",
        "codice internazionale del conto",
        "international bank account;codice del conto;coordinate bancarie",
    ),
    of(
        "IMU",
        "Imposta Municipale Unica",
        "imposta municipale propria;property tax",
    ),
    of(
        "INAIL",
        "Istituto Nazionale Assicurazione Infortuni sul Lavoro",
        "insurance against accidents at work",
    ),
    of(
        "INPS",
        "Istituto Nazionale della Previdenza Sociale",
        "social security institute",
    ),
    of(
        "IRPEF",
        "Imposta sul Reddito delle Persone Fisiche",
        "income tax",
    ),
    of(
        "ISEE",
        "Indicatore della Situazione Economica Equivalente",
        "economic situation",
    ),
    of("ISTAT", "Istituto Nazionale di Statistica", "statistics"),
    of(
        "IUV",
        "Identificativo Unico di Versamento",
        "payment identifier;codice avviso;codice di avviso",
    ),
    of("IVA", "Imposta sul Valore Aggiunto", "value added tax"),
    of(
        "MMG",
        "Medico di Medicina Generale",
        "medico di famiglia;family doctor",
    ),
    of(
        "NFC",
        "comunicazione a breve distanza",
        "near field;contactless;senza contatto",
    ),
    of(
        "NIS",
        "Numero Identificativo per i Servizi",
        "identifier for services",
    ),
    of(
        "NRE",
        "Numero della Ricetta Elettronica",
        "electronic prescription",
    ),
    of(
        "OTP",
        "password che vale una volta sola",
        "one time;one-time;usa e getta;una volta sola",
    ),
    of(
        "PDF",
        "documento che si legge ovunque",
        "portable document;documento",
    ),
    of(
        "PEC",
        "Posta Elettronica Certificata",
        "certified e-mail;certified email;certified mail",
    ),
    of("PEO", "Posta Elettronica Ordinaria", "ordinary e-mail"),
    of(
        "PIN",
        "numero segreto personale",
        "personal identification number;numero segreto;codice segreto;codice numerico;codice personale;secret number;secret code",
    ),
    of("PLS", "Pediatra di Libera Scelta", "pediatra;paediatrician"),
    of(
        "PNRR",
        "Piano Nazionale di Ripresa e Resilienza",
        "recovery and resilience",
    ),
    of(
        "POS",
        "lettore di carte",
        "card reader;punto di vendita;point of sale",
    ),
    of(
        "PUK",
        "codice che sblocca la carta",
        "personal unblocking;sblocc;unlock;unblock",
    ),
    of(
        "QR",
        "Quick Response, un codice a quadretti",
        "quick response;quadrat;quadrett;square",
    ),
    of(
        "RAO",
        "operatore che ti riconosce",
        "riconosc;registration authority",
    ),
    of("SDI", "Sistema di Interscambio", "exchange system"),
    of(
        "SIM",
        "scheda del telefono",
        "subscriber identity;scheda;card of the phone;phone card",
    ),
    of(
        "SMS",
        "messaggio breve sul telefono",
        "short message;messaggi;message",
    ),
    of(
        "SPID",
        "Sistema Pubblico di Identità Digitale",
        "public digital identity;public system",
    ),
    of(
        "SSN",
        "Servizio Sanitario Nazionale",
        "national health service",
    ),
    of("TARI", "Tassa sui Rifiuti", "waste tax"),
    of(
        "URL",
        "indirizzo di una pagina",
        "uniform resource;indirizzo;address",
    ),
    of(
        "URP",
        "Ufficio Relazioni con il Pubblico",
        "public relations office",
    ),
    of(
        "USB",
        "presa universale",
        "universal serial;presa;plug;chiavetta",
    ),
    of("VPN", "rete privata", "virtual private"),
];

impl Acronym {
    /// The phrases of which any one spells it out or explains it.
    pub(super) fn explanations(&self) -> impl Iterator<Item = &'static str> {
        std::iter::once(self.long).chain(self.also.split(';'))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn acronyms_stand_in_order_so_that_they_can_be_found() {
        assert!(ACRONYMS.is_sorted_by(|a, b| a.short < b.short));
        for acronym in ACRONYMS {
            assert!(acronym.explanations().all(|words| !words.trim().is_empty()));
        }
    }
}
