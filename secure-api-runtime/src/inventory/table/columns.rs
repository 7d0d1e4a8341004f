//! The columns of a table, in the making.

use std::fmt;

use super::{is_obeyed, time};

/// A table in the making: its heading, and rows of as many cells. Whoever called chose some of their texts, so none has anything that a
/// terminal would obey.
#[derive(Debug)]
pub(in crate::inventory) struct Columns<const N: usize> {
    rows: Vec<Vec<String>>,
}

impl<const N: usize> Columns<N> {
    /// Begins a table with this heading.
    pub(in crate::inventory) fn headed(heading: [&str; N]) -> Self {
        Self { rows: vec![heading.map(plain).to_vec()] }
    }

    /// Adds a row.
    pub(in crate::inventory) fn add(&mut self, row: [String; N]) {
        self.rows.push(row.map(|cell| plain(&cell)).to_vec());
    }

    /// Adds several rows.
    pub(in crate::inventory) fn with(
        mut self,
        rows: impl IntoIterator<Item = [String; N]>,
    ) -> Self {
        rows.into_iter().for_each(|row| self.add(row));
        self
    }
}

impl<const N: usize> fmt::Display for Columns<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&table(&self.rows))
    }
}

/// Writes numbers below each other, each with its name and a note, without those that are nothing.
pub(in crate::inventory) fn numbers(numbers: &[(&str, u64, &str)]) -> String {
    let rows = numbers.iter().filter(|(_, number, _)| *number > 0);
    let rows = rows.map(|(name, number, note)| {
        vec![(*name).to_owned(), number.to_string(), (*note).to_owned()]
    });
    table(&rows.collect::<Vec<_>>())
}

/// Writes the time from the first request to the last one behind a heading.
pub(in crate::inventory) fn span(from: Option<i64>, until: Option<i64>) -> String {
    let both = from.zip(until);
    both.map_or_else(String::new, |(from, until)| format!(", {} to {}", time(from), time(until)))
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

/// Returns a text without what a terminal would obey.
pub(in crate::inventory) fn plain(text: &str) -> String {
    text.chars().map(|char| if is_obeyed(char) { '\u{fffd}' } else { char }).collect()
}
