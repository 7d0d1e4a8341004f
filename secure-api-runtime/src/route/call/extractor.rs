//! The extractors of axum as arguments: the hatch where no other argument has what a handler needs.

use std::any::type_name;

use axum::{
    body::Body,
    extract::{FromRequest, FromRequestParts},
    response::{IntoResponse, Response},
};
use http::{HeaderValue, Request, header, request::Parts};

use super::{Argument, Context, Decoded};
use crate::{
    error::{Problem, ProblemType, problem},
    route::facts::{ArgumentFacts, ArgumentInfo},
    verb::TakesBody,
};

/// The result of axum's extractor `T` on a request without its body.
///
/// Nothing checks what it reads, so the route has to say why it needs that: `allow(extractor, reason = "…")`.
/// It runs where other arguments are resolved: after the caller is admitted. Where it refuses, the answer is a
/// problem document with the nearest status; its own body is not sent. Extractors of an axum state see `()`.
#[derive(Debug)]
pub struct Extractor<T>(pub T);

/// The result of axum's extractor `T` on a request with its body, of any media type.
///
/// As [`Extractor`], and like any body it is read whole and bounded: by the app's `body_limit`, or the route's.
#[derive(Debug)]
pub struct BodyExtractor<T>(pub T);

impl<V, T: FromRequestParts<()> + Send> Argument<V> for Extractor<T> {
    const FACTS: ArgumentFacts = ArgumentFacts { extractor: true, ..ArgumentFacts::PLAIN };

    fn describe() -> ArgumentInfo {
        ArgumentInfo::Extractor(type_name::<T>())
    }

    fn decode(context: &mut Context) -> Result<Decoded<Self>, Problem> {
        let mut parts = context.whole()?;
        Ok(Decoded::later(async move {
            let read = T::from_request_parts(&mut parts, &()).await;
            read.map(Self).map_err(|rejection| refused::<T>(rejection, false))
        }))
    }
}

impl<V: TakesBody, T: FromRequest<()> + Send> Argument<V> for BodyExtractor<T> {
    const FACTS: ArgumentFacts =
        ArgumentFacts { extractor: true, takes_body: true, ..ArgumentFacts::PLAIN };

    fn describe() -> ArgumentInfo {
        ArgumentInfo::BodyExtractor(type_name::<T>())
    }

    fn decode(context: &mut Context) -> Result<Decoded<Self>, Problem> {
        let request = Request::from_parts(context.whole()?, Body::from(context.body.clone()));
        Ok(Decoded::later(async move {
            let read = T::from_request(request, &()).await;
            read.map(Self).map_err(|rejection| refused::<T>(rejection, true))
        }))
    }
}

impl Context {
    /// Returns the request without its body. The pipeline keeps it for routes that take an extractor.
    fn whole(&self) -> Result<Parts, Problem> {
        let missing = || Problem::new(&problem::INTERNAL).because("the request was not kept");
        self.parts.as_deref().cloned().ok_or_else(missing)
    }
}

/// The media types that axum's own extractors of a body take, by the beginnings of their names. Their refusals do not say them.
const TAKEN: [(&str, HeaderValue); 4] = [
    ("axum::json::Json<", HeaderValue::from_static("application/json")),
    ("axum::form::Form<", HeaderValue::from_static("application/x-www-form-urlencoded")),
    (
        "axum::extract::raw_form::RawForm",
        HeaderValue::from_static("application/x-www-form-urlencoded"),
    ),
    ("axum::extract::multipart::Multipart", HeaderValue::from_static("multipart/form-data")),
];

/// Returns what a refusal of a media type says that `T` takes (RFC 9110, section 15.5.16): its own words, or axum's.
fn taken<T>(response: &Response) -> Option<HeaderValue> {
    let known = || {
        let name = type_name::<T>();
        TAKEN.into_iter().find(|(known, _)| name.starts_with(known)).map(|(_, media)| media)
    };
    response.headers().get(header::ACCEPT).cloned().or_else(known)
}

/// Converts the refusal of the extractor `T`. Its text may repeat what was sent, so only its status is used, and the media types
/// that it names.
fn refused<T>(rejection: impl IntoResponse, of_body: bool) -> Problem {
    let response: Response = rejection.into_response();
    let status = response.status().as_u16();
    let kind: &'static ProblemType = match status {
        413 if of_body => &problem::TOO_LARGE,
        415 if of_body => &problem::UNSUPPORTED_MEDIA_TYPE,
        422 if of_body => &problem::INVALID_INPUT,
        400..=499 => &problem::MALFORMED,
        _ => &problem::INTERNAL,
    };
    let problem = Problem::new(kind).because(format!("an extractor refused with {status}"));
    match taken::<T>(&response) {
        Some(media) if *kind == problem::UNSUPPORTED_MEDIA_TYPE => {
            problem.header(header::ACCEPT, media)
        }
        _ => problem,
    }
}
