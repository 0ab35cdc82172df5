//! Addresses as people type them: where to listen, and where the site is.

use std::io;
use std::net::{SocketAddr, TcpListener, ToSocketAddrs as _};

use anyhow::anyhow;

use crate::domain::region::Region;

/// Where to listen: what was typed, and the addresses that it names.
#[derive(Debug, Clone)]
pub(super) struct Listen {
    typed: String,
    addresses: Vec<SocketAddr>,
}

impl Listen {
    /// Reads `127.0.0.1:8080`, `[::1]:8080` or `localhost:8080`.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let port = text
            .rsplit_once(':')
            .map(|(host, port)| (host, port.parse::<u16>()));
        let Some((host, Ok(_))) = port else {
            return Err("write an address and a port, such as 127.0.0.1:8080".to_owned());
        };
        let addresses: Vec<_> = match text.to_socket_addrs() {
            Ok(found) => found.collect(),
            Err(_) => Vec::new(),
        };
        if host.is_empty() || addresses.is_empty() {
            return Err(format!("this machine knows no address of \"{host}\""));
        }
        let typed = text.to_owned();
        Ok(Self { typed, addresses })
    }

    /// Takes the port.
    pub(super) fn bind(&self) -> anyhow::Result<TcpListener> {
        TcpListener::bind(self.addresses.as_slice()).map_err(|error| {
            let typed = &self.typed;
            match error.kind() {
                io::ErrorKind::AddrInUse => anyhow!(
                    "cannot listen on {typed}: another program does; \
                     end it, or choose another port with --listen"
                ),
                io::ErrorKind::PermissionDenied => anyhow!(
                    "cannot listen on {typed}: ports below 1024 are the administrator's; \
                     choose another with --listen"
                ),
                io::ErrorKind::AddrNotAvailable => {
                    anyhow!("cannot listen on {typed}: it is not an address of this machine")
                }
                _ => anyhow!("cannot listen on {typed}: {error}"),
            }
        })
    }
}

/// Reads the site's own address: scheme and host, perhaps a port, and nothing behind.
pub(super) fn origin(text: &str) -> Result<String, String> {
    let wrong = || {
        "write scheme and host and nothing behind them, such as https://autonomia.example.org"
            .to_owned()
    };
    let text = text.trim_end_matches('/');
    let url = http(text).ok_or_else(wrong)?;
    match url.path_and_query().is_none_or(|rest| rest.as_str() == "/") {
        true => Ok(text.to_owned()),
        false => Err(wrong()),
    }
}

/// Reads the id of a region, in capitals or not.
pub(super) fn region(text: &str) -> Result<Region, String> {
    let id = text.trim().to_lowercase();
    Region::from_id(&id).ok_or_else(|| format!("write one of {}", Region::ids().join(", ")))
}

/// Reads the address of a page.
pub(super) fn page(text: &str) -> Result<String, String> {
    match http(text) {
        Some(_) => Ok(text.to_owned()),
        None => Err("write a whole address, such as https://example.org/page".to_owned()),
    }
}

/// Reads whom to tell about a weakness; an e-mail address gets the scheme that RFC 9116 wants.
pub(super) fn contact(text: &str) -> Result<String, String> {
    let known = ["mailto:", "https://", "tel:"];
    match known.iter().any(|scheme| text.starts_with(scheme)) {
        true => Ok(text.to_owned()),
        false if text.contains('@') && !text.contains([' ', '/', ':']) => {
            Ok(format!("mailto:{text}"))
        }
        false => Err("an e-mail address, or an address that begins with https://".to_owned()),
    }
}

fn http(text: &str) -> Option<actix_web::http::Uri> {
    let url: actix_web::http::Uri = text.parse().ok()?;
    let scheme = matches!(url.scheme_str(), Some("http" | "https"));
    let host = url.host().is_some_and(|host| !host.is_empty());
    // A name and a password before the host would be printed on every sheet.
    let plain = url
        .authority()
        .is_some_and(|who| !who.as_str().contains('@'));
    (scheme && host && plain && !text.contains('#')).then_some(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_to_listen_is_an_address_or_a_name_with_a_port() {
        for right in ["127.0.0.1:0", "[::1]:8080", "localhost:8080", "0.0.0.0:80"] {
            assert!(Listen::parse(right).is_ok(), "{right}");
        }
        for wrong in [
            "8080",
            ":8080",
            "localhost",
            "localhost:http",
            "no.such.name.invalid:80",
        ] {
            assert!(Listen::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_site_is_a_scheme_and_a_host() {
        let ended = origin("https://autonomia.example.org:8443/");
        assert_eq!(ended.as_deref(), Ok("https://autonomia.example.org:8443"));
        for wrong in [
            "foo",
            "autonomia.example.org",
            "ftp://example.org",
            "https://",
            "https://example.org/corsi",
            "https://example.org?a=b",
            "https://example.org#a",
            "https://admin:secret@example.org",
            "https://example .org",
        ] {
            assert!(origin(wrong).is_err(), "{wrong}");
        }
        assert!(page("https://form.agid.gov.it/view/x?y=z").is_ok());
        assert!(page("form.agid.gov.it").is_err());
    }

    #[test]
    fn a_region_is_one_of_the_twenty_one() {
        assert_eq!(region("Puglia"), Ok(Region::PUGLIA));
        assert!(region("valle-d-aosta").is_ok());
        for wrong in ["", "trentino-alto-adige", "valle d'aosta"] {
            assert!(region(wrong).is_err_and(|why| why.contains("valle-d-aosta")));
        }
    }

    #[test]
    fn a_contact_is_an_address_with_a_scheme() {
        let mail = "mailto:sicurezza@example.org";
        assert_eq!(contact("sicurezza@example.org"), Ok(mail.to_owned()));
        for right in [mail, "https://example.org/sicurezza", "tel:+39-080-000"] {
            assert_eq!(contact(right), Ok(right.to_owned()));
        }
        for wrong in ["", "nessuno", "http://example.org", "a b@example.org"] {
            assert!(contact(wrong).is_err(), "{wrong}");
        }
    }
}
