//! Tenants: nothing of one is there for another, and nothing that is remembered of a caller is shared between two.

use reqwest::Method;
use secure_api::{app::AppBuilder, inventory, prelude::*, sign_in::SignIn};
use serde_json::{Value, json};

use super::{
    vault::{Anybody, Runs, Tenants, Vault, both, claimed, of, rules_asked, run},
    visible,
};
use crate::support::{Answer, Log, TestServer, token};

async fn post(server: &TestServer, token: &str, path: &str) -> Answer {
    Answer::of(server.request(Method::POST, path).bearer_auth(token)).await
}

fn ids(page: &Value) -> Vec<u64> {
    let items = page["items"].as_array().expect("items").iter();
    items.map(|item| item["id"].as_u64().expect("a number")).collect()
}

// R36 R37: the rule of another tenant's object is not even asked.
#[tokio::test]
async fn an_object_of_another_tenant_is_byte_for_byte_not_there() {
    for (method, found) in [(Method::GET, 200), (Method::DELETE, 204)] {
        for (server, vault) in both().await {
            let subject = format!("{method} {}", server.address);
            let token = of(&server, "acme", &subject);
            let ask = |number: u64| {
                let path = format!("/v1/records/{number}");
                Answer::of(server.request(method.clone(), &path).bearer_auth(&token))
            };
            let nothing = ask(999).await;
            nothing.is_problem(404);
            // 8 is of a tenant without a name, which is nobody's.
            for number in [7, 8] {
                let others = ask(number).await;
                let comparable = |answer: &Answer| {
                    let (status, mut headers, body) = visible(answer);
                    headers.retain(|(name, _)| name != "ratelimit");
                    (status, headers, body)
                };
                assert_eq!(comparable(&others), comparable(&nothing), "{method} {number}");
            }
            assert_eq!((rules_asked(&subject), vault.runs()), (0, 0));
            assert_eq!(ask(1).await.status, found);
            assert_eq!(rules_asked(&subject), 1);
        }
    }
}

// R37: a caller of no tenant has nothing of any.
#[tokio::test]
async fn what_is_of_a_tenant_is_not_for_callers_of_none() {
    let (server, _) = run(Anybody::app(), claimed()).await;
    let nobodys = server.token("alice", &["customer"]);
    server.get_as(&nobodys, "/v1/records/1").await.is_problem(404);
    server.get_as(&nobodys, "/v1/records/8").await.is_problem(404);
    assert_eq!(server.get_as(&nobodys, "/v1/templates/1").await.status, 200);
    let (server, _) = run(Anybody::app(), token::issuer()).await;
    let unread = of(&server, "acme", "alice");
    server.get_as(&unread, "/v1/records/1").await.is_problem(404);
}

// R37
#[tokio::test]
async fn a_page_has_no_row_of_another_tenant() {
    let log = Log::capture();
    let (server, _) = run(Tenants::app(), claimed()).await;
    let list = |tenant| {
        let request = server.request(Method::GET, "/v1/records");
        Answer::of(request.bearer_auth(of(&server, tenant, "alice")))
    };
    assert_eq!(ids(&list("acme").await.json()), [1, 2, 3]);
    assert_eq!(ids(&list("globex").await.json()), [7]);
    assert_eq!(ids(&list("initech").await.json()), [0; 0]);
    assert_eq!(log.lines_with(&["a scoped query found rows", "rows=2"]).len(), 1);
}

