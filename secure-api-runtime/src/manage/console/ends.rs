//! The versions and operations with their ends, and who still calls what ends.

use serde::{Serialize, Serializer};

use super::{
    Forms, Look, Sheet,
    html::{Html, all, text},
    parts::{
        code, heading, link, mark, maybe_day, maybe_time, number, outages, paragraph, table,
        versioned,
    },
};
use crate::{
    clock::rfc3339,
    inventory::{LiveOperation, VersionModel},
    version::{Brownout, Day},
};

/// The seconds of a day.
const DAY: i64 = 86_400;

/// The page of the ends.
#[derive(Serialize)]
pub(super) struct Ends {
    versions: Vec<Version>,
    /// The operations that end, each version for itself, the first end first.
    operations: Vec<Ending>,
}

/// One version.
#[derive(Serialize)]
struct Version {
    /// Its path segment.
    segment: String,
    description: String,
    state: State,
    #[serde(serialize_with = "beginning")]
    deprecated: Option<Day>,
    #[serde(serialize_with = "beginning")]
    sunset: Option<Day>,
    /// The URL of the page on how to move on.
    migrate: Option<String>,
    /// The short outages that are announced.
    brownouts: Vec<Brownout>,
    /// `true` while one of them lasts.
    is_out: bool,
    operations: usize,
    calls: u64,
    #[serde(with = "rfc3339::maybe")]
    last: Option<i64>,
}

/// One operation in one version that ends.
#[derive(Serialize)]
struct Ending {
    operation: String,
    version: String,
    #[serde(with = "rfc3339::maybe")]
    deprecated: Option<i64>,
    #[serde(with = "rfc3339::maybe")]
    sunset: Option<i64>,
    state: State,
    calls: u64,
    #[serde(with = "rfc3339::maybe")]
    last: Option<i64>,
    clients: usize,
    /// The short outages that are announced, those of its version too.
    brownouts: Vec<Brownout>,
    /// `true` while one of them lasts.
    is_out: bool,
    /// `true` if it ends within ninety days and was called within the last thirty.
    is_soon: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
enum State {
    Preview,
    Current,
    Deprecated,
    Ended,
}

impl Sheet for Ends {
    const TITLE: &'static str = "Versions and their ends";
    const PATH: &'static str = "/console/versions";
    const JSON: &'static str = "/console/versions.json";

    fn of(look: &Look) -> Self {
        let now = look.now;
        let version = |declared: &VersionModel| {
            let seen = || look.live.operations.iter().filter(|one| one.version == declared.segment);
            let VersionModel { deprecated, sunset, .. } = *declared;
            let (from, until) = (deprecated.map(Day::unix_seconds), sunset.map(Day::unix_seconds));
            Version {
                segment: declared.segment.clone(),
                description: declared.description.clone(),
                state: if declared.preview { State::Preview } else { State::at(now, from, until) },
                deprecated,
                sunset,
                migrate: declared.migrate.clone(),
                brownouts: declared.brownouts.clone(),
                is_out: is_out(&declared.brownouts, until, now),
                operations: look.model.operations_in(&declared.segment).count(),
                calls: seen().map(|one| one.calls).fold(0, u64::saturating_add),
                last: seen().filter_map(|one| one.last).max(),
            }
        };
        let ends = |one: &&LiveOperation| one.deprecated.is_some() || one.sunset.is_some();
        let mut operations: Vec<_> =
            look.live.operations.iter().filter(ends).map(|one| Ending::of(one, look)).collect();
        operations.sort_by_key(|one| one.sunset.unwrap_or(i64::MAX));
        Self { versions: look.model.versions.iter().map(version).collect(), operations }
    }

