//! Tokens that should pass, and everything else that should not, each for its own reason.

mod claims;
mod form;
mod keys;
mod memory;
#[cfg(feature = "discovery")]
mod preset;
mod start;
mod transport;

use std::sync::{Arc, LazyLock};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use futures_util::FutureExt;
use http::{HeaderMap, HeaderValue, header::AUTHORIZATION};
use jsonwebtoken::{Algorithm, EncodingKey};
use rcgen::KeyPair;
use serde_json::{Value, json};

use super::{Issuer, Key, Verifier, refusal::Refusal};
use crate::{
    clock::Clock,
    error::Problem,
    identity::{self, Bearer, By, Credential, Head, Identity, Revocations, Sources},
    ledger::{AppLedger, LedgerError, Memory},
    role::{RoleInfo, RoleTable},
    secret::SecretBytes,
};

const NOW: i64 = 1_780_272_000;
const ISSUER: &str = "https://login.shop.example";
const AUDIENCE: &str = "shop-api";
const KID: &str = "2026";

const fn role(name: &'static str, bit: u128) -> RoleInfo {
    RoleInfo { variant: name, name, description: "", holders: bit, includes: bit }
}

static ROLES: RoleTable = RoleTable {
    type_name: "Role",
    fingerprint: 1,
    roles: &[role("customer", 1), role("support", 2), role("admin", 4)],
};

static EC: LazyLock<KeyPair> = LazyLock::new(ec);
static RSA: LazyLock<KeyPair> = LazyLock::new(|| {
    KeyPair::generate_rsa_for(&rcgen::PKCS_RSA_SHA256, rcgen::RsaKeySize::_2048)
        .expect("an RSA key")
});
static ED: LazyLock<KeyPair> =
    LazyLock::new(|| KeyPair::generate_for(&rcgen::PKCS_ED25519).expect("an Ed25519 key"));

fn ec() -> KeyPair {
    KeyPair::generate_for(&rcgen::PKCS_ECDSA_P256_SHA256).expect("a P-256 key")
}

fn ec_private(pair: &KeyPair) -> EncodingKey {
    EncodingKey::from_ec_pem(pair.serialize_pem().as_bytes()).expect("PKCS #8")
}

fn ec_public(pair: &KeyPair) -> Key {
    Key::es256_pem(pair.public_key_pem())
}

/// Returns the issuer of most tests: one P-256 key with an id.
fn issuer() -> Issuer {
    Issuer::new(ISSUER).audience(AUDIENCE).key(ec_public(&EC).id(KID))
}

/// A verifier as the source of an app, asked by the headers of requests.
struct Tokens {
    verifier: Arc<Verifier>,
    sources: Sources,
    memory: Memory,
}

impl Tokens {
    fn authenticate(
        &self,
        headers: &HeaderMap,
        query: Option<&str>,
    ) -> Result<Option<Arc<Identity>>, Problem> {
        let path = query.map_or("/".to_owned(), |query| format!("/?{query}"));
        let (mut parts, ()) = http::Request::get(path).body(()).expect("a request").into_parts();
        parts.headers = headers.clone();
        let (clock, admits) = (Clock::manual(NOW), self.sources.admits(By::Unstated, false));
        let head = Head::new(&parts, &clock, None, None, "");
        let identified = self.sources.identify(&head, &admits);
        identified.now_or_never().expect("nobody else is asked")
    }

    fn remembered(&self) -> usize {
        self.sources.remembered()
    }

    fn revocations(&self) -> &Revocations {
        self.sources.revocations()
    }
}

fn verifier(issuers: Vec<Issuer>) -> (Tokens, Clock) {
    let clock = Clock::manual(NOW);
    let verifier = Verifier::new(issuers, &ROLES, clock.clone()).expect("issuers without a fault");
    let memory = Memory::new(clock.clone());
    let ledger = AppLedger::in_memory(memory.clone());
    let (verifier, mut sources) = (Arc::new(verifier), Sources::new(ledger));
    let added = sources.add(Bearer::KIND, Box::new(Arc::clone(&verifier)));
    added.expect("the only source");
    (Tokens { verifier, sources, memory }, clock)
}

fn header() -> Value {
    json!({ "typ": "at+jwt", "alg": "ES256", "kid": KID })
}

fn claims() -> Value {
    json!({
        "iss": ISSUER, "aud": AUDIENCE, "sub": "alice", "client_id": "web", "jti": "t-1",
        "iat": NOW, "exp": NOW + 600, "roles": ["customer"], "scope": "orders:read orders:write",
    })
}

/// Returns `base` with one member set, or taken out by null.
fn with(mut base: Value, name: &str, value: Value) -> Value {
    let members = base.as_object_mut().expect("an object");
    match value {
        Value::Null => members.remove(name),
        value => members.insert(name.to_owned(), value),
    };
    base
}

fn encode(part: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(part)
}

/// Signs any header and any claims, as texts.
fn sign_text(header: &str, claims: &str, algorithm: Algorithm, key: &EncodingKey) -> String {
    let signed = format!("{}.{}", encode(header), encode(claims));
    let signature =
        jsonwebtoken::crypto::sign(signed.as_bytes(), key, algorithm).expect("a signature");
    format!("{signed}.{signature}")
}

/// Signs with the key of [`issuer`].
fn sign(header: &Value, claims: &Value) -> String {
    sign_text(&header.to_string(), &claims.to_string(), Algorithm::ES256, &ec_private(&EC))
}

fn authorization(value: &str) -> HeaderMap {
    let value = HeaderValue::from_str(value).expect("a header value");
    HeaderMap::from_iter([(AUTHORIZATION, value)])
}

/// Returns the reason that the log is told.
fn reason<R: std::error::Error + Copy + 'static>(problem: &Problem) -> R {
    let cause = problem.cause().and_then(|cause| cause.downcast_ref::<R>());
    *cause.expect("a refusal has its reason")
}

fn present(verifier: &Tokens, token: &str) -> Result<Arc<Identity>, Refusal> {
    presented(verifier, token)
}

/// Presents a token that holds, where something may have been decided since.
fn decided(verifier: &Tokens, token: &str) -> Result<Arc<Identity>, identity::Refusal> {
    presented(verifier, token)
}

/// Presents a token; `R` is the refusal that is expected, of the token itself or of what was decided since.
fn presented<R: std::error::Error + Copy + 'static>(
    verifier: &Tokens,
    token: &str,
) -> Result<Arc<Identity>, R> {
    match verifier.authenticate(&authorization(&format!("Bearer {token}")), None) {
        Ok(identity) => Ok(identity.expect("there are credentials")),
        Err(problem) => {
            assert_eq!(problem.kind().status().as_u16(), 401);
            Err(reason(&problem))
        }
    }
}

/// Returns the refusal of a token with this header and these claims, well signed.
#[track_caller]
fn refused(header: &Value, claims: &Value) -> Refusal {
    let (verifier, _) = verifier(vec![issuer()]);
    let refusal = present(&verifier, &sign(header, claims)).expect_err("the token is refused");
    assert_eq!(verifier.remembered(), 0, "what was refused is not remembered");
    refusal
}

#[track_caller]
fn accepted(header: &Value, claims: &Value) -> Arc<Identity> {
    let (verifier, _) = verifier(vec![issuer()]);
    present(&verifier, &sign(header, claims)).expect("the token is accepted")
}
