//! The contract of an API as a file: what each released version promises, in shapes and in facts.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{
    ContractError, Finding, Report,
    compare::compare,
    documents::place,
    facts::{AppFacts, OperationFacts, app_of, operation_of},
    shapes::shapes_of,
};
use crate::{
    docs,
    inventory::{ApiModel, Operation, VersionModel},
    version::{Brownout, Day},
};

/// The form of the file. A later one that means something else has another number.
const FORMAT: u32 = 1;

/// The promises of an API: for each released version its shapes, and who may do what, how often, and what they see. Of a preview it
/// has the name alone, since a preview promises nothing.
///
/// Its text is `api.lock`: JSON, sorted, a line for each fact.
///
/// ```
/// use secure_api::{contract::Contract, prelude::*};
///
/// # #[derive(Role)]
/// # enum Role { Member }
/// # #[derive(Version)]
/// # enum Version { V1 }
/// # const OFTEN: Limit = Limit::per_address(60).per_minute();
/// # /// Answers while it runs.
/// # #[post("/ping", version = Version::V1.., public = "a monitor has no token")]
/// # async fn ping() -> Accepted {
/// #     Accepted
/// # }
/// #[api(roles = Role, versions = Version, limit = OFTEN, routes(ping))]
/// struct Pings;
///
/// let contract = Contract::of(&Pings::API.model());
/// let text = contract.text();
/// assert!(text.contains("\"60 per address in 60s\""));
/// assert_eq!(Contract::read(&text)?, contract);
/// # Ok::<(), secure_api::contract::ContractError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contract {
    format: u32,
    api: String,
    /// The changes that somebody accepted by name, the latest last.
    pub(super) accepted: Vec<AcceptedChange>,
    pub(super) app: AppFacts,
    /// The versions, oldest first.
    pub(super) versions: Vec<VersionPromise>,
}

/// A change that somebody accepted by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AcceptedChange {
    pub(super) on: Day,
    pub(super) change: String,
    pub(super) sentence: String,
}

/// The promises of one version.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct VersionPromise {
    pub(super) version: String,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(super) preview: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) deprecated: Option<Day>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) sunset: Option<Day>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) brownouts: Vec<Brownout>,
    /// The facts of each operation, as `GET /orders/{}`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) operations: BTreeMap<String, OperationFacts>,
    #[serde(default, skip_serializing_if = "Value::is_null")]
    pub(super) shapes: Value,
}

impl Contract {
    /// Makes the contract of an API as it is declared now.
    pub fn of(api: &ApiModel) -> Self {
        let versions = api.versions.iter().enumerate();
        let versions = versions.map(|(place, version)| promise(api, place, version)).collect();
        Self {
            format: FORMAT,
            api: api.name.clone(),
            accepted: Vec::new(),
            app: app_of(api),
            versions,
        }
    }

    /// Reads the text of a file.
    ///
    /// # Errors
    ///
    /// If it is no contract, or one of a later form.
    pub fn read(text: &str) -> Result<Self, ContractError> {
        let value: Value = serde_json::from_str(text)
            .map_err(|error| ContractError::new(format!("api.lock is no JSON: {error}")))?;
        match value.get("format").and_then(Value::as_u64) {
            Some(format) if format == u64::from(FORMAT) => {}
            Some(format) if format > u64::from(FORMAT) => {
                let text = format!(
                    "api.lock is of format {format}: a later secure-api wrote it, and this one reads {FORMAT}"
                );
                return Err(ContractError::new(text));
            }
            _ => return Err(ContractError::new("api.lock does not say its `format`".to_owned())),
        }
        serde_json::from_value(value)
            .map_err(|error| ContractError::new(format!("api.lock is no contract: {error}")))
    }

    /// Returns the text of its file.
    pub fn text(&self) -> String {
        // Maps with text keys, lists and finite numbers all can be JSON.
        let value = serde_json::to_value(self).unwrap_or_default();
        let mut text = String::new();
        write(&value, 0, 0, &mut text);
        text.push('\n');
        text
    }

    /// Compares it with what the API promises now. What was promised until a day may go from that day on.
    pub fn compare(&self, now: &Self, today: Day) -> Report {
        Report { findings: compare(self, now, today), outdated: Vec::new() }
    }

    /// Compares it, as the main branch has it, with the file of another branch: what is left is what nobody accepted by
    /// name in between, as where the file was written anew by hand.
    pub fn unaccepted(&self, now: &Self, today: Day) -> Report {
        let accepted = now.accepted.iter().filter(|one| !self.accepted.contains(one));
        let accepted: Vec<&str> = accepted.map(|one| &*one.change).collect();
        let is_open = |finding: &Finding| {
            finding.is_accepted_by_name() && !accepted.contains(&&*finding.id())
        };
        let findings = compare(self, now, today).into_iter().filter(is_open).collect();
        Report { findings, outdated: Vec::new() }
    }

