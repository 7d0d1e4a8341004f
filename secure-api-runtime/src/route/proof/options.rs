//! The compiler's checks of the keys that few routes have.

use crate::{
    compose::{fail, same},
    identity,
    route::{ArgumentFacts, Route},
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
        if arguments[index].raw.is_some() {
            fail(&[
                "SA561: the type of the body of `",
                route.name,
                "` says how many bytes it may have\n  help: remove `body_limit`, and write the most bytes into the type",
            ]);
        }
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
