//! Clients behind proxies: their addresses in headers and by the PROXY protocol, and plaintext for proxies alone.

mod plaintext;
mod protocol;

use std::net::{IpAddr, SocketAddr};

use secure_api::{
    app::{AppBuilder, ForwardedHeader},
    clock::Clock,
    identity::{Credential, Head, Kind, Principal, Refused, Source},
    prelude::*,
    serve::ServerSettings,
    testing,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpSocket,
    sync::oneshot,
    time::timeout,
};

use crate::support::{Answer, client::parse, log::Log, server::START};

#[derive(Role)]
enum Role {
    Guest,
}

#[derive(Version)]
enum Version {
    V1,
}

/// The place that somebody calls from.
#[derive(Resource)]
#[view(CallView, public, fields(address))]
struct Call {
    address: Option<String>,
}

fn call(context: &RequestContext) -> Call {
    Call { address: context.client_address().map(|address| address.to_string()) }
}

/// Tells where the caller is.
#[get("/where", version = Version::V1.., public = "whoever asks knows it", view = CallView,
      limit = Limit::per_address(3).per_minute())]
async fn whereabouts(context: RequestContext) -> Call {
    call(&context)
}

/// Tells a guest where the guest is.
#[get("/guest", version = Version::V1.., role = Role::Guest, by = Wristband, view = CallView)]
async fn guest(context: RequestContext, caller: Caller<Role>) -> Call {
    // It is known by the address that its source was told.
    assert_eq!(Some(caller.subject()), call(&context).address.as_deref());
    call(&context)
}

/// A wristband is good at the address that it was given out for.
enum Wristband {}

impl Credential for Wristband {
    const KIND: Kind = Kind::header("Wristband", "x-wristband");
}

struct Wristbands;

impl Source for Wristbands {
    type Kind = Wristband;

    async fn identify(&self, _: &[u8], head: &Head<'_>) -> Result<Principal, Refused> {
        let address = head.client_address().ok_or_else(|| Refused::invalid("nowhere"))?;
        Ok(Principal::new("https://pool.example", address.to_string()).roles(["guest"]))
    }
}

#[api(roles = Role, versions = Version, limit = Limit::per_principal(600).per_minute(), routes(whereabouts, guest))]
struct Pool;

fn pool() -> AppBuilder {
    crate::support::log::listen_everywhere();
    Pool::app().source(Wristbands).clock(Clock::manual(START))
}

/// A running pool. It stops when dropped.
struct Running {
    address: SocketAddr,
    _stop: oneshot::Sender<()>,
}

impl Running {
    async fn start(app: AppBuilder) -> Self {
        Self::at(app, "127.0.0.1:0").await
    }

    async fn at(app: AppBuilder, address: &str) -> Self {
        let bound = app.build().expect("an app").bind(address).await.expect("a port");
        let address = bound.local_addr();
        let (stop, stopped) = oneshot::channel::<()>();
        tokio::spawn(bound.run(async {
            let _ = stopped.await;
        }));
        Self { address, _stop: stop }
    }

    /// Reads all that a connection from this address gets to these bytes.
    async fn exchange(&self, from: &str, bytes: &[u8]) -> String {
        let from: IpAddr = from.parse().expect("an address");
        let to = if self.address.ip().is_unspecified() { from } else { self.address.ip() };
        let socket = if from.is_ipv4() { TcpSocket::new_v4() } else { TcpSocket::new_v6() };
        let socket = socket.expect("a socket");
        socket.bind(SocketAddr::new(from, 0)).expect("an address of this machine");
        let to = SocketAddr::new(to, self.address.port());
        let mut stream = socket.connect(to).await.expect("a connection");
        // A connection that is closed at once may not take them all.
        let _ = stream.write_all(bytes).await;
        let mut received = Vec::new();
        let read = timeout(std::time::Duration::from_secs(5), stream.read_to_end(&mut received));
        // A reset is an end as well.
        let _ = read.await.expect("the server closes the connection");
        String::from_utf8_lossy(&received).into_owned()
    }

