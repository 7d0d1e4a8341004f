//! The compiler's check of exceptions: each excepts something.

use crate::{
    compose::{fail, same},
    route::{ObjectFacts, Route},
};

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
    let (mut extractors, mut unchecked, mut objects, mut untenanted, mut index) = (0, 0, 0, 0, 0);
    while index < route.facts.len() {
        let facts = &route.facts[index].1;
        extractors += facts.extractor as usize;
        unchecked += facts.unchecked as usize;
        objects += matches!(facts.object, Some(ObjectFacts { in_path: true, .. })) as usize;
        untenanted += matches!(facts.object, Some(ObjectFacts { tenanted: false, .. })) as usize;
        index += 1;
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
    if same(rule, "untenanted") && untenanted == 0 {
        fail(&[
            "SA023: `",
            route.name,
            "` guards nothing without a tenant, so there is nothing to allow\n  help: remove \
             `allow(untenanted, …)`",
        ]);
    }
}
