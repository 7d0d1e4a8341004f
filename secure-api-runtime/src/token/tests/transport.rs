//! The places that a token may come from, and the texts of a refusal.

use axum::response::IntoResponse;
use http::header::WWW_AUTHENTICATE;

use super::*;
use crate::identity::insufficient_scope;

/// Status and challenge.
fn answer(problem: Problem) -> (u16, String) {
    let response = problem.into_response();
    let challenges: Vec<_> = response.headers().get_all(WWW_AUTHENTICATE).iter().collect();
    let [challenge] = challenges[..] else { panic!("one challenge") };
    (response.status().as_u16(), challenge.to_str().expect("ASCII").to_owned())
}

fn refusal(headers: &HeaderMap, query: Option<&str>) -> (u16, String) {
    answer(verifier(vec![issuer()]).0.authenticate(headers, query).expect_err("refused"))
}

const INVALID_TOKEN: &str = "Bearer realm=\"api\", error=\"invalid_token\"";
const INVALID_REQUEST: &str = "Bearer realm=\"api\", error=\"invalid_request\"";

#[test]
fn no_credentials_are_nobody_and_no_error() {
    // R22
    let (verifier, _) = verifier(vec![issuer()]);
    let nobody =
        verifier.authenticate(&HeaderMap::new(), Some("page=2&token=x")).expect("no credentials");
    assert!(nobody.is_none());
    let missing = verifier.sources.admits(By::Unstated, false).missing(identity::Refusal::Missing);
    assert_eq!(answer(missing), (401, "Bearer realm=\"api\"".to_owned()));
}

#[test]
fn credentials_that_do_not_hold_are_never_nobody() {
    // R22
    for value in
        ["Bearer", "Bearer ", "bearer  ", "Bearer a b", "Bearer a,b", "Bearer x.y.z", "Bearer \t"]
    {
        assert_eq!(
            refusal(&authorization(value), None),
            (401, INVALID_TOKEN.to_owned()),
            "{value}"
        );
    }
    let bytes = HeaderValue::from_bytes(b"Bearer \xff").expect("opaque bytes");
    let headers = HeaderMap::from_iter([(AUTHORIZATION, bytes)]);
    assert_eq!(refusal(&headers, None), (401, INVALID_TOKEN.to_owned()));
}

#[test]
fn another_scheme_is_challenged_without_an_error() {
    // R22
    for value in ["Basic YWxpY2U6eA==", "DPoP x.y.z", "", "x.y.z", "Bearer\tx", "BearerX y"] {
        assert_eq!(
            refusal(&authorization(value), None),
            (401, "Bearer realm=\"api\"".to_owned()),
            "{value}"
        );
    }
}

#[test]
fn the_schemes_name_knows_no_case() {
    let (verifier, _) = verifier(vec![issuer()]);
    let token = sign(&header(), &claims());
    for scheme in ["Bearer", "bearer", "BEARER", "Bearer "] {
        let headers = authorization(&format!("{scheme} {token}"));
        assert!(verifier.authenticate(&headers, None).expect("accepted").is_some());
    }
}

#[test]
fn a_token_comes_once_and_in_the_header() {
    // R21
    let token = sign(&header(), &claims());
    let mut twice = authorization(&format!("Bearer {token}"));
    twice.append(
        AUTHORIZATION,
        HeaderValue::from_str(&format!("Bearer {token}")).expect("a header"),
    );
    assert_eq!(refusal(&twice, None), (400, INVALID_REQUEST.to_owned()));
    let once = authorization(&format!("Bearer {token}"));
    for query in ["access_token=x", "page=1&access_token=", "access%5Ftoken=x", "%61ccess_token"] {
        assert_eq!(refusal(&HeaderMap::new(), Some(query)), (400, INVALID_REQUEST.to_owned()));
        assert_eq!(refusal(&once, Some(query)), (400, INVALID_REQUEST.to_owned()));
    }
    let (verifier, _) = verifier(vec![issuer()]);
    assert!(
        verifier.authenticate(&once, Some("page=1&q=access_token")).expect("accepted").is_some()
    );
}

#[test]
fn a_missing_scope_is_named() {
    // R22
    let told =
        "Bearer realm=\"api\", error=\"insufficient_scope\", scope=\"orders:read orders:write\"";
    let alice = accepted(&header(), &claims());
    let problem = insufficient_scope(&alice, &["orders:read", "orders:write"]);
    assert_eq!(answer(problem), (403, told.to_owned()));
    let untold = "Bearer realm=\"api\", error=\"insufficient_scope\"";
    assert_eq!(answer(insufficient_scope(&alice, &["a\", x=\""])), (403, untold.to_owned()));
}

#[tokio::test]
async fn every_refusal_reads_the_same_from_outside() {
    // R23
    let (verifier, _) = verifier(vec![issuer()]);
    let mut bodies = Vec::new();
    for token in [
        "x".to_owned(),
        sign(&header(), &with(claims(), "exp", json!(1))),
        sign(&header(), &with(claims(), "aud", json!("other"))),
        sign(&with(header(), "kid", json!("unknown")), &claims()),
        sign_text(
            &header().to_string(),
            &claims().to_string(),
            Algorithm::ES256,
            &ec_private(&ec()),
        ),
    ] {
        let problem = verifier
            .authenticate(&authorization(&format!("Bearer {token}")), None)
            .expect_err("refused");
        let response = problem.into_response();
        assert_eq!(response.headers()[WWW_AUTHENTICATE], INVALID_TOKEN);
        let body = axum::body::to_bytes(response.into_body(), 4096).await.expect("a body");
        bodies.push(body);
    }
    assert!(bodies.windows(2).all(|pair| pair[0] == pair[1]));
}
