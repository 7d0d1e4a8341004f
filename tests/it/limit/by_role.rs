//! Limits by role: the first arm that the caller's roles fit is the caller's.

use reqwest::Method;
use secure_api::{docs::openapi_json, inventory};
use serde_json::{Value, json};

use crate::support::{Answer, TestServer, annex::Annex};

/// Returns the number of ten requests that pass.
async fn passed(server: &TestServer, token: Option<&str>, path: &str) -> usize {
    let mut passed = 0;
    for _ in 0..10 {
        let request = server.request(Method::GET, path);
        let request = match token {
            Some(token) => request.bearer_auth(token),
            None => request,
        };
        let answer = Answer::of(request).await;
        match answer.status {
            200 => passed += 1,
            _ => drop(answer.is_problem(429)),
        }
    }
    passed
}

// R54: by the caller's roles, whatever they include.
#[tokio::test]
async fn the_first_arm_that_fits_counts() {
    let server = TestServer::annex().await;
    for (roles, expected) in [
        (&["admin"][..], 6),
        // Six a minute, and three an hour.
        (&["support"], 3),
        (&["support", "warehouse"], 3),
        (&["customer"], 2),
        (&["warehouse"], 2),
        (&["customer", "admin"], 6),
    ] {
        let token = server.token(&roles.join("-"), roles);
        assert_eq!(passed(&server, Some(&token), "/v2/tiers").await, expected, "{roles:?}");
    }
}

// R64: an old version is no second quota, by role neither.
#[tokio::test]
async fn versions_share_the_buckets_of_an_arm() {
    let server = TestServer::annex().await;
    let token = server.token("alice", &["customer"]);
    assert_eq!(passed(&server, Some(&token), "/v1/tiers").await, 2);
    assert_eq!(passed(&server, Some(&token), "/v2/tiers").await, 0);
}

// R55 R56: an answer speaks of the caller's own limit.
#[tokio::test]
async fn an_answer_names_the_callers_own_limit() {
    let server = TestServer::annex().await;
    for (role, policy) in [
        ("admin", "\"tiers-principal\";q=6;w=60"),
        ("customer", "\"tiers-principal\";q=2;w=60"),
        ("support", "\"tiers-principal\";q=6;w=60, \"tiers-principal-2\";q=3;w=3600"),
    ] {
        let answer = server.get_as(&server.token(role, &[role]), "/v2/tiers").await;
        let policies = format!("\"app-address\";q=1200;w=60, {policy}");
        assert_eq!(answer.header("ratelimit-policy"), policies);
    }
}

// R53: a caller without a limit has a reason, and nobody else is without one.
#[tokio::test]
async fn some_may_be_without_a_limit() {
    let server = TestServer::annex().await;
    assert_eq!(passed(&server, None, "/v2/open-tiers").await, 2);
    let admin = server.token("root", &["admin"]);
    assert_eq!(passed(&server, Some(&admin), "/v2/open-tiers").await, 10);
    let customer = server.token("alice", &["customer"]);
    assert_eq!(passed(&server, Some(&customer), "/v2/open-tiers").await, 2);
}

// R53 R118: whose limit it is, and why somebody has none, is in inventory and document.
#[test]
fn limits_by_role_are_listed() {
    let operations = Annex::API.model().operations;
    let tiers = operations.iter().find(|one| one.name == "tiers").expect("it is listed");
    let listed = tiers.limits.iter().map(|arm| {
        let counts = arm.limits.iter().map(|limit| limit.count);
        (arm.roles.as_deref().map(<[String]>::concat), counts.collect::<Vec<_>>())
    });
    let named = |role: &str| Some(role.to_owned());
    let expected = [(named("admin"), vec![6]), (named("support"), vec![6, 3]), (None, vec![2])];
    assert_eq!(listed.collect::<Vec<_>>(), expected);
    assert!(!tiers.limits_inherited);

    let text = inventory::routes(&Annex::API.model());
    let line = "admin: 6/min per principal, support: 6/min per principal + 3/h per principal, 2/min per principal";
    assert!(text.contains(line), "{text}");
    assert!(text.contains("admin: unlimited: the nightly import reads all, 2/min"), "{text}");

    let text = openapi_json(&Annex::API.model(), "v2").expect("v2 is a version");
    let document: Value = serde_json::from_str(&text).expect("it is JSON");
    let limits = &document["paths"]["/v2/tiers"]["get"]["x-rate-limit"];
    assert_eq!(limits[0]["roles"], json!(["admin"]));
    assert_eq!(limits[3]["count"], 2);
    assert!(limits[3]["roles"].is_null());
    let open = &document["paths"]["/v2/open-tiers"]["get"]["x-rate-limit"];
    assert_eq!(open[0]["unlimited"], "the nightly import reads all");
}
