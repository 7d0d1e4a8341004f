//! The actions that an object's rule is asked about.

use crate::verb::Verb;

/// An action on an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Action {
    /// Look at it.
    Read,
    /// Make it.
    Create,
    /// Change it, or act on it.
    Update,
    /// Remove it.
    Delete,
}

impl Action {
    /// Returns the action of a verb on the object that its whole path names, which ends with the object's parameter.
    /// POST acts on an object that exists, so it updates.
    pub const fn of(verb: Verb) -> Self {
        match verb {
            Verb::Get | Verb::Query => Self::Read,
            Verb::Post | Verb::Put | Verb::Patch => Self::Update,
            Verb::Delete => Self::Delete,
        }
    }

    /// Returns its name in lower case: `read`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Create => "create",
            Self::Update => "update",
            Self::Delete => "delete",
        }
    }

    /// Returns the action of a verb on an object that is only on the way: `cart` in `/carts/{cart}/items` and in
    /// `/carts/{cart}/items/{item}`. What changes something below it updates it: an item is added to a cart, changed in
    /// it or removed from it by whoever may update the cart.
    pub const fn above(verb: Verb) -> Self {
        if verb.is_safe() { Self::Read } else { Self::Update }
    }
}