    /// Asks from this address, as a proxy that adds these lines to the header.
    async fn ask(&self, from: &str, path: &str, lines: &[&str]) -> Answer {
        let text = self.exchange(from, request(path, lines).as_bytes()).await;
        parse(&text).unwrap_or_else(|| panic!("no HTTP answer: {text:?}"))
    }

    /// Returns the address that the pool takes a caller for.
    async fn told(&self, from: &str, lines: &[&str]) -> String {
        let lines = [&["x-wristband: 1"], lines].concat();
        let answer = self.ask(from, "/v1/guest", &lines).await;
        assert_eq!(answer.status, 200, "{answer:#?}");
        answer.json()["address"].as_str().expect("an address").to_owned()
    }
}

fn request(path: &str, lines: &[&str]) -> String {
    let lines: String = lines.iter().map(|line| format!("{line}\r\n")).collect();
    format!("GET {path} HTTP/1.1\r\nhost: localhost\r\n{lines}connection: close\r\n\r\n")
}

// R51 R61: limits, sources and handlers have the address that trusted proxies tell.
#[tokio::test]
async fn a_trusted_proxy_tells_whose_a_request_is() {
    let pool = Running::start(pool().proxies(["127.0.0.0/28", "10.0.0.0/8"])).await;
    let told = async |line: &str| pool.told("127.0.0.2", &[line]).await;
    assert_eq!(told("x-forwarded-for: 198.51.100.7").await, "198.51.100.7");
    assert_eq!(told("X-Forwarded-For: 6.6.6.6, 198.51.100.7:443, 10.2.2.2").await, "198.51.100.7");
    assert_eq!(told("x-forwarded-for: unknown").await, "127.0.0.2");
    assert_eq!(told("x-real-ip: 6.6.6.6").await, "127.0.0.2");
    let lines = ["x-forwarded-for: 6.6.6.6", "x-forwarded-for: 2001:db8::7"];
    assert_eq!(pool.told("127.0.0.2", &lines).await, "2001:db8::7");

    // Each client has a limit of its own, whatever it writes before the proxy adds its address.
    let probe = async |line: String| pool.ask("127.0.0.2", "/v1/where", &[&line]).await;
    for (client, own) in [("198.51.100.7", "198.51.100.7"), ("2001:db8::7", "2001:db8::8")] {
        for number in 0..3 {
            let line = format!("x-forwarded-for: 6.6.6.{number}, {client}");
            assert_eq!(probe(line).await.status, 200);
        }
        // The /64 of it is the same client.
        probe(format!("x-forwarded-for: 7.7.7.7, {own}")).await.is_problem(429);
    }
    assert_eq!(probe("x-forwarded-for: 198.51.100.8".to_owned()).await.status, 200);
}

// R51 R61: nobody else does.
#[tokio::test]
async fn a_header_of_no_trusted_proxy_changes_nothing() {
    for networks in [&[][..], &["127.0.0.2"], &["192.0.2.0/24", "::2"]] {
        let pool = Running::start(pool().proxies(networks.iter().copied())).await;
        let lines = ["x-forwarded-for: 198.51.100.7", "forwarded: for=198.51.100.7"];
        for line in lines {
            assert_eq!(pool.told("127.0.0.3", &[line]).await, "127.0.0.3");
        }
        // What would be refused of a proxy is as little.
        for more in [&lines[..], &["x-forwarded-for: nonsense"]] {
            assert_eq!(pool.told("127.0.0.3", more).await, "127.0.0.3");
        }
        for number in 0..3 {
            let line = format!("x-forwarded-for: 198.51.100.{number}");
            assert_eq!(pool.ask("127.0.0.3", "/v1/where", &[&line]).await.status, 200);
        }
        let line = "x-forwarded-for: 198.51.100.9";
        pool.ask("127.0.0.3", "/v1/where", &[line]).await.is_problem(429);
    }
}

