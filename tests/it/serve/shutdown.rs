//! The end of a server: whom it still answers, and what it says to those who might come again.

use std::{
    io::{BufRead, BufReader},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use secure_api::{manage::Manage, prelude::*, serve::ServerSettings};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::{sleep, timeout},
};

use crate::{
    manage::{ask, at},
    support::{
        Log, TestServer,
        model::{Role, Version},
        raw,
        server::{app, stocked},
    },
};

const LAST: &[u8] = b"GET /v2/parts/BOLT HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n";
const REQUEST: &[u8] = b"GET /v2/parts/BOLT HTTP/1.1\r\nhost: localhost\r\n\r\n";

/// Sends a request and returns the head of its answer, in lower case.
async fn asked(stream: &mut TcpStream) -> String {
    stream.write_all(REQUEST).await.expect("sent");
    let mut answer = vec![0; 8192];
    let length = stream.read(&mut answer).await.expect("an answer");
    String::from_utf8_lossy(&answer[..length]).to_lowercase()
}

async fn is_closed(stream: &mut TcpStream) -> bool {
    let mut rest = Vec::new();
    let end = timeout(Duration::from_secs(5), stream.read_to_end(&mut rest)).await;
    matches!(end, Ok(Ok(0)))
}

// R49: who has a connection has an answer to what it sends when the server stops, and is told to come by another one.
#[tokio::test]
async fn a_connection_has_a_last_answer_that_says_so() {
    let mut server = TestServer::start().await;
    let mut kept = TcpStream::connect(server.address).await.expect("a connection");
    assert!(!asked(&mut kept).await.contains("connection: close"));
    let mut fresh = TcpStream::connect(server.address).await.expect("a connection");
    let mut silent = TcpStream::connect(server.address).await.expect("a connection");
    sleep(Duration::from_millis(50)).await;
    let done = server.stop();
    sleep(Duration::from_millis(200)).await;
    assert!(TcpStream::connect(server.address).await.is_err(), "nobody else is accepted");
    for stream in [&mut kept, &mut fresh] {
        let answer = asked(stream).await;
        assert!(answer.starts_with("http/1.1 200"), "{answer}");
        assert!(answer.contains("connection: close"), "{answer}");
        assert!(is_closed(stream).await);
    }
    assert!(is_closed(&mut silent).await, "nobody waits for one who asks nothing");
    timeout(Duration::from_secs(5), done).await.expect("it stops").expect("it does not panic");
}

// R49: over HTTP/2 the connection says so itself, and what was sent before is answered.
#[tokio::test]
async fn a_connection_of_http2_says_goodbye() {
    let mut server = TestServer::start().await;
    let mut stream = TcpStream::connect(server.address).await.expect("a connection");
    begin_http2(&mut stream).await;
    stream.write_all(&head(1)).await.expect("sent");
    let mut seen = Seen::default();
    seen.until(&mut stream, |seen| seen.ended == [1]).await;
    let done = server.stop();
    // It announces the end first, and waits for the answer to its PING before it says which request was the last.
    seen.until(&mut stream, |seen| !seen.last.is_empty()).await;
    assert_eq!(seen.last, [0x7FFF_FFFF]);
    stream.write_all(&head(3)).await.expect("sent");
    seen.until(&mut stream, |seen| seen.pings == 1).await;
    let pong = [&[0, 0, 8, 6, 1, 0, 0, 0, 0][..], &seen.ping].concat();
    stream.write_all(&pong).await.expect("sent");
    seen.until(&mut stream, |seen| seen.ended == [1, 3] && seen.last.len() == 2).await;
    assert_eq!(seen.last[1], 3);
    drop(stream);
    timeout(Duration::from_secs(5), done).await.expect("it stops").expect("it does not panic");
}

// R49: whoever is silent is told before nobody listens any more, so that nothing it sends meanwhile is lost.
#[tokio::test]
async fn an_idle_connection_of_http2_has_a_goodbye() {
    let settings =
        ServerSettings { idle_timeout: Duration::from_millis(400), ..ServerSettings::default() };
    let server = TestServer::with(|app| app.server(settings)).await;
    let mut stream = TcpStream::connect(server.address).await.expect("a connection");
    begin_http2(&mut stream).await;
    stream.write_all(&head(1)).await.expect("sent");
    let mut seen = Seen::default();
    seen.until(&mut stream, |seen| seen.ended == [1] && !seen.last.is_empty()).await;
}

