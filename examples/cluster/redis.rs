//! The Redis, a process with a folder of its own.

use std::{
    io::{self, Read, Write},
    net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream},
    path::PathBuf,
    process::{Child, Command, Stdio},
    thread,
    time::Duration,
};

use crate::folder::{Failure, Folder};

/// Returns `true` if a Redis can be started.
pub fn is_installed() -> bool {
    Command::new("redis-server").arg("--version").stdout(Stdio::null()).status().is_ok()
}

/// A Redis on loopback, which writes down each change before it answers. It is gone when dropped.
pub struct RedisProcess {
    folder: PathBuf,
    address: SocketAddr,
    process: Option<Guarded>,
}

/// A process that ends with this one, also where this one is killed.
struct Guarded {
    process: Child,
    /// Waits for the end of its input, which is this process's, and kills the other one then.
    guard: Child,
}

impl RedisProcess {
    /// Starts one whose log is in this folder.
    pub fn start(folder: &Folder) -> Result<Self, Failure> {
        // Somebody else may take the port before the Redis does.
        let mut failed = Failure::from("the Redis does not start");
        for _ in 0..3 {
            let address = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?;
            let mut redis = Self { folder: folder.root().to_owned(), address, process: None };
            match redis.run() {
                Ok(()) => return Ok(redis),
                Err(failure) => failed = failure,
            }
        }
        Err(failed)
    }

    /// Runs it, again where it was killed, and waits until it answers.
    pub fn run(&mut self) -> Result<(), Failure> {
        let process = Command::new("redis-server")
            .args(["--bind", "127.0.0.1", "--port", &self.address.port().to_string()])
            .args(["--appendonly", "yes", "--appendfsync", "always", "--save", ""])
            .arg("--dir")
            .arg(&self.folder)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .spawn()?;
        let mut process = Guarded::new(process)?;
        for _ in 0..500 {
            let answers = self.answers();
            if let Some(status) = process.process.try_wait()? {
                return Err(format!("the Redis ended by itself: {status}").into());
            }
            if answers {
                self.process = Some(process);
                return Ok(());
            }
            thread::sleep(Duration::from_millis(10));
        }
        process.kill()?;
        Err("the Redis does not answer".into())
    }

    /// Kills it, with no time to write anything.
    pub fn kill(&mut self) -> io::Result<()> {
        if let Some(mut process) = self.process.take() {
            process.kill()?;
        }
        Ok(())
    }

    /// Returns its URL.
    pub fn url(&self) -> String {
        format!("redis://{}", self.address)
    }

    /// Returns `true` if it answers, and has read its log.
    fn answers(&self) -> bool {
        let asked = TcpStream::connect(self.address).and_then(|mut stream| {
            let mut answer = [0; 5];
            stream.write_all(b"PING\r\n")?;
            stream.read_exact(&mut answer)?;
            Ok(answer == *b"+PONG")
        });
        asked.unwrap_or(false)
    }
}

impl Guarded {
    fn new(mut process: Child) -> io::Result<Self> {
        let guard = Command::new("sh")
            .args(["-c", "read -r _; kill -9 \"$0\"", &process.id().to_string()])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        match guard {
            Ok(guard) => Ok(Self { process, guard }),
            Err(error) => {
                process.kill()?;
                process.wait()?;
                Err(error)
            }
        }
    }

    fn kill(&mut self) -> io::Result<()> {
        // The guard first: what it kills by its number may be another one later.
        self.guard.kill()?;
        self.guard.wait()?;
        self.process.kill()?;
        self.process.wait().map(|_| ())
    }
}

impl Drop for RedisProcess {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.kill();
    }
}
