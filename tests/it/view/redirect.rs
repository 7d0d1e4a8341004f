//! Redirects: to a route, or to a host that the route names, and to nothing else.

use reqwest::Method;
use secure_api::{
    clock::Clock,
    docs::openapi_json,
    prelude::*,
    route::{Permanent, Temporary},
    testing,
};
use serde_json::Value as Json;

use crate::support::{Answer, Log, TestServer, server::START, token};

#[derive(Role)]
enum Role {
    Member,
}

#[derive(Version)]
enum Version {
    V1,
}

#[derive(Value)]
#[value(max_len = 200, unowned = "bills are everybody's here")]
struct BillId(String);

#[derive(Resource)]
#[view(BillView, role = Role::Member, fields(id))]
struct Bill {
    id: String,
}

#[derive(Input)]
struct Target {
    #[input(max_len = 300)]
    to: String,
}

/// Shows a bill.
#[get("/bills/{id}", version = Version::V1.., role = Role::Member, view = BillView)]
async fn get_bill(Unowned(id): Unowned<BillId>) -> Option<Bill> {
    Some(Bill { id: id.as_str().to_owned() })
}

/// Leads to a bill.
#[post("/pay/{id}", version = Version::V1.., role = Role::Member, idempotency_key)]
async fn pay(id: Unowned<BillId>) -> Redirect {
    Redirect::to::<get_bill>(id.0)
}

/// Leads to a bill for now.
#[get("/newest/{id}", version = Version::V1.., role = Role::Member)]
async fn newest(id: Unowned<BillId>) -> Redirect<Temporary> {
    Redirect::to::<get_bill>(id.0).temporary()
}

/// Leads elsewhere, to wherever the caller says.
#[get("/elsewhere", version = Version::V1.., role = Role::Member, redirects("pay.example.com"))]
async fn elsewhere(Query(target): Query<Target>) -> Redirect<Permanent> {
    Redirect::elsewhere(target.to).permanent()
}

/// Leads elsewhere without saying where that may be.
#[get("/unnamed", version = Version::V1.., role = Role::Member)]
async fn unnamed() -> Redirect {
    Redirect::elsewhere("https://pay.example.com/")
}

/// Leads to where one pays, by a function that the compiler does not read.
#[get("/cashier/{id}", version = Version::V1.., role = Role::Member)]
async fn cashier(id: Unowned<BillId>) -> Redirect {
    led(id.0)
}

fn led(id: BillId) -> Redirect {
    Redirect::to::<pay>(id)
}

#[api(roles = Role, versions = Version, limit = Limit::per_principal(6000).per_minute(),
      routes(get_bill, pay, newest, elsewhere, unnamed, cashier))]
struct Bills;

/// Leads to where one pays.
#[post("/checkout", version = Version::V1.., role = Role::Member, redirects("pay.example.com"))]
async fn checkout() -> Redirect {
    Redirect::elsewhere("https://pay.example.com/checkout")
}

#[api(roles = Role, versions = Version, limit = Limit::per_principal(6000).per_minute(),
      routes(get_bill, pay, newest, checkout))]
struct Desk;

async fn server() -> (TestServer, String, String) {
    let clock = Clock::manual(START);
    let app = Bills::app().tokens(token::issuer()).clock(clock.clone()).build().expect("an app");
    let inventory = app.inventory();
    let server = TestServer::run(app, Default::default(), clock).await;
    let alice = server.token("alice", &["member"]);
    (server, alice, inventory)
}

#[tokio::test]
async fn a_route_is_led_to_by_its_key() {
    let (server, alice, _) = server().await;
    for again in [false, true] {
        let asked = server.request(Method::POST, "/v1/pay/a%20b").bearer_auth(&alice);
        let answer = Answer::of(asked.header("idempotency-key", "\"0123456789abcdef\"")).await;
        assert_eq!((answer.status, answer.header("location")), (303, "/v1/bills/a%20b"));
        assert_eq!(answer.body, "");
        answer.has_security_headers();
        assert_eq!(answer.maybe_header("idempotency-replayed").is_some(), again);
    }
    let answer = server.get_as(&alice, "/v1/newest/seven").await;
    assert_eq!((answer.status, answer.header("location")), (307, "/v1/bills/seven"));
    server.get("/v1/newest/seven").await.is_problem(401);
}

// Whoever follows it sends a GET, which the operation does not answer.
#[tokio::test]
async fn an_operation_that_answers_no_get_is_led_to_by_nothing() {
    let (server, alice, _) = server().await;
    let log = Log::capture();
    let answer = server.get_as(&alice, "/v1/cashier/seven").await;
    answer.is_problem(500);
    assert_eq!(answer.maybe_header("location"), None);
    assert_eq!(log.lines_with(&["an operation that answers no GET"]).len(), 1, "{}", log.text());
}

#[tokio::test]
async fn nobody_is_led_where_a_caller_says() {
    let (server, alice, _) = server().await;
    let log = Log::capture();
    let answer = server.get_as(&alice, "/v1/elsewhere?to=https%3A%2F%2Fpay.example.com%2Fa").await;
    assert_eq!((answer.status, answer.header("location")), (308, "https://pay.example.com/a"));
    let others = [
        "https%3A%2F%2Fevil.example%2F",
        "https%3A%2F%2Fpay.example.com%40evil.example%2F",
        "https%3A%2F%2Fevil.example%5C%40pay.example.com%2F",
        "http%3A%2F%2Fpay.example.com%2F",
        "%2F%2Fevil.example%2F",
        "javascript%3Aalert(1)",
    ];
    for other in others {
        let answer = server.get_as(&alice, &format!("/v1/elsewhere?to={other}")).await;
        answer.is_problem(500);
        assert_eq!(answer.maybe_header("location"), None, "{other}");
    }
    let answer = server.get_as(&alice, "/v1/unnamed").await;
    answer.is_problem(500);
    assert_eq!(answer.maybe_header("location"), None);
    let lines = log.lines_with(&["the route names by `redirects`"]);
    assert!(!lines.is_empty(), "the log says why");
}

#[tokio::test]
async fn documents_and_inventory_tell_where_to() {
    let (_server, _, inventory) = server().await;
    let text = openapi_json(&Bills::API.model(), "v1").expect("a version");
    let document: Json = serde_json::from_str(&text).expect("a document");
    let told = |path: &str, verb: &str, status: &str| {
        document["paths"][path][verb]["responses"][status]["headers"]["Location"]["description"]
            .as_str()
            .expect("a description")
            .to_owned()
    };
    assert_eq!(told("/v1/pay/{id}", "post", "303"), "The address, which is one of this API.");
    let named = "The address: one of this API, or with https at pay.example.com.";
    assert_eq!(told("/v1/elsewhere", "get", "308"), named);
    assert!(inventory.contains("redirects to a route or to pay.example.com"), "{inventory}");
}

#[tokio::test]
async fn verify_looks_where_redirects_lead() {
    let app = Desk::app().tokens(testing::issuer()).clock(testing::at("2026-11-30"));
    let verified = testing::verify(app).await;
    assert!(verified.kept(testing::Check::Views) >= 4, "{verified}");
}
