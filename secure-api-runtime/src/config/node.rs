//! A value of a configuration as it was written, with its place.

use std::{fmt, sync::Arc};

/// The longest name that is repeated.
const LONGEST: usize = 80;

/// A value with its place. It has no `Debug`: any may be a secret that stands in the wrong place.
#[derive(Clone)]
pub(super) struct Node {
    pub(super) raw: Raw,
    pub(super) place: Place,
}

/// A value as it was written.
#[derive(Clone)]
pub(super) enum Raw {
    Text(String),
    /// The digits and their base.
    Integer(String, u32),
    Float(String),
    Flag(bool),
    /// A day or a time, which no setting is.
    Date(String),
    List(Vec<Node>),
    Table(Vec<Member>),
    /// The text of a variable, which says nothing of its kind.
    Variable(String),
}

/// A key of a table, with its value.
#[derive(Clone)]
pub(super) struct Member {
    pub(super) name: String,
    pub(super) node: Node,
}

/// The place of a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Place {
    File { file: Arc<str>, line: usize, column: usize },
    Variable(String),
}

/// The origin of a setting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Origin {
    Default,
    Program,
    Stated(Place),
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File { file, line, column } => write!(f, "{file}:{line}:{column}"),
            Self::Variable(name) => f.write_str(&shown_name(name)),
        }
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => f.write_str("default"),
            Self::Program => f.write_str("program"),
            Self::Stated(Place::File { file, line, .. }) => write!(f, "{file}:{line}"),
            Self::Stated(place) => place.fmt(f),
        }
    }
}

/// Returns a name as a message shows it: what a terminal would obey is escaped, and what is longer than names are is cut.
pub(super) fn shown_name(name: &str) -> String {
    let shown: String = name.chars().take(LONGEST).flat_map(char::escape_debug).collect();
    if name.chars().nth(LONGEST).is_some() { format!("{shown}…") } else { shown }
}
