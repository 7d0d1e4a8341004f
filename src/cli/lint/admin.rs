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

/// What an operation demands: its alternatives of schemes and scopes, and its roles.
type Demand = BTreeSet<String>;

impl Lint<'_> {
    /// Compares what operations for administrators demand with what others do.
    pub(super) fn administration(&mut self, operations: &[DocumentOperation<'_>]) {
        let demand = |operation: &DocumentOperation<'_>| demand(self.document, operation.value);
        let (admins, others): (Vec<_>, Vec<_>) = operations
            .iter()
            .map(|one| (one, demand(one)))
            .partition(|(one, _)| is_administration(one));
        let others: BTreeSet<Demand> = others.into_iter().map(|(_, demand)| demand).collect();
        for (operation, demand) in admins {
            // One that demands nothing is found by other rules, and is no better than others.
            let is_stronger = !demand.is_empty() && !others.contains(&demand);
            self.ask(&ADMIN_LIKE_OTHERS, &operation.place, is_stronger, &operation.name());
        }
    }
}

fn demand(document: &Value, operation: &Value) -> Demand {
    let mut demand = Demand::new();
    for alternative in security(document, operation).unwrap_or_default() {
        let schemes = alternative.as_object().into_iter().flatten().map(|(scheme, scopes)| {
            let scopes: BTreeSet<&str> = texts(Some(scopes)).collect();
            format!("{scheme} {scopes:?}")
        });
        demand.insert(schemes.collect::<Vec<_>>().join(" and "));
    }
    for member in ["x-required-roles", "x-required-scopes"] {
        demand.extend(texts(operation.get(member)).map(|text| format!("{member} {text}")));
    }
    demand.retain(|one| !one.is_empty());
    demand
}

fn is_administration(operation: &DocumentOperation<'_>) -> bool {
    let name = operation.value.get("operationId").and_then(Value::as_str);
    let tags = texts(operation.value.get("tags"));
    // What stands in braces is a parameter's name.
    let parts = operation.path.split('/').filter(|part| !part.starts_with('{'));
    parts.chain(name).chain(tags).any(|name| has(&words(name), &ADMINISTRATION))
}
