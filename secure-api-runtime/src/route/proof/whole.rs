//! The compiler's checks of the whole API, on constants, that need all operations together.
//!
//! Each operation is looked at once, and found again by the hash of its place, so that a thousand of them take
//! no noticeable time.

use super::{
    super::{
        api::{Api, count},
        facts::{Access, Allowed, Route, ShownTo},
    },
    check_strictness,
    order::check_order,
};
use crate::{
    compose::{Text, fail, push_other, same},
    role::RoleTable,
};

mod overlap;
mod tenants;

use overlap::check_overlaps;
use tenants::check_tenants;

/// The capacity of the table of [`check_api`]. It is never more than half full.
const PLACES: usize = 8192;

/// Checks the whole API: no two operations answer the same request, all are of the API's own roles and versions, every
/// role and every version is used, and administration is a matter of its own. All that is wrong is one text.
#[track_caller]
pub const fn check_api(api: &Api) {
    if count(api.routes) > PLACES / 2 {
        fail(&["SA608: an API has at most 4096 operations\n  help: split it"]);
    }
    let mut mistakes = Text::new();
    // Open addressing over the hashes that the macro made: comparing every pair would take minutes.
    let mut table: [Option<&Route>; PLACES] = [None; PLACES];
    let mut facts = Facts::new();
    let mut group = 0;
    while group < api.routes.len() {
        let routes = api.routes[group];
        // Where a handler has a mistake of its own there is no operation, so none is missed.
        facts.whole &= !routes.is_empty();
        let mut index = 0;
        while index < routes.len() {
            let route = routes[index].route;
            index += 1;
            check_tables(api, route, &mut mistakes);
            check_strictness(api, route, &mut mistakes);
            facts.add(route);
            let mut place = (route.path_key % PLACES as u64) as usize;
            while let Some(other) = table[place] {
                let same_place = other.path_key == route.path_key
                    && other.verb as u8 == route.verb as u8
                    && same(other.path_shape, route.path_shape);
                if same_place && other.versions.overlaps(route.versions) {
                    mistakes.end_line();
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
    check_tenants(api, &mut mistakes);
    check_order(api, &mut mistakes);
    facts.check(api, &mut mistakes);
    if !mistakes.is_empty() {
        mistakes.fail();
    }
}

const fn check_tables(api: &Api, route: &Route, mistakes: &mut Text) {
    if let Access::Roles(roles) = route.access {
        // Nobody is admitted where a role enum, or what is missing, has an error of its own.
        if !roles.is_empty() {
            check_table(api, route, roles.table(), mistakes);
        }
    } else {
        // On a route with a role, each of these was held against the route's.
        let mut index = 0;
        while index < route.facts.len() {
            if let Some(table) = route.facts[index].1.roles {
                check_table(api, route, table, mistakes);
            }
            index += 1;
        }
        let mut index = 0;
        while index < route.views.len() {
            if let ShownTo::Roles(admits) = route.views[index].to {
                check_table(api, route, admits.table(), mistakes);
            }
            index += 1;
        }
        let mut index = 0;
        while index < route.limits.len() {
            if let Some(admits) = route.limits[index].admits {
                check_table(api, route, admits.table(), mistakes);
            }
            index += 1;
        }
    }
    if route.versions.is_stated() && !route.versions.is_of(api.versions) {
        let table = route.versions.table();
        mistakes.end_line();
        mistakes.push_all(&[
            "SA610: `",
            route.name,
            "` is in versions of ",
            table.type_name,
            ", and the versions of ",
            api.name,
            " are ",
        ]);
        push_other(mistakes, table.type_name, api.versions.type_name, "use one version enum");
    }
}

const fn check_table(api: &Api, route: &Route, table: &RoleTable, mistakes: &mut Text) {
    if !table.is(api.roles) {
        mistakes.end_line();
        mistakes.push_all(&[
            "SA114: `",
            route.name,
            "` asks for roles of ",
            table.type_name,
            ", and the roles of ",
            api.name,
            " are ",
        ]);
        push_other(mistakes, table.type_name, api.roles.type_name, "use one role enum");
    }
}

/// The number of sets of roles that are told apart. An API with more of them is checked on the first.
const SETS: usize = 128;

/// The facts collected about all operations.
struct Facts {
    /// `true` if all operations that were declared are listed.
    whole: bool,
    /// The roles that some operation admits.
    admitted: u128,
    /// The versions that have an operation.
    versions: [bool; 256],
    /// One operation for each set of roles that is asked for outside of administration.
    ordinary: [Option<&'static Route>; SETS],
    ordinary_count: usize,
    /// One operation for each set of roles, or none, that is asked for in administration.
    admin: [Option<&'static Route>; SETS],
    admin_count: usize,
}

impl Facts {
    const fn new() -> Self {
        Self {
            whole: true,
            admitted: 0,
            versions: [false; 256],
            ordinary: [None; SETS],
            ordinary_count: 0,
            admin: [None; SETS],
            admin_count: 0,
        }
    }

    const fn add(&mut self, route: &'static Route) {
        let nobody = matches!(route.access, Access::Roles(roles) if roles.is_empty());
        self.whole &= !nobody && route.versions.is_stated() && !route.versions.is_empty();
        let mut index = 0;
        while index < route.versions.table().versions.len() && index < self.versions.len() {
            self.versions[index] |= route.versions.contains(index);
            index += 1;
        }
        if let Access::Roles(roles) = route.access {
            self.admitted |= roles.bits();
        }
        if is_admin(route.path) {
            if find(&self.admin, self.admin_count, route).is_none() && self.admin_count < SETS {
                self.admin[self.admin_count] = Some(route);
                self.admin_count += 1;
            }
        } else if find(&self.ordinary, self.ordinary_count, route).is_none()
            && self.ordinary_count < SETS
        {
            self.ordinary[self.ordinary_count] = Some(route);
            self.ordinary_count += 1;
        }
    }

    const fn check(&self, api: &Api, mistakes: &mut Text) {
        // What is missing may be missing because of another mistake, so that one is told first.
        let whole = self.whole && mistakes.is_empty();
        if whole && !Allowed::has(api.allowed, "unused_version") {
            let mut index = 0;
            while index < api.versions.versions.len() && index < self.versions.len() {
                if !self.versions[index] {
                    mistakes.end_line();
                    mistakes.push_all(&[
                        "SA621: no operation of ",
                        api.name,
                        " is in version ",
                        api.versions.versions[index].variant,
                        "\n  help: remove the version, widen the `version` of what stays in it, or `allow(unused_version, reason = \"…\")`",
                    ]);
                }
                index += 1;
            }
        }
        // An API that asks for no role at all has a role enum since one has to be named.
        if whole && self.admitted != 0 && !Allowed::has(api.allowed, "unused_role") {
            let mut index = 0;
            while index < api.roles.roles.len() {
                if self.admitted & (1 << index) == 0 {
                    mistakes.end_line();
                    mistakes.push_all(&[
                        "SA121: no operation of ",
                        api.name,
                        " admits ",
                        api.roles.roles[index].variant,
                        "\n  help: ask for it where it is needed, remove the role, or `allow(unused_role, reason = \"…\")`",
                    ]);
                }
                index += 1;
            }
        }
        if !Allowed::has(api.allowed, "shared_admin") {
            let mut index = 0;
            while index < self.admin_count {
                if let Some(route) = self.admin[index] {
                    check_admin(route, find(&self.ordinary, self.ordinary_count, route), mistakes);
                }
                index += 1;
            }
        }
    }
}

/// Checks that administration asks for what nothing else asks for: whoever may do the ordinary may not administrate.
const fn check_admin(route: &Route, other: Option<&Route>, mistakes: &mut Text) {
    let who = match route.access {
        Access::Public(_) => "anybody",
        Access::Roles(roles) => match (roles.lowest(), other) {
            (Some(role), Some(_)) => role,
            _ => return,
        },
    };
    mistakes.end_line();
    mistakes.push_all(&[
        "SA122: `",
        route.name,
        "` at ",
        route.path,
        " is administration and admits ",
        who,
    ]);
    if let (Access::Roles(_), Some(other)) = (route.access, other) {
        mistakes.push_all(&[", as `", other.name, "` at ", other.path, " does"]);
    }
    mistakes.push(
        "\n  help: give administration a role that nothing else asks for, or `allow(shared_admin, reason = \"…\")`",
    );
}

/// Returns the operation of these that asks for the same.
const fn find(
    routes: &[Option<&'static Route>; SETS],
    count: usize,
    route: &Route,
) -> Option<&'static Route> {
    let mut index = 0;
    while index < count {
        if let Some(other) = routes[index] {
            let alike = match (other.access, route.access) {
                (Access::Roles(one), Access::Roles(another)) => one.bits() == another.bits(),
                (Access::Public(_), Access::Public(_)) => true,
                _ => false,
            };
            if alike {
                return Some(other);
            }
        }
        index += 1;
    }
    None
}

/// Returns `true` if a segment of the path is `admin`.
const fn is_admin(path: &str) -> bool {
    let (path, admin) = (path.as_bytes(), b"/admin");
    let mut start = 0;
    while start + admin.len() <= path.len() {
        let mut matching = 0;
        while matching < admin.len() && path[start + matching] == admin[matching] {
            matching += 1;
        }
        let end = start + admin.len();
        if matching == admin.len() && (end == path.len() || path[end] == b'/') {
            return true;
        }
        start += 1;
    }
    false
}
