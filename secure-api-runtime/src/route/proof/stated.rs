//! The checks of what a route leaves to its module.

use super::super::facts::{Access, Defaults, Route, RouteOptions};
use crate::{
    compose::{Text, fail},
    version::VersionRange,
};

/// Checks that some module states the keys that a route omits.
#[track_caller]
pub const fn check_stated(route: &str, defaults: &Defaults, versions: bool, access: bool) {
    let mut mistakes = Text::new();
    if defaults.unknown {
        return;
    }
    if versions && defaults.versions.is_none() {
        mistakes.push_all(&[
            "SA611: nothing says which versions `",
            route,
            "` is in\n  help: write `version = Version::V1..`, the versions from one on",
        ]);
    }
    if access && defaults.access.is_none() {
        mistakes.push_all(&[
            if mistakes.is_empty() { "" } else { "\n" },
            "SA101: nothing says who may call `",
            route,
            "`\n  help: write `role = Role::…`, or `public = \"why anybody may\"`",
        ]);
    }
    if !mistakes.is_empty() {
        mistakes.fail();
    }
}

/// Checks that a route which asks for scopes, or states order or repetition, knows who is calling, although its module
/// says who.
#[track_caller]
pub const fn check_caller(route: &Route) {
    let Access::Public(_) = route.access else { return };
    if !route.options.scopes.is_empty() {
        fail(&[
            "SA120: `scope` on a public route is asked of nobody\n  help: remove `scope`, or write `role = Role::…` in \
             place of `public`",
        ]);
    }
    let RouteOptions { acr, amr, max_age, .. } = &route.options;
    let asked = if !acr.is_empty() {
        Some("acr")
    } else if !amr.is_empty() {
        Some("amr")
    } else if max_age.is_some() {
        Some("max_age")
    } else {
        None
    };
    if let Some(key) = asked {
        fail(&[
            "SA142: `",
            key,
            "` on a public route is asked of nobody\n  help: write `role = …` instead of `public`, or remove `",
            key,
            "`",
        ]);
    }
    let key = if route.flow.after.is_some() { "after" } else { "idempotency_key" };
    fail(&[
        "SA321: `",
        route.name,
        "` is public, and `",
        key,
        "` needs to know who is calling\n  help: write `role = Role::…` in place of `public`",
    ]);
}

/// Checks that a module's versions are some.
#[track_caller]
pub const fn check_module_versions(module: &str, versions: VersionRange) {
    if versions.is_empty() {
        fail(&[
            "SA607: `",
            module,
            "` is in no version: the range is empty\n  help: write it from an older to a newer one",
        ]);
    }
}
