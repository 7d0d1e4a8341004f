//! Credentials in the query: they are taken out of a request's target before anything else reads that, so that no log, no link, no
//! input and no extractor has them.

use std::borrow::Cow;

use axum::extract::OriginalUri;
use http::{Uri, request::Parts, uri::PathAndQuery};

use super::{Kind, Place};

/// The parameters of a request that are credentials, each with its name.
#[derive(Clone)]
pub(crate) struct InQuery {
    found: Vec<(&'static str, Box<str>)>,
    /// The bytes that were taken out.
    taken: usize,
}

impl InQuery {
    /// Returns the values of a parameter.
    pub(super) fn of(&self, name: &str) -> impl Iterator<Item = &[u8]> {
        self.found.iter().filter(move |(of, _)| *of == name).map(|(_, value)| value.as_bytes())
    }

    /// Takes these parameters out of a request's target, and keeps them beside it.
    pub(crate) fn take(parts: &mut Parts, names: &[&'static str]) {
        let Some((rest, taken)) = Self::parted(&parts.uri, names) else { return };
        // A router around this one has kept the target as it came.
        if let Some(OriginalUri(uri)) = parts.extensions.get_mut()
            && let Some((rest, _)) = Self::parted(uri, names)
        {
            *uri = rest;
        }
        parts.uri = rest;
        parts.extensions.insert(taken);
    }

    /// Returns the bytes that were taken out of a request's target, which are part of how long it was.
    pub(crate) fn length(parts: &Parts) -> usize {
        parts.extensions.get::<Self>().map_or(0, |found| found.taken)
    }

    /// Parts a target; `None` where it has none of these parameters.
    fn parted(uri: &Uri, names: &[&'static str]) -> Option<(Uri, Self)> {
        let query = uri.query()?;
        let (mut rest, mut found) = (Vec::new(), Vec::new());
        for pair in query.split('&') {
            let read = form_urlencoded::parse(pair.as_bytes()).next();
            let named = read.and_then(|(name, value)| Some((Self::known(&name, names)?, value)));
            match named {
                Some((name, value)) => found.push((name, Cow::into_owned(value).into_boxed_str())),
                None => rest.push(pair),
            }
        }
        if found.is_empty() {
            return None;
        }
        // A parameter without a name is left one, for whoever refuses it: a query without any text has none.
        let rest = match &rest[..] {
            [""] => "&".to_owned(),
            rest => rest.join("&"),
        };
        let taken = query.len() - rest.len();
        let target = match &*rest {
            "" => uri.path().to_owned(),
            rest => format!("{}?{rest}", uri.path()),
        };
        let mut parts = uri.clone().into_parts();
        // It is a part of a target that was read already.
        parts.path_and_query = Some(target.parse().unwrap_or(PathAndQuery::from_static("/")));
        Some((Uri::from_parts(parts).unwrap_or_default(), Self { found, taken }))
    }

    fn known(name: &str, names: &[&'static str]) -> Option<&'static str> {
        names.iter().find(|known| **known == name).copied()
    }
}

impl Kind {
    /// Returns the parameter of the query that these credentials are.
    pub(crate) const fn parameter(&self) -> Option<&'static str> {
        match self.place() {
            Place::Query(name) => Some(name),
            Place::Authorization | Place::Header(_) | Place::Cookie(_) | Place::Connection => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use http::Request;

    use super::*;

    fn taken(target: &str) -> (String, Vec<String>) {
        let request =
            Request::get(target).extension(OriginalUri(target.parse().expect("a target")));
        let (mut parts, ()) = request.body(()).expect("a request").into_parts();
        InQuery::take(&mut parts, &["api_key"]);
        let left = parts.uri.to_string();
        assert_eq!(parts.extensions.get::<OriginalUri>().expect("one").to_string(), left);
        let found: Option<&InQuery> = parts.extensions.get();
        let values = found.into_iter().flat_map(|found| found.of("api_key"));
        let values = values.map(|value| String::from_utf8_lossy(value).into_owned()).collect();
        let length = target.len() - left.len();
        assert!(length - InQuery::length(&parts) <= 1, "{target}");
        (left, values)
    }

    #[test]
    fn a_parameter_is_taken_out_and_the_rest_is_as_it_was() {
        for (target, left, values) in [
            ("/v1/a", "/v1/a", &[][..]),
            ("/v1/a?b=%2f+c", "/v1/a?b=%2f+c", &[]),
            ("/v1/a?api_key=x", "/v1/a", &["x"]),
            ("/v1/a?api_key=x&b=1&&c", "/v1/a?b=1&&c", &["x"]),
            ("/v1/a?&api_key=x&b=1", "/v1/a?&b=1", &["x"]),
            ("/v1/a?api_key=x&&b=1", "/v1/a?&b=1", &["x"]),
            ("/v1/a?b=1&api_key=x&", "/v1/a?b=1&", &["x"]),
            ("/v1/a?api_key=x&", "/v1/a?&", &["x"]),
            ("/v1/a?&api_key=x", "/v1/a?&", &["x"]),
            ("/v1/a?&api_key=x&", "/v1/a?&", &["x"]),
            ("/v1/a?b=1&api%5Fkey=a%2Bb", "/v1/a?b=1", &["a+b"]),
            ("/v1/a?api_key", "/v1/a", &[""]),
            ("/v1/a?api_key=x&b=1&api_key=y", "/v1/a?b=1", &["x", "y"]),
            ("/v1/a?API_KEY=x&api_key2=y", "/v1/a?API_KEY=x&api_key2=y", &[]),
            ("https://shop.example/v1/a?api_key=x", "https://shop.example/v1/a", &["x"]),
        ] {
            let values = values.iter().map(|value| (*value).to_owned()).collect();
            assert_eq!(taken(target), (left.to_owned(), values), "{target}");
        }
    }
}
