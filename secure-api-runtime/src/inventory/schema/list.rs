//! Lists among the JSON forms of values, and how a query or a form has what is more than one text.

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

    /// Returns `true` for a list or a map that may have no items.
    pub(crate) fn may_be_empty(&self) -> bool {
        match self {
            Self::List { min_items: fewest, .. } | Self::Map { min_properties: fewest, .. } => {
                *fewest == 0
            }
            Self::Ruled(schema, _) | Self::Nullable(schema) => schema.may_be_empty(),
            _ => false,
        }
    }

    /// Returns `true` where a query or a form has the value as JSON.
    pub(crate) fn is_json(&self) -> bool {
        match self {
            Self::Ruled(schema, rules) => rules.json || schema.is_json(),
            Self::Nullable(schema) => schema.is_json(),
            _ => false,
        }
    }

    /// Returns `true` for a map of values, whose names a query or a form has in brackets.
    pub(crate) fn is_map(&self) -> bool {
        match self {
            Self::Map { .. } => true,
            Self::Ruled(schema, rules) => !rules.json && schema.is_map(),
            Self::Nullable(schema) => schema.is_map(),
            _ => false,
        }
    }

    /// Returns the id of an input whose fields a query or a form names, as `filter[status]`.
    pub(crate) fn nested(&self) -> Option<&str> {
        match self {
            Self::Named(id) => Some(id),
            Self::Ruled(schema, rules) if !rules.json => schema.nested(),
            Self::Nullable(schema) => schema.nested(),
            _ => None,
        }
    }
}
