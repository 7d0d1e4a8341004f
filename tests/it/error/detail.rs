//! The detail of a refusal: constant words on what is wrong with a request.

use super::*;

// R75: where the kind leaves it open, the refusal says what is wrong, and nothing of what was sent.
#[tokio::test]
async fn a_refusal_says_what_is_wrong_with_the_request() {
    let server = TestServer::start().await;
    for (path, detail) in [
        ("/v2/parts/%2541", "the path is encoded twice"),
        ("/v2/parts/%00", "the path hides a control character or a separator"),
    ] {
        assert_eq!(server.get(path).await.is_problem(400)["detail"], detail);
    }
    let refused = server.request(Method::GET, "/v2/parts/A").header("if-match", "Zq9mark");
    let answer = Answer::of(refused).await;
    let detail = "a condition is neither `*` nor a list of entity tags";
    assert_eq!(answer.is_problem(400)["detail"], detail);
    assert!(!answer.body.contains("Zq9mark"));
    // What reveals something says nothing more.
    let alice = server.token("alice", &["customer"]);
    assert!(server.get_as(&alice, &order("v2", BOBS)).await.is_problem(404)["detail"].is_null());
}
