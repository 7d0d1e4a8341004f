//! The inventory compared with an OpenAPI document: operations that only one of both knows, and who may call the others until when.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde_json::Value;

use super::traffic::{Called, Traffic, is_deprecated, sunset};
use crate::{
    cli::document::{self, DocumentOperation, is_open, texts},
    inventory::{AccessModel, AddressModel, ApiModel, Operation, PlaceModel, VersionModel},
};

/// The differences between what is declared and a document.
#[derive(Debug, Serialize)]
pub(super) struct Compared {
    pub(super) api: String,
    pub(super) document: String,
    /// The versions that the document tells of.
    pub(super) versions: Vec<String>,
    /// The released versions that it does not tell of.
    pub(super) other_versions: Vec<String>,
    /// The versions that its paths begin with, and that nobody declared.
    pub(super) unknown_versions: Vec<String>,
    pub(super) both: usize,
    pub(super) only_declared: Vec<Place>,
    pub(super) only_in_document: Vec<Place>,
    pub(super) differences: Vec<Difference>,
    /// The path of the document's server that stands before each of its paths.
    #[serde(skip)]
    pub(super) base: String,
}

/// An operation, as people name it.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Place {
    pub(super) verb: String,
    pub(super) path: String,
    pub(super) operation: Option<String>,
    /// Its version, where it is declared.
    #[serde(skip)]
    version: Option<String>,
    /// Its calls, where somebody says them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) called: Option<Called>,
}

/// A fact that is another one in the document.
#[derive(Debug, Serialize)]
pub(super) struct Difference {
    #[serde(flatten)]
    pub(super) place: Place,
    /// The fact: `access`, `roles`, `scopes`, `deprecated` or `sunset`.
    pub(super) fact: &'static str,
    pub(super) declared: String,
    pub(super) document: String,
}

/// Returns a verb and a path without the names of parameters.
pub(super) fn key(verb: &str, path: &str) -> (String, String) {
    let parts = path.trim_end_matches('/').split('/');
    let parts = parts.map(|part| if part.contains('{') { "{}" } else { part });
    (verb.to_owned(), parts.collect::<Vec<_>>().join("/"))
}

/// Compares an API with a document of this name.
pub(super) fn compare(api: &ApiModel, document: &Value, name: String) -> Compared {
    let theirs = document::operations(document);
    let declared = declared(api, document);
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
        .map(|(_, (version, _))| &*version.segment)
        .collect();
    let versions = api.versions.iter().map(|version| &*version.segment);
    let versions: Vec<String> = versions
        .filter(|version| told.is_empty() || told.contains(version))
        .map(str::to_owned)
        .collect();
    let others = api.versions.iter().filter(|version| !version.preview);
    let others = others.map(|version| &version.segment);
    let mut compared = Compared {
        api: api.name.clone(),
        document: name,
        both: 0,
        only_declared: Vec::new(),
        only_in_document: Vec::new(),
        differences: Vec::new(),
        other_versions: others.filter(|version| !versions.contains(version)).cloned().collect(),
        unknown_versions: unknown_versions(api, &theirs, &base),
        versions,
        base: base.clone(),
    };
    for (key, (version, operation)) in &declared {
        if !compared.versions.contains(&version.segment) {
            continue;
        }
        let segment = &version.segment;
        let place = Place {
            verb: key.0.clone(),
            path: version.address(&operation.path),
            operation: Some(operation.name.clone()),
            version: Some(segment.clone()),
            called: None,
        };
        match left.remove(key) {
            None => compared.only_declared.push(place),
            Some(other) => {
                compared.both += 1;
                compared.differences.extend(differences(
                    &place,
                    (version, operation),
                    document,
                    other,
                ));
            }
        }
    }
    compared.only_in_document = left.into_values().map(place_of).collect();
    compared
}

/// Returns the operations of each version by their keys. Where requests state the version elsewhere than in their path, a document
/// is of one: the one that it says, or else the newest.
fn declared<'a>(
    api: &'a ApiModel,
    document: &Value,
) -> BTreeMap<(String, String), (&'a VersionModel, &'a Operation)> {
    let stated = document.pointer("/info/version").and_then(Value::as_str);
    let is_stated = |version: &&VersionModel| version.addresses.place.is_stated();
    let told = api.versions.iter().filter(is_stated);
    let newest = told.clone().rfind(|version| !version.preview);
    let one = told.clone().find(|version| Some(&*version.segment) == stated).or(newest);
    let own = |version: &&VersionModel| one.is_none_or(|one| one.segment == version.segment);
    let all = api.versions.iter().filter(own).flat_map(|version| {
        let operations = api.operations_in(&version.segment);
        operations.map(move |operation| {
            let path = version.address(&operation.path);
            (key(operation.verb.as_str(), &path), (version, operation))
        })
    });
    all.collect()
}

/// Returns the first segments of a document's paths that look like versions, and are none of the API's.
fn unknown_versions(api: &ApiModel, theirs: &[DocumentOperation<'_>], base: &str) -> Vec<String> {
    let is_version = |segment: &str| {
        let digits = segment.strip_prefix('v').unwrap_or_default();
        !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
    };
    let Some(AddressModel { below, place: PlaceModel::Path, unstated: _ }) =
        api.versions.first().map(|version| &version.addresses)
    else {
        return Vec::new();
    };
    let firsts = theirs.iter().filter_map(|one| {
        let path = format!("{base}{}", one.path);
        let first = path.strip_prefix(&**below)?.split('/').nth(1)?;
        (is_version(first) && api.place(first).is_none()).then(|| first.to_owned())
    });
    firsts.collect::<BTreeSet<_>>().into_iter().collect()
}

/// Returns the paths that a document's servers add, none first.
pub(super) fn bases(document: &Value) -> Vec<String> {
    let paths = document::servers(document).filter_map(|url| {
        let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
        Some(rest[rest.find('/')?..].trim_end_matches('/').to_owned())
    });
    std::iter::once(String::new()).chain(paths.filter(|path| !path.is_empty())).collect()
}

fn place_of(one: &DocumentOperation<'_>) -> Place {
    let name = one.value.get("operationId").and_then(Value::as_str);
    Place {
        verb: one.verb.clone(),
        path: one.path.to_owned(),
        operation: name.map(str::to_owned),
        version: None,
        called: None,
    }
}

fn differences(
    place: &Place,
    (version, operation): (&VersionModel, &Operation),
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
    let yes = |is: bool| if is { "yes" } else { "no" }.to_owned();
    let ours = operation.deprecated_in(version).is_some();
    differ("deprecated", yes(ours), yes(is_deprecated(other.value)));
    if let Some(day) = sunset(other.value) {
        let ours = operation.sunset_in(version);
        differ("sunset", ours.map_or_else(String::new, |day| day.to_string()), day.to_string());
    }
    found
}

impl Compared {
    /// Adds the calls of each operation that it names.
    pub(super) fn tell(&mut self, traffic: &Traffic) {
        let differing = self.differences.iter_mut().map(|difference| &mut difference.place);
        for place in self.only_declared.iter_mut().chain(differing) {
            let name = place.version.as_deref().zip(place.operation.as_deref());
            place.called = name.map(|(version, operation)| traffic.of(version, operation));
        }
        for place in &mut self.only_in_document {
            let path = format!("{}{}", self.base, place.path);
            place.called = Some(traffic.beside(&place.verb, &path));
        }
    }

    pub(super) fn is_any(&self) -> bool {
        !(self.only_declared.is_empty()
            && self.only_in_document.is_empty()
            && self.differences.is_empty())
    }
}
