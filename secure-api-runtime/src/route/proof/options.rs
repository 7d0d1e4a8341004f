//! The compiler's checks of the keys that few routes have.

use super::{Mistakes, check_roles};
use crate::{
    compose::{Text, fail, same},
    identity,
    limit::{Limit, Unit},
    role::RoleSet,
    route::{Access, Api, ArgumentFacts, Route},
};

/// Checks that a scope which is a constant is a scope. What is written in place was checked there.
#[track_caller]
pub const fn check_scopes(route: &Route) {
    let scopes = route.options.scopes;
    let mut index = 0;
    while index < scopes.len() {
        if !identity::is_scope(scopes[index]) {
            fail(&[
                "SA119: `",
                scopes[index],
                "` is no OAuth scope\n  help: write visible ASCII without spaces, quotes and backslashes, as \
                 `orders:write`",
            ]);
        }
        index += 1;
    }
}

/// Checks that what names an authentication and is a constant is a name. What is written in place was checked there.
#[track_caller]
pub const fn check_authentication(route: &Route) {
    let mut which = 0;
    while which < 2 {
        let names = if which == 0 { route.options.acr } else { route.options.amr };
        let mut index = 0;
        while index < names.len() {
            if !identity::is_scope(names[index]) {
                fail(&[
                    "SA141: `",
                    names[index],
                    "` is no name of an authentication\n  help: write visible ASCII without spaces, quotes and \
                     backslashes, as `otp`",
                ]);
            }
            index += 1;
        }
        which += 1;
    }
}

/// Checks that an authentication can be as recent as is asked: in whole seconds, which are what tokens have.
#[track_caller]
pub const fn check_max_age(route: &Route) {
    if let Some(age) = route.options.max_age
        && age.as_secs() == 0
    {
        nothing(route, "max_age");
    }
}

/// Checks that some caller reaches an arm of `limit`, and that it counts callers: an address has no role.
#[track_caller]
pub const fn check_limit_arm(route: &Route, arm: usize) {
    let used = &route.limits[arm];
    if let Some(admits) = used.admits {
        check_roles(route, "limit", admits.table());
    }
    let mut index = 0;
    while index < used.limits.len() {
        if matches!(used.limits[index].unit(), Unit::Address) {
            fail(&[
                "SA308: `",
                route.name,
                "` limits addresses by role, and an address is counted before anybody knows the caller's role\n  \
                 help: write `Limit::per_principal` in place of `Limit::per_address`",
            ]);
        }
        index += 1;
    }
    let (mut before, mut earlier): (Option<RoleSet>, usize) = (None, 0);
    while earlier < arm {
        before = match (before, route.limits[earlier].admits) {
            (Some(one), Some(other)) => Some(one.or(other)),
            (_, other) => other,
        };
        earlier += 1;
    }
    let Some(before) = before else { return };
    // Nobody is admitted where the route's roles have a mistake of their own.
    if matches!(route.access, Access::Roles(roles) if roles.is_empty()) || before.is_empty() {
        return;
    }
    let covered = match (used.admits, route.access) {
        (Some(this), _) => this.within(before),
        (None, Access::Roles(all)) => all.within(before),
        // Nobody is in no arm by role.
        (None, Access::Public(_)) => false,
    };
    if covered {
        let mut text = Text::new();
        text.push("SA307: nobody gets to arm ");
        text.push_number(arm as u64 + 1);
        text.push_all(&[
            " of the limits of `",
            route.name,
            "`: the arms above it take all of its callers\n  help: put the higher role first, or remove this arm",
        ]);
        text.fail();
    }
}

/// Returns the first limit per address of those that hold for everybody.
const fn per_address(route: &Route) -> Option<&'static Limit> {
    let mut arm = 0;
    while arm < route.limits.len() {
        let limits = route.limits[arm].limits;
        let mut index = 0;
        while index < limits.len() {
            if matches!(limits[index].unit(), Unit::Address) {
                return Some(&limits[index]);
            }
            index += 1;
        }
        arm += 1;
    }
    None
}

/// Checks that a route which takes credentials counts addresses.
#[track_caller]
pub const fn check_credential(route: &Route) {
    if per_address(route).is_none() {
        fail(&[
            "SA309: `",
            route.name,
            "` takes credentials and has no limit per address\n  help: write `limit = Limit::per_address(5).per_minute()`, \
             stricter than the API's: who guesses has no name yet",
        ]);
    }
}

