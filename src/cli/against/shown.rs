//! The comparison with a document, for people.

use super::{
    compared::{Compared, Difference, Place},
    traffic::Called,
};
use crate::cli::terminal::{self, table};

impl Compared {
    /// Returns it as a table, below a line that sums it up.
    pub(super) fn text(&self) -> String {
        let Self { api, document, versions, both, only_declared, only_in_document, .. } = self;
        let differences = &self.differences;
        let mut text = format!(
            "{api} in {} against {document}: {both} in both, {} only declared, {} only in the document, {} differences\n",
            versions.join(", "),
            only_declared.len(),
            only_in_document.len(),
            differences.len()
        );
        for (versions, told) in [
            (&self.other_versions, "not compared, as the document does not have it"),
            (&self.unknown_versions, "in the document, and not declared"),
        ] {
            if !versions.is_empty() {
                text.push_str(&format!("version {}: {told}\n", versions.join(", ")));
            }
        }
        let row = |what: &str, place: &Place, rest: String| {
            let name = place.operation.clone().unwrap_or_default();
            let rest: Vec<String> =
                [rest, called(place)].into_iter().filter(|text| !text.is_empty()).collect();
            vec![what.to_owned(), place.verb.clone(), place.path.clone(), name, rest.join("; ")]
        };
        let mut rows: Vec<_> =
            only_declared.iter().map(|place| row("only declared", place, String::new())).collect();
        rows.extend(
            only_in_document.iter().map(|place| row("only in document", place, String::new())),
        );
        rows.extend(differences.iter().map(|Difference { place, fact, declared, document }| {
            let or_none =
                |text: &str| if text.is_empty() { "none".to_owned() } else { text.to_owned() };
            row(
                "differs",
                place,
                format!(
                    "{fact}: {} declared, {} in the document",
                    or_none(declared),
                    or_none(document)
                ),
            )
        }));
        if !rows.is_empty() {
            text.push_str(&format!("\n{}", table(&rows)));
        }
        terminal::plain(&text)
    }
}

/// Returns the calls of an operation in words, where they are known.
fn called(place: &Place) -> String {
    match place.called {
        None => String::new(),
        Some(Called { calls: 0, cut: true, .. }) => {
            "not seen, and the list has no room for all".to_owned()
        }
        Some(Called { calls: 0, .. }) => "never called".to_owned(),
        Some(Called { calls, .. }) => format!("{calls} calls"),
    }
}