// R49: whom the system accepted when the server stops, it answers too.
#[tokio::test]
async fn a_connection_that_waits_when_the_server_stops_is_answered() {
    let mut server = TestServer::start().await;
    // Nobody has a turn meanwhile, so the server has not seen it yet.
    let waits = std::net::TcpStream::connect(server.address).expect("a connection");
    let done = server.stop();
    waits.set_nonblocking(true).expect("it is one");
    let mut waits = TcpStream::from_std(waits).expect("it is one");
    let answer = asked(&mut waits).await;
    assert!(answer.starts_with("http/1.1 200"), "{answer}");
    timeout(Duration::from_secs(5), done).await.expect("it stops").expect("it does not panic");
}

/// The variable by which the test below knows that it is to serve.
const SERVES: &str = "SERVE_UNTIL_IT_IS_TOLD";

/// Serves until a signal, and for a while after it.
#[tokio::test]
async fn serves_until_it_is_told() {
    if std::env::var_os(SERVES).is_none() {
        return;
    }
    let delay = Duration::from_secs(3);
    let settings = ServerSettings { shutdown_delay: delay, ..ServerSettings::default() };
    let app = app(&stocked(), &Clock::system()).server(settings).manage(Manage::at("127.0.0.1:0"));
    let bound = app.build().expect("an app").bind("127.0.0.1:0").await.expect("a port");
    println!("serving {} {}.", bound.local_addr(), bound.manage_addr().expect("a listener"));
    bound.run(secure_api::serve::shutdown_signal()).await;
    println!("stopped.");
}

// Whoever manages processes may say it twice: nobody who is answered by then is cut.
#[cfg(unix)]
#[tokio::test]
async fn a_second_signal_changes_nothing() {
    let this = std::env::current_exe().expect("this program has a path");
    let mut process = Command::new(this)
        .args(["--exact", "serve::shutdown::serves_until_it_is_told", "--nocapture"])
        .env(SERVES, "1")
        .stdout(Stdio::piped())
        .spawn()
        .expect("it starts");
    let mut lines = BufReader::new(process.stdout.take().expect("it is piped")).lines();
    let mut told = |what: &str| {
        let mut lines = lines.by_ref().map_while(Result::ok);
        lines.find_map(|line| Some(line.split_once(what)?.1.trim_end_matches('.').to_owned()))
    };
    let places = told("serving ").expect("it says where");
    let (api, manage) = places.split_once(' ').expect("two places");
    let (api, manage) = (api.parse().expect("one"), manage.parse().expect("one"));
    let signal = || {
        let sent = Command::new("kill").arg(process.id().to_string()).status();
        assert!(sent.expect("a command").success());
    };
    let stops = async || {
        let stops = async {
            while ask(manage, "/readyz", "").await.status != 503 {
                sleep(Duration::from_millis(5)).await;
            }
        };
        timeout(Duration::from_secs(10), stops).await.expect("it is told");
    };
    signal();
    stops().await;
    signal();
    let answer = raw(api, LAST).await;
    answer.has_status(200);
    assert!(told("stopped").is_some(), "it ends as it would have");
    assert!(process.wait().expect("it ends").success());
}

/// Waits for what never comes.
#[post("/waits", version = Version::V1.., public = "the tests wait")]
async fn wait_for_ever() -> NoContent {
    std::future::pending().await
}

#[api(roles = Role, versions = Version, limit = Limit::per_address(600).per_minute(), allow(unused_role, reason = "nobody has one here"), routes(wait_for_ever))]
struct Waits;

