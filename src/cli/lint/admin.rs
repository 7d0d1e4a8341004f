//! Operations that look like those of administrators, by their words.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{
    Lint,
    rule::ADMIN_LIKE_OTHERS,
    words::{has, words},
};
use crate::cli::document::{DocumentOperation, security, texts};

/// The words of paths, names and tags that are for administrators.
const ADMINISTRATION: [&str; 12] = [
    "actuator",
    "admin",
    "administration",
    "administrator",
    "admins",
    "backoffice",
    "debug",
    "impersonate",
    "internal",
    "root",
    "sudo",
    "superuser",
];

/// The demands of an operation.
struct Demand {
    /// Its alternatives, each of schemes with their scopes.
    alternatives: BTreeSet<String>,
    /// The roles and scopes that it needs by whichever of them, as our documents tell them.
    roles: BTreeSet<String>,
}

impl Demand {
    /// Returns its ways in: each alternative, with the roles that it needs besides. Callers of an operation that has one of them may
    /// call this one too, as far as anybody can tell.
    fn ways(&self) -> impl Iterator<Item = (&BTreeSet<String>, &str)> {
        self.alternatives.iter().map(|one| (&self.roles, &**one))
    }
}

impl Lint<'_> {
    /// Compares the demands of operations for administrators with those of others.
    pub(super) fn administration(&mut self, operations: &[DocumentOperation<'_>]) {
        let document = self.document;
        let demands = operations.iter().map(|one| (one, demand(document, one.value)));
        let (admins, others): (Vec<_>, Vec<_>) =
            demands.partition(|(one, _)| is_administration(one));
        let ways: BTreeSet<_> = others.iter().flat_map(|(_, demand)| demand.ways()).collect();
        for (operation, demand) in &admins {
            // One that demands nothing is found by other rules, and is no better than others.
            let is_stronger =
                !demand.alternatives.is_empty() && !demand.ways().any(|way| ways.contains(&way));
            self.ask(&ADMIN_LIKE_OTHERS, &operation.place, is_stronger, &operation.name());
        }
    }
}

fn demand(document: &Value, operation: &Value) -> Demand {
    let alternative = |one: &Value| {
        let schemes = one.as_object()?.iter().map(|(scheme, scopes)| {
            let scopes: BTreeSet<&str> = texts(Some(scopes)).collect();
            format!("{scheme} {scopes:?}")
        });
        Some(schemes.collect::<Vec<_>>().join(" and ")).filter(|text| !text.is_empty())
    };
    let alternatives = security(document, operation).unwrap_or_default().iter();
    let members = ["x-required-roles", "x-required-scopes"].into_iter();
    let roles = members.flat_map(|member| {
        texts(operation.get(member)).map(move |text| format!("{member} {text}"))
    });
    Demand { alternatives: alternatives.filter_map(alternative).collect(), roles: roles.collect() }
}

fn is_administration(operation: &DocumentOperation<'_>) -> bool {
    let name = operation.value.get("operationId").and_then(Value::as_str);
    let tags = texts(operation.value.get("tags"));
    // What stands in braces is a parameter's name.
    let parts = operation.path.split('/').filter(|part| !part.starts_with('{'));
    parts.chain(name).chain(tags).any(|name| has(&words(name), &ADMINISTRATION))
}
