//! The compiler's check of exceptions: each excepts something.

use super::{spelling::is_canonical, whole::first_untenanted};
use crate::{
    compose::{fail, same},
    input::FileKind,
    route::{ObjectFacts, Route},
    verb::Verb,
};

/// Returns `true` if something stands inside of what the route shows: only the start looks what it is.
const fn shows_more(route: &Route) -> bool {
    let mut index = 0;
    while index < route.views.len() {
        if route.views[index].view.is_nested() {
            return true;
        }
        index += 1;
    }
    false
}

/// Checks `allow`: the route needs the exception.
#[track_caller]
pub const fn check_allowed(route: &Route, rule: &str, owned: bool) {
    if same(rule, "unproven") && !owned {
        fail(&[
            "SA023: `",
            route.name,
            "` returns no bare object, so there is nothing to allow\n  help: remove `allow(unproven, …)`",
        ]);
    }
    if same(rule, "path") {
        if is_canonical(route.path) {
            fail(&[
                "SA023: the path of `",
                route.name,
                "` is of lower-case words, so there is nothing to allow\n  help: remove `allow(path, …)`",
            ]);
        }
        if route.versions.is_stated() && route.versions.excuses_paths() {
            fail(&[
                "SA023: the paths of these versions are as written, so there is nothing to allow to `",
                route.name,
                "`\n  help: remove `allow(path, …)`",
            ]);
        }
    }
    let (mut extractors, mut unchecked, mut objects, mut bodies, mut index) = (0, 0, 0, 0, 0);
    while index < route.facts.len() {
        let facts = &route.facts[index].1;
        extractors += facts.extractor as usize;
        bodies += facts.takes_body as usize;
        unchecked += facts.unchecked as usize;
        objects += matches!(facts.object, Some(ObjectFacts { in_path: true, .. })) as usize;
        index += 1;
    }
    if same(rule, "content") && !matches!(route.verb, Verb::Delete) {
        fail(&[
            "SA023: ",
            route.verb.as_str(),
            " has content, so there is nothing to allow to `",
            route.name,
            "`\n  help: remove `allow(content, …)`",
        ]);
    }
    if same(rule, "content") && bodies == 0 {
        fail(&[
            "SA023: `",
            route.name,
            "` takes no body, so there is nothing to allow\n  help: remove `allow(content, …)`",
        ]);
    }
    if same(rule, "cross_site") && route.verb.is_safe() {
        fail(&[
            "SA023: `",
            route.name,
            "` changes nothing, so there is nothing to allow\n  help: remove `allow(cross_site, …)`",
        ]);
    }
    if same(rule, "active_content") && !FileKind::have_active(route.body_kinds()) {
        fail(&[
            "SA023: `",
            route.name,
            "` takes no files that can carry scripts, so there is nothing to allow\n  help: remove \
             `allow(active_content, …)`",
        ]);
    }
    if same(rule, "extractor") && extractors == 0 {
        fail(&[
            "SA023: `",
            route.name,
            "` takes no extractor, so there is nothing to allow\n  help: remove `allow(extractor, …)`",
        ]);
    }
    if same(rule, "unchecked") && unchecked == 0 {
        fail(&[
            "SA023: `",
            route.name,
            "` takes no `Unchecked<…>`, so there is nothing to allow\n  help: remove `allow(unchecked, …)`",
        ]);
    }
    if same(rule, "unrelated") && objects < 2 {
        fail(&[
            "SA023: the path of `",
            route.name,
            "` names no two objects, so there is nothing to allow\n  help: remove `allow(unrelated, …)`",
        ]);
    }
    if same(rule, "untenanted") && first_untenanted(route).is_none() && !shows_more(route) {
        fail(&[
            "SA023: `",
            route.name,
            "` guards nothing without a tenant, so there is nothing to allow\n  help: remove \
             `allow(untenanted, …)`",
        ]);
    }
}
