//! The version that a request states elsewhere than in its path: in a header, in its query, or by a media type.

use std::{collections::BTreeMap, mem, sync::Arc};

use http::{HeaderName, HeaderValue, request::Parts};
use url::form_urlencoded;

mod media_type;

use self::media_type::MediaTypes;
use super::{
    paths::Paths,
    place::{Place, allowed, is_preflight},
};
use crate::{
    clock::Clock,
    error::{InvalidField, Problem, problem},
    route::PathParameters,
    verb::Verb,
    version::{self, Previews, VersionInfo, VersionTable},
    weakened,
};

/// The versions that requests may state, where, and what each of them has.
pub(super) struct Stated {
    place: Where,
    /// The versions that are served, with their places in the table.
    served: Vec<(usize, &'static VersionInfo)>,
    /// The one that a request means which states none.
    unstated: Option<usize>,
    /// The table of paths of each version, by the version's place. A path that one version alone has hides no key of another.
    tables: Vec<Paths<Place>>,
}

enum Where {
    Header(HeaderName),
    Query(&'static str),
    MediaType(MediaTypes),
}

/// The version of a request.
enum Found {
    /// The one at this place of the table.
    Served(usize),
    /// None that is served, or several.
    Unknown,
}

impl Stated {
    /// Returns what `OPTIONS` tells of a path where no version is stated: the verbs that some version has there.
    pub(super) fn allow(&self, path: &str) -> HeaderValue {
        let mut verbs = [false; Verb::ALL.len()];
        for place in self.in_any(path) {
            place.add_verbs(&mut verbs);
        }
        allowed(verbs)
    }

    /// Returns the places of a path in all versions that have it.
    fn in_any(&self, path: &str) -> impl Iterator<Item = &Place> {
        self.tables.iter().filter_map(move |table| Some(table.at(path)?.0))
    }

    /// Returns the version that a request states. Stated twice it is none: whoever looked at the request before may have read the other.
    fn find(&self, parts: &Parts) -> Found {
        // A browser that asks before a request has its address, and none of the fields that it will state a version in.
        if is_preflight(parts) && !matches!(self.place, Where::Query(_)) {
            return Found::Unknown;
        }
        let twice = || weakened::is("stated-twice");
        let mut found = match &self.place {
            Where::Header(name) => {
                let mut values = parts.headers.get_all(name).iter();
                values.next().map(|value| {
                    let text = value.to_str().ok().filter(|_| values.next().is_none() || twice());
                    text.and_then(|text| self.named(text))
                })
            }
            Where::Query(name) => {
                let query = parts.uri.query().unwrap_or_default().as_bytes();
                let mut values = form_urlencoded::parse(query).filter(|(key, _)| key == name);
                values.next().map(|(_, value)| {
                    self.named(&value).filter(|_| values.next().is_none() || twice())
                })
            }
            Where::MediaType(types) => types.stated(parts, &self.served),
        };
        let any = || self.served.first().filter(|_| weakened::is("stated"));
        let found = found.take().unwrap_or(self.unstated).or(any().map(|(index, _)| *index));
        found.map_or(Found::Unknown, Found::Served)
    }

    fn named(&self, text: &str) -> Option<usize> {
        let is_it = |(_, version): &&(usize, &VersionInfo)| version.segment == text;
        self.served.iter().find(is_it).map(|(index, _)| *index)
    }

    /// Makes the refusal of a request whose version is none: it tells those that are served, and nothing else.
    pub(super) fn refusal(&self, clock: &Clock) -> Problem {
        let served = self.served.iter().filter(|(_, version)| !version.is_sunset(clock));
        let (kind, pointer) = match &self.place {
            Where::Header(name) => (&problem::UNKNOWN_VERSION, name.as_str().to_owned()),
            Where::Query(name) => (&problem::UNKNOWN_VERSION, (*name).to_owned()),
            // RFC 9110, section 15.5.7.
            Where::MediaType(_) => (&problem::NOT_ACCEPTABLE, "accept".to_owned()),
        };
        let name = |(index, version): &(usize, &'static VersionInfo)| match &self.place {
            Where::MediaType(types) => types.of(*index),
            Where::Header(_) | Where::Query(_) => version.segment,
        };
        let names: Vec<&str> = served.map(name).collect();
        let detail = format!("one of: {}", names.join(", ")).into();
        let error = InvalidField { pointer, code: "choice", detail };
        Problem::new(kind).errors(vec![error])
    }
}

/// The operations of each version, where requests state theirs.
pub(super) struct ByVersion {
    stated: Arc<Stated>,
    /// The place of requests that state no version which is served.
    unknown: Place,
}

impl ByVersion {
    /// Takes the places of each version; `None`, and takes none, where the path tells the version, or there is one.
    pub(super) fn of(
        table: &'static VersionTable,
        previews: &Previews,
        places: &mut Vec<BTreeMap<String, Place>>,
    ) -> Option<Self> {
        let place = match table.addresses.place {
            version::VersionPlace::Path | version::VersionPlace::Nowhere => return None,
            version::VersionPlace::Header(_, name) => Where::Header(HeaderName::from_static(name)),
            version::VersionPlace::Query(name) => Where::Query(name),
            version::VersionPlace::MediaType(written, types) => {
                Where::MediaType(MediaTypes::new(written, types))
            }
        };
        let served = table.versions.iter().enumerate();
        let served = served.filter(|(index, version)| previews.serve(*index, version)).collect();
        let unstated = table.addresses.unstated.map(usize::from);
        let tables = mem::take(places).into_iter().map(Paths::new).collect();
        let stated = Arc::new(Stated { place, served, unstated, tables });
        Some(Self { unknown: Place::unknown(Arc::clone(&stated)), stated })
    }

    /// Returns the paths of all versions, as axum's router has them.
    pub(super) fn texts(&self) -> impl Iterator<Item = &String> {
        self.stated.tables.iter().flat_map(|table| &table.texts)
    }

    /// Returns the place of a request in the version that it states, with the parameters of its path; `None` where that has no such
    /// path, or no version has.
    pub(super) fn at(&self, parts: &Parts) -> Option<(&Place, PathParameters)> {
        let path = parts.uri.path();
        match self.stated.find(parts) {
            Found::Served(index) => self.stated.tables.get(index)?.at(path),
            Found::Unknown => {
                let is_any = self.stated.in_any(path).next().is_some();
                is_any.then(|| (&self.unknown, PathParameters::default()))
            }
        }
    }
}
