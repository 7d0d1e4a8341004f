//! Two shops with one folder and one Redis: they are one shop.

use std::process::Command;

use reqwest::{Client, header};

use super::{Shop, direct, shop, trust::refused};
use crate::support::{Answer, Folder, RedisServer};

/// Returns a shop over plaintext, without a factor of its limits.
fn plain(folder: &Folder, redis: Option<&RedisServer>) -> Command {
    let mut command = shop(folder.path());
    command.env("SHOP_TLS", "off").env("SHOP_LIMIT_SCALE", "1");
    if let Some(redis) = redis {
        // What else runs on a machine of tests is no outage.
        command.env("SHOP_REDIS", redis.url()).env("SHOP_REDIS_DEADLINE", "2000");
    }
    command
}

/// Returns how often the caller may still look at orders, by what each of these shops says in turn.
async fn left(client: &Client, token: &str, shops: [&Shop; 2]) -> Vec<u32> {
    let mut left = Vec::new();
    for shop in [shops[0], shops[1], shops[1], shops[0]] {
        let request = client.get(format!("{}/v2/orders", shop.address));
        let answer = Answer::of(request.header(header::AUTHORIZATION, token)).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        let limits = answer.header("ratelimit").to_owned();
        let rest = limits.split("-principal\";r=").nth(1).and_then(|rest| rest.split(';').next());
        left.push(rest.and_then(|left| left.parse().ok()).unwrap_or_else(|| panic!("{limits}")));
    }
    left
}

// R60
#[tokio::test]
async fn shops_with_one_folder_and_one_redis_are_one() {
    let Some(redis) = RedisServer::start() else { return };
    let folder = Folder::new("shop-");
    let start = |redis| Shop::run(plain(&folder, redis));
    let [one, two, alone] = [start(Some(&redis)), start(Some(&redis)), start(None)];
    let token =
        plain(&folder, None).args(["token", "--role", "customer", "--subject", "alice"]).output();
    let token = String::from_utf8(token.expect("it runs").stdout).expect("a token");
    let token = format!("Bearer {}", token.trim());
    let client = direct().build().expect("a client");
    let first = left(&client, &token, [&one, &two]).await;
    assert_eq!(first, [0, 1, 2, 3].map(|taken| first[0] - taken));
    // One without it counts for itself, and knows nobody whom the others signed out.
    let own = left(&client, &token, [&alone, &alone]).await;
    assert_eq!(own, first);
    let out = client.delete(format!("{}/v2/session", one.address));
    assert_eq!(Answer::of(out.header(header::AUTHORIZATION, &token)).await.status, 204);
    for (shop, status) in [(&one, 401), (&two, 401), (&alone, 200)] {
        let request = client.get(format!("{}/v2/orders", shop.address));
        let answer = Answer::of(request.header(header::AUTHORIZATION, &token)).await;
        assert_eq!(answer.status, status, "{answer:?}");
    }
}

#[test]
fn a_redis_that_is_none_keeps_the_shop_from_starting() {
    let data = Folder::new("shop-");
    for (url, told) in
        [("http://:s3cr3t@redis.example", "SA134"), ("redis://:s3cr3t@127.0.0.1:1", "SA135")]
    {
        let said = refused(data.path(), &[("SHOP_REDIS", url)]);
        assert!(said.contains(told), "{url}: {said}");
        assert!(!said.contains("s3cr3t"), "{url}: {said}");
    }
}
