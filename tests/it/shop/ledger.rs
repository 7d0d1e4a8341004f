//! The shop while its Redis is gone, or hangs: what depends on it is refused, the rest goes on, and nobody restarts the shop.

use serde_json::json;

use super::outage::{Logged, ORDERS, PLACE, WELL, answered, reveals_nothing, token};
use crate::support::{Answer, RedisServer};

// R62 in part
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_redis_that_is_killed_under_traffic_closes_what_depends_on_it_until_it_is_back() {
    let Some(mut redis) = RedisServer::start() else { return };
    let url = redis.url();
    let shop = Logged::start(|command| {
        // What else runs on a machine of tests is no outage.
        command.env("SHOP_REDIS", &url).env("SHOP_REDIS_DEADLINE", "2000");
    });
    // What is to be remembered: somebody signed out, and an order was checked out.
    let gone = token(shop.folder.path(), "bob");
    let out = shop.client.delete(shop.url("v2/session")).bearer_auth(&gone);
    Answer::of(out).await.has_status(204);
    let signed_out = || Answer::of(shop.get("v2/orders").bearer_auth(&gone));
    let placed = shop.ask(PLACE).await;
    placed.has_status(201);
    let order = placed.header("location").trim_start_matches('/').to_owned();
    let card = json!({ "card_number": "4111111111111111" });
    Answer::of(shop.post(&format!("{order}/checkout")).json(&card)).await.has_status(200);
    let key = format!("\"{}\"", uuid::Uuid::new_v4());
    let amount = json!({ "amount": placed.json()["total"] });
    let pay = || {
        let request = shop.post(&format!("{order}/payment")).json(&amount);
        Answer::of(request.header("idempotency-key", &key))
    };
    assert_eq!((shop.probe("livez").await, shop.probe("readyz").await), (200, 200));

    let refused = [("catalogue", 200), ("orders", 503), ("place", 503)];
    let traffic = shop.traffic();
    answered(&traffic.after(20).await, &WELL);

    redis.kill();
    shop.until(ORDERS, 503).await;
    shop.until(PLACE, 503).await;
    // What was under way then is over when both clients of a kind have begun again.
    traffic.after(4).await;
    let seen = traffic.after(40).await;
    answered(&seen, &refused);
    for answer in seen.values().flatten().filter(|answer| answer.status != 200) {
        reveals_nothing(answer, shop.folder.path());
        assert!(answer.maybe_header("retry-after").is_some(), "{answer:?}");
    }
    // Nobody is let in by what cannot be asked, also where nobody has to be known, and no code is tried.
    signed_out().await.is_problem(503);
    Answer::of(shop.get("v2/products").bearer_auth(&gone)).await.is_problem(503);
    let sign_in = shop.client.post(shop.url("v2/otp/login"));
    let sign_in = sign_in.json(&json!({ "user_name": "alice", "code": "000000" }));
    Answer::of(sign_in).await.is_problem(503);
    pay().await.is_problem(503);
    shop.probed("readyz", 503).await;
    assert_eq!(shop.probe("livez").await, 200);

    redis.run();
    shop.until(ORDERS, 200).await;
    shop.until(PLACE, 201).await;
    traffic.after(4).await;
    answered(&traffic.after(20).await, &WELL);
    traffic.end().await;
    shop.probed("readyz", 200).await;
    // It remembers what it was told.
    signed_out().await.is_problem(401);
    let paid = pay().await;
    paid.has_status(201);
    // Sent again, it is the same payment.
    let again = pay().await;
    again.has_status(201);
    assert_eq!(again.header("location"), paid.header("location"));

    let log = shop.log();
    let times = |text: &str| log.lines().filter(|line| line.contains(text)).count();
    assert_eq!(times("the outage of the ledger begins"), 1, "{log}");
    assert_eq!(times("the outage of the ledger is over"), 1, "{log}");
    assert_eq!(times("the ledger's Redis answers again"), 1, "{log}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_redis_that_hangs_keeps_nobody_waiting() {
    let Some(redis) = RedisServer::start() else { return };
    let url = redis.url();
    let shop = Logged::start(|command| {
        command.env("SHOP_REDIS", &url);
    });
    let traffic = shop.traffic();
    traffic.after(10).await;
    redis.pause();
    shop.until(ORDERS, 503).await;
    traffic.after(4).await;
    let seen = traffic.after(20).await;
    answered(&seen, &[("catalogue", 200), ("orders", 503), ("place", 503)]);
    shop.probed("readyz", 503).await;
    redis.resume();
    shop.until(ORDERS, 200).await;
    shop.until(PLACE, 201).await;
    traffic.end().await;
    shop.probed("readyz", 200).await;
}
