//! A family: all tokens of one sign-in. What the ledger keeps of one, and the text of its refresh tokens.

use std::fmt::Write as _;

use aws_lc_rs::constant_time::verify_slices_are_equal;
use serde::{Deserialize, Serialize};

use crate::{
    input::Secret,
    ledger::{AppLedger, LedgerError, Name},
};

/// The beginning of each refresh token, by which scanners for secrets know one.
const PREFIX: &str = "refresh_";
/// Digits of a family's id, of 128 bits. It is no secret: it stands in the `jti` of access tokens.
const ID: usize = 32;
/// Digits of the secret, of 256 bits.
const SECRET: usize = 64;
/// Digits of the tag, by which what was never issued here is refused without a look at the ledger.
const TAG: usize = 32;

/// The access tokens of a family that are known to live, at most. Of one that is renewed more often within their lifetime,
/// the oldest end.
pub(super) const MOST_LIVE: usize = 8;

/// The content of a family's record.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Family {
    pub(super) subject: String,
    pub(super) client: String,
    pub(super) tenant: Option<String>,
    pub(super) methods: Vec<String>,
    #[serde(default)]
    pub(super) class: Option<String>,
    /// The time of the sign-in, after all that was revoked of its subject.
    pub(super) since: i64,
    /// The time of its absolute end.
    pub(super) until: i64,
    /// The keyed hash of the one refresh token that counts.
    pub(super) token: [u8; 16],
    /// The ids of access tokens that may live, with their ends.
    pub(super) live: Vec<(String, i64)>,
    /// `true` once all its tokens have been ended.
    pub(super) ended: bool,
}

impl Family {
    pub(super) fn read(value: &[u8]) -> Result<Self, LedgerError> {
        serde_json::from_slice(value).map_err(|_| LedgerError::new("a sign-in cannot be read"))
    }

    pub(super) fn write(&self) -> Result<Vec<u8>, LedgerError> {
        serde_json::to_vec(self).map_err(|_| LedgerError::new("a sign-in cannot be written"))
    }

    /// Returns `true` if this is the refresh token that counts. It takes as long wherever the two differ.
    pub(super) fn has(&self, token: Name) -> bool {
        verify_slices_are_equal(&self.token, token.as_bytes()).is_ok()
    }
}

/// A refresh token.
pub(super) struct RefreshText {
    family: String,
    pub(super) whole: Secret<String>,
}

impl RefreshText {
    /// Makes a token of a family.
    pub(super) fn random(family: &str, ledger: &AppLedger) -> Result<Self, LedgerError> {
        let secret = Secret::new(random::<{ SECRET / 2 }>()?);
        let mut whole = format!("{PREFIX}{family}_{}", secret.expose());
        let tag = tag(&whole, ledger);
        whole.push_str(&tag);
        Ok(Self { family: family.to_owned(), whole: Secret::new(whole) })
    }

    /// Reads what was sent; nothing for what was never issued here.
    pub(super) fn read(sent: &Secret<String>, ledger: &AppLedger) -> Option<Self> {
        let sent = sent.expose();
        let (family, rest) = sent.strip_prefix(PREFIX)?.split_once('_')?;
        let digits =
            |text: &str| text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        if family.len() != ID || rest.len() != SECRET + TAG || !digits(family) || !digits(rest) {
            return None;
        }
        let (before, sum) = sent.split_at_checked(sent.len().checked_sub(TAG)?)?;
        verify_slices_are_equal(tag(before, ledger).as_bytes(), sum.as_bytes()).ok()?;
        Some(Self { family: family.to_owned(), whole: Secret::new(sent.clone()) })
    }

    pub(super) fn family(&self) -> &str {
        &self.family
    }

    /// Returns the keyed hash that is kept of it.
    pub(super) fn hash(&self, ledger: &AppLedger) -> Name {
        ledger.name(&["refresh token", self.whole.expose()])
    }
}

/// Makes the id of a family.
pub(super) fn random_id() -> Result<String, LedgerError> {
    random::<{ ID / 2 }>()
}

/// Makes the id of an access token: it begins with that of its family.
pub(super) fn token_id(family: &str) -> Result<String, LedgerError> {
    Ok(format!("{family}.{}", random::<16>()?))
}

/// Returns the family of an access token, by its id.
pub(super) fn family_of(token_id: &str) -> Option<&str> {
    let (family, _) = token_id.split_once('.')?;
    (family.len() == ID).then_some(family)
}

fn tag(before: &str, ledger: &AppLedger) -> String {
    hexadecimal(ledger.name(&["refresh tag", before]).as_bytes())
}

fn random<const BYTES: usize>() -> Result<String, LedgerError> {
    let mut bytes = [0; BYTES];
    aws_lc_rs::rand::fill(&mut bytes)
        .map_err(|_| LedgerError::new("the system gives no randomness"))?;
    Ok(hexadecimal(&bytes))
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut text, byte| {
        // Writing to a text does not fail.
        _ = write!(text, "{byte:02x}");
        text
    })
}
