//! Places among requests at one time, on machines that count together: each comes back, whatever became of its request; and limits
//! that several operations have together.

use std::{
    sync::atomic::Ordering,
    time::{Duration, Instant},
};

use reqwest::Method;
use secure_api::{
    app::AppBuilder,
    ledger::{Ledger, Redis},
    prelude::*,
    testing,
};

use crate::support::{
    Answer, Counted, Log, RedisServer, TestServer,
    server::{START, stocked},
};

#[derive(Role)]
enum Role {
    Visitor,
}

#[derive(Version)]
enum Version {
    V1,
}

const LANES: Limit = Limit::per_route(2).at_once();
const TOGETHER: Limit = Limit::per_api(4).per_hour();

/// Operations of nobody in particular.
#[routes(version = Version::V1, public = "a test of limits")]
mod pool {
    use super::*;

    /// Swims in a lane.
    #[post("/lane", limit = LANES)]
    pub(super) async fn lane() -> Accepted {
        Accepted
    }

    /// Swims in a lane, and slowly.
    #[post("/slow", limit = Limit::per_route(1).at_once())]
    pub(super) async fn slow() -> Accepted {
        tokio::time::sleep(Duration::from_millis(500)).await;
        Accepted
    }

    /// Swims in a lane, also where nobody watches.
    #[post("/free", limit = LANES, outage = local(1))]
    pub(super) async fn free() -> Accepted {
        Accepted
    }

    /// Swims where there should be one at a time.
    #[post("/seen", limit = [LANES.observe(), Limit::per_route(600).per_minute()])]
    pub(super) async fn seen() -> Accepted {
        Accepted
    }

    /// Jumps.
    #[post("/jump", limit = TOGETHER)]
    pub(super) async fn jump() -> Accepted {
        Accepted
    }

    /// Jumps by twos.
    #[post("/twos", limit = TOGETHER.weight(2))]
    pub(super) async fn twos() -> Accepted {
        Accepted
    }

    /// Jumps where it is only counted.
    #[post("/tried", limit = [TOGETHER.observe(), Limit::per_route(600).per_minute()])]
    pub(super) async fn tried() -> Accepted {
        Accepted
    }

    /// Brings towels, which are few.
    #[post("/towels", limit = Limit::per_route(8).per_minute().weight_of("towels"))]
    pub(super) async fn towels(Json(_all): Json<Towels>) -> Accepted {
        Accepted
    }
}

/// Some towels.
#[derive(Input)]
struct Towels {
    #[input(items = 1..=8, each(max_len = 20), name = "towels")]
    _towels: Vec<String>,
}

#[api(roles = Role, versions = Version, limit = Limit::per_principal(600).per_minute(),
      allow(unused_role, reason = "everything is public here"), routes(pool))]
struct Pool;

async fn start(ledger: impl Ledger, clock: &Clock) -> TestServer {
    // The ledger is asked for one thing alone.
    let addresses = Limit::unlimited("a proxy before it counts them");
    let app: AppBuilder = Pool::app().secret(testing::secret!([7; 32])).ledger(ledger);
    let app =
        app.address_limit(addresses).clock(clock.clone()).build().expect("an app that starts");
    TestServer::run(app, stocked(), clock.clone()).await
}

async fn counted() -> (TestServer, Counted, Clock) {
    let clock = Clock::manual(START);
    let ledger = Counted::new(&clock);
    (start(ledger.ledger.clone(), &clock).await, ledger, clock)
}

async fn post(server: &TestServer, path: &str) -> u16 {
    Answer::of(server.request(Method::POST, path)).await.status
}

