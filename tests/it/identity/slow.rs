//! Credentials that are ended while the content of their request is on its way.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use base64::{Engine, engine::general_purpose::STANDARD};
use rcgen::{CertificateParams, DistinguishedName, DnType, KeyPair, date_time_ymd};
use reqwest::Method;
use secure_api::{
    api_key::{ApiKeyError, ApiKeys, Grant},
    client_certificate::Certificates,
    identity::{AccountStatus, Holder, Principal, Standing},
    prelude::*,
    session::{Session, SessionError, SessionSettings, Sessions},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use super::{api_key::depot::Table, door::ask};
use crate::support::{
    Answer, TestServer,
    model::{Role, Version},
    server::START,
    token,
};

const ENTRIES: Limit = Limit::per_address(16).per_minute();
const BODY: &str = r#"{"label":"late"}"#;
const ASKED: &[u8; 25] = b"HTTP/1.1 100 Continue\r\n\r\n";
const OWN: (&str, &str) = ("sec-fetch-site", "same-origin");

#[derive(Debug, ApiError)]
enum HallError {
    #[problem(transparent, from(SessionError))]
    Store(StoreError),
}

impl From<ApiKeyError> for HallError {
    fn from(_: ApiKeyError) -> Self {
        Self::Store("no key was made".into())
    }
}

#[derive(Input)]
struct Wanted {
    #[input(max_len = 40)]
    label: String,
}

#[derive(Resource)]
#[view(NewKeyView, public, fields(key))]
struct NewKey {
    key: String,
}

/// Lets alice in.
#[put("/session", version = Version::V1.., public = "who enters is not known yet", credential, limit = ENTRIES)]
async fn enter(sessions: Sessions) -> Result<NoContent, HallError> {
    sessions.begin(Principal::new("https://hall.example", "alice").roles(["customer"])).await?;
    Ok(NoContent)
}

/// Lets her out.
#[delete("/session", version = Version::V1.., role = Role::Customer, by = Session)]
async fn leave(sessions: Sessions) -> Result<NoContent, StoreError> {
    sessions.end().await?;
    Ok(NoContent)
}

/// Makes a key, which outlives by what it was made.
#[post("/keys", version = Version::V1.., role = Role::Customer, view = NewKeyView)]
async fn make_key(
    caller: Caller<Role>,
    keys: ApiKeys<Table>,
    clock: Clock,
    Json(wanted): Json<Wanted>,
) -> Result<Performed<NewKey>, HallError> {
    let grant = Grant::new(&caller, wanted.label).roles([Role::Customer]);
    Ok(Performed(NewKey { key: keys.make(grant, &clock).await?.key.expose().clone() }))
}

/// Ends all keys.
#[delete("/keys", version = Version::V1.., role = Role::Customer)]
async fn end_keys(
    caller: Caller<Role>,
    keys: ApiKeys<Table>,
    clock: Clock,
) -> Result<NoContent, StoreError> {
    for key in keys.list(caller.id()).await? {
        keys.revoke(caller.id(), &key.id, &clock).await?;
    }
    Ok(NoContent)
}

#[api(roles = Role, versions = Version, limit = Limit::per_principal(600).per_minute(),
      allow(unused_role, unused_version, reason = "the hall is for customers, from the first"),
      routes(enter, leave, make_key, end_keys))]
struct Hall;

/// The word of the register: whether accounts are gone, and whether they have another role.
#[derive(Clone, Default)]
struct Register {
    gone: Arc<AtomicBool>,
    changed: Arc<AtomicBool>,
}

impl Register {
    fn hook(&self) -> Standing {
        let Self { gone, changed } = self.clone();
        let hook = move |_: Holder| {
            let (gone, changed) = (gone.load(Ordering::SeqCst), changed.load(Ordering::SeqCst));
            async move {
                Ok::<_, StoreError>(match (gone, changed) {
                    (true, _) => AccountStatus::Gone,
                    (_, true) => AccountStatus::roles(["auditor"]),
                    _ => AccountStatus::Unchanged,
                })
            }
        };
        Standing::new(hook).remembered(Duration::ZERO)
    }
}

fn printer() -> Principal {
    Principal::new("https://hall.example", "printer").roles(["customer"])
}

/// Returns a certificate of the printer, as a proxy forwards it, good to the end of 2035.
fn certificate() -> String {
    let key = KeyPair::generate().expect("a key");
    let mut params = CertificateParams::new([]).expect("parameters");
    params.distinguished_name = DistinguishedName::new();
    params.distinguished_name.push(DnType::CommonName, "Printer");
    params.not_before = date_time_ymd(2020, 1, 1);
    params.not_after = date_time_ymd(2035, 12, 31);
    let issued = params.self_signed(&key).expect("a certificate");
    format!(":{}:", STANDARD.encode(issued.der()))
}

