//! An example as a program of its own, whose log is read.

use std::{
    io::{BufRead, BufReader},
    net::SocketAddr,
    process::{Child, Command, Stdio},
    sync::mpsc::{Receiver, channel},
    thread,
    time::Duration,
};

use crate::support::example::program;

/// A program that serves on a port that the machine chose.
pub(super) struct Program {
    process: Child,
    lines: Receiver<String>,
    pub(super) address: SocketAddr,
    /// The lines that it wrote to the standard error before it served.
    pub(super) before: Vec<String>,
}

impl Program {
    /// Starts `hello` with some variables, and waits until its log says where it serves.
    pub(super) fn hello(variables: &[(&str, &str)]) -> Self {
        let mut command = Command::new(program("hello"));
        for name in ["RUST_LOG", "OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_TRACES_SAMPLER"] {
            command.env_remove(name);
        }
        command.env("HELLO_ADDR", "127.0.0.1:0").envs(variables.iter().copied());
        let command = command.stdout(Stdio::null()).stderr(Stdio::piped());
        let mut process = command.spawn().expect("it starts");
        let log = BufReader::new(process.stderr.take().expect("it is piped"));
        let (send, lines) = channel();
        thread::spawn(move || {
            for line in log.lines().map_while(Result::ok) {
                // Nobody listens any more.
                let _ = send.send(line);
            }
        });
        let mut before = Vec::new();
        let address = loop {
            let line =
                lines.recv_timeout(Duration::from_secs(20)).expect("it says where it serves");
            let address =
                line.split_once("serving address=").and_then(|(_, rest)| rest.split(' ').next());
            let address = address.map(str::to_owned);
            before.push(line);
            if let Some(address) = address {
                break address.parse().expect("an address");
            }
        };
        Self { process, lines, address, before }
    }

    /// Tells it to stop, and returns what it wrote since it served.
    pub(super) fn stop(mut self) -> Vec<String> {
        let asked = Command::new("kill").arg(self.process.id().to_string()).status();
        assert!(asked.expect("a command").success());
        assert!(self.process.wait().expect("it ends").success());
        self.lines.iter().collect()
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // It may have ended by then.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
