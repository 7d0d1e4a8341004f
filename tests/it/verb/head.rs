//! HEAD over a socket, of an operation that answers without content.

use secure_api::prelude::*;

use super::bytes;
use crate::support::raw;

#[derive(Role)]
enum Role {
    Member,
}

#[derive(Version)]
enum Version {
    V1,
}

/// Tells that somebody is there.
#[get("/pulse", version = Version::V1, public = "a probe has no account")]
async fn feel() -> NoContent {
    NoContent
}

#[api(roles = Role, versions = Version, limit = Limit::per_principal(60).per_minute(), routes(feel))]
struct House;

// R111: 204 states no length (RFC 9110, section 8.6), by GET or by HEAD.
#[tokio::test]
async fn no_content_has_no_length() {
    drop(Role::Member);
    let server = House::app().build().expect("an app").bind(("127.0.0.1", 0)).await;
    let server = server.expect("a free port");
    let address = server.local_addr();
    let serving = tokio::spawn(server.run(std::future::pending()));
    for method in ["GET", "HEAD"] {
        let answer = raw(address, bytes(method, "/v1/pulse", "")).await;
        assert_eq!((answer.status, &*answer.body), (204, ""), "{method}");
        assert!(!answer.headers.contains_key("content-length"), "{method}: {answer:?}");
        assert!(!answer.headers.contains_key("transfer-encoding"), "{method}: {answer:?}");
    }
    serving.abort();
}
