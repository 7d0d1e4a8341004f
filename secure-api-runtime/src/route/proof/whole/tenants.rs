//! The compiler's checks of an API with tenants: each object that it guards is of one, or shared for a reason.

use crate::route::{Api, Route, proof::Mistakes};

/// The number of operations that are named besides the first: `tenants` in a large API is about all of them at once.
const NAMED: u64 = 8;

/// Checks that each object which an API with tenants guards is of a tenant, or shared for a reason. What is wrong with
/// many operations is told once, and then where else.
pub(super) const fn check_tenants(api: &Api, mistakes: &mut Mistakes) {
    if !api.tenants {
        return;
    }
    let (mut found, mut group) = (0, 0);
    while group < api.routes.len() {
        let routes = api.routes[group];
        let mut index = 0;
        while index < routes.len() {
            let route = routes[index].route;
            index += 1;
            let Some(written) = untenanted(route) else { continue };
            if found == 0 {
                mistakes.begin(Some(group));
                mistakes.push_all(&[
                    "SA124: `",
                    route.name,
                    "` of ",
                    api.name,
                    " guards `",
                    written,
                    "`, and nothing says whose tenant's it is\n  help: write `tenant = …`, the field, in its \
                     `#[object(…)]`, or `const TENANT: Option<fn(&Self) -> &str> = Some(|object| &object.tenant);` in its \
                     `impl Object`, or on the route why it is shared: \
                     `allow(untenanted, reason = \"…\")`",
                ]);
            } else if found <= NAMED {
                let and = if found == 1 { "\n  the same is true of `" } else { ", `" };
                mistakes.push_all(&[and, route.name, "` with `", written, "`"]);
            }
            found += 1;
        }
        group += 1;
    }
    if found > NAMED + 1 {
        mistakes.push(", and of ");
        mistakes.text().push_number(found - NAMED - 1);
        mistakes.push(" more");
    }
}

/// Returns what a route guards without a tenant, unless it says why. The result is mostly that of an argument.
const fn untenanted(route: &Route) -> Option<&'static str> {
    if route.allows("untenanted") {
        return None;
    }
    first_untenanted(route)
}

/// Returns the first of a route's arguments and its result that is an object without a tenant, or refers to one.
pub(in crate::route::proof) const fn first_untenanted(route: &Route) -> Option<&'static str> {
    let mut index = 0;
    while index < route.facts.len() {
        let (written, facts) = &route.facts[index];
        if let Some(object) = facts.object
            && !object.tenanted
        {
            return Some(*written);
        }
        let fields = facts.reads.fields();
        let mut place = 0;
        while place < fields.len() {
            if matches!(fields[place].ty.refers, Some(referred) if !referred.tenanted) {
                return Some(*written);
            }
            place += 1;
        }
        index += 1;
    }
    None
}
