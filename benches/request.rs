//! The cost of a guarded request beside the same handler on bare axum, in process.
//!
//! `cargo bench --bench request` measures time. `benches/instructions` counts instructions: it runs this
//! program under callgrind with a case and two counts, and divides the difference.
#![allow(missing_docs, reason = "criterion's macros make public functions")]

mod sample;

use std::hint::black_box;

use axum::{Router, body::Body, http::Request};
use criterion::{BatchSize, Criterion};
use http_body_util::BodyExt;
use sample::Pair;
use tokio::runtime::{Builder, Runtime};
use tower::ServiceExt;

async fn answer(router: Router, request: Request<Body>, expected: u16) {
    let response = router.oneshot(request).await.expect("a router is infallible");
    assert_eq!(response.status(), expected);
    black_box(response.into_body().collect().await.expect("the body is in memory"));
}

fn runtime() -> Runtime {
    Builder::new_current_thread().enable_time().build().expect("a runtime is built")
}

type Case = (&'static str, fn(&Pair) -> &Router, fn(&Pair) -> Request<Body>, u16);

const CASES: [Case; 4] = [
    ("get/guarded", |pair| &pair.guarded, Pair::get, 200),
    ("get/bare", |pair| &pair.bare, Pair::get, 200),
    ("post/guarded", |pair| &pair.guarded, Pair::post, 201),
    ("post/bare", |pair| &pair.bare, Pair::post, 201),
];

fn measure(criterion: &mut Criterion) {
    let pair = sample::pair();
    let runtime = runtime();
    for (name, router, request, expected) in CASES {
        criterion.bench_function(name, |bencher| {
            bencher.iter_batched(
                || (router(&pair).clone(), request(&pair)),
                |(router, request)| runtime.block_on(answer(router, request, expected)),
                BatchSize::SmallInput,
            );
        });
    }
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    if arguments.next().as_deref() == Some("count") {
        let name = arguments.next().expect("a case follows `count`");
        let times =
            arguments.next().and_then(|times| times.parse().ok()).expect("a number follows");
        let case = CASES.iter().find(|case| case.0 == name).expect("the case exists");
        let (_, router, request, expected) = *case;
        let pair = sample::pair();
        let runtime = runtime();
        for _ in 0..times {
            runtime.block_on(answer(router(&pair).clone(), request(&pair), expected));
        }
        return;
    }
    let mut criterion = Criterion::default().configure_from_args();
    measure(&mut criterion);
    criterion.final_summary();
}
