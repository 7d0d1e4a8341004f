//! Minutes of hostile traffic at the shop, beside customers: nothing of it stays.

use std::{
    env,
    net::{IpAddr, Ipv4Addr, SocketAddr},
    sync::atomic::{AtomicU32, Ordering::Relaxed},
    time::{Duration, Instant},
};

use futures_util::future::join_all;
use reqwest::{Client, StatusCode};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    time::{sleep, timeout},
};

use super::{Shop, direct, shop};
use crate::{
    serve::{
        floods::{FLOODS, Paths, flood},
        slow::{SLOW, ended},
        victim::{connect, memory_of},
    },
    support::Folder,
};

const PATHS: Paths = Paths { quick: "/v1/products", long: "/v1/products", body: "/v1/orders" };

/// The memory by which the last third of the time may be above the middle one, in KiB. In the first one tables fill, and the
/// allocator gets the pages that it keeps for the next burst.
const GROWTH: u64 = 1024;
/// The rounds of hostile requests that are under way at one time: a server that refuses the framing of one reads on for a moment.
const ROUNDS: usize = 16;

/// Requests that are none, or that are refused.
fn hostile(number: u32) -> Vec<Vec<u8>> {
    let get = |target: &str, more: &str| {
        format!("GET {target} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n{more}\r\n")
    };
    let post = |kind: &str, body: &str| {
        format!(
            "POST /v1/otp/login HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\ncontent-type: {kind}\r\n\
             content-length: {}\r\n\r\n{body}",
            body.len()
        )
    };
    let token = format!("authorization: Bearer eyJhbGciOiJFUzI1NiJ9.e30.{number}\r\n");
    [
        "no HTTP at all\r\n\r\n".to_owned(),
        get(&format!("/{}", "a".repeat(9000)), ""),
        get("/v1/orders/../../etc/passwd", ""),
        get(&format!("/v1/products/{number}%00"), ""),
        get(&format!("/v1/nowhere-{number}"), ""),
        get("/v1/products?x[]=1&x=2", ""),
        get("/v1/products", &format!("x: {}\r\n", "a".repeat(40_000))),
        get("/v1/products", &(0..200).map(|field| format!("x-{field}: y\r\n")).collect::<String>()),
        get("/v1/orders", &token),
        get(
            "/v1/products",
            &format!("x-request-id: {number}-of-a-flood\r\nif-none-match: \"{number}\"\r\n"),
        ),
        get("/v1/products", "transfer-encoding: chunked, chunked\r\n"),
        get("/v1/products", "content-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n"),
        post("application/json", &"[".repeat(30_000)),
        post("application/json", &format!("{{\"user_name\":\"u{number}\",\"code\":\"x\"}}")),
        post("application/json; charset=latin1", "{}"),
        post("multipart/form-data; boundary=b", "--b\r\n\r\n--b"),
    ]
    .map(String::into_bytes)
    .to_vec()
}

/// Returns the address that requests of this number come from: one of 250.
fn stranger(number: u32) -> IpAddr {
    IpAddr::V4(Ipv4Addr::new(127, 0, 1, (number % 250) as u8 + 1))
}

/// Sends a request, and waits for its end.
async fn send(address: SocketAddr, from: IpAddr, bytes: Vec<u8>) {
    let mut stream = connect(address, from).await;
    let exchange = async {
        // It may have ended before all is sent.
        let _ = stream.write_all(&bytes).await;
        let _ = stream.read_to_end(&mut Vec::new()).await;
    };
    timeout(Duration::from_secs(30), exchange).await.expect("each connection ends");
}

