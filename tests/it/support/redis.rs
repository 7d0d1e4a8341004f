//! A Redis of the tests' own, a process with a folder of its own.

use std::{
    io::{Read, Write},
    os::unix::net::UnixStream,
    path::PathBuf,
    process::{Child, Command, Stdio},
    thread,
    time::Duration,
};

use secure_api::ledger::Redis;

use super::Folder;

/// The deadline of operations in tests: machines that build beside them are slow, and few tests are about it.
pub(crate) const PATIENT: Duration = Duration::from_secs(5);

/// Returns `true` if a Redis can be started. Where it cannot, that is said.
pub(crate) fn is_installed() -> bool {
    let asked = Command::new("redis-server").arg("--version").stdout(Stdio::null()).status();
    if asked.is_err() {
        eprintln!("skipped: redis-server is not installed; ./scripts/test --install does that");
    }
    asked.is_ok()
}

/// A Redis that runs, found by a socket in its folder. It is gone when dropped.
pub(crate) struct RedisServer {
    folder: Folder,
    arguments: Vec<String>,
    process: Option<Child>,
}

impl RedisServer {
    /// Starts one that writes each change to its log at once. None where no Redis is installed, which is said.
    pub(crate) fn start() -> Option<Self> {
        Self::with(&["--appendonly", "yes", "--appendfsync", "always"])
    }

    /// Starts one with these arguments.
    pub(crate) fn with(arguments: &[&str]) -> Option<Self> {
        if !is_installed() {
            return None;
        }
        let arguments = arguments.iter().map(|argument| (*argument).to_owned()).collect();
        let mut server = Self { folder: Folder::made("redis-"), arguments, process: None };
        server.run();
        Some(server)
    }

    /// Runs it, again where it was killed.
    pub(crate) fn run(&mut self) {
        let process = Command::new("redis-server")
            .args(["--port", "0", "--save", "", "--daemonize", "no"])
            .args(["--dir", &self.folder.path().display().to_string()])
            .args(["--unixsocket", &self.socket().display().to_string()])
            .args(&self.arguments)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("it starts");
        self.process = Some(process);
        for _ in 0..500 {
            if self.answers() {
                return;
            }
            thread::sleep(Duration::from_millis(10));
        }
        panic!("the Redis does not answer");
    }

    /// Returns `true` if it answers, and has read its log.
    fn answers(&self) -> bool {
        let Ok(mut stream) = UnixStream::connect(self.socket()) else { return false };
        let mut answer = [0; 128];
        // One with a password answers that it wants it.
        stream.write_all(b"PING\r\n").is_ok()
            && stream
                .read(&mut answer)
                .is_ok_and(|length| length > 0 && !answer[..length].starts_with(b"-LOADING"))
    }

    pub(crate) fn socket(&self) -> PathBuf {
        self.folder.path().join("redis.sock")
    }

    pub(crate) fn url(&self) -> String {
        format!("unix://{}", self.socket().display())
    }

    /// Returns a ledger of one more process, as far as the Redis can tell.
    pub(crate) fn ledger(&self) -> Redis {
        Redis::connect(self.url()).deadline(PATIENT)
    }

    /// Tells it something as `redis-cli` does, and returns the answer.
    pub(crate) fn told(&self, words: &[&str]) -> String {
        let told = Command::new("redis-cli").arg("-s").arg(self.socket()).args(words).output();
        let told = told.expect("redis-cli comes with redis-server");
        String::from_utf8_lossy(&told.stdout).trim_end().to_owned()
    }

    /// Kills it, with no time to write anything.
    pub(crate) fn kill(&mut self) {
        if let Some(mut process) = self.process.take() {
            // It may have ended by itself.
            let _ = process.kill();
            let _ = process.wait();
        }
    }

    /// Stops it: connections stay open, and nothing is answered.
    pub(crate) fn pause(&self) {
        self.signal("-STOP");
    }

    pub(crate) fn resume(&self) {
        self.signal("-CONT");
    }

    fn signal(&self, signal: &str) {
        let process = self.process.as_ref().expect("it runs");
        let sent = Command::new("kill").arg(signal).arg(process.id().to_string()).status();
        assert!(sent.is_ok_and(|status| status.success()), "{signal}");
    }
}

impl Drop for RedisServer {
    fn drop(&mut self) {
        self.kill();
    }
}
