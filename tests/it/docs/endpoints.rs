//! The security schemes of documents: where a client gets the tokens of an app, as far as the app knows it.

use secure_api::{
    app::AppBuilder,
    docs::openapi_json,
    inventory::ApiModel,
    prelude::*,
    sign_in::{Issued, SignIn, SignInError, TokenGrant, Tokens},
};
use serde_json::{Value, json};

use crate::support::token;

#[derive(Role)]
enum Role {
    /// Reads and writes.
    Member,
}

#[derive(Version)]
enum Version {
    V1,
    V2,
}

#[derive(Resource)]
#[view(LoggedIn, public, fields(
    #[allow(plain_secret, reason = "who logs in is given a token to call with")] access_token,
))]
struct Pass {
    access_token: String,
}

impl From<Issued> for Pass {
    fn from(issued: Issued) -> Self {
        Self { access_token: issued.access_token.expose().clone() }
    }
}

/// Logs in.
#[post("/log-in", version = Version::V2.., public = "who logs in has no token yet", credential,
       limit = Limit::per_address(5).per_minute(), view = LoggedIn)]
async fn log_in(tokens: Tokens) -> Result<Performed<Pass>, SignInError> {
    let grant = TokenGrant::new("alice", "web").roles([Role::Member]);
    Ok(Performed(tokens.issue(grant).await?.into()))
}

/// Logs out.
#[delete("/log-in", version = Version::V1.., role = Role::Member)]
async fn log_out(caller: Caller<Role>, tokens: Tokens) -> Result<NoContent, SignInError> {
    tokens.sign_out(&caller).await?;
    Ok(NoContent)
}

/// A door with one operation to get in by.
#[api(roles = Role, versions = Version, limit = Limit::per_principal(60).per_minute(),
      routes(log_in, log_out))]
struct Porch;

/// Empties the room.
#[delete("/room", version = Version::V1.., role = Role::Member)]
async fn clear() -> NoContent {
    NoContent
}

/// A room that others let people into.
#[api(roles = Role, versions = Version, limit = Limit::per_principal(60).per_minute(), routes(clear))]
struct Room;

/// Returns the schemes of a version, and the requirement of one operation.
fn told(model: &ApiModel, version: &str, place: &str) -> (Value, Value) {
    let text = openapi_json(model, version).expect("a version");
    assert!(!text.contains(".invalid"), "{text}");
    let document: Value = serde_json::from_str(&text).expect("JSON");
    let security = document.pointer(&format!("/paths{place}/security")).expect("a place").clone();
    (document["components"]["securitySchemes"].clone(), security)
}

fn room_told(app: AppBuilder) -> (Value, Value) {
    let app = app.build().expect("an app that starts");
    told(app.model(), "v1", "/~1v1~1room/delete")
}

#[test]
fn an_app_that_signs_its_users_in_names_the_operations_that_give_tokens() {
    let app = Porch::app().base_url("https://porch.example").sign_in(SignIn::new("porch"));
    let app = app.build().expect("an app that starts");
    let (schemes, security) = told(app.model(), "v2", "/~1v2~1log-in/delete");
    assert_eq!(security, json!([{ "Bearer": [] }]));
    let scheme = &schemes["Bearer"];
    assert_eq!((&scheme["type"], &scheme["bearerFormat"]), (&json!("http"), &json!("JWT")));
    let text = scheme["description"].as_str().expect("a description");
    for part in ["one by `POST /v2/log-in`.", "RFC8725", "- `member`: Reads and writes."] {
        assert!(text.contains(part), "{part} in {text}");
    }
    // What logs out gives none, and a version names its own operations only.
    assert!(!text.contains("DELETE") && !text.contains("/v1"), "{text}");
    let (schemes, _) = told(app.model(), "v1", "/~1v1~1log-in/delete");
    let text = schemes["Bearer"]["description"].as_str().expect("a description");
    assert!(text.contains("issues it to whoever signs in") && !text.contains("POST"), "{text}");
    // The same of an API that is in no app, whose routes say it.
    let (schemes, _) = told(&Porch::API.model(), "v2", "/~1v2~1log-in/delete");
    let text = schemes["Bearer"]["description"].as_str().expect("a description");
    assert!(text.contains("one by `POST /v2/log-in`."), "{text}");
}

#[test]
fn a_discovered_issuer_is_named_by_its_document() {
    let issuer = |name| Issuer::discover(name).audience("room");
    let (schemes, security) =
        room_told(Room::app().tokens(issuer("https://login.example/realms/room/")));
    assert_eq!(security, json!([{ "openIdConnect": [] }]));
    assert_eq!(schemes.as_object().map(serde_json::Map::len), Some(1), "{schemes}");
    let scheme = &schemes["openIdConnect"];
    assert_eq!(scheme["type"], "openIdConnect");
    assert_eq!(
        scheme["openIdConnectUrl"],
        "https://login.example/realms/room/.well-known/openid-configuration"
    );
    let text = scheme["description"].as_str().expect("a description");
    for part in ["<https://login.example/realms/room/>", "RFC8725", "- `member`"] {
        assert!(text.contains(part), "{part} in {text}");
    }
    // Each of several, and beside them those whose keys are stated.
    let app = Room::app()
        .tokens(issuer("https://one.example"))
        .tokens(issuer("https://two.example"))
        .tokens(token::issuer());
    let (schemes, security) = room_told(app);
    assert_eq!(
        security,
        json!([{ "openIdConnect": [] }, { "openIdConnect2": [] }, { "Bearer": [] }])
    );
    for (name, url) in
        [("openIdConnect", "https://one.example"), ("openIdConnect2", "https://two.example")]
    {
        let wanted = format!("{url}/.well-known/openid-configuration");
        assert_eq!(schemes[name]["openIdConnectUrl"], wanted);
    }
    let text = schemes["Bearer"]["description"].as_str().expect("a description");
    assert!(text.contains(&format!("Those of <{}> are accepted.", token::ISSUER)), "{text}");
    assert!(!text.contains("one.example"), "{text}");
}

#[test]
fn an_issuer_that_is_asked_about_tokens_has_no_format_of_them() {
    let issuer = Issuer::new("https://login.example").audience("room");
    let issuer = issuer.introspect("room", secure_api::testing::secret!([b's'; 32]));
    let issuer = issuer.introspection_uri("https://login.example/introspect");
    let (schemes, _) = room_told(Room::app().tokens(issuer));
    let scheme = &schemes["Bearer"];
    assert!(scheme["bearerFormat"].is_null(), "{scheme}");
    let text = scheme["description"].as_str().expect("a description");
    assert!(
        text.contains("which its issuer is asked about") && !text.contains("RFC8725"),
        "{text}"
    );
    assert!(text.contains("<https://login.example>"), "{text}");
}
