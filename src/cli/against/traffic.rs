//! The traffic that a comparison is told with: that of a log, or of a live inventory that was kept.

use std::path::{Path, PathBuf};

use serde::{Serialize, Serializer};
use serde_json::Value;

use super::{
    compared::{Compared, bases},
    logs, read,
};
use crate::{
    cli::{
        document::{self, DocumentOperation},
        file,
        terminal::Failure,
    },
    inventory::{
        ApiModel, Expected, ExpectedOperation, LiveInventory, LiveOperation, LoggedTraffic,
    },
    value::Timestamp,
    version::Day,
};

/// The traffic of an app.
pub(super) enum Traffic {
    Kept(LiveInventory),
    Logged(LoggedTraffic),
}

/// The calls of one operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(super) struct Called {
    pub(super) calls: u64,
    #[serde(serialize_with = "last")]
    pub(super) last: Option<i64>,
    /// `true` where further calls may have been: the list of what nothing answers had no room for all.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(super) cut: bool,
}

impl Traffic {
    /// Reads a live inventory: the file that an app keeps, or what its management listener answers at `/inventory`.
    pub(super) fn kept(file: &Path) -> Result<Self, Failure> {
        let kept = serde_json::from_slice(&file::bytes(file)?).map_err(|error| {
            Failure::new(format!("{} is no live inventory: {error}", file::named(file)))
                .help("name the file of `.inventory_file(…)`, or what `/inventory` answers")
        })?;
        Ok(Self::Kept(kept))
    }

    /// Reads logs, for the operations of an app and those that a document alone has.
    pub(super) fn logged(
        api: &ApiModel,
        compared: &Compared,
        files: &[PathBuf],
    ) -> Result<Self, Failure> {
        let mut all = Expected::of(api);
        all.operations.extend(compared.only_in_document.iter().map(|place| ExpectedOperation {
            verb: place.verb.clone(),
            path: format!("{}{}", compared.base, place.path),
            ..Default::default()
        }));
        let log = logs(files)?;
        read(log, |lines| LoggedTraffic::read(all, lines)).map(Self::Logged)
    }

    /// Returns the calls of what is declared.
    pub(super) fn of(&self, version: &str, operation: &str) -> Called {
        let found = match self {
            Self::Kept(kept) => {
                let mut operations = kept.operations.iter();
                let is_it =
                    |one: &&LiveOperation| one.operation == operation && one.version == version;
                operations.find(is_it).map(|one| (one.calls, one.last))
            }
            Self::Logged(logged) => called(logged, |expected| {
                expected.operation == operation && expected.version == version
            }),
        };
        found.map_or(Called::NEVER, |(calls, last)| Called { calls, last, cut: false })
    }

    /// Returns the calls of what a document alone has, by its whole path.
    pub(super) fn beside(&self, verb: &str, path: &str) -> Called {
        match self {
            Self::Kept(kept) => {
                let cut = !kept.lists_all_unmatched();
                let own = kept.unmatched.iter().filter(|one| one.method == verb && one.is_of(path));
                own.fold(Called { cut, ..Called::NEVER }, |sum, one| Called {
                    calls: sum.calls.saturating_add(one.calls),
                    last: sum.last.max(Some(one.last)),
                    cut,
                })
            }
            Self::Logged(logged) => {
                let found = called(logged, |expected| {
                    expected.version.is_empty() && expected.verb == verb && expected.path == path
                });
                found.map_or(Called::NEVER, |(calls, last)| Called { calls, last, cut: false })
            }
        }
    }
}

impl Called {
    pub(super) const NEVER: Self = Self { calls: 0, last: None, cut: false };
}

/// Writes the time of the last call in the form that the times of an inventory have.
fn last<S: Serializer>(time: &Option<i64>, serializer: S) -> Result<S::Ok, S::Error> {
    match time.and_then(|time| Timestamp::from_second(time).ok()) {
        Some(time) => serializer.collect_str(&time),
        None => serializer.serialize_none(),
    }
}

/// Returns the number of calls of an operation in a log, and the last one.
fn called(
    logged: &LoggedTraffic,
    is_it: impl Fn(&ExpectedOperation) -> bool,
) -> Option<(u64, Option<i64>)> {
    let found = logged.operations.iter().find(|one| is_it(&one.expected));
    found.map(|one| (one.calls, one.last))
}

/// Returns the operations of a document, as a log is held against them.
pub(super) fn expected(document: &Value, name: String) -> Expected {
    let operations = document::operations(document);
    Expected {
        name,
        operations: operations.iter().map(operation).collect(),
        served: Vec::new(),
        bases: bases(document),
        untold: String::new(),
    }
}

fn operation(one: &DocumentOperation<'_>) -> ExpectedOperation {
    let name = one.value.get("operationId").and_then(Value::as_str);
    ExpectedOperation {
        verb: one.verb.clone(),
        path: one.path.to_owned(),
        operation: name.unwrap_or_default().to_owned(),
        version: String::new(),
        // A document says that it is, and not since when.
        deprecated: is_deprecated(one.value).then_some(0),
        sunset: sunset(one.value).map(Day::unix_seconds),
    }
}

/// Returns `true` if a document says of an operation that it is deprecated.
pub(super) fn is_deprecated(operation: &Value) -> bool {
    operation.get("deprecated").and_then(Value::as_bool) == Some(true)
}

/// Returns the day on which an operation ends, where a document says one.
pub(super) fn sunset(operation: &Value) -> Option<Day> {
    let day = operation.get("x-sunset").and_then(Value::as_str)?;
    // Some write a time, of which the day is the first part.
    Day::try_from(day.get(..10)?.to_owned()).ok()
}
