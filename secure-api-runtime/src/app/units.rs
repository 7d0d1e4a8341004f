//! The units that limits count by and that no caller is of: each caller would be counted by itself, and nobody would be told.

use crate::{
    error::StartProblem,
    identity::{API_KEY, Kind},
    limit::Unit,
    route::{Api, Route},
};

/// Returns the limits by API key of which no caller has a key, and those by tenant of which none has a tenant. Of an API's or a
/// module's limits one of the operations that have them is enough.
pub(super) fn without_unit(api: &Api, kinds: &[Kind], tenants: bool) -> Vec<StartProblem> {
    let keys = kinds.iter().any(|kind| kind.name() == API_KEY);
    let has = |route: &Route, unit: Unit| match unit {
        Unit::ApiKey => keys && !api.by(route).lacks(API_KEY),
        _ => tenants,
    };
    // What states the limits, the unit, and if some caller is of one.
    let mut found: Vec<(&str, Unit, bool)> = Vec::new();
    for route in api.routes() {
        let by = match route.limits {
            [] => api.name,
            _ => route.inherited.limits.unwrap_or(route.name),
        };
        let arms = route.limits_in(api);
        let units = arms.iter().flat_map(|arm| arm.limits).map(|limit| limit.unit());
        for unit in units.filter(|unit| matches!(unit, Unit::ApiKey | Unit::Tenant)) {
            let some = has(route, unit);
            match found.iter_mut().find(|(known, of, _)| (*known, *of) == (by, unit)) {
                Some((.., any)) => *any |= some,
                None => found.push((by, unit, some)),
            }
        }
    }
    let nobody = found.into_iter().filter(|(.., some)| !some);
    nobody.map(|(by, unit, _)| problem(by, unit)).collect()
}

fn problem(by: &str, unit: Unit) -> StartProblem {
    let (what, help) = match unit {
        Unit::ApiKey => (
            "API key",
            "write `Limit::per_principal` in place of `Limit::per_api_key`, or add `.api_keys(…)` to the app, and `ApiKey` where \
             `by` is stated",
        ),
        _ => (
            "tenant",
            "write `Limit::per_principal` in place of `Limit::per_tenant`, or add `.tenant_claim(\"…\")` to the issuer, the claim \
             that names a caller's tenant",
        ),
    };
    StartProblem {
        code: "SA316",
        text: format!("`{by}` limits by {what}, and none of its callers has one"),
        help,
    }
}
