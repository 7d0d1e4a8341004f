//! The proved facts of an object. Only the check makes one, and only this becomes code.

use syn::{Expr, Ident, ItemImpl, Type};

use super::spec::Field;

/// A block of which it is known what it lacks.
pub(super) struct ObjectPolicy {
    pub(super) block: ItemImpl,
    /// Associated types that the block does not have; `None` of one that nobody said, which was reported.
    pub(super) types: Vec<(&'static str, Option<Type>)>,
    pub(super) owner: Option<Field>,
    pub(super) tenant: Option<Field>,
    /// The rule, where the block has none.
    pub(super) rule: Option<Rule>,
    /// The rows that a caller may list, where the block does not say it.
    pub(super) listing: Option<Listing>,
    /// The block has no `load` that can be compiled, which was reported.
    pub(super) no_load: bool,
}

impl ObjectPolicy {
    /// Returns `true` if a type is missing, so that no function that names it can be compiled.
    pub(super) fn is_broken(&self) -> bool {
        self.types.iter().any(|(_, given)| given.is_none())
    }
}

/// The owner may do everything, and these roles what is named.
pub(super) struct Rule {
    pub(super) grants: Vec<(Ident, Vec<Expr>)>,
}

/// The rows that a caller may list, as it follows from the rule.
pub(super) enum Listing {
    /// The caller's own.
    Own,
    /// Everything for those who may read everything, the caller's own for others.
    OwnUnless(Vec<Expr>),
    /// Nothing is filtered: a role reads all of it or nothing.
    Unfiltered,
    /// The case in which it does not follow, which was reported. Its type may be there.
    Unknown { typed: bool },
}
