//! One-time codes: to sign in by, to reset a password, to prove an address. One at a time for each purpose and account.

mod code;

#[cfg(test)]
mod tests;

use std::{fmt, sync::Arc};

use aws_lc_rs::constant_time::verify_slices_are_equal;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};

use self::code::Form;
pub use self::code::OneTimeCode;
use super::SignInError;
use crate::{
    behavior::Tried,
    clock::Clock,
    fingerprint::fingerprint,
    input::Secret,
    ledger::{AppLedger, Kept, LedgerError, Name, Record},
};

/// The tries that fail for one account and purpose within a day before no code is right any more: NIST SP 800-63B, section
/// 3.2.2, has a hundred at most. A stranger can reach them only by codes that the owner is sent, and notices.
const MOST_FAILED: u32 = 100;
/// The seconds for which failed tries are counted.
const DAY: i64 = 24 * 3600;
/// The times that a change is tried again, where somebody was faster.
const AGAIN: usize = 16;
/// The version that no record ever has, and each database can write: one that refused it would tell which accounts are there.
const NO_VERSION: u64 = i64::MAX as u64;

/// The one-time codes of an app: makes and redeems them. A handler takes it as an argument, where the app has
/// [`sign_in`](crate::app::AppBuilder::sign_in). Clones are the same.
///
/// A code is random, good for its [`OneTimeCode`]'s lifetime, for so many tries and for one use; of two uses at once one is right. A
/// keyed hash of it is kept, bound to purpose and account.
///
/// ```
/// use secure_api::{prelude::*, sign_in::{Codes, OneTimeCode, SignInError}};
///
/// const RESET: OneTimeCode = OneTimeCode::link("password-reset").lifetime(Duration::from_secs(1800));
///
/// async fn is_right(codes: &Codes, account: &str, sent: &Secret<String>) -> Result<bool, SignInError> {
///     codes.redeem(&RESET, account, sent).await
/// }
/// ```
#[derive(Clone)]
pub struct Codes {
    inner: Arc<Inner>,
    /// The place for the account that a request is about.
    tried: Option<Tried>,
}

struct Inner {
    ledger: AppLedger,
    clock: Clock,
}

/// The content of the record of an account and a purpose.
#[derive(Serialize, Deserialize)]
struct Kind {
    /// The keyed hash of the code.
    hash: [u8; 16],
    sent_at: i64,
    expires_at: i64,
    /// The tries that are left; none once it was used.
    tries_left: u32,
    /// The tries that failed since `since`, of all codes.
    failed: u32,
    since: i64,
}

impl Codes {
    pub(super) fn new(ledger: AppLedger, clock: Clock) -> Self {
        Self { inner: Arc::new(Inner { ledger, clock }), tried: None }
    }

    /// Returns the same for one request, which notes there for whom it is.
    pub(crate) fn noting(self, tried: Option<Tried>) -> Self {
        Self { tried, ..self }
    }

    /// Makes a code for an account, in the place of the one before. `None` where that one was made a moment ago, or too many
    /// tries have failed that day. What the caller of the handler is told is the same in each case: that a message comes if
    /// there is such an account. Ask for accounts that are there alone: each that is asked for has a record for a day, and whoever
    /// makes names up would fill the ledger.
    ///
    /// # Errors
    ///
    /// [`SignInError::Unavailable`].
    pub async fn issue(
        &self,
        code: &OneTimeCode,
        account: &str,
    ) -> Result<Option<Secret<String>>, SignInError> {
        let name = self.name(code, account);
        for _ in 0..AGAIN {
            let now = self.inner.clock.unix_seconds();
            let kept = self.kept(name).await?;
            let (failed, since) = match &kept {
                Some((_, kind)) if now < kind.sent_at.saturating_add(seconds(code.pause)) => {
                    return Ok(None);
                }
                Some((_, kind)) if now < kind.since.saturating_add(DAY) => {
                    (kind.failed, kind.since)
                }
                _ => (0, now),
            };
            if failed >= MOST_FAILED {
                return Ok(None);
            }
            let text = random(code.form)?;
            let kind = Kind {
                hash: *self.hash(code, account, &text).as_bytes(),
                sent_at: now,
                expires_at: now.saturating_add(seconds(code.lifetime)),
                tries_left: code.tries,
                failed,
                since,
            };
            if self.put(name, kept.map(|(kept, _)| kept), &kind).await? {
                return Ok(Some(text));
            }
        }
        Err(SignInError::unavailable("a code was changed too often"))
    }

