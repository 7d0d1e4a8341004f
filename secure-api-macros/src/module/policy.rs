//! The module as proved. Only the check makes one, and only this becomes code.

use syn::LitStr;

use super::{Around, scan::Module};
use crate::concern::{defaults::Defaults, list::Listed, path::RoutePath};

/// A module whose routes can all be collected.
pub(super) struct ModulePolicy {
    pub(super) module: Module,
    /// Its own, below that of the module around it.
    pub(super) prefix: Option<RoutePath>,
    /// The reason why its paths are as written.
    pub(super) excuse: Option<LitStr>,
    pub(super) defaults: Defaults,
    /// Named by `routes(…)`, from where the module stands.
    pub(super) listed: Vec<Listed>,
    /// Found in it.
    pub(super) found: Vec<Listed>,
    pub(super) around: Option<Around>,
    /// The names of its attributes are not imported, which was reported.
    pub(super) is_unimported: bool,
}
