//! A server as a process of its own, on a processor of its own.

use std::{
    error::Error,
    io::{BufRead, BufReader, Write},
    net::{SocketAddr, TcpStream},
    path::Path,
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
    time::Duration,
};

pub(crate) struct Server {
    process: Process,
    address: SocketAddr,
    ask: ChildStdin,
    answers: BufReader<ChildStdout>,
}

/// A process that does not outlive what started it.
struct Process(Child);

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Server {
    /// Starts the program of this name, which lies beside this one, on the processor `SERVER_CPU` (1 by default).
    pub(crate) fn start(name: &str, folder: &Path) -> Result<Self, Box<dyn Error>> {
        Self::start_under(&[], name, folder)
    }

    /// Starts it where its instructions are counted, and written to `counts` when it ends.
    pub(crate) fn start_counted(
        name: &str,
        folder: &Path,
        counts: &Path,
    ) -> Result<Self, Box<dyn Error>> {
        let counts = format!("--callgrind-out-file={}", counts.display());
        Self::start_under(&["valgrind", "--quiet", "--tool=callgrind", &counts], name, folder)
    }

    fn start_under(tool: &[&str], name: &str, folder: &Path) -> Result<Self, Box<dyn Error>> {
        let address = super::free_address()?;
        let program = std::env::current_exe()?.with_file_name(name);
        let processor = std::env::var("SERVER_CPU").unwrap_or_else(|_| "1".to_owned());
        let mut process = Command::new("taskset")
            .args(["--cpu-list", &processor])
            .args(tool)
            .arg(program)
            .arg(address.to_string())
            .arg(folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let ask = process.stdin.take().ok_or("the server has no standard input")?;
        let answers = process.stdout.take().ok_or("the server has no standard output")?;
        let server =
            Self { process: Process(process), address, ask, answers: BufReader::new(answers) };
        for _ in 0..1000 {
            if TcpStream::connect(address).is_ok() {
                return Ok(server);
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        Err(format!("{name} does not listen").into())
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Returns the CPU time of all its threads, in the kernel and out of it. The scheduler counts it in nanoseconds;
    /// `utime` and `stime` are the same time in ticks of a hundredth of a second.
    pub(crate) fn cpu(&self) -> Result<Duration, Box<dyn Error>> {
        let mut nanos = 0;
        for thread in std::fs::read_dir(format!("/proc/{}/task", self.process.0.id()))? {
            let text = std::fs::read_to_string(thread?.path().join("schedstat"))?;
            let spent = text.split(' ').next().ok_or("the kernel has no schedstat")?;
            nanos += spent.parse::<u64>()?;
        }
        Ok(Duration::from_nanos(nanos))
    }

    /// Returns the most memory that it has held since its start, in KiB, with what of its program was read.
    pub(crate) fn peak_memory(&self) -> Result<f64, Box<dyn Error>> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.process.0.id()))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kib = line.and_then(|line| line.trim().strip_suffix(" kB"));
        Ok(kib.ok_or("the kernel tells no peak of memory")?.parse()?)
    }

    /// Allocations and bytes since its start.
    pub(crate) fn allocated(&mut self) -> Result<(u64, u64), Box<dyn Error>> {
        self.ask.write_all(b"\n")?;
        let mut line = String::new();
        self.answers.read_line(&mut line)?;
        let (count, bytes) = line.trim().split_once(' ').ok_or("the server does not count")?;
        Ok((count.parse()?, bytes.parse()?))
    }

    /// Ends it as its own end would, so that a tool that it runs under writes what it counted.
    pub(crate) fn end(self) -> std::io::Result<()> {
        let Self { mut process, ask, .. } = self;
        drop(ask);
        process.0.wait().map(drop)
    }
}