    fn html(&self, _: &Forms<'_>) -> Html {
        let version = |one: &Version| {
            let migrate = one.migrate.as_deref();
            vec![
                code(&one.segment),
                all([one.state.html(), out(one.is_out)]),
                maybe_day(one.deprecated),
                maybe_day(one.sunset),
                outages(&one.brownouts),
                number(one.operations as u64),
                number(one.calls),
                maybe_time(one.last),
                migrate
                    .filter(|url| url.starts_with("https://"))
                    .map_or_else(|| text("–"), |url| link(url, "page")),
            ]
        };
        let operation = |one: &Ending| {
            let soon = one.is_soon.then(|| all([text(" "), mark("warn", "soon")]));
            vec![
                all([versioned(&one.version, &one.operation), all(soon)]),
                all([one.state.html(), out(one.is_out)]),
                maybe_time(one.deprecated),
                maybe_time(one.sunset),
                outages(&one.brownouts),
                number(one.calls),
                maybe_time(one.last),
                number(one.clients as u64),
            ]
        };
        let heads = [
            "Version",
            "State",
            "Deprecated",
            "Sunset",
            "Out",
            "Operations",
            "Calls",
            "Last call",
            "How to move on",
        ];
        let versions = table(
            "Versions",
            &heads,
            self.versions.iter().map(version).collect(),
            "There are none.",
        );
        let heads =
            ["Operation", "State", "Deprecated", "Sunset", "Out", "Calls", "Last call", "Clients"];
        let rows = self.operations.iter().map(operation).collect();
        all([
            versions,
            heading("operations", "Operations that end"),
            paragraph("Marked as soon: within ninety days, and called within the last thirty."),
            table("Operations that end", &heads, rows, "None ends."),
        ])
    }
}

impl Ends {
    /// Returns the number of operations that end soon and are called.
    pub(super) fn soon(&self) -> usize {
        self.operations.iter().filter(|one| one.is_soon).count()
    }

    /// Returns the number of operations that an announced outage answers for now, each version for itself.
    pub(super) fn out(&self) -> usize {
        self.operations.iter().filter(|one| one.is_out).count()
    }
}

impl Ending {
    fn of(one: &LiveOperation, look: &Look) -> Self {
        let (now, model) = (look.now, &look.model);
        let LiveOperation { operation, version, deprecated, sunset, calls, last, clients, .. } =
            one;
        let ends = sunset.is_some_and(|sunset| now < sunset && sunset - now <= 90 * DAY);
        let is_called = last.is_some_and(|last| now - last <= 30 * DAY);
        // One that has gone from the program is announced no more.
        let declared = model.operations.iter().find(|declared| declared.name == *operation);
        let within = model.versions.iter().find(|own| own.segment == *version);
        let brownouts = declared.zip(within).map(|(declared, own)| declared.brownouts_in(own));
        let brownouts = brownouts.unwrap_or_default();
        // What is closed answers 410, and not that it comes back.
        let is_closed = look.live.closed.iter().any(|closed| closed.operation == *operation);
        Self {
            operation: operation.clone(),
            version: version.clone(),
            deprecated: *deprecated,
            sunset: *sunset,
            state: State::at(now, *deprecated, *sunset),
            calls: *calls,
            last: *last,
            clients: clients.len(),
            is_out: !is_closed && is_out(&brownouts, *sunset, now),
            brownouts,
            is_soon: ends && is_called,
        }
    }
}

impl State {
    fn at(now: i64, deprecated: Option<i64>, sunset: Option<i64>) -> Self {
        match (deprecated, sunset) {
            (_, Some(sunset)) if now >= sunset => Self::Ended,
            (Some(deprecated), _) if now >= deprecated => Self::Deprecated,
            _ => Self::Current,
        }
    }

    fn html(self) -> Html {
        match self {
            Self::Preview => mark("", "preview"),
            Self::Current => mark("good", "current"),
            Self::Deprecated => mark("warn", "deprecated"),
            Self::Ended => mark("bad", "ended"),
        }
    }
}

/// Returns `true` while an announced outage lasts of what has not ended.
fn is_out(brownouts: &[Brownout], sunset: Option<i64>, now: i64) -> bool {
    sunset.is_none_or(|sunset| now < sunset) && Brownout::left(brownouts, now).is_some()
}

fn out(is_out: bool) -> Html {
    all(is_out.then(|| all([text(" "), mark("bad", "out now")])))
}

/// Writes a day as the time at which it begins: all times of the console have one form.
pub(super) fn beginning<S: Serializer>(
    day: &Option<Day>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    rfc3339::maybe::serialize(&day.map(Day::unix_seconds), serializer)
}
