//! A vault that opens to tokens with a proof, and whoever can prove.

use std::sync::atomic::{AtomicU32, Ordering};

use rcgen::KeyPair;
use reqwest::Method;
use secure_api::{app::AppBuilder, dpop::Dpop, ledger::Memory, prelude::*};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::support::{
    Answer, TestServer,
    model::{Role, Version},
    server::START,
    token,
};

/// The URL that the vault is found at from outside, which is no address of the machine.
pub(super) const URL: &str = "https://vault.example/api";

/// The name of somebody.
#[derive(Resource)]
#[view(VisitorView, public, fields(id, kind, bound))]
struct Visitor {
    id: String,
    kind: String,
    bound: bool,
}

fn visitor(caller: &Caller<Role>) -> Visitor {
    let identity = caller.identity();
    Visitor {
        id: identity.subject().to_owned(),
        kind: identity.kind().name().to_owned(),
        bound: identity.confirmation().is_some(),
    }
}

/// Tells who came, by whatever credentials.
#[get("/any", version = Version::V1.., role = Role::Customer, view = VisitorView)]
async fn any(caller: Caller<Role>) -> Visitor {
    visitor(&caller)
}

/// Tells who came with a proof.
#[get("/inside", version = Version::V1.., role = Role::Customer, by = Dpop, view = VisitorView)]
async fn inside(caller: Caller<Role>) -> Visitor {
    visitor(&caller)
}

/// A place on a shelf.
#[derive(Value)]
#[value(unowned = "a place is the vault's own, and says nothing of what is there")]
struct Place(Slug);

/// Tells it of what stands at a place.
#[get("/shelves/{place}", version = Version::V1.., role = Role::Customer, by = Dpop, view = VisitorView)]
async fn shelf(place: Unowned<Place>, caller: Caller<Role>) -> Visitor {
    let _ = place;
    visitor(&caller)
}

/// Puts something in.
#[post("/inside", version = Version::V1.., role = Role::Customer, by = Dpop)]
async fn put_in() -> Accepted {
    Accepted
}

/// Demands a scope as well.
#[get("/scoped", version = Version::V1.., role = Role::Customer, scope = "vault:read", view = VisitorView)]
async fn scoped(caller: Caller<Role>) -> Visitor {
    visitor(&caller)
}

/// The vault.
#[api(roles = Role, versions = Version, limit = Limit::per_principal(6000).per_minute(),
      allow(unused_role, unused_version, reason = "a vault is for customers, from the first"),
      routes(any, inside, shelf, put_in, scoped))]
pub(super) struct Vault;

/// An app of the vault on one machine of several.
pub(in crate::identity) fn app(clock: &Clock, dpop: Dpop) -> AppBuilder {
    Vault::app()
        .tokens(token::issuer())
        .base_url(URL)
        .secret(secure_api::testing::secret!([7; 32]))
        .address_limit(Limit::per_address(60_000).per_minute())
        .clock(clock.clone())
        .dpop(dpop)
}

pub(in crate::identity) async fn run(app: AppBuilder, clock: &Clock) -> TestServer {
    let app = app.build().expect("an app that starts");
    TestServer::run(app, Default::default(), clock.clone()).await
}

pub(super) async fn server() -> TestServer {
    let clock = Clock::manual(START);
    run(app(&clock, Dpop::new()), &clock).await
}

/// Two machines with one secret and one ledger.
pub(super) async fn machines(dpop: Dpop) -> [TestServer; 2] {
    let clock = Clock::manual(START);
    let ledger = Memory::new(clock.clone());
    let machine = || app(&clock, dpop.clone()).ledger(ledger.clone());
    [run(machine(), &clock).await, run(machine(), &clock).await]
}

/// Somebody with a key, and a token that is bound to it.
pub(in crate::identity) struct Prover {
    pub(in crate::identity) key: KeyPair,
    pub(in crate::identity) token: String,
}

impl Prover {
    pub(super) fn new(clock: &Clock) -> Self {
        let key = KeyPair::generate().expect("a P-256 key");
        let claims = with(token::good_claims(clock), "cnf", json!({ "jkt": thumbprint(&key) }));
        Self { token: token::forge(&token::good_header(), &claims), key }
    }

    pub(super) fn header(&self) -> Value {
        json!({ "typ": "dpop+jwt", "alg": "ES256", "jwk": jwk(&self.key) })
    }

    /// Returns the claims of a new proof for a request.
    pub(super) fn claims(&self, method: &str, path: &str, clock: &Clock) -> Value {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        json!({
            "jti": format!("proof-{}", NEXT.fetch_add(1, Ordering::Relaxed)), "htm": method,
            "htu": format!("{URL}{path}"), "iat": clock.unix_seconds(), "ath": hash(&self.token),
        })
    }

    pub(in crate::identity) fn sign(&self, claims: &Value) -> String {
        token::forge_by(&self.key, &self.header(), claims)
    }

    /// Returns a new proof for a request.
    pub(in crate::identity) fn proof(&self, method: &str, path: &str, clock: &Clock) -> String {
        self.sign(&self.claims(method, path, clock))
    }
}

/// Returns `base` with one member set.
pub(super) fn with(mut base: Value, name: &str, value: Value) -> Value {
    base[name] = value;
    base
}

/// Returns the answer to a request with a token of this scheme, and with these proofs.
pub(in crate::identity) async fn send(
    server: &TestServer,
    (method, path): (Method, &str),
    authorization: &str,
    proofs: &[&str],
) -> Answer {
    let request = server.request(method, path).header("authorization", authorization);
    let request = proofs.iter().fold(request, |request, proof| request.header("dpop", *proof));
    Answer::of(request).await
}

/// Returns the answer to a GET with a proof.
pub(in crate::identity) async fn get(
    server: &TestServer,
    path: &str,
    who: &Prover,
    proof: &str,
) -> Answer {
    send(server, (Method::GET, path), &format!("DPoP {}", who.token), &[proof]).await
}

fn coordinates(key: &KeyPair) -> [String; 2] {
    let point = key.public_key_raw();
    [&point[1..33], &point[33..]].map(token::encode)
}

pub(super) fn jwk(key: &KeyPair) -> Value {
    let [x, y] = coordinates(key);
    json!({ "kty": "EC", "crv": "P-256", "x": x, "y": y })
}

fn thumbprint(key: &KeyPair) -> String {
    let [x, y] = coordinates(key);
    hash(&format!(r#"{{"crv":"P-256","kty":"EC","x":"{x}","y":"{y}"}}"#))
}

pub(super) fn hash(text: &str) -> String {
    token::encode(&Sha256::digest(text))
}
