//! The server against real sockets: what it negotiates, what it waits for, how it stops.

mod places;
#[cfg(feature = "tls")]
mod renewed;
mod shutdown;
mod start;
#[cfg(feature = "tls")]
mod tls;

use std::{
    fmt::Debug,
    future::Future,
    net::SocketAddr,
    time::{Duration, Instant},
};

use axum::{Extension, Router, routing::get};
use secure_api_runtime::serve::{Addresses, BoundServer, Connection, Server, ServerSettings};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpSocket, TcpStream, ToSocketAddrs},
    sync::oneshot,
    task::JoinHandle,
    time::{sleep, timeout},
};

/// A running server, told to stop when dropped or asked.
struct Running {
    address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    done: JoinHandle<()>,
}

impl Running {
    async fn start(server: Server) -> Self {
        Self::start_on(server, "127.0.0.1:0").await
    }

    async fn start_on(server: Server, address: impl ToSocketAddrs + Debug) -> Self {
        let addresses = Addresses::look_up(address).await;
        Self::run(server.bind(&addresses).await.expect("a free port on loopback"))
    }

    fn run(server: BoundServer) -> Self {
        let address = server.local_addr();
        let (stop, stopped) = oneshot::channel();
        let done = tokio::spawn(server.run(async {
            let _ = stopped.await;
        }));
        Self { address, stop: Some(stop), done }
    }

    async fn plain(settings: ServerSettings) -> Self {
        Self::start(Server::new(router()).settings(settings)).await
    }

    async fn connect(&self) -> TcpStream {
        TcpStream::connect(self.address).await.expect("a connection")
    }

    /// Connects from another address of the loopback network.
    async fn connect_from(&self, client: &str) -> TcpStream {
        let socket = TcpSocket::new_v4().expect("a socket");
        let client = SocketAddr::new(client.parse().expect("an address"), 0);
        socket.bind(client).expect("all of 127.0.0.0/8 is this machine");
        socket.connect(self.address).await.expect("a connection")
    }

    fn stop(&mut self) {
        let _ = self.stop.take().map(|stop| stop.send(()));
    }
}

fn router() -> Router {
    Router::new()
        .route("/", get(|| async { "hello" }))
        .route(
            "/slow",
            get(|| async {
                sleep(Duration::from_millis(400)).await;
                "done"
            }),
        )
        .route(
            "/slower",
            get(|| async {
                // Longer than an idle connection is given to say goodbye, too.
                sleep(Duration::from_millis(1600)).await;
                "done"
            }),
        )
        .route(
            "/stream",
            get(|| async {
                let parts = futures_util::stream::unfold(0, |part| async move {
                    if part > 0 {
                        // Longer than a header section may take.
                        sleep(Duration::from_millis(900)).await;
                    }
                    (part < 3).then(|| (Ok::<_, std::io::Error>(format!("part {part} ")), part + 1))
                });
                axum::body::Body::from_stream(parts)
            }),
        )
        .route("/never", get(std::future::pending::<&str>))
        .route("/large", get(|| async { vec![b'x'; 64 * 1024 * 1024] }))
        .route(
            "/who",
            get(
                |Extension(Connection { peer, transport, .. }): Extension<Connection>| async move {
                    format!("{} {transport:?}", peer.ip())
                },
            ),
        )
}

fn short() -> ServerSettings {
    ServerSettings {
        handshake_timeout: Duration::from_millis(300),
        header_timeout: Duration::from_millis(300),
        idle_timeout: Duration::from_millis(400),
        shutdown_deadline: Duration::from_secs(5),
        ..ServerSettings::default()
    }
}

/// Everything until the server closes, which it must within five seconds.
async fn rest(stream: &mut (impl AsyncReadExt + Unpin)) -> String {
    let mut bytes = Vec::new();
    let read = timeout(Duration::from_secs(5), stream.read_to_end(&mut bytes)).await;
    // A reset is an end as well.
    let _ = read.expect("the server closes the connection");
    String::from_utf8_lossy(&bytes).into_owned()
}

