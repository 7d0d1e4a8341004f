//! The module as written: the keys of `#[routes]` and the module's items, nothing proved.

use proc_macro2::TokenStream;

use super::{Around, KEY, scan::Module};
use crate::{
    concern::{
        defaults::Defaults,
        list::{self, Listed},
    },
    diag::Diagnostics,
    key::{self, Key},
    keys,
};

/// One module as written.
pub(super) struct ModuleSpec {
    pub(super) module: Module,
    pub(super) prefix: Option<Key>,
    pub(super) defaults: Defaults,
    pub(super) listed: Vec<Listed>,
    pub(super) allow: Option<Key>,
    /// The keys of the enclosing `#[routes]`.
    pub(super) around: Option<Around>,
}

impl ModuleSpec {
    pub(super) fn read(attribute: TokenStream, module: Module, diag: &mut Diagnostics) -> Self {
        let keys = key::keys_of(attribute, diag);
        let (around, keys): (Vec<_>, Vec<_>) = keys.into_iter().partition(|key| key.is(KEY));
        let keys = key::known_once(keys, keys::ROUTES, diag);
        let find = |name: &str| keys.iter().find(|key| key.is(name));
        Self {
            module,
            prefix: find("prefix").cloned(),
            defaults: Defaults::parse(&keys, diag),
            listed: find("routes").map(|key| list::parse(key, diag)).unwrap_or_default(),
            allow: find("allow").cloned(),
            around: around.first().map(Around::read),
        }
    }
}
