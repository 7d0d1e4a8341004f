//! The inventory for people: tables of text.

mod columns;
mod head;
mod matrix;
mod notes;
mod routes;
mod settable;
mod tried;

pub(super) use columns::{Columns, numbers, plain, span};
pub(crate) use matrix::cells;
pub use matrix::matrix;
pub(crate) use routes::Facts;
pub use routes::routes;

use jiff::Timestamp;

use self::columns::table;
use super::Operation;

/// Returns `/v1/orders`, or `/[v1..v3]/orders`.
fn path(operation: &Operation) -> String {
    let range = match &operation.versions[..] {
        [] => "[none]".to_owned(),
        [one] => one.clone(),
        [first, .., last] => format!("[{first}..{last}]"),
    };
    format!("/{range}{}", operation.path)
}

/// Returns a time as people write it.
pub(super) fn time(seconds: i64) -> String {
    Timestamp::from_second(seconds).map_or_else(|_| seconds.to_string(), |time| time.to_string())
}

/// Returns `true` for controls, and for marks that change the order in which a line is read.
pub(crate) fn is_obeyed(char: char) -> bool {
    char.is_control() || matches!(char, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
