//! Too much at one time: what is refused for want of room, whom first, and that it passes.

mod tower;
mod unread;

use std::{collections::BTreeSet, sync::atomic::Ordering, time::Duration};

use reqwest::Method;
use secure_api::{clock::Clock, limit::Limit, manage::Manage, serve::ServerSettings};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::{sleep, timeout},
};

use self::tower::{Bell, Tower};
use crate::{
    manage::{ask, at},
    support::{Answer, Log, TestServer, raw, store::Db, token},
};

const SHED: &str = "https://iana.org/assignments/http-problem-types#temporary-reduced-capacity";

/// A running tower.
struct Running {
    server: TestServer,
    bell: Bell,
}

impl Running {
    /// Starts one with these bounds, on the clock of the machine.
    async fn start(settings: ServerSettings) -> Self {
        let (bell, clock) = (Bell::default(), Clock::system());
        let app = Tower::app()
            .service(bell.clone())
            .tokens(token::issuer())
            .clock(clock.clone())
            .address_limit(Limit::per_address(1_000_000).per_minute())
            .proxies(["127.0.0.0/8"])
            .manage(Manage::at("127.0.0.1:0"))
            .server(settings);
        let app = app.build().expect("an app that starts");
        Self { server: TestServer::run(app, Db::default(), clock).await, bell }
    }

    /// Begins to ask, as somebody from this address, with this token where there is one.
    fn ask(
        &self,
        path: &str,
        address: &str,
        token: Option<&str>,
    ) -> tokio::task::JoinHandle<Answer> {
        let request = self.server.request(Method::GET, path).header("x-forwarded-for", address);
        let request = match token {
            Some(token) => request.bearer_auth(token),
            None => request,
        };
        tokio::spawn(Answer::of(request))
    }

    /// Begins to wait for the bell, and returns once so many do.
    async fn waits(&self, address: &str, number: usize) -> tokio::task::JoinHandle<Answer> {
        let waits = self.ask("/v1/bell", address, None);
        self.waiting(number).await;
        waits
    }

    async fn waiting(&self, number: usize) {
        let all = async {
            while self.bell.waiting.load(Ordering::SeqCst) != number {
                sleep(Duration::from_millis(5)).await;
            }
        };
        timeout(Duration::from_secs(10), all).await.expect("they wait");
    }

    async fn sample(&self, name: &str) -> f64 {
        let answer = ask(at(&self.server), "/metrics", "").await;
        let line = answer.body.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
        line.and_then(|number| number.parse().ok()).unwrap_or_else(|| panic!("no {name}"))
    }

    async fn shed(&self, reason: &str) -> f64 {
        self.sample(&format!("secure_api_shed_requests_total{{reason=\"{reason}\"}}")).await
    }
}

/// Fails unless it was refused for want of room, and returns when to come again.
#[track_caller]
fn is_shed(answer: &Answer) -> u64 {
    assert_eq!(answer.is_problem(503)["type"], SHED);
    let after = answer.header("retry-after").parse().expect("seconds");
    assert!((1..=4).contains(&after), "{after}");
    after
}

// R49, R66: so many requests run, of one address half of them, and the last ones are for callers who are known.
#[tokio::test]
async fn requests_that_run_are_bounded_and_shared_out() {
    let log = Log::capture();
    let settings = ServerSettings { max_concurrent_requests: 8, ..ServerSettings::default() };
    let tower = Running::start(settings).await;
    let mut waits = Vec::new();
    for number in 1..=4 {
        waits.push(tower.waits("192.0.2.1", number).await);
    }
    is_shed(&tower.ask("/v1/bell", "192.0.2.1", None).await.expect("an answer"));
    // They come again at different times.
    let mut after = BTreeSet::new();
    for _ in 0..9 {
        let shed = tower.ask("/v1/nowhere", "192.0.2.1", None).await.expect("an answer");
        after.insert(is_shed(&shed));
    }
    assert_eq!(after, BTreeSet::from([1, 2, 3, 4]));
    for (address, number) in [("192.0.2.2", 5), ("192.0.2.3", 6)] {
        waits.push(tower.waits(address, number).await);
    }
    // Six run: the seventh and the eighth are for those who proved who they are.
    is_shed(&tower.ask("/v1/bell", "192.0.2.4", None).await.expect("an answer"));
    let alice = tower.server.token("alice", &["ringer"]);
    let known = tower.ask("/v1/rope", "192.0.2.4", Some(&alice)).await.expect("an answer");
    known.has_status(200);
    // Who runs it is answered meanwhile.
    ask(at(&tower.server), "/livez", "").await.has_status(200);
    ask(at(&tower.server), "/readyz", "").await.has_status(200);
    assert_eq!(tower.sample("secure_api_running_requests").await, 6.0);
    assert_eq!(tower.shed("requests").await, 11.0);
    tower.bell.rings();
    for waits in waits {
        waits.await.expect("an answer").has_status(200);
    }
    tower.ask("/v1/rope", "192.0.2.1", Some(&alice)).await.expect("an answer").has_status(200);
    assert_eq!(tower.sample("secure_api_running_requests").await, 0.0);
    // One line of a second, and none of each request.
    let lines = log.lines_with(&["secure_api::load", "requests were shed"]);
    assert!((1..=8).contains(&lines.len()), "{lines:#?}");
    let why = "as many requests of one address run as leave places for others";
    assert!(lines[0].contains(why), "{lines:#?}");
    assert!(log.lines_with(&["temporary-reduced-capacity"]).is_empty());
}

