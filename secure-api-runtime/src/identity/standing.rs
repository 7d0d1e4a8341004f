//! The standing of callers: if the account behind credentials is still there, and which roles it still has.
//!
//! The app's hook is asked by a task of its own, once for a caller who sends several requests at once, and its answer is
//! remembered for seconds.

mod memory;
mod settings;

use std::sync::Arc;

use self::memory::Known;
pub(crate) use self::memory::Register;
pub use self::settings::{AccountStatus, Holder, Standing};
use super::{Identity, Refusal, Refused};
use crate::role::RoleTable;

impl Register {
    /// Returns an identity with the roles that its account still has.
    ///
    /// `revoked` is the time before which credentials of the subject were revoked: what was remembered before counts no longer.
    ///
    /// # Errors
    ///
    /// [`Refused::Invalid`] if the account is gone, [`Refused::Unavailable`] if nobody can tell.
    pub(super) async fn check(
        self: &Arc<Self>,
        identity: Arc<Identity>,
        revoked: Option<i64>,
    ) -> Result<Arc<Identity>, Refused> {
        let held = match self.known(&identity, revoked).await? {
            Known::Gone => return Err(Refused::invalid(Refusal::Gone)),
            Known::Unchanged => return Ok(identity),
            Known::Roles(held) => held,
        };
        // By the one rule of the hierarchy, whoever has a role has those that it includes.
        let said = included(self.roles, identity.roles());
        let left = said & included(self.roles, held);
        Ok(if left == said { identity } else { Arc::new(identity.with_roles(left)) })
    }
}

/// Returns roles with those that they include.
fn included(table: &RoleTable, roles: u128) -> u128 {
    let held = table.roles.iter().enumerate().filter(|(index, _)| roles & (1 << index) != 0);
    held.fold(0, |all, (_, role)| all | role.includes)
}
