//! The values that a test gives, since no rule tells them.

use std::collections::BTreeMap;

use serde_json::Value;

use super::minted::Maker;
use crate::{
    identity::Principal,
    inventory::{ApiModel, ArgumentModel},
};

/// The values that were given.
#[derive(Default)]
pub(super) struct Given {
    /// The bodies that operations accept, by their names.
    pub(super) bodies: BTreeMap<String, Value>,
    /// The objects that are there: type, owner's subject, key.
    pub(super) objects: Vec<(String, String, String)>,
    /// The values of path parameters.
    pub(super) parameters: BTreeMap<String, String>,
    /// The objects that are everybody's, each with the reason.
    pub(super) shared: BTreeMap<String, String>,
    /// The credentials that are not made up: kind, principal, text.
    pub(super) holders: Vec<(String, Principal, String)>,
    /// The makers of credentials of the app's own kinds, by the names of these.
    pub(super) makers: BTreeMap<String, Maker>,
    /// The operations that are left out, each with the reason.
    pub(super) skipped: BTreeMap<String, String>,
}

impl Given {
    /// Returns the key of an object of this owner.
    pub(super) fn key(&self, object: &str, owner: &str) -> Option<&str> {
        let found =
            self.objects.iter().find(|(name, subject, _)| name == object && subject == owner);
        found.map(|(_, _, key)| &**key)
    }

    /// Leaves the operations out that take what another service signs: nothing that is made up here is signed.
    pub(super) fn leave_out_signed(&mut self, model: &ApiModel) {
        let signed = |argument: &ArgumentModel| matches!(argument, ArgumentModel::Webhook(_));
        for operation in &model.operations {
            if operation.arguments.iter().any(signed) {
                let reason = || "it takes what another service signs".to_owned();
                self.skipped.entry(operation.name.clone()).or_insert_with(reason);
            }
        }
    }

    /// Returns the owners of objects of this type that were given, in their order.
    pub(super) fn owners<'g>(&'g self, object: &'g str) -> impl Iterator<Item = &'g str> {
        self.objects.iter().filter(move |(name, _, _)| name == object).map(|(_, owner, _)| &**owner)
    }
}
