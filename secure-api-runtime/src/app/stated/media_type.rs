//! The version that a request states by the media types that it accepts, or by that of its body.

use http::{header, request::Parts};

use crate::{
    route::{named, names_like, weight},
    verb::Verb,
    version::VersionInfo,
};

/// The media types that state the versions of an API.
pub(super) struct MediaTypes {
    /// The text before the version, and the one behind it.
    around: (&'static str, &'static str),
    /// The one of each version, oldest first.
    types: &'static [&'static str],
}

impl MediaTypes {
    /// Creates those that are written like this.
    pub(super) fn new(written: &'static str, types: &'static [&'static str]) -> Self {
        Self { around: written.split_once("{version}").unwrap_or((written, "")), types }
    }

    /// Returns the one of the version at this place of the table.
    pub(super) fn of(&self, index: usize) -> &'static str {
        self.types.get(index).copied().unwrap_or_default()
    }

    /// Returns the version that a request states, if it is served; `None` where it states none.
    ///
    /// Of several that it accepts, the one with the highest weight is meant, and of equal ones the newest: it can do with any of them.
    /// Where it names none it means that of its body.
    pub(super) fn stated(
        &self,
        parts: &Parts,
        served: &[(usize, &VersionInfo)],
    ) -> Option<Option<usize>> {
        let headers = &parts.headers;
        let weighed = served.iter().map(|(index, _)| (named(headers, self.of(*index)), *index));
        if let Some((_, index)) = weighed.filter(|(weight, _)| *weight > 0).max() {
            return Some(Some(index));
        }
        // Who can do with JSON of no version is served, as with any media type that is not there.
        if names_like(headers, self.around) && weight(headers, "application/json") == 0 {
            return Some(None);
        }
        // A cache tells answers to GET apart by `Accept`, and those to QUERY by the body and its media type too (RFC 10008).
        if Verb::answering(&parts.method) == Some(Verb::Get) {
            return None;
        }
        let mut types = headers.get_all(header::CONTENT_TYPE).iter();
        let text = types.next().filter(|_| types.next().is_none())?.to_str().ok()?;
        let name = text.split(';').next().unwrap_or_default().trim();
        let is_it =
            |(index, _): &&(usize, &VersionInfo)| name.eq_ignore_ascii_case(self.of(*index));
        served.iter().find(is_it).map(|(index, _)| Some(*index))
    }
}
