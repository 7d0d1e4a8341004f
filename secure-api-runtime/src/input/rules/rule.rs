//! The rules of a field, by the names of their keys.

/// One rule, by the name of its key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// `text`
    Text,
    /// `email`
    Email,
    /// `min_len`
    MinLen,
    /// `max_len`
    MaxLen,
    /// `pattern`
    Pattern,
    /// `range`
    Range,
    /// `contains`
    Contains,
    /// `excludes`
    Excludes,
    /// `multiple_of`
    MultipleOf,
    /// `one_of`
    OneOf,
    /// `one_of`, of true and false
    Only,
    /// `unique`
    Unique,
    /// `max_bytes`
    MaxBytes,
    /// `kinds`
    Kinds,
    /// `items`
    Items,
    /// `each`
    Each,
    /// `keys`
    Keys,
    /// `separated`
    Separated,
    /// `json`
    Json,
    /// `depth`
    Depth,
}

impl Rule {
    pub(in crate::input) const fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Email => "email",
            Self::MinLen => "min_len",
            Self::MaxLen => "max_len",
            Self::Pattern => "pattern",
            Self::Range => "range",
            Self::Contains => "contains",
            Self::Excludes => "excludes",
            Self::MultipleOf => "multiple_of",
            Self::OneOf | Self::Only => "one_of",
            Self::Unique => "unique",
            Self::MaxBytes => "max_bytes",
            Self::Kinds => "kinds",
            Self::Items => "items",
            Self::Each => "each",
            Self::Keys => "keys",
            Self::Separated => "separated",
            Self::Json => "json",
            Self::Depth => "depth",
        }
    }
}
