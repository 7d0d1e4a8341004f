//! Sign-ins that are under way while all of their subject are ended.

use std::sync::Arc;

use secure_api::{
    prelude::*,
    sign_in::{SignIn, SignInError, TokenGrant, Tokens},
    testing,
};
use tokio::sync::Notify;

use super::wall::{Role, Version};

/// The moments in which the password was compared, and in which the handler goes on.
#[derive(Clone, Default)]
struct Moments(Arc<[Notify; 2]>);

/// Signs alice in, by a password that was right a moment ago.
#[post("/log-in", version = Version::V1.., public = "who signs in has no token yet", credential,
       limit = Limit::per_address(5).per_minute())]
async fn log_in(tokens: Tokens, moments: Service<Moments>) -> Result<Accepted, SignInError> {
    let [compared, goes_on] = &*moments.0;
    compared.notify_one();
    goes_on.notified().await;
    tokens.issue(TokenGrant::new("alice", "web").roles([Role::Member])).await?;
    Ok(Accepted)
}

/// Ends all of alice's sign-ins, and signs her in by the new password.
#[put("/password", version = Version::V1.., public = "who follows a link has no token yet", credential,
      limit = Limit::per_address(5).per_minute())]
async fn reset(tokens: Tokens) -> Result<NoContent, SignInError> {
    tokens.end_all("alice").await?;
    tokens.issue(TokenGrant::new("alice", "web").roles([Role::Member])).await?;
    Ok(NoContent)
}

#[api(roles = Role, versions = Version, limit = Limit::per_principal(600).per_minute(),
      allow(unused_role, reason = "nobody has come in yet"), routes(log_in, reset))]
struct Door;

// R19
#[tokio::test]
async fn who_was_let_in_by_an_old_password_is_not_when_it_is_changed() {
    let moments = Moments::default();
    let app = Door::app().base_url("https://door.example").service(moments.clone());
    let app = app.sign_in(SignIn::new("door-api"));
    let door = testing::client(app).expect("an app that starts");
    let [compared, goes_on] = &*moments.0;
    let slow = door.post("/v1/log-in");
    let meanwhile = async {
        compared.notified().await;
        door.advance(std::time::Duration::from_millis(30));
        door.put("/v1/password").await.assert_status(204);
        goes_on.notify_one();
    };
    let (slow, ()) = tokio::join!(slow.into_future(), meanwhile);
    slow.assert_status(422);
    // The next one is as good as any.
    goes_on.notify_one();
    door.post("/v1/log-in").await.assert_status(202);
}
