//! Passwords: hashed by Argon2id in a pool that a flood of sign-ins cannot grow.

mod pool;
mod rules;

#[cfg(test)]
mod tests;

use std::{fmt, sync::Arc};

use argon2::{
    Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version,
    password_hash::phc::PasswordHash,
};
use unicode_normalization::UnicodeNormalization;

use self::pool::Pool;
pub(super) use self::rules::Rules;
use super::SignInError;
use crate::input::Secret;

/// The memory of a hash, in KiB, its passes and its lanes: what OWASP's Password Storage Cheat Sheet recommends where 19 MiB can
/// be had. What somebody with a stolen table can try in a second is bounded by the memory of their machine.
const MEMORY: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;

/// The hash of nobody's password, of the same cost as all others. Nobody is let in by it, whatever it is the hash of.
const NOBODYS: &str = "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5J3Mgc2FsdCEhIQ\
                       $c2VjdXJlLWFwaSBrbm93cyBub2JvZHkgb2YgdGhpcyA";

/// The passwords of an app's accounts: hashes and verifies them. A handler takes it as an argument, where the app has
/// [`sign_in`](crate::app::AppBuilder::sign_in). Clones are the same.
///
/// A hash takes 19 MiB and a thread for some tens of milliseconds, so they are made off the async threads, as many at once as half
/// the machine's cores, two at least. Some more wait; whoever comes then is answered by 503, to be tried again: nobody's flood of
/// sign-ins takes the memory, nor the threads that answer others.
///
/// The app keeps the hash, a text in the PHC format: `$argon2id$v=19$m=19456,t=2,p=1$…`.
///
/// ```
/// use secure_api::{prelude::*, sign_in::{Passwords, SignInError}};
///
/// /// Returns `true` if it is the password of the account, where there is an account.
/// async fn is_right(passwords: &Passwords, sent: &Secret<String>, kept: Option<&str>) -> Result<bool, SignInError> {
///     passwords.verify(sent, kept).await
/// }
/// ```
#[derive(Clone)]
pub struct Passwords(Arc<Inner>);

struct Inner {
    pool: Pool,
    rules: Rules,
}

impl Passwords {
    pub(super) fn new(rules: Rules) -> Self {
        Self(Arc::new(Inner { pool: Pool::of_machine(), rules }))
    }

    /// Hashes a new password, with a salt of its own.
    ///
    /// # Errors
    ///
    /// [`SignInError::Password`] where it is too short, too long, or on the app's list of those that everybody knows;
    /// [`SignInError::Busy`] and [`SignInError::Unavailable`].
    pub async fn hash(&self, password: &Secret<String>) -> Result<String, SignInError> {
        let password = self.0.rules.admit(password)?;
        let made = self.0.pool.run(move || hash(&password));
        made.await?.map_err(SignInError::unavailable)
    }

    /// Returns `true` if it is the password of this hash. Where there is no account there is no hash, `None`: then that of
    /// nobody is compared, which takes as long, and the answer is `false`. So ask also for accounts that are not there.
    ///
    /// # Errors
    ///
    /// [`SignInError::Busy`] and [`SignInError::Unavailable`], the latter also where the text is no hash.
    pub async fn verify(
        &self,
        password: &Secret<String>,
        hash: Option<&str>,
    ) -> Result<bool, SignInError> {
        let (password, known) = (normal(password), hash.is_some());
        // One that is too long to be anybody's costs no more than others.
        let possible = self.0.rules.can_be(password.expose());
        let hash = hash.unwrap_or(NOBODYS).to_owned();
        let verified = self.0.pool.run(move || {
            let hash = PasswordHash::new(&hash).map_err(told)?;
            let password = if possible { password.expose().as_bytes() } else { &[] };
            Ok::<_, String>(hasher()?.verify_password(password, &hash).is_ok())
        });
        let right = verified.await?.map_err(SignInError::unavailable)?;
        Ok(right && known && possible)
    }

    /// Returns `true` if a hash was made with other parameters than today's. Make a new one when its owner signs in, which is
    /// the only time that the password is there.
    pub fn needs_rehash(&self, hash: &str) -> bool {
        let Ok(hash) = PasswordHash::new(hash) else { return true };
        let same = |name: &str, value: u32| hash.params.get_decimal(name) == Some(value);
        hash.algorithm.as_str() != "argon2id"
            || hash.version != Some(u32::from(Version::V0x13))
            || !(same("m", MEMORY) && same("t", PASSES) && same("p", LANES))
    }
}

impl Rules {
    /// Hashes a new password on this thread.
    pub(super) fn hash(&self, password: &Secret<String>) -> Result<String, SignInError> {
        hash(&self.admit(password)?).map_err(SignInError::unavailable)
    }

    /// Returns a new password in the form that it is hashed in, if it may be one.
    fn admit(&self, password: &Secret<String>) -> Result<Secret<String>, SignInError> {
        let password = normal(password);
        self.check(password.expose()).map_err(SignInError::Password)?;
        Ok(password)
    }
}

fn hash(password: &Secret<String>) -> Result<String, String> {
    let hash = hasher()?.hash_password(password.expose().as_bytes()).map_err(told)?;
    Ok(hash.to_string())
}

/// Returns a password in the form that it is hashed in: one password that was typed on two keyboards is one text (NIST SP
/// 800-63B, section 3.1.1.2).
fn normal(password: &Secret<String>) -> Secret<String> {
    Secret::new(password.expose().nfc().collect())
}

fn hasher() -> Result<Argon2<'static>, String> {
    let params = Params::new(MEMORY, PASSES, LANES, None).map_err(told)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

fn told(error: impl fmt::Display) -> String {
    format!("a password's hash: {error}")
}

impl fmt::Debug for Passwords {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Passwords")
    }
}
