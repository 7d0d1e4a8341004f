//! Versions and operations whose sunset has passed when an app is built.

use crate::{clock::Clock, route::Api};

/// Writes a line to the log for each of them: they answer 410, and whoever wrote a wrong year would not see why. An app
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
}
