//! The issuer of tokens, as small as one can be: a discovery document, keys, tokens for programs, and answers about those
//! that only it can read. Your own is a product; nothing of the desk depends on which.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
};

use axum::{
    Json, Router,
    extract::State,
    http::{HeaderMap, StatusCode, header::AUTHORIZATION},
    routing::{get, post},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use secure_api::{clock::Clock, secret::SecretBytes};
use serde_json::{Map, Value, json};
use tokio::net::TcpListener;
use uuid::Uuid;

use crate::{
    AUDIENCE,
    folder::{Failure, Folder},
    jwt::JwtKey,
    secret::{Digest, random},
};

/// The file in which clients find the issuer and their secrets.
pub const CLIENTS: &str = "clients.json";

/// The file with the key of the client whose tokens are bound to one.
pub const KEY: &str = "payments.key";

/// The programs that may have tokens: one that gets a JWT, one that gets a text which says nothing, and one whose tokens are
/// bound to its key.
const PROGRAMS: [&str; 3] = ["jobs", "reports", "payments"];

/// The time for which a token is good, in seconds.
const LIFETIME: i64 = 300;

/// An issuer that runs.
pub struct Started {
    /// Its name, which is where it is found.
    pub url: String,
    /// The secret by which the desk asks it about tokens.
    pub desk_secret: SecretBytes,
}

/// The facts that the issuer answers from.
struct Books {
    url: String,
    key: JwtKey,
    /// The digests of the secrets of its clients.
    clients: BTreeMap<&'static str, Digest>,
    /// The thumbprint of the key that a client registered.
    bound: String,
    /// The claims of the tokens that only it can read.
    opaque: Mutex<BTreeMap<String, Value>>,
}

type Answer = Result<Json<Value>, StatusCode>;

/// Starts the issuer, and writes down for its clients where it is and what their secrets are.
pub fn start(listener: TcpListener, folder: &Folder) -> Result<Started, Failure> {
    let url = format!("http://{}", listener.local_addr()?);
    let bound = JwtKey::make()?;
    folder.write(KEY, &bound.pem())?;
    let secrets = PROGRAMS.map(|client| (client, random()));
    let desk_secret = random();
    let mut known: Map<String, Value> =
        secrets.iter().map(|(client, secret)| ((*client).to_owned(), json!(secret))).collect();
    known.insert("issuer".to_owned(), json!(url));
    folder.write(CLIENTS, &Value::Object(known).to_string())?;

    let mut clients = BTreeMap::from(secrets.map(|(client, secret)| (client, Digest::of(&secret))));
    clients.insert(AUDIENCE, Digest::of(&desk_secret));
    let books = Books {
        url: url.clone(),
        key: JwtKey::make()?,
        clients,
        bound: bound.thumbprint(),
        opaque: Mutex::default(),
    };
    let router = Router::new()
        .route("/.well-known/openid-configuration", get(discovery))
        .route("/keys", get(keys))
        .route("/token", post(token))
        .route("/introspect", post(introspect))
        .with_state(Arc::new(books));
    tokio::spawn(async move { axum::serve(listener, router).await });
    // What an operator would put into the desk's environment.
    let desk_secret = SecretBytes::fetched(|| Ok::<_, Failure>(desk_secret.into_bytes()))?;
    Ok(Started { url, desk_secret })
}

/// Says where the rest is (RFC 8414).
async fn discovery(State(books): State<Arc<Books>>) -> Json<Value> {
    let url = &books.url;
    Json(json!({
        "issuer": url,
        "jwks_uri": format!("{url}/keys"),
        "token_endpoint": format!("{url}/token"),
        "introspection_endpoint": format!("{url}/introspect"),
        "grant_types_supported": ["client_credentials"],
        "response_types_supported": [],
    }))
}

/// Publishes the keys of tokens (RFC 7517).
async fn keys(State(books): State<Arc<Books>>) -> Json<Value> {
    let mut key = books.key.jwk();
    key["kid"] = json!("desk-1");
    key["alg"] = json!("EdDSA");
    Json(json!({ "keys": [key] }))
}

/// Issues a token to a program (RFC 6749, section 4.4).
async fn token(State(books): State<Arc<Books>>, head: HeaderMap, form: String) -> Answer {
    let client = books.client(&head).ok_or(StatusCode::UNAUTHORIZED)?;
    let fits = field(&form, "grant_type") == Some("client_credentials") && client != AUDIENCE;
    let audience = field(&form, "audience").filter(|_| fits).ok_or(StatusCode::BAD_REQUEST)?;
    let now = Clock::system().unix_seconds();
    let mut claims = json!({
        "iss": books.url, "aud": audience, "sub": client, "client_id": client, "roles": ["member"],
        "jti": Uuid::new_v4().to_string(), "iat": now, "exp": now + LIFETIME,
    });
    if client == "payments" {
        claims["cnf"] = json!({ "jkt": books.bound });
    }
    let token = match client {
        "reports" => books.keep(claims),
        _ => books.sign(&claims).map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)?,
    };
    let kind = if client == "payments" { "DPoP" } else { "Bearer" };
    Ok(Json(json!({ "access_token": token, "token_type": kind, "expires_in": LIFETIME })))
}

/// Tells the desk what a token says (RFC 7662).
async fn introspect(State(books): State<Arc<Books>>, head: HeaderMap, form: String) -> Answer {
    let asks = books.client(&head).filter(|client| *client == AUDIENCE);
    asks.ok_or(StatusCode::UNAUTHORIZED)?;
    let opaque = books.opaque.lock().unwrap_or_else(PoisonError::into_inner);
    let known = field(&form, "token").and_then(|token| opaque.get(token));
    Ok(Json(known.cloned().unwrap_or(json!({ "active": false }))))
}

impl Books {
    /// Returns the client that has proved itself by its secret (RFC 6749, section 2.3.1).
    fn client(&self, head: &HeaderMap) -> Option<&'static str> {
        let pair = head.get(AUTHORIZATION)?.to_str().ok()?.strip_prefix("Basic ")?;
        let pair = String::from_utf8(STANDARD.decode(pair).ok()?).ok()?;
        let (name, secret) = pair.split_once(':')?;
        let (name, digest) = self.clients.get_key_value(name)?;
        digest.is_of(secret).then_some(*name)
    }

    /// Signs an access token (RFC 9068).
    fn sign(&self, claims: &Value) -> Result<String, Failure> {
        self.key.sign(&json!({ "typ": "at+jwt", "alg": "EdDSA", "kid": "desk-1" }), claims)
    }

    /// Keeps what a token says, and returns the token.
    fn keep(&self, mut claims: Value) -> String {
        claims["active"] = json!(true);
        let token = random();
        self.opaque.lock().unwrap_or_else(PoisonError::into_inner).insert(token.clone(), claims);
        token
    }
}

/// Returns a field of a form whose values need no encoding: the ones of these clients.
fn field<'a>(form: &'a str, name: &str) -> Option<&'a str> {
    form.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))
}
