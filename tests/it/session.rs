//! Sessions of browsers: who is in by a cookie, until when, and by whose page.

mod documents;
mod meanwhile;
mod parlor;
mod revoked;
mod sign_out;

use std::time::Duration;

use reqwest::Method;
use secure_api::{app::AppBuilder, clock::Clock, ledger::Memory, session::SessionSettings};
use serde_json::json;

use self::parlor::{HERE, House, OWN, Porch, cookie, parlor};
use crate::support::{Log, server::START, token};

#[tokio::test]
async fn who_signed_in_is_known_by_a_cookie_until_they_sign_out() {
    let house = House::open().await;
    let answer = house.sign_in("alice", "sesame", &[OWN]).await;
    let set = answer.header("set-cookie");
    let (pair, attributes) = set.split_once("; ").expect("attributes");
    assert_eq!(attributes, "Path=/; Secure; HttpOnly; SameSite=Strict");
    let text = pair.strip_prefix("__Host-session=").expect("the name");
    assert_eq!(text.len(), 43, "256 bits: {text}");
    let me = house.ask(Method::GET, "/v1/me", &[("cookie", pair)]).await;
    assert_eq!(
        me.json(),
        json!({ "id": "https://parlor.example||alice", "kind": "Session", "methods": ["pwd"] })
    );
    // R107: none may be kept, and what keeps it all the same gives nobody another's.
    assert_eq!(me.header("cache-control"), "no-store");
    assert_eq!(me.header("vary"), "accept, authorization, cookie");
    assert_eq!(me.maybe_header("set-cookie"), None);
    let left = house.ask(Method::DELETE, "/v1/session", &[("cookie", pair), OWN]).await;
    assert!(left.header("set-cookie").starts_with("__Host-session=; Path=/;"), "{left:#?}");
    assert!(left.header("set-cookie").ends_with("Max-Age=0"));
    assert_eq!(house.me(pair).await, 401);
}

// R23
#[tokio::test]
async fn what_is_no_session_lets_nobody_in() {
    let house = House::open().await;
    let log = Log::capture();
    let good = house.cookie("alice").await;
    // Of sixteen sessions one ends so by itself.
    let last = if good.ends_with('A') { 'E' } else { 'A' };
    let changed = format!("{}{last}", &good[..good.len() - 1]);
    let never = format!("__Host-session={}", "A".repeat(43));
    let other_name = good.replace("__Host-session", "session");
    for cookie in [&*changed, &never, "__Host-session=", "__Host-session=ä", &other_name, "x=y"] {
        let answer = house.ask(Method::GET, "/v1/me", &[("cookie", cookie)]).await;
        answer.is_problem(401);
        let challenges = answer.headers.get_all("www-authenticate").iter().count();
        assert!(challenges > 0, "{cookie}");
    }
    house
        .ask(Method::GET, "/v1/me", &[("cookie", &format!("{good}; {good}"))])
        .await
        .is_problem(400);
    let wrong = house.sign_in("alice", "wrong", &[OWN]).await;
    wrong.is_problem(422);
    assert_eq!(wrong.maybe_header("set-cookie"), None);
    assert_eq!(house.me(&good).await, 200);
    let text = good.split_once('=').expect("a pair").1;
    assert!(!log.text().contains(text), "the log has a session");
}

// What a browser had before is nothing after a sign-in, and after a change of rights: session fixation.
#[tokio::test]
async fn a_session_is_another_after_a_sign_in_and_a_change_of_rights() {
    let house = House::open().await;
    let planted = format!("__Host-session={}", "A".repeat(43));
    let first = cookie(&house.sign_in("alice", "sesame", &[OWN, ("cookie", &planted)]).await);
    assert_ne!(first, planted);
    assert_eq!(house.me(&planted).await, 401);
    let second = cookie(&house.sign_in("alice", "sesame", &[OWN, ("cookie", &first)]).await);
    assert_eq!((house.me(&first).await, house.me(&second).await), (401, 200));
    let raised = house.ask(Method::PUT, "/v1/second-factor", &[OWN, ("cookie", &second)]).await;
    let third = cookie(&raised);
    assert_eq!(house.me(&second).await, 401);
    let me = house.ask(Method::GET, "/v1/me", &[("cookie", &third)]).await.json();
    assert_eq!(me["methods"], json!(["pwd", "otp"]));
}

#[tokio::test]
async fn a_session_ends_when_nobody_uses_it_and_at_last_in_any_case() {
    let house = House::open().await;
    let (used, left) = (house.cookie("alice").await, house.cookie("bob").await);
    // 30 minutes without a request.
    for _ in 0..2 {
        house.server.clock.advance(Duration::from_secs(29 * 60));
        assert_eq!(house.me(&used).await, 200);
    }
    assert_eq!(house.me(&left).await, 401);
    // 12 hours in all.
    for _ in 0..22 {
        house.server.clock.advance(Duration::from_secs(29 * 60));
        assert_eq!(house.me(&used).await, 200);
    }
    house.server.clock.advance(Duration::from_secs(24 * 60 - 1));
    assert_eq!(house.me(&used).await, 200);
    house.server.clock.advance(Duration::from_secs(1));
    assert_eq!(house.me(&used).await, 401);
}

