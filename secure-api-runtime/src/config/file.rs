//! A configuration file: TOML, each value with its line and column.

use std::{path::Path, sync::Arc};

use toml::de::{DeTable, DeValue, Error};

use super::{
    fault,
    node::{Member, Node, Place, Raw, shown_name},
};
use crate::{error::StartProblem, named_file};

/// The most kibibytes of a file: far more than settings have.
const MOST: u64 = 1024;

/// The content of a file.
pub(super) struct File {
    pub(super) members: Vec<Member>,
}

/// The text of a file, to find places in.
struct Text<'t> {
    file: Arc<str>,
    text: &'t str,
    /// The offsets at which lines begin.
    lines: Vec<usize>,
}

impl File {
    /// Reads a file. What it has in it is in no message.
    pub(super) fn read(path: &Path) -> Result<Self, Vec<StartProblem>> {
        let file = path.display().to_string();
        let unread = |why: &str| vec![fault::unread(format!("{}: {why}", shown_path(&file)))];
        let bytes = named_file::read(path, MOST).map_err(|why| unread(&why))?;
        let text = String::from_utf8(bytes).map_err(|_| unread("it is no UTF-8"))?;
        Self::of(&shown_path(&file), &text)
    }

    fn of(file: &str, text: &str) -> Result<Self, Vec<StartProblem>> {
        let begins = text.match_indices('\n').map(|(at, _)| at + 1);
        let lines = std::iter::once(0).chain(begins).collect();
        let places = Text { file: file.into(), text, lines };
        let (table, errors) = DeTable::parse_recoverable(text);
        if errors.is_empty() {
            Ok(Self { members: places.members(table.get_ref()) })
        } else {
            Err(errors.iter().map(|error| places.problem(error)).collect())
        }
    }
}

impl Text<'_> {
    fn place(&self, at: usize) -> Place {
        let line = self.lines.partition_point(|begin| *begin <= at);
        let begin = self.lines.get(line.saturating_sub(1)).copied().unwrap_or_default();
        let column = self.text.get(begin..at).map_or(0, |before| before.chars().count());
        Place::File { file: Arc::clone(&self.file), line, column: column + 1 }
    }

    /// Returns the problem of a text that is no TOML. The parser's message is of its grammar, and repeats nothing that was
    /// written.
    fn problem(&self, error: &Error) -> StartProblem {
        let place = self.place(error.span().map_or(0, |span| span.start));
        match error.message() {
            "duplicate key" => {
                let key = error.span().and_then(|span| self.text.get(span)).unwrap_or_default();
                fault::key_twice(&place, key.trim_matches('"'))
            }
            why => fault::unread(format!("{place}: {}", shown_name(why))),
        }
    }

    fn members(&self, table: &DeTable<'_>) -> Vec<Member> {
        let mut members: Vec<_> = table.iter().collect();
        members.sort_by_key(|(name, _)| name.span().start);
        let members = members.into_iter().map(|(name, value)| Member {
            name: name.get_ref().to_string(),
            node: Node { raw: self.raw(value.get_ref()), place: self.place(name.span().start) },
        });
        members.collect()
    }

    fn raw(&self, value: &DeValue<'_>) -> Raw {
        match value {
            DeValue::String(text) => Raw::Text(text.to_string()),
            DeValue::Integer(number) => Raw::Integer(number.as_str().to_owned(), number.radix()),
            DeValue::Float(number) => Raw::Float(number.as_str().to_owned()),
            DeValue::Boolean(flag) => Raw::Flag(*flag),
            DeValue::Datetime(date) => Raw::Date(date.to_string()),
            DeValue::Array(entries) => Raw::List(
                entries
                    .iter()
                    .map(|entry| Node {
                        raw: self.raw(entry.get_ref()),
                        place: self.place(entry.span().start),
                    })
                    .collect(),
            ),
            DeValue::Table(table) => Raw::Table(self.members(table)),
        }
    }
}

/// Returns a path without what a terminal would obey.
fn shown_path(path: &str) -> String {
    path.chars()
        .flat_map(|letter| {
            let escaped = letter.is_control().then(|| letter.escape_debug());
            let kept = (!letter.is_control()).then_some(letter);
            escaped.into_iter().flatten().chain(kept)
        })
        .collect()
}
