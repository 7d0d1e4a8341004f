//! The traffic of an access log, held against operations that were declared: by an app, or by anybody's OpenAPI document.
//!
//! A log is read a line at a time, and memory has bounds: `table` finds the operation of a path, `paths` groups those that nobody declared,
//! `tally` counts, and `shown` is the text for people.

mod paths;
mod places;
mod shape;
mod shown;
mod table;
mod tally;

use std::{
    collections::BTreeMap,
    io::{self, BufRead},
};

use serde::{Deserialize, Serialize};

use self::{places::Places, tally::Tally};
use super::{ApiModel, LiveClient, PlaceModel, Settings, UndeclaredPath, place};
use crate::{
    access_log, base_url::BaseUrl, clock::Clock, ledger::AppLedger, secret::AppSecret, version::Day,
};

/// The lines that are looked at to tell a log from something else.
const LOOKED: usize = 20;

/// An operation in one of its versions, that a log is held against.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExpectedOperation {
    /// The verb, in capitals.
    pub verb: String,
    /// The whole path with its parameters, as `/v1/orders/{order}`.
    pub path: String,
    /// The name, where it has one.
    pub operation: String,
    /// The path segment of the version, where there are versions.
    pub version: String,
    /// The time from which it is deprecated, in seconds since 1970, in JSON a text; 0 where nobody says since when.
    #[serde(default, with = "crate::clock::rfc3339::maybe")]
    pub deprecated: Option<i64>,
    /// The time from which it is not to be answered any more.
    #[serde(default, with = "crate::clock::rfc3339::maybe")]
    pub sunset: Option<i64>,
}

/// The operations that a log is held against, and what is answered besides.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Expected {
    /// The name of the API, or of the document.
    pub name: String,
    /// The operations.
    pub operations: Vec<ExpectedOperation>,
    /// The paths that are answered and are no operations, as `/docs`, whoever may see them.
    pub served: Vec<String>,
    /// The paths that may stand before each path, as `/api`.
    pub bases: Vec<String>,
    /// The place of the version in a request, where a log has none of it: then an operation is one in all its versions.
    pub untold: String,
}

/// The traffic of an access log. Times are seconds since 1970; in JSON texts, as `2026-06-01T00:00:00Z`. Its text is a
/// table for people.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoggedTraffic {
    /// The name of the API, or of the document.
    pub name: String,
    /// The lines of the log.
    pub lines: u64,
    /// The lines that are no request: of another format, too long, no text.
    pub unread: u64,
    /// The requests.
    pub requests: u64,
    /// The requests for what is answered and is no operation: documents, questions of browsers before a request.
    pub besides: u64,
    /// The requests for what scanners ask every server for, and did not get.
    pub noise: u64,
    /// The requests for further paths that nobody declared, which are too many to be listed.
    pub unlisted: u64,
    /// The time of the earliest request.
    #[serde(default, with = "crate::clock::rfc3339::maybe")]
    pub from: Option<i64>,
    /// The time of the latest request.
    #[serde(default, with = "crate::clock::rfc3339::maybe")]
    pub until: Option<i64>,
    /// The place of the version in a request, where the log does not tell it: then an operation is one in all its versions.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub untold: String,
    /// The operations, each in each of its versions.
    pub operations: Vec<LoggedOperation>,
    /// The paths that nobody declared, those that are answered first.
    pub undeclared: Vec<UndeclaredPath>,
}

/// The calls of one operation in one version, as a log has them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoggedOperation {
    /// The operation.
    #[serde(flatten)]
    pub expected: ExpectedOperation,
    /// The number of its calls.
    pub calls: u64,
    /// The calls while it was deprecated, or past its sunset.
    pub zombie_calls: u64,
    /// The calls that were refused or failed, by their status.
    pub errors: BTreeMap<u16, u64>,
    /// The time of its first call.
    #[serde(default, with = "crate::clock::rfc3339::maybe")]
    pub first: Option<i64>,
    /// The time of its last call.
    #[serde(default, with = "crate::clock::rfc3339::maybe")]
    pub last: Option<i64>,
    /// The clients that call it, those who call most first: of many, those who came first.
    pub clients: Vec<LiveClient>,
    /// The calls of all other clients.
    pub others: u64,
}

impl Expected {
    /// Returns the operations of an API in each version that is served, with what its app answers besides.
    pub fn of(api: &ApiModel) -> Self {
        if api.versions.iter().any(|version| version.addresses.place.is_stated()) {
            return Self::of_stated(api);
        }
        let operations = api.served_versions().flat_map(|version| {
            api.operations_in(&version.segment).map(move |operation| ExpectedOperation {
                verb: operation.verb.as_str().to_owned(),
                path: version.address(&operation.path),
                operation: operation.name.clone(),
                version: version.segment.clone(),
                deprecated: operation.deprecated_in(version).map(Day::unix_seconds),
                sunset: operation.sunset_in(version).map(Day::unix_seconds),
            })
        });
        Self::with(api, operations.collect())
    }