    /// Returns `true` if both promise the same, whatever was accepted on the way.
    pub(super) fn promises_as(&self, other: &Self) -> bool {
        let Self { format: _, api, accepted: _, app, versions } = self;
        *api == other.api && *app == other.app && *versions == other.versions
    }
}

fn promise(api: &ApiModel, place: usize, version: &VersionModel) -> VersionPromise {
    let VersionModel {
        segment,
        description: _,
        deprecated,
        sunset,
        migrate: _,
        preview,
        brownouts,
        addresses: _,
    } = version;
    let mut promise = VersionPromise {
        version: segment.clone(),
        preview: *preview,
        deprecated: *deprecated,
        sunset: *sunset,
        brownouts: brownouts.clone(),
        operations: BTreeMap::new(),
        shapes: Value::Null,
    };
    if *preview {
        return promise;
    }
    let operations = api.operations_in(segment);
    promise.operations = operations.map(|one| (key(one), operation_of(api, one, place))).collect();
    // A QUERY is kept as any other operation, by the name that the later document has for it.
    let mut document = docs::value(api, segment).unwrap_or_default();
    docs::with_query(&mut document);
    let mut shapes = shapes_of(&document);
    for operation in api.operations_in(segment) {
        own_end(&mut shapes, version, operation);
    }
    promise.shapes = shapes;
    promise
}

/// The longest line of a file that holds more than one value.
const LONGEST: usize = 110;

/// Writes JSON so that whatever fits on a line is one: a fact a line, for whoever reads a difference.
fn write(value: &Value, depth: usize, used: usize, text: &mut String) {
    let short = value.to_string();
    let (open, close, entries): (_, _, Vec<(String, &Value)>) = match value {
        _ if depth > 0 && depth * 2 + used + short.len() <= LONGEST => {
            return text.push_str(&spaced(value));
        }
        Value::Object(members) => {
            let name = |name: &String| format!("{}: ", Value::String(name.clone()));
            ('{', '}', members.iter().map(|(key, value)| (name(key), value)).collect())
        }
        Value::Array(items) => ('[', ']', items.iter().map(|item| (String::new(), item)).collect()),
        _ => return text.push_str(&short),
    };
    text.push(open);
    for (place, (name, value)) in entries.iter().enumerate() {
        text.push_str(if place > 0 { ",\n" } else { "\n" });
        text.push_str(&"  ".repeat(depth + 1));
        text.push_str(name);
        write(value, depth + 1, name.len(), text);
    }
    if !entries.is_empty() {
        text.push('\n');
        text.push_str(&"  ".repeat(depth));
    }
    text.push(close);
}

/// Returns a value as one line, with spaces where people expect them.
fn spaced(value: &Value) -> String {
    let list = |entries: Vec<String>| entries.join(", ");
    match value {
        Value::Object(members) if members.is_empty() => "{}".to_owned(),
        Value::Object(members) => {
            let entry = |(name, value): (&String, &Value)| {
                format!("{}: {}", Value::String(name.clone()), spaced(value))
            };
            format!("{{ {} }}", list(members.iter().map(entry).collect()))
        }
        Value::Array(items) => format!("[{}]", list(items.iter().map(spaced).collect())),
        plain => plain.to_string(),
    }
}

/// Returns the name of an operation in a version.
fn key(operation: &Operation) -> String {
    format!("{} {}", operation.verb.as_str(), operation.path)
}

/// Leaves an operation its own end, and not that of its version, which is told once.
fn own_end(shapes: &mut Value, version: &VersionModel, operation: &Operation) {
    let path = place(&version.address(&operation.path));
    let verb = operation.verb.as_str().to_lowercase();
    let paths = shapes.get_mut("paths").and_then(Value::as_object_mut);
    let found = paths.into_iter().flatten().find(|(other, _)| place(other) == path);
    let Some(declared) = found.and_then(|(_, item)| item.get_mut(&verb)?.as_object_mut()) else {
        return;
    };
    let own = operation.deprecation.as_ref();
    if own.is_none() {
        declared.remove("deprecated");
    }
    match own.and_then(|end| end.sunset) {
        Some(day) => drop(declared.insert("x-sunset".to_owned(), Value::String(day.to_string()))),
        None => drop(declared.remove("x-sunset")),
    }
    match own.map_or(&[][..], |end| &end.brownouts) {
        [] => drop(declared.remove("x-brownouts")),
        own => drop(declared.insert("x-brownouts".to_owned(), json!(own))),
    }
}
