//! The compiler's checks of the whole API, on constants, that need all operations together.
//!
//! Each operation is looked at once, and found again by the hash of its place, so that a thousand of them take
//! no noticeable time.

use super::{
    super::{
        api::{Api, count},
        facts::{Access, Route, ShownTo},
    },
    Mistakes, check_inherited, check_strictness,
    links::check_links,
    order::check_order,
};
use crate::{
    compose::{push_other, same},
    role::RoleTable,
};

mod alike;
mod credentials;
mod facts;
mod inside;
mod overlap;
mod tenants;

use alike::check_alike;
use credentials::check_places;
use facts::Facts;
use inside::check_inside;
use overlap::check_overlaps;
use tenants::check_tenants;
pub(super) use tenants::first_untenanted;

/// The capacity of the table of operations. It is never more than half full.
pub(super) const PLACES: usize = 8192;

/// The operations of an API, each at the hash of its place or behind it.
pub(super) type Table = [Option<&'static Route>; PLACES];

/// Checks the whole API: no two operations answer the same request, all are of the API's own roles and versions, every
/// role and every version is used, and administration is a matter of its own. All that is wrong with one entry of the list
/// is one text. The API is no `whole` where a handler below a module has a mistake of its own.
pub const fn check_api(api: &Api, whole: bool) -> Mistakes {
    let mut mistakes = Mistakes::new();
    if count(api.routes) > PLACES / 2 {
        mistakes.begin(None);
        mistakes.push("SA608: an API has at most 4096 operations\n  help: split it");
        return mistakes;
    }
    // Open addressing over the hashes that the macro made: comparing every pair would take minutes.
    let mut table: Table = [None; PLACES];
    let mut facts = Facts::new();
    facts.whole &= whole;
    let mut group = 0;
    while group < api.routes.len() {
        let routes = api.routes[group];
        // Where a handler has a mistake of its own there is no operation, so none is missed.
        facts.whole &= !routes.is_empty();
        let mut index = 0;
        while index < routes.len() {
            let route = routes[index].route;
            index += 1;
            check_tables(api, route, group, &mut mistakes);
            check_strictness(api, route, group, &mut mistakes);
            check_inherited(api, route, group, &mut mistakes);
            check_places(api, route, group, &mut mistakes);
            facts.add(route, group);
            let mut place = (route.path_key % PLACES as u64) as usize;
            while let Some(other) = table[place] {
                let same_place = other.path_key == route.path_key
                    && other.verb as u8 == route.verb as u8
                    && same(other.path_shape, route.path_shape);
                if same_place && other.versions.overlaps(route.versions) {
                    mistakes.begin(Some(group));
                    mistakes.push_all(&[
                        "SA609: `",
                        other.name,
                        "` and `",
                        route.name,
                        "` both answer ",
                        route.verb.as_str(),
                        " ",
                        route.path,
                        " in the same version\n  help: change a path, or part their versions",
                    ]);
                }
                place = (place + 1) % PLACES;
            }
            table[place] = Some(route);
        }
        group += 1;
    }
    check_overlaps(api, &mut mistakes);
    check_alike(api, &mut mistakes);
    check_inside(api, &mut mistakes);
    check_tenants(api, &mut mistakes);
    check_order(api, &table, &mut mistakes);
    check_links(api, &table, &mut mistakes);
    facts.check(api, &mut mistakes);
    mistakes
}

const fn check_tables(api: &Api, route: &Route, group: usize, mistakes: &mut Mistakes) {
    if let Access::Roles(roles) = route.access {
        // Nobody is admitted where a role enum, or what is missing, has an error of its own.
        if !roles.is_empty() {
            check_table(api, route, roles.table(), group, mistakes);
        }
    } else {
        // On a route with a role, each of these was held against the route's.
        let mut index = 0;
        while index < route.facts.len() {
            if let Some(table) = route.facts[index].1.roles {
                check_table(api, route, table, group, mistakes);
            }
            index += 1;
        }
        let mut index = 0;
        while index < route.views.len() {
            if let ShownTo::Roles(admits) = route.views[index].to {
                check_table(api, route, admits.table(), group, mistakes);
            }
            index += 1;
        }
        let mut index = 0;
        while index < route.limits.len() {
            if let Some(admits) = route.limits[index].admits {
                check_table(api, route, admits.table(), group, mistakes);
            }
            index += 1;
        }
    }
    // An enum without versions has a mistake of its own.
    let is_other = !api.versions.versions.is_empty() && !route.versions.is_of(api.versions);
    if route.versions.is_stated() && is_other {
        let table = route.versions.table();
        mistakes.begin(Some(group));
        mistakes.push_all(&[
            "SA610: `",
            route.name,
            "` is in versions of ",
            table.type_name,
            ", and the versions of ",
            api.name,
            " are ",
        ]);
        push_other(
            mistakes.text(),
            table.type_name,
            api.versions.type_name,
            "use one version enum",
        );
    }
}

const fn check_table(
    api: &Api,
    route: &Route,
    table: &RoleTable,
    group: usize,
    mistakes: &mut Mistakes,
) {
    // An enum without roles has a mistake of its own.
    if !api.roles.roles.is_empty() && !table.is(api.roles) {
        mistakes.begin(Some(group));
        mistakes.push_all(&[
            "SA114: `",
            route.name,
            "` asks for roles of ",
            table.type_name,
            ", and the roles of ",
            api.name,
            " are ",
        ]);
        push_other(mistakes.text(), table.type_name, api.roles.type_name, "use one role enum");
    }
}
