//! The ends of operations and versions, as the model has them.

use super::segments;
use crate::{
    inventory::{AddressModel, Deprecation, Successor, VersionModel},
    route::{self, Route},
    version::{VersionInfo, VersionTable},
};

pub(super) fn version(table: &VersionTable, (index, info): (usize, &VersionInfo)) -> VersionModel {
    let VersionInfo {
        variant: _,
        segment,
        description,
        deprecated,
        sunset,
        migrate,
        preview,
        brownouts,
    } = *info;
    VersionModel {
        segment: segment.to_owned(),
        description: description.to_owned(),
        deprecated,
        sunset,
        migrate: migrate.map(str::to_owned),
        preview,
        brownouts: brownouts.to_vec(),
        addresses: AddressModel::of(&table.addresses, index),
    }
}

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