async fn hall(register: &Register) -> TestServer {
    let clock = Clock::manual(START);
    let app = Hall::app()
        .tokens(token::issuer())
        .sessions(SessionSettings::new())
        .api_keys(ApiKeys::new("hall", Table::default()))
        .source(Certificates::new().subject("CN=Printer", printer()))
        .proxies(["127.0.0.0/8", "::1"])
        .standing(register.hook())
        .base_url("https://hall.example")
        .clock(clock.clone());
    let app = app.build().expect("an app that starts");
    TestServer::run(app, Default::default(), clock).await
}

/// Sends the head of a request for a key, does something, and returns the status once the body has followed.
async fn late(
    server: &TestServer,
    (name, value): (&str, &str),
    meanwhile: impl AsyncFnOnce(),
) -> u16 {
    let mut stream = TcpStream::connect(server.address).await.expect("a connection");
    let head = format!(
        "POST /v1/keys HTTP/1.1\r\nhost: x\r\nconnection: close\r\n{name}: {value}\r\n{}: {}\r\n\
         content-type: application/json\r\ncontent-length: {}\r\nexpect: 100-continue\r\n\r\n",
        OWN.0,
        OWN.1,
        BODY.len()
    );
    stream.write_all(head.as_bytes()).await.expect("sent");
    // Whoever is asked for the body was let in.
    let mut asked = [0; ASKED.len()];
    stream.read_exact(&mut asked).await.expect("an interim answer");
    assert_eq!(asked, *ASKED);
    meanwhile().await;
    server.clock.advance(Duration::from_secs(1));
    stream.write_all(BODY.as_bytes()).await.expect("sent");
    let mut text = String::new();
    stream.read_to_string(&mut text).await.expect("an answer");
    let status = text.split(' ').nth(1).and_then(|status| status.parse().ok());
    status.unwrap_or_else(|| panic!("{text}"))
}

async fn cookie(server: &TestServer) -> String {
    let answer = Answer::of(server.request(Method::PUT, "/v1/session").header(OWN.0, OWN.1)).await;
    let (pair, _) = answer.header("set-cookie").split_once(';').expect("attributes");
    pair.to_owned()
}

async fn delete(server: &TestServer, path: &str, (name, value): (&str, &str)) {
    let request = server.request(Method::DELETE, path).header(name, value).header(OWN.0, OWN.1);
    assert_eq!(Answer::of(request).await.status, 204);
}

// R19: a caller decides how long its body takes, and not what its owner has ended meanwhile.
#[tokio::test]
async fn what_its_owner_ends_while_a_body_arrives_makes_nothing() {
    let server = hall(&Register::default()).await;
    let session = cookie(&server).await;
    let session = ("cookie", &*session);
    assert_eq!(late(&server, session, async || {}).await, 200);
    let ended = late(&server, session, async || delete(&server, "/v1/session", session).await);
    assert_eq!(ended.await, 401, "a session that was signed out");

    let bearer = format!("Bearer {}", server.token("alice", &["customer"]));
    let bearer = ("authorization", &*bearer);
    let made = Answer::of(
        server
            .request(Method::POST, "/v1/keys")
            .header(bearer.0, bearer.1)
            .header("content-type", "application/json")
            .body(BODY),
    );
    let key = made.await.json()["key"].as_str().expect("a key").to_owned();
    let key = ("x-api-key", &*key);
    assert_eq!(late(&server, key, async || {}).await, 200);
    let ended = late(&server, key, async || delete(&server, "/v1/keys", bearer).await);
    assert_eq!(ended.await, 401, "a key that was ended");
    assert_eq!(ask(&server, "/v1/keys", &[key]).await.status, 405, "the server goes on");
}

// R19: nor what became of its account.
#[tokio::test]
async fn an_account_that_changes_while_a_body_arrives_has_what_is_left() {
    let register = Register::default();
    let server = hall(&register).await;
    let token = format!("Bearer {}", server.token("alice", &["customer"]));
    let token = ("authorization", &*token);
    assert_eq!(late(&server, token, async || {}).await, 200);
    let changed = async || register.changed.store(true, Ordering::SeqCst);
    assert_eq!(late(&server, token, changed).await, 403, "the role was taken away");
    register.changed.store(false, Ordering::SeqCst);
    let gone = async || register.gone.store(true, Ordering::SeqCst);
    assert_eq!(late(&server, token, gone).await, 401, "the account was removed");
}

// R29: nor does a certificate count beyond its own end.
#[tokio::test]
async fn a_certificate_that_ends_while_a_body_arrives_makes_nothing() {
    let server = hall(&Register::default()).await;
    let own = certificate();
    let own = ("client-cert", &*own);
    assert_eq!(late(&server, own, async || {}).await, 200);
    let ended = async || server.clock.advance(Duration::from_secs(20 * 366 * 24 * 3600));
    assert_eq!(late(&server, own, ended).await, 401);
}