// Whoever was cut is counted, and the log says when all is over.
#[tokio::test]
async fn what_is_cut_at_the_deadline_is_told() {
    let settings = ServerSettings {
        shutdown_deadline: Duration::from_millis(300),
        ..ServerSettings::default()
    };
    let log = Log::capture();
    let app = Waits::app().server(settings).manage(Manage::at("127.0.0.1:0"));
    let mut server = TestServer::of(app).await;
    let _idle = TcpStream::connect(server.address).await.expect("a connection");
    let mut cut = Vec::new();
    for number in 1..=2 {
        let mut stream = TcpStream::connect(server.address).await.expect("a connection");
        let request = b"POST /v1/waits HTTP/1.1\r\nhost: localhost\r\ncontent-length: 0\r\n\r\n";
        stream.write_all(request).await.expect("sent");
        cut.push(stream);
        let runs = format!("secure_api_running_requests {number}");
        let all = async {
            while !ask(at(&server), "/metrics", "").await.body.contains(&runs) {
                sleep(Duration::from_millis(5)).await;
            }
        };
        timeout(Duration::from_secs(10), all).await.expect("they run");
    }
    server.stop().await.expect("it stops");
    let told = log.lines_with(&["WARN", "shutdown deadline passed", "connections=2", "requests=2"]);
    assert_eq!(told.len(), 1, "{}", log.text());
    for listener in ["api", "management"] {
        for message in ["serving", "stopped"] {
            let listener = format!("listener=\"{listener}\"");
            let told = log.lines_with(&["INFO secure_api::start", message, &listener]);
            assert_eq!(told.len(), 1, "{message}: {}", log.text());
        }
    }
}

async fn begin_http2(stream: &mut TcpStream) {
    let settings = [0, 0, 0, 4, 0, 0, 0, 0, 0];
    stream.write_all(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n").await.expect("sent");
    stream.write_all(&settings).await.expect("sent");
}

/// Returns the frame of `GET /v2/parts/BOLT`, of literals and what is in the table (RFC 7541, appendix A).
fn head(stream: u8) -> Vec<u8> {
    let fields =
        [&[0x82, 0x86, 0x04, 14][..], b"/v2/parts/BOLT", &[0x01, 9], b"localhost"].concat();
    [&[0, 0, fields.len() as u8, 1, 5, 0, 0, 0, stream][..], &fields].concat()
}

/// The frames that came so far.
#[derive(Default)]
struct Seen {
    /// The streams that ended.
    ended: Vec<u32>,
    /// The last streams that `GOAWAY` told.
    last: Vec<u32>,
    pings: usize,
    ping: Vec<u8>,
}

impl Seen {
    /// Reads frames until this is so.
    async fn until(&mut self, stream: &mut TcpStream, is_so: impl Fn(&Self) -> bool) {
        while !is_so(self) {
            let mut head = [0; 9];
            let read = timeout(Duration::from_secs(5), stream.read_exact(&mut head)).await;
            read.expect("a frame in time").expect("a frame");
            let length = u32::from_be_bytes([0, head[0], head[1], head[2]]) as usize;
            let mut content = vec![0; length];
            stream.read_exact(&mut content).await.expect("the whole of it");
            let number = |bytes: &[u8]| u32::from_be_bytes(bytes.try_into().expect("four bytes"));
            match (head[3], head[4] & 1) {
                (0 | 1, 1) => self.ended.push(number(&head[5..])),
                (6, 0) => {
                    self.pings += 1;
                    self.ping = content;
                }
                (7, _) => self.last.push(number(&content[..4])),
                _ => {}
            }
        }
    }
}

// R49: who asks if the app is ready is told that it is not, before nobody listens any more.
#[tokio::test]
async fn it_is_not_ready_before_it_stops_listening() {
    let delayed =
        ServerSettings { shutdown_delay: Duration::from_millis(800), ..ServerSettings::default() };
    let managed =
        |app: secure_api::app::AppBuilder| app.manage(Manage::at("127.0.0.1:0")).server(delayed);
    let mut server = TestServer::with(managed).await;
    let manage = at(&server);
    ask(manage, "/readyz", "").await.has_status(200);
    let begun = Instant::now();
    let done = server.stop();
    let unready = async {
        while ask(manage, "/readyz", "").await.status != 503 {
            sleep(Duration::from_millis(5)).await;
        }
    };
    timeout(Duration::from_millis(500), unready).await.expect("it says so at once");
    ask(manage, "/livez", "").await.has_status(200);
    // Whoever has not heard of it is answered as before.
    let mut late = TcpStream::connect(server.address).await.expect("it listens");
    let answer = asked(&mut late).await;
    assert!(answer.starts_with("http/1.1 200") && !answer.contains("connection: close"));
    timeout(Duration::from_secs(5), done).await.expect("it stops").expect("it does not panic");
    assert!(begun.elapsed() >= Duration::from_millis(800));
    assert!(TcpStream::connect(server.address).await.is_err());
}
