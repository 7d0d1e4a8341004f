//! The inventory for people: tables of text.

mod head;
mod matrix;
mod notes;
mod routes;
mod settable;
mod tried;

pub(crate) use matrix::cells;
pub use matrix::matrix;
pub(crate) use routes::Facts;
pub use routes::routes;

use jiff::Timestamp;

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

/// Columns as wide as their widest cell, two spaces apart, nothing at the ends of lines.
pub(super) fn table(rows: &[Vec<String>]) -> String {
    let columns = rows.first().map_or(0, Vec::len);
    let width = |column: usize| {
        rows.iter()
            .filter_map(|row| row.get(column))
            .map(|cell| cell.chars().count())
            .max()
            .unwrap_or(0)
    };
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let mut text = String::new();
    for row in rows {
        let cells: Vec<String> =
            row.iter().zip(&widths).map(|(cell, width)| format!("{cell:<width$}")).collect();
        text.push_str(cells.join("  ").trim_end());
        text.push('\n');
    }
    text
}

/// Returns a text without what a terminal would obey: whoever called chose it.
pub(super) fn plain(text: &str) -> String {
    text.chars().map(|char| if is_obeyed(char) { '\u{fffd}' } else { char }).collect()
}

/// Returns a time as people write it.
pub(super) fn time(seconds: i64) -> String {
    Timestamp::from_second(seconds).map_or_else(|_| seconds.to_string(), |time| time.to_string())
}

/// Returns `true` for controls, and for marks that change the order in which a line is read.
pub(crate) fn is_obeyed(char: char) -> bool {
    char.is_control() || matches!(char, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
