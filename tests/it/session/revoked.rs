//! Sessions that were revoked, and those beside other credentials: demanded together, or there without anybody's doing.

use std::time::Duration;

use base64::{Engine, engine::general_purpose::STANDARD};
use reqwest::Method;
use secure_api::{
    app::AppBuilder,
    client_certificate::Certificates,
    clock::Clock,
    identity::{Principal, Revocations},
    prelude::*,
    session::{OpenSessions, Session, SessionError, SessionSettings, Sessions},
};

use super::parlor::{HERE, OWN, cookie};
use crate::support::{
    Answer, TestServer,
    model::{Role, Version},
    server::START,
    token,
};

#[derive(Debug, ApiError)]
enum LodgeError {
    /// The ledger.
    #[problem(transparent, from(SessionError))]
    Store(StoreError),
}

/// Lets alice in.
#[put("/session", version = Version::V1.., public = "who enters is not known yet", credential,
      limit = Limit::per_address(16).per_minute())]
async fn enter(sessions: Sessions) -> Result<NoContent, LodgeError> {
    sessions.begin(Principal::new(HERE, "alice").roles(["customer"])).await?;
    Ok(NoContent)
}

/// Revokes the credentials that the request came with.
#[delete("/session", version = Version::V1.., role = Role::Customer)]
async fn revoke(caller: Caller<Role>, revocations: Revocations) -> Result<NoContent, StoreError> {
    assert!(revocations.revoke(&caller).await?);
    Ok(NoContent)
}

/// Somebody, if anybody.
#[derive(Resource)]
#[view(SomebodyView, public, fields(id))]
struct Somebody {
    id: String,
}

/// Says who is here.
#[get("/me", version = Version::V1.., role = Role::Customer, view = SomebodyView)]
async fn me(caller: Caller<Role>) -> Somebody {
    Somebody { id: caller.id().as_str().to_owned() }
}

/// Lists the caller's sessions.
#[get("/sessions", version = Version::V1.., role = Role::Customer, view = SomebodyView)]
async fn list(caller: Caller<Role>, open: OpenSessions) -> Result<Page<Somebody>, StoreError> {
    let all = open.list(&caller).await?;
    Ok(Page::new(all.into_iter().map(|one| Somebody { id: one.id }).collect()))
}

/// Revokes all that the caller began before now.
#[delete("/sessions", version = Version::V1.., role = Role::Customer)]
async fn revoke_all(
    caller: Caller<Role>,
    revocations: Revocations,
    clock: Clock,
) -> Result<NoContent, StoreError> {
    let (identity, now) = (caller.identity(), clock.unix_seconds());
    revocations.revoke_subject(identity.issuer(), identity.subject(), now).await?;
    Ok(NoContent)
}

/// Says to everybody who is here by a token and a session together.
#[get("/both", version = Version::V1.., public = "nobody has to say who they are", by = all(Bearer, Session),
      view = SomebodyView)]
async fn both(caller: Option<Caller<Role>>) -> Somebody {
    Somebody { id: caller.map(|caller| caller.id().as_str().to_owned()).unwrap_or_default() }
}

/// A lodge.
#[api(roles = Role, versions = Version, limit = Limit::per_principal(6000).per_minute(),
      allow(unused_role, unused_version, reason = "a lodge is for customers, from the first"),
      routes(enter, revoke, me, list, revoke_all, both))]
struct Lodge;

async fn lodge() -> TestServer {
    lodge_with(|app| app).await
}

async fn lodge_with(change: impl FnOnce(AppBuilder) -> AppBuilder) -> TestServer {
    let clock = Clock::manual(START);
    let app = Lodge::app().tokens(token::issuer()).base_url(HERE).clock(clock.clone());
    let app = change(app.sessions(SessionSettings::new())).build().expect("an app that starts");
    TestServer::run(app, Default::default(), clock).await
}

async fn ask(server: &TestServer, method: Method, path: &str, fields: &[(&str, &str)]) -> Answer {
    let with = |request: reqwest::RequestBuilder, (name, value): &(&str, &str)| {
        request.header(*name, *value)
    };
    Answer::of(fields.iter().fold(server.request(method, path), with)).await
}

