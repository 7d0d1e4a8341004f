//! Connections over HTTP/2 whose client asks for nothing, or does not read.

use std::{future::Future, time::Duration};

use http::Version;
use http_body_util::BodyExt;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    time::interval,
};

use super::{super::room::Room, *};

const HEADER: Duration = Duration::from_secs(10);
const IDLE: Duration = Duration::from_secs(60);
/// A quarter of the shorter one, by which an end may be late.
const LATE: Duration = Duration::from_millis(2600);

fn answer(pulse: &Arc<Pulse>, content: usize) -> Response<Answering> {
    let content = Bytes::from(vec![0; content]);
    pulse.handle(Version::HTTP_2).answer(Response::new(Content::from(content)))
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

/// Answers with so many bytes of a room, over this protocol.
fn held(pulse: &Arc<Pulse>, version: Version, room: &Arc<Room>) -> Response<Answering> {
    let mut part = room.part(1);
    part.hold(1000);
    let content = Content::Whole(Bytes::from(vec![0; 1000]), Some(part));
    pulse.handle(version).answer(Response::new(content))
}

// R49: content has its room until the client has it, or nobody has.
#[tokio::test]
async fn content_is_held_until_it_is_sent() {
    let room = Room::new(10_000);
    let pulse = Arc::new(Pulse::default());
    let mut body = held(&pulse, Version::HTTP_2, &room).into_body();
    let frame = body.frame().await.expect("a frame").expect("content").into_data().expect("bytes");
    drop(body);
    let (first, rest) = (frame.slice(..10), frame.slice(10..));
    drop((frame, first));
    assert_eq!(room.taken(), 1000, "HTTP/2 has yet to write some of it");
    drop(rest);
    assert_eq!(room.taken(), 0);

    let pulse = Arc::new(Pulse::default());
    let (mut client, server) = tokio::io::duplex(100);
    let mut stream = Watched::new(server, Arc::clone(&pulse));
    let body = held(&pulse, Version::HTTP_11, &room).into_body();
    let bytes = body.collect().await.expect("content").to_bytes();
    assert_eq!(room.taken(), 1000, "HTTP/1.1 has a copy that it has yet to write");
    let write = async {
        stream.write_all(&bytes).await.expect("it is written");
        assert_eq!(room.taken(), 1000);
        stream.flush().await.expect("all of it");
    };
    let mut read = vec![0; 1000];
    let (_, read) = tokio::join!(write, client.read_exact(&mut read));
    assert_eq!((read.expect("all of it"), room.taken()), (1000, 0));

    drop(held(&Arc::new(Pulse::default()), Version::HTTP_2, &room));
    drop(held(&pulse, Version::HTTP_11, &room));
    drop((stream, pulse));
    assert_eq!(room.taken(), 0, "the connections are gone");
}
