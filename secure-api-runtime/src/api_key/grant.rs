//! The grant of a new key: no more than its maker has.

use std::time::Duration;

use super::{ApiKeyError, ApiKeyRecord};
use crate::{identity::Caller, role::Roles};

/// The lifetime of a key that states none: 90 days, so that one which was forgotten ends, and whoever uses one changes it
/// before nobody remembers how.
const LIFETIME: Duration = Duration::from_secs(90 * 24 * 60 * 60);

/// The longest name of a key, in characters.
const LONGEST_NAME: usize = 80;

/// The grant of a new API key: what it may do. It speaks for the caller who makes it, with roles and scopes that the caller has.
///
/// Without roles a key opens only what is public. The enum of roles is `Copy`, by `#[derive(Role, Clone, Copy)]`: a grant asks its
/// caller for each role and keeps it.
#[derive(Debug)]
pub struct Grant<'c, R> {
    pub(super) caller: &'c Caller<R>,
    pub(super) name: String,
    pub(super) roles: Vec<R>,
    pub(super) scopes: Vec<String>,
    pub(super) lifetime: Duration,
}

impl<'c, R: Roles + Copy> Grant<'c, R> {
    /// Creates the grant of a key that speaks for this caller, by a name for its owner to know it by: 1 to 80 characters
    /// without control characters.
    pub fn new(caller: &'c Caller<R>, name: impl Into<String>) -> Self {
        let (roles, scopes) = (Vec::new(), Vec::new());
        Self { caller, name: name.into(), roles, scopes, lifetime: LIFETIME }
    }

    /// Sets the roles, each of which the caller has.
    #[must_use]
    pub fn roles(mut self, roles: impl IntoIterator<Item = R>) -> Self {
        self.roles = roles.into_iter().collect();
        self
    }

    /// Sets the OAuth scopes, each of which the caller's own credentials have.
    #[must_use]
    pub fn scopes<N: Into<String>>(mut self, scopes: impl IntoIterator<Item = N>) -> Self {
        self.scopes = scopes.into_iter().map(Into::into).collect();
        self
    }

    /// Sets the lifetime, by default 90 days.
    #[must_use]
    pub fn lifetime(mut self, lifetime: Duration) -> Self {
        self.lifetime = lifetime;
        self
    }

    /// Checks that the caller has what the key is granted, and that its name can stand in a list.
    pub(super) fn check(&self) -> Result<(), ApiKeyError> {
        let length = self.name.chars().count();
        if !(1..=LONGEST_NAME).contains(&length) || self.name.chars().any(char::is_control) {
            return Err(ApiKeyError::Name);
        }
        let held = self.roles.iter().all(|role| self.caller.has(*role))
            && self.scopes.iter().all(|scope| self.caller.has_scope(scope));
        if held { Ok(()) } else { Err(ApiKeyError::NotHeld) }
    }

    /// Returns the names of the roles.
    pub(super) fn role_names(&self) -> Vec<String> {
        self.roles.iter().map(|role| R::TABLE.roles[role.index()].name.to_owned()).collect()
    }
}

/// Returns `true` if a caller has what a key has. A role that the API does not know nobody has.
pub(super) fn holds<R: Roles>(caller: &Caller<R>, key: &ApiKeyRecord) -> bool {
    let bits = caller.identity().roles();
    let held = |name: &String| {
        R::TABLE.roles.iter().any(|role| role.name == *name && role.holders & bits != 0)
    };
    key.roles.iter().all(held) && key.scopes.iter().all(|scope| caller.has_scope(scope))
}
