//! A server in a process of its own, so that its memory is nothing else's, and a client that asks it all the while.

use std::{
    env,
    io::{BufRead, BufReader},
    net::{IpAddr, Ipv4Addr, SocketAddr},
    process::{Child, Command, Stdio},
    time::Duration,
};

use secure_api::serve::ServerSettings;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpSocket, TcpStream},
    task::JoinHandle,
    time::{sleep, timeout},
};

use crate::support::{
    api::{Depot, Runs},
    server::stocked,
    token,
};

/// The variable by which the test below knows that it is to serve: milliseconds for a header, and to be idle.
const TIMES: &str = "SERVE_VICTIM";

/// The address of whoever floods.
pub(crate) const FLOODER: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);
/// The address of whoever asks all the while.
const PROBE: IpAddr = IpAddr::V4(Ipv4Addr::new(127, 0, 0, 2));

/// A server that runs until it is dropped.
pub(crate) struct Victim {
    process: Child,
    pub(crate) address: SocketAddr,
}

impl Drop for Victim {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn serves_until_it_is_killed() {
    let Ok(times) = env::var(TIMES) else { return };
    let (header, idle) = times.split_once(' ').expect("two times");
    let time = |text: &str| Duration::from_millis(text.parse().expect("milliseconds"));
    let settings = ServerSettings {
        header_timeout: time(header),
        idle_timeout: time(idle),
        ..ServerSettings::default()
    };
    // No limit is in the way of a flood, and no other refusal. Nobody listens to its log, as the other tests do: what keeps it
    // takes memory.
    let app = Depot::app()
        .store(stocked())
        .service(Runs::default())
        .tokens(token::issuer())
        .limit_scale(1_000_000)
        .server(settings);
    let app = app.deadline(time(idle)).build().expect("an app");
    let bound = app.bind("127.0.0.1:0").await.expect("a port");
    println!("serving {}.", bound.local_addr());
    bound.run(std::future::pending()).await;
}

impl Victim {
    /// Starts a server with these times for a header, and for a connection to be idle and a request to be answered.
    pub(crate) fn start(header: Duration, idle: Duration) -> Self {
        let this = env::current_exe().expect("this program has a path");
        let mut process = Command::new(this)
            .args(["--exact", "serve::victim::serves_until_it_is_killed", "--nocapture"])
            .env(TIMES, format!("{} {}", header.as_millis(), idle.as_millis()))
            .stdout(Stdio::piped())
            .spawn()
            .expect("it starts");
        let output = BufReader::new(process.stdout.take().expect("its output is piped"));
        let address = output.lines().map_while(Result::ok).find_map(|line| {
            let (_, address) = line.split_once("serving ")?;
            address.trim_end_matches('.').parse().ok()
        });
        Self { process, address: address.expect("it says where") }
    }

    /// Returns the memory that its process has asked for and uses, in KiB.
    pub(crate) fn memory(&self) -> u64 {
        memory_of(self.process.id())
    }

    /// Asks all the while, on a connection each time, until it is told to stop by [`Probe::answered`].
    pub(crate) fn probed(&self) -> Probe {
        let address = self.address;
        let (stop, mut stopped) = tokio::sync::oneshot::channel();
        let asking = tokio::spawn(async move {
            let mut answered = 0;
            loop {
                let request =
                    "GET /v2/parts/BOLT HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n";
                let mut stream = connect(address, PROBE).await;
                stream.write_all(request.as_bytes()).await.expect("it is sent");
                let mut text = String::new();
                let read = timeout(Duration::from_secs(5), stream.read_to_string(&mut text)).await;
                read.expect("it is answered in time").expect("it is answered");
                assert!(text.starts_with("HTTP/1.1 200 "), "{text}");
                answered += 1;
                tokio::select! {
                    _ = &mut stopped => return answered,
                    () = sleep(Duration::from_millis(10)) => {}
                }
            }
        });
        Probe { stop, asking }
    }
}

/// Returns the memory that a process has asked for and uses, in KiB; 0 where the machine does not tell.
pub(crate) fn memory_of(process: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status"));
    let status = status.unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("RssAnon:"));
    line.and_then(|line| line.trim().strip_suffix(" kB")?.parse().ok()).unwrap_or(0)
}

/// A client that asks all the while.
pub(crate) struct Probe {
    stop: tokio::sync::oneshot::Sender<()>,
    asking: JoinHandle<u32>,
}

impl Probe {
    /// Stops, and returns how often it was answered. It was never refused, and never waited for long.
    pub(crate) async fn answered(self) -> u32 {
        drop(self.stop);
        self.asking.await.expect("each is answered")
    }
}

/// Opens a connection from an address of this machine.
pub(crate) async fn connect(to: SocketAddr, from: IpAddr) -> TcpStream {
    let socket = TcpSocket::new_v4().expect("a socket");
    socket.bind(SocketAddr::new(from, 0)).expect("an address of this machine");
    socket.connect(to).await.expect("a connection")
}
