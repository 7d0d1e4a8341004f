//! Spans at a collector that others wrote, rotel, which prints what it was sent.
//!
//! It is no part of this repository, so this test is run by `scripts/check-collector`, which says where it is installed.

use std::{
    env, fs,
    net::{SocketAddr, TcpListener, TcpStream},
    path::Path,
    process::{Child, Command, Stdio},
    time::Duration,
};

use tokio::time::sleep;

use super::program::Program;
use crate::support::{Folder, raw};

/// A collector that runs. It is gone when dropped.
struct Rotel {
    process: Child,
    endpoint: String,
    folder: Folder,
}

/// Returns an address of this machine that nobody listens at.
fn free() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.local_addr().expect("an address")
}

impl Rotel {
    async fn start() -> Self {
        let tools = env::var("SECURE_API_OUTSIDE");
        let tools = tools.expect("SECURE_API_OUTSIDE names no folder: run scripts/check-collector");
        let program = Path::new(&tools).join("bin/rotel");
        let folder = Folder::made("rotel-");
        let said = fs::File::create(folder.path().join("said")).expect("a file");
        let http = free();
        let process = Command::new(program)
            .args(["start", "--exporter", "blackhole"])
            .args(["--debug-log", "traces", "--debug-log-verbosity", "detailed"])
            .args(["--otlp-http-endpoint", &http.to_string()])
            .args(["--otlp-grpc-endpoint", &free().to_string()])
            .stdout(Stdio::from(said))
            .stderr(Stdio::null())
            .spawn();
        let rotel = Self {
            process: process.expect("it is installed"),
            endpoint: format!("http://{http}"),
            folder,
        };
        for _ in 0..500 {
            if TcpStream::connect(http).is_ok() {
                return rotel;
            }
            sleep(Duration::from_millis(20)).await;
        }
        panic!("the collector does not listen");
    }

    /// Waits until it has said something, and returns all of it.
    async fn said(&self, something: &str) -> String {
        let mut said = String::new();
        for _ in 0..250 {
            said = fs::read_to_string(self.folder.path().join("said")).expect("a text");
            if said.contains(something) {
                return said;
            }
            sleep(Duration::from_millis(20)).await;
        }
        panic!("the collector has no {something}: {said}");
    }
}

impl Drop for Rotel {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

// R117 in part: OpenTelemetry, as somebody else reads it.
#[tokio::test]
#[ignore = "scripts/check-collector runs it"]
async fn a_collector_of_others_has_the_span_of_each_request() {
    let rotel = Rotel::start().await;
    let program = Program::hello(&[
        ("OTEL_EXPORTER_OTLP_ENDPOINT", &rotel.endpoint),
        ("OTEL_SERVICE_NAME", "greeter"),
    ]);
    let parent = "traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\r\n";
    let asked = async |path: &str, fields: &str| {
        let head =
            format!("GET {path} HTTP/1.1\r\nhost: localhost\r\n{fields}connection: close\r\n\r\n");
        raw(program.address, head).await
    };
    asked("/v1/hello/somebody", parent).await.has_status(200);
    asked("/v1/nowhere?kept=for-itself", "authorization: Bearer itself\r\n").await.has_status(404);
    tokio::task::spawn_blocking(|| program.stop()).await.expect("it stops");

    let said = rotel.said("Int(404)").await;
    for part in [
        "service.name: Str(greeter)",
        "Trace ID       : 0af7651916cd43dd8448eb211c80319c",
        "Parent ID      : b7ad6b7169203331",
        "Name           : GET /v1/hello/{name}",
        "Kind           : SPAN_KIND_SERVER",
        "http.request.method: Str(GET)",
        "http.route: Str(/v1/hello/{name})",
        "http.response.status_code: Int(200)",
    ] {
        assert!(said.contains(part), "no {part}: {said}");
    }
    for kept in ["itself", "somebody", "nowhere"] {
        assert!(!said.contains(kept), "{kept}: {said}");
    }
}
