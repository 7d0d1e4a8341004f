//! Floods of frames over HTTP/2: each ends its own connection, takes no memory, and keeps nobody else waiting.

use std::{
    net::SocketAddr,
    time::{Duration, Instant},
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    time::{sleep, timeout},
};

use super::{
    frames::{
        ACK, CONTINUATION, DATA, END_HEADERS, END_STREAM, GOAWAY, HEADERS, PADDED, PING, PREFACE,
        PRIORITY, RST_STREAM, SETTINGS, WINDOW_UPDATE, block, frame, frames, request,
    },
    victim::{FLOODER, Victim, connect},
};

/// A flood: what is sent first, and what over and over, by its number.
pub(crate) struct Flood {
    pub(crate) what: &'static str,
    first: fn(&Paths) -> Vec<u8>,
    again: fn(&Paths, u32) -> Vec<u8>,
    /// The time between two; without one as many as the server takes.
    pace: Option<Duration>,
}

/// The number of times that one is sent at most: a server that takes so many ends nothing. They are more bytes than all buffers between
/// a client and a server that reads nothing any more.
const MOST: u32 = 3_000_000;
/// The connections of each flood.
const CONNECTIONS: usize = 4;
/// The memory by which the server may grow when all of them come again, in KiB: the buffers of a few connections.
const GROWTH: u64 = 4 * 1024;

/// The paths that a flood asks for.
pub(crate) struct Paths {
    /// One that is answered at once.
    pub(crate) quick: &'static str,
    /// One that is answered as late as may be.
    pub(crate) long: &'static str,
    /// One that takes a body.
    pub(crate) body: &'static str,
}

const PATHS: Paths =
    Paths { quick: "/v2/parts/BOLT", long: "/v2/failures/sleep", body: "/v2/messages" };

fn nothing(_: &Paths) -> Vec<u8> {
    Vec::new()
}

/// The stream of the request of this number.
fn stream(number: u32) -> u32 {
    2 * number + 1
}

fn message(paths: &Paths) -> Vec<u8> {
    request(1, "POST", paths.body)
}

/// A request that takes as long as it may.
fn long(paths: &Paths, number: u32) -> Vec<u8> {
    request(stream(number), "GET", paths.long)
}

fn taken_back(paths: &Paths, number: u32) -> Vec<u8> {
    let cancel = 8_u32.to_be_bytes();
    [long(paths, number), frame(RST_STREAM, 0, stream(number), &cancel)].concat()
}

pub(crate) const FLOODS: [Flood; 17] = [
    Flood { what: "requests that are taken back", first: nothing, again: taken_back, pace: None },
    Flood {
        what: "requests that are taken back, one by one",
        first: nothing,
        again: taken_back,
        pace: Some(Duration::from_millis(1)),
    },
    Flood { what: "requests beyond the streams", first: nothing, again: long, pace: None },
    Flood {
        what: "requests that are none",
        first: nothing,
        again: |_, number| {
            frame(HEADERS, END_HEADERS | END_STREAM, stream(number), &block(&[("x", "y")]))
        },
        pace: None,
    },
    Flood {
        what: "CONTINUATION",
        first: |_| frame(HEADERS, END_STREAM, 1, &block(&[(":method", "GET")])),
        again: |_, number| frame(CONTINUATION, 0, 1, &block(&[(&format!("x-{number}"), "y")])),
        pace: None,
    },
    Flood {
        what: "CONTINUATION of nothing",
        first: |_| frame(HEADERS, END_STREAM, 1, &block(&[(":method", "GET")])),
        again: |_, _| frame(CONTINUATION, 0, 1, &[]),
        pace: None,
    },
    Flood { what: "PING", first: nothing, again: |_, _| frame(PING, 0, 0, &[0; 8]), pace: None },
    Flood {
        what: "PING beside requests",
        first: |paths| request(1, "GET", paths.quick),
        again: |paths, number| match number % 100 {
            99 => request(stream(number), "GET", paths.quick),
            _ => frame(PING, 0, 0, &[0; 8]),
        },
        pace: None,
    },
    Flood {
        what: "answers to no PING",
        first: nothing,
        again: |_, _| frame(PING, ACK, 0, &[0; 8]),
        pace: None,
    },
    Flood {
        what: "SETTINGS",
        first: nothing,
        again: |_, _| frame(SETTINGS, 0, 0, &[]),
        pace: None,
    },
    Flood {
        what: "SETTINGS that move windows",
        first: |paths| [0, 1, 2].map(|number| long(paths, number)).concat(),
        again: |_, number| frame(SETTINGS, 0, 0, &[0, 4, 0, 0, (number % 256) as u8, 0]),
        pace: None,
    },
    Flood {
        what: "DATA of nothing",
        first: message,
        again: |_, _| frame(DATA, 0, 1, &[]),
        pace: None,
    },
    Flood {
        what: "DATA of nothing but padding",
        first: message,
        again: |_, _| frame(DATA, PADDED, 1, &[3, 0, 0, 0]),
        pace: None,
    },
    Flood {
        what: "DATA of one byte",
        first: message,
        again: |_, _| frame(DATA, 0, 1, b"{"),
        pace: None,
    },
    Flood {
        what: "WINDOW_UPDATE",
        first: |paths| long(paths, 0),
        again: |_, number| frame(WINDOW_UPDATE, 0, number % 2, &[0, 0, 0, 1]),
        pace: None,
    },
    Flood {
        what: "PRIORITY",
        first: nothing,
        again: |_, number| frame(PRIORITY, 0, stream(number), &[0, 0, 0, 0, 1]),
        pace: None,
    },
    Flood {
        what: "frames that nobody knows",
        first: nothing,
        again: |_, _| frame(0xBE, 0, 0, &[0; 8]),
        pace: None,
    },
];