async fn get_closing(
    stream: &mut (impl AsyncReadExt + AsyncWriteExt + Unpin),
    path: &str,
) -> String {
    let request = format!("GET {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.expect("the request is sent");
    rest(stream).await
}

async fn elapsed<T>(work: impl Future<Output = T>) -> (Duration, T) {
    let start = Instant::now();
    let value = work.await;
    (start.elapsed(), value)
}

#[tokio::test]
async fn requests_know_their_peer_and_transport() {
    let running = Running::plain(short()).await;
    let answer = get_closing(&mut running.connect().await, "/who").await;
    assert!(answer.ends_with("127.0.0.1 Plain"), "{answer}");
}

// R49: of the first request on a connection and of a later one.
#[tokio::test]
async fn slow_headers_are_not_waited_for() {
    let running = Running::plain(short()).await;
    for earlier in ["", "GET / HTTP/1.1\r\nhost: localhost\r\n\r\n"] {
        let (mut reads, mut writes) = running.connect().await.into_split();
        writes.write_all(earlier.as_bytes()).await.expect("sent");
        let trickle = tokio::spawn(async move {
            let mut next = &b"GET / HTTP/1.1\r\nhost: localhost\r\n"[..];
            while writes.write_all(next).await.is_ok() {
                sleep(Duration::from_millis(50)).await;
                next = b"x-more: 1\r\n";
            }
        });
        let (took, answer) = elapsed(rest(&mut reads)).await;
        assert!(took < Duration::from_secs(2), "{took:?}");
        assert_eq!(answer.matches("200 OK").count(), usize::from(!earlier.is_empty()), "{answer}");
        trickle.abort();
    }
}

// R49
#[tokio::test]
async fn a_client_that_says_nothing_is_not_waited_for() {
    // By the time for headers, not the much longer one for idling.
    let running =
        Running::plain(ServerSettings { idle_timeout: Duration::from_secs(60), ..short() }).await;
    // Nothing at all, a part of what starts HTTP/2, all of what starts it and no request.
    for start in
        [&b""[..], b"PRI * HTTP/2.0\r\n", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0"]
    {
        let mut stream = running.connect().await;
        stream.write_all(start).await.expect("sent");
        let (took, _) = elapsed(rest(&mut stream)).await;
        assert!(took >= Duration::from_millis(250), "{took:?} is too early");
        assert!(took < Duration::from_secs(3), "{took:?} after {start:?}");
    }
}

// R49
#[tokio::test]
async fn an_idle_connection_is_closed() {
    let running = Running::plain(short()).await;
    let mut stream = running.connect().await;
    stream.write_all(b"GET / HTTP/1.1\r\nhost: localhost\r\n\r\n").await.expect("sent");
    let (took, answer) = elapsed(rest(&mut stream)).await;
    assert!(answer.ends_with("hello"), "{answer}");
    assert!(took < Duration::from_secs(2), "{took:?}");
}

// R49
#[tokio::test]
async fn a_response_nobody_reads_does_not_hold_its_connection() {
    let settings = ServerSettings { max_connections: 1, ..short() };
    let running = Running::plain(settings).await;
    let mut stalled = running.connect().await;
    stalled.write_all(b"GET /large HTTP/1.1\r\nhost: localhost\r\n\r\n").await.expect("sent");
    // The only place is free again, although the client neither reads nor closes.
    let mut next = running.connect().await;
    let (took, answer) = elapsed(get_closing(&mut next, "/")).await;
    assert!(answer.ends_with("hello"), "{answer}");
    assert!(took >= Duration::from_millis(250), "{took:?}: the response was not stalled");
    drop(stalled);
}

// R49
#[tokio::test]
async fn a_handler_may_take_longer_than_a_connection_may_idle() {
    let short = Duration::from_millis(40);
    let settings =
        ServerSettings { header_timeout: short, idle_timeout: short, ..ServerSettings::default() };
    let running = Running::plain(settings).await;
    let answer = get_closing(&mut running.connect().await, "/slower").await;
    assert!(answer.ends_with("done"), "{answer}");
}

// R49
#[tokio::test]
async fn a_response_may_be_silent_for_as_long_as_a_connection_may_idle() {
    let settings = ServerSettings { idle_timeout: Duration::from_secs(5), ..short() };
    let running = Running::plain(settings).await;
    let answer = get_closing(&mut running.connect().await, "/stream").await;
    assert!(answer.contains("part 0") && answer.contains("part 2"), "{answer}");
}

// R49
#[tokio::test]
async fn headers_beyond_the_bound_are_answered_by_431() {
    let running = Running::plain(ServerSettings::default()).await;
    let mut stream = running.connect().await;
    let request =
        format!("GET / HTTP/1.1\r\nhost: localhost\r\nx: {}\r\n\r\n", "y".repeat(40 * 1024));
    // The server may close before it has read all of it.
    let _ = stream.write_all(request.as_bytes()).await;
    let mut status = [0; 12];
    stream.read_exact(&mut status).await.expect("a status line");
    assert_eq!(&status, b"HTTP/1.1 431");

    let mut stream = running.connect().await;
    let request = format!(
        "GET / HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\nx: {}\r\n\r\n",
        "y".repeat(30 * 1024)
    );
    stream.write_all(request.as_bytes()).await.expect("sent");
    assert!(rest(&mut stream).await.starts_with("HTTP/1.1 200"), "what is within the bound passes");
}

#[tokio::test]
async fn a_handler_that_panics_ends_its_connection_only() {
    async fn panics() -> &'static str {
        panic!("as a handler may")
    }
    let router = router().route("/panic", get(panics));
    let running = Running::start(Server::new(router)).await;
    assert_eq!(get_closing(&mut running.connect().await, "/panic").await, "");
    assert!(get_closing(&mut running.connect().await, "/").await.ends_with("hello"));
}
