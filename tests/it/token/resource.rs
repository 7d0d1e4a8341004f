//! The metadata of an app as a resource that tokens open (RFC 9728), and the challenges that name it.

use reqwest::Method;
use secure_api::{
    app::AppBuilder,
    dpop::Dpop,
    identity::{Credential, Head, Kind, Principal, Refused, Source},
    inventory,
    prelude::*,
    sign_in::SignIn,
};
use serde_json::{Value, json};

use crate::support::{Answer, TestServer, server::START, token};

#[derive(Role)]
enum Role {
    Customer,
}

#[derive(Version)]
enum Version {
    V1,
    #[version(preview)]
    V2,
}

/// A badge.
enum Badge {}

impl Credential for Badge {
    const KIND: Kind = Kind::header("Badge", "x-badge");
}

struct Badges;

impl Source for Badges {
    type Kind = Badge;

    async fn identify(&self, _: &[u8], _: &Head<'_>) -> Result<Principal, Refused> {
        Err(Refused::invalid("nobody has a badge"))
    }
}

/// Words.
#[derive(Resource)]
#[view(WordsView, public, fields(words))]
struct Words {
    words: u32,
}

/// Reads.
#[get("/pages", version = Version::V1.., role = Role::Customer, scope = "pages:read", by = [Bearer, Badge], view = WordsView)]
async fn read() -> Words {
    Words { words: 1 }
}

/// Writes.
#[post("/pages", version = Version::V1.., role = Role::Customer, scope = ["pages:write", "pages:read"], by = Bearer)]
async fn write() -> Accepted {
    Accepted
}

/// Has a scope that nobody needs yet.
#[get("/drafts", version = Version::V2, role = Role::Customer, scope = "drafts:read", by = Bearer, view = WordsView)]
async fn drafts() -> Words {
    Words { words: 1 }
}

/// A library.
#[api(roles = Role, versions = Version, limit = Limit::per_principal(600).per_minute(),
      routes(read, write, drafts))]
struct Library;

/// Opens for a badge alone.
#[get("/hall", version = Version::V1, role = Role::Customer, by = Badge, view = WordsView)]
async fn hall() -> Words {
    Words { words: 1 }
}

/// A hall that no token opens.
#[api(roles = Role, versions = Version, limit = Limit::per_principal(600).per_minute(),
      allow(unused_version, reason = "a hall is as it was from the first"), routes(hall))]
struct Hall;

/// Opens for a token with a proof alone.
#[get("/vault", version = Version::V1, role = Role::Customer, by = Dpop, view = WordsView)]
async fn vault() -> Words {
    Words { words: 1 }
}

/// A vault.
#[api(roles = Role, versions = Version, limit = Limit::per_principal(600).per_minute(),
      allow(unused_version, reason = "a vault is as it was from the first"), routes(vault))]
struct Vault;

const PLACE: &str = "/.well-known/oauth-protected-resource";
const URL: &str = "https://library.example";

async fn server(app: AppBuilder) -> TestServer {
    let clock = Clock::manual(START);
    let app = app.clock(clock.clone()).build().expect("an app that starts");
    TestServer::run(app, Default::default(), clock).await
}

fn library() -> AppBuilder {
    Library::app().tokens(token::issuer()).source(Badges).docs(Docs::off())
}

fn challenges(answer: &Answer) -> Vec<&str> {
    let values = answer.headers.get_all("www-authenticate").iter();
    values.map(|value| value.to_str().expect("text")).collect()
}

// R24: all of it is made from what was declared.
#[tokio::test]
async fn the_metadata_says_what_opens_the_app() {
    let server = server(library().base_url(URL)).await;
    let answer = server.get(PLACE).await;
    assert_eq!((answer.status, answer.header("content-type")), (200, "application/json"));
    assert_eq!(answer.header("cache-control"), "public, max-age=3600");
    assert!(answer.header("content-security-policy").starts_with("default-src 'none'"));
    assert_eq!(
        answer.json(),
        json!({
            "resource": URL,
            "resource_name": "Library",
            "authorization_servers": [token::ISSUER],
            "scopes_supported": ["pages:read", "pages:write"],
            "bearer_methods_supported": ["header"],
            "tls_client_certificate_bound_access_tokens": false,
        })
    );
    // It is served as other answers are.
    let request = server.request(Method::GET, PLACE).header("if-none-match", answer.header("etag"));
    assert_eq!(Answer::of(request).await.status, 304);
    assert_eq!(Answer::of(server.request(Method::HEAD, PLACE)).await.body, "");
    let posted = Answer::of(server.request(Method::POST, PLACE)).await;
    posted.is_problem(405);
    assert_eq!(posted.header("allow"), "GET, HEAD, OPTIONS");
}

