//! The second look at tables of roles and versions, when the app is built: in all that it enforces a bit is the same
//! role, and a place the same version. The compiler asks this of what the macros see.

use std::iter;

use super::AppBuilder;
use crate::{
    compose::{other_help, other_name},
    error::StartProblem,
    role::{RoleSet, RoleTable},
    route::{Access, Route, ShownTo},
    version::VersionTable,
    view::{Audience, ViewInfo},
};

/// Adds each route whose access, views, limits, arguments, fields of inputs or objects are of another table than the API's.
pub(super) fn tables(builder: &mut AppBuilder) {
    let api = builder.api;
    for route in api.routes() {
        let mut problems: Vec<StartProblem> = Vec::new();
        let mut wrong = |code, is: &str, what: &str, mine, other, help| {
            let name = other_name(mine, other);
            let text = format!(
                "`{}` {is} of {mine}, and the {what} of {} are {name}",
                route.name, api.name
            );
            problems.push(StartProblem { code, text, help: other_help(mine, other, help) });
        };
        for table in roles(route).filter(|table| !table.is(api.roles)) {
            let (mine, other) = (table.type_name, api.roles.type_name);
            wrong("SA114", "asks for roles", "roles", mine, other, "use one role enum");
        }
        for table in versions(route).filter(|table| !table.is(api.versions)) {
            let (mine, other) = (table.type_name, api.versions.type_name);
            wrong("SA610", "is in versions", "versions", mine, other, "use one version enum");
        }
        // One enum in several places of a route is one mistake.
        problems.dedup();
        builder.problems.extend(problems);
    }
}

/// Returns the tables of everything in a route that depends on roles. A set without anybody admits nobody, whatever its
/// table.
fn roles(route: &Route) -> impl Iterator<Item = &'static RoleTable> {
    let access = match route.access {
        Access::Roles(roles) => Some(roles),
        Access::Public(_) => None,
    };
    let arms = route.limits.iter().map(|limit| limit.admits);
    let shown = route.views.iter().map(|used| match used.to {
        ShownTo::Roles(roles) => Some(roles),
        ShownTo::Owner | ShownTo::Rest => None,
    });
    let arms = arms.chain(shown).flatten();
    let audiences = views(route).filter_map(|view| match view.audience {
        Audience::Roles(roles) => Some(roles),
        Audience::Public => None,
    });
    let arguments = route.facts.iter().flat_map(|(_, facts)| {
        let fields = [facts.contents.roles, facts.contents.other_roles];
        facts.roles.into_iter().chain(fields.into_iter().flatten().map(|(_, table)| table))
    });
    let sets = access.into_iter().chain(arms).chain(audiences).filter(|set| !set.is_empty());
    sets.map(RoleSet::table).chain(arguments.filter(|table| !table.roles.is_empty()))
}

/// Returns the tables of everything in a route that depends on versions.
fn versions(route: &Route) -> impl Iterator<Item = &'static VersionTable> {
    let lists = views(route).flat_map(|view| (0..view.lists()).map(|place| view.list(place)));
    let fields = lists.flatten().filter_map(|field| field.versions);
    iter::once(route.versions).chain(fields).map(|range| range.table())
}

/// Returns the views that a route shows, and those that they extend.
fn views(route: &Route) -> impl Iterator<Item = &'static ViewInfo> {
    let first = route.views.iter().map(|used| used.view);
    first.flat_map(|view| iter::successors(Some(view), |view| view.extends))
}

#[cfg(test)]
mod tests;
