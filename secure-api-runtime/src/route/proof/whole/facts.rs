//! The facts of all operations together: which roles and versions are used, and who may administrate.

use crate::route::{
    Api,
    facts::{Access, Allowed, Route},
    proof::Mistakes,
};

/// The number of sets of roles that are told apart. An API with more of them is checked on the first.
const SETS: usize = 128;

/// The facts collected about all operations.
pub(super) struct Facts {
    /// `true` if all operations that were declared are listed.
    pub(super) whole: bool,
    /// The roles that some operation admits.
    admitted: u128,
    /// The versions that have an operation.
    versions: [bool; 256],
    /// One operation for each set of roles that is asked for outside of administration.
    ordinary: [Option<&'static Route>; SETS],
    ordinary_count: usize,
    /// One operation for each set of roles, or none, that is asked for in administration.
    admin: [Option<&'static Route>; SETS],
    /// The entry of each.
    admin_entries: [usize; SETS],
    admin_count: usize,
}

impl Facts {
    pub(super) const fn new() -> Self {
        Self {
            whole: true,
            admitted: 0,
            versions: [false; 256],
            ordinary: [None; SETS],
            ordinary_count: 0,
            admin: [None; SETS],
            admin_entries: [0; SETS],
            admin_count: 0,
        }
    }

    pub(super) const fn add(&mut self, route: &'static Route, entry: usize) {
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
                self.admin_entries[self.admin_count] = entry;
                self.admin_count += 1;
            }
        } else if find(&self.ordinary, self.ordinary_count, route).is_none()
            && self.ordinary_count < SETS
        {
            self.ordinary[self.ordinary_count] = Some(route);
            self.ordinary_count += 1;
        }
    }

    pub(super) const fn check(&self, api: &Api, mistakes: &mut Mistakes) {
        // What is missing may be missing because of another mistake, so that one is told first.
        let whole = self.whole && mistakes.is_empty();
        if whole && !Allowed::has(api.allowed, "unused_version") {
            let mut index = 0;
            while index < api.versions.versions.len() && index < self.versions.len() {
                if !self.versions[index] {
                    mistakes.begin(None);
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
                    mistakes.begin(None);
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
                    let other = find(&self.ordinary, self.ordinary_count, route);
                    check_admin(route, self.admin_entries[index], other, mistakes);
                }
                index += 1;
            }
        }
    }
}

/// Checks that administration asks for what nothing else asks for: whoever may do the ordinary may not administrate.
const fn check_admin(route: &Route, entry: usize, other: Option<&Route>, mistakes: &mut Mistakes) {
    let who = match route.access {
        Access::Public(_) => "anybody",
        Access::Roles(roles) => match (roles.lowest(), other) {
            (Some(role), Some(_)) => role,
            _ => return,
        },
    };
    mistakes.begin(Some(entry));
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
        "\n  help: give administration a role that nothing else asks for, or write `allow(shared_admin, reason = \"…\")` into \
         `#[api]`",
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

/// Returns `true` if a segment of the path is `admin`, in any case.
const fn is_admin(path: &str) -> bool {
    let (path, admin) = (path.as_bytes(), b"/admin");
    let mut start = 0;
    while start + admin.len() <= path.len() {
        let mut matching = 0;
        while matching < admin.len()
            && path[start + matching].eq_ignore_ascii_case(&admin[matching])
        {
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