// R35 R37: neither a new object nor one that takes the place of another goes to a tenant that it is not of.
#[tokio::test]
async fn nothing_is_created_for_another_tenant() {
    let (server, _) = run(Tenants::app(), claimed()).await;
    let acme = of(&server, "acme", "alice");
    let create = |body: &'static str| server.send(Method::POST, Some(&acme), "/v1/records", body);
    create(r#"{"of":"globex"}"#).await.is_problem(403);
    create(r#"{"of":""}"#).await.is_problem(403);
    assert_eq!(create(r#"{"of":"acme"}"#).await.status, 201);
    post(&server, &acme, "/v1/records/1/exchange").await.is_problem(404);
    let globex = of(&server, "globex", "alice");
    assert_eq!(post(&server, &globex, "/v1/records/7/exchange").await.status, 200);
}

// R37: what all share says so.
#[tokio::test]
async fn what_is_shared_is_there_for_each_tenant() {
    let (server, _) = run(Tenants::app(), claimed()).await;
    for tenant in ["acme", "globex"] {
        let answer = server.get_as(&of(&server, tenant, "alice"), "/v1/templates/5").await;
        assert_eq!(answer.status, 200);
    }
}

// R22 R37: who has no tenant is nobody to an API of tenants, on its public routes too.
#[tokio::test]
async fn a_token_without_a_tenant_is_invalid() {
    let [(tenants, _), (anybody, _)] = both().await;
    let with = |server: &TestServer, tenant: Value| {
        let mut claims = token::good_claims(&server.clock);
        if !tenant.is_null() {
            claims["org_id"] = tenant;
        }
        token::forge(&token::good_header(), &claims)
    };
    for path in ["/v1/templates/1", "/v1/me"] {
        let answer = tenants.get_as(&with(&tenants, Value::Null), path).await;
        answer.is_problem(401);
        assert!(answer.header("www-authenticate").contains("invalid_token"), "{answer:#?}");
        assert_eq!(anybody.get_as(&with(&anybody, Value::Null), path).await.status, 200);
        let long = "a".repeat(256);
        for tenant in [json!(""), json!(7), json!(["acme"]), json!({}), json!("a\nb"), json!(long)]
        {
            for server in [&tenants, &anybody] {
                let answer = server.get_as(&with(server, tenant.clone()), path).await;
                answer.is_problem(401);
                assert!(answer.header("www-authenticate").contains("invalid_token"), "{tenant}");
            }
        }
    }
    // Without credentials a public route is for everybody.
    assert_eq!(tenants.get("/v1/me").await.json(), json!({ "subject": "", "tenant": null }));
    tenants.get("/v1/templates/1").await.is_problem(401);
}

// R37: the claim may be anywhere in the token.
#[tokio::test]
async fn a_tenant_may_be_named_by_a_pointer() {
    let (server, _) = run(Tenants::app(), token::issuer().tenant_claim("/organization/id")).await;
    let mut claims = token::good_claims(&server.clock);
    claims["organization"] = json!({ "id": "acme" });
    let token = token::forge(&token::good_header(), &claims);
    let me = server.get_as(&token, "/v1/me").await.json();
    assert_eq!(me, json!({ "subject": "alice", "tenant": "acme" }));
    assert_eq!(server.get_as(&token, "/v1/records/1").await.status, 200);
}

// R37: a verified token is remembered with its tenant.
#[tokio::test]
async fn a_remembered_token_is_of_its_own_tenant() {
    for (server, _) in both().await {
        let tokens = ["acme", "globex"].map(|tenant| (tenant, of(&server, tenant, "alice")));
        for _ in 0..2 {
            for (tenant, token) in &tokens {
                let me = server.get_as(token, "/v1/me").await.json();
                assert_eq!(me, json!({ "subject": "alice", "tenant": tenant }));
            }
        }
    }
}

// R37: alice at acme and alice at globex have a quota each, whether the API is of tenants or not.
#[tokio::test]
async fn a_limit_is_not_shared_between_tenants() {
    for (server, _) in both().await {
        let (acme, globex) = (of(&server, "acme", "alice"), of(&server, "globex", "alice"));
        assert_eq!(post(&server, &acme, "/v1/seldom").await.status, 202);
        let again = of(&server, "acme", "alice");
        assert_eq!(post(&server, &again, "/v1/seldom").await.status, 202);
        post(&server, &acme, "/v1/seldom").await.is_problem(429);
        assert_eq!(post(&server, &globex, "/v1/seldom").await.status, 202);
    }
}

// R37: what alice did at acme is no step of hers at globex.
#[tokio::test]
async fn a_step_is_not_shared_between_tenants() {
    for (server, _) in both().await {
        let (acme, globex) = (of(&server, "acme", "alice"), of(&server, "globex", "alice"));
        assert_eq!(post(&server, &acme, "/v1/checkout").await.status, 202);
        post(&server, &globex, "/v1/payment").await.is_problem(409);
        let again = of(&server, "acme", "alice");
        assert_eq!(post(&server, &again, "/v1/payment").await.status, 202);
    }
}

// R37 R116: a key of alice's at acme means nothing at globex.
#[tokio::test]
async fn a_key_is_not_shared_between_tenants() {
    for (server, vault) in both().await {
        let once = |tenant: &'static str| {
            let token = of(&server, tenant, "alice");
            let request = server.request(Method::POST, "/v1/once").bearer_auth(token);
            Answer::of(request.header("idempotency-key", "\"8e03978e\""))
        };
        let replayed = |answer: &Answer| answer.maybe_header("idempotency-replayed").is_some();
        let first = once("acme").await;
        assert_eq!((first.status, replayed(&first)), (200, false));
        let other = once("globex").await;
        assert_eq!((other.status, replayed(&other)), (200, false));
        assert_eq!(other.json()["tenant"], "globex");
        let again = once("acme").await;
        assert_eq!((again.json()["tenant"].as_str(), replayed(&again)), (Some("acme"), true));
        assert_eq!(vault.runs(), 2);
    }
}

// R37 R91: a cursor of alice's at acme opens nothing at globex.
#[tokio::test]
async fn a_cursor_is_not_shared_between_tenants() {
    for (server, _) in both().await {
        let list = |tenant, query: String| {
            let token = of(&server, tenant, "alice");
            let path = format!("/v1/records?size=2{query}");
            Answer::of(server.request(Method::GET, &path).bearer_auth(token))
        };
        let page = list("acme", String::new()).await.json();
        assert_eq!(ids(&page), [1, 2]);
        let next = format!("&cursor={}", page["next"].as_str().expect("a cursor"));
        list("globex", next.clone()).await.is_problem(400);
        assert_eq!(ids(&list("acme", next).await.json()), [3]);
    }
}

// R37: an issuer that names no tenant has no place in an API of tenants.
#[test]
fn each_issuer_of_an_api_of_tenants_names_them() {
    let codes = |app: AppBuilder, issuer: Issuer| -> Vec<&'static str> {
        let app = app.store(Vault::default()).service(Runs::default()).tokens(issuer);
        match app.build() {
            Ok(_) => Vec::new(),
            Err(error) => error.problems().iter().map(|problem| problem.code).collect(),
        }
    };
    assert_eq!(codes(Tenants::app(), token::issuer()), ["SA162"]);
    assert_eq!(codes(Tenants::app(), token::issuer().tenant_claim("")), ["SA161"]);
    assert_eq!(codes(Anybody::app(), token::issuer().tenant_claim("")), ["SA161"]);
    assert_eq!(codes(Tenants::app(), claimed()), [""; 0]);
    assert_eq!(codes(Anybody::app(), token::issuer()), [""; 0]);
}

// R37: tokens of the app's own say whose tenant's they are, in a claim that says nothing else.
#[test]
fn an_app_that_signs_its_users_in_can_tell_their_tenants() {
    let codes = |claim: Option<&str>| -> Vec<&'static str> {
        let sign_in = SignIn::new("vault-api");
        let sign_in = claim.into_iter().fold(sign_in, SignIn::tenant_claim);
        let app = Tenants::app().store(Vault::default()).service(Runs::default());
        match app.base_url("https://vault.example").sign_in(sign_in).build() {
            Ok(_) => Vec::new(),
            Err(error) => error.problems().iter().map(|problem| problem.code).collect(),
        }
    };
    assert_eq!(codes(None), ["SA162"]);
    for taken in [
        "sub", "iss", "aud", "exp", "jti", "roles", "scope", "acr", "cnf", "/sub/a", "/roles/0",
        "/act/sub",
    ] {
        assert_eq!(codes(Some(taken)), ["SA187"], "{taken}");
    }
    for free in ["org_id", "https://vault.example/tenant", "/organization/id", "/a~1b/~0"] {
        assert_eq!(codes(Some(free)), [""; 0], "{free}");
    }
}

// R37
#[test]
fn the_inventory_tells_of_tenants() {
    let text = inventory::routes(&Tenants::API.model());
    let head = text.lines().next().expect("a line");
    assert!(head.contains("; tenants"), "{head}");
    assert!(text.contains("allow untenanted: all tenants begin with the same templates"), "{text}");
    assert!(
        !inventory::routes(&Anybody::API.model())
            .lines()
            .next()
            .expect("a line")
            .contains("tenants")
    );
}
