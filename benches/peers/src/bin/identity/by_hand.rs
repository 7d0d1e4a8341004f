//! The plain side: what each kind of credentials is at the least, by the crates that the framework stands on.

use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, Mutex},
    time::{SystemTime, UNIX_EPOCH},
};

use axum::{
    Json, Router,
    extract::{Request, State},
    http::StatusCode,
    routing::get,
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jsonwebtoken::{Algorithm, DecodingKey, Validation, jwk::ThumbprintHash};
use peers::{AUDIENCE, ISSUER};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use crate::callers::{Callers, URL};

struct Shared {
    issuer: DecodingKey,
    validation: Validation,
    proofs: Validation,
    /// The digests of keys, by their id.
    keys: HashMap<String, ([u8; 32], String)>,
    /// The guests that are in, and until when, by the digest of the cookie.
    sessions: Mutex<HashMap<[u8; 32], (String, u64)>>,
    seen: Mutex<HashSet<String>>,
}

#[derive(Clone)]
struct App(Arc<Shared>);

#[derive(Serialize)]
struct Who {
    subject: String,
}

type Answer = Result<Json<Who>, StatusCode>;

const REFUSED: StatusCode = StatusCode::UNAUTHORIZED;

fn who(subject: impl Into<String>) -> Answer {
    Ok(Json(Who { subject: subject.into() }))
}

fn field<'r>(request: &'r Request, name: &str) -> Result<&'r str, StatusCode> {
    request.headers().get(name).and_then(|value| value.to_str().ok()).ok_or(REFUSED)
}

fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}

#[derive(Deserialize)]
struct Claims {
    sub: String,
    roles: Vec<String>,
    cnf: Option<Confirmation>,
}

#[derive(Deserialize)]
struct Confirmation {
    jkt: String,
}

impl Shared {
    fn claims(&self, token: &str) -> Result<Claims, StatusCode> {
        let claims = jsonwebtoken::decode::<Claims>(token, &self.issuer, &self.validation);
        let claims = claims.map_err(|_| REFUSED)?.claims;
        if claims.roles.iter().any(|role| role == "customer") { Ok(claims) } else { Err(REFUSED) }
    }
}

async fn ping() -> Answer {
    who("caller")
}

async fn token(State(App(app)): State<App>, request: Request) -> Answer {
    let token = field(&request, "authorization")?.strip_prefix("Bearer ").ok_or(REFUSED)?;
    who(app.claims(token)?.sub)
}

async fn key(State(App(app)): State<App>, request: Request) -> Answer {
    let key = field(&request, "x-api-key")?;
    let id = key.split('_').nth(1).ok_or(REFUSED)?;
    let (digest, owner) = app.keys.get(id).ok_or(REFUSED)?;
    let same: bool = Sha256::digest(key)[..].ct_eq(digest).into();
    if same { who(owner) } else { Err(REFUSED) }
}

async fn session(State(App(app)): State<App>, request: Request) -> Answer {
    let cookie = field(&request, "cookie")?.strip_prefix("__Host-session=").ok_or(REFUSED)?;
    let digest: [u8; 32] = Sha256::digest(cookie).into();
    let mut sessions = app.sessions.lock().map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)?;
    let (subject, until) = sessions.get_mut(&digest).ok_or(REFUSED)?;
    if *until <= now() {
        return Err(REFUSED);
    }
    *until = now() + 1800;
    who(&*subject)
}

#[derive(Deserialize)]
struct Proof {
    jti: String,
    htm: String,
    htu: String,
    iat: u64,
    ath: String,
}

async fn proof(State(App(app)): State<App>, request: Request) -> Answer {
    let token = field(&request, "authorization")?.strip_prefix("DPoP ").ok_or(REFUSED)?;
    let claims = app.claims(token)?;
    let proof = field(&request, "dpop")?;
    let head = jsonwebtoken::decode_header(proof).map_err(|_| REFUSED)?;
    let jwk = head.jwk.filter(|_| head.typ.as_deref() == Some("dpop+jwt")).ok_or(REFUSED)?;
    let bound = jwk.thumbprint(ThumbprintHash::SHA256).map_err(|_| REFUSED)?;
    let key = DecodingKey::from_jwk(&jwk).map_err(|_| REFUSED)?;
    let proof =
        jsonwebtoken::decode::<Proof>(proof, &key, &app.proofs).map_err(|_| REFUSED)?.claims;
    let ath = URL_SAFE_NO_PAD.encode(Sha256::digest(token));
    let good = claims.cnf.is_some_and(|cnf| cnf.jkt == bound)
        && proof.htm == request.method().as_str()
        && proof.htu == format!("{URL}{}", request.uri().path())
        && proof.iat.abs_diff(now()) < 60
        && proof.ath == ath;
    let mut seen = app.seen.lock().map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)?;
    if good && seen.insert(proof.jti) { who(claims.sub) } else { Err(REFUSED) }
}

/// Returns the plain routes, which know the same callers.
pub(crate) fn router(callers: &Callers) -> Result<Router, Box<dyn std::error::Error>> {
    let mut validation = Validation::new(Algorithm::ES256);
    validation.set_issuer(&[ISSUER]);
    validation.set_audience(&[AUDIENCE]);
    validation.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
    let mut proofs = Validation::new(Algorithm::ES256);
    proofs.required_spec_claims.clear();
    (proofs.validate_exp, proofs.validate_aud) = (false, false);
    let id = callers.api_key.split('_').nth(1).ok_or("the key has an id")?;
    let digest = Sha256::digest(&callers.api_key).into();
    let cookie = callers.session.strip_prefix("__Host-session=").ok_or("a session")?;
    let signed_in = (Sha256::digest(cookie).into(), ("caller".to_owned(), now() + 1800));
    let app = App(Arc::new(Shared {
        issuer: DecodingKey::from_ec_pem(callers.issuer_pem().as_bytes())?,
        validation,
        proofs,
        keys: HashMap::from([(id.to_owned(), (digest, "caller".to_owned()))]),
        sessions: Mutex::new(HashMap::from([signed_in])),
        seen: Mutex::default(),
    }));
    Ok(Router::new()
        .route("/v1/ping", get(ping))
        .route("/v1/token", get(token))
        .route("/v1/key", get(key))
        .route("/v1/session", get(session))
        .route("/v1/proof", get(proof))
        .with_state(app))
}