#[tokio::test]
async fn a_short_session_that_is_used_goes_on() {
    let clock = Clock::manual(START);
    let short = SessionSettings::new().idle(Duration::from_secs(60));
    let house = House::on(&clock, parlor(&clock).sessions(short)).await;
    let cookie = house.cookie("alice").await;
    for passed in (0..600).step_by(50) {
        clock.advance(Duration::from_secs(50));
        assert_eq!(house.me(&cookie).await, 200, "{passed}");
    }
    clock.advance(Duration::from_secs(60));
    assert_eq!(house.me(&cookie).await, 401);
}

#[tokio::test]
async fn sessions_are_listed_and_ended_by_their_owner() {
    let house = House::open().await;
    let (desk, phone) = (house.cookie("alice").await, house.cookie("alice").await);
    let bobs = house.cookie("bob").await;
    let list = async |cookie: &str| {
        house.ask(Method::GET, "/v1/sessions", &[("cookie", cookie)]).await.json()["items"].clone()
    };
    let all = list(&desk).await;
    let all = all.as_array().expect("a list");
    assert_eq!(all.len(), 2, "{all:?}");
    assert!(all.iter().all(|one| one["label"] == "A browser"), "{all:?}");
    let current: Vec<_> = all.iter().filter(|one| one["is_current"] == true).collect();
    assert_eq!(current.len(), 1, "{all:?}");
    let other = all.iter().find(|one| one["is_current"] == false).expect("the phone");
    let path = format!("/v1/sessions/{}", other["id"].as_str().expect("an id"));
    // Nobody else's, though they know the id.
    house.ask(Method::DELETE, &path, &[("cookie", &bobs), OWN]).await;
    assert_eq!(house.me(&phone).await, 200);
    house.ask(Method::DELETE, &path, &[("cookie", &desk), OWN]).await;
    assert_eq!((house.me(&phone).await, house.me(&desk).await), (401, 200));
    let phone = house.cookie("alice").await;
    house.ask(Method::DELETE, "/v1/other-sessions", &[("cookie", &phone), OWN]).await;
    assert_eq!((house.me(&phone).await, house.me(&desk).await), (200, 401));
    assert_eq!(house.me(&bobs).await, 200);
}

#[tokio::test]
async fn somebody_has_so_many_sessions_and_no_more() {
    let house = House::open().await;
    let first = house.cookie("alice").await;
    house.server.clock.advance(Duration::from_secs(61));
    let second = house.cookie("alice").await;
    house.server.clock.advance(Duration::from_secs(61));
    assert_eq!(house.me(&first).await, 200, "used later than the second");
    for _ in 0..19 {
        house.cookie("alice").await;
    }
    assert_eq!((house.me(&first).await, house.me(&second).await), (200, 401));
}

// R113
#[tokio::test]
async fn a_page_of_another_site_changes_nothing() {
    let house = House::open().await;
    let log = Log::capture();
    let cookie = house.cookie("alice").await;
    let cookie = ("cookie", &*cookie);
    for (fields, status) in [
        (&[][..], 403),
        (&[("sec-fetch-site", "cross-site")], 403),
        (&[("sec-fetch-site", "same-site")], 403),
        (&[("origin", "null")], 403),
        (&[("origin", "https://evil.example")], 403),
        (&[("origin", "https://evil.example"), ("host", "parlor.example")], 403),
        (&[("sec-fetch-site", "same-origin")], 204),
        (&[("sec-fetch-site", "none")], 204),
        (&[("origin", HERE)], 204),
    ] {
        let with = [fields, &[cookie]].concat();
        let answer = house.ask(Method::PUT, "/v1/wall", &with).await;
        assert_eq!(answer.status, status, "{fields:?}: {answer:#?}");
        // What is excepted is that operation alone.
        assert_eq!(house.ask(Method::PUT, "/v1/door", &with).await.status, 204, "{fields:?}");
        // Reading changes nothing, and no page of another origin may read the answer.
        assert_eq!(house.ask(Method::GET, "/v1/me", &with).await.status, 200, "{fields:?}");
        // Nor does another site sign somebody in, as themselves or as anybody.
        let signed = house.sign_in("mallory", "sesame", fields).await;
        assert_eq!(signed.status, status, "{fields:?}: {signed:#?}");
    }
    for reason in [
        "cross_site: neither `Sec-Fetch-Site` nor `Origin`",
        "cross_site: `Sec-Fetch-Site` is not `same-origin`",
        "cross_site: there is no `Sec-Fetch-Site`, and `Origin` is not that of",
    ] {
        let lines = log.lines_with(&["malicious_cors", reason]);
        assert!(!lines.is_empty(), "{reason}: {}", log.text());
    }
    // Who is refused is told no rule.
    let refused = house.ask(Method::PUT, "/v1/wall", &[cookie]).await;
    refused.is_problem(403);
    for word in ["ec-", "rigin", "ite", "cross"] {
        assert!(!refused.body.contains(word), "{}", refused.body);
    }
    // A token is sent by whoever means to, whatever page it is.
    let token = house.server.token("alice", &["customer"]);
    let token = format!("Bearer {token}");
    let fields = [("authorization", &*token), ("sec-fetch-site", "cross-site")];
    assert_eq!(house.ask(Method::PUT, "/v1/wall", &fields).await.status, 204);
}

