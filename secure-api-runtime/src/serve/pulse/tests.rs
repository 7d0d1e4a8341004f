//! Connections over HTTP/2 whose client asks for nothing, or does not read.

use std::{future::Future, time::Duration};

use http::Version;
use http_body_util::{BodyExt, Either, Full};
use tokio::time::interval;

use super::*;

const HEADER: Duration = Duration::from_secs(10);
const IDLE: Duration = Duration::from_secs(60);
/// A quarter of the shorter one, by which an end may be late.
const LATE: Duration = Duration::from_millis(2600);

fn answer(pulse: &Arc<Pulse>, content: usize) -> Response<Answering> {
    let content = Bytes::from(vec![0; content]);
    pulse.handle(Version::HTTP_2).answer(Response::new(Either::Left(Full::new(content))))
}

/// Returns the time after which the connection is ended while something is done each five seconds.
async fn ends(pulse: &Pulse, mut done: impl FnMut()) -> Duration {
    let begun = Instant::now();
    let mut every = interval(Duration::from_secs(5));
    let doing = async {
        loop {
            every.tick().await;
            done();
        }
    };
    let stops: std::pin::Pin<Box<dyn Future<Output = ()> + '_>> =
        Box::pin(pulse.stops(HEADER, IDLE));
    tokio::select! {
        () = stops => begun.elapsed(),
        () = sleep(Duration::from_secs(24 * 60 * 60)) => panic!("it is kept for a day"),
        () = doing => unreachable!("it does so for ever"),
    }
}

fn is_idle(time: Duration) -> bool {
    (IDLE..=IDLE + LATE).contains(&time)
}

// R49: a PING is answered, and is no request.
#[tokio::test(start_paused = true)]
async fn frames_that_ask_for_nothing_keep_no_connection() {
    let pulse = Arc::new(Pulse::default());
    drop(answer(&pulse, 0));
    let time = ends(&pulse, || pulse.wrote(17)).await;
    assert!(is_idle(time), "{time:?}");

    let never_asked = Arc::new(Pulse::default());
    let time = ends(&never_asked, || never_asked.wrote(17)).await;
    assert!((HEADER..=HEADER + LATE).contains(&time), "{time:?}");
}

// R49: an answer is read, or the connection ends, whatever else is asked meanwhile.
#[tokio::test(start_paused = true)]
async fn an_answer_that_nobody_reads_ends_its_connection() {
    let pulse = Arc::new(Pulse::default());
    let unread = answer(&pulse, 1000);
    let time = ends(&pulse, || drop(answer(&pulse, 0))).await;
    assert!(is_idle(time), "{time:?}");
    drop(unread);
    assert!(pulse.unread.waiting().is_empty());

    // One that the library was given and could not write: of it a client took one byte.
    let pulse = Arc::new(Pulse::default());
    answer(&pulse, 1 << 20).into_body().collect().await.expect("its content");
    let time = ends(&pulse, || drop(answer(&pulse, 0))).await;
    assert!(is_idle(time), "{time:?}");
    let pulse = Arc::new(Pulse::default());
    answer(&pulse, 1 << 20).into_body().collect().await.expect("its content");
    let time = ends(&pulse, || pulse.wrote(17)).await;
    assert!(is_idle(time), "{time:?}");
}

// R49: whoever reads slowly has time for it, and whoever asks goes on asking.
#[tokio::test(start_paused = true)]
async fn a_slow_reader_gets_all_of_an_answer() {
    let pulse = Arc::new(Pulse::default());
    answer(&pulse, 1 << 20).into_body().collect().await.expect("its content");
    let time = ends(&pulse, || pulse.wrote(10 << 10)).await;
    let reading = Duration::from_secs(5 * (1 << 20) / (10 << 10));
    assert!(time > reading && time < reading + IDLE + IDLE, "{time:?}");

    let pulse = Arc::new(Pulse::default());
    let mut left = 100;
    let time = ends(&pulse, || {
        if left > 0 {
            left -= 1;
            drop(answer(&pulse, 0));
            pulse.wrote(700);
        }
    });
    let time = time.await;
    assert!(time > Duration::from_secs(500), "{time:?}");
}
