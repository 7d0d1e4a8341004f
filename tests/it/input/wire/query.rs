//! Queries, which are read strictly.

use super::*;

// R84 R85
#[tokio::test]
async fn a_query_is_read_strictly() {
    let server = TestServer::start().await;
    for (query, expected) in [
        ("like=a&like=b", ("like", "repeated")),
        ("like=a&%6cike=b", ("like", "repeated")),
        ("most=0", ("most", "range")),
        ("most=101", ("most", "range")),
        ("most=%2b7", ("most", "type")),
        ("most=07", ("most", "type")),
        ("most=", ("most", "type")),
        ("colour=red", ("colour", "unknown")),
        ("like%5B%5D=a", ("like[]", "unknown")),
        ("like=%2541", ("like", "encoding")),
        ("like=%00", ("like", "characters")),
        ("like=%ff", ("like", "encoding")),
        ("like=%4", ("like", "encoding")),
        ("=a", ("", "syntax")),
    ] {
        let answer = server.get(&format!("/v2/parts?{query}")).await;
        let document = answer.is_problem(400);
        assert_eq!(mistakes(&document), [expected], "{query}");
    }
    assert_eq!(server.get("/v2/parts?like=a+b%21&most=3").await.status, 200);
    assert_eq!(server.get("/v2/parts?").await.status, 200);
}

// R84: where no parameter is declared, each is unknown.
#[tokio::test]
async fn a_query_that_nobody_declared_is_refused() {
    let (server, token) = server().await;
    let document = server.get("/v2/parts/BOLT?colour=red").await.is_problem(400);
    assert_eq!(document["type"], "urn:problem-type:secure-api:invalid-query");
    server.get_as(&token, &format!("{}?debug=1", order("v2", ALICES))).await.is_problem(400);
    assert_eq!(server.db.take_record(), [""; 0]);
    // Only who may call learns what is declared.
    server.get("/v2/orders?debug=1").await.is_problem(401);
}
