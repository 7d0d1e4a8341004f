//! Tokens, sessions and keys that are about to be made while all of their subject are ended, by a machine with another time.

use std::sync::Arc;

use secure_api::{
    api_key::{ApiKeys, Grant},
    clock::Clock,
    identity::{Principal, Revocations},
    ledger::Memory,
    prelude::*,
    session::{SessionError, SessionSettings, Sessions},
    sign_in::{SignIn, SignInError, TokenGrant, Tokens},
    testing::{self, Client, Request},
};
use tokio::sync::Notify;

use super::{
    heir::Table,
    wall::{Role, Version},
};
use crate::support::server::START;

const OFTEN: Limit = Limit::per_address(16).per_minute();

/// The moments in which the password was compared, and in which the handler goes on.
#[derive(Clone, Default)]
struct Moments(Arc<[Notify; 2]>);

impl Moments {
    async fn pass(&self) {
        let [compared, goes_on] = &*self.0;
        compared.notify_one();
        goes_on.notified().await;
    }
}

#[derive(Debug, ApiError)]
enum DoorError {
    #[problem(transparent)]
    SignIn(SignInError),
    #[problem(transparent, from(SessionError))]
    Store(StoreError),
}

fn alice() -> TokenGrant {
    TokenGrant::new("alice", "web").roles([Role::Member])
}

/// Signs alice in, by a password that was right a moment ago.
#[post("/log-in", version = Version::V1.., public = "who signs in has no token yet", credential, limit = OFTEN,
       view = AccessView)]
async fn log_in(tokens: Tokens, moments: Service<Moments>) -> Result<Performed<Access>, DoorError> {
    moments.pass().await;
    let issued = tokens.issue(alice()).await?;
    Ok(Performed(Access { token: issued.access_token.expose().clone() }))
}

/// Begins a session of hers in the same way.
#[put("/session", version = Version::V1.., public = "who enters is not known yet", credential, limit = OFTEN)]
async fn enter(
    tokens: Tokens,
    sessions: Sessions,
    moments: Service<Moments>,
) -> Result<NoContent, DoorError> {
    moments.pass().await;
    sessions.begin(Principal::new(tokens.issuer(), "alice").roles(["member"])).await?;
    Ok(NoContent)
}

/// Makes a key of hers.
#[post("/keys", version = Version::V1.., role = Role::Member, by = Bearer)]
async fn make_key(
    caller: Caller<Role>,
    keys: ApiKeys<Table>,
    clock: Clock,
    moments: Service<Moments>,
) -> Result<Accepted, StoreError> {
    moments.pass().await;
    keys.make(Grant::new(&caller, "a key"), &clock).await?;
    Ok(Accepted)
}

/// Ends all of alice's sign-ins, and lets her in by the new password, by whatever there is.
#[put("/password", version = Version::V1.., public = "who follows a link has no token yet", credential, limit = OFTEN)]
async fn reset(tokens: Tokens, sessions: Sessions) -> Result<NoContent, DoorError> {
    tokens.end_all("alice").await?;
    tokens.issue(alice()).await?;
    sessions.begin(Principal::new(tokens.issuer(), "alice").roles(["member"])).await?;
    Ok(NoContent)
}

/// Refuses all that alice has, by its time.
#[delete("/credentials", version = Version::V1.., public = "a test of what goes on meanwhile", limit = OFTEN)]
async fn revoke(
    tokens: Tokens,
    revocations: Revocations,
    clock: Clock,
) -> Result<NoContent, StoreError> {
    revocations.revoke_subject(tokens.issuer(), "alice", clock.unix_seconds()).await?;
    Ok(NoContent)
}

/// A token.
#[derive(Resource)]
#[view(AccessView, public, fields(#[allow(plain_secret, reason = "who logs in is given it")] token))]
struct Access {
    token: String,
}

#[api(roles = Role, versions = Version, limit = Limit::per_principal(600).per_minute(),
      routes(log_in, enter, make_key, reset, revoke))]
struct Door;

/// A machine, with the moments of its slow handlers.
struct Machine {
    client: Client,
    moments: Moments,
    table: Table,
}

/// Opens two machines on one ledger, whose clocks stand at these times.
fn machines(times: [i64; 2]) -> [Machine; 2] {
    let (ledger, table) = (Memory::new(Clock::manual(START)), Table::default());
    times.map(|time| {
        let (moments, table) = (Moments::default(), table.clone());
        let app = Door::app()
            .base_url("https://door.example")
            .secret(testing::secret!([7; 32]))
            .ledger(ledger.clone())
            .clock(Clock::manual(time))
            .sign_in(SignIn::new("door-api"))
            .sessions(SessionSettings::new())
            .api_keys(ApiKeys::new("door", table.clone()))
            .service(moments.clone());
        Machine { client: testing::client(app).expect("an app that starts"), moments, table }
    })
}

fn own_page(request: Request) -> Request {
    request.header("sec-fetch-site", "same-origin")
}

impl Machine {
    /// Signs in while nothing else happens, and returns the token.
    async fn access(&self) -> String {
        self.moments.0[1].notify_one();
        let reply = self.client.post("/v1/log-in").await;
        // Nobody has waited for this.
        self.moments.0[0].notified().await;
        reply.assert_status(200).json_pointer("/token").as_str().expect("a token").to_owned()
    }

    /// Returns what is under way when somebody's sign-ins are ended, and its status where they were.
    fn slow(&self, what: &str, access: &str) -> (Request, u16) {
        match what {
            "tokens" => (self.client.post("/v1/log-in"), 422),
            "session" => (own_page(self.client.put("/v1/session")), 503),
            _ => (self.client.post("/v1/keys").token(access), 503),
        }
    }
}

// R19: no clock decides it. That of the machine which lets in may be ahead of the one that ends, or behind.
#[tokio::test]
async fn who_was_let_in_by_an_old_password_is_not_when_it_is_changed() {
    for times in [[START, START], [START + 20, START], [START, START + 20]] {
        for what in ["tokens", "session", "key"] {
            for end in ["password", "credentials"] {
                let [one, two] = machines(times);
                let access = one.access().await;
                let (slow, refused) = one.slow(what, &access);
                let meanwhile = async {
                    one.moments.0[0].notified().await;
                    let request = match end {
                        "password" => own_page(two.client.put("/v1/password")),
                        _ => two.client.delete("/v1/credentials"),
                    };
                    request.await.assert_status(204);
                    one.moments.0[1].notify_one();
                };
                let (slow, ()) = tokio::join!(slow.into_future(), meanwhile);
                assert_eq!(slow.status(), refused, "{what} {end} {times:?}: {}", slow.text());
                assert!(slow.header("set-cookie").is_none());
                assert!(one.table.is_void(), "{what} {end}");
                // The next one is as good as any, and makes what it is for.
                let access = one.access().await;
                one.moments.0[1].notify_one();
                let (next, _) = one.slow(what, &access);
                let next = next.await.status();
                assert!([200, 202, 204].contains(&next), "{what} {end} {times:?}: {next}");
            }
        }
    }
}
