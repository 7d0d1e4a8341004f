//! The cost of each kind of credentials, in process: a declared route beside an axum route that uses the underlying crate
//! in the plainest way that works.
//!
//! `benches/peers/measure identity`. Both answer the same body to the same request. The declared route has, besides the
//! credentials, everything else that a declaration has: limits, strict requests, an entity tag, the fields of its answers.
//! So the first row is the floor: a public route on both sides, with no credentials at all.

mod by_hand;
mod callers;
mod declared;

use std::{error::Error, hint::black_box, time::Instant};

use axum::{Router, body::Body, http::Request};
use callers::Callers;
use tower::ServiceExt;

/// One request after the other, in turn on both sides.
const ROUNDS: usize = 60;
const REQUESTS: usize = 100;

/// A kind of credentials, and the requests that carry them.
struct Row {
    name: &'static str,
    request: fn(&mut Callers) -> Request<Body>,
}

const ROWS: [Row; 6] = [
    Row { name: "nothing", request: Callers::nothing },
    Row { name: "token, seen before", request: Callers::remembered },
    Row { name: "token, new", request: Callers::new_token },
    Row { name: "API key", request: Callers::api_key },
    Row { name: "session", request: Callers::session },
    Row { name: "DPoP proof", request: Callers::proof },
];

/// Returns the microseconds of one request, of as many as given.
async fn run(router: &Router, requests: Vec<Request<Body>>) -> f64 {
    let count = requests.len();
    let start = Instant::now();
    for request in requests {
        let answer = router.clone().oneshot(request).await.expect("a router is infallible");
        assert_eq!(answer.status(), 200);
        black_box(answer);
    }
    start.elapsed().as_secs_f64() * 1e6 / count as f64
}

fn quartiles(mut values: Vec<f64>) -> [f64; 3] {
    values.sort_by(f64::total_cmp);
    [1, 2, 3].map(|quarter| values[values.len() * quarter / 4])
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut callers = Callers::new()?;
    let declared = declared::router(&callers)?;
    callers.sign_in(&declared).await?;
    let by_hand = by_hand::router(&callers)?;
    println!("{ROUNDS} rounds of {REQUESTS} requests in process; µs, medians, ratios by round");
    println!(
        "{:<20}{:>9}{:>10}{:>8}{:>16}",
        "credentials", "by hand", "declared", "ratio", "(quartiles)"
    );
    for row in ROWS {
        let mut costs = [Vec::new(), Vec::new()];
        for _ in 0..=ROUNDS {
            for (router, costs) in [&by_hand, &declared].into_iter().zip(&mut costs) {
                let requests = (0..REQUESTS).map(|_| (row.request)(&mut callers)).collect();
                costs.push(run(router, requests).await);
            }
        }
        // The first round fills caches.
        let [by_hand, declared] = costs.map(|costs| costs[1..].to_vec());
        let ratios = by_hand.iter().zip(&declared).map(|(hand, ours)| ours / hand).collect();
        let ([_, hand, _], [_, ours, _]) = (quartiles(by_hand), quartiles(declared));
        let [low, ratio, high] = quartiles(ratios);
        println!(
            "{:<20}{hand:>9.2}{ours:>10.2}{ratio:>8.2}{:>16}",
            row.name,
            format!("({low:.2}-{high:.2})")
        );
    }
    Ok(())
}
