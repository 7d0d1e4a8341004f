//! Sessions that were revoked, and those that are demanded beside other credentials.

use std::time::Duration;

use reqwest::Method;
use secure_api::{
    clock::Clock,
    identity::{Principal, Revocations},
    prelude::*,
    session::{Session, SessionError, SessionSettings, Sessions},
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
      limit = Limit::per_address(60).per_minute())]
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

/// Says to everybody who is here by a token and a session together.
#[get("/both", version = Version::V1.., public = "nobody has to say who they are", by = all(Bearer, Session),
      view = SomebodyView)]
async fn both(caller: Option<Caller<Role>>) -> Somebody {
    Somebody { id: caller.map(|caller| caller.id().as_str().to_owned()).unwrap_or_default() }
}

/// A lodge.
#[api(roles = Role, versions = Version, limit = Limit::per_principal(6000).per_minute(),
      allow(unused_role, unused_version, reason = "a lodge is for customers, from the first"),
      routes(enter, revoke, me, both))]
struct Lodge;

async fn lodge() -> TestServer {
    let clock = Clock::manual(START);
    let app = Lodge::app().tokens(token::issuer()).base_url(HERE).clock(clock.clone());
    let app = app.sessions(SessionSettings::new()).build().expect("an app that starts");
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
}
