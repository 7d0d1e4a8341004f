//! The callers: tokens, an API key, a session and proofs, and the requests that carry them.

use std::{
    convert::Infallible,
    error::Error,
    net::{Ipv4Addr, SocketAddr},
    time::{SystemTime, UNIX_EPOCH},
};

use axum::{
    Router,
    body::Body,
    extract::ConnectInfo,
    http::{Request, header},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jsonwebtoken::{
    Algorithm, EncodingKey, Header,
    jwk::{Jwk, ThumbprintHash},
};
use peers::{AUDIENCE, ISSUER, KEY_ID};
use secure_api::secret::SecretBytes;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tower::ServiceExt;

/// The URL that both routers are found at.
pub(crate) const URL: &str = "https://peers.example";

/// A caller of each kind.
pub(crate) struct Callers {
    /// The issuer's key.
    issuer: rcgen::KeyPair,
    signer: EncodingKey,
    /// The key that one token is bound to.
    prover: EncodingKey,
    jwk: Jwk,
    remembered: String,
    bound: String,
    pub(crate) api_key: String,
    pub(crate) session: String,
    next: u64,
}

impl Callers {
    pub(crate) fn new() -> Result<Self, Box<dyn Error>> {
        let issuer = rcgen::KeyPair::generate()?;
        let prover = rcgen::KeyPair::generate()?;
        let signer = EncodingKey::from_ec_pem(issuer.serialize_pem().as_bytes())?;
        let prover = EncodingKey::from_ec_pem(prover.serialize_pem().as_bytes())?;
        let jwk = Jwk::from_encoding_key(&prover, Algorithm::ES256)?;
        let (remembered, bound, api_key, session) = Default::default();
        let mut new =
            Self { issuer, signer, prover, jwk, remembered, bound, api_key, session, next: 0 };
        new.remembered = new.token(json!({}));
        let thumbprint = new.jwk.thumbprint(ThumbprintHash::SHA256)?;
        new.bound = new.token(json!({ "cnf": { "jkt": thumbprint } }));
        Ok(new)
    }

    /// Returns the issuer's public key.
    pub(crate) fn issuer_pem(&self) -> String {
        self.issuer.public_key_pem()
    }

    /// Returns the issuer's private key.
    pub(crate) fn signer_pem(&self) -> SecretBytes {
        let pem = || Ok::<_, Infallible>(self.issuer.serialize_pem().into_bytes());
        let Ok(pem) = SecretBytes::fetched(pem);
        pem
    }

    /// Begins a session and makes an API key, on the declared side.
    pub(crate) async fn sign_in(&mut self, router: &Router) -> Result<(), Box<dyn Error>> {
        let request = Request::put(format!("{URL}/v1/session"))
            .header("sec-fetch-site", "same-origin")
            .extension(peer())
            .body(Body::empty())?;
        let answer = router.clone().oneshot(request).await?;
        let cookie =
            answer.headers().get(header::SET_COOKIE).ok_or("a session begins")?.to_str()?;
        self.session = cookie.split(';').next().unwrap_or_default().to_owned();
        let request = Request::post(format!("{URL}/v1/keys"))
            .header("authorization", format!("Bearer {}", self.remembered))
            .extension(peer())
            .body(Body::empty())?;
        let answer = router.clone().oneshot(request).await?;
        let body = axum::body::to_bytes(answer.into_body(), 4096).await?;
        let body: Value = serde_json::from_slice(&body)?;
        self.api_key = body["key"].as_str().ok_or("an API key is made")?.to_owned();
        Ok(())
    }

    fn number(&mut self) -> u64 {
        self.next += 1;
        self.next
    }

    fn token(&mut self, more: Value) -> String {
        let (now, number) = (now(), self.number());
        let mut claims = json!({
            "iss": ISSUER, "aud": AUDIENCE, "sub": "caller", "client_id": "bench", "iat": now,
            "exp": now + 3600, "jti": number.to_string(), "roles": ["customer"],
        });
        if let (Some(claims), Value::Object(more)) = (claims.as_object_mut(), more) {
            claims.extend(more);
        }
        let mut head = Header::new(Algorithm::ES256);
        (head.typ, head.kid) = (Some("at+jwt".to_owned()), Some(KEY_ID.to_owned()));
        jsonwebtoken::encode(&head, &claims, &self.signer).expect("the token is signed")
    }

    pub(crate) fn nothing(&mut self) -> Request<Body> {
        get("ping", &[])
    }

    pub(crate) fn remembered(&mut self) -> Request<Body> {
        get("token", &[("authorization", &format!("Bearer {}", self.remembered))])
    }

    pub(crate) fn new_token(&mut self) -> Request<Body> {
        let token = self.token(json!({}));
        get("token", &[("authorization", &format!("Bearer {token}"))])
    }

    pub(crate) fn api_key(&mut self) -> Request<Body> {
        get("key", &[("x-api-key", &self.api_key)])
    }

    pub(crate) fn session(&mut self) -> Request<Body> {
        get("session", &[("cookie", &self.session)])
    }

    pub(crate) fn proof(&mut self) -> Request<Body> {
        let claims = json!({
            "jti": format!("proof-{}", self.number()), "htm": "GET", "htu": format!("{URL}/v1/proof"),
            "iat": now(), "ath": URL_SAFE_NO_PAD.encode(Sha256::digest(&self.bound)),
        });
        let mut head = Header::new(Algorithm::ES256);
        (head.typ, head.jwk) = (Some("dpop+jwt".to_owned()), Some(self.jwk.clone()));
        let proof =
            jsonwebtoken::encode(&head, &claims, &self.prover).expect("the proof is signed");
        get("proof", &[("authorization", &format!("DPoP {}", self.bound)), ("dpop", &proof)])
    }
}

fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}

fn peer() -> ConnectInfo<SocketAddr> {
    ConnectInfo(SocketAddr::from((Ipv4Addr::LOCALHOST, 40_000)))
}

fn get(path: &str, fields: &[(&str, &str)]) -> Request<Body> {
    let request = Request::get(format!("{URL}/v1/{path}")).extension(peer());
    let request =
        fields.iter().fold(request, |request, (name, value)| request.header(*name, *value));
    request.body(Body::empty()).expect("the request is well-formed")
}