/// Begins to send a body of so many bytes and sends all but the last of them.
async fn begin(tower: &Running, address: &str, bytes: usize) -> TcpStream {
    let mut stream = TcpStream::connect(tower.server.address).await.expect("a connection");
    let head = format!(
        "POST /v1/inscriptions HTTP/1.1\r\nhost: localhost\r\nx-forwarded-for: {address}\r\n\
         content-type: text/plain\r\ncontent-length: {bytes}\r\nconnection: close\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).await.expect("the head is sent");
    stream.write_all(&vec![b'a'; bytes - 1]).await.expect("all but a byte is sent");
    stream
}

/// Sends the last byte, and returns the status that the answer has.
async fn end(mut stream: TcpStream) -> String {
    // Who is refused may be gone.
    let _ = stream.write_all(b"a").await;
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer).await;
    String::from_utf8_lossy(&answer).split(' ').nth(1).unwrap_or_default().to_owned()
}

// R49, R66: bodies that are read have so many bytes together.
#[tokio::test]
async fn bodies_that_are_read_are_bounded_together() {
    let settings = ServerSettings { max_buffered_bytes: 1, ..ServerSettings::default() };
    let tower = Running::start(settings).await;
    // The largest body has 100 000 bytes, so there is room for two of those.
    let first = begin(&tower, "192.0.2.1", 80_000).await;
    let is_held = async |bytes: f64| {
        let all = async {
            while tower.sample("secure_api_buffered_bytes").await != bytes {
                sleep(Duration::from_millis(5)).await;
            }
        };
        timeout(Duration::from_secs(10), all).await.is_ok()
    };
    assert!(is_held(79_999.0).await);
    // There is no room for another such body of the same address, and for one of somebody else there is.
    let second = begin(&tower, "192.0.2.1", 80_000).await;
    assert_eq!(end(second).await, "503");
    let third = begin(&tower, "192.0.2.2", 15_000).await;
    assert!(is_held(79_999.0 + 14_999.0).await);
    assert!(tower.shed("content").await >= 1.0);
    assert_eq!(end(first).await, "202");
    assert_eq!(end(third).await, "202");
    assert!(is_held(0.0).await, "it is given back");
}

// R66: what cannot be answered in time is refused at once, all else is answered in time, and it passes by itself.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_queue_behind_an_operation_is_kept_short() {
    let settings =
        ServerSettings { latency_target: Duration::from_millis(100), ..ServerSettings::default() };
    let tower = Running::start(settings).await;
    let alice = tower.server.token("alice", &["ringer"]);
    // Four at one time, each for 20 ms, is 200 a second: three times as many are asked for.
    let (mut answered, mut shed) = (Vec::new(), 0);
    let mut asked = Vec::new();
    for _ in 0..300 {
        for _ in 0..6 {
            let begun = std::time::Instant::now();
            let answer = tower.ask("/v1/rope", "192.0.2.1", Some(&alice));
            asked.push(async move { (answer.await.expect("an answer"), begun.elapsed()) });
        }
        // Another operation has no queue of its own, and none of its answers waits.
        sleep(Duration::from_millis(10)).await;
    }
    tower.ask("/v1/nowhere", "192.0.2.1", None).await.expect("an answer").is_problem(404);
    for one in asked {
        let (answer, _) = one.await;
        match answer.status {
            200 => answered.push(()),
            _ => {
                is_shed(&answer);
                shed += 1;
            }
        }
    }
    assert!(shed > 300, "{shed} were refused, and {} answered", answered.len());
    assert!(answered.len() > 300, "{} were answered", answered.len());
    assert_eq!(tower.shed("latency").await, f64::from(shed));
    // The queue has drained.
    for _ in 0..20 {
        tower.ask("/v1/rope", "192.0.2.1", Some(&alice)).await.expect("one").has_status(200);
    }
}

// R49: what was said of a request that was refused is over HTTP/1.1 the end of nothing.
#[tokio::test]
async fn a_connection_outlasts_a_refusal_for_want_of_room() {
    let settings = ServerSettings { max_concurrent_requests: 1, ..ServerSettings::default() };
    let tower = Running::start(settings).await;
    let waits = tower.waits("192.0.2.1", 1).await;
    let head = "GET /v1/bell HTTP/1.1\r\nhost: localhost\r\nx-forwarded-for: 192.0.2.2\r\n";
    let refused = raw(tower.server.address, format!("{head}connection: close\r\n\r\n")).await;
    is_shed(&refused);
    let mut stream = TcpStream::connect(tower.server.address).await.expect("a connection");
    for _ in 0..2 {
        stream.write_all(format!("{head}\r\n").as_bytes()).await.expect("sent");
        let mut answer = vec![0; 4096];
        let length = stream.read(&mut answer).await.expect("an answer");
        assert!(answer[..length].starts_with(b"HTTP/1.1 503"));
    }
    tower.bell.rings();
    waits.await.expect("an answer").has_status(200);
}