/// Checks that a route which takes credentials counts addresses more strictly than the API counts anybody.
pub(in crate::route) const fn check_strictness(
    api: &Api,
    route: &Route,
    group: usize,
    mistakes: &mut Mistakes,
) {
    let limits = route.limits;
    if !route.options.credential || limits.is_empty() {
        return;
    }
    let mut general = 0;
    while general < api.limits.len() {
        if let Some(loose) = looser(route, &api.limits[general]) {
            mistakes.begin(Some(group));
            mistakes.push_all(&[
                "SA310: `",
                route.name,
                "` takes credentials, and its limit per address is not stricter than that of ",
                api.name,
                ": ",
            ]);
            push_limit(mistakes.text(), loose);
            mistakes.push(", against ");
            push_limit(mistakes.text(), &api.limits[general]);
            mistakes.push_all(&[
                "\n  help: allow fewer, and no more at once, as by `limit = Limit::per_address(5).per_minute()` on `",
                route.name,
                "`",
            ]);
            return;
        }
        general += 1;
    }
}

/// Returns a limit per address of the route, if none of those it has is stricter than this one.
const fn looser(route: &Route, general: &Limit) -> Option<&'static Limit> {
    let mut loose = None;
    let mut arm = 0;
    while arm < route.limits.len() {
        let limits = route.limits[arm].limits;
        let mut index = 0;
        while index < limits.len() {
            let limit = &limits[index];
            if matches!(limit.unit(), Unit::Address) {
                if limit.is_stricter_than(general) {
                    return None;
                }
                loose = Some(limit);
            }
            index += 1;
        }
        arm += 1;
    }
    loose
}

/// Writes a limit as `600 per principal in 60 s, 10 at once`.
const fn push_limit(text: &mut Text, limit: &Limit) {
    text.push_number(limit.count() as u64);
    text.push(" per ");
    text.push(limit.unit().name());
    if limit.is_at_once() {
        text.push(" at once");
        return;
    }
    text.push(" in ");
    let window = limit.window();
    if window.subsec_nanos() == 0 {
        text.push_number(window.as_secs());
        text.push(" s, ");
    } else {
        text.push_number(window.as_millis() as u64);
        text.push(" ms, ");
    }
    text.push_number(limit.allowed() as u64);
    text.push(" at once");
}

/// Checks `instead`: the successor of a deprecated route is not deprecated, and is released if the route is.
#[track_caller]
pub const fn check_instead(route: &Route, instead: &Route) {
    if instead.options.deprecated.is_some() {
        fail(&[
            "SA612: `",
            route.name,
            "` points its callers to `",
            instead.name,
            "`, which is deprecated too\n  help: name a route that stays, or remove `instead`",
        ]);
    }
    if route.versions.is_released() && !(instead.versions.is_released() || instead.is_unknown()) {
        fail(&[
            "SA612: `",
            route.name,
            "` points its callers to `",
            instead.name,
            "`, which is only in a preview\n  help: name a route that stays, or remove `instead`",
        ]);
    }
}

/// Checks `body_limit`: the route reads a body, and the limit lets something pass.
#[track_caller]
pub const fn check_body_limit(route: &Route, arguments: &[ArgumentFacts]) {
    let mut takes_body = false;
    let mut index = 0;
    while index < arguments.len() {
        takes_body |= arguments[index].takes_body;
        index += 1;
    }
    if !takes_body {
        fail(&[
            "SA020: `",
            route.name,
            "` takes no body, so there is nothing to limit\n  help: take `Json<…>`, or remove `body_limit`",
        ]);
    }
    if let Some(0) = route.options.body_limit {
        nothing(route, "body limit");
    }
}

/// Checks that a handler gets some time.
#[track_caller]
pub const fn check_timeout(route: &Route) {
    if let Some(timeout) = route.options.timeout
        && timeout.is_zero()
    {
        nothing(route, "timeout");
    }
}

#[track_caller]
const fn nothing(route: &Route, what: &str) {
    fail(&[
        "SA021: the ",
        what,
        " of `",
        route.name,
        "` is nothing\n  help: write more than 0, or remove the key to take the app's",
    ]);
}

impl Route {
    /// Returns `true` if it states an exception to a rule.
    pub const fn allows(&self, rule: &str) -> bool {
        let mut index = 0;
        while index < self.options.allowed.len() {
            if same(self.options.allowed[index].rule, rule) {
                return true;
            }
            index += 1;
        }
        false
    }
}