// R19: whoever has the cookie goes on asking, which keeps a session from ending by itself, and not its revocation.
#[tokio::test]
async fn a_revoked_session_stays_revoked_however_often_it_is_tried() {
    let server = lodge().await;
    let stolen = cookie(&ask(&server, Method::PUT, "/v1/session", &[OWN]).await);
    let ended = ask(&server, Method::DELETE, "/v1/session", &[OWN, ("cookie", &stolen)]).await;
    assert_eq!(ended.status, 204, "{ended:#?}");
    // Beyond the half hour after which it would have ended, in steps that each are within it; up to its end of 12 hours.
    for _ in 0..37 {
        ask(&server, Method::GET, "/v1/me", &[("cookie", &stolen)]).await.is_problem(401);
        server.clock.advance(Duration::from_secs(20 * 60));
        // Somebody else is signed out now and then, whereby the ledger evicts what has ended.
        let other = cookie(&ask(&server, Method::PUT, "/v1/session", &[OWN]).await);
        ask(&server, Method::DELETE, "/v1/session", &[OWN, ("cookie", &other)]).await;
    }
}

// R19: a list of what opens something has nothing in it that does not.
#[tokio::test]
async fn a_revoked_session_is_in_no_list() {
    let server = lodge().await;
    let (one, other) = (
        cookie(&ask(&server, Method::PUT, "/v1/session", &[OWN]).await),
        cookie(&ask(&server, Method::PUT, "/v1/session", &[OWN]).await),
    );
    let listed = async |cookie: &str| {
        let answer = ask(&server, Method::GET, "/v1/sessions", &[("cookie", cookie)]).await;
        answer.json()["items"].as_array().expect("a page").len()
    };
    assert_eq!(listed(&other).await, 2);
    ask(&server, Method::DELETE, "/v1/session", &[OWN, ("cookie", &one)]).await;
    assert_eq!(listed(&other).await, 1);
    ask(&server, Method::GET, "/v1/me", &[("cookie", &one)]).await.is_problem(401);
    // All that began before, by their owner.
    server.clock.advance(Duration::from_secs(10));
    ask(&server, Method::DELETE, "/v1/sessions", &[OWN, ("cookie", &other)]).await;
    let last = cookie(&ask(&server, Method::PUT, "/v1/session", &[OWN]).await);
    assert_eq!(listed(&last).await, 1);
}

// R21: one that is no more is not made up for by the other.
#[tokio::test]
async fn where_both_are_demanded_of_whom_anybody_admits_one_is_nobody() {
    let server = lodge().await;
    let session = cookie(&ask(&server, Method::PUT, "/v1/session", &[OWN]).await);
    let bob = format!("Bearer {}", server.token("bob", &["customer"]));
    let (session, token) = (("cookie", &*session), ("authorization", &*bob));
    let ended = format!("__Host-session={}", "A".repeat(43));
    let ended = ("cookie", &*ended);
    let answer = ask(&server, Method::GET, "/v1/both", &[session, token]).await;
    assert_eq!(answer.json()["id"], "https://login.depot.example||bob");
    assert_eq!(ask(&server, Method::GET, "/v1/both", &[]).await.json()["id"], "");
    let answer = ask(&server, Method::GET, "/v1/both", &[ended, token]).await;
    assert_eq!(answer.json()["id"], "", "a token alone");
    // What does not hold is no credentials that are absent.
    let bad = ("authorization", "Bearer a.b.c");
    for fields in [[ended, bad], [session, bad]] {
        ask(&server, Method::GET, "/v1/both", &fields).await.is_problem(401);
    }
}

// R21: a browser sends both without being asked, so it is kept out by neither: who signed in is meant.
#[tokio::test]
async fn a_session_counts_beside_the_certificate_of_its_browser() {
    let machine = |_: &_| Some(Principal::new("https://pki.example", "desk").roles(["customer"]));
    let server =
        lodge_with(|app| app.source(Certificates::by(machine)).proxies(["127.0.0.1"])).await;
    let pair = rcgen::generate_simple_self_signed(["desk.example".to_owned()]).expect("a pair");
    let forwarded = format!(":{}:", STANDARD.encode(pair.cert.der()));
    let certificate = ("client-cert", &*forwarded);
    let me = async |fields: &[(&str, &str)]| ask(&server, Method::GET, "/v1/me", fields).await;
    let enter = async |fields: &[(&str, &str)]| {
        cookie(
            &ask(&server, Method::PUT, "/v1/session", &[&[OWN, certificate], fields].concat())
                .await,
        )
    };
    assert_eq!(me(&[certificate]).await.json()["id"], "https://pki.example||desk");
    let session = enter(&[]).await;
    let session = ("cookie", &*session);
    assert_eq!(me(&[certificate, session]).await.json()["id"], "https://parlor.example||alice");
    // One that has ended is nobody's, and keeps nobody from signing in.
    server.clock.advance(Duration::from_secs(31 * 60));
    me(&[certificate, session]).await.is_problem(401);
    let again = enter(&[session]).await;
    let again = me(&[certificate, ("cookie", &again)]).await;
    assert_eq!(again.json()["id"], "https://parlor.example||alice");
}
