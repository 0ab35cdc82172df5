//! What a browser keeps: a signed token that names a session and its learner, and nobody.
//!
//! The token alone opens nothing: the session's row must still be open
//! ([`viewer`](super::viewer::viewer)), so that signing out works at once.

use std::fmt;
use std::sync::Arc;

use aws_lc_rs::hmac;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation, decode, encode};
use sea_orm::DbErr;
use serde::{Deserialize, Serialize};
use time::{Duration, OffsetDateTime};

use crate::domain::ids::{AccountId, LearnerId, SessionId};

use super::no_secret;
use super::session::Identified;

/// The key that signs tokens; cloning is cheap.
#[derive(Clone)]
pub struct SigningKey(Arc<Keys>);

struct Keys {
    own: hmac::Key,
    sign: EncodingKey,
    verify: DecodingKey,
    mark: Vec<u8>,
    rules: Validation,
}

/// What a token says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claims {
    /// The session.
    #[serde(rename = "jti")]
    pub session: SessionId,
    /// Its learner.
    #[serde(rename = "sub")]
    pub learner: LearnerId,
    /// When it ends, in seconds since 1970.
    pub exp: i64,
}

/// How long the form waits that asks for a code.
const HALF: Duration = Duration::minutes(5);

/// What a token between password and code says.
#[derive(Serialize, Deserialize)]
struct HalfClaims {
    #[serde(rename = "half")]
    account: AccountId,
    mark: String,
    exp: i64,
}

impl SigningKey {
    /// A key of these bytes.
    #[must_use]
    pub fn new(secret: &[u8; 32]) -> Self {
        let mut rules = Validation::new(Algorithm::HS256);
        // The end is compared with the caller's clock, not the library's.
        rules.validate_exp = false;
        rules.validate_aud = false;
        let own = hmac::Key::new(hmac::HMAC_SHA256, secret);
        Self(Arc::new(Keys {
            mark: hmac::sign(&own, b"the mark of this signing key")
                .as_ref()
                .to_vec(),
            sign: EncodingKey::from_secret(secret),
            verify: DecodingKey::from_secret(secret),
            own,
            rules,
        }))
    }

    /// Tells this key from others, without telling it. It is no token: those have a dot.
    #[must_use]
    pub fn mark(&self) -> Vec<u8> {
        self.0.mark.clone()
    }

    /// A mark of a learner that says nothing but whether it is the same one: what waits in a
    /// browser without a network is bound to it.
    #[must_use]
    pub fn mark_of(&self, learner: LearnerId) -> String {
        let tag = hmac::sign(&self.0.own, format!("learner {learner}").as_bytes());
        let half = tag.as_ref().get(..12).unwrap_or_default();
        URL_SAFE_NO_PAD.encode(half)
    }

    /// A token of somebody whose password was right, for the form that asks for the code of their
    /// second factor. It opens nothing: what reads a session's token refuses it.
    ///
    /// # Errors
    /// When the library refuses to sign.
    pub fn sign_half(&self, who: &Identified, now: OffsetDateTime) -> Result<String, DbErr> {
        let half = HalfClaims {
            account: who.account,
            mark: who.mark.clone(),
            exp: (now + HALF).unix_timestamp(),
        };
        encode(&Header::new(Algorithm::HS256), &half, &self.0.sign).map_err(no_secret)
    }

    /// Whose password was right a moment ago; `None` for a token that is forged or too old.
    #[must_use]
    pub fn read_half(&self, token: &str, now: OffsetDateTime) -> Option<Identified> {
        let half = decode::<HalfClaims>(token, &self.0.verify, &self.0.rules)
            .ok()?
            .claims;
        (half.exp > now.unix_timestamp()).then_some(Identified {
            account: half.account,
            mark: half.mark,
        })
    }

    /// A signed token.
    ///
    /// # Errors
    /// When the library refuses to sign.
    pub fn sign(&self, claims: &Claims) -> Result<String, DbErr> {
        encode(&Header::new(Algorithm::HS256), claims, &self.0.sign).map_err(no_secret)
    }

    /// What a token says; `None` for one that is forged, damaged or past its end.
    #[must_use]
    pub fn read(&self, token: &str, now: OffsetDateTime) -> Option<Claims> {
        let claims = decode::<Claims>(token, &self.0.verify, &self.0.rules)
            .ok()?
            .claims;
        (claims.exp > now.unix_timestamp()).then_some(claims)
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SigningKey")
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at a surprise")]

    use super::*;
    use time::macros::datetime;

    #[test]
    fn a_token_is_read_only_with_its_key_and_before_its_end() {
        let now = datetime!(2026-11-21 12:00 UTC);
        let claims = Claims {
            session: SessionId::new(),
            learner: LearnerId::new(),
            exp: now.unix_timestamp() + 60,
        };
        let key = SigningKey::new(&[7; 32]);
        let token = key.sign(&claims).unwrap();
        assert_eq!(key.read(&token, now), Some(claims));
        assert_eq!(key.read(&token, now + time::Duration::seconds(60)), None);
        assert_eq!(SigningKey::new(&[8; 32]).read(&token, now), None);
        assert_eq!(key.read("", now), None);
        // A token without a signature is nobody's.
        let unsigned = format!("eyJhbGciOiJub25lIn0.{}.", token.split('.').nth(1).unwrap());
        assert_eq!(key.read(&unsigned, now), None);
        // A token between password and code opens nothing, nor does a session's stand for one.
        let who = Identified {
            account: AccountId::new(),
            mark: "x".to_owned(),
        };
        let half = key.sign_half(&who, now).unwrap();
        assert_eq!(key.read(&half, now), None);
        assert_eq!(key.read_half(&half, now), Some(who));
        assert_eq!(key.read_half(&half, now + Duration::minutes(5)), None);
        assert_eq!(key.read_half(&token, now), None);
    }
}
