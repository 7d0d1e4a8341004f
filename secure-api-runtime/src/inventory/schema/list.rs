//! Lists among the JSON forms of values.

use super::Schema;

impl Schema {
    /// Returns `true` for a list.
    pub(crate) fn is_list(&self) -> bool {
        match self {
            Self::List { .. } => true,
            Self::Ruled(schema, _) | Self::Nullable(schema) => schema.is_list(),
            _ => false,
        }
    }

    /// Returns the text between the items of a list, where a query or a form has all of them in one text.
    pub(crate) fn separated(&self) -> Option<&str> {
        match self {
            Self::Ruled(schema, rules) => rules.separated.as_deref().or_else(|| schema.separated()),
            Self::Nullable(schema) => schema.separated(),
            _ => None,
        }
    }

    /// Returns `true` for a list that may have no items.
    pub(crate) fn may_be_empty(&self) -> bool {
        match self {
            Self::List { min_items, .. } => *min_items == 0,
            Self::Ruled(schema, _) | Self::Nullable(schema) => schema.may_be_empty(),
            _ => false,
        }
    }
}