/// Asks until it is admitted, and returns how often it was not.
async fn refused(server: &TestServer, path: &str) -> u32 {
    for refused in 0..200 {
        match post(server, path).await {
            202 => return refused,
            status => assert!(status == 429 || status == 503, "{status}"),
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("the place does not come back");
}

// R65: whoever hangs up while a place is asked for has none.
#[tokio::test]
async fn a_place_comes_back_where_nobody_waits_for_it_any_more() {
    let (server, ledger, _) = counted().await;
    ledger.slow.store(300, Ordering::SeqCst);
    for _ in 0..2 {
        let asked = server.request(Method::POST, "/v1/lane");
        let asked = tokio::spawn(async move { asked.send().await.map(|answer| answer.status()) });
        tokio::time::sleep(Duration::from_millis(100)).await;
        assert!(!asked.is_finished());
        asked.abort();
    }
    tokio::time::sleep(Duration::from_millis(300)).await;
    ledger.slow.store(0, Ordering::SeqCst);
    refused(&server, "/v1/lane").await;
}

// Callers make as many of these as they like, and nothing failed: an alarm for failures is not theirs to ring.
#[tokio::test]
async fn a_place_that_is_taken_is_told_as_a_refusal() {
    let clock = Clock::manual(START);
    let app = Pool::app().clock(clock.clone()).build().expect("an app that starts");
    let server = TestServer::run(app, stocked(), clock).await;
    let log = Log::capture();
    let mut statuses =
        futures_util::future::join_all((0..3).map(|_| post(&server, "/v1/slow"))).await;
    statuses.sort_unstable();
    assert_eq!(statuses, [202, 503, 503]);
    let told = log.lines_with(&["WARN", "excess_rate_limit_exceeded", "status=503"]);
    assert_eq!((told.len(), log.lines_with(&["ERROR"]).len()), (2, 0), "{}", log.text());
}

// R65: where nobody knows if a place was taken, it comes back when its request would be over in any case.
#[tokio::test]
async fn a_place_of_which_nothing_was_told_comes_back_when_its_request_would_be_over() {
    let (server, ledger, clock) = counted().await;
    ledger.mute.store(true, Ordering::SeqCst);
    for _ in 0..2 {
        assert_eq!(post(&server, "/v1/lane").await, 503);
    }
    ledger.mute.store(false, Ordering::SeqCst);
    assert_eq!(post(&server, "/v1/lane").await, 503);
    // Six deadlines of 15 seconds, and half a minute.
    clock.advance(Duration::from_secs(121));
    assert_eq!(post(&server, "/v1/lane").await, 202);
}

// R65: an answer that comes too late is that of a request which was refused.
#[tokio::test]
async fn a_place_that_a_slow_redis_gave_comes_back() {
    let Some(redis) = RedisServer::start() else { return };
    let ledger = Redis::connect(redis.url()).deadline(Duration::from_millis(50));
    let server = start(ledger, &Clock::system()).await;
    refused(&server, "/v1/lane").await;
    redis.pause();
    let asked = futures_util::future::join_all((0..2).map(|_| post(&server, "/v1/lane"))).await;
    redis.resume();
    assert_eq!(asked, [503, 503]);
    let begun = Instant::now();
    refused(&server, "/v1/lane").await;
    assert!(begun.elapsed() < Duration::from_secs(2));
}

// R65: what only counts gives its places back, too.
#[tokio::test]
async fn an_observed_limit_counts_what_is_under_way() {
    let shared = counted().await;
    let clock = Clock::manual(START);
    let alone = Pool::app().clock(clock.clone()).build().expect("an app that starts");
    let alone = TestServer::run(alone, stocked(), clock).await;
    for server in [&shared.0, &alone] {
        let log = Log::capture();
        for _ in 0..5 {
            assert_eq!(post(server, "/v1/seen").await, 202);
        }
        assert!(!log.text().contains("would have refused"), "{}", log.text());
    }
}

// R62: places that are held in the ledger are not held here as well, where nothing would give them back.
#[tokio::test]
async fn in_an_outage_nobody_waits_for_places_of_before() {
    let (server, ledger, _) = counted().await;
    for _ in 0..5 {
        refused(&server, "/v1/free").await;
    }
    ledger.gone.store(true, Ordering::SeqCst);
    for _ in 0..5 {
        assert_eq!(post(&server, "/v1/free").await, 202);
    }
    assert_eq!(post(&server, "/v1/lane").await, 503);
}

// R62: operations share a limit where it is the very same, on many machines as on one.
#[tokio::test]
async fn a_limit_of_the_api_is_shared_by_those_that_have_this_very_limit() {
    let (server, ..) = counted().await;
    let clock = Clock::manual(START);
    let alone = Pool::app().clock(clock.clone()).build().expect("an app that starts");
    let alone = TestServer::run(alone, stocked(), clock).await;
    for server in [&server, &alone] {
        let mut passed = [0; 3];
        for (passed, path) in passed.iter_mut().zip(["/v1/tried", "/v1/twos", "/v1/jump"]) {
            for _ in 0..6 {
                *passed += u32::from(post(server, path).await == 202);
            }
        }
        assert_eq!(passed, [6, 2, 4]);
    }
}

// R65: a heavy request that is refused keeps no lighter one waiting.
#[tokio::test]
async fn who_weighs_less_may_pass_before() {
    let (server, _, clock) = counted().await;
    let bring = async |towels: usize| {
        let body = testing::json!({ "towels": vec!["blue"; towels] }).to_string();
        server.send(Method::POST, None, "/v1/towels", body).await.status
    };
    assert_eq!(bring(1).await, 202);
    clock.advance(Duration::from_secs(30));
    assert_eq!([bring(7).await, bring(8).await, bring(1).await], [202, 429, 429]);
    clock.advance(Duration::from_secs(30));
    assert_eq!([bring(8).await, bring(1).await], [429, 202]);
}
