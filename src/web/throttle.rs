//! How often one address may begin as a guest, send a report, ask for a password or check a
//! certificate: a bucket of
//! tokens for each, refilled as time goes by, kept in memory and in bounds. Tries at a door are in
//! [`tries`](super::tries).

use std::collections::HashMap;
use std::fmt;
use std::future::{Ready, ready};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::sync::{Mutex, PoisonError};

use actix_web::{FromRequest, HttpRequest, dev, web};
use time::{Duration, OffsetDateTime};

use crate::accounts::tries::TryOrigin;
use crate::citizens::Vault;

use super::error::Error;
use super::state::State;

/// The most addresses that are remembered: about 2 MB.
const MOST: usize = 20_000;

/// Requests for a new password of one address in [`ThrottleLimits::window`].
const FORGOTTEN: u32 = 5;

/// Certificates that one address checks in [`ThrottleLimits::window`]: a class of pupils, and far from what
/// it takes to guess one.
const CHECKS: u32 = 60;

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ThrottledAct {
    /// A learner without a name.
    Guest,
    /// A report about a page.
    Report,
    /// A request for a new password.
    Forgotten,
    /// A certificate that is checked.
    Check,
}

/// How many of each one address may do in [`ThrottleLimits::window`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ThrottleLimits {
    /// Wrong tries to enter, before each one waits; [`Tries`](super::tries::Tries) counts them.
    pub sign_ins: u32,
    /// New guests.
    pub guests: u32,
    /// Reports.
    pub reports: u32,
    /// How long it takes an empty bucket to be full again.
    pub window: Duration,
}

impl Default for ThrottleLimits {
    fn default() -> Self {
        Self {
            sign_ins: 60,
            guests: 120,
            reports: 20,
            window: Duration::minutes(10),
        }
    }
}

/// Too often.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Busy {
    /// When the next one is allowed.
    pub retry_after: Duration,
}

/// Where a request comes from: the address that the last proxy saw, where there is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Address {
    ip: IpAddr,
    /// A program on this machine, or a proxy that does not say for whom it asks.
    local: bool,
}

/// The buckets.
#[derive(Debug)]
pub struct Throttle {
    limits: ThrottleLimits,
    buckets: Mutex<HashMap<(ThrottledAct, IpAddr), Bucket>>,
}

#[derive(Debug, Clone, Copy)]
struct Bucket {
    left: f64,
    at: OffsetDateTime,
}

impl Throttle {
    /// Full buckets for everybody.
    #[must_use]
    pub fn new(limits: ThrottleLimits) -> Self {
        Self {
            limits,
            buckets: Mutex::default(),
        }
    }

    /// Takes a token; a program on this machine may do it as often as it likes.
    ///
    /// # Errors
    /// [`Busy`] where none is left.
    pub fn spend(
        &self,
        act: ThrottledAct,
        address: Address,
        now: OffsetDateTime,
    ) -> Result<(), Busy> {
        match address.local {
            true => Ok(()),
            false => self.take(act, address, now),
        }
    }

    fn take(&self, act: ThrottledAct, address: Address, now: OffsetDateTime) -> Result<(), Busy> {
        let key = (act, address.ip);
        let (full, window) = (self.full(act), self.limits.window.as_seconds_f64());
        let mut buckets = self.lock();
        if buckets.len() >= MOST && !buckets.contains_key(&key) {
            self.make_room(&mut buckets, now);
        }
        let bucket = buckets.entry(key).or_insert(Bucket {
            left: full,
            at: now,
        });
        bucket.left = self.left(act, bucket, now);
        bucket.at = now;
        if bucket.left < 1.0 {
            let seconds = (1.0 - bucket.left) * window / full;
            return Err(Busy {
                retry_after: Duration::seconds_f64(seconds.ceil().min(window)),
            });
        }
        bucket.left -= 1.0;
        Ok(())
    }

    fn left(&self, act: ThrottledAct, bucket: &Bucket, now: OffsetDateTime) -> f64 {
        let full = self.full(act);
        let passed = (now - bucket.at).as_seconds_f64().max(0.0);
        (bucket.left + full * passed / self.limits.window.as_seconds_f64()).min(full)
    }

    fn full(&self, act: ThrottledAct) -> f64 {
        f64::from(match act {
            ThrottledAct::Guest => self.limits.guests,
            ThrottledAct::Report => self.limits.reports,
            ThrottledAct::Forgotten => FORGOTTEN,
            ThrottledAct::Check => CHECKS,
        })
    }

