//! Sessions that are about to begin while all of their owner's are ended.

use std::sync::Arc;

use secure_api::{
    clock::Clock,
    identity::Principal,
    ledger::Memory,
    prelude::*,
    session::{SessionError, SessionSettings, Sessions},
    testing::{self, Client},
};
use tokio::sync::Notify;

use super::parlor::{HERE, OWN};
use crate::support::{
    model::{Role, Version},
    server::START,
    token,
};

/// The moments in which the password was compared, and in which the handler goes on.
#[derive(Clone, Default)]
struct Moments(Arc<[Notify; 2]>);

#[derive(Debug, ApiError)]
enum HutError {
    /// The ledger, or an end meanwhile.
    #[problem(transparent, from(SessionError))]
    Store(StoreError),
}

fn alice() -> Principal {
    Principal::new(HERE, "alice").roles(["customer"])
}

/// Lets alice in, by a password that was right a moment ago.
#[put("/session", version = Version::V1.., public = "who enters is not known yet", credential,
      limit = Limit::per_address(16).per_minute())]
async fn enter(sessions: Sessions, moments: Service<Moments>) -> Result<NoContent, HutError> {
    let [compared, goes_on] = &*moments.0;
    compared.notify_one();
    goes_on.notified().await;
    sessions.begin(alice()).await?;
    Ok(NoContent)
}

/// Ends all of alice's sessions, and lets her in by the new password.
#[put("/password", version = Version::V1.., public = "who follows a link is not known yet", credential,
      limit = Limit::per_address(16).per_minute())]
async fn reset(sessions: Sessions) -> Result<NoContent, HutError> {
    let owner = CallerId::new(HERE, None, "alice").map_err(|_| StoreError::from("no id"))?;
    sessions.end_others(&owner).await.map_err(StoreError::from)?;
    sessions.begin(alice()).await?;
    Ok(NoContent)
}

/// Begins alice's session anew, as after a change of her rights.
#[put("/rights", version = Version::V1.., role = Role::Customer)]
async fn turn(sessions: Sessions, moments: Service<Moments>) -> Result<NoContent, HutError> {
    let [compared, goes_on] = &*moments.0;
    compared.notify_one();
    goes_on.notified().await;
    sessions.begin(alice()).await?;
    Ok(NoContent)
}

/// Ends alice's session and begins another one, each by itself.
#[put("/desk", version = Version::V1.., role = Role::Customer)]
async fn change_desks(sessions: Sessions) -> Result<NoContent, HutError> {
    sessions.end().await.map_err(StoreError::from)?;
    sessions.begin(alice()).await?;
    Ok(NoContent)
}

/// Signs alice out.
#[delete("/session", version = Version::V1.., role = Role::Customer)]
async fn leave(sessions: Sessions) -> Result<NoContent, StoreError> {
    sessions.end().await?;
    Ok(NoContent)
}

/// A hut.
#[api(roles = Role, versions = Version, limit = Limit::per_principal(6000).per_minute(),
      allow(unused_role, unused_version, reason = "a hut is for customers, from the first"),
      routes(enter, reset, turn, change_desks, leave))]
struct Hut;

/// Opens two machines on one ledger, whose clocks stand at these times. Both have the moments.
fn huts(times: [i64; 2], moments: &Moments) -> [Client; 2] {
    let ledger = Memory::new(Clock::manual(START));
    times.map(|time| {
        let app = Hut::app()
            .tokens(token::issuer())
            .base_url(HERE)
            .secret(testing::secret!([7; 32]))
            .ledger(ledger.clone())
            .clock(Clock::manual(time))
            .service(moments.clone())
            .sessions(SessionSettings::new());
        testing::client(app).expect("an app that starts")
    })
}

/// Lets alice in without delay, and returns her cookie.
async fn cookie(hut: &Client, moments: &Moments) -> String {
    let [compared, goes_on] = &*moments.0;
    goes_on.notify_one();
    let reply = hut.put("/v1/session").header(OWN.0, OWN.1).await;
    compared.notified().await;
    let set = reply.assert_status(204).header("set-cookie").expect("a cookie");
    set.split(';').next().expect("a pair").to_owned()
}

// R19: whoever was let in by an old password begins no session once it was changed, whichever machine's clock is ahead.
#[tokio::test]
async fn a_session_by_an_old_password_does_not_begin_when_it_is_changed() {
    for times in [[START, START], [START + 30, START], [START, START + 30]] {
        let moments = Moments::default();
        let [one, two] = huts(times, &moments);
        let [compared, goes_on] = &*moments.0;
        let slow = one.put("/v1/session").header(OWN.0, OWN.1);
        let meanwhile = async {
            compared.notified().await;
            let reset = two.put("/v1/password").header(OWN.0, OWN.1).await;
            reset.assert_status(204);
            assert!(reset.header("set-cookie").is_some());
            goes_on.notify_one();
        };
        let (slow, ()) = tokio::join!(slow.into_future(), meanwhile);
        slow.assert_status(503);
        assert!(slow.header("set-cookie").is_none());
        // The next one is as good as any.
        cookie(&one, &moments).await;
    }
}

// R19: whoever signs out ends what a request of the same session makes of it meanwhile.
#[tokio::test]
async fn a_session_that_ends_while_it_is_begun_anew_has_no_successor() {
    let moments = Moments::default();
    let [one, two] = huts([START, START], &moments);
    let [compared, goes_on] = &*moments.0;
    let session = cookie(&one, &moments).await;
    let slow = one.put("/v1/rights").header(OWN.0, OWN.1).header("cookie", &session);
    let meanwhile = async {
        compared.notified().await;
        let left = two.delete("/v1/session").header(OWN.0, OWN.1).header("cookie", &session).await;
        left.assert_status(204);
        goes_on.notify_one();
    };
    let (slow, ()) = tokio::join!(slow.into_future(), meanwhile);
    slow.assert_status(503);
    assert!(slow.header("set-cookie").is_none());
    // One that nobody ends has a successor.
    let session = cookie(&one, &moments).await;
    goes_on.notify_one();
    let turned = one.put("/v1/rights").header(OWN.0, OWN.1).header("cookie", &session).await;
    let session = turned.assert_status(204).header("set-cookie").expect("a cookie").to_owned();
    let session = session.split(';').next().expect("a pair");
    let changed = one.put("/v1/desk").header(OWN.0, OWN.1).header("cookie", session).await;
    assert!(changed.assert_status(204).header("set-cookie").is_some());
}
