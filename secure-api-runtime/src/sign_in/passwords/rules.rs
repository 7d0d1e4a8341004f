//! The rules for new passwords: their length, and a list of those that everybody knows. Nothing about letters, digits and signs,
//! which make passwords harder to remember and not harder to guess (NIST SP 800-63B, section 3.1.1.2).

use std::sync::Arc;

/// The fewest characters where the password is all that is asked for (NIST SP 800-63B-4, section 3.1.1.2).
const SHORTEST: usize = 15;
/// The fewest characters that an app may ask for, beside a second factor (the same; ASVS 6.2.1).
pub(in crate::sign_in) const SHORTEST_EVER: usize = 8;
/// The most characters: twice the 64 that NIST asks to admit, for phrases; a bound, since each is hashed.
const LONGEST: usize = 128;

/// A list of passwords that everybody knows, asked by a function.
type Blocklist = Arc<dyn Fn(&str) -> bool + Send + Sync>;

/// The rules for new passwords.
#[derive(Clone)]
pub(in crate::sign_in) struct Rules {
    pub(in crate::sign_in) shortest: usize,
    pub(in crate::sign_in) blocklist: Option<Blocklist>,
}

impl Default for Rules {
    fn default() -> Self {
        Self { shortest: SHORTEST, blocklist: None }
    }
}

impl Rules {
    /// Checks a new password. The rule that it breaks is a constant, which repeats nothing of it.
    pub(super) fn check(&self, password: &str) -> Result<(), &'static str> {
        let length = password.chars().count();
        if length < self.shortest.max(SHORTEST_EVER) {
            return Err("the password is too short");
        }
        if length > LONGEST {
            return Err("the password is too long");
        }
        if self.blocklist.as_ref().is_some_and(|is_known| is_known(password)) {
            return Err("the password is one that everybody knows");
        }
        Ok(())
    }

    /// Returns `true` for what was ever accepted as a password, also by other rules than today's.
    pub(super) fn can_be(&self, password: &str) -> bool {
        (1..=LONGEST).contains(&password.chars().count())
    }
}
