//! The inventory against an OpenAPI document: operations that only one of both knows, and who may call the others.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use serde::Serialize;
use serde_json::Value;

use super::{
    commands::Printed,
    document::{self, DocumentOperation, is_open, texts},
    terminal::{self, Ended, Outcome, table},
};
use crate::inventory::{AccessModel, ApiModel, Operation};

/// The differences between what is declared and a document.
#[derive(Debug, Serialize)]
struct Compared {
    api: String,
    document: String,
    /// The versions that the document tells of.
    versions: Vec<String>,
    both: usize,
    only_declared: Vec<Place>,
    only_in_document: Vec<Place>,
    differences: Vec<Difference>,
}

/// An operation, as people name it.
#[derive(Debug, Clone, Serialize)]
struct Place {
    verb: String,
    path: String,
    operation: Option<String>,
}

/// A fact that is another one in the document.
#[derive(Debug, Serialize)]
struct Difference {
    #[serde(flatten)]
    place: Place,
    /// The fact: `access`, `roles` or `scopes`.
    fact: &'static str,
    declared: String,
    document: String,
}

/// Compares, and prints what differs.
pub(crate) fn run(api: &ApiModel, file: &Path, printed: &Printed) -> Outcome {
    let document = document::read(file)?;
    let compared = compare(api, &document, file.display().to_string());
    if printed.json {
        terminal::json(&compared)?;
    } else {
        terminal::print(compared.text())?;
    }
    Ok(Ended::found(compared.is_any()))
}

/// Returns a verb and a path without the names of parameters.
fn key(verb: &str, path: &str) -> (String, String) {
    let parts = path.trim_end_matches('/').split('/');
    let parts = parts.map(|part| if part.contains('{') { "{}" } else { part });
    (verb.to_owned(), parts.collect::<Vec<_>>().join("/"))
}

fn compare(api: &ApiModel, document: &Value, name: String) -> Compared {
    let theirs = document::operations(document);
    let declared = declared(api);
    // A server's path stands before each path, or the document's paths are whole.
    let fits = |base: &String| {
        theirs
            .iter()
            .filter(|one| declared.contains_key(&key(&one.verb, &format!("{base}{}", one.path))))
            .count()
    };
    let bases = bases(document);
    // Of two that fit alike the first: the paths as they are.
    let base = bases.iter().rev().max_by_key(|base| fits(base)).cloned().unwrap_or_default();
    let mut left: BTreeMap<_, &DocumentOperation<'_>> =
        theirs.iter().map(|one| (key(&one.verb, &format!("{base}{}", one.path)), one)).collect();
    let told: BTreeSet<&str> = declared
        .iter()
        .filter(|(key, _)| left.contains_key(key))
        .map(|(_, (version, _))| *version)
        .collect();
    let versions = api.versions.iter().map(|version| &*version.segment);
    let versions: Vec<String> = versions
        .filter(|version| told.is_empty() || told.contains(version))
        .map(str::to_owned)
        .collect();
    let mut compared = Compared {
        api: api.name.clone(),
        document: name,
        both: 0,
        only_declared: Vec::new(),
        only_in_document: Vec::new(),
        differences: Vec::new(),
        versions,
    };
    for (key, (version, operation)) in &declared {
        if !compared.versions.iter().any(|one| one == version) {
            continue;
        }
        let place = Place {
            verb: key.0.clone(),
            path: format!("/{version}{}", operation.path),
            operation: Some(operation.name.clone()),
        };
        match left.remove(key) {
            None => compared.only_declared.push(place),
            Some(other) => {
                compared.both += 1;
                compared.differences.extend(differences(&place, operation, document, other));
            }
        }
    }
    compared.only_in_document = left.into_values().map(place_of).collect();
    compared
}

