//! The answers to what a document leaves open, for all places of one kind: what is left out stays a compile error.

use std::{collections::BTreeMap, path::Path};

use serde::Deserialize;
use serde_json::Value;

use crate::cli::{document, terminal::Failure};

/// The answers.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Answers {
    /// The role of callers where the document does not say who may call.
    pub(super) role: Option<String>,
    /// The requests in a minute that each caller has.
    pub(super) limit: Option<u32>,
    /// The reason for which what a path names belongs to nobody.
    pub(super) unowned: Option<String>,
    /// The most characters of a text.
    pub(super) text: Option<u64>,
    /// The most entries of a list or map.
    pub(super) items: Option<u64>,
    /// The smallest and the largest number.
    pub(super) number: Option<(f64, f64)>,
    /// The bounds of free JSON: bytes, levels and members.
    pub(super) free: Option<(u64, u64, u64)>,
    /// The most bytes of a file, or of a body of bytes.
    pub(super) bytes: Option<u64>,
    /// The kinds of files, as `Png`.
    pub(super) kinds: Option<Vec<String>>,
    /// The levels of a type that contains itself.
    pub(super) depth: Option<u64>,
    /// The answers that one caller may have open at one time.
    pub(super) open: Option<u32>,
    /// `true` if nothing is shown where the document does not describe an answer.
    pub(super) undescribed: Option<bool>,
    /// The reasons for which fields are what they look like, as `NewUser.token`, of secrets and of what the API sets itself.
    pub(super) allow: BTreeMap<String, String>,
}

/// Reads the answers of a file, in JSON or YAML.
pub(super) fn read(file: &Path) -> Result<Answers, Failure> {
    let shown = file.display();
    let bytes = std::fs::read(file)
        .map_err(|error| Failure::new(format!("cannot read {shown}: {error}")))?;
    let value: Value = document::parse(&bytes)
        .map_err(|error| Failure::new(format!("{shown} is neither JSON nor YAML: {error}")))?;
    serde_json::from_value(value).map_err(|error| {
        Failure::new(format!("{shown} has no answers: {error}"))
            .help(
                "there are `role`, `limit`, `unowned`, `text`, `items`, `number`, `free`, `bytes`, `kinds`, `depth`, `open`, \
                 `undescribed` and `allow`",
            )
    })
}
