//! A document as the commands `lint` and `import` look at it, for a target of fuzzing.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{document, import, lint};

/// A document, and all that is made of it.
#[derive(Debug, PartialEq)]
pub struct Looked {
    /// The document itself.
    pub document: Value,
    /// The places of what `lint` finds, each with the rule that is broken there.
    pub findings: Vec<(String, String)>,
    /// The score that `lint` gives, from 0 to 100.
    pub score: u32,
    /// The files that `import` writes, by their paths.
    pub files: BTreeMap<String, String>,
}

impl Looked {
    /// Looks at the bytes of a document.
    ///
    /// # Errors
    ///
    /// The text that a person is told, where they are none.
    pub fn of(bytes: &[u8]) -> Result<Self, String> {
        let document =
            document::of(bytes, "document").map_err(|_| "it is no document".to_owned())?;
        let (findings, score) = lint::told(&document);
        let files = import::files(&document);
        Ok(Self { document, findings, score, files })
    }
}
