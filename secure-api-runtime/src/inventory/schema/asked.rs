//! Questions on the form of a value: what it holds, through lists, maps, rules and null.

use super::Schema;

impl Schema {
    /// Returns true if it is a text that is never shown, or holds such a text, through lists, maps and null.
    pub fn is_secret(&self) -> bool {
        match self {
            Self::Text { format, .. } => format.as_deref() == Some("password"),
            Self::List { item: schema, .. }
            | Self::Map { value: schema, .. }
            | Self::Ruled(schema, _)
            | Self::Nullable(schema) => schema.is_secret(),
            Self::Boolean
            | Self::Integer { .. }
            | Self::Number { .. }
            | Self::Choice(_)
            | Self::Exactly(_)
            | Self::Free { .. }
            | Self::Named(_)
            | Self::File { .. } => false,
        }
    }

    /// Returns the schema of the items of a list and the most of them, through rules and null.
    #[cfg(feature = "testing")]
    pub(crate) fn list(&self) -> Option<(&Self, u64)> {
        match self {
            Self::List { item, max_items, .. } => Some((item, *max_items)),
            Self::Ruled(schema, _) | Self::Nullable(schema) => schema.list(),
            _ => None,
        }
    }

    /// Returns the id of the named schema in it, through lists, maps and null.
    pub fn named(&self) -> Option<&str> {
        match self {
            Self::Named(id) => Some(id),
            Self::List { item: schema, .. }
            | Self::Map { value: schema, .. }
            | Self::Ruled(schema, _)
            | Self::Nullable(schema) => schema.named(),
            Self::Boolean
            | Self::Integer { .. }
            | Self::Number { .. }
            | Self::Text { .. }
            | Self::Choice(_)
            | Self::Exactly(_)
            | Self::Free { .. }
            | Self::File { .. } => None,
        }
    }
}