// R51 R23: a proxy that tells no address is mended, not guessed at.
#[tokio::test]
async fn nonsense_of_a_trusted_proxy_is_refused() {
    let log = Log::capture();
    let pool = Running::start(pool().proxies(["127.0.0.2"])).await;
    for (line, cause) in [
        ("x-forwarded-for: me", "no address"),
        ("x-forwarded-for: 198.51.100.7, me", "no address"),
        ("x-forwarded-for: 198.51.100.7\r\nforwarded: for=198.51.100.7", "both"),
    ] {
        for path in ["/v1/where", "/v1/guest", "/nowhere"] {
            let answer = pool.ask("127.0.0.2", path, &[line]).await;
            let document = answer.is_problem(400);
            assert!(document.get("detail").is_none(), "{document}");
        }
        assert!(!log.lines_with(&["refused", cause]).is_empty(), "{cause}: {}", log.text());
    }
}

// R51: one header counts, and the app says which.
#[tokio::test]
async fn an_app_states_the_header_of_its_proxies() {
    let lines = ["x-forwarded-for: 198.51.100.7", "forwarded: for=\"[2001:db8::7]:443\""];
    for (header, told) in [
        (ForwardedHeader::XForwardedFor, "198.51.100.7"),
        (ForwardedHeader::Forwarded, "2001:db8::7"),
        (ForwardedHeader::Neither, "127.0.0.2"),
    ] {
        let app = pool().proxies(["127.0.0.2"]).forwarded(header);
        assert_eq!(Running::start(app).await.told("127.0.0.2", &lines).await, told);
    }
    let table = |app: AppBuilder| app.build().expect("an app").inventory();
    let proxies = || pool().proxies(["10.0.0.0/8"]);
    let line = "\ntrusted proxies 10.0.0.0/8; addresses of clients by x-forwarded-for\n";
    assert!(table(proxies()).contains(line));
    let line = "\ntrusted proxies 10.0.0.0/8; addresses of clients by forwarded\n";
    assert!(table(proxies().forwarded(ForwardedHeader::Forwarded)).contains(line));
    let settings = ServerSettings { proxy_protocol: true, ..ServerSettings::default() };
    let line = "; addresses of clients by x-forwarded-for; connections by the PROXY protocol\n";
    assert!(table(proxies().server(settings)).contains(line));
    let line = "\ntrusted proxies 10.0.0.0/8\n";
    assert!(table(proxies().forwarded(ForwardedHeader::Neither)).contains(line));
}

// R117 in part: an alarm names the client, and not the proxy.
#[tokio::test]
async fn the_log_of_a_refusal_names_the_client() {
    let log = Log::capture();
    let pool = Running::start(pool().proxies(["127.0.0.2"])).await;
    let line = "x-forwarded-for: 198.51.100.7";
    for _ in 0..4 {
        pool.ask("127.0.0.2", "/v1/where", &[line]).await;
    }
    let refused = log.lines_with(&["secure_api::security", "excess_rate_limit_exceeded"]);
    assert!(refused.len() == 1 && refused[0].contains("client=198.51.100.7"), "{refused:?}");
    assert!(log.lines_with(&["answered", "198.51.100.7"]).is_empty());
}

// R51: the client of tests is behind a proxy where its address is one's.
#[tokio::test]
async fn a_test_asks_as_a_proxy() {
    let client = testing::client(pool().proxies(["10.0.0.0/8"])).expect("an app");
    let ask = |peer: &str| client.get("/v1/where").peer(peer).header("x-forwarded-for", "6.6.6.6");
    assert_eq!(ask("10.0.0.1").await.assert_status(200).json_pointer("/address"), "6.6.6.6");
    assert_eq!(ask("11.0.0.1").await.assert_status(200).json_pointer("/address"), "11.0.0.1");
}
