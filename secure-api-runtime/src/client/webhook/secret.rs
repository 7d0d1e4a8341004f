//! The secrets of webhooks, and the signatures that are made with them.

use std::{fmt, ops::RangeInclusive, str::FromStr};

use aws_lc_rs::hmac;
use base64::{Engine, engine::general_purpose::STANDARD};
use secrecy::{ExposeSecret, SecretSlice};

use crate::input::InvalidValue;

/// The bytes that a secret may have, and those of a new one.
const BYTES: RangeInclusive<usize> = 24..=64;
const NEW: usize = 32;
const PREFIX: &str = "whsec_";

/// The secret of one receiver of webhooks, as a text `whsec_…`. The app makes it, shows it to the receiver once, and keeps it; each
/// receiver has its own.
///
/// ```
/// use secure_api::client::WebhookSecret;
///
/// let secret = WebhookSecret::generate();
/// let kept = secret.reveal();
/// assert!(kept.starts_with("whsec_") && kept.parse::<WebhookSecret>().is_ok());
/// assert_eq!(format!("{secret:?}"), "WebhookSecret(…)");
/// ```
#[derive(Clone)]
pub struct WebhookSecret(SecretSlice<u8>);

impl WebhookSecret {
    /// Makes a secret of 32 random bytes.
    ///
    /// # Panics
    ///
    /// If the system gives no randomness: a secret that can be guessed is none.
    pub fn generate() -> Self {
        let mut bytes = vec![0; NEW];
        aws_lc_rs::rand::fill(&mut bytes).expect("the system gives random bytes");
        Self(bytes.into())
    }

    /// Returns the text, for its receiver and for the place where it is kept.
    pub fn reveal(&self) -> String {
        format!("{PREFIX}{}", STANDARD.encode(self.0.expose_secret()))
    }

    /// Returns the signature of a message, as the header has it.
    pub(super) fn sign(&self, id: &str, timestamp: i64, content: &[u8]) -> String {
        let signature = hmac::sign(&self.key(), &signed(id, timestamp, content));
        format!("v1,{}", STANDARD.encode(signature))
    }

    pub(super) fn key(&self) -> hmac::Key {
        hmac::Key::new(hmac::HMAC_SHA256, self.0.expose_secret())
    }
}

/// The rule that a text breaks which is no secret of webhooks.
pub(super) const RULE: InvalidValue =
    InvalidValue::new("webhook_secret", "`whsec_` and 24 to 64 bytes in base64 are expected");

impl FromStr for WebhookSecret {
    type Err = InvalidValue;

    fn from_str(text: &str) -> Result<Self, InvalidValue> {
        let encoded = text.strip_prefix(PREFIX).ok_or(RULE)?;
        let bytes = STANDARD.decode(encoded).map_err(|_| RULE)?;
        BYTES.contains(&bytes.len()).then(|| Self(bytes.into())).ok_or(RULE)
    }
}

impl fmt::Debug for WebhookSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("WebhookSecret(…)")
    }
}

/// Returns what is signed of a message.
pub(super) fn signed(id: &str, timestamp: i64, content: &[u8]) -> Vec<u8> {
    [format!("{id}.{timestamp}.").as_bytes(), content].concat()
}

/// Returns `true` for an id that ends where it seems to: without the point that stands behind it in what is signed.
pub(super) fn is_id(id: &str) -> bool {
    (1..=128).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'.')
}
