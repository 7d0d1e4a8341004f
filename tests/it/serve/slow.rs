//! Slow clients: whoever sends or reads slowly, or only shows that it is there, holds a place for as long as is said, and no longer.

use std::{net::SocketAddr, time::Duration};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::{sleep, timeout},
};

use super::{
    frames::{DATA, HEADERS, PING, PREFACE, SETTINGS, frame, request},
    victim::{FLOODER, Victim, connect},
};

/// A slow client: what it sends at once, and then byte by byte, or frame by frame.
pub(crate) struct Slow {
    pub(crate) what: &'static str,
    first: fn() -> Vec<u8>,
    again: fn() -> Vec<u8>,
    reads: bool,
}

/// The end of one is far off where it is sent at this pace.
const PACE: Duration = Duration::from_millis(20);

fn http2(rest: &[u8]) -> Vec<u8> {
    [PREFACE, &frame(SETTINGS, 0, 0, &[]), rest].concat()
}

fn byte() -> Vec<u8> {
    b"a".to_vec()
}

fn ping() -> Vec<u8> {
    frame(PING, 0, 0, &[0; 8])
}

/// Asks for so many large answers that no buffer of the machine holds them.
fn large() -> Vec<u8> {
    "GET /openapi/v2.json HTTP/1.1\r\nhost: localhost\r\n\r\n".repeat(300).into_bytes()
}

pub(crate) const SLOW: [Slow; 12] = [
    Slow { what: "nothing", first: Vec::new, again: Vec::new, reads: true },
    Slow {
        what: "a slow header",
        first: || b"GET /v2/parts/BOLT HTTP/1.1\r\nhost: localhost\r\nx: ".to_vec(),
        again: byte,
        reads: true,
    },
    Slow {
        what: "a slow header after a request",
        first: || {
            let asked = "GET /v2/parts/BOLT HTTP/1.1\r\nhost: localhost\r\n";
            format!("{asked}\r\n{asked}x: ").into_bytes()
        },
        again: byte,
        reads: true,
    },
    Slow {
        what: "a slow body",
        first: || {
            b"POST /v2/messages HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n\
              content-length: 1000\r\n\r\n"
                .to_vec()
        },
        again: byte,
        reads: true,
    },
    Slow {
        what: "a slow body in chunks",
        first: || {
            b"POST /v2/messages HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n\
              transfer-encoding: chunked\r\n\r\n"
                .to_vec()
        },
        again: || b"1\r\na\r\n".to_vec(),
        reads: true,
    },
    Slow { what: "no reading", first: large, again: Vec::new, reads: false },
    Slow { what: "a slow preface", first: || PREFACE[..5].to_vec(), again: Vec::new, reads: true },
    Slow { what: "no request over HTTP/2", first: || http2(&[]), again: ping, reads: true },
    Slow {
        what: "a slow header over HTTP/2",
        first: || http2(&frame(HEADERS, 0, 1, &[0; 10_000])[..9]),
        again: byte,
        reads: true,
    },
    Slow {
        what: "a slow body over HTTP/2",
        first: || http2(&request(1, "POST", "/v2/messages")),
        again: || frame(DATA, 0, 1, b"a"),
        reads: true,
    },
    Slow {
        what: "no reading over HTTP/2",
        first: || {
            let closed = frame(SETTINGS, 0, 0, &[0, 4, 0, 0, 0, 0]);
            [PREFACE, &closed, &request(1, "GET", "/openapi/v2.json")].concat()
        },
        again: ping,
        reads: true,
    },
    Slow {
        what: "only PING after a request",
        first: || http2(&request(1, "GET", "/v2/parts/BOLT")),
        again: ping,
        reads: true,
    },
];

/// Completes when the server has ended the connection.
pub(crate) async fn ended(address: SocketAddr, slow: &Slow) {
    let stream = connect(address, FLOODER).await;
    let (mut read, mut write) = stream.into_split();
    let reads = slow.reads;
    let reading = tokio::spawn(async move {
        if reads {
            // A reset is an end as well.
            let _ = read.read_to_end(&mut Vec::new()).await;
        } else {
            std::future::pending::<()>().await;
        }
        read
    });
    if write.write_all(&(slow.first)()).await.is_err() {
        return;
    }
    while !reading.is_finished() {
        sleep(PACE).await;
        let piece = (slow.again)();
        // Whoever reads nothing sees the end by what it sends.
        let piece = if piece.is_empty() && !reads { byte() } else { piece };
        if write.write_all(&piece).await.is_err() {
            break;
        }
    }
    reading.abort();
}

// R49: in each way.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_slow_client_is_not_waited_for() {
    let victim = Victim::start(Duration::from_millis(400), Duration::from_millis(800));
    let probe = victim.probed();
    let all = SLOW.iter().map(|slow| async {
        let end = timeout(Duration::from_secs(20), ended(victim.address, slow)).await;
        assert!(end.is_ok(), "it is waited for: {}", slow.what);
    });
    futures_util::future::join_all(all).await;
    assert!(probe.answered().await > 10);
}

// R49: E5, also where a little is read now and then.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_that_is_read_byte_by_byte_over_http2_ends_its_connection() {
    let victim = Victim::start(Duration::from_millis(400), Duration::from_millis(800));
    let mut stream: TcpStream = connect(victim.address, FLOODER).await;
    let closed = frame(SETTINGS, 0, 0, &[0, 4, 0, 0, 0, 0]);
    let asked = request(1, "GET", "/openapi/v2.json");
    stream.write_all(&[PREFACE, &closed, &asked].concat()).await.expect("it is sent");
    let (mut read, mut write) = stream.into_split();
    let reading = tokio::spawn(async move { read.read_to_end(&mut Vec::new()).await });
    let dripping = async {
        while !reading.is_finished() {
            sleep(PACE).await;
            if write.write_all(&frame(8, 0, 1, &[0, 0, 0, 1])).await.is_err() {
                break;
            }
        }
    };
    timeout(Duration::from_secs(20), dripping).await.expect("it is not waited for");
}
