//! Extractors that refuse a media type: the answer says which they take (RFC 9110, section 15.5.16).

use axum::{
    extract::{FromRequest, RawForm, Request},
    response::{IntoResponse, Response},
};
use reqwest::Method;
use secure_api::{clock::Clock, prelude::*, route::BodyExtractor};

use crate::support::{Answer, TestServer, server::START, token};

#[derive(Role)]
enum Role {
    Member,
}

#[derive(Version)]
enum Version {
    V1,
}

/// An extractor of the app's own, which takes nothing, and says so or not.
struct Picky<const SAYS: bool>;

impl<S: Send + Sync, const SAYS: bool> FromRequest<S> for Picky<SAYS> {
    type Rejection = Response;

    async fn from_request(_: Request, _: &S) -> Result<Self, Response> {
        let status = axum::http::StatusCode::UNSUPPORTED_MEDIA_TYPE;
        if SAYS {
            return Err((status, [("accept", "text/calendar")]).into_response());
        }
        Err(status.into_response())
    }
}

/// Takes a form as it is.
#[post("/form", version = Version::V1.., role = Role::Member, allow(extractor, reason = "the old form has no fields of ours"))]
async fn form(BodyExtractor(_form): BodyExtractor<RawForm>) -> Accepted {
    Accepted
}

/// Takes a calendar.
#[post("/calendar", version = Version::V1.., role = Role::Member, allow(extractor, reason = "calendars are read by a crate"))]
async fn calendar(BodyExtractor(_): BodyExtractor<Picky<true>>) -> Accepted {
    Accepted
}

/// Takes nobody knows what.
#[post("/riddle", version = Version::V1.., role = Role::Member, allow(extractor, reason = "riddles are read by a crate"))]
async fn riddle(BodyExtractor(_): BodyExtractor<Picky<false>>) -> Accepted {
    Accepted
}

#[api(roles = Role, versions = Version, limit = Limit::per_principal(60).per_minute(), routes(form, calendar, riddle))]
struct Counter;

// R83
#[tokio::test]
async fn a_media_type_that_an_extractor_refuses_is_answered_with_those_it_takes() {
    let clock = Clock::manual(START);
    let app = Counter::app().tokens(token::issuer()).clock(clock.clone()).build().expect("an app");
    let server = TestServer::run(app, Default::default(), clock).await;
    let token = server.token("mary", &["member"]);
    for (path, accept) in [
        ("/v1/form", Some("application/x-www-form-urlencoded")),
        ("/v1/calendar", Some("text/calendar")),
        ("/v1/riddle", None),
    ] {
        let request = server.request(Method::POST, path).bearer_auth(&token);
        let answer = Answer::of(request.header("content-type", "text/x").body("x")).await;
        answer.is_problem(415);
        assert_eq!(answer.maybe_header("accept"), accept, "{path}");
    }
}
