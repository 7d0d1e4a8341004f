//! Proofs that a handler puts away, where the handler of another request finds them: they prove nothing to another caller.

use std::sync::{Arc, Mutex};

use reqwest::Method;
use secure_api::{clock::Clock, prelude::*};
use serde_json::json;

use super::{Db, NoteId, Role, Version};
use crate::support::{Answer, TestServer, server::START, store::Db as Depot, token};

/// A card of alice's, of which its view would tell anybody.
#[derive(Resource)]
#[view(CardView, public, fields(text))]
struct Card {
    owner: CallerId,
    text: String,
}

#[object(owner = owner)]
impl Object for Card {
    async fn load(
        _: &Reader<Db>,
        _: NoteId,
        _: &Loading<Role>,
    ) -> Result<Option<Self>, StoreError> {
        Ok(Some(Self { owner: token::id("alice"), text: "alice's".to_owned() }))
    }
}

/// The card that was looked at last.
#[derive(Default)]
struct Desk {
    shared: Mutex<Option<Arc<Authorized<Card>>>>,
    whole: Mutex<Option<Authorized<Card>>>,
}

#[derive(Resource)]
#[view(DeskView, role = Role::Member, fields(card as CardView))]
struct OnTheDesk {
    card: Option<Arc<Authorized<Card>>>,
}

/// Leaves a card on the desk.
#[post("/cards/{card}/leave", version = Version::V1, role = Role::Member)]
async fn leave(card: Authorized<Card>, desk: Service<Desk>) -> Accepted {
    *desk.whole.lock().expect("a desk") = Some(card);
    Accepted
}

/// Leaves a card on the desk, for many to look at.
#[post("/cards/{card}/show", version = Version::V1, role = Role::Member)]
async fn show(card: Authorized<Card>, desk: Service<Desk>) -> Accepted {
    *desk.shared.lock().expect("a desk") = Some(Arc::new(card));
    Accepted
}

/// Takes the card from the desk.
#[get("/card", version = Version::V1, role = Role::Member, view = CardView)]
async fn take(desk: Service<Desk>) -> Option<Authorized<Card>> {
    desk.whole.lock().expect("a desk").take()
}

/// Takes the card from the desk, whoever comes by.
#[get("/any-card", version = Version::V1, public = "a desk in the hall", view = CardView)]
async fn take_any(desk: Service<Desk>) -> Option<Authorized<Card>> {
    desk.whole.lock().expect("a desk").take()
}

/// Shows what is on the desk.
#[get("/desk", version = Version::V1, role = Role::Member, view = DeskView)]
async fn look(desk: Service<Desk>) -> OnTheDesk {
    OnTheDesk { card: desk.shared.lock().expect("a desk").clone() }
}

/// A hall with a desk.
#[api(roles = Role, versions = Version, limit = Limit::per_principal(10_000).per_minute(),
      routes(leave, show, take, take_any, look))]
struct Hall;

// R35 R37
#[tokio::test]
async fn a_proof_shows_nothing_to_another_caller() {
    let clock = Clock::manual(START);
    let app = Hall::app().store(Db).service(Desk::default()).tokens(token::issuer());
    let app = app.clock(clock.clone()).build().expect("an app");
    let server = TestServer::run(app, Depot::default(), clock).await;
    let (alice, bob) = (server.token("alice", &["member"]), server.token("bob", &["member"]));
    let post = async |path: &str| {
        assert_eq!(
            Answer::of(server.request(Method::POST, path).bearer_auth(&alice)).await.status,
            202
        );
    };
    for (token, status) in [(&bob, 404), (&alice, 200)] {
        post("/v1/cards/1/leave").await;
        assert_eq!(server.get_as(token, "/v1/card").await.status, status);
    }
    post("/v1/cards/1/leave").await;
    let answer = server.get("/v1/any-card").await;
    answer.is_problem(404);
    assert!(!answer.body.contains("alice"), "{answer:#?}");

    post("/v1/cards/1/show").await;
    let answer = server.get_as(&bob, "/v1/desk").await;
    answer.is_problem(500);
    assert!(!answer.body.contains("alice"), "{answer:#?}");
    let answer = server.get_as(&alice, "/v1/desk").await;
    assert_eq!(answer.json(), json!({ "card": { "text": "alice's" } }));
}
