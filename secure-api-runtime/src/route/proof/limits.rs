//! The compiler's checks of limits.

use super::{Mistakes, check_roles};
use crate::{
    compose::{Text, fail},
    limit::{Limit, Unit},
    role::RoleSet,
    route::{Access, Api, Route},
};

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

/// The most requests of one address in a window of a route that takes credentials: up to so many a window is counted exactly.
const MOST_GUESSES: u32 = 16;

/// Checks that a route which takes credentials counts addresses, and lets few requests of one pass.
#[track_caller]
pub const fn check_credential(route: &Route) {
    let (mut least, mut arm): (Option<u32>, usize) = (None, 0);
    while arm < route.limits.len() {
        let limits = route.limits[arm].limits;
        let mut index = 0;
        while index < limits.len() {
            let limit = &limits[index];
            index += 1;
            // Neither the requests at one time nor those that are only watched are guesses that are refused.
            let bounds = !limit.is_at_once() && !limit.is_observed();
            if matches!(limit.unit(), Unit::Address) && bounds {
                least = match least {
                    Some(least) if least <= limit.count() => Some(least),
                    _ => Some(limit.count()),
                };
            }
        }
        arm += 1;
    }
    let Some(least) = least else {
        fail(&[
            "SA309: `",
            route.name,
            "` takes credentials and has no limit per address\n  help: write `limit = Limit::per_address(5).per_minute()`, \
             stricter than the API's: who guesses has no name yet, and what is observed or `at_once` refuses no guess",
        ]);
    };
    if least > MOST_GUESSES {
        let mut text = Text::new();
        text.push_all(&["SA313: `", route.name, "` takes credentials, and lets "]);
        text.push_number(least as u64);
        text.push_all(&[" requests of one address pass\n  help: write `16` in place of `"]);
        text.push_number(least as u64);
        text.push("`, or less");
        text.fail();
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
            // What bounds no guesses is told by `check_credential`.
            let bounds = !limit.is_at_once() && !limit.is_observed();
            if matches!(limit.unit(), Unit::Address) && bounds {
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
