//! The version that a request states elsewhere than in its path: in a header, in its query, or by a media type.

use std::sync::Arc;

use http::{HeaderName, request::Parts};
use url::form_urlencoded;

mod media_type;

use self::media_type::MediaTypes;
use super::{operation::Operation, place::Place};
use crate::{
    clock::Clock,
    error::{InvalidField, Problem, problem},
    version::{self, Previews, VersionInfo, VersionTable},
    weakened,
};

/// The versions that requests may state, and where.
pub(super) struct Stated {
    place: Where,
    /// The versions that are served, with their places in the table.
    served: Vec<(usize, &'static VersionInfo)>,
    /// The one that a request means which states none.
    unstated: Option<usize>,
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
    /// Returns those of an API; `None` where the path tells the version, or there is one.
    pub(super) fn of(table: &'static VersionTable, previews: &Previews) -> Option<Arc<Self>> {
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
        Some(Arc::new(Self { place, served, unstated }))
    }

    /// Returns the version that a request states. Stated twice it is none: whoever looked at the request before may have read the other.
    fn find(&self, parts: &Parts) -> Found {
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

/// The places of one path, of which requests state the version.
pub(super) struct ByVersion {
    stated: Arc<Stated>,
    /// The places, by the version's in the table.
    places: Vec<Option<Place>>,
    /// The place of those that are not of a version which the path has.
    absent: Box<Place>,
    /// The place of requests that state no version, or none that is served.
    unknown: Box<Place>,
}

impl ByVersion {
    /// Creates those of a path that has none yet.
    pub(super) fn new(stated: &Arc<Stated>) -> Self {
        Self {
            stated: Arc::clone(stated),
            places: Vec::new(),
            absent: Box::new(Place::empty(None)),
            unknown: Box::new(Place::unknown(Arc::clone(stated))),
        }
    }

    /// Adds an operation in its version.
    pub(super) fn add(&mut self, operation: Operation) {
        self.unknown.allow(operation.route.verb);
        let (index, version) = (operation.version_index, operation.version);
        if self.places.len() <= index {
            self.places.resize_with(index + 1, || None);
        }
        self.places[index].get_or_insert_with(|| Place::empty(Some(version))).add(operation);
    }

    /// Returns the place of a request.
    pub(super) fn of(&self, parts: &Parts) -> &Place {
        match self.stated.find(parts) {
            Found::Served(index) => {
                self.places.get(index).and_then(Option::as_ref).unwrap_or(&self.absent)
            }
            Found::Unknown => &self.unknown,
        }
    }
}