/// Returns the operations of each version by their keys.
fn declared(api: &ApiModel) -> BTreeMap<(String, String), (&str, &Operation)> {
    let in_version = |version: &str| api.operations_in(version).collect::<Vec<_>>();
    let versions = api.versions.iter().map(|version| &*version.segment);
    let all = versions.flat_map(|version| {
        in_version(version).into_iter().map(move |operation| {
            (
                key(operation.verb.as_str(), &format!("/{version}{}", operation.path)),
                (version, operation),
            )
        })
    });
    all.collect()
}

/// Returns the paths that a document's servers add, none first.
fn bases(document: &Value) -> Vec<String> {
    let servers = document.get("servers").and_then(Value::as_array).into_iter().flatten();
    let urls = servers.filter_map(|server| server.get("url").and_then(Value::as_str));
    let paths = urls.filter_map(|url| {
        let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
        Some(rest[rest.find('/')?..].trim_end_matches('/').to_owned())
    });
    std::iter::once(String::new()).chain(paths.filter(|path| !path.is_empty())).collect()
}

fn place_of(one: &DocumentOperation<'_>) -> Place {
    let name = one.value.get("operationId").and_then(Value::as_str);
    Place { verb: one.verb.clone(), path: one.path.to_owned(), operation: name.map(str::to_owned) }
}

fn differences(
    place: &Place,
    operation: &Operation,
    document: &Value,
    other: &DocumentOperation<'_>,
) -> Vec<Difference> {
    let mut found = Vec::new();
    let mut differ = |fact, declared: String, document: String| {
        if declared != document {
            found.push(Difference { place: place.clone(), fact, declared, document });
        }
    };
    let alternatives = document::security(document, other.value);
    let access = |is_open: bool| if is_open { "anybody" } else { "credentials" }.to_owned();
    let theirs = alternatives.is_none_or(is_open);
    let roles = match &operation.access {
        AccessModel::Public(_) => None,
        AccessModel::Roles(roles) => Some(roles),
    };
    differ("access", access(roles.is_none()), access(theirs));
    let sorted = |names: &mut dyn Iterator<Item = &str>| {
        let names: BTreeSet<&str> = names.collect();
        names.into_iter().collect::<Vec<_>>().join(", ")
    };
    let (told, ours) = (other.value.get("x-required-roles"), roles.map_or(&[][..], Vec::as_slice));
    if told.is_some() {
        differ("roles", sorted(&mut ours.iter().map(|role| &**role)), sorted(&mut texts(told)));
    }
    let members = alternatives.unwrap_or_default().iter().filter_map(Value::as_object).flatten();
    let told = match other.value.get("x-required-scopes") {
        Some(_) => sorted(&mut texts(other.value.get("x-required-scopes"))),
        None => sorted(&mut members.flat_map(|(_, scopes)| texts(Some(scopes)))),
    };
    // A document may tell roles as scopes, as ours do for schemes that have any.
    let ours_too = sorted(&mut operation.scopes.iter().chain(ours).map(|name| &**name));
    let declared = sorted(&mut operation.scopes.iter().map(|scope| &**scope));
    let is_told = !told.is_empty() || other.value.get("x-required-roles").is_some();
    if is_told && told != ours_too {
        differ("scopes", declared, told);
    }
    found
}

impl Compared {
    fn is_any(&self) -> bool {
        !(self.only_declared.is_empty()
            && self.only_in_document.is_empty()
            && self.differences.is_empty())
    }

    fn text(&self) -> String {
        let Self { api, document, versions, both, only_declared, only_in_document, differences } =
            self;
        let mut text = format!(
            "{api} in {} against {document}: {both} in both, {} only declared, {} only in the document, {} differences\n",
            versions.join(", "),
            only_declared.len(),
            only_in_document.len(),
            differences.len()
        );
        let row = |what: &str, place: &Place, rest: String| {
            let name = place.operation.clone().unwrap_or_default();
            vec![what.to_owned(), place.verb.clone(), place.path.clone(), name, rest]
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
