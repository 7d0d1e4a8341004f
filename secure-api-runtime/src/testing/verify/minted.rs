//! Credentials of an app's own kinds, made for whoever is made up by what the test gave.

use super::{draft::Persona, world::World};
use crate::{
    identity::{CallerId, Principal},
    inventory::CredentialModel,
};

/// The maker of credentials of a kind: for a caller's id, and the principal that they are to speak for.
pub(super) type Maker = Box<dyn Fn(&CallerId, Principal) -> String>;

impl World {
    /// Returns `true` if credentials of this kind are made by what the test gave.
    pub(super) fn mints(&self, kind: &CredentialModel) -> bool {
        self.given.makers.contains_key(&kind.name)
    }

    /// Returns the credentials of this kind of a persona, where they are made, with no id that anybody would revoke them by.
    pub(super) fn minted(
        &self,
        kind: &CredentialModel,
        persona: &Persona,
        principal: &Principal,
    ) -> Option<(String, String)> {
        let make = self.given.makers.get(&kind.name)?;
        let id = CallerId::checked(&self.issuer(), persona.tenant.as_deref(), &persona.subject)?;
        Some((make(&id, principal.clone()), String::new()))
    }
}
