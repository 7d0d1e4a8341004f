//! Sessions that are about to begin while all of their owner's are ended.

use std::sync::Arc;

use secure_api::{
    identity::Principal,
    prelude::*,
    session::{SessionError, SessionSettings, Sessions},
    testing,
};
use tokio::sync::Notify;

use super::parlor::{HERE, OWN};
use crate::support::{
    model::{Role, Version},
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
      limit = Limit::per_address(60).per_minute())]
async fn enter(sessions: Sessions, moments: Service<Moments>) -> Result<NoContent, HutError> {
    let [compared, goes_on] = &*moments.0;
    compared.notify_one();
    goes_on.notified().await;
    sessions.begin(alice()).await?;
    Ok(NoContent)
}

/// Ends all of alice's sessions, and lets her in by the new password.
#[put("/password", version = Version::V1.., public = "who follows a link is not known yet", credential,
      limit = Limit::per_address(60).per_minute())]
async fn reset(sessions: Sessions) -> Result<NoContent, HutError> {
    let owner = CallerId::new(HERE, None, "alice").map_err(|_| StoreError::from("no id"))?;
    sessions.end_others(&owner).await.map_err(StoreError::from)?;
    sessions.begin(alice()).await?;
    Ok(NoContent)
}

/// A hut.
#[api(roles = Role, versions = Version, limit = Limit::per_principal(6000).per_minute(),
      allow(unused_role, unused_version, reason = "a hut is for customers, from the first"),
      routes(enter, reset))]
struct Hut;

// R19: whoever was let in by an old password begins no session once it was changed.
#[tokio::test]
async fn a_session_by_an_old_password_does_not_begin_when_it_is_changed() {
    let moments = Moments::default();
    let app = Hut::app().tokens(token::issuer()).base_url(HERE).service(moments.clone());
    let hut = testing::client(app.sessions(SessionSettings::new())).expect("an app that starts");
    let [compared, goes_on] = &*moments.0;
    let slow = hut.put("/v1/session").header(OWN.0, OWN.1);
    let meanwhile = async {
        compared.notified().await;
        hut.advance(Duration::from_millis(30));
        let reset = hut.put("/v1/password").header(OWN.0, OWN.1).await;
        reset.assert_status(204);
        assert!(reset.header("set-cookie").is_some());
        goes_on.notify_one();
    };
    let (slow, ()) = tokio::join!(slow.into_future(), meanwhile);
    slow.assert_status(503);
    assert!(slow.header("set-cookie").is_none());
    // The next one is as good as any.
    goes_on.notify_one();
    hut.put("/v1/session").header(OWN.0, OWN.1).await.assert_status(204);
}