    /// Forgets whoever has a full bucket again; where nobody has, those who have most left.
    fn make_room(
        &self,
        buckets: &mut HashMap<(ThrottledAct, IpAddr), Bucket>,
        now: OffsetDateTime,
    ) {
        buckets.retain(|(act, _), bucket| self.left(*act, bucket, now) < self.full(*act));
        if buckets.len() >= MOST {
            let mut shares: Vec<f64> = buckets
                .iter()
                .map(|((act, _), bucket)| self.left(*act, bucket, now) / self.full(*act))
                .collect();
            shares.sort_by(f64::total_cmp);
            let middle = shares.get(MOST / 2).copied().unwrap_or(1.0);
            buckets
                .retain(|(act, _), bucket| self.left(*act, bucket, now) / self.full(*act) < middle);
        }
        if buckets.len() >= MOST {
            buckets.clear();
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<(ThrottledAct, IpAddr), Bucket>> {
        self.buckets.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl FromRequest for Address {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;

    fn from_request(request: &HttpRequest, _: &mut dev::Payload) -> Self::Future {
        let state = request.app_data::<web::Data<State>>();
        let behind_proxy = state.is_some_and(|state| state.settings.behind_proxy);
        ready(Ok(Self::of(request, behind_proxy)))
    }
}

impl Address {
    /// Anybody can write `X-Forwarded-For`, so it is believed only where a proxy is known to stand
    /// before; and of it only the last address, the one that the nearest proxy saw. A request of
    /// this machine is a program's on it only where nothing says that it is a proxy's.
    fn of(request: &HttpRequest, behind_proxy: bool) -> Self {
        let nobody = IpAddr::V4(Ipv4Addr::UNSPECIFIED);
        let peer = request.peer_addr().map_or(nobody, |peer| peer.ip());
        let headers = request.headers();
        let last = headers.get_all("x-forwarded-for").last();
        let forwarded = last
            .and_then(|value| value.to_str().ok())
            .and_then(|value| value.rsplit(',').next()?.trim().parse().ok());
        match forwarded.filter(|_| behind_proxy) {
            Some(ip) => Self {
                ip: whole(ip),
                local: false,
            },
            None => {
                let passed_on = ["x-forwarded-for", "forwarded", "via"]
                    .iter()
                    .any(|name| headers.contains_key(*name));
                Self {
                    ip: whole(peer),
                    local: peer.to_canonical().is_loopback() && !passed_on,
                }
            }
        }
    }
}

impl Address {
    /// Where PINs are tried, for counts that are kept: the address, and the net of 24 bits of IPv4
    /// or 48 of IPv6 that a provider gives the same person other addresses of.
    #[must_use]
    pub fn place(self, vault: &Vault) -> TryOrigin {
        let net = match self.ip {
            IpAddr::V4(ip) => IpAddr::V4(Ipv4Addr::from(u32::from(ip) >> 8 << 8)),
            IpAddr::V6(ip) => IpAddr::V6(Ipv6Addr::from(u128::from(ip) >> 80 << 80)),
        };
        TryOrigin::of(vault, &net.to_string(), &self.ip.to_string(), self.local)
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.ip.fmt(f)
    }
}

/// What one subscriber has: an address of IPv4, a net of 64 bits of IPv6.
pub(super) fn whole(ip: IpAddr) -> IpAddr {
    match ip.to_canonical() {
        IpAddr::V6(ip) => {
            let net = u128::from(ip) >> 64 << 64;
            IpAddr::V6(Ipv6Addr::from(net))
        }
        ip => ip,
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at a surprise")]

    use super::*;
    use actix_web::test::TestRequest;
    use time::macros::datetime;

    const NOW: OffsetDateTime = datetime!(2026-11-22 10:00 UTC);

    fn from(ip: &str) -> Address {
        Address {
            ip: whole(ip.parse().unwrap()),
            local: false,
        }
    }

    #[test]
    fn tokens_run_out_and_come_back_with_time() {
        let throttle = Throttle::new(ThrottleLimits::default());
        let one = from("192.0.2.1");
        for _ in 0..20 {
            throttle.spend(ThrottledAct::Report, one, NOW).unwrap();
        }
        let busy = throttle.spend(ThrottledAct::Report, one, NOW).unwrap_err();
        assert_eq!(busy.retry_after, Duration::seconds(30));
        throttle.spend(ThrottledAct::Guest, one, NOW).unwrap();
        let other = from("192.0.2.2");
        throttle.spend(ThrottledAct::Report, other, NOW).unwrap();
        let later = NOW + Duration::seconds(31);
        throttle.spend(ThrottledAct::Report, one, later).unwrap();
        assert!(throttle.spend(ThrottledAct::Report, one, later).is_err());
    }

    #[test]
    fn however_many_addresses_come_only_so_many_are_remembered() {
        let throttle = Throttle::new(ThrottleLimits::default());
        for number in 0..2 * u32::try_from(MOST).unwrap() {
            let ip = IpAddr::V4(Ipv4Addr::from(number));
            let address = Address { ip, local: false };
            throttle.spend(ThrottledAct::Report, address, NOW).unwrap();
            assert!(throttle.lock().len() <= MOST);
        }
    }

    #[test]
    fn only_a_proxy_is_believed_to_say_where_a_request_comes_from() {
        let asked = |peer: &str, forwarded: &str, behind_proxy| {
            let request = TestRequest::default()
                .peer_addr(peer.parse().unwrap())
                .insert_header(("x-forwarded-for", forwarded))
                .to_http_request();
            Address::of(&request, behind_proxy)
        };
        let seen = asked("192.0.2.9:1", "198.51.100.1", false);
        assert_eq!(seen, from("192.0.2.9"));
        let seen = asked("192.0.2.9:1", "10.0.0.1, 198.51.100.1", true);
        assert_eq!(seen, from("198.51.100.1"));
        let seen = asked("127.0.0.1:1", "198.51.100.1", false);
        assert_eq!(seen, from("127.0.0.1"), "not even from this machine");
        assert!(
            !asked("127.0.0.1:1", "", false).local,
            "it comes from a proxy"
        );
        let here = TestRequest::default().peer_addr("127.0.0.1:1".parse().unwrap());
        assert!(Address::of(&here.to_http_request(), false).local);
        let (one, other) = (from("2001:db8::1"), from("2001:db8::ffff:2"));
        assert_eq!(one, other, "one subscriber");
    }

    #[test]
    fn pins_are_counted_by_the_whole_address_of_one_subscriber() {
        let vault = Vault::new(&[1; 32], &[2; 32]).unwrap();
        let place = |ip| from(ip).place(&vault);
        assert_ne!(place("198.51.100.1"), place("198.51.100.2"));
        assert_eq!(place("2001:db8::1"), place("2001:db8::ffff:2"));
        assert_ne!(place("2001:db8::1"), place("2001:db8:0:1::1"));
    }
}
