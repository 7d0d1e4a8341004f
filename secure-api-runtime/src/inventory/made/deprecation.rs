//! The deprecation of an operation, as the model has it.

use super::segments;
use crate::{
    inventory::{Deprecation, Successor},
    route::{self, Route},
};

pub(super) fn of(deprecated: route::Deprecated) -> Deprecation {
    let route::Deprecated { since, sunset, instead, brownouts } = deprecated;
    let successor = |route: fn() -> &'static Route| {
        let route = route();
        Successor {
            operation: route.name.to_owned(),
            module: route.module.to_owned(),
            path: route.path.to_owned(),
            versions: segments(route.versions),
            newest: route.versions.newest_served().map(|(_, version)| version.segment.to_owned()),
        }
    };
    Deprecation { since, sunset, instead: instead.map(successor), brownouts: brownouts.to_vec() }
}