    /// Returns `true` if it is the right code for this purpose and account. That uses it up, and one that is wrong uses a try up.
    /// For an account that is not there it is `false`, by the same questions to the ledger: so ask for it too.
    ///
    /// # Errors
    ///
    /// [`SignInError::Unavailable`].
    pub async fn redeem(
        &self,
        code: &OneTimeCode,
        account: &str,
        sent: &Secret<String>,
    ) -> Result<bool, SignInError> {
        // Not where one is made, which is done for accounts alone that are there: whom a score refuses would know which are.
        if let Some(tried) = &self.tried {
            tried.note(fingerprint(&[account]).half());
        }
        let name = self.name(code, account);
        let hash = self.hash(code, account, sent);
        for _ in 0..AGAIN {
            let now = self.inner.clock.unix_seconds();
            let Some((kept, kind)) = self.kept(name).await? else {
                // Nothing has this version, so nothing is replaced.
                let nothing = Record { value: Vec::new(), until: now, group: None, holder: None };
                _ = self.inner.ledger.replace(name, NO_VERSION, nothing).await?;
                return Ok(false);
            };
            let counts = now < kind.expires_at && kind.tries_left > 0 && kind.failed < MOST_FAILED;
            let same = verify_slices_are_equal(&kind.hash, hash.as_bytes()).is_ok();
            let right = same && counts;
            let (tries_left, failed) = match (right, counts) {
                (true, _) => (0, 0),
                (false, true) => (kind.tries_left - 1, kind.failed + 1),
                (false, false) => (kind.tries_left, kind.failed),
            };
            // What was tried is noted before anybody is told if it was right; so two at once are not both right.
            if self.put(name, Some(kept), &Kind { tries_left, failed, ..kind }).await? {
                return Ok(right);
            }
        }
        Err(SignInError::unavailable("a code was changed too often"))
    }

    /// Returns what is kept of a code.
    async fn kept(&self, name: Name) -> Result<Option<(Kept, Kind)>, LedgerError> {
        let Some(kept) = self.inner.ledger.get(name).await? else { return Ok(None) };
        let kind = serde_json::from_slice(&kept.value);
        Ok(Some((kept, kind.map_err(|_| LedgerError::new("a code cannot be read"))?)))
    }

    /// Keeps a code where it is still as it was read. `false` if somebody was faster.
    async fn put(&self, name: Name, kept: Option<Kept>, kind: &Kind) -> Result<bool, LedgerError> {
        let value = serde_json::to_vec(kind);
        let value = value.map_err(|_| LedgerError::new("a code cannot be written"))?;
        let until = kind.expires_at.max(kind.since.saturating_add(DAY));
        let record = Record { value, until, group: None, holder: None };
        match kept {
            Some(kept) => self.inner.ledger.replace(name, kept.version, record).await,
            None => self.inner.ledger.insert(name, record).await,
        }
    }

    fn name(&self, code: &OneTimeCode, account: &str) -> Name {
        self.inner.ledger.name(&["code", code.purpose, account])
    }

    fn hash(&self, code: &OneTimeCode, account: &str, text: &Secret<String>) -> Name {
        self.inner.ledger.name(&["hash of a code", code.purpose, account, text.expose()])
    }
}

/// Makes a code of this form.
fn random(form: Form) -> Result<Secret<String>, LedgerError> {
    let mut bytes = [0; 32];
    aws_lc_rs::rand::fill(&mut bytes)
        .map_err(|_| LedgerError::new("the system gives no randomness"))?;
    Ok(Secret::new(match form {
        Form::Link => URL_SAFE_NO_PAD.encode(bytes),
        Form::Digits(digits) => {
            let [number, ..] = bytes.as_chunks::<16>().0 else { unreachable!("32 bytes are two") };
            // Of 128 bits, what the division favors is beyond measuring.
            let number = u128::from_le_bytes(*number) % 10_u128.pow(digits);
            format!("{number:0width$}", width = digits as usize)
        }
    }))
}

fn seconds(time: std::time::Duration) -> i64 {
    i64::try_from(time.as_secs()).unwrap_or(i64::MAX)
}

impl fmt::Debug for Codes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Codes")
    }
}