#[tokio::test]
async fn what_a_browser_adds_counts_where_it_is_admitted_and_beside_nothing_else() {
    let house = House::open().await;
    let cookie = house.cookie("alice").await;
    let bob = format!("Bearer {}", house.server.token("bob", &["customer"]));
    let both = [("cookie", &*cookie), ("authorization", &*bob)];
    for path in ["/v1/me", "/v1/token"] {
        let me = house.ask(Method::GET, path, &both).await.json();
        assert_eq!(
            (&me["kind"], &me["id"]),
            (&json!("Bearer"), &json!("https://login.depot.example||bob"))
        );
    }
    house.ask(Method::GET, "/v1/token", &[("cookie", &cookie)]).await.is_problem(401);
    // A token that does not hold is not helped by a session that does.
    let bad = [("cookie", &*cookie), ("authorization", "Bearer no")];
    house.ask(Method::GET, "/v1/me", &bad).await.is_problem(401);
    let unknown = [("cookie", &*cookie), ("authorization", "Basic YTpi")];
    house.ask(Method::GET, "/v1/me", &unknown).await.is_problem(401);
}

// A session that has ended does not keep anybody from signing in again.
#[tokio::test]
async fn an_ended_session_is_none_where_anybody_is_admitted() {
    let house = House::open().await;
    let ended = house.cookie("alice").await;
    house.server.clock.advance(Duration::from_secs(31 * 60));
    house.ask(Method::GET, "/v1/me", &[("cookie", &ended)]).await.is_problem(401);
    let again = house.sign_in("alice", "sesame", &[OWN, ("cookie", &ended)]).await;
    assert_eq!(house.me(&cookie(&again)).await, 200);
}

// R19
#[tokio::test]
async fn machines_that_share_a_ledger_know_each_others_sessions() {
    let clock = Clock::manual(START);
    let ledger = Memory::new(clock.clone());
    let (one, two) = (House::sharing(&clock, &ledger).await, House::sharing(&clock, &ledger).await);
    let cookie = one.cookie("alice").await;
    assert_eq!(two.me(&cookie).await, 200);
    two.ask(Method::DELETE, "/v1/session", &[("cookie", &cookie), OWN]).await;
    assert_eq!(one.me(&cookie).await, 401);
    let stranger = House::open().await;
    assert_eq!(stranger.me(&one.cookie("alice").await).await, 401);
}

#[test]
fn what_sessions_need_is_told_at_the_start() {
    let clock = Clock::manual(START);
    let codes = |app: AppBuilder| {
        let error = app.build().expect_err("it does not start");
        error.problems().iter().map(|problem| problem.code).collect::<Vec<_>>()
    };
    let short = SessionSettings::new().idle(Duration::from_secs(59));
    assert_eq!(codes(parlor(&clock).sessions(short)), ["SA137"]);
    let upside_down = SessionSettings::new().absolute(Duration::from_secs(60));
    assert_eq!(codes(parlor(&clock).sessions(upside_down)), ["SA137"]);
    assert_eq!(codes(parlor(&clock).sessions(SessionSettings::new().most(0))), ["SA137"]);
    let porch = || Porch::app().tokens(token::issuer());
    assert_eq!(codes(porch().sessions(SessionSettings::new())), ["SA138"]);
    assert_eq!(codes(self::parlor::Parlor::app().tokens(token::issuer())), ["SA139", "SA165"]);
    assert_eq!(
        codes(repeated::Twice::app().sessions(SessionSettings::new()).base_url(HERE)),
        ["SA140"]
    );
}

/// A sign-in that could be answered twice.
mod repeated {
    use secure_api::{prelude::*, session::Sessions};

    use crate::support::model::{Role, Version};

    /// Lets a customer in again.
    #[post("/session", version = Version::V1.., role = Role::Customer, idempotency_key)]
    async fn again(sessions: Sessions) -> Result<Accepted, StoreError> {
        sessions.end().await?;
        Ok(Accepted)
    }

    /// An API that begins sessions twice.
    #[api(roles = Role, versions = Version, limit = Limit::per_principal(600).per_minute(),
          allow(unused_role, unused_version, reason = "it is for customers, from the first"),
          routes(again))]
    pub(super) struct Twice;
}