/// Asks as customers do, until the time is over: the catalogue, a product of it, and now and then an order.
async fn shops(client: Client, address: String, until: Instant, asked: &AtomicU32) {
    let order = serde_json::json!({
        "customer_email": "alice@shop.example",
        "items": [{ "sku": "TEA-GREEN", "qty": 1 }],
    });
    while Instant::now() < until {
        for path in ["/v1/products", "/v1/products/TEA-GREEN", "/v1/orders"] {
            let answer = client.get(format!("{address}{path}")).send().await.expect("an answer");
            assert_eq!(answer.status(), StatusCode::OK, "{path}");
            answer.bytes().await.expect("all of it");
        }
        if asked.fetch_add(1, Relaxed).is_multiple_of(20) {
            let key = format!("\"{}\"", uuid::Uuid::new_v4());
            let request = client.post(format!("{address}/v1/orders")).json(&order);
            let answer = request.header("idempotency-key", key).send().await.expect("an answer");
            assert_eq!(answer.status(), StatusCode::CREATED);
        }
        sleep(Duration::from_millis(50)).await;
    }
}

// R49, R52 in part
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "scripts/soak runs it: it takes minutes"]
async fn hostile_traffic_takes_no_memory() {
    let minutes = env::var("SOAK_MINUTES").ok().and_then(|text| text.parse().ok()).unwrap_or(5);
    let folder = Folder::new("soak-");
    let mut command = shop(folder.path());
    // With fewer arenas the allocator keeps less of what is free, so that more of what is seen is held.
    command.env("SHOP_TLS", "off").env("MALLOC_ARENA_MAX", "2");
    let running = Shop::run(command);
    let memory = || memory_of(running.process.id());
    let address: SocketAddr = running.address.trim_start_matches("http://").parse().expect("it");
    let token =
        shop(folder.path()).args(["token", "--role", "customer", "--subject", "alice"]).output();
    let token = String::from_utf8(token.expect("the command runs").stdout).expect("a token");
    let bearer = format!("Bearer {}", token.trim()).parse().expect("a header's value");
    let client = direct()
        .local_address("127.0.0.2".parse::<std::net::IpAddr>().expect("an address"))
        .default_headers([(reqwest::header::AUTHORIZATION, bearer)].into_iter().collect())
        .build()
        .expect("a client");

    let begun = Instant::now();
    let until = begun + Duration::from_secs(60 * minutes);
    let asked = AtomicU32::new(0);
    let customers = shops(client, running.address.clone(), until, &asked);
    let slow = async {
        while Instant::now() < until {
            let all = SLOW.iter().map(|slow| async {
                let end = timeout(Duration::from_secs(100), ended(address, slow)).await;
                assert!(end.is_ok(), "it is waited for: {}", slow.what);
            });
            join_all(all).await;
        }
    };
    let (round, sent) = (AtomicU32::new(0), AtomicU32::new(0));
    let hostile = join_all((0..ROUNDS).map(|_| async {
        while Instant::now() < until {
            let number = round.fetch_add(1, Relaxed);
            let all =
                hostile(number).into_iter().map(|bytes| send(address, stranger(number), bytes));
            sent.fetch_add(join_all(all).await.len() as u32, Relaxed);
        }
    }));
    let floods = async {
        let mut seen = Vec::new();
        while Instant::now() < until {
            for one in &FLOODS {
                // Where what it asks for is answered, it is no flood, and goes on.
                let all =
                    (0..4).map(|_| timeout(Duration::from_secs(2), flood(address, one, &PATHS)));
                join_all(all).await;
                seen.push(memory());
            }
            let (seconds, now) = (begun.elapsed().as_secs(), memory());
            println!("{seconds:4} s, {:7} requests: {now} KiB", sent.load(Relaxed));
        }
        seen
    };
    let ((), (), _, seen) = tokio::join!(customers, slow, hostile, floods);
    let third = seen.len() / 3;
    assert!(third > 0, "too short for three looks at its memory");
    let mean = |part: &[u64]| part.iter().sum::<u64>() / part.len() as u64;
    let (middle, last) = (mean(&seen[third..2 * third]), mean(&seen[2 * third..]));
    println!(
        "from {middle} to {last} KiB, by the middle third and the last one; {} hostile requests; customers asked {} times",
        sent.load(Relaxed),
        asked.load(Relaxed),
    );
    assert!(last <= middle + GROWTH, "from {middle} to {last} KiB");
}