// R24
#[tokio::test]
async fn a_resource_below_a_path_has_its_metadata_before_it() {
    let app = library().base_url("https://library.example/api").preview(Version::V2);
    let server = server(app.docs(Docs::open("the tests read them"))).await;
    server.get(PLACE).await.is_problem(404);
    let answer = server.get(&format!("{PLACE}/api")).await;
    let metadata = answer.json();
    assert_eq!(metadata["resource"], "https://library.example/api");
    assert_eq!(metadata["scopes_supported"], json!(["drafts:read", "pages:read", "pages:write"]));
    assert_eq!(metadata["resource_documentation"], "https://library.example/api/docs");
    let refused = server.get("/v1/pages").await;
    let named =
        "resource_metadata=\"https://library.example/.well-known/oauth-protected-resource/api\"";
    assert_eq!(challenges(&refused)[0], format!("Bearer realm=\"api\", {named}"));
}

// R24: each challenge for a token names it, whatever is lacking, and no other challenge does.
#[tokio::test]
async fn challenges_for_tokens_name_the_metadata() {
    let server = server(library().base_url(URL)).await;
    let further = format!(", resource_metadata=\"{URL}{PLACE}\"");
    let bearer = |more: &str| format!("Bearer realm=\"api\"{more}{further}");
    let refused = server.get("/v1/pages").await;
    refused.is_problem(401);
    assert_eq!(challenges(&refused), [&*bearer(""), "Badge realm=\"api\""]);
    let refused = server.get_as("no.such.token", "/v1/pages").await;
    refused.is_problem(401);
    assert_eq!(challenges(&refused), [bearer(", error=\"invalid_token\"")]);
    let refused = server.get("/v1/pages?access_token=a").await;
    refused.is_problem(400);
    assert_eq!(challenges(&refused), [bearer(", error=\"invalid_request\"")]);
    let scopeless = server.token("alice", &["customer"]);
    let refused = server.get_as(&scopeless, "/v1/pages").await;
    refused.is_problem(403);
    let lacking = ", error=\"insufficient_scope\", scope=\"pages:read\"";
    assert_eq!(challenges(&refused), [bearer(lacking)]);
    let badge = server.request(Method::GET, "/v1/pages").header("x-badge", "7");
    assert_eq!(
        challenges(&Answer::of(badge).await),
        ["Badge realm=\"api\", error=\"invalid_token\""]
    );
}

// R24: where there is nothing to be found out, nothing is promised.
#[tokio::test]
async fn without_a_url_or_tokens_there_is_none() {
    let server_of = |app: AppBuilder| server(app.docs(Docs::off()));
    let nameless = server_of(library()).await;
    let hall = server_of(Hall::app().tokens(token::issuer()).source(Badges).base_url(URL)).await;
    for (server, path, challenge) in [
        (&nameless, "/v1/pages", "Bearer realm=\"api\""),
        (&hall, "/v1/hall", "Badge realm=\"api\""),
    ] {
        server.get(PLACE).await.is_problem(404);
        assert_eq!(challenges(&server.get(path).await)[0], challenge);
    }
}

#[tokio::test]
async fn proofs_are_told_where_they_are_taken() {
    let app = |app: AppBuilder| app.tokens(token::issuer()).base_url(URL).dpop(Dpop::new());
    let only = server(app(Vault::app())).await.get(PLACE).await.json();
    assert_eq!(only["bearer_methods_supported"], json!([]));
    assert_eq!(only["dpop_bound_access_tokens_required"], true);
    let algorithms = only["dpop_signing_alg_values_supported"].as_array().expect("a list");
    assert!(algorithms.contains(&json!("ES256")) && algorithms.len() == 4, "{algorithms:?}");
}

// An app that signs its own users in is no authorization server, of which RFC 8414 would have a document.
#[tokio::test]
async fn an_app_is_no_authorization_server_of_its_own() {
    let app = Library::app().source(Badges).base_url(URL).sign_in(SignIn::new("library"));
    let server = server(app).await;
    let metadata = server.get(PLACE).await.json();
    assert_eq!(metadata["authorization_servers"], Value::Null);
    assert_eq!(metadata["bearer_methods_supported"], json!(["header"]));
    server.get("/.well-known/oauth-authorization-server").await.is_problem(404);
}

// R102 in part: what is answered although nobody declared it.
#[test]
fn the_inventory_has_the_paths_that_are_served_besides() {
    let app = library().base_url(URL).docs(Docs::open("the tests read them"));
    let table = inventory::routes(&app.model());
    let wanted = format!("\nserved besides: /openapi/v1.json, /docs, {PLACE}\n");
    assert!(table.contains(&wanted), "{table}");
    let own = Library::app().source(Badges).sign_in(SignIn::new("library").issuer(URL));
    let table = inventory::routes(&own.docs(Docs::off()).model());
    assert!(table.contains("\nserved besides: /.well-known/jwks.json\n"), "{table}");
}
