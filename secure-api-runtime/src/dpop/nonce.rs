//! Nonces that nobody remembers: each is a keyed hash of its time (RFC 9449, section 9).

use aws_lc_rs::{constant_time::verify_slices_are_equal, hmac};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use http::{HeaderName, HeaderValue};

use crate::{clock::Clock, secret::AppSecret};

/// The header of an answer that a nonce stands in.
pub(crate) const NONCE: HeaderName = HeaderName::from_static("dpop-nonce");

/// The seconds after which another nonce is given. One is good in the interval that it was given in and in the next, so for two
/// and a half to five minutes: longer than a caller thinks between two requests, and short for a proof that was made in stock.
const INTERVAL: i64 = 150;
/// The bytes of a nonce: nobody guesses 128 bits.
const LENGTH: usize = 16;

/// The nonces of an app: the same at the same time on every machine with its secret, and nothing that a caller could foresee.
pub(crate) struct Nonces {
    key: hmac::Key,
    clock: Clock,
}

impl Nonces {
    /// Creates those of the app with this secret.
    pub(crate) fn new(secret: &AppSecret, clock: Clock) -> Self {
        let key = hmac::Key::new(hmac::HMAC_SHA256, &secret.key("dpop: nonces"));
        Self { key, clock }
    }

    /// Returns the nonce of now, as the header `DPoP-Nonce` has it.
    pub(crate) fn current(&self) -> HeaderValue {
        let nonce = URL_SAFE_NO_PAD.encode(self.of(self.interval()));
        // It is of letters, digits, `-` and `_`.
        HeaderValue::from_str(&nonce).unwrap_or(HeaderValue::from_static(""))
    }

    /// Returns `true` for the nonce of this interval or the one before. That of the next is accepted too: another machine's
    /// clock may be there already.
    pub(super) fn accept(&self, nonce: &str) -> bool {
        let Ok(nonce) = URL_SAFE_NO_PAD.decode(nonce) else { return false };
        let now = self.interval();
        let given = |interval| verify_slices_are_equal(&nonce, &self.of(interval)).is_ok();
        [now, now - 1, now + 1].into_iter().any(given)
    }

    fn interval(&self) -> i64 {
        self.clock.unix_seconds().div_euclid(INTERVAL)
    }

    fn of(&self, interval: i64) -> [u8; LENGTH] {
        let tag = hmac::sign(&self.key, &interval.to_be_bytes());
        // A tag of SHA-256 has 32 bytes.
        tag.as_ref().first_chunk().copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn nonces(secret: u8, at: i64) -> Nonces {
        Nonces::new(&AppSecret::of(&[secret; 32]), Clock::manual(at))
    }

    fn told(nonces: &Nonces) -> String {
        nonces.current().to_str().expect("text").to_owned()
    }

    // R28
    #[test]
    fn a_nonce_is_good_for_two_intervals_on_every_machine_with_the_secret() {
        let ours = nonces(7, 1_000 * INTERVAL);
        let nonce = told(&ours);
        assert_eq!(nonce.len(), 22);
        assert!(nonces(7, 1_000 * INTERVAL).accept(&nonce), "another machine");
        assert!(nonces(7, 1_000 * INTERVAL - 1).accept(&nonce), "whose clock is a second late");
        assert!(!nonces(8, 1_000 * INTERVAL).accept(&nonce), "another secret");
        for (passed, accepted) in
            [(INTERVAL - 1, true), (1, true), (INTERVAL - 1, true), (1, false)]
        {
            ours.clock.advance(Duration::from_secs(passed.unsigned_abs()));
            assert_eq!(ours.accept(&nonce), accepted, "{}", ours.clock.unix_seconds());
        }
        assert_ne!(told(&ours), nonce);
    }

    #[test]
    fn what_was_never_given_is_none() {
        let ours = nonces(7, 0);
        let nonce = told(&ours);
        let longer = format!("{nonce}A");
        for wrong in
            ["", "A", &nonce[1..], &longer, &nonce.to_lowercase(), "AAAAAAAAAAAAAAAAAAAAAA"]
        {
            assert!(!ours.accept(wrong), "{wrong}");
        }
    }
}
