//! The place of a value, as a mistake tells it.

use super::{Decoding, Places, Step};
use crate::input::{header_name, wire::node::field_step};

impl Decoding {
    /// Returns the current place: a pointer into the body, or the name of a parameter, a cookie or a header.
    pub(super) fn pointer(&self) -> String {
        let names = match self.places {
            Places::Pointers => 0,
            Places::Names | Places::Headers => self.json_from.unwrap_or(self.path.len()),
        };
        let (names, steps) = self.path.split_at(names);
        let mut pointer = String::new();
        for step in names {
            match step {
                Step::Field(name) if self.places == Places::Headers => {
                    pointer.push_str(&header_name(name));
                }
                Step::Field(name) if pointer.is_empty() => pointer.push_str(name),
                Step::Field(name) => pointer.push_str(&member(name)),
                Step::Entry(step) if self.places == Places::Names => {
                    pointer.extend(step.strip_prefix('/').map(|name| format!("[{name}]")));
                }
                // All items of a list have its name.
                Step::Item(_) | Step::Entry(_) => {}
            }
        }
        for step in steps {
            match step {
                Step::Field(name) => pointer.push_str(&field_step(name)),
                Step::Entry(step) => pointer.push_str(step),
                Step::Item(index) => pointer.push_str(&format!("/{index}")),
            }
        }
        pointer
    }
}

/// Returns the name of a member behind that of its object, as a query has it: `[gte]`; of a list with brackets of its own `[tags][]`.
pub(super) fn member(name: &str) -> String {
    match name.strip_suffix("[]") {
        Some(name) => format!("[{name}][]"),
        None => format!("[{name}]"),
    }
}
