//! The media type that a body announces.

use super::*;

// R83
#[test]
fn a_body_says_that_it_is_json() {
    let check = |headers: &[(&'static str, &'static str)]| {
        let headers: HeaderMap = headers
            .iter()
            .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)))
            .collect();
        check_content_type(&headers, Media::Json)
    };
    for accepted in [
        "application/json",
        "Application/JSON; charset=UTF-8",
        "application/json;charset=\"utf-8\"",
        "application/json;",
        "application/json ; ;\t; charset=utf-8 ;",
        "application/json;Charset=\"UTF\\-8\"",
        "application/json; charset=utf-8; charset=utf-8",
    ] {
        assert!(check(&[("content-type", accepted)]).is_ok(), "{accepted}");
    }
    let plain = [("content-type", "application/json"), ("content-encoding", "identity")];
    assert!(check(&plain).is_ok());
    for refused in [
        "text/plain",
        "application/json; charset=latin1",
        "application/json; charset",
        "application/json; boundary=x",
        "application/json; charset =utf-8",
        "application/json; charset= utf-8",
        "application/json; charset=",
        "application/json; charset=\"utf-8",
        "application/json; charset=utf-8, text/plain",
        "application/json; charset=\"utf-8;\"",
        "application/json; charset=utf-8; charset=utf-16",
        "application /json",
        ";",
        "application/jsonp",
        "application/json, text/plain",
        "",
    ] {
        let problem = check(&[("content-type", refused)]).expect_err(refused);
        let response = problem.into_response();
        assert_eq!(
            (response.status().as_u16(), &response.headers()["accept"]),
            (415, &HeaderValue::from_static("application/json"))
        );
    }
    assert!(check(&[]).is_err());
    let coded = [("content-type", "application/json"), ("content-encoding", "gzip")];
    let response = check(&coded).expect_err("coded").into_response();
    assert_eq!(
        (response.status().as_u16(), &response.headers()["accept-encoding"]),
        (415, &HeaderValue::from_static("identity"))
    );
    let mut twice = HeaderMap::new();
    for value in ["application/json", "text/plain"] {
        twice.append("content-type", HeaderValue::from_static(value));
    }
    assert!(check_content_type(&twice, Media::Json).is_err());
}
