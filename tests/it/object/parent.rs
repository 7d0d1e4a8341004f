//! Objects below others: each belongs to the one before it in the path, or is not there.

use reqwest::Method;
use secure_api::inventory;

use super::{
    carts::{Carts, start},
    visible,
};
use crate::support::{Answer, TestServer};

/// Returns alice's answer from a new server.
async fn told_alice(method: Method, path: &str) -> Answer {
    let (server, shelf) = start().await;
    let answer = asked(&server, "alice", &["customer"], method, path).await;
    let record = shelf.take_record();
    assert!(
        answer.status < 400 || record.iter().all(|what| what.starts_with("load")),
        "{record:?}"
    );
    answer
}

async fn asked(
    server: &TestServer,
    subject: &str,
    roles: &[&str],
    method: Method,
    path: &str,
) -> Answer {
    let request = server.request(method.clone(), path).bearer_auth(server.token(subject, roles));
    if method == Method::PATCH {
        let request = request.header("content-type", "application/merge-patch+json");
        return Answer::of(request.header("if-match", "*").body(r#"{"note":"x"}"#)).await;
    }
    Answer::of(request).await
}

// R35 R36: the address of one cart opens nothing of another.
#[tokio::test]
async fn an_item_of_another_cart_is_byte_for_byte_not_there() {
    for (method, found) in [(Method::GET, 200), (Method::PATCH, 200), (Method::DELETE, 204)] {
        let at = |path| told_alice(method.clone(), path);
        let nothing = at("/v1/carts/1/items/999").await;
        nothing.is_problem(404);
        for (path, what) in [
            ("/v1/carts/1/items/21", "an item of another cart of hers"),
            ("/v1/carts/1/items/32", "an item of hers in a cart of bob's"),
            ("/v1/carts/1/items/31", "an item of bob's"),
            ("/v1/carts/3/items/31", "an item of bob's in his cart"),
            ("/v1/carts/3/items/32", "an item of hers in the right cart, which is bob's"),
            ("/v1/carts/999/items/11", "an item in no cart"),
            ("/v1/carts/0/items/11", "an item in what is no key"),
        ] {
            assert_eq!(visible(&at(path).await), visible(&nothing), "{method} {what}");
        }
        assert_eq!(at("/v1/carts/1/items/11").await.status, found, "{method}");
    }
}

// R35: three levels, with a parameter between them that belongs to nobody.
#[tokio::test]
async fn each_level_belongs_to_the_one_before() {
    let at = |path| told_alice(Method::GET, path);
    assert_eq!(at("/v1/carts/1/in/de/items/11/gifts/111").await.status, 200);
    let nothing = at("/v1/carts/1/in/de/items/11/gifts/999").await;
    nothing.is_problem(404);
    for path in [
        "/v1/carts/2/in/de/items/11/gifts/111",
        "/v1/carts/1/in/de/items/21/gifts/211",
        "/v1/carts/1/in/de/items/11/gifts/211",
        "/v1/carts/1/in/de/items/21/gifts/111",
        "/v1/carts/3/in/de/items/32/gifts/321",
        "/v1/carts/1/in/xx/items/11/gifts/111",
    ] {
        assert_eq!(visible(&at(path).await), visible(&nothing), "{path}");
    }
}

// R35: what is on the way is asked whether it may be updated, and the last one whether it may be deleted.
#[tokio::test]
async fn removing_an_item_updates_its_cart() {
    let told = |method, path| told_alice(method, path);
    told(Method::DELETE, "/v1/carts/1").await.is_problem(404);
    assert_eq!(told(Method::DELETE, "/v1/carts/1/items/11").await.status, 204);
    assert_eq!(told(Method::GET, "/v1/carts/4/items/41").await.status, 200);
    for (method, path) in [
        (Method::DELETE, "/v1/carts/4/items/41"),
        (Method::PATCH, "/v1/carts/4/items/41"),
        (Method::POST, "/v1/carts/4/items"),
        (Method::POST, "/v1/carts/3/items"),
        (Method::POST, "/v1/carts/999/items"),
    ] {
        told(method, path).await.is_problem(404);
    }
}

// R35: a create below a parent, and the address of what was created.
#[tokio::test]
async fn a_created_item_is_found_below_its_cart() {
    let created = told_alice(Method::POST, "/v1/carts/2/items").await;
    assert_eq!(created.status, 201);
    assert_eq!(created.header("location"), "/v1/carts/2/items/500");
    let created = told_alice(Method::POST, "/v1/carts/1/in/en/items/11/gifts").await;
    assert_eq!(created.header("location"), "/v1/carts/1/in/en/items/11/gifts/600");
}

// R35: whoever may see both may still not mix them up.
#[tokio::test]
async fn a_relation_is_no_question_of_role() {
    let (server, _) = start().await;
    let ask = |path| asked(&server, "sam", &["support"], Method::GET, path);
    assert_eq!(ask("/v1/carts/1/items/11").await.status, 200);
    assert_eq!(ask("/v1/carts/3/items/31").await.status, 200);
    ask("/v1/carts/1/items/31").await.is_problem(404);
}

// R35: an exception has a reason, and both objects are permitted all the same.
#[tokio::test]
async fn unrelated_objects_are_named_by_routes_that_say_so() {
    let at = |path| told_alice(Method::GET, path);
    assert_eq!(at("/v1/items/11/compared-to/21").await.status, 200);
    at("/v1/items/11/compared-to/31").await.is_problem(404);
    at("/v1/items/31/compared-to/11").await.is_problem(404);
}

// R35
#[test]
fn the_inventory_tells_what_guards_a_route() {
    let operations = Carts::API.model().operations;
    let of = |name| operations.iter().find(|one| one.name == name).expect("an operation");
    let objects = |name| of(name).objects().collect::<Vec<_>>();
    assert_eq!(objects("change_item"), ["Cart", "Item"]);
    assert_eq!(objects("show_gift"), ["Cart", "Item", "Gift"]);
    assert_eq!(of("compare").exceptions[0].reason, "any two items can be compared");
    let text = inventory::routes(&Carts::API.model());
    for note in [
        "guarded by Cart and Item and Gift",
        "allow unrelated: any two items can be compared, guarded by Item and Item",
    ] {
        assert!(text.contains(note), "{text}");
    }
}
