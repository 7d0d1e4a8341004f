//! Versions and operations whose sunset has passed when an app is built, or that will be out for a while before it.

use crate::{clock::Clock, route::Api, version::Brownout};

/// Writes a line to the log for each. Those that are past it answer 410, and whoever wrote a wrong year would not see why. An app
/// starts all the same, since what was right when it was built does not stop it on the day.
pub(super) fn log(api: &Api, clock: &Clock) {
    for version in api.versions.versions.iter().filter(|version| version.is_sunset(clock)) {
        if let Some(sunset) = version.sunset {
            tracing::warn!(
                target: "secure_api::start",
                version = version.segment,
                %sunset,
                "a version is past its sunset and answers 410"
            );
        }
    }
    for route in api.routes().filter(|route| route.is_sunset(clock)) {
        if let Some(sunset) = route.own_sunset() {
            tracing::warn!(
                target: "secure_api::start",
                operation = route.name,
                %sunset,
                "an operation is past its sunset and answers 410"
            );
        }
    }
    // Whoever is on duty then has read that nothing failed.
    let ahead =
        |all: &'static [Brownout]| all.iter().filter(|one| one.until() > clock.unix_seconds());
    for version in api.versions.versions {
        for outage in ahead(version.brownouts) {
            tracing::info!(
                target: "secure_api::start",
                version = version.segment,
                %outage,
                "a version will be out for a while, as it is announced"
            );
        }
    }
    for route in api.routes() {
        let own = route.options.deprecated.map_or(&[][..], |deprecated| deprecated.brownouts);
        for outage in ahead(own) {
            tracing::info!(
                target: "secure_api::start",
                operation = route.name,
                %outage,
                "an operation will be out for a while, as it is announced"
            );
        }
    }
}