/// The end of a flood.
#[derive(Debug)]
pub(crate) struct End {
    /// The number of times that it was sent, what the machine had buffered included.
    sent: u32,
    /// The code of the last `GOAWAY`, where one came.
    code: Option<u32>,
}

/// Floods until the server ends the connection; `None` if it does not.
pub(crate) async fn flood(address: SocketAddr, flood: &Flood, paths: &Paths) -> Option<End> {
    let (mut read, mut write) = connect(address, FLOODER).await.into_split();
    let reading = tokio::spawn(async move {
        let mut answers = Vec::new();
        // A reset is an end as well.
        let _ = read.read_to_end(&mut answers).await;
        answers
    });
    let opening = [PREFACE, &frame(SETTINGS, 0, 0, &[]), &(flood.first)(paths)].concat();
    write.write_all(&opening).await.expect("a connection takes that much");
    let mut sent = 0;
    while sent < MOST && !reading.is_finished() {
        let many = if flood.pace.is_some() { 1 } else { 100 };
        let piece: Vec<u8> =
            (1 + sent..=many + sent).flat_map(|number| (flood.again)(paths, number)).collect();
        match timeout(Duration::from_secs(20), write.write_all(&piece)).await {
            Ok(Ok(())) => sent += many,
            Ok(Err(_)) => break,
            Err(_) => return None,
        }
        match flood.pace {
            Some(pace) => sleep(pace).await,
            None => tokio::task::yield_now().await,
        }
    }
    let answers = timeout(Duration::from_secs(5), reading).await.ok()?.expect("it reads");
    let mut codes = frames(&answers).into_iter().filter(|(kind, ..)| *kind == GOAWAY);
    let code = codes.next_back().and_then(|(_, _, content)| content[4..].first_chunk().copied());
    Some(End { sent, code: code.map(u32::from_be_bytes) })
}

// R49
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_flood_ends_its_own_connection() {
    // Neither time ends one.
    let victim = Victim::start(Duration::from_secs(60), Duration::from_secs(60));
    let probe = victim.probed();
    let mut before = 0;
    for round in 0..2 {
        for one in &FLOODS {
            let begun = Instant::now();
            let all = (0..CONNECTIONS).map(|_| flood(victim.address, one, &PATHS));
            let all = futures_util::future::join_all(all).await;
            let ends: Vec<_> = all.into_iter().flatten().collect();
            println!("{}: {:?}, {ends:?}, {} KiB", one.what, begun.elapsed(), victim.memory());
            assert_eq!(ends.len(), CONNECTIONS, "a connection is kept: {}", one.what);
            assert!(ends.iter().all(|end| end.sent < MOST), "{}: {ends:?}", one.what);
            // `ENHANCE_YOUR_CALM`, or no word.
            assert!(ends.iter().all(|end| matches!(end.code, None | Some(11))), "{ends:?}");
        }
        // What the first ones needed is there for the next.
        if round == 0 {
            before = victim.memory();
        }
    }
    let grown = victim.memory().saturating_sub(before);
    println!("from {before} KiB {grown} more");
    assert!(grown < GROWTH, "from {before} KiB {grown} more");
    let answered = probe.answered().await;
    assert!(answered > 10, "{answered}");
}

// A client that asks for much, and reads as small a piece as there is, is none of these.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_busy_client_is_no_flood() {
    let victim = Victim::start(Duration::from_secs(60), Duration::from_secs(60));
    let (mut read, mut write) = connect(victim.address, FLOODER).await.into_split();
    let opening = [PREFACE, &frame(SETTINGS, 0, 0, &[])].concat();
    write.write_all(&opening).await.expect("it is sent");
    let mut answers = Vec::new();
    let mut buffer = vec![0; 64 * 1024];
    for number in 1..=2000 {
        let id = stream(number);
        let asked = [
            frame(PRIORITY, 0, id, &[0, 0, 0, 0, 1]),
            request(id, "GET", "/v2/parts/BOLT"),
            frame(WINDOW_UPDATE, 0, 0, &[0, 0, 0, 7]),
            frame(WINDOW_UPDATE, 0, id, &[0, 0, 0, 7]),
            frame(PING, 0, 0, &[0; 8]),
        ];
        write.write_all(&asked.concat()).await.expect("it is sent");
        answers.clear();
        // The end of the answer.
        while !frames(&answers).iter().any(|(kind, of, _)| *kind == DATA && *of == id) {
            let some = read.read(&mut buffer).await.expect("the connection is kept");
            assert_ne!(some, 0, "it ends at request {number}");
            answers.extend_from_slice(&buffer[..some]);
        }
    }
}