    /// Returns the same of an API whose requests state their version where no log has it: each operation once for all versions, since
    /// nobody can tell which of them was called. It counts as deprecated, and as past its sunset, where it is so in all of them.
    fn of_stated(api: &ApiModel) -> Self {
        let mut found: Vec<ExpectedOperation> = Vec::new();
        // The versions of each, with the days that count there.
        let mut versions: Vec<Vec<(&str, Days)>> = Vec::new();
        let mut numbers: BTreeMap<(&str, String), usize> = BTreeMap::new();
        for version in api.served_versions() {
            for operation in api.operations_in(&version.segment) {
                let (verb, path) = (operation.verb.as_str(), version.address(&operation.path));
                let deprecated = operation.deprecated_in(version).map(Day::unix_seconds);
                let sunset = operation.sunset_in(version).map(Day::unix_seconds);
                let known = *numbers.entry((verb, place(&path))).or_insert(found.len());
                let here = (&*version.segment, (deprecated, sunset));
                match found.get_mut(known) {
                    Some(one) => {
                        one.version = format!("{}, {}", one.version, version.segment);
                        if one.operation != operation.name {
                            one.operation.clone_from(&operation.name);
                        }
                        one.or_on((deprecated, sunset));
                        versions[known].push(here);
                    }
                    None => {
                        found.push(ExpectedOperation {
                            verb: verb.to_owned(),
                            path,
                            operation: operation.name.clone(),
                            version: version.segment.clone(),
                            deprecated,
                            sunset,
                        });
                        versions.push(vec![here]);
                    }
                }
            }
        }
        // Of a path that another version has as a key of another operation nobody can tell either. One that has both tells them apart.
        let mut places: BTreeMap<&str, Places<'_>> = BTreeMap::new();
        for (index, one) in found.iter().enumerate() {
            places.entry(&one.verb).or_default().add(&one.path, index);
        }
        let meant = |one: &ExpectedOperation| places[&*one.verb].of(&one.path);
        let meant: Vec<Vec<usize>> = found.iter().map(meant).collect();
        for (index, others) in meant.into_iter().enumerate() {
            for other in others.into_iter().filter(|other| *other != index) {
                let own = &versions[index];
                let is_own = |segment: &str| own.iter().any(|(known, _)| *known == segment);
                let elsewhere = versions[other].iter().filter(|(segment, _)| !is_own(segment));
                elsewhere.for_each(|(_, days)| found[index].or_on(*days));
            }
        }
        let told = api.versions.first().map(|version| &version.addresses.place);
        let told = match told {
            Some(PlaceModel::Header(name)) => format!("the header {name}"),
            Some(PlaceModel::Query(name)) => format!("the query parameter {name}"),
            Some(PlaceModel::MediaType(written)) => format!("the media type {written}"),
            _ => String::new(),
        };
        Self { untold: told, ..Self::with(api, found) }
    }

    fn with(api: &ApiModel, operations: Vec<ExpectedOperation>) -> Self {
        let settings = api.settings.as_ref();
        let url = settings.and_then(|settings| BaseUrl::parse(settings.base_url.as_deref()?));
        Self {
            name: api.name.clone(),
            operations,
            untold: String::new(),
            served: served_by(settings),
            bases: url.map(|url| url.path().to_owned()).into_iter().collect(),
        }
    }
}

/// The day from which something is deprecated, and that of its sunset, in seconds since 1970.
type Days = (Option<i64>, Option<i64>);

impl ExpectedOperation {
    /// Puts the days off to those of a version that may have been called as well.
    fn or_on(&mut self, (deprecated, sunset): Days) {
        self.deprecated = self.deprecated.and_then(|day| Some(day.max(deprecated?)));
        self.sunset = self.sunset.and_then(|day| Some(day.max(sunset?)));
    }
}

/// Returns the paths that an app answers besides, with the files of its documentation page.
pub(crate) fn served_by(settings: Option<&Settings>) -> Vec<String> {
    let served = settings.map_or(&[][..], |settings| &settings.served);
    let page = served.iter().filter(|path| *path == "/docs");
    let files = page.flat_map(|page| [format!("{page}/"), format!("{page}/{{file}}")]);
    served.iter().cloned().chain(files).collect()
}

impl LoggedTraffic {
    /// Reads a log in the common or the combined format, in JSON of nginx or in that of Caddy, and holds it against operations.
    ///
    /// Nothing is kept of it but counts. A client has a keyed hash, and the key is gone when this is done:
    /// [`AppBuilder::traffic_in`](crate::app::AppBuilder::traffic_in) takes that of the app.
    ///
    /// # Errors
    ///
    /// Those of the reader, and `InvalidInput` where a path has more than 128 segments. A line that is no request is none: it is
    /// counted.
    pub fn read(expected: Expected, log: impl BufRead) -> io::Result<Self> {
        Self::read_with(expected, log, &AppSecret::random())
    }

    /// Returns `true` if one of the first lines of a text is a request of a log, and so no document.
    pub fn begins_in(text: &[u8]) -> bool {
        let mut lines = text.split(|byte| *byte == b'\n').take(LOOKED);
        lines.any(|line| str::from_utf8(line).is_ok_and(|line| access_log::read(line).is_some()))
    }

    /// Reads a log, with clients named as the app with this secret names them.
    pub(crate) fn read_with(
        expected: Expected,
        log: impl BufRead,
        secret: &AppSecret,
    ) -> io::Result<Self> {
        // It only makes names, as that of the app does.
        let names = AppLedger::new(secret, None, Clock::system());
        Tally::new(expected, names)?.read(log)
    }

    /// Returns the zombies: what is deprecated or past its sunset, and was called all the same.
    pub fn zombies(&self) -> impl Iterator<Item = &LoggedOperation> {
        self.operations.iter().filter(|operation| operation.zombie_calls > 0)
    }

    /// Returns the orphans: what is declared, and was not called. What is past its sunset at the end of the log is none.
    pub fn orphans(&self) -> impl Iterator<Item = &LoggedOperation> {
        let until = self.until.unwrap_or(i64::MAX);
        self.operations.iter().filter(move |operation| {
            operation.calls == 0 && operation.expected.sunset.is_none_or(|sunset| sunset > until)
        })
    }

    /// Returns the shadows: what nobody declared, and something answers or several clients ask for.
    pub fn shadows(&self) -> impl Iterator<Item = &UndeclaredPath> {
        self.undeclared.iter().filter(|path| path.is_shadow())
    }
}
