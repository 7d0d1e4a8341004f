//! Credentials of an app's own kinds, made for whoever is made up by what the test gave.

use super::{draft::Persona, wallet::LIFETIME, world::World};
use crate::{identity::Principal, inventory::CredentialModel, testing::request::Request};

/// What makes credentials of a kind: for a subject, and the principal that they are to speak for.
pub(super) type Maker = Box<dyn Fn(&str, Principal) -> String>;

/// Adds credentials of a kind that stands in a header.
pub(super) fn presented(request: Request, kind: &CredentialModel, text: &str) -> Request {
    match &kind.header {
        Some(header) => request.header(header, text),
        None => request.header("authorization", format!("{} {text}", kind.name)),
    }
}

impl World {
    /// Returns `true` if credentials of this kind are made by what the test gave.
    pub(super) fn mints(&self, kind: &CredentialModel) -> bool {
        self.given.makers.contains_key(&kind.name)
    }

    /// Returns the credentials of this kind of a persona, where they are made.
    pub(super) fn minted(&self, kind: &CredentialModel, persona: &Persona) -> Option<String> {
        let make = self.given.makers.get(&kind.name)?;
        let ends = self.client.clock().unix_seconds() + LIFETIME;
        Some(make(&persona.subject, self.principal(persona, ends)))
    }
}
