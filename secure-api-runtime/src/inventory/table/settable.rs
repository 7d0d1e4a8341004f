//! The table of what callers set.

use super::Columns;
use crate::inventory::{ApiModel, Settable};

/// Returns a table of the fields of bodies by their callers, and of who above them changes the same; nothing where no
/// operation takes a body.
pub(super) fn settable(api: &ApiModel) -> String {
    let settable = api.settable();
    if settable.is_empty() {
        return String::new();
    }
    let heading = ["on", "set by", "operation", "fields", "changed from above by"];
    let rows = settable.into_iter().map(|Settable { on, by, operation, fields, above }| {
        let above: Vec<String> = above
            .iter()
            .map(|(roles, operation)| format!("{}: {operation}", roles.join(" | ")))
            .collect();
        [on, by.join(" | "), operation.to_owned(), grouped(&fields), above.join(", ")]
    });
    format!("\n{}", Columns::headed(heading).with(rows))
}

/// Writes fields as `NewOrder.note, items; NewItem.sku`.
fn grouped(fields: &[(&str, &str)]) -> String {
    let mut text = String::new();
    let mut before = None;
    for (input, field) in fields {
        let start = match before {
            Some(same) if same == *input => format!(", {field}"),
            Some(_) => format!("; {input}.{field}"),
            None => format!("{input}.{field}"),
        };
        text.push_str(&start);
        before = Some(*input);
    }
    text
}
